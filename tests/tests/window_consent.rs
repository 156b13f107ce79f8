//! The ways to consent that help where the straight one fails, in the real window and with real
//! browsers, in the practice tenant.

#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result, ensure};
use ninka_tests::browser::Browser;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";

/// One after the other: the program allows itself one window in a session.
#[tokio::test(flavor = "multi_thread")]
async fn journeys() -> Result<()> {
    code_on_another_device().await.context("the code")?;
    private_window_and_pasted_address()
        .await
        .context("the pasted address")?;
    left_behind_and_found_again().await.context("left behind")?;
    approval_by_an_administrator().await.context("approval")
}

async fn help(window: &Window, way: &str) -> Result<()> {
    window.click("consent-help").await?;
    window.click(&format!("way-{way}")).await
}

/// The page opens here, but a code is used on another device; the answer comes without the page.
async fn code_on_another_device() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "unspecified").await?;
    drop(journey::press_authorize(&window, &browser).await?);
    help(&window, "device").await?;
    let code = window.text("device-code").await?;
    let address = window.text("device-address").await?;
    window.find("device-left").await?;

    let other = Browser::headless().await?;
    other.open(&address).await?;
    other.enter_code(&code).await?;
    journey::consent(&other, ORDERS).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window
        .says("message", &["認可設定が、完了しました。"])
        .await?;
    window.close().await
}

/// The page opens again in a private window of a chosen browser, which cannot come back; its last
/// address is pasted.
async fn private_window_and_pasted_address() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare_without_localhost()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, INFO, "お問い合わせ", "sending").await?;
    drop(journey::press_authorize(&window, &browser).await?);
    browser.end();
    help(&window, "browsers").await?;
    window.click("open-chromium-private").await?;
    window.find("browser-opened").await?;
    let page = browser.page().await?;
    ensure!(browser.runs_with("--incognito"), "no private window");
    window.click("way-back").await?;
    journey::consent(&page, INFO).await?;
    let last = page.stranded().await?;

    window.click("way-paste").await?;
    window.fill("final-address", INFO).await?;
    window.click("paste-submit").await?;
    window.find("fault-final-address").await?;
    window.fill("final-address", &last).await?;
    window.click("paste-submit").await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window.close().await
}

/// The dialog is left, the list says that the account is being authorized and leads back.
async fn left_behind_and_found_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    drop(journey::press_authorize(&window, &browser).await?);
    window.click("consent-hide").await?;
    window.find("consent-left-behind").await?;
    window.click("back-to-list").await?;
    let forecast = format!("[data-testid=\"row-{ORDERS}\"] [data-testid=\"forecast\"]");
    let said = window.css(&forecast).await?.text().await?;
    ensure!(said.contains("認可の手続き中"), "{said}");
    window.click(&format!("act-{ORDERS}")).await?;
    window.find("consent-left").await?;
    window.click("consent-hide").await?;
    window.click("back-to-list").await?;

    // It ends while the list is shown, and the check runs by itself.
    let page = browser.page().await?;
    journey::consent(&page, ORDERS).await?;
    page.shows("認可設定が、完了しました。").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;

    // Another time it is cancelled.
    journey::open_account(&window, ORDERS).await?;
    window.click("authorize").await?;
    window.find("consent-left").await?;
    window.click("consent-cancel").await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    window.close().await
}

/// The page asks for an administrator: the message is there, the form stays, and after the approval
/// another try goes through.
async fn approval_by_an_administrator() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "en").await?;
    journey::register(&window, INFO, "Customer mail", "sending").await?;
    window
        .choose("practice-fault", "admin-approval-needed")
        .await?;
    drop(journey::press_authorize(&window, &browser).await?);
    help(&window, "admin").await?;
    let link = "/adminconsent?client_id=";
    window.says("admin-message", &[link, INFO]).await?;
    window.click("admin-ja").await?;
    window.says("admin-message", &["承認"]).await?;
    window.click("consent-hide").await?;
    browser.end();

    window.choose("practice-fault", "").await?;
    window.click("consent-show").await?;
    window.click("consent-again").await?;
    let page = browser.page().await?;
    journey::consent(&page, INFO).await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window.close().await
}
