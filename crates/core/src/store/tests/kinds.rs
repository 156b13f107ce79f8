//! Whose account it is: kept, proven, forgotten with the address.

use super::*;
use crate::account::{AccountId, Revision};
use crate::problem::Problem;

async fn kind(shop: &Shop, id: AccountId) -> AccountKind {
    shop.store.account(id).await.unwrap().kind
}

async fn registered(shop: &Shop) -> AccountId {
    let draft = oauth("order@hana.example");
    let inserted = shop.store.insert_account(&shop.vault, &draft, now());
    inserted.await.unwrap()
}

#[tokio::test]
async fn what_a_sign_in_proved_stays() {
    let shop = Shop::open().await;
    let id = registered(&shop).await;
    assert_eq!(kind(&shop, id).await, AccountKind::Unknown);
    shop.store
        .record_kind(id, AccountKind::Other)
        .await
        .unwrap();
    shop.store
        .record_kind(id, AccountKind::Unknown)
        .await
        .unwrap();
    assert_eq!(kind(&shop, id).await, AccountKind::Other);
    let proven = Grant {
        kind: AccountKind::Personal,
        ..grant("token")
    };
    let put = shop.store.put_grant(&shop.vault, id, Revision(1), &proven);
    put.await.unwrap();
    shop.store.record_kind(id, AccountKind::Work).await.unwrap();
    let shop = shop.restart().await;
    assert_eq!(kind(&shop, id).await, AccountKind::Personal);
    // A renewal sees no sign-in, and proves nothing.
    let renewed = grant("renewed");
    let old = secret("token");
    let rotated = shop.store.rotate_grant(&shop.vault, id, &old, &renewed);
    assert!(rotated.await.unwrap());
    assert_eq!(kind(&shop, id).await, AccountKind::Personal);
    shop.close().await;
}

#[tokio::test]
async fn another_address_is_somebody_else_s() {
    let shop = Shop::open().await;
    let id = registered(&shop).await;
    shop.store.record_kind(id, AccountKind::Work).await.unwrap();
    let renamed = oauth("ORDER@hana.example");
    let update = shop
        .store
        .update_account(&shop.vault, id, Revision(1), &renamed);
    update.await.unwrap();
    assert_eq!(kind(&shop, id).await, AccountKind::Work);
    let moved = oauth("info@hana.example");
    let update = shop
        .store
        .update_account(&shop.vault, id, Revision(2), &moved);
    update.await.unwrap();
    assert_eq!(kind(&shop, id).await, AccountKind::Unknown);
    shop.store.remove_account(id).await.unwrap();
    let late = shop.store.record_kind(id, AccountKind::Work).await;
    assert_eq!(late.unwrap_err(), Problem::AccountGone);
    shop.close().await;
}
