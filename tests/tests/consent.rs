//! Consent at a real identity provider in a real browser, up to what is stored.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use anyhow::Result;
use ninka_core::Problem;
use ninka_core::account::AccountId;
use ninka_core::view::{AccountView, AuthorizationState, Protocol, TlsView};
use ninka_tests::bench::{Bench, ORDER, OWNER, User, shared};
use ninka_tests::browser::Browser;
use ninka_tests::idp::CLIENT_ID;
use ninka_tests::shop::{Servers, Shop, at, good, part};
use serde_json::json;

const SMTP_SCOPE: &str = "https://outlook.office.com/SMTP.Send";

async fn stored(shop: &Shop, id: AccountId) -> AccountView {
    good(shop.ninka.account(id).await).unwrap()
}

async fn nothing_is_stored(shop: &Shop, id: AccountId) {
    let account = stored(shop, id).await;
    assert_eq!(account.row.authorization, AuthorizationState::None);
}

/// Signs in at the page and accepts.
async fn consents(browser: &Browser, user: User) -> Result<()> {
    browser.sign_in(user.address, user.password).await?;
    browser.accept().await
}

async fn new_shop(bench: &Bench) -> (Shop, AccountId, Browser) {
    let shop = Shop::open(bench).await.unwrap();
    let id = shop
        .oauth_account(ORDER, Servers::usual(bench))
        .await
        .unwrap();
    (shop, id, Browser::headless().await.unwrap())
}

#[tokio::test]
async fn from_the_address_to_two_green_rows() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    let (ended, page) = shop
        .authorize(id, &browser, async |browser| consents(browser, ORDER).await)
        .await
        .unwrap();
    let account = good(ended).unwrap();
    let AuthorizationState::Authorized { days_left, .. } = account.row.authorization else {
        panic!("{:?}", account.row.authorization);
    };
    assert!((89..=90).contains(&days_left), "{days_left}");
    assert!(page.contains(ORDER.address), "{page}");

    let report = shop.check(id).await.unwrap();
    let pop3 = part(&report, Protocol::Pop3).unwrap();
    assert_eq!(
        (&pop3.problem, pop3.messages),
        (&None, Some(ORDER.mails)),
        "{report:#?}"
    );
    assert_eq!(
        part(&report, Protocol::Smtp).unwrap().problem,
        None,
        "{report:#?}"
    );
    assert_eq!(report.protocols.len(), 2);

    let asked = bench.idp.seen("authorize").await.unwrap();
    let [asked] = asked.as_slice() else {
        panic!("{asked:?}")
    };
    assert_eq!(asked["client_id"], CLIENT_ID);
    assert_eq!(asked["login_hint"], ORDER.address);
    assert_eq!(asked["prompt"], "select_account");
    assert_eq!(asked["code_challenge_method"], "S256");
    let scopes = asked["scope"].as_str().unwrap();
    assert!(
        scopes.contains(SMTP_SCOPE) && scopes.contains("POP.AccessAsUser.All"),
        "{scopes}"
    );
    assert!(
        !scopes.contains("IMAP") && scopes.contains("offline_access"),
        "{scopes}"
    );
    // What was only looked at is still there, and nothing was sent.
    assert_eq!(bench.mails_of(ORDER).unwrap(), ORDER.mails);
    assert!(!bench.postfix_log().unwrap().contains("from=<"));
    browser.close().await.unwrap();
}

#[tokio::test]
async fn only_what_the_purpose_needs_is_asked_for() {
    let bench = shared().await;
    let mut shop = Shop::open(&bench).await.unwrap();
    let servers = Servers {
        smtp: at(bench.ports.smtps, TlsView::Implicit),
        ..Servers::default()
    };
    let id = shop.oauth_account(ORDER, servers).await.unwrap();
    let browser = Browser::headless().await.unwrap();
    shop.authorize_as(id, &browser, ORDER).await.unwrap();
    let asked = bench.idp.seen("authorize").await.unwrap();
    let scopes = asked[0]["scope"].as_str().unwrap();
    assert!(
        scopes.contains(SMTP_SCOPE) && !scopes.contains("AccessAsUser"),
        "{scopes}"
    );
    let report = shop.check(id).await.unwrap();
    assert_eq!(
        part(&report, Protocol::Smtp).unwrap().problem,
        None,
        "{report:#?}"
    );
}

#[tokio::test]
async fn a_posted_answer_counts_as_well() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "responseMode": "form_post" }))
        .await
        .unwrap();
    let (mut shop, id, browser) = new_shop(&bench).await;
    let account = shop.authorize_as(id, &browser, ORDER).await.unwrap();
    assert!(matches!(
        account.row.authorization,
        AuthorizationState::Authorized { .. }
    ));
}

#[tokio::test]
async fn somebody_else_who_signs_in_is_refused_by_name() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    let (ended, page) = shop
        .authorize(id, &browser, async |browser| consents(browser, OWNER).await)
        .await
        .unwrap();
    let expected = Problem::WrongAccountSignedIn {
        expected: ORDER.address.to_owned(),
        actual: OWNER.address.to_owned(),
    };
    assert_eq!(ended.unwrap_err(), expected);
    assert!(
        page.contains(ORDER.address) && page.contains(OWNER.address),
        "{page}"
    );
    nothing_is_stored(&shop, id).await;
    // The right one may try again at once.
    shop.authorize_as(id, &browser, ORDER).await.unwrap();
}

#[tokio::test]
async fn declining_costs_nothing() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    shop.authorize_as(id, &browser, ORDER).await.unwrap();
    let before = stored(&shop, id).await;
    let (ended, _) = shop
        .authorize(id, &browser, async |browser| {
            browser.sign_in(ORDER.address, ORDER.password).await?;
            browser.decline().await
        })
        .await
        .unwrap();
    let Problem::Diagnosed(diagnosis) = ended.unwrap_err() else {
        panic!("not explained")
    };
    assert!(diagnosis.cause().code().contains("declined") || !diagnosis.raw().is_empty());
    assert_eq!(
        stored(&shop, id).await,
        before,
        "the authorization there was stays"
    );
    assert_eq!(
        part(&shop.check(id).await.unwrap(), Protocol::Pop3)
            .unwrap()
            .problem,
        None
    );
}

#[tokio::test]
async fn a_right_that_was_not_granted_is_named() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "withheld": ["SMTP"] }))
        .await
        .unwrap();
    let (mut shop, id, browser) = new_shop(&bench).await;
    let (ended, _) = shop
        .authorize(id, &browser, async |browser| consents(browser, ORDER).await)
        .await
        .unwrap();
    let expected = Problem::ScopesMissing {
        scopes: SMTP_SCOPE.to_owned(),
    };
    assert_eq!(ended.unwrap_err(), expected);
    nothing_is_stored(&shop, id).await;
}

#[tokio::test]
async fn without_a_refresh_token_nothing_is_stored() {
    let bench = shared().await;
    bench
        .idp
        .set(json!({ "refreshTokens": false }))
        .await
        .unwrap();
    let (mut shop, id, browser) = new_shop(&bench).await;
    let (ended, _) = shop
        .authorize(id, &browser, async |browser| consents(browser, ORDER).await)
        .await
        .unwrap();
    assert_eq!(ended.unwrap_err(), Problem::RefreshTokenMissing);
    nothing_is_stored(&shop, id).await;
}

#[tokio::test]
async fn a_sign_in_service_that_fails_at_the_end_is_told_in_the_browser_too() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    // Every time, so that trying again does not get round it.
    let fault = json!({ "faults": { "token": { "status": 503 } } });
    bench.idp.set(fault).await.unwrap();
    let (ended, page) = shop
        .authorize(id, &browser, async |browser| consents(browser, ORDER).await)
        .await
        .unwrap();
    let problem = ended.unwrap_err();
    assert!(!matches!(problem, Problem::Internal { .. }), "{problem:?}");
    assert!(
        !page.contains("\u{5b8c}\u{4e86}\u{3057}\u{307e}\u{3057}\u{305f}"),
        "{page}"
    );
    nothing_is_stored(&shop, id).await;
}

#[tokio::test]
async fn long_tokens_open_every_door() {
    let bench = shared().await;
    let browser = Browser::headless().await.unwrap();
    for length in [1_500, 4_000] {
        bench
            .idp
            .set(json!({ "tokenLength": length }))
            .await
            .unwrap();
        let mut shop = Shop::open(&bench).await.unwrap();
        let id = shop.oauth_account(ORDER, all_in_tls(&bench)).await.unwrap();
        shop.authorize_as(id, &browser, ORDER).await.unwrap();
        for servers in [all_in_tls(&bench), all_with_starttls(&bench)] {
            shop.move_to(id, servers).await.unwrap();
            let report = shop.check(id).await.unwrap();
            for protocol in [Protocol::Pop3, Protocol::Imap, Protocol::Smtp] {
                let part = part(&report, protocol).unwrap();
                assert_eq!(part.problem, None, "{length} characters: {report:#?}");
            }
        }
    }
}

fn all_in_tls(bench: &Bench) -> Servers {
    Servers {
        pop3: at(bench.ports.pop3s, TlsView::Implicit),
        imap: at(bench.ports.imaps, TlsView::Implicit),
        smtp: at(bench.ports.smtps, TlsView::Implicit),
    }
}

fn all_with_starttls(bench: &Bench) -> Servers {
    Servers {
        pop3: at(bench.ports.pop3, TlsView::Starttls),
        imap: at(bench.ports.imap, TlsView::Starttls),
        smtp: at(bench.ports.smtp, TlsView::Starttls),
    }
}
