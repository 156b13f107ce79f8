//! Accounts: what goes in comes out, one address once, revisions, and what a change takes away.

use super::*;
use crate::account::{AuthMethod, Field, FieldProblem, Revision};
use crate::charset::{Charset, GarblingGuard, Writing};
use crate::cloud::MailProtocol;
use crate::problem::Problem;
use crate::view::DiagnosisView;

fn taken() -> Problem {
    Problem::Invalid {
        fields: vec![(Field::Address, FieldProblem::AddressTaken)],
    }
}

fn verdict(failure: Option<&str>) -> Verdict {
    Verdict {
        at: now(),
        protocol: MailProtocol::Smtp,
        failure: failure.map(|cause| DiagnosisView {
            cause: cause.to_owned(),
            text: "cause-unknown".to_owned(),
            certain: false,
            candidates: vec![cause.to_owned()],
            who_fixes: "owner".to_owned(),
            raw: "535 5.7.139 「認証」 \"'".to_owned(),
            readout: "0000-0000".to_owned(),
        }),
    }
}

#[tokio::test]
async fn what_goes_in_comes_out() {
    let shop = Shop::open().await;
    let mut draft = by_password("Order@Hana.example");
    draft.writing = Writing {
        charset: Charset::ShiftJis,
        guard: GarblingGuard::Utf8WhenNeeded,
    };
    let id = shop
        .store
        .insert_account(&shop.vault, &draft, now())
        .await
        .unwrap();
    let shop = shop.restart().await;
    let stored = shop.store.account(id).await.unwrap();
    assert_eq!(stored.account.revision, Revision(1));
    assert_eq!(stored.account.address.as_str(), "Order@Hana.example");
    assert_eq!(
        (stored.account.name.as_str(), stored.account.purpose),
        ("本店", draft.purpose)
    );
    assert_eq!(
        (&stored.account.auth, &stored.account.servers),
        (&draft.auth, &draft.servers)
    );
    assert_eq!(stored.account.writing, draft.writing);
    assert_eq!(stored.account.created_at, now());
    assert!(stored.password_stored && stored.grant.is_none());
    assert!(stored.reception.is_none() && stored.sending.is_none());
    let password = shop.store.password(&shop.vault, id).await.unwrap().unwrap();
    assert_eq!(password.expose(), "pass-phrase-of-the-shop");
    let by_address = shop
        .store
        .account_by_address(" order@hana.EXAMPLE")
        .await
        .unwrap();
    assert_eq!(by_address, Some(stored));
    assert_eq!(
        shop.store
            .account_by_address("no@hana.example")
            .await
            .unwrap(),
        None
    );
    shop.close().await;
}

#[tokio::test]
async fn an_address_is_there_once_in_whatever_case() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    store
        .insert_account(vault, &oauth("order@hana.example"), now())
        .await
        .unwrap();
    let again = store
        .insert_account(vault, &oauth("ORDER@hana.example"), now())
        .await;
    assert_eq!(again.unwrap_err(), taken());
    let other = store
        .insert_account(vault, &oauth("a@hana.example"), now())
        .await
        .unwrap();
    let renamed = oauth("Order@Hana.Example");
    let changed = store
        .update_account(vault, other, Revision(1), &renamed)
        .await;
    assert_eq!(changed.unwrap_err(), taken());
    let addresses: Vec<_> = store.accounts().await.unwrap();
    let addresses: Vec<_> = addresses
        .iter()
        .map(|a| a.account.address.as_str())
        .collect();
    assert_eq!(addresses, ["a@hana.example", "order@hana.example"]);
    // Its own address in another spelling is no conflict.
    let respelled = oauth("A@hana.example");
    store
        .update_account(vault, other, Revision(1), &respelled)
        .await
        .unwrap();
    shop.close().await;
}

#[tokio::test]
async fn a_change_under_an_old_revision_is_refused() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = by_password("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    let mut renamed = draft.clone();
    renamed.name = "支店".to_owned();
    renamed.password = None;
    store
        .update_account(vault, id, Revision(1), &renamed)
        .await
        .unwrap();
    let late = store.update_account(vault, id, Revision(1), &draft).await;
    assert_eq!(late.unwrap_err(), Problem::AccountChanged);
    let late = store
        .record_verdict(id, Revision(1), Side::Sending, &verdict(None))
        .await;
    assert_eq!(late.unwrap_err(), Problem::AccountChanged);
    let late = store.put_grant(vault, id, Revision(1), &grant("t")).await;
    assert_eq!(late.unwrap_err(), Problem::AccountChanged);
    let stored = store.account(id).await.unwrap();
    assert_eq!(
        (stored.account.name.as_str(), stored.account.revision),
        ("支店", Revision(2))
    );
    assert!(stored.password_stored && stored.sending.is_none() && stored.grant.is_none());
    shop.close().await;
}

#[tokio::test]
async fn an_account_that_is_gone_is_told() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let id = store
        .insert_account(vault, &oauth("order@hana.example"), now())
        .await
        .unwrap();
    store.remove_account(id).await.unwrap();
    store.remove_account(id).await.unwrap();
    let gone = Problem::AccountGone;
    let draft = oauth("order@hana.example");
    assert_eq!(store.account(id).await.unwrap_err(), gone);
    let update = store.update_account(vault, id, Revision(1), &draft).await;
    assert_eq!(update.unwrap_err(), gone);
    let put = store.put_grant(vault, id, Revision(1), &grant("t")).await;
    assert_eq!(put.unwrap_err(), gone);
    let record = store
        .record_verdict(id, Revision(1), Side::Sending, &verdict(None))
        .await;
    assert_eq!(record.unwrap_err(), gone);
    let lease = store.lease(id, "a", now(), now()).await;
    assert_eq!(lease.unwrap_err(), gone);
    assert!(store.grant(vault, id).await.unwrap().is_none());
    assert!(store.password(vault, id).await.unwrap().is_none());
    // A new account never gets the number of one that is gone.
    let next = store.insert_account(vault, &draft, now()).await.unwrap();
    assert!(next > id);
    shop.close().await;
}

#[tokio::test]
async fn turning_oauth_on_sets_the_password_aside() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = by_password("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    store
        .record_verdict(id, Revision(1), Side::Sending, &verdict(Some("unknown")))
        .await
        .unwrap();
    let on = oauth("order@hana.example");
    store
        .update_account(vault, id, Revision(1), &on)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert_eq!(stored.account.auth, AuthMethod::OAuth);
    assert!(!stored.password_stored && stored.sending.is_none());
    assert!(stored.switched);
    let kept = store.password(vault, id).await.unwrap();
    assert_eq!(kept.unwrap().expose(), "pass-phrase-of-the-shop");
    shop.close().await;
}

#[tokio::test]
async fn turning_oauth_off_or_another_mailbox_takes_the_authorization_away() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let id = store
        .insert_account(vault, &oauth("order@hana.example"), now())
        .await
        .unwrap();
    store
        .put_grant(vault, id, Revision(1), &grant("first-token"))
        .await
        .unwrap();
    let respelled = oauth("Order@hana.example");
    store
        .update_account(vault, id, Revision(1), &respelled)
        .await
        .unwrap();
    assert!(store.account(id).await.unwrap().grant.is_some());
    let other = oauth("info@hana.example");
    store
        .update_account(vault, id, Revision(2), &other)
        .await
        .unwrap();
    assert!(store.account(id).await.unwrap().grant.is_none());
    assert!(store.grant(vault, id).await.unwrap().is_none());
    store
        .put_grant(vault, id, Revision(3), &grant("second-token"))
        .await
        .unwrap();
    let off = by_password("info@hana.example");
    store
        .update_account(vault, id, Revision(3), &off)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert!(stored.grant.is_none() && stored.password_stored);
    assert!(store.grant(vault, id).await.unwrap().is_none());
    shop.close().await;
}

#[tokio::test]
async fn verdicts_stay_until_the_connection_changes() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = by_password("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    let (well, failed) = (verdict(None), verdict(Some("unknown")));
    store
        .record_verdict(id, Revision(1), Side::Reception, &failed)
        .await
        .unwrap();
    store
        .record_verdict(id, Revision(1), Side::Reception, &well)
        .await
        .unwrap();
    store
        .record_verdict(id, Revision(1), Side::Sending, &failed)
        .await
        .unwrap();
    let mut renamed = draft.clone();
    renamed.name = "支店".to_owned();
    renamed.password = None;
    store
        .update_account(vault, id, Revision(1), &renamed)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert_eq!(
        (stored.reception, stored.sending),
        (Some(well), Some(failed))
    );
    let mut moved = renamed.clone();
    moved.servers.imap = moved.servers.pop3.take();
    store
        .update_account(vault, id, Revision(2), &moved)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert_eq!((stored.reception, stored.sending), (None, None));
    assert_eq!(stored.account.servers, moved.servers);
    shop.close().await;
}

#[tokio::test]
async fn settings_are_replaced_and_forgotten() {
    let shop = Shop::open().await;
    let store = &shop.store;
    assert_eq!(store.setting("theme").await.unwrap(), None);
    store.set_setting("theme", Some("dark")).await.unwrap();
    store.set_setting("theme", Some("light")).await.unwrap();
    assert_eq!(
        store.setting("theme").await.unwrap().as_deref(),
        Some("light")
    );
    store.set_setting("theme", None).await.unwrap();
    assert!(store.settings().await.unwrap().is_empty());
    shop.close().await;
}

#[tokio::test]
async fn without_an_open_vault_only_secrets_are_refused() {
    let shop = Shop::open().await;
    shop.keyring.set_mood(KeyringMood::Missing);
    let closed = open_vault(&shop.store, &shop.keyring).await;
    let refused = shop
        .store
        .insert_account(&closed, &by_password("a@b.example"), now())
        .await;
    assert_eq!(refused.unwrap_err(), Problem::KeyringMissing);
    assert!(shop.store.accounts().await.unwrap().is_empty());
    let kept = shop
        .store
        .insert_account(&closed, &oauth("a@b.example"), now())
        .await;
    let put = shop
        .store
        .put_grant(&closed, kept.unwrap(), Revision(1), &grant("t"))
        .await;
    assert_eq!(put.unwrap_err(), Problem::KeyringMissing);
    shop.close().await;
}
