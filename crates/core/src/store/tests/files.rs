//! The database's file: made, refused, full, and several windows on it.

use super::*;
use crate::account::Revision;
use crate::problem::Problem;

#[tokio::test]
async fn the_folder_is_made_and_the_second_start_finds_everything() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("認可 データ").join("Ninka");
    let store = Store::open(&folder).await.unwrap();
    store.set_setting("theme", Some("dark")).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    store.close().await;
    let store = Store::open(&folder).await.unwrap();
    assert_eq!(
        store.setting("theme").await.unwrap().as_deref(),
        Some("dark")
    );
    assert_eq!(store.folder(), folder);
    store.close().await;
}

#[tokio::test]
async fn the_connection_is_set_up_as_promised() {
    let shop = Shop::open().await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(shop.store.pool().acquire().await.unwrap());
    }
    for connection in &mut held {
        let mut is = async |pragma: &'static str| {
            let value: sqlx::Result<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
                "SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"
            )))
            .fetch_one(&mut **connection)
            .await;
            value.unwrap()
        };
        assert_eq!(is("journal_mode").await, "wal");
        assert_eq!(is("foreign_keys").await, "1");
        assert_eq!(is("secure_delete").await, "1");
        assert_eq!(is("synchronous").await, "2");
    }
    drop(held);
    shop.close().await;
}

#[tokio::test]
async fn a_newer_database_is_refused_untouched() {
    let shop = Shop::open().await;
    let supported: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(shop.store.pool())
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', 1, x'00', 0)",
    )
    .execute(shop.store.pool())
    .await
    .unwrap();
    shop.store.close().await;
    let file = shop.folder.path().join("ninka.db");
    let before = std::fs::read(&file).unwrap();
    let opened = Store::open(shop.folder.path()).await;
    let newer = Problem::DatabaseNewer {
        found: 9999,
        supported,
    };
    assert_eq!(opened.unwrap_err(), newer);
    assert!(before == std::fs::read(&file).unwrap());
    shop.close().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ninka.db");
    let text = "請求書".repeat(1_000);
    std::fs::write(&file, &text).unwrap();
    let opened = Store::open(folder.path()).await;
    let path = file.display().to_string();
    assert_eq!(opened.unwrap_err(), Problem::DatabaseUnreadable { path });
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn a_file_where_the_folder_should_be_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("Ninka");
    std::fs::write(&folder, "in the way").unwrap();
    let opened = Store::open(&folder).await;
    assert!(
        matches!(opened, Err(Problem::DatabaseUnreadable { .. })),
        "{opened:?}"
    );
}

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing() {
    let shop = Shop::open().await;
    let (store, vault) = (&shop.store, &shop.vault);
    let id = store
        .insert_account(vault, &oauth("order@hana.example"), now())
        .await
        .unwrap();
    store
        .put_grant(vault, id, Revision(1), &grant("kept"))
        .await
        .unwrap();
    store.meets(DiskTrouble::Full).await;
    let put = store
        .put_grant(vault, id, Revision(1), &grant(&"x".repeat(50_000)))
        .await;
    let path = shop.folder.path().join("ninka.db").display().to_string();
    assert_eq!(put.unwrap_err(), Problem::DiskFull { path });
    let kept = store.grant(vault, id).await.unwrap().unwrap();
    assert_eq!(kept.refresh_token.expose(), "kept");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_windows_write_at_once() {
    let shop = Shop::open().await;
    let (second, second_vault) = shop.second().await;
    let write = |store: Store, vault: Vault, name: &'static str| {
        tokio::spawn(async move {
            for number in 0..40 {
                let draft = by_password(&format!("{name}{number}@hana.example"));
                store.insert_account(&vault, &draft, now()).await.unwrap();
                store.accounts().await.unwrap();
            }
        })
    };
    let one = write(shop.store.clone(), shop.vault.clone(), "one");
    let two = write(second.clone(), second_vault, "two");
    let three = write(second.clone(), shop.vault.clone(), "three");
    for window in [one, two, three] {
        window.await.unwrap();
    }
    assert_eq!(shop.store.accounts().await.unwrap().len(), 120);
    second.close().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_windows_start_together_for_the_first_time() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Arc::new(ScriptedKeyring::default());
    let starts = (0..6).map(|number| {
        let (folder, keyring) = (folder.path().to_owned(), Arc::clone(&keyring));
        tokio::spawn(async move {
            let store = Store::open(&folder).await.unwrap();
            let vault = open_vault(&store, &keyring).await;
            let draft = by_password(&format!("a{number}@hana.example"));
            let id = store.insert_account(&vault, &draft, now()).await.unwrap();
            (store, vault, id)
        })
    });
    let started: Vec<_> = starts.collect();
    let mut windows = Vec::new();
    for start in started {
        windows.push(start.await.unwrap());
    }
    // One key won, and every window reads what every other one sealed.
    assert_eq!(keyring.entries().len(), 1);
    for (store, vault, _) in &windows {
        for (_, _, id) in &windows {
            assert!(store.password(vault, *id).await.unwrap().is_some());
        }
    }
    for (store, ..) in windows {
        store.close().await;
    }
}
