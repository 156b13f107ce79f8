//! A copy taken over into another computer's database: everything is there and opens; nothing is
//! taken over halfway, or beside accounts that are there.

use super::*;
use crate::account::Revision;
use crate::problem::Problem;

/// A shop with everything that a copy has to carry.
async fn full() -> Shop {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let gone = oauth("gone@hana.example");
    let gone = store.insert_account(vault, &gone, now()).await.unwrap();
    store.remove_account(gone).await.unwrap();
    let draft = by_password("shop@hana.example");
    store.insert_account(vault, &draft, now()).await.unwrap();
    let draft = oauth("order@hana.example");
    let id = store.insert_account(vault, &draft, now()).await.unwrap();
    store
        .put_grant(vault, id, Revision(1), &grant("the-refresh-token"))
        .await
        .unwrap();
    store.set_setting("client-id", Some("hana")).await.unwrap();
    store.set_setting("theme", Some("dark")).await.unwrap();
    shop
}

#[tokio::test]
async fn everything_comes_over_and_opens_with_the_other_key() {
    let (from, to) = (full().await, Shop::open().await);
    to.store.set_setting("theme", Some("light")).await.unwrap();
    to.store
        .set_setting("reception", Some("imap"))
        .await
        .unwrap();
    let copy = from.store.copy(&from.vault).await.unwrap();
    assert_eq!((copy.accounts, copy.without), (2, 0));
    let folder = copy.file().parent().unwrap().to_owned();
    to.store
        .take_over(&to.vault, &folder, &copy.key().unwrap())
        .await
        .unwrap();
    let there = to.store.accounts().await.unwrap();
    assert_eq!(there, from.store.accounts().await.unwrap());
    for stored in &there {
        let id = stored.account.id;
        let (ours, theirs) = (
            to.store.history(id, Timestamp::MIN).await.unwrap(),
            from.store.history(id, Timestamp::MIN).await.unwrap(),
        );
        assert_eq!(ours, theirs);
        if stored.password_stored {
            let password = to.store.password(&to.vault, id).await.unwrap();
            assert_eq!(password.unwrap().expose(), "pass-phrase-of-the-shop");
        } else {
            let grant = to.store.grant(&to.vault, id).await.unwrap().unwrap();
            assert_eq!(grant.refresh_token.expose(), "the-refresh-token");
        }
    }
    let settings = to.store.settings().await.unwrap();
    assert_eq!(settings["theme"], "dark");
    assert_eq!(settings["reception"], "imap", "what the copy has not stays");
    // The other computer's key seals nothing here, and a new account gets a number of its own.
    let draft = oauth("new@hana.example");
    let new = to.store.insert_account(&to.vault, &draft, now()).await;
    assert!(
        there
            .iter()
            .all(|stored| stored.account.id < *new.as_ref().unwrap())
    );
    let again = to
        .store
        .take_over(&to.vault, &folder, &copy.key().unwrap())
        .await;
    assert_eq!(again.unwrap_err(), Problem::RestoreNotEmpty { count: 3 });
    drop(copy);
    let left = std::fs::read_dir(from.folder.path()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().starts_with(".copy")),
        "{left:?}"
    );
    from.close().await;
    let to = to.restart().await;
    assert_eq!(to.store.accounts().await.unwrap().len(), 3);
    to.close().await;
}

#[tokio::test]
async fn what_is_no_copy_of_ours_changes_nothing() {
    let (from, to) = (full().await, Shop::open().await);
    let copy = from.store.copy(&from.vault).await.unwrap();
    let folder = copy.file().parent().unwrap().to_owned();
    let key = copy.key().unwrap();
    let other = (key.0, zeroize::Zeroizing::new([2; 32]));
    let take = async |key| to.store.take_over(&to.vault, &folder, key).await;
    assert_eq!(take(&other).await.unwrap_err(), Problem::BackupDamaged);
    assert!(to.store.accounts().await.unwrap().is_empty());
    assert!(to.store.settings().await.unwrap().is_empty());
    let change = async |statement: &'static str| {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(copy.file());
        let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options)
            .await
            .unwrap();
        sqlx::query(statement)
            .execute(&mut connection)
            .await
            .unwrap();
        sqlx::Connection::close(connection).await.unwrap();
    };
    change("CREATE TRIGGER hostile AFTER INSERT ON account BEGIN SELECT 1; END").await;
    assert_eq!(take(&key).await.unwrap_err(), Problem::BackupDamaged);
    change("DROP TRIGGER hostile").await;
    change("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 0)").await;
    let newer = take(&key).await.unwrap_err();
    assert!(
        matches!(newer, Problem::DatabaseNewer { found: 9999, .. }),
        "{newer:?}"
    );
    std::fs::write(
        copy.file(),
        b"not a database at all, and long enough to be looked at as one",
    )
    .unwrap();
    assert_eq!(take(&key).await.unwrap_err(), Problem::BackupDamaged);
    assert!(to.store.accounts().await.unwrap().is_empty());
    drop(copy);
    from.close().await;
    to.close().await;
}

#[tokio::test]
async fn a_closed_vault_copies_nothing() {
    let shop = full().await;
    let keyring = Arc::new(ScriptedKeyring::default());
    let vault = open_vault(&shop.store, &keyring).await;
    assert!(
        vault.key().is_err(),
        "another computer's keyring has no key"
    );
    let refused = shop.store.copy(&vault).await;
    assert_eq!(refused.unwrap_err(), Problem::KeyringKeyLost);
    shop.close().await;
}
