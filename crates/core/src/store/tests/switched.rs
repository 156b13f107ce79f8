//! Switching an account to OAuth and back: what is set aside, what brings it back, what forgets it.

use super::*;
use crate::account::{AccountId, AuthMethod, Revision};
use crate::problem::Problem;

/// An account with everything, switched to OAuth.
async fn switched(shop: &Shop) -> (AccountId, CheckedDraft) {
    let (store, vault) = (&shop.store, &shop.vault);
    let mut draft = by_password("order@hana.example");
    draft.auth = AuthMethod::Password {
        user: "hana-order".to_owned(),
    };
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    let on = oauth("order@hana.example");
    store
        .update_account(vault, id, Revision(1), &on)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert_eq!(stored.account.servers, on.servers, "the servers go");
    assert!(stored.switched && !stored.password_stored);
    (id, draft)
}

async fn password(shop: &Shop, id: AccountId) -> Option<String> {
    let found = shop.store.password(&shop.vault, id).await.unwrap();
    found.map(|password| password.expose().to_owned())
}

#[tokio::test]
async fn undo_brings_everything_back_and_the_authorization_goes() {
    let shop = Shop::open().await;
    let (id, draft) = switched(&shop).await;
    let shop = shop.restart().await;
    let (store, vault) = (&shop.store, &shop.vault);
    store
        .put_grant(vault, id, Revision(2), &grant("the-new-token"))
        .await
        .unwrap();
    let mut renamed = oauth("order@hana.example");
    renamed.name = "支店".to_owned();
    store
        .update_account(vault, id, Revision(2), &renamed)
        .await
        .unwrap();
    assert!(store.account(id).await.unwrap().switched, "still");
    let stale = store.undo_switch(id, Revision(2)).await;
    assert_eq!(stale.unwrap_err(), Problem::AccountChanged);
    store.undo_switch(id, Revision(3)).await.unwrap();
    let stored = store.account(id).await.unwrap();
    assert_eq!(stored.account.revision, Revision(4));
    assert_eq!(
        (&stored.account.auth, &stored.account.servers),
        (&draft.auth, &draft.servers)
    );
    assert_eq!(stored.account.name, "支店", "what was changed since stays");
    assert!(stored.password_stored && !stored.switched && stored.grant.is_none());
    assert_eq!(
        password(&shop, id).await.as_deref(),
        Some("pass-phrase-of-the-shop")
    );
    let again = store.undo_switch(id, Revision(4)).await;
    assert_eq!(again.unwrap_err(), Problem::NothingToUndo);
    assert_eq!(store.sealed_of(id).await.len(), 1, "the token's is gone");
    shop.close().await;
}

#[tokio::test]
async fn an_empty_user_stays_the_address_it_meant() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = by_password("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    for (revision, address) in [(1, "Order@hana.example"), (2, "info@hana.example")] {
        store
            .update_account(vault, id, Revision(revision), &oauth(address))
            .await
            .unwrap();
    }
    store.undo_switch(id, Revision(3)).await.unwrap();
    let account = store.account(id).await.unwrap().account;
    assert_eq!(account.address.as_str(), "info@hana.example");
    let user = "order@hana.example".to_owned();
    assert_eq!(account.auth, AuthMethod::Password { user });
    shop.close().await;
}

#[tokio::test]
async fn what_is_forgotten_is_gone_from_the_disk() {
    let shop = Shop::open().await;
    let (id, _) = switched(&shop).await;
    let store = &shop.store;
    let sealed = store.sealed_of(id).await;
    let needle = sealed.first().unwrap();
    assert!(contains(&bytes_on_disk(shop.folder.path()), needle));
    let stale = store.forget_switched(id, Revision(1)).await;
    assert_eq!(stale.unwrap_err(), Problem::AccountChanged);
    store.forget_switched(id, Revision(2)).await.unwrap();
    let stored = store.account(id).await.unwrap();
    assert!(!stored.switched && stored.account.revision == Revision(2));
    assert_eq!(password(&shop, id).await, None);
    let undo = store.undo_switch(id, Revision(2)).await;
    assert_eq!(undo.unwrap_err(), Problem::NothingToUndo);
    store.close().await;
    let bytes = bytes_on_disk(shop.folder.path());
    assert!(!contains(&bytes, needle));
    assert!(!contains(&bytes, b"hana-order"));
    assert!(!contains(&bytes, b"pop.hana.example"));
    shop.close().await;
}

#[tokio::test]
async fn a_switch_back_by_hand_needs_its_own_password_and_forgets_the_old_one() {
    let shop = Shop::open().await;
    let (id, _) = switched(&shop).await;
    let (store, vault) = (&shop.store, &shop.vault);
    // A session's value would stand beside the one that was set aside.
    let mut by_hand = by_password("order@hana.example");
    by_hand.password = Some(secret("typed-anew"));
    store
        .update_account(vault, id, Revision(2), &by_hand)
        .await
        .unwrap();
    let stored = store.account(id).await.unwrap();
    assert!(stored.password_stored && !stored.switched);
    assert_eq!(password(&shop, id).await.as_deref(), Some("typed-anew"));
    assert_eq!(store.sealed_of(id).await.len(), 1);
    // And the next switch sets aside what is there now.
    store
        .update_account(vault, id, Revision(3), &oauth("order@hana.example"))
        .await
        .unwrap();
    store.undo_switch(id, Revision(4)).await.unwrap();
    assert_eq!(password(&shop, id).await.as_deref(), Some("typed-anew"));
    store.remove_account(id).await.unwrap();
    assert!(store.sealed_of(id).await.is_empty());
    shop.close().await;
}

#[tokio::test]
async fn no_key_is_needed_to_switch_and_back() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = by_password("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    shop.keyring.set_mood(KeyringMood::Missing);
    let closed = open_vault(store, &shop.keyring).await;
    store
        .update_account(&closed, id, Revision(1), &oauth("order@hana.example"))
        .await
        .unwrap();
    store.undo_switch(id, Revision(2)).await.unwrap();
    assert_eq!(
        password(&shop, id).await.as_deref(),
        Some("pass-phrase-of-the-shop")
    );
    shop.close().await;
}
