//! The real window: Rakuten's purpose refuses OAuth; a password account is switched to OAuth, which
//! is undone, then switched again and authorized, after which what it had is gone for good.

#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::{Context as _, Result};
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
/// Found on the disk only as long as it is kept: a server's name is not sealed.
const OLD_SERVER: &str = "pop.before-the-switch.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_is_undone_until_it_is_proven() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    rakuten_refuses_oauth(&window).await.context("Rakuten")?;

    window.fill("field-user", "hana-order").await?;
    window.fill("field-password", "before-the-switch").await?;
    window.choose("field-purpose", "order-receiving").await?;
    // The box was on before Rakuten's purpose turned it off.
    assert!(window.find("field-oauth").await?.is_selected().await?);
    window.click("field-oauth").await?;
    window.fill("field-pop3-host", OLD_SERVER).await?;
    window.click("save").await?;
    window.find("remove").await?;

    switch(&window).await.context("the switch")?;
    window.kill()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    let undo = format!("undo-{ORDERS}");
    window.click(&undo).await?;
    window.click("confirm-undo").await?;
    window.gone(&format!("[data-testid=\"{undo}\"]")).await?;
    journey::open_account(&window, ORDERS).await?;
    assert!(!window.find("field-oauth").await?.is_selected().await?);
    let user = window.find("field-user").await?.prop("value").await?;
    assert_eq!(user.as_deref(), Some("hana-order"));
    let host = window.find("field-pop3-host").await?.prop("value").await?;
    assert_eq!(host.as_deref(), Some(OLD_SERVER));
    window.find("password-stored").await?;

    switch(&window).await.context("the second switch")?;
    assert!(on_disk(folder.path(), OLD_SERVER)?);
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    window.gone("[data-testid=\"switched\"]").await?;
    drop(page);
    window.click("back-to-list").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    window.gone(&format!("[data-testid=\"{undo}\"]")).await?;
    window.close().await?;
    assert!(!on_disk(folder.path(), OLD_SERVER)?, "it is still there");
    Ok(())
}

/// A new form: the purpose turns the box off, says why and fills the relay in.
async fn rakuten_refuses_oauth(window: &Window) -> Result<()> {
    window.click("new-account").await?;
    window.fill("field-address", ORDERS).await?;
    window.choose("field-purpose", "rakuten-sending").await?;
    window.says("oauth-note", &["あんしんメルアド"]).await?;
    let oauth = window.find("field-oauth").await?;
    assert!(!oauth.is_selected().await?);
    oauth.click().await?;
    assert!(!oauth.is_selected().await?, "it is refused");
    let relay = window.find("field-smtp-host").await?.prop("value").await?;
    assert_eq!(relay.as_deref(), Some("sub.fw.rakuten.ne.jp"));
    Ok(())
}

/// Turns the box on, which says what goes, and saves.
async fn switch(window: &Window) -> Result<()> {
    window.click("field-oauth").await?;
    let goes = ["hana-order", "パスワード", OLD_SERVER];
    window.says("switch-clears", &goes).await?;
    window.click("save").await?;
    window.find("switched").await?;
    Ok(())
}

/// Whether a text stands in any file below a folder.
fn on_disk(folder: &Path, text: &str) -> Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = if entry.file_type()?.is_dir() {
            on_disk(&entry.path(), text)?
        } else {
            let bytes = std::fs::read(entry.path())?;
            bytes.windows(text.len()).any(|at| at == text.as_bytes())
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}
