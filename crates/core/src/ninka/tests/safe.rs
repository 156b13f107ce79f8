//! Authorizing again: the old authorization stays until the new one has passed, what a killed process
//! left is finished by the next, and what is withdrawn leaves no byte.

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

/// Lets a process end in the midst of a trial: the consent is sealed beside the old authorization.
async fn left_in_the_midst(shop: &Shop) -> String {
    shop.ledger.mail_is(Mood::Silent);
    {
        let again = shop.ninka.authorize(shop.account, &|_| {});
        let silent = async {
            while !shop.ledger.is_silent() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            ended = again => panic!("{ended:?}"),
            () = silent => {}
        }
    }
    shop.ledger.mail_is(Mood::Good);
    let sealed = shop.ninka.store.candidate(&shop.ninka.vault, shop.account);
    let sealed = sealed.await.unwrap().unwrap();
    sealed.grant.refresh_token.expose().to_owned()
}

#[tokio::test]
async fn a_trial_that_died_with_its_process_is_finished_by_the_next() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    let sealed = left_in_the_midst(&shop).await;
    assert_eq!(shop.token().await, before, "the old one is as it was");
    // As long as that process lives, another one keeps its hands off.
    let other = shop.another_process().await;
    other.finish_trials().await.unwrap();
    assert_eq!(shop.token().await, before);
    let shop = shop.killed(other);
    shop.ninka.finish_trials().await.unwrap();
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    let now = shop.token().await;
    assert!(
        now != before && now != sealed,
        "renewed once more, and kept"
    );
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn whoever_opens_the_data_finishes_what_was_left() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    let sealed = left_in_the_midst(&shop).await;
    let shop = shop.started_again().await;
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    let now = shop.token().await;
    assert!(now != before && now != sealed);
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn an_opening_does_not_wait_for_ever_and_loses_nothing_by_that() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    left_in_the_midst(&shop).await;
    shop.ledger.mail_is(Mood::Silent);
    let began = std::time::Instant::now();
    let shop = shop.started_again().await;
    assert!(began.elapsed().as_secs() < 15);
    assert_eq!(shop.token().await, before);
    shop.ledger.mail_is(Mood::Good);
    // The opening's own is taken up again as well.
    shop.ninka.finish_trials().await.unwrap();
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    assert_ne!(shop.token().await, before);
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn a_trial_that_was_left_and_does_not_pass_is_told_in_the_history() {
    let shop = Shop::open().await;
    shop.ledger.mail_is(Mood::RefusesConsents);
    let (from, before) = (shop.ledger.refused_from(), shop.token().await);
    let sealed = left_in_the_midst(&shop).await;
    shop.ledger.refuse_from(from);
    let other = shop.another_process().await;
    let shop = shop.killed(other);
    shop.ninka.finish_trials().await.unwrap();
    assert_ne!(shop.token().await, sealed);
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    let history = shop.ninka.history(shop.account).await.unwrap();
    let told = |entry: &&crate::view::HistoryEntryView| {
        entry.what == crate::view::HistoryWhat::Authorization && entry.cause.is_some()
    };
    assert_eq!(history.entries.iter().filter(told).count(), 1);
    assert_ne!(
        shop.token().await,
        before,
        "renewed, to see whether it passes"
    );
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn what_was_left_of_an_account_that_changed_or_too_long_ago_is_thrown_away() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    left_in_the_midst(&shop).await;
    shop.rename().await;
    let other = shop.another_process().await;
    let shop = shop.killed(other);
    shop.ninka.finish_trials().await.unwrap();
    assert_eq!(shop.token().await, before);
    assert!(passed(&shop.check().await));

    let before = shop.token().await;
    left_in_the_midst(&shop).await;
    shop.ledger.clock.advance(91 * 24 * 60 * 60);
    let other = shop.another_process().await;
    let shop = shop.killed(other);
    shop.ninka.finish_trials().await.unwrap();
    assert_eq!(shop.token().await, before);
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    let history = shop.ninka.history(shop.account).await.unwrap();
    let causes: Vec<_> = history
        .entries
        .iter()
        .filter_map(|entry| entry.cause.as_deref())
        .collect();
    assert!(
        causes.contains(&"refresh_token_expired_inactive"),
        "{causes:?}"
    );
    shop.close().await;
}

#[tokio::test]
async fn what_is_withdrawn_in_the_midst_of_a_trial_stays_withdrawn() {
    let shop = Shop::open().await;
    left_in_the_midst(&shop).await;
    shop.ninka.revoke(shop.account).await.unwrap();
    assert_eq!(shop.ninka.store.candidates().await.unwrap(), []);
    assert!(shop.ninka.store.sealed_of(shop.account).await.is_empty());
    let other = shop.another_process().await;
    let shop = shop.killed(other);
    shop.ninka.finish_trials().await.unwrap();
    let view = shop.ninka.account(shop.account).await.unwrap();
    assert_eq!(view.row.authorization, AuthorizationState::None);
    shop.close().await;
}
