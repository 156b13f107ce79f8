//! Shared mailboxes: who signs in is kept, and what another choice costs.

use super::*;
use crate::account::{AccountId, MailAddress, Mailbox, Revision};

fn shared(person: &str) -> CheckedDraft {
    let mut draft = typed("shared@hana.example", true);
    draft.signs_in = Some(person.to_owned());
    draft.check(false).unwrap()
}

fn signed_in_by(person: &str) -> Grant {
    Grant {
        signed_in_as: person.to_owned(),
        ..grant("a token")
    }
}

async fn mailbox(shop: &Shop, id: AccountId) -> Mailbox {
    shop.store.account(id).await.unwrap().account.mailbox
}

fn of(person: &str) -> Mailbox {
    let person = MailAddress::new(person);
    Mailbox::Shared { person }
}

#[tokio::test]
async fn the_first_person_who_signs_in_is_kept() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let id = store.insert_account(vault, &shared(""), now()).await;
    let id = id.unwrap();
    assert_eq!(mailbox(&shop, id).await, of(""));
    for person in [
        "shared@hana.example",
        "taro@hana.example",
        "jiro@hana.example",
    ] {
        let grant = signed_in_by(person);
        store
            .put_grant(vault, id, Revision(1), &grant)
            .await
            .unwrap();
    }
    // The mailbox itself is nobody.
    let stored = store.account(id).await.unwrap();
    assert_eq!(stored.account.mailbox, of("taro@hana.example"));
    assert_eq!(stored.account.revision, Revision(1));
    shop.close().await;
}

#[tokio::test]
async fn another_person_keeps_the_authorization_and_another_kind_of_mailbox_ends_it() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = shared("taro@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    let grant = signed_in_by("taro@hana.example");
    store
        .put_grant(vault, id, Revision(1), &grant)
        .await
        .unwrap();
    store
        .update_account(vault, id, Revision(1), &shared("jiro@hana.example"))
        .await
        .unwrap();
    assert_eq!(mailbox(&shop, id).await, of("jiro@hana.example"));
    assert!(store.grant(vault, id).await.unwrap().is_some());
    let own = oauth("shared@hana.example");
    store
        .update_account(vault, id, Revision(2), &own)
        .await
        .unwrap();
    assert_eq!(mailbox(&shop, id).await, Mailbox::Own);
    assert!(store.grant(vault, id).await.unwrap().is_none());
    shop.close().await;
}
