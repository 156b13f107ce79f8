//! Consents that are tried out: sealed beside the authorization, put in its place or thrown away, and
//! gone with everything that takes an authorization away.

use super::*;
use crate::account::{AccountId, Revision};
use crate::problem::Problem;
use crate::store::{Candidate, Happened};

const OLD: &str = "the-old-refresh-token";
const NEW: &str = "the-new-refresh-token";
const NEWER: &str = "the-new-refresh-token-renewed";

async fn beside(shop: &Shop) -> AccountId {
    let (store, vault) = (&shop.store, &shop.vault);
    let draft = oauth("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    let revision = Revision(1);
    store
        .put_grant(vault, id, revision, &grant(OLD))
        .await
        .unwrap();
    store
        .put_candidate(vault, id, revision, ("owner", &grant(NEW)))
        .await
        .unwrap();
    id
}

async fn tokens(shop: &Shop, id: AccountId) -> (Option<String>, Option<String>) {
    let text = |grant: Grant| grant.refresh_token.expose().to_owned();
    let kept = shop.store.grant(&shop.vault, id).await.unwrap();
    let candidate = shop.store.candidate(&shop.vault, id).await.unwrap();
    (
        kept.map(text),
        candidate.map(|candidate| text(candidate.grant)),
    )
}

fn candidate(token: &str) -> Candidate {
    Candidate {
        grant: grant(token),
        revision: Revision(1),
    }
}

#[tokio::test]
async fn a_candidate_stands_beside_the_old_one_and_takes_its_place_at_once() {
    let shop = Shop::open().await;
    let id = beside(&shop).await;
    let shop = shop.restart().await;
    let both = (Some(OLD.to_owned()), Some(NEW.to_owned()));
    assert_eq!(tokens(&shop, id).await, both);
    let (store, vault) = (&shop.store, &shop.vault);
    let kept = store.candidate(vault, id).await.unwrap().unwrap();
    let given = grant(NEW);
    assert_eq!((kept.revision, kept.grant.kind), (Revision(1), given.kind));
    assert_eq!(kept.grant.signed_in_as, given.signed_in_as);
    assert_eq!(kept.grant.scopes, given.scopes);
    assert_eq!(
        (kept.grant.client_id, kept.grant.authority),
        (given.client_id, given.authority)
    );

    let renew = |old| async move {
        let (old, new) = (secret(old), grant(NEWER));
        store.renew_candidate(vault, id, &old, &new).await.unwrap()
    };
    assert!(!renew(OLD).await && renew(NEW).await && !renew(NEW).await);
    let adopted = store.adopt_candidate(vault, id, &candidate(NEW)).await;
    assert_eq!(adopted.unwrap_err(), Problem::ConsentOver);
    let adopted = store.adopt_candidate(vault, id, &candidate(NEWER)).await;
    adopted.unwrap();
    assert_eq!(tokens(&shop, id).await, (Some(NEWER.to_owned()), None));
    assert_eq!(store.sealed_of(id).await.len(), 1);
    shop.close().await;
}

#[tokio::test]
async fn what_is_thrown_away_leaves_no_byte_and_the_old_one_as_it_was() {
    let shop = Shop::open().await;
    let id = beside(&shop).await;
    let store = &shop.store;
    let sealed = store.sealed_of(id).await;
    let cause = Some((now(), "account-changed"));
    store.discard_candidate(id, cause).await.unwrap();
    assert_eq!(tokens(&shop, id).await, (Some(OLD.to_owned()), None));
    let disk = bytes_on_disk(store.folder());
    let left = sealed
        .iter()
        .filter(|sealed| disk.windows(sealed.len()).any(|window| window == **sealed));
    assert_eq!(left.count(), 1, "the old one alone");
    let history = store.history(id, Timestamp::MIN).await.unwrap();
    assert_eq!(history[0].what, Happened::Authorization);
    assert_eq!(history[0].cause.as_deref(), Some("account-changed"));
    shop.close().await;
}

#[tokio::test]
async fn it_goes_with_what_takes_the_authorization_away() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let id = beside(&shop).await;
    assert!(!store.claim_candidate(id, "nobody", "me").await.unwrap());
    assert!(store.claim_candidate(id, "owner", "me").await.unwrap());
    let held = store.candidates().await.unwrap();
    assert_eq!(held, [(id, "me".to_owned())]);
    store.remove_grant(id).await.unwrap();
    assert_eq!(tokens(&shop, id).await, (None, None));
    let owned = ("me", &grant(NEW));
    store
        .put_candidate(vault, id, Revision(1), owned)
        .await
        .unwrap();
    store.remove_account(id).await.unwrap();
    assert_eq!(store.candidates().await.unwrap(), []);
    assert!(store.sealed_of(id).await.is_empty());
    let late = store.put_candidate(vault, id, Revision(1), owned).await;
    assert_eq!(late.unwrap_err(), Problem::AccountGone);
    shop.close().await;
}
