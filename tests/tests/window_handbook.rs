//! The handbook from the real window: the support screen opens its beginning in the system's browser,
//! and an explained failure the page of its cause, each in the window's language.

#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::texts::Texts;
use ninka_tests::window::{Window, program};

/// What the code stands for.
const CAUSE: &str = "smtp_auth_disabled_tenant";
const CODE: &str = "40EJ-80GE";

#[tokio::test(flavor = "multi_thread")]
async fn the_handbook_opens_in_the_browser() -> Result<()> {
    let beside = program("ninka-desktop")?;
    let handbook = beside.parent().context("no folder")?.join("handbook");
    ensure!(
        handbook.is_dir(),
        "there is no handbook: cargo xtask handbook"
    );
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    for language in ["ja", "en"] {
        journey::speak(&window, language).await?;
        let texts = Texts::of(language)?;
        window.click("nav-support").await?;
        window.click("handbook").await?;
        let page = browser.file_page(&format!("{language}/index.html")).await?;
        let names = [
            ("ja", "\u{306f}\u{3058}\u{3081}\u{306b}"),
            ("en", "Welcome"),
        ];
        let (_, title) = names
            .iter()
            .find(|(of, _)| *of == language)
            .context("no name")?;
        page.shows(title).await?;
        page.close().await?;
        browser.end();

        window.fill("field-code", CODE).await?;
        window.click("explain-code").await?;
        let link = format!("[data-testid=\"handbook\"][data-page=\"{CAUSE}\"]");
        window.css(&link).await?.click().await?;
        let end = format!("{language}/causes/{CAUSE}.html");
        let page = browser.file_page(&end).await?;
        let title = texts.say("cause-smtp-auth-disabled-tenant")?;
        page.shows(&title).await?;
        page.close().await?;
        browser.end();
    }
    window.close().await
}
