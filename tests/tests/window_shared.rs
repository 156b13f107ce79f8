//! A shared mailbox in the real window, in the practice tenant: it is chosen in the form, a person
//! with access signs in, and mail comes in; a person without access is told who gives it.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::window::Window;

const SHARED: &str = "shared@hana-shop.example";
const MEMBER: &str = "info@hana-shop.example";
const STRANGER: &str = "support@hana-shop.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_access_opens_it_and_who_has_none_is_told() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    window.click("new-account").await?;
    window.fill("field-address", SHARED).await?;
    window.fill("field-name", "受注窓口").await?;
    window.click("field-shared").await?;
    window.fill("field-signs-in", STRANGER).await?;
    window.click("save").await?;
    window.find("remove").await?;

    // Somebody without access: the sign-in is good, the mailbox stays closed.
    let page = journey::press_authorize(&window, &browser).await?;
    window.says("consent-address", &[STRANGER]).await?;
    let not = window.text("consent-shared").await?;
    ensure!(not.contains(SHARED), "{not}");
    journey::consent(&page, STRANGER).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    browser.end();
    window.find("message").await?;
    journey::track_ends(&window, "pop3", "failed").await?;
    let diagnosis = window.find("diagnosis").await?;
    let cause = diagnosis.attr("data-cause").await?;
    ensure!(
        cause.as_deref() == Some("shared_mailbox_no_access"),
        "{cause:?}"
    );
    let told = "共有メールボックスを開く権限がありません";
    window.says("diagnosis", &[told]).await?;

    // Somebody with access: chosen in the form, kept, told in the list.
    window.fill("field-signs-in", MEMBER).await?;
    window.click("save").await?;
    window.says("shared-other", &[STRANGER]).await?;
    let page = journey::press_authorize(&window, &browser).await?;
    window.says("consent-address", &[MEMBER]).await?;
    journey::consent(&page, MEMBER).await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    browser.end();
    window.find("message").await?;
    journey::track_ends(&window, "pop3", "ok").await?;
    journey::track_ends(&window, "smtp", "ok").await?;
    window.gone("[data-testid=\"shared-other\"]").await?;
    window.click("back-to-list").await?;
    journey::row_shows(&window, SHARED, "reception", "ok").await?;
    let signs_in = format!("{MEMBER} でサインイン");
    window.says(&format!("row-{SHARED}"), &[&signs_in]).await?;
    window.close().await
}
