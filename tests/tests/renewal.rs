//! A stored authorization in use at a real identity provider: renewed, refused, unreachable,
//! and what the mail servers make of an access token that is no longer good.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use ninka_core::account::AccountId;
use ninka_core::view::{AuthorizationState, CheckReport, Protocol};
use ninka_tests::bench::{Bench, ORDER, OWNER, shared};
use ninka_tests::browser::Browser;
use ninka_tests::shop::{Servers, Shop, good, part};
use serde_json::json;
use tokio_util::sync::CancellationToken;

async fn authorized(bench: &Bench) -> (Shop, AccountId) {
    let mut shop = Shop::open(bench).await.unwrap();
    let servers = Servers::usual(bench);
    let id = shop.authorized_account(ORDER, servers).await.unwrap();
    (shop, id)
}

fn is_green(report: &CheckReport) {
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        assert_eq!(part(report, protocol).unwrap().problem, None, "{report:#?}");
    }
}

async fn state(shop: &Shop, id: AccountId) -> AuthorizationState {
    good(shop.ninka.account(id).await)
        .unwrap()
        .row
        .authorization
}

async fn renewals(bench: &Bench) -> usize {
    let asked = bench.idp.seen("token").await.unwrap();
    let good = |entry: &&serde_json::Value| {
        entry["grant_type"] == "refresh_token" && entry["status"] == 200
    };
    asked.iter().filter(good).count()
}

#[tokio::test]
async fn every_check_renews_and_what_was_renewed_outlives_the_program() {
    let bench = shared().await;
    // The old token is worth nothing after its use, and using it again costs everything.
    bench
        .idp
        .set(json!({ "rotation": "strict" }))
        .await
        .unwrap();
    let (shop, id) = authorized(&bench).await;
    // A new authorization is tried out, and renewed by that.
    let before = renewals(&bench).await;
    is_green(&shop.check(id).await.unwrap());
    is_green(&shop.check(id).await.unwrap());
    shop.ninka.close().await;
    let again = shop.again().await.unwrap();
    is_green(&again.check(id).await.unwrap());
    assert_eq!(renewals(&bench).await - before, 3);
}

#[tokio::test]
async fn two_windows_that_check_at_once_do_not_cost_the_authorization() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "rotation": "strict" }))
        .await
        .unwrap();
    let (shop, id) = authorized(&bench).await;
    let other = shop.again().await.unwrap();
    for _ in 0..5 {
        let (one, two) = tokio::join!(shop.check(id), other.check(id));
        is_green(&one.unwrap());
        is_green(&two.unwrap());
    }
}

#[tokio::test]
async fn a_service_that_fails_costs_nothing() {
    let bench = shared().await;
    let (shop, id) = authorized(&bench).await;
    for fault in [
        json!({ "status": 503 }),
        json!({ "status": 429, "retryAfter": 1, "type": "application/json",
                "body": "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033\"}" }),
        json!({ "status": 200, "body": "<!doctype html><title>proxy</title><p>Sign in to the Wi-Fi" }),
        json!({ "status": 500, "type": "application/json", "body": "{\"error\":" }),
        json!({ "status": 407, "body": "Proxy" }),
    ] {
        bench
            .idp
            .set(json!({ "faults": { "token": fault } }))
            .await
            .unwrap();
        let report = shop.check(id).await.unwrap();
        for protocol in [Protocol::Pop3, Protocol::Smtp] {
            assert!(
                part(&report, protocol).unwrap().problem.is_some(),
                "{fault}: {report:#?}"
            );
        }
        let state = state(&shop, id).await;
        assert!(
            matches!(state, AuthorizationState::Failing { .. }),
            "{fault}: {state:?}"
        );
    }
    bench.idp.set(json!({ "faults": {} })).await.unwrap();
    is_green(&shop.check(id).await.unwrap());
}

#[tokio::test]
async fn a_refusal_of_the_service_is_kept_until_the_next_consent() {
    let bench = shared().await;
    let (mut shop, id) = authorized(&bench).await;
    let forgotten = bench
        .idp
        .forget(&["RefreshToken", "AccessToken"], ORDER.address)
        .await;
    assert!(forgotten.unwrap() > 0);
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        let part = part(&report, protocol).unwrap();
        assert_eq!(
            part.problem.as_deref(),
            Some("refresh_token_expired_inactive"),
            "{report:#?}"
        );
    }
    let AuthorizationState::Refused { problem, .. } = state(&shop, id).await else {
        panic!("{:?}", state(&shop, id).await);
    };
    assert_eq!(problem.code, "refresh_token_expired_inactive");
    let browser = Browser::headless().await.unwrap();
    shop.authorize_as(id, &browser, ORDER).await.unwrap();
    is_green(&shop.check(id).await.unwrap());
}

#[tokio::test]
async fn an_access_token_that_dies_on_the_way_is_not_taken_for_a_wrong_password() {
    let bench = shared().await;
    let (shop, id) = authorized(&bench).await;
    // It is over before it is used: as when the computer slept in between.
    let over = json!({ "status": 200, "type": "application/json", "body": "{\"active\":false}" });
    bench
        .idp
        .set(json!({ "faults": { "introspect": over } }))
        .await
        .unwrap();
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        let part = part(&report, protocol).unwrap();
        let diagnosis = part
            .diagnosis
            .as_ref()
            .unwrap_or_else(|| panic!("{report:#?}"));
        assert_ne!(diagnosis.cause, "bad_password", "{report:#?}");
        assert!(
            part.raw
                .as_deref()
                .is_some_and(|raw| raw.to_lowercase().contains("auth"))
        );
    }
    let state = state(&shop, id).await;
    assert!(
        matches!(state, AuthorizationState::Authorized { .. }),
        "{state:?}"
    );
    bench.idp.set(json!({ "faults": {} })).await.unwrap();
    is_green(&shop.check(id).await.unwrap());
}

#[tokio::test]
async fn mail_servers_that_cannot_ask_about_the_token_are_named_as_such() {
    let bench = shared().await;
    let (shop, id) = authorized(&bench).await;
    let fault = json!({ "faults": { "introspect": { "status": 503 } } });
    bench.idp.set(fault).await.unwrap();
    let report = shop.check(id).await.unwrap();
    let pop3 = part(&report, Protocol::Pop3).unwrap();
    assert_eq!(
        pop3.problem.as_deref(),
        Some("server_temporary"),
        "{report:#?}"
    );
    bench.idp.set(json!({ "faults": {} })).await.unwrap();
    is_green(&shop.check(id).await.unwrap());
}

#[tokio::test]
async fn a_token_of_somebody_else_is_refused_without_a_false_certainty() {
    let bench = shared().await;
    let (shop, id) = authorized(&bench).await;
    bench
        .idp
        .set(json!({ "tokenUser": OWNER.address }))
        .await
        .unwrap();
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        let part = part(&report, protocol).unwrap();
        let diagnosis = part
            .diagnosis
            .as_ref()
            .unwrap_or_else(|| panic!("{report:#?}"));
        // The servers' text is the same for an expired token, a missing right, a wrong user and a
        // fault of their own. What Ninka itself knows to be in order is not among the causes.
        assert!(!diagnosis.certain, "{report:#?}");
        for known in ["access_token_expired", "wrong_scope_resource"] {
            assert!(
                !diagnosis.candidates.contains(&known.to_owned()),
                "{report:#?}"
            );
        }
    }
    let state = state(&shop, id).await;
    assert!(
        matches!(state, AuthorizationState::Authorized { .. }),
        "{state:?}"
    );
}

/// Waits until the task that renews has something to tell.
async fn told(events: &mut tokio::sync::broadcast::Receiver<ninka_core::Event>) {
    let limit = std::time::Duration::from_secs(30);
    let event = tokio::time::timeout(limit, events.recv()).await;
    assert_eq!(event.unwrap().unwrap(), ninka_core::Event::AccountsChanged);
}

async fn renewed_at(shop: &Shop, id: AccountId) -> i64 {
    let state = state(shop, id).await;
    let (AuthorizationState::Authorized { renewed_at, .. }
    | AuthorizationState::Failing { renewed_at, .. }) = state
    else {
        panic!("{state:?}");
    };
    renewed_at
}

#[tokio::test]
async fn authorizations_are_renewed_by_themselves_and_an_outage_costs_none() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "rotation": "strict" }))
        .await
        .unwrap();
    let (shop, id) = authorized(&bench).await;
    let first = renewed_at(&shop, id).await;
    let before = renewals(&bench).await;
    let cancel = CancellationToken::new();
    let task = tokio::spawn({
        let (ninka, cancel) = (shop.ninka.clone(), cancel.clone());
        async move { ninka.run_renewals(&cancel).await }
    });
    let mut events = shop.ninka.subscribe();

    shop.days_pass(8);
    shop.ninka.wake();
    told(&mut events).await;
    let second = renewed_at(&shop, id).await;
    assert!(second - first >= 8 * 24 * 60 * 60);
    assert_eq!(renewals(&bench).await - before, 1);

    let outage = json!({ "faults": { "token": { "status": 503 } } });
    bench.idp.set(outage).await.unwrap();
    shop.days_pass(8);
    shop.ninka.wake();
    told(&mut events).await;
    assert_eq!(
        renewed_at(&shop, id).await,
        second,
        "nothing renewed, nothing lost"
    );
    bench.idp.set(json!({ "faults": {} })).await.unwrap();
    shop.ninka.wake();
    // A look that began during the outage may have its word first.
    while renewed_at(&shop, id).await == second {
        told(&mut events).await;
    }
    assert!(renewed_at(&shop, id).await - second >= 8 * 24 * 60 * 60);
    is_green(&shop.check(id).await.unwrap());

    cancel.cancel();
    task.await.unwrap();
}
