//! A shared mailbox at a real identity provider and real mail servers: a person with access signs in,
//! the servers are told the shared address; somebody else is refused, and so is who has no access.
//! Dovecot knows nobody but the token's own user, so the provider names the mailbox that it opens.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ninka_core::account::AccountId;
use ninka_core::view::{AccountView, AuthorizationState, Protocol, SaveAccount};
use ninka_core::{Problem, SharedToken};
use ninka_tests::bench::{Bench, NO_POP, ORDER, OWNER, User, shared};
use ninka_tests::browser::Browser;
use ninka_tests::shop::{Servers, Shop, good, part};
use serde_json::json;
use tokio_util::sync::CancellationToken;

/// The shop's order account is the shared mailbox; who signs in is left open.
async fn new_shop(bench: &Bench) -> (Shop, AccountId, Browser) {
    let shop = Shop::open(bench).await.unwrap();
    let servers = Servers::usual(bench);
    let id = shop.oauth_account(ORDER, servers).await.unwrap();
    signed_in_by(&shop, id, "").await;
    (shop, id, Browser::headless().await.unwrap())
}

async fn shown(shop: &Shop, id: AccountId) -> AccountView {
    good(shop.ninka.account(id).await).unwrap()
}

async fn signed_in_by(shop: &Shop, id: AccountId, person: &str) {
    let account = shown(shop, id).await;
    let changed = SaveAccount {
        signs_in: Some(person.to_owned()),
        ..account.into()
    };
    shop.save(changed).await.unwrap();
}

async fn opens(bench: &Bench, mailbox: Option<User>) {
    let knob = json!({ "tokenUser": mailbox.map(|user| user.address) });
    bench.idp.set(knob).await.unwrap();
}

#[tokio::test]
async fn a_person_signs_in_and_the_servers_are_told_the_mailbox() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    opens(&bench, Some(ORDER)).await;
    shop.authorize_as(id, &browser, OWNER).await.unwrap();
    let asked = bench.idp.seen("authorize").await.unwrap();
    assert!(asked.last().unwrap()["login_hint"].is_null());
    let account = shown(&shop, id).await;
    assert_eq!(account.row.signs_in.as_deref(), Some(OWNER.address), "kept");
    assert_eq!(account.signed_in_as.as_deref(), Some(OWNER.address));
    let report = shop.check(id).await.unwrap();
    for protocol in [Protocol::Pop3, Protocol::Smtp] {
        let part = part(&report, protocol).unwrap();
        assert_eq!(part.problem, None, "{report:#?}");
    }
    let mails = part(&report, Protocol::Pop3).unwrap().messages;
    assert_eq!(mails, Some(ORDER.mails), "of the shared mailbox");

    // Other programs are given the mailbox' name, too.
    let sharing = shop.ninka.set_setting("share-tokens", "on").await;
    good(sharing).unwrap();
    let cancel = CancellationToken::new();
    let token: SharedToken = good(shop.ninka.shared_token(id, None, &cancel).await).unwrap();
    let sasl = STANDARD.decode(token.sasl().expose()).unwrap();
    let user = format!("user={}\u{1}", ORDER.address);
    assert!(sasl.starts_with(user.as_bytes()));

    // Somebody else is refused with both addresses named, and the old authorization still works.
    let (ended, page) = shop
        .authorize(id, &browser, async |browser| {
            browser.sign_in(NO_POP.address, NO_POP.password).await?;
            browser.accept().await
        })
        .await
        .unwrap();
    let asked = bench.idp.seen("authorize").await.unwrap();
    assert_eq!(asked.last().unwrap()["login_hint"], OWNER.address);
    assert_eq!(
        ended.unwrap_err(),
        Problem::WrongPersonSignedIn {
            mailbox: ORDER.address.to_owned(),
            expected: OWNER.address.to_owned(),
            actual: NO_POP.address.to_owned(),
        }
    );
    assert!(page.contains(OWNER.address) && page.contains(NO_POP.address));
    let report = shop.check(id).await.unwrap();
    assert_eq!(part(&report, Protocol::Pop3).unwrap().problem, None);

    // Unless that person is chosen: then the one before stays until the new one has passed.
    signed_in_by(&shop, id, NO_POP.address).await;
    let between = shown(&shop, id).await;
    assert_eq!(between.signed_in_as.as_deref(), Some(OWNER.address));
    shop.authorize_as(id, &browser, NO_POP).await.unwrap();
    let after = shown(&shop, id).await;
    assert_eq!(after.signed_in_as.as_deref(), Some(NO_POP.address));
    opens(&bench, None).await;
}

#[tokio::test]
async fn who_has_no_access_is_told_who_gives_it() {
    let bench = shared().await;
    let (mut shop, id, browser) = new_shop(&bench).await;
    signed_in_by(&shop, id, OWNER.address).await;
    shop.authorize_as(id, &browser, OWNER).await.unwrap();
    let report = shop.check(id).await.unwrap();
    let failed = part(&report, Protocol::Pop3).unwrap();
    let diagnosis = failed.diagnosis.as_ref().unwrap();
    assert_eq!(diagnosis.cause, "shared_mailbox_no_access", "{report:#?}");
    assert!(!diagnosis.certain, "{report:#?}");
    assert!(matches!(
        shown(&shop, id).await.row.authorization,
        AuthorizationState::Authorized { .. }
    ));
    // A new one that fails alike does not keep out what nothing is lost by; one with access mends it.
    opens(&bench, Some(ORDER)).await;
    let report = shop.check(id).await.unwrap();
    assert_eq!(part(&report, Protocol::Pop3).unwrap().problem, None);
    opens(&bench, None).await;
}
