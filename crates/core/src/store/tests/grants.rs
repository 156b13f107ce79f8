//! Authorizations: keeping, compare-and-set, refusal, leases, and what is left on the disk.

use jiff::SignedDuration;

use super::*;
use crate::account::{AccountId, Revision};
use crate::problem::Problem;

const OLD: &str = "0.AXoA-old-refresh-token-that-must-not-be-read";
const NEW: &str = "0.AXoA-new-refresh-token-that-must-not-be-read";

async fn authorized(shop: &Shop, address: &str, token: &str) -> AccountId {
    let id = shop
        .store
        .insert_account(&shop.vault, &oauth(address), now())
        .await
        .unwrap();
    shop.store
        .put_grant(&shop.vault, id, Revision(1), &grant(token))
        .await
        .unwrap();
    id
}

async fn token(shop: &Shop, id: AccountId) -> String {
    let grant = shop.store.grant(&shop.vault, id).await.unwrap().unwrap();
    grant.refresh_token.expose().to_owned()
}

#[tokio::test]
async fn a_consent_is_kept_with_all_that_belongs_to_it() {
    let shop = Shop::open().await;
    // Microsoft's tokens have 1,500 characters and more.
    let long = "x".repeat(4_000);
    let id = authorized(&shop, "order@hana.example", &long).await;
    let shop = shop.restart().await;
    let kept = shop.store.grant(&shop.vault, id).await.unwrap().unwrap();
    let given = grant(&long);
    assert_eq!(kept.refresh_token.expose(), long);
    assert_eq!((kept.renewed_at, &kept.scopes), (now(), &given.scopes));
    assert_eq!(kept.signed_in_as, given.signed_in_as);
    assert_eq!(
        (kept.client_id, kept.authority),
        (given.client_id, given.authority)
    );
    let stored = shop.store.account(id).await.unwrap();
    assert_eq!(stored.account.revision, Revision(1));
    let expected = GrantState {
        renewed_at: now(),
        scopes: given.scopes,
        signed_in_as: given.signed_in_as,
        refused: None,
    };
    assert_eq!(stored.grant, Some(expected));
    shop.close().await;
}

#[tokio::test]
async fn a_renewal_replaces_only_what_it_renewed() {
    let shop = Shop::open().await;
    let id = authorized(&shop, "order@hana.example", OLD).await;
    let mut renewed = grant(NEW);
    renewed.renewed_at = now() + SignedDuration::from_hours(24);
    let (store, vault) = (&shop.store, &shop.vault);
    assert!(
        store
            .rotate_grant(vault, id, &secret(OLD), &renewed)
            .await
            .unwrap()
    );
    // The same renewal in another process comes too late.
    assert!(
        !store
            .rotate_grant(vault, id, &secret(OLD), &grant("third"))
            .await
            .unwrap()
    );
    assert_eq!(token(&shop, id).await, NEW);
    let state = store.account(id).await.unwrap().grant.unwrap();
    assert_eq!(state.renewed_at, renewed.renewed_at);
    store.remove_grant(id).await.unwrap();
    assert!(
        !store
            .rotate_grant(vault, id, &secret(NEW), &grant("third"))
            .await
            .unwrap()
    );
    assert!(store.account(id).await.unwrap().grant.is_none());
    shop.close().await;
}

#[tokio::test]
async fn a_refusal_hits_only_the_token_that_was_refused() {
    let shop = Shop::open().await;
    let id = authorized(&shop, "order@hana.example", NEW).await;
    let (store, vault) = (&shop.store, &shop.vault);
    let refusal = Refusal {
        since: now(),
        error: "invalid_grant AADSTS700082: 期限切れ".to_owned(),
    };
    assert!(
        !store
            .refuse_grant(vault, id, &secret(OLD), &refusal)
            .await
            .unwrap()
    );
    assert!(
        store
            .account(id)
            .await
            .unwrap()
            .grant
            .unwrap()
            .refused
            .is_none()
    );
    assert!(
        store
            .refuse_grant(vault, id, &secret(NEW), &refusal)
            .await
            .unwrap()
    );
    assert_eq!(
        store.account(id).await.unwrap().grant.unwrap().refused,
        Some(refusal)
    );
    assert_eq!(token(&shop, id).await, NEW);
    store
        .put_grant(vault, id, Revision(1), &grant("third"))
        .await
        .unwrap();
    assert!(
        store
            .account(id)
            .await
            .unwrap()
            .grant
            .unwrap()
            .refused
            .is_none()
    );
    shop.close().await;
}

#[tokio::test]
async fn a_lease_is_one_owners_until_it_is_over() {
    let shop = Shop::open().await;
    let id = authorized(&shop, "order@hana.example", OLD).await;
    let at = |seconds| now() + SignedDuration::from_secs(seconds);
    let (second, _vault) = shop.second().await;
    let store = &shop.store;
    assert!(store.lease(id, "one", at(0), at(60)).await.unwrap());
    assert!(!second.lease(id, "two", at(1), at(61)).await.unwrap());
    assert!(store.lease(id, "one", at(30), at(90)).await.unwrap());
    assert!(!second.lease(id, "two", at(89), at(149)).await.unwrap());
    // Its owner was killed.
    assert!(second.lease(id, "two", at(90), at(150)).await.unwrap());
    store.release(id, "one").await.unwrap();
    assert!(!store.lease(id, "one", at(91), at(151)).await.unwrap());
    second.release(id, "two").await.unwrap();
    assert!(store.lease(id, "one", at(92), at(152)).await.unwrap());
    // The computer's clock was set back by a day.
    assert!(
        second
            .lease(id, "two", at(-86_400), at(-86_340))
            .await
            .unwrap()
    );
    second.close().await;
    shop.close().await;
}

#[tokio::test]
async fn nothing_secret_is_readable_on_the_disk() {
    let shop = Shop::open().await;
    authorized(&shop, "order@hana.example", OLD).await;
    let draft = by_password("info@hana.example");
    shop.store
        .insert_account(&shop.vault, &draft, now())
        .await
        .unwrap();
    let bytes = bytes_on_disk(shop.folder.path());
    // The search itself finds what is there.
    assert!(contains(&bytes, b"order@hana.example"));
    assert!(!contains(&bytes, OLD.as_bytes()));
    assert!(!contains(&bytes, b"pass-phrase-of-the-shop"));
    shop.close().await;
}

/// The sealed bytes of an account.
async fn sealed(shop: &Shop, id: AccountId) -> Vec<u8> {
    sqlx::query_scalar("SELECT sealed FROM secret WHERE account_id = ?1")
        .bind(id.0)
        .fetch_one(shop.store.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_removed_leaves_no_trace() {
    let shop = Shop::open().await;
    let folder = shop.folder.path().to_owned();
    authorized(&shop, "stays@hana.example", "another").await;

    let removed = authorized(&shop, "removed@hana.example", OLD).await;
    let bytes = sealed(&shop, removed).await;
    assert!(contains(&bytes_on_disk(&folder), &bytes));
    shop.store.remove_account(removed).await.unwrap();
    assert!(!contains(&bytes_on_disk(&folder), &bytes));
    assert!(!contains(&bytes_on_disk(&folder), b"removed@hana.example"));

    let withdrawn = authorized(&shop, "withdrawn@hana.example", OLD).await;
    let bytes = sealed(&shop, withdrawn).await;
    shop.store.remove_grant(withdrawn).await.unwrap();
    assert!(!contains(&bytes_on_disk(&folder), &bytes));

    let switched = authorized(&shop, "switched@hana.example", OLD).await;
    let bytes = sealed(&shop, switched).await;
    let draft = by_password("switched@hana.example");
    shop.store
        .update_account(&shop.vault, switched, Revision(1), &draft)
        .await
        .unwrap();
    assert!(!contains(&bytes_on_disk(&folder), &bytes));
    shop.close().await;
}

#[tokio::test]
async fn sealed_values_that_changed_places_do_not_open() {
    let shop = Shop::open().await;
    let one = authorized(&shop, "one@hana.example", OLD).await;
    let two = authorized(&shop, "two@hana.example", NEW).await;
    sqlx::query(
        "UPDATE secret SET (nonce, sealed) =
             (SELECT nonce, sealed FROM secret AS other WHERE other.account_id = ?2)
         WHERE account_id = ?1",
    )
    .bind(one.0)
    .bind(two.0)
    .execute(shop.store.pool())
    .await
    .unwrap();
    let opened = shop.store.grant(&shop.vault, one).await;
    assert!(
        matches!(opened, Err(Problem::Internal { .. })),
        "{opened:?}"
    );
    assert_eq!(token(&shop, two).await, NEW);
    shop.close().await;
}
