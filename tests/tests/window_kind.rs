//! Whose account an address is, in the real window in the practice tenant: said while it is typed,
//! with what becomes of a password and the way over to OAuth; a setting keeps the question back.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::texts::{Texts, closed_up};
use ninka_tests::window::Window;

const WORK: &str = "new@hana-shop.example";
const PERSONAL: &str = "taro@kojin.example";
const ELSEWHERE: &str = "info@elsewhere.example";

#[tokio::test(flavor = "multi_thread")]
async fn the_form_says_whose_account_it_is() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    in_japanese(&window).await?;
    journey::speak(&window, "en").await?;
    in_english(&window).await?;
    window.close().await
}

async fn in_japanese(window: &Window) -> Result<()> {
    let texts = Texts::of("ja")?;
    window.click("new-account").await?;
    typed(window, WORK, "work", &texts).await?;

    // By password: what fails and from when, as far as the purpose needs it.
    window.click("field-oauth").await?;
    let reception = texts.say_with("kind-password-reception", &[("date", "2022/10/01")])?;
    // The day comes when this has begun.
    let sending = ["soon", "off"].map(|when| {
        texts.say_with(
            &format!("kind-password-sending-{when}"),
            &[("date", "2026/12/31")],
        )
    });
    let sending = sending.into_iter().collect::<Result<Vec<_>>>()?;
    for (purpose, receives, sends) in [
        ("unspecified", true, true),
        ("order-receiving", true, false),
        ("sending", false, true),
    ] {
        window.choose("field-purpose", purpose).await?;
        let said = closed_up(&window.text("kind-password").await?);
        let of_reception = said.contains(&closed_up(&reception));
        let of_sending = sending.iter().any(|text| said.contains(&closed_up(text)));
        ensure!(
            (of_reception, of_sending) == (receives, sends),
            "{purpose}: {said}"
        );
    }
    window.click("kind-use-oauth").await?;
    window.gone("[data-testid=\"kind-password\"]").await?;
    ensure!(window.find("field-oauth").await?.is_selected().await?);

    typed(window, PERSONAL, "personal", &texts).await?;
    typed(window, ELSEWHERE, "other", &texts).await?;
    let wanted = texts.say("kind-oauth-is-microsofts")?;
    window.says("kind-not-microsoft", &[&wanted]).await?;
    window.click("kind-use-password").await?;
    window.gone("[data-testid=\"kind-not-microsoft\"]").await?;
    ensure!(!window.find("field-oauth").await?.is_selected().await?);

    window.click("nav-settings").await?;
    window.click("leave-discard").await
}

/// The setting keeps the question back, and lets it go again.
async fn in_english(window: &Window) -> Result<()> {
    let texts = Texts::of("en")?;
    // Of a domain that nothing is known of yet.
    let address = "shop@other.example";
    window.click("ask-account-kind").await?;
    window
        .css("[data-testid=\"ask-account-kind\"]:not(:checked)")
        .await?;
    window.click("nav-list").await?;
    window.click("new-account").await?;
    window.fill("field-address", address).await?;
    window.click("field-oauth").await?;
    // Leaving the field asks at once; the answer to what comes after it is waited for.
    window.click("save").await?;
    window.find("fault-password").await?;
    let said = window
        .css("[data-testid=\"kind\"]:not([data-state=\"looking\"])")
        .await?;
    let state = said.attr("data-state").await?;
    ensure!(state.is_none(), "{state:?}");
    ensure!(said.text().await?.is_empty());

    window.click("nav-settings").await?;
    window.click("leave-discard").await?;
    window.click("ask-account-kind").await?;
    window
        .css("[data-testid=\"ask-account-kind\"]:checked")
        .await?;
    window.click("nav-list").await?;
    window.click("new-account").await?;
    typed(window, address, "other", &texts).await?;
    typed(window, WORK, "work", &texts).await
}

/// Types an address and stays in its field: after a pause, the line under it says whose it is.
async fn typed(window: &Window, address: &str, state: &str, texts: &Texts) -> Result<()> {
    window.fill("field-address", address).await?;
    let line = format!("[data-testid=\"kind\"][data-state=\"{state}\"]");
    let said = window.css(&line).await?.text().await?;
    let wanted = texts.say(&format!("kind-{state}"))?;
    ensure!(closed_up(&said) == closed_up(&wanted), "{address}: {said}");
    Ok(())
}
