//! The real window in the practice tenant, with Chromium opened by the program itself.
//! Needs a display, a session bus and a keyring: `cargo xtask test window` brings them.

#![cfg(target_os = "linux")]

use anyhow::{Context as _, Result};
use ninka_tests::journey;
use ninka_tests::notifications::Notifications;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const ORDERS: &str = "order@hana-shop.example";
const INFO: &str = "info@hana-shop.example";

/// One after the other: the program allows itself one window in a session.
#[tokio::test(flavor = "multi_thread")]
async fn journeys() -> Result<()> {
    main_job_then_a_power_cut().await.context("the main job")?;
    wrong_account_and_cancelled_consent()
        .await
        .context("consent that fails")?;
    a_lapse_and_the_way_back().await.context("a lapse")?;
    from_practice_to_the_real_thing()
        .await
        .context("leaving practice")
}

/// Register, authorize, two green rows, a fault in red, a power cut, edit, delete.
async fn main_job_then_a_power_cut() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.find("new-account").await?;
    assert!(window.shown().await?.contains("練習モード"));

    journey::register(&window, ORDERS, "本店 注文受付", "unspecified").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    page.shows("認可設定が、完了しました。").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window
        .says("message", &["認可設定が、完了しました。"])
        .await?;
    drop(page);
    window.click("back-to-list").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    journey::row_shows(&window, ORDERS, "sending", "ok").await?;

    window
        .choose("practice-fault", "smtp-auth-off-mailbox")
        .await?;
    window.click("check-all").await?;
    journey::row_shows(&window, ORDERS, "sending", "failed").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    journey::open_account(&window, ORDERS).await?;
    window
        .choose("practice-fault", "smtp-auth-off-tenant")
        .await?;
    window.click("check").await?;
    journey::track_ends(&window, "smtp", "failed").await?;
    let diagnosis = window.find("diagnosis").await?;
    assert_eq!(
        diagnosis.attr("data-cause").await?.as_deref(),
        Some("smtp_auth_disabled_tenant")
    );
    window.choose("practice-fault", "").await?;

    window.kill()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    journey::row_shows(&window, ORDERS, "sending", "failed").await?;
    // The authorization is still there: the check renews it and passes, without a browser.
    window.click("check-all").await?;
    journey::row_shows(&window, ORDERS, "sending", "ok").await?;

    journey::open_account(&window, ORDERS).await?;
    window.fill("field-name", "本店 新しい名前").await?;
    window.click("save").await?;
    window.click("back-to-list").await?;
    let row = format!("row-{ORDERS}");
    window.says(&row, &["本店 新しい名前"]).await?;

    journey::open_account(&window, ORDERS).await?;
    window.click("remove").await?;
    window.click("confirm-remove").await?;
    window
        .gone(&format!("[data-testid=\"row-{ORDERS}\"]"))
        .await?;
    window.close().await
}

/// Another account signs in, then the wait is cancelled: nothing is stored, the form lives on.
async fn wrong_account_and_cancelled_consent() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "en").await?;
    journey::register(&window, INFO, "Customer mail", "sending").await?;
    window
        .choose("practice-fault", "other-account-signs-in")
        .await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, INFO).await?;
    page.shows(INFO).await?;
    drop(page);
    window.says("consent-dialog", &[INFO]).await?;
    window.click("consent-close").await?;
    browser.end();

    window.choose("practice-fault", "").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    window.click("consent-cancel").await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    drop(page);
    window.click("back-to-list").await?;
    journey::row_shows(&window, INFO, "sending", "unchecked").await?;
    window.close().await
}

/// The clock jumps 91 days: the row says so and a notification comes; a click on it leads to the
/// account, and authorizing again mends it.
async fn a_lapse_and_the_way_back() -> Result<()> {
    let notifications = tokio::task::spawn_blocking(Notifications::open).await??;
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::register(&window, ORDERS, "本店", "order-receiving").await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    drop(page);
    browser.end();
    window.click("back-to-list").await?;
    journey::row_shows(&window, ORDERS, "sending", "not-needed").await?;

    window.click("practice-jump-91").await?;
    let left = format!("[data-testid=\"row-{ORDERS}\"] [data-testid=\"left\"].bad");
    window.css(&left).await?;
    // What the program finds out by itself: Microsoft refuses to renew.
    let warning = format!("[data-testid=\"warning-{ORDERS}\"][data-warning=\"refused\"]");
    window.css(&warning).await?;
    window.click("check-all").await?;
    journey::row_shows(&window, ORDERS, "reception", "failed").await?;
    let (notifications, shown) = tokio::task::spawn_blocking(move || {
        let shown = notifications.with(ORDERS)?;
        notifications.press(&shown, "default")?;
        anyhow::Ok((notifications, shown))
    })
    .await??;
    assert!(shown.title.starts_with("【練習】"), "{shown:?}");
    assert!(shown.body.contains("注文メール"), "{shown:?}");
    assert!(shown.actions.contains(&"再認可".to_owned()), "{shown:?}");
    window
        .css("[data-testid=\"authorization\"][data-state=\"refused\"]")
        .await?;
    let page = journey::press_authorize(&window, &browser).await?;
    journey::consent(&page, ORDERS).await?;
    // From here on the tracks are the new check's.
    window.find("message").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    window.click("back-to-list").await?;
    journey::row_shows(&window, ORDERS, "reception", "ok").await?;
    window.gone(&warning).await?;
    assert_eq!(notifications.all().len(), 1, "{:?}", notifications.all());
    tokio::task::spawn_blocking(move || drop(notifications)).await?;
    window.close().await
}

/// A client id is entered in the settings; the program starts anew with the real thing.
async fn from_practice_to_the_real_thing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.click("practice-leave").await?;
    let client = "00000000-0000-0000-0000-000000000000";
    window.fill("field-client-id", client).await?;
    window.click("save-settings").await?;
    let before = window.processes()?;
    // The program may be gone before the driver has answered.
    let clicked = window.click("open-live").await;
    window
        .restarted(&before)
        .or_else(|fault| clicked.and(Err(fault)))?;
    window.kill()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.find("new-account").await?;
    assert!(!window.shown().await?.contains("練習モード"));
    window.close().await
}
