//! Authorizing again in the real window, in the practice tenant: another account is refused and the
//! old authorization still works, one that is given up changes nothing, and a window that is made anew
//! finds the consent again.

#![cfg(target_os = "linux")]

use anyhow::Result;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";

async fn mail_works(window: &Window) -> Result<()> {
    window.click("check").await?;
    journey::track_ends(window, "pop3", "ok").await
}

#[tokio::test(flavor = "multi_thread")]
async fn authorizing_again_is_safe() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    browser.end();

    // Another account signs in: refused, both named, and mail goes on coming in.
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent_as_another(&page, INFO).await?;
    window.says("problem", &[ORDERS, INFO]).await?;
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
    window.close().await
}
