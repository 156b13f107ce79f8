//! 認可を取り消す in the real window, in the practice tenant: asked before, nothing that was sealed
//! stays on the disk, the page for withdrawing the consent opens, and authorizing again ends green.

#![cfg(target_os = "linux")]

use std::path::Path;

use anyhow::{Result, ensure};
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;
use sqlx::{Connection as _, SqliteConnection};

const ORDERS: &str = "order@hana-shop.example";
/// SQLite divides long values into pages, so pieces of them are looked for.
const PIECE: usize = 32;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_is_gone_and_can_be_given_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    authorized(&window, &browser).await?;
    let data = folder.path().join("practice");
    let sealed = sealed(&data).await?;
    ensure!(!sealed.is_empty() && on_disk(&data, &sealed)? > 0);

    // Asked before, with what stops; no is no.
    window.click("revoke").await?;
    window
        .css("dialog[open] [data-testid=\"confirm-revoke\"]")
        .await?;
    let asked = [ORDERS, "注文メール"];
    window.says("confirm-revoke-dialog", &asked).await?;
    window
        .css("[data-testid=\"confirm-revoke-dialog\"] [data-focus]")
        .await?
        .click()
        .await?;
    window
        .gone("[data-testid=\"confirm-revoke-dialog\"]")
        .await?;
    window
        .css("[data-testid=\"authorization\"][data-state=\"authorized\"]")
        .await?;

    window.click("revoke").await?;
    window.click("confirm-revoke").await?;
    window
        .css("[data-testid=\"authorization\"][data-state=\"none\"]")
        .await?;
    let said = "このパソコンから認可を削除しました";
    window.says("message", &[said]).await?;
    window.gone("[data-testid=\"revoke\"]").await?;
    ensure!(on_disk(&data, &sealed)? == 0, "something sealed stays");
    let page = browser.page().await?;
    ensure!(
        page.client().current_url().await?.path() == "/practice/apps",
        "another page opened"
    );
    drop(page);
    browser.end();

    window.click("back-to-list").await?;
    window.says(&format!("row-{ORDERS}"), &["未認可"]).await?;
    journey::open_account(&window, ORDERS).await?;
    authorized(&window, &browser).await?;
    window.click("back-to-list").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    window.close().await
}

async fn authorized(window: &Window, browser: &OpenedBrowser) -> Result<()> {
    let page = journey::press_authorize(window, browser).await?;
    journey::consent(&page, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    window.find("message").await?;
    journey::track_ends(window, "pop3", "ok").await?;
    browser.end();
    Ok(())
}

/// Everything that is sealed, as the database holds it.
async fn sealed(data: &Path) -> Result<Vec<Vec<u8>>> {
    let file = format!("sqlite://{}?mode=ro", data.join("ninka.db").display());
    let mut connection = SqliteConnection::connect(&file).await?;
    let sealed = sqlx::query_scalar("SELECT sealed FROM secret")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(sealed)
}

/// How many pieces of them are in the files of a folder.
fn on_disk(data: &Path, sealed: &[Vec<u8>]) -> Result<usize> {
    let mut found = 0;
    for entry in std::fs::read_dir(data)? {
        let bytes = std::fs::read(entry?.path()).unwrap_or_default();
        let pieces = sealed.iter().flat_map(|sealed| sealed.chunks_exact(PIECE));
        found += pieces
            .filter(|piece| bytes.windows(PIECE).any(|window| window == *piece))
            .count();
    }
    Ok(found)
}
