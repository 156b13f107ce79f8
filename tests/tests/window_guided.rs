//! The guide carried out from its first page to two green marks in the real window, in both
//! languages, with the real browser and the practice tenant; and each way it can go wrong.

#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use ninka_core::Ninka;
use ninka_tests::desktop::Running;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::texts::Texts;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";

/// One after the other: the program allows itself one window in a session.
#[tokio::test(flavor = "multi_thread")]
async fn journeys() -> Result<()> {
    straight_on("ja").await.context("ja")?;
    straight_on("en").await.context("en")?;
    round_about().await.context("ways round")
}

/// Waits for a page, whose words are the texts' and whose code explains the same page to the desk.
async fn page(window: &Window, texts: &Texts, name: &str) -> Result<()> {
    let name = format!("guided-page-{name}");
    window.css(&format!("[data-page=\"{name}\"]")).await?;
    let address = [("address", ORDERS)];
    for part in ["", ".do", ".shows", ".else"] {
        let said = texts.say_with(&format!("{name}{part}"), &address)?;
        window.says("guided-page", &[&said]).await?;
    }
    let code = window.text("readout").await?;
    let told = Ninka::explain_code(&code).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let told = told.guided.context("the code is of no page")?;
    ensure!(told.name == name, "{told:?}");
    window.says("guided-page", &[&told.number]).await?;
    Ok(())
}

async fn straight_on(language: &str) -> Result<()> {
    let texts = Texts::of(language)?;
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, language).await?;
    journey::register(&window, ORDERS, "本店", "unspecified").await?;
    if language == "ja" {
        // From the list.
        window.click("back-to-list").await?;
        window.click(&format!("guide-{ORDERS}")).await?;
    } else {
        // From outside, as a notification or a shortcut asks for it.
        Running::start(folder.path(), &["--guide", ORDERS])?.ended()?;
    }
    page(&window, &texts, "start").await?;
    window.click("guided-next").await?;
    page(&window, &texts, "open").await?;
    window.click("guided-open").await?;
    page(&window, &texts, "account").await?;
    let opened = browser.page().await?;
    for name in ["password", "identity", "accept", "back"] {
        window.click("guided-next").await?;
        page(&window, &texts, name).await?;
    }
    window.click("guided-back").await?;
    page(&window, &texts, "accept").await?;
    journey::consent(&opened, ORDERS).await?;
    opened.shows(&texts.say("browser-stored")?).await?;
    page(&window, &texts, "done").await?;
    for side in ["reception", "sending"] {
        window
            .css(&format!(
                "[data-testid=\"guided-{side}\"][data-state=\"ok\"]"
            ))
            .await?;
    }
    window.click("guided-finish").await?;
    journey::row_shows(&window, ORDERS, "sending", "ok").await?;
    window.close().await
}

/// A closed page, a refusal, another account, an administrator's approval, and a server that is
/// down: each leads to its page, and from there on.
async fn round_about() -> Result<()> {
    let texts = Texts::of("ja")?;
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    window.click("guided").await?;
    window.click("guided-next").await?;
    window.click("guided-open").await?;
    page(&window, &texts, "account").await?;

    // The page was closed: it opens again.
    drop(browser.page().await?);
    browser.end();
    for _ in 0..4 {
        window.click("guided-next").await?;
    }
    window.click("aside-closed").await?;
    page(&window, &texts, "closed").await?;
    window.click("guided-reopen").await?;
    page(&window, &texts, "account").await?;

    // Somebody declines, another account signs in, an administrator is asked for.
    let opened = browser.page().await?;
    opened.sign_in(ORDERS, journey::PASSWORD).await?;
    opened.decline().await?;
    window.find("guided-failed").await?;
    page(&window, &texts, "declined").await?;
    for (fault, name) in [
        ("other-account-signs-in", "other-account"),
        ("admin-approval-needed", "admin"),
    ] {
        browser.end();
        window.choose("practice-fault", fault).await?;
        window.click("guided-again").await?;
        page(&window, &texts, "account").await?;
        let opened = browser.page().await?;
        opened.sign_in(ORDERS, journey::PASSWORD).await?;
        if name == "admin" {
            opened.go_without_approval().await?;
        } else {
            opened.accept().await?;
        }
        window.find("guided-failed").await?;
        page(&window, &texts, name).await?;
    }
    window.click("guided-admin").await?;
    let link = "/adminconsent?client_id=";
    window.says("admin-message", &[link]).await?;

    // Approved; but mail does not come in, and the guide says why, until it does.
    browser.end();
    window.choose("practice-fault", "server-down").await?;
    window.click("guided-again").await?;
    page(&window, &texts, "account").await?;
    let opened = browser.page().await?;
    journey::consent(&opened, ORDERS).await?;
    journey::track_ends(&window, "pop3", "failed").await?;
    window.choose("practice-fault", "").await?;
    window.click("guided-check").await?;
    page(&window, &texts, "done").await?;
    window.close().await
}
