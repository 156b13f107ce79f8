//! The vault: every home of the key, every fault of a keyring, and the ways on.

use std::time::Duration;

use super::*;
use crate::account::{AccountId, Revision};
use crate::problem::{Outcome, Problem};

const PASSPHRASE: &str = "花屋の金庫の合言葉です。";

async fn authorized(shop: &Shop) -> AccountId {
    let draft = oauth("order@hana.example");
    let id = shop
        .store
        .insert_account(&shop.vault, &draft, now())
        .await
        .unwrap();
    put(shop, id, "first-token").await.unwrap();
    id
}

async fn put(shop: &Shop, id: AccountId, token: &str) -> Outcome<()> {
    shop.store
        .put_grant(&shop.vault, id, Revision(1), &grant(token))
        .await
}

async fn token(shop: &Shop, id: AccountId) -> Outcome<Option<String>> {
    let grant = shop.store.grant(&shop.vault, id).await?;
    Ok(grant.map(|grant| grant.refresh_token.expose().to_owned()))
}

async fn rows(shop: &Shop, table: &'static str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(shop.store.pool())
        .await
        .unwrap()
}

fn closed(problem: Problem) -> VaultState {
    VaultState::Closed(problem)
}

#[tokio::test]
async fn one_key_in_the_keyring_for_all_starts() {
    let shop = Shop::open().await;
    assert_eq!(shop.vault.state(), VaultState::Keyring);
    let id = authorized(&shop).await;
    let entries = shop.keyring.entries();
    let shop = shop.restart().await.restart().await;
    assert_eq!(shop.vault.state(), VaultState::Keyring);
    assert_eq!(shop.keyring.entries(), entries);
    assert_eq!(entries.len(), 1);
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    shop.close().await;
}

#[tokio::test]
async fn every_fault_of_a_keyring_has_its_name_and_passes() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    let refusal = Problem::KeyringRefused {
        detail: "no".to_owned(),
    };
    let mut shop = shop;
    for (mood, problem) in [
        (KeyringMood::Missing, Problem::KeyringMissing),
        (KeyringMood::Locked, Problem::KeyringLocked),
        (KeyringMood::Refusing("no".to_owned()), refusal),
        (KeyringMood::Hanging, Problem::KeyringLocked),
    ] {
        shop.keyring.set_mood(mood);
        shop = shop.restart().await;
        assert_eq!(shop.vault.state(), closed(problem.clone()));
        assert_eq!(token(&shop, id).await.unwrap_err(), problem);
        assert_eq!(shop.vault.write_test().await.unwrap_err(), problem);
        assert!(shop.store.account(id).await.unwrap().grant.is_some());
        shop.keyring
            .set_mood(KeyringMood::Slow(Duration::from_millis(20)));
        assert_eq!(shop.vault.retry().await, VaultState::Keyring);
        assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    }
    shop.close().await;
}

#[tokio::test]
async fn a_keyring_that_takes_nothing_in_is_told_before_anything_is_sealed() {
    let shop = Shop::open().await;
    shop.keyring.lose_everything();
    shop.keyring.set_mood(KeyringMood::ReadOnly);
    // Nothing is sealed yet, so a new key is made.
    let shop = shop.restart().await;
    let state = shop.vault.state();
    assert!(
        matches!(state, VaultState::Closed(Problem::KeyringRefused { .. })),
        "{state:?}"
    );
    shop.keyring.set_mood(KeyringMood::Willing);
    assert_eq!(shop.vault.retry().await, VaultState::Keyring);
    shop.close().await;
}

#[tokio::test]
async fn a_lost_key_is_noticed_and_nothing_is_overwritten() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    shop.keyring.lose_everything();
    let shop = shop.restart().await;
    assert_eq!(shop.vault.state(), closed(Problem::KeyringKeyLost));
    assert_eq!(token(&shop, id).await.unwrap_err(), Problem::KeyringKeyLost);
    assert!(shop.keyring.entries().is_empty());
    // The way on: a passphrase, and consent once more. Until then the old value stays.
    shop.vault.set_passphrase(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(shop.vault.state(), VaultState::Passphrase);
    assert_eq!(token(&shop, id).await.unwrap_err(), Problem::KeyringKeyLost);
    assert_eq!(rows(&shop, "secret").await, 1);
    put(&shop, id, "second-token").await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "second-token");
    assert_eq!(
        (
            rows(&shop, "secret").await,
            rows(&shop, "authorization").await
        ),
        (1, 1)
    );
    shop.close().await;
}

#[tokio::test]
async fn another_key_under_the_same_name_is_noticed() {
    let shop = Shop::open().await;
    authorized(&shop).await;
    let entry = shop.keyring.entries().remove(0);
    shop.keyring.write(&entry, &[7; 32]).unwrap();
    let shop = shop.restart().await;
    assert_eq!(shop.vault.state(), closed(Problem::KeyringKeyLost));
    shop.keyring.write(&entry, b"short").unwrap();
    assert_eq!(shop.vault.retry().await, closed(Problem::KeyringKeyLost));
    shop.close().await;
}

#[tokio::test]
async fn a_passphrase_takes_the_key_out_of_the_keyring() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    let short = shop.vault.set_passphrase(secret("短い合言葉")).await;
    assert_eq!(
        short.unwrap_err(),
        Problem::PassphraseTooShort { least: 12 }
    );
    assert_eq!(shop.vault.state(), VaultState::Keyring);
    shop.vault.set_passphrase(secret(PASSPHRASE)).await.unwrap();
    assert!(shop.keyring.entries().is_empty());
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");

    let shop = shop.restart().await;
    assert_eq!(shop.vault.state(), closed(Problem::PassphraseNeeded));
    assert_eq!(
        token(&shop, id).await.unwrap_err(),
        Problem::PassphraseNeeded
    );
    let other = shop
        .vault
        .set_passphrase(secret("another passphrase"))
        .await;
    assert_eq!(other.unwrap_err(), Problem::PassphraseNeeded);
    let wrong = shop.vault.unlock(secret("another passphrase")).await;
    assert_eq!(wrong.unwrap_err(), Problem::PassphraseWrong);
    assert_eq!(shop.vault.state(), closed(Problem::PassphraseNeeded));
    shop.vault.unlock(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(shop.vault.state(), VaultState::Passphrase);
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    shop.vault.write_test().await.unwrap();

    // Another passphrase for the same key.
    shop.vault
        .set_passphrase(secret("another passphrase"))
        .await
        .unwrap();
    let shop = shop.restart().await;
    shop.vault
        .unlock(secret("another passphrase"))
        .await
        .unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    assert!(!contains(
        &bytes_on_disk(shop.folder.path()),
        b"another passphrase"
    ));
    shop.close().await;
}

#[tokio::test]
async fn a_keyring_that_comes_back_gives_its_values_to_the_passphrase() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    shop.keyring.set_mood(KeyringMood::Missing);
    let shop = shop.restart().await;
    shop.vault.set_passphrase(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap_err(), Problem::KeyringKeyLost);
    shop.keyring.set_mood(KeyringMood::Willing);
    let shop = shop.restart().await;
    shop.vault.unlock(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    assert_eq!(rows(&shop, "vault_key").await, 1);
    assert!(shop.store.account(id).await.unwrap().grant.is_some());
    shop.close().await;
}

#[tokio::test]
async fn unlocking_what_has_no_passphrase_says_why_it_is_closed() {
    let shop = Shop::open().await;
    shop.vault.unlock(secret(PASSPHRASE)).await.unwrap();
    shop.keyring.set_mood(KeyringMood::Locked);
    let shop = shop.restart().await;
    let unlocked = shop.vault.unlock(secret(PASSPHRASE)).await;
    assert_eq!(unlocked.unwrap_err(), Problem::KeyringLocked);
    shop.close().await;
}

#[tokio::test]
async fn a_session_ends_with_the_program() {
    let shop = Shop::open().await;
    shop.keyring.set_mood(KeyringMood::Missing);
    let shop = shop.restart().await;
    shop.vault.use_session().await.unwrap();
    assert_eq!(shop.vault.state(), VaultState::Session);
    let id = authorized(&shop).await;
    shop.vault.write_test().await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    // Another window leaves it alone and does not see into it.
    let (second, second_vault) = shop.second().await;
    assert_eq!(second_vault.state(), closed(Problem::KeyringMissing));
    second_vault.use_session().await.unwrap();
    assert!(second.grant(&second_vault, id).await.unwrap().is_none());
    second.close().await;
    drop(second_vault);
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");

    let shop = shop.restart().await;
    assert_eq!(shop.vault.state(), closed(Problem::KeyringMissing));
    assert_eq!(
        (
            rows(&shop, "secret").await,
            rows(&shop, "authorization").await
        ),
        (0, 0)
    );
    assert!(shop.store.account(id).await.unwrap().grant.is_none());
    let files = std::fs::read_dir(shop.folder.path()).unwrap();
    let locks = files.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("session-")
    });
    assert_eq!(locks.count(), 0);
    shop.close().await;
}

#[tokio::test]
async fn a_session_stands_beside_what_is_sealed_for_good() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    shop.keyring.set_mood(KeyringMood::Locked);
    let shop = shop.restart().await;
    shop.vault.use_session().await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap(), None);
    put(&shop, id, "second-token").await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "second-token");
    shop.keyring.set_mood(KeyringMood::Willing);
    let shop = shop.restart().await;
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    shop.close().await;
}

#[tokio::test]
async fn a_session_moves_into_the_keyring_or_under_a_passphrase() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    shop.keyring.set_mood(KeyringMood::Locked);
    let shop = shop.restart().await;
    shop.vault.use_session().await.unwrap();
    put(&shop, id, "second-token").await.unwrap();
    assert_eq!(shop.vault.retry().await, VaultState::Session);
    shop.keyring.set_mood(KeyringMood::Willing);
    assert_eq!(shop.vault.retry().await, VaultState::Keyring);
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "second-token");
    let shop = shop.restart().await;
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "second-token");
    assert_eq!(
        (rows(&shop, "secret").await, rows(&shop, "vault_key").await),
        (1, 1)
    );
    shop.close().await;

    let shop = Shop::open().await;
    shop.keyring.set_mood(KeyringMood::Missing);
    let shop = shop.restart().await;
    shop.vault.use_session().await.unwrap();
    let id = authorized(&shop).await;
    shop.vault.set_passphrase(secret(PASSPHRASE)).await.unwrap();
    let shop = shop.restart().await;
    shop.vault.unlock(secret(PASSPHRASE)).await.unwrap();
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");
    shop.close().await;
}

#[tokio::test]
async fn the_write_test_puts_a_missing_key_back() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    shop.vault.write_test().await.unwrap();
    shop.keyring.lose_everything();
    shop.vault.write_test().await.unwrap();
    let shop = shop.restart().await;
    assert_eq!(token(&shop, id).await.unwrap().unwrap(), "first-token");

    shop.keyring.lose_everything();
    shop.keyring.set_mood(KeyringMood::ReadOnly);
    let refused = shop.vault.write_test().await;
    assert!(
        matches!(refused, Err(Problem::KeyringRefused { .. })),
        "{refused:?}"
    );
    shop.close().await;
}

#[tokio::test]
async fn the_write_test_notices_a_disk_that_takes_nothing() {
    let shop = Shop::open().await;
    let mut other = shop.store.write().await.unwrap();
    sqlx::query(
        "CREATE TRIGGER full BEFORE UPDATE ON vault_key BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    .execute(&mut *other)
    .await
    .unwrap();
    shop.store.commit(other).await.unwrap();
    assert!(shop.vault.write_test().await.is_err());
    shop.close().await;
}

#[tokio::test]
async fn another_window_follows_when_a_passphrase_is_set() {
    let shop = Shop::open().await;
    let id = authorized(&shop).await;
    let (second, second_vault) = shop.second().await;
    shop.vault.set_passphrase(secret(PASSPHRASE)).await.unwrap();
    second_vault.write_test().await.unwrap();
    assert_eq!(second_vault.state(), VaultState::Passphrase);
    assert!(shop.keyring.entries().is_empty());
    assert!(second.grant(&second_vault, id).await.unwrap().is_some());
    second.close().await;
    shop.close().await;
}

#[tokio::test]
async fn a_key_that_another_window_gave_up_is_replaced() {
    let shop = Shop::open().await;
    let id = shop
        .store
        .insert_account(&shop.vault, &oauth("order@hana.example"), now())
        .await;
    shop.keyring.lose_everything();
    let (second, second_vault) = shop.second().await;
    assert_eq!(second_vault.state(), VaultState::Keyring);
    let id = id.unwrap();
    assert_eq!(
        put(&shop, id, "t").await.unwrap_err(),
        Problem::KeyringKeyLost
    );
    shop.vault.write_test().await.unwrap();
    put(&shop, id, "first-token").await.unwrap();
    let seen = second.grant(&second_vault, id).await.unwrap().unwrap();
    assert_eq!(seen.refresh_token.expose(), "first-token");
    second.close().await;
    shop.close().await;
}

#[tokio::test]
async fn a_new_vault_is_closed_until_it_is_opened() {
    let shop = Shop::open().await;
    let keyring = Arc::clone(&shop.keyring) as Arc<dyn KeyringPort>;
    let entry = KeyringEntry {
        service: "Ninka test".to_owned(),
        user: "key".to_owned(),
    };
    let vault = Vault::new(&shop.store, keyring, entry);
    assert_eq!(vault.state(), closed(Problem::KeyringLocked));
    assert_eq!(vault.retry().await, VaultState::Keyring);
    shop.close().await;
}
