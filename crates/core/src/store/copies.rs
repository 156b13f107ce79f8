//! A copy of the whole database, and taking one over into an empty one. What is sealed in a copy
//! opens with the key that travels with it, and is sealed anew with the key that is here.

use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::database::{FILE, Store, options};
use super::seal::{DataKey, Sealed};
use super::vault::{OpenKey, Vault};
use crate::problem::{Outcome, Problem};

/// Tables that belong to one computer.
const OWN: [&str; 6] = [
    "_sqlx_migrations",
    "vault_key",
    "vault_passphrase",
    "lease",
    "operator",
    "audit",
];

/// A copy of the database in a folder of its own, which goes with it.
#[derive(Debug)]
pub struct Copy {
    folder: TempDir,
    key: Arc<DataKey>,
    /// How many accounts are in it.
    pub accounts: i64,
    /// How many accounts have something sealed by a key that is not at hand; it is not in it.
    pub without: i64,
}

impl Copy {
    /// The database.
    #[must_use]
    pub fn file(&self) -> std::path::PathBuf {
        self.folder.path().join(FILE)
    }

    /// The key of what is sealed in it.
    ///
    /// # Errors
    /// Never but by a fault of the program.
    pub fn key(&self) -> Outcome<crate::backup::Key> {
        let bad = |_| anyhow!("a key of another length");
        let id = self.key.id().try_into().map_err(bad)?;
        let key: [u8; 32] = self.key.expose().try_into().map_err(bad)?;
        Ok((id, Zeroizing::new(key)))
    }
}

impl Store {
    /// A folder in the data folder for a copy, for its owner only; it goes when it is dropped.
    /// Performs I/O.
    ///
    /// # Errors
    /// What the disk says.
    pub fn room_for_copy(&self) -> Outcome<TempDir> {
        let room = tempfile::Builder::new()
            .prefix(".copy-")
            .tempdir_in(self.folder());
        room.map_err(|error| self.problem(sqlx::Error::Io(error)))
    }

    /// Copies the database as of one moment, with what the vault's key opens. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; what the database and the disk say.
    pub async fn copy(&self, vault: &Vault) -> Outcome<Copy> {
        let open = vault.key()?;
        let folder = self.room_for_copy()?;
        let file = folder.path().join(FILE);
        let path = file
            .to_str()
            .ok_or_else(|| anyhow!("the data folder's name"))?;
        sqlx::query("VACUUM INTO ?1")
            .bind(path)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        let (accounts, without) = strip(&file, &open)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(Copy {
            folder,
            key: open.key,
            accounts,
            without,
        })
    }

    /// How many accounts there are. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_accounts(&self) -> Outcome<i64> {
        sqlx::query_scalar("SELECT count(*) FROM account")
            .fetch_one(self.pool())
            .await
            .map_err(|error| self.problem(error))
    }

    /// Takes a copy over, in one transaction: accounts with everything that belongs to them, and
    /// settings, which replace those here. What is sealed is sealed with the key that is here.
    /// Performs I/O.
    ///
    /// # Errors
    /// [`Problem::RestoreNotEmpty`] if there are accounts; [`Problem::DatabaseNewer`];
    /// [`Problem::BackupDamaged`] if it is no database of this program's; why the vault is closed;
    /// what the database says.
    pub async fn take_over(
        &self,
        vault: &Vault,
        folder: &Path,
        key: &crate::backup::Key,
    ) -> Outcome<()> {
        let (id, key) = key;
        let theirs = DataKey::from_parts(id, key.as_slice()).ok_or(Problem::BackupDamaged)?;
        let ours = vault.key()?;
        // This brings an older one's tables up to date, and refuses a newer one.
        let copied = Self::open(folder).await.map_err(|problem| {
            let unreadable = matches!(
                problem,
                Problem::DatabaseUnreadable { .. } | Problem::Internal { .. }
            );
            if unreadable {
                Problem::BackupDamaged
            } else {
                problem
            }
        })?;
        copied.close().await;
        let problem = |error| self.problem(error);
        let mut connection = SqliteConnection::connect_with(&options(&self.folder().join(FILE)))
            .await
            .map_err(problem)?;
        let file = folder.join(FILE);
        let path = file
            .to_str()
            .ok_or_else(|| anyhow!("the data folder's name"))?;
        // Nothing in the copy's schema is to be run; it is compared with ours before it is used.
        sqlx::query("PRAGMA trusted_schema = 0")
            .execute(&mut connection)
            .await
            .map_err(problem)?;
        sqlx::query("ATTACH ?1 AS copied")
            .bind(path)
            .execute(&mut connection)
            .await
            .map_err(problem)?;
        let mut transaction = connection
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(problem)?;
        let here: i64 = sqlx::query_scalar("SELECT count(*) FROM main.account")
            .fetch_one(&mut *transaction)
            .await
            .map_err(problem)?;
        if here > 0 {
            return Err(Problem::RestoreNotEmpty { count: here });
        }
        self.copied_in(&mut transaction, (&theirs, &ours)).await?;
        transaction.commit().await.map_err(|error| {
            // What the copy's rows refer to is not in it.
            let dangling = error
                .as_database_error()
                .is_some_and(|error| error.is_foreign_key_violation());
            if dangling {
                Problem::BackupDamaged
            } else {
                self.problem(error)
            }
        })?;
        connection.close().await.map_err(problem)?;
        self.empty_log().await
    }

    async fn copied_in(
        &self,
        connection: &mut SqliteConnection,
        (theirs, ours): (&DataKey, &OpenKey),
    ) -> Outcome<()> {
        let problem = |error| self.problem(error);
        let strange: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT type, name, tbl_name, sql FROM copied.sqlite_master
                            EXCEPT SELECT type, name, tbl_name, sql FROM main.sqlite_master)
                 OR EXISTS (SELECT type, name, tbl_name, sql FROM main.sqlite_master
                            EXCEPT SELECT type, name, tbl_name, sql FROM copied.sqlite_master)",
        )
        .fetch_one(&mut *connection)
        .await
        .map_err(problem)?;
        let whole: String = sqlx::query_scalar("PRAGMA copied.quick_check(1)")
            .fetch_one(&mut *connection)
            .await
            .map_err(problem)?;
        if strange || whole != "ok" {
            return Err(Problem::BackupDamaged);
        }
        sqlx::query("PRAGMA defer_foreign_keys = 1")
            .execute(&mut *connection)
            .await
            .map_err(problem)?;
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'",
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(problem)?;
        for table in tables {
            if OWN.contains(&table.as_str()) {
                continue;
            }
            let columns: Vec<String> =
                sqlx::query_scalar("SELECT name FROM pragma_table_info(?1, 'main')")
                    .bind(&table)
                    .fetch_all(&mut *connection)
                    .await
                    .map_err(problem)?;
            let keyed = columns.iter().any(|column| column == "key_id");
            let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
            let values = names.iter().map(|name| match name.as_str() {
                "\"key_id\"" => "?1",
                name => name,
            });
            // The names are our own schema's.
            let copying = format!(
                "INSERT OR REPLACE INTO main.\"{table}\" ({}) SELECT {} FROM copied.\"{table}\"{}",
                names.join(", "),
                values.collect::<Vec<_>>().join(", "),
                if keyed { " WHERE key_id = ?2" } else { "" },
            );
            let mut query = sqlx::query(AssertSqlSafe(copying));
            if keyed {
                query = query
                    .bind(ours.key.id().to_vec())
                    .bind(theirs.id().to_vec());
            }
            query.execute(&mut *connection).await.map_err(problem)?;
        }
        self.seal_anew(connection, (theirs, ours)).await
    }

    /// What was copied is sealed by the copy's key still.
    async fn seal_anew(
        &self,
        connection: &mut SqliteConnection,
        (theirs, ours): (&DataKey, &OpenKey),
    ) -> Outcome<()> {
        let problem = |error| self.problem(error);
        let rows = sqlx::query("SELECT account_id, field, nonce, sealed FROM main.secret")
            .fetch_all(&mut *connection)
            .await
            .map_err(problem)?;
        for row in rows {
            let (account, field): (i64, String) = (row.get(0), row.get(1));
            let sealed = Sealed {
                nonce: row.get(2),
                sealed: row.get(3),
            };
            let plain = theirs
                .open(account, &field, &sealed)
                .ok_or(Problem::BackupDamaged)?;
            let anew = ours.key.seal(account, &field, &plain)?;
            sqlx::query("UPDATE main.secret SET nonce = ?3, sealed = ?4 WHERE account_id = ?1 AND field = ?2")
                .bind(account)
                .bind(&field)
                .bind(anew.nonce)
                .bind(anew.sealed)
                .execute(&mut *connection)
                .await
                .map_err(problem)?;
        }
        Ok(())
    }
}

/// Takes out of a copy what belongs to this computer, and what its key does not open; tells how
/// many accounts there are, and of how many something is missing.
async fn strip(file: &Path, open: &OpenKey) -> sqlx::Result<(i64, i64)> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let key_id = open.key.id().to_vec();
    let without = sqlx::query_scalar(
        "SELECT count(DISTINCT account_id) FROM secret AS other WHERE key_id <> ?1 AND NOT EXISTS (
             SELECT 1 FROM secret WHERE key_id = ?1 AND account_id = other.account_id
                 AND field = other.field)",
    )
    .bind(&key_id)
    .fetch_one(&mut connection)
    .await?;
    sqlx::query("DELETE FROM vault_key WHERE key_id <> ?1")
        .bind(&key_id)
        .execute(&mut connection)
        .await?;
    for table in [
        "vault_passphrase",
        "lease",
        "candidate",
        "operator",
        "audit",
    ] {
        let emptying = AssertSqlSafe(format!("DELETE FROM {table}"));
        sqlx::query(emptying).execute(&mut connection).await?;
    }
    // A consent that is just being tried out is this computer's.
    sqlx::query("DELETE FROM secret WHERE field = 'candidate-token'")
        .execute(&mut connection)
        .await?;
    let accounts = sqlx::query_scalar("SELECT count(*) FROM account")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok((accounts, without))
}
