//! Work on many accounts in the real window, in the practice tenant: authorizing one after another
//! without going back to the list, with a pause, an account that fails and is skipped, and a summary;
//! checking all, paused, stopped, and with one that fails; and after a restart that account's last
//! check is shown as it was, with what it saw.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use ninka_practice::Fault;
use ninka_tests::journey;
use ninka_tests::opened_browser::OpenedBrowser;
use ninka_tests::texts::Texts;
use ninka_tests::window::Window;

/// In the order of the list; what each is for.
const ACCOUNTS: [(&str, &str); 3] = [(INFO, ORDERS), (NEWS, "sending"), (ORDER, ORDERS)];
const INFO: &str = "info@hana-shop.example";
const NEWS: &str = "news@hana-shop.example";
const ORDER: &str = "order@hana-shop.example";
const ORDERS: &str = "order-receiving";

#[tokio::test(flavor = "multi_thread")]
async fn many_accounts_are_authorized_and_checked_in_one_go() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let browser = OpenedBrowser::prepare()?;
    let texts = Texts::of("ja")?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    for (address, purpose) in ACCOUNTS {
        journey::register(&window, address, "本店", purpose).await?;
        window.click("nav-list").await?;
    }
    authorize_one_after_another(&window, &browser, &texts).await?;
    authorize_the_one_left(&window, &browser).await?;
    check_all(&window, &texts).await?;

    window.close().await?;
    let window = Window::open(folder.path(), &browser, "ja").await?;
    journey::row_shows(&window, NEWS, "sending", "failed").await?;
    journey::open_account(&window, NEWS).await?;
    evidence_is_shown(&window, &texts).await?;
    window.close().await
}

async fn authorize_one_after_another(
    window: &Window,
    browser: &OpenedBrowser,
    texts: &Texts,
) -> Result<()> {
    window.click("authorize-all").await?;
    turn_is(window, texts, "1").await?;
    let page = browser.page().await?;
    // Paused, the consent at hand goes on, and the next one does not begin.
    window.click("bulk-dialog-pause").await?;
    window.gone("[data-testid=\"consent-dialog\"]").await?;
    window
        .css("[data-testid=\"bulk-consent\"][data-phase=\"paused\"]")
        .await?;
    journey::consent(&page, INFO).await?;
    window.find("bulk-resume").await?;
    let done = texts.say_with("bulk-paused", &[("done", "1"), ("total", "3")])?;
    window.says("bulk-consent", &[&done]).await?;
    drop(page);
    browser.end();

    // Somebody else signs in for the second: both are named, and it is skipped.
    window.click("bulk-resume").await?;
    turn_is(window, texts, "2").await?;
    let page = browser.page().await?;
    journey::consent_as_another(&page, ORDER).await?;
    window.says("problem", &[NEWS, ORDER]).await?;
    browser.end();
    window.click("bulk-dialog-skip").await?;

    // The third follows at once.
    turn_is(window, texts, "3").await?;
    let page = browser.page().await?;
    journey::consent(&page, ORDER).await?;
    let counted = [("ok", "2"), ("failed", "1"), ("skipped", "0")];
    let ended = texts.say_with("bulk-authorized", &counted)?;
    window.says("bulk-outcome", &[&ended]).await?;
    let why = format!("outcome-{NEWS}");
    window.says(&why, &[ORDER]).await?;
    window
        .gone(&format!("[data-testid=\"outcome-{INFO}\"]"))
        .await?;
    window.click("bulk-close").await?;
    drop(page);
    browser.end();
    Ok(())
}

async fn authorize_the_one_left(window: &Window, browser: &OpenedBrowser) -> Result<()> {
    window.click(&format!("act-{NEWS}")).await?;
    window.find("consent-dialog").await?;
    let page = browser.page().await?;
    journey::consent(&page, NEWS).await?;
    journey::track_ends(window, "smtp", "ok").await?;
    drop(page);
    browser.end();
    window.click("nav-list").await
}

async fn check_all(window: &Window, texts: &Texts) -> Result<()> {
    let progress =
        |phase: &str| format!("[data-testid=\"check-all-progress\"][data-phase=\"{phase}\"]");
    window.choose("practice-fault", Fault::Slow.code()).await?;
    window.click("check-all").await?;
    window.css(&progress("running")).await?;
    window.click("check-all-pause").await?;
    window.css(&progress("paused")).await?;
    window.click("check-all-resume").await?;
    window.css(&progress("running")).await?;
    window.click("check-all-cancel").await?;
    let counted = [("ok", "0"), ("failed", "0"), ("open", "3")];
    let stopped = texts.say_with("bulk-checked-cancelled", &counted)?;
    window.says("check-all-outcome", &[&stopped]).await?;
    window.click("check-all-close").await?;

    let fault = Fault::SmtpAuthOffTenant.code();
    window.choose("practice-fault", fault).await?;
    window.click("check-all").await?;
    let ended = texts.say_with("bulk-checked", &[("ok", "2"), ("failed", "1")])?;
    window.says("check-all-outcome", &[&ended]).await?;
    let cause = texts.say("cause-smtp-auth-disabled-tenant")?;
    let why = format!("outcome-{NEWS}");
    window.says(&why, &[&cause]).await?;
    journey::row_shows(window, NEWS, "sending", "failed").await?;
    for address in [INFO, ORDER] {
        journey::row_shows(window, address, "reception", "ok").await?;
    }
    Ok(())
}

/// The track, the explanation and what the check saw of the account that failed.
async fn evidence_is_shown(window: &Window, texts: &Texts) -> Result<()> {
    journey::track_ends(window, "pop3", "not_needed").await?;
    journey::track_ends(window, "smtp", "failed").await?;
    let track = "[data-testid=\"track-smtp\"]";
    let diagnosis = format!("{track} [data-testid=\"diagnosis\"]");
    let cause = window.css(&diagnosis).await?.attr("data-cause").await?;
    ensure!(
        cause.as_deref() == Some("smtp_auth_disabled_tenant"),
        "{cause:?}"
    );
    let evidence = format!("{track} [data-testid=\"evidence\"]");
    window
        .css(&format!("{evidence} summary"))
        .await?
        .click()
        .await?;
    window.css(&format!("{evidence} dl")).await?;
    let shown = window.css(&evidence).await?.text().await?;
    for wanted in ["535 5.7.139", "TLSv1", &texts.say("evidence-token")?] {
        ensure!(shown.contains(wanted), "{wanted} is not in:\n{shown}");
    }
    Ok(())
}

async fn turn_is(window: &Window, texts: &Texts, turn: &str) -> Result<()> {
    let wanted = texts.say_with("bulk-turn", &[("turn", turn), ("total", "3")])?;
    window.says("bulk-turn", &[&wanted]).await
}
