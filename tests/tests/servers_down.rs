//! Real mail servers that are not themselves: sign-in switched off, ended in the middle of a session
//! and started again, and cut off from the service that knows the tokens.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::sync::Mutex;
use std::time::Duration;

use ninka_core::account::AccountId;
use ninka_core::view::{
    CheckEvent, CheckReport, Protocol, ProtocolReport, SideView, StepName, StepOutcome, TlsView,
};
use ninka_tests::bench::{Bench, ORDER, shared};
use ninka_tests::browser::Browser;
use ninka_tests::course::only;
use ninka_tests::delay::LongWay;
use ninka_tests::dovecot;
use ninka_tests::shop::{Servers, Shop, at, good, part};
use serde_json::json;
use tokio::sync::Notify;

/// Every cause that is left open.
fn open(report: &ProtocolReport) -> &[String] {
    &report.diagnosis.as_ref().unwrap().candidates
}

fn certain(report: &ProtocolReport) -> bool {
    report.diagnosis.as_ref().unwrap().certain
}

async fn authorized(bench: &Bench, servers: Servers) -> (Shop, AccountId) {
    let mut shop = Shop::open(bench).await.unwrap();
    let id = shop.oauth_account(ORDER, servers).await.unwrap();
    let browser = Browser::headless().await.unwrap();
    shop.authorize_as(id, &browser, ORDER).await.unwrap();
    browser.close().await.unwrap();
    (shop, id)
}

#[tokio::test]
async fn a_submission_server_whose_sign_in_is_switched_off() {
    let bench = shared().await;
    let servers = only(
        Protocol::Smtp,
        at(bench.ports.smtp_without_auth, TlsView::Starttls),
    );
    let shop = Shop::open(&bench).await.unwrap();
    let id = shop.password_account(ORDER, servers.clone()).await.unwrap();
    let report = shop.check(id).await.unwrap();
    let smtp = part(&report, Protocol::Smtp).unwrap();
    assert_eq!(
        smtp.problem.as_deref(),
        Some("auth_command_unsupported"),
        "{report:#?}"
    );
    // It is in TLS already: that cannot be what is missing.
    assert!(
        !open(smtp).contains(&"starttls_required".to_owned()),
        "{report:#?}"
    );
    let seen = smtp.evidence.as_ref().unwrap();
    let offered = |capability: &String| capability.to_uppercase().starts_with("AUTH");
    assert!(!seen.capabilities_tls.is_empty() && !seen.capabilities_tls.iter().any(offered));
    let sending = good(shop.ninka.account(id).await).unwrap().row.sending;
    assert!(matches!(sending, SideView::Failed { .. }), "{sending:?}");

    // By token as well: that there is no sign-in at all is more than one way that is missing.
    let (shop, id) = authorized(&bench, Servers::usual(&bench)).await;
    shop.move_to(id, servers).await.unwrap();
    let report = shop.check(id).await.unwrap();
    let smtp = part(&report, Protocol::Smtp).unwrap();
    assert_eq!(
        smtp.problem.as_deref(),
        Some("auth_command_unsupported"),
        "{report:#?}"
    );
}

/// Checks, and kills Dovecot when a protocol begins this step.
async fn killed_at(bench: &mut Bench, shop: &Shop, id: AccountId, at: StepName) -> CheckReport {
    let reached = Notify::new();
    let once = Mutex::new(false);
    let progress = |event| {
        if let CheckEvent::Step { step, .. } = event
            && step.step == at
            && step.outcome == StepOutcome::Running
            && !std::mem::replace(&mut *once.lock().unwrap(), true)
        {
            reached.notify_one();
        }
    };
    let ids = [id];
    let check = shop.ninka.check(&ids, &progress);
    let kill = async {
        reached.notified().await;
        bench.kill(dovecot::NAME).unwrap();
    };
    let (reports, ()) = tokio::join!(check, kill);
    good(reports).unwrap().remove(0)
}

#[tokio::test]
async fn killed_in_the_middle_of_a_session_and_started_again() {
    let mut bench = Bench::start().unwrap();
    // A way so long that the session is still going on when the server dies.
    let each = Duration::from_millis(120);
    for (protocol, port) in [
        (Protocol::Pop3, bench.ports.pop3s),
        (Protocol::Imap, bench.ports.imaps),
    ] {
        for step in [StepName::Auth, StepName::Mailbox] {
            let way = LongWay::to(port, each).await.unwrap();
            let shop = Shop::open(&bench).await.unwrap();
            let servers = only(protocol, at(way.port(), TlsView::Implicit));
            let id = shop.password_account(ORDER, servers).await.unwrap();
            let report = killed_at(&mut bench, &shop, id, step).await;
            let told = part(&report, protocol).unwrap();
            assert_eq!(
                told.problem.as_deref(),
                Some("connection_closed"),
                "{report:#?}"
            );
            let failed = told
                .steps
                .iter()
                .find(|taken| taken.outcome == StepOutcome::Failed);
            assert_eq!(failed.map(|taken| taken.step), Some(step), "{report:#?}");

            bench.start_dovecot().unwrap();
            let report = shop.check(id).await.unwrap();
            assert_eq!(part(&report, protocol).unwrap().problem, None);
        }
    }
    assert_eq!(bench.mails_of(ORDER).unwrap(), ORDER.mails);
}

#[tokio::test]
async fn a_mail_server_that_cannot_ask_whether_a_token_is_good() {
    let bench = shared().await;
    let servers = Servers {
        pop3: at(bench.ports.pop3s, TlsView::Implicit),
        imap: at(bench.ports.imaps, TlsView::Implicit),
        smtp: at(bench.ports.smtp, TlsView::Starttls),
    };
    let (shop, id) = authorized(&bench, servers).await;
    // Dovecot gives up after eight seconds, or at once.
    for fault in [json!({ "status": 503 }), json!({ "delayMs": 12_000 })] {
        let faults = json!({ "faults": { "introspect": fault } });
        bench.idp.set(faults).await.unwrap();
        let report = shop.check(id).await.unwrap();
        for protocol in [Protocol::Pop3, Protocol::Imap] {
            let told = part(&report, protocol).unwrap();
            assert_eq!(
                told.problem.as_deref(),
                Some("server_temporary"),
                "{report:#?}"
            );
            let ours = &"client_login_bug".to_owned();
            assert!(!open(told).contains(ours), "{report:#?}");
        }
        // Postfix has the same words for a passing fault and for a refused token; that the same
        // token met a passing fault elsewhere is the likelier explanation.
        let smtp = part(&report, Protocol::Smtp).unwrap();
        assert_eq!(
            smtp.problem.as_deref(),
            Some("server_temporary"),
            "{report:#?}"
        );
        assert!(!certain(smtp), "{report:#?}");
    }
    // It costs no authorization, and passes.
    bench.idp.reset().await.unwrap();
    let report = shop.check(id).await.unwrap();
    assert!(report.protocols.iter().all(|told| told.problem.is_none()));
}
