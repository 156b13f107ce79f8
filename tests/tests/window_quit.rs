//! Quitting in the real window, in the practice tenant, where there is no tray: what will no longer be
//! renewed is named before, staying changes nothing, and quitting ends the program.

#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context as _, Result};
use ninka_tests::desktop::Display;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;
use ninka_tests::{journey, wait};

const ORDERS: &str = "order@hana-shop.example";
/// The question is there before it is shown.
const OPEN: &str = "dialog[open] [data-testid=\"closing-ends\"]";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_renewed_is_named_before_the_end() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    window.find("message").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    browser.end();

    press_close()?;
    window.css(OPEN).await?;
    window
        .says("closing-quit-dialog", &["1件のアカウント"])
        .await?;
    window.says("closing-ends", &[ORDERS, "まで有効"]).await?;
    window.click("closing-stay").await?;
    window.gone("[data-testid=\"closing-quit-dialog\"]").await?;
    window.click("check").await?;
    journey::track_ends(&window, "pop3", "ok").await?;

    press_close()?;
    window.find("closing-quit-now").await?;
    // The page goes with the program, so that nobody may be left to answer the driver.
    window.click("closing-quit-now").await.ok();
    wait::until("the program's end", Duration::from_secs(40), || {
        Ok(window.processes()?.is_empty().then_some(()))
    })
    .context("it goes on")
}

/// Presses the window's close button.
fn press_close() -> Result<()> {
    let display = Display::open()?;
    display.close(display.window()?)
}
