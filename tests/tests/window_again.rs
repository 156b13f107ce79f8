//! Authorizing again in the real window, in the practice tenant: another account is refused and the
//! old authorization still works, a window that is made anew finds the consent again, and what is
//! withdrawn is gone.

#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use ninka_tests::browser::Browser;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";
const SHARED: &str = "shared@hana-shop.example";

/// One after the other: the program allows itself one window in a session.
#[tokio::test(flavor = "multi_thread")]
async fn journeys() -> Result<()> {
    let folder = tempfile::tempdir()?;
    again_and_withdrawn(folder.path())
        .await
        .context("again and withdrawn")?;
    shared_mailbox().await.context("the shared mailbox")
}

/// Signs in as somebody else than the page suggests, and consents.
async fn consent_as_another(page: &Browser, address: &str) -> Result<()> {
    page.other_account().await?;
    journey::consent(page, address).await
}

async fn mail_works(window: &Window) -> Result<()> {
    window.click("check").await?;
    journey::track_ends(window, "pop3", "ok").await
}

async fn again_and_withdrawn(folder: &Path) -> Result<()> {
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder, &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    browser.end();

    // Another account signs in: refused, both named, and mail goes on coming in.
    let page = journey::press_authorize(&window, &browser).await?;
    consent_as_another(&page, INFO).await?;
    let said = window.text("problem").await?;
    ensure!(said.contains(ORDERS) && said.contains(INFO), "{said}");
    window.find("consent-unchanged").await?;
    window.click("consent-close").await?;
    mail_works(&window).await?;
    browser.end();

    // Given up: nothing changes.
    drop(journey::press_authorize(&window, &browser).await?);
    window.click("consent-cancel").await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    mail_works(&window).await?;
    browser.end();

    // The window is made anew while the page waits: the dialog is there again, and it ends well.
    drop(journey::press_authorize(&window, &browser).await?);
    window.reload().await?;
    window.find("consent-left").await?;
    let page = browser.page().await?;
    journey::consent(&page, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    browser.end();

    // Withdrawn: the token is gone, and the page for the rest opens.
    window.click("revoke").await?;
    window.click("confirm-revoke").await?;
    window
        .css("[data-testid=\"authorization\"][data-state=\"none\"]")
        .await?;
    let page = browser.page().await?;
    page.shows("ここでサインインして").await?;
    window.close().await
}

/// A person signs in for it; nobody else may, and the dialog says so.
async fn shared_mailbox() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "en").await?;
    journey::register(&window, SHARED, "Orders", "unspecified").await?;
    window.click("field-shared").await?;
    window.fill("field-signs-in", SHARED).await?;
    window.click("save").await?;
    window.find("fault-signs-in").await?;
    window.fill("field-signs-in", ORDERS).await?;
    let page = journey::press_authorize(&window, &browser).await?;
    let said = window.text("consent-address").await?;
    ensure!(said.contains(ORDERS) && !said.contains(SHARED), "{said}");
    consent_as_another(&page, INFO).await?;
    let said = window.text("problem").await?;
    ensure!(
        [ORDERS, INFO, SHARED].iter().all(|who| said.contains(who)),
        "{said}"
    );
    browser.end();
    window.click("consent-again").await?;
    let page = browser.page().await?;
    journey::consent(&page, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window.click("back-to-list").await?;
    let signs_in = window.text("signs-in").await?;
    ensure!(signs_in.contains(ORDERS), "{signs_in}");
    window.close().await
}
