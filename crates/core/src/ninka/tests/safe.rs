//! Authorizing again: the old authorization stays until the new one has passed, and what is
//! withdrawn leaves no byte.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::full::{Shop, passed};
use super::ledger::Mood;
use crate::problem::Problem;
use crate::view::{AuthorizationState, ConsentEvent};

#[tokio::test]
async fn a_consent_that_the_mail_server_refuses_leaves_the_old_one() {
    let shop = Shop::open().await;
    shop.ledger.mail_is(Mood::RefusesConsents);
    let seen = std::sync::Mutex::new(Vec::new());
    let progress = |event: ConsentEvent| seen.lock().unwrap().push(event);
    let ended = shop.ninka.authorize(shop.account, &progress).await;
    let Problem::Diagnosed(diagnosis) = ended.unwrap_err() else {
        panic!("no diagnosis");
    };
    assert!(diagnosis.raw().contains("Authentication failure"));
    assert_eq!(seen.lock().unwrap().last(), Some(&ConsentEvent::Checking));
    // It is the old one, renewed to see whether it still passes: the mailbox refuses the new one.
    assert!(passed(&shop.check().await));
    shop.ledger.mail_is(Mood::Good);
    let before = shop.token().await;
    shop.ninka.authorize(shop.account, &|_| {}).await.unwrap();
    assert_ne!(shop.token().await, before);
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn what_no_consent_can_mend_does_not_keep_a_new_one_out() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    shop.ledger.mail_is(Mood::Busy);
    shop.ninka.authorize(shop.account, &|_| {}).await.unwrap();
    assert_ne!(shop.token().await, before);
    shop.close().await;
}

#[tokio::test]
async fn where_the_old_one_has_lapsed_there_is_nothing_to_lose() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    shop.ledger.clock.advance(91 * 24 * 60 * 60);
    shop.ledger.mail_is(Mood::RefusesConsents);
    shop.ninka.authorize(shop.account, &|_| {}).await.unwrap();
    assert_ne!(shop.token().await, before);
    shop.close().await;
}

#[tokio::test]
async fn a_try_that_is_given_up_while_it_is_checked_changes_nothing() {
    let shop = Arc::new(Shop::open().await);
    let before = shop.token().await;
    shop.ledger.mail_is(Mood::Silent);
    let ended = {
        let again = Arc::clone(&shop);
        let progress = move |event: ConsentEvent| {
            if event == ConsentEvent::Checking {
                let again = Arc::clone(&again);
                tokio::spawn(async move {
                    while !again.ledger.is_silent() {
                        tokio::task::yield_now().await;
                    }
                    again.ninka.cancel_authorize(again.account);
                });
            }
        };
        shop.ninka.authorize(shop.account, &progress).await
    };
    assert_eq!(ended.unwrap_err(), Problem::Cancelled);
    assert_eq!(shop.token().await, before);
    shop.ledger.mail_is(Mood::Good);
    assert!(passed(&shop.check().await));
    shop.ninka.close().await;
}

#[tokio::test]
async fn what_is_withdrawn_leaves_no_byte() {
    let shop = Shop::open().await;
    let opened = shop.browser.opened.load(Ordering::SeqCst);
    assert!(passed(&shop.check().await));
    let sealed = shop.ninka.store.sealed_of(shop.account).await;
    assert!(!sealed.is_empty());
    let on_disk = || crate::store::bytes_on_disk(shop.ninka.store.folder());
    // SQLite divides long values into pages, so pieces of them are looked for.
    let found = || {
        let disk = on_disk();
        let pieces = sealed.iter().flat_map(|sealed| sealed.chunks_exact(64));
        let on_it = pieces.filter(|piece| disk.windows(64).any(|window| window == *piece));
        on_it.count()
    };
    assert!(found() > 20);
    let revoked = shop.ninka.revoke(shop.account).await.unwrap();
    assert_eq!(revoked.page, None, "practice and other clouds");
    assert_eq!(revoked.account.row.authorization, AuthorizationState::None);
    assert_eq!(found(), 0);
    assert_eq!(shop.browser.opened.load(Ordering::SeqCst), opened);
    shop.close().await;
}
