//! Opening the database file: its folder, its settings, the migrations, and what SQLite's result
//! codes mean to a user. The tables' contents are in the modules beside this one.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, SqliteConnection};

use crate::problem::{Outcome, Problem};

/// A transaction that holds the write lock from its start, so that what it reads stays true.
pub(super) type WriteTransaction = sqlx::Transaction<'static, sqlx::Sqlite>;

/// The file's name in the data folder.
pub(crate) const FILE: &str = "ninka.db";

/// Writes take milliseconds. Who waits longer than this waits for a process that hangs.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The open database. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    folder: Arc<Path>,
}

impl Store {
    /// Opens the database in a folder, which is made if it is missing (for its owner only, on
    /// Unix), and brings its tables up to date. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::DatabaseNewer`], with the file untouched; [`Problem::DatabaseUnreadable`],
    /// [`Problem::DiskFull`], [`Problem::DiskReadOnly`] or [`Problem::DatabaseBusy`].
    pub async fn open(folder: &Path) -> Outcome<Self> {
        let file = folder.join(FILE);
        make_file(folder, &file).map_err(|error| io_problem(&error, &file))?;
        refuse_newer(&file).await?;
        let options = options(&file);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            // A full disk lets SQLite roll back by itself, and sqlx go on to believe in the
            // transaction. Such a connection would fail for ever; another one takes its place.
            .before_acquire(|connection, _| {
                let done = !connection.is_in_transaction();
                Box::pin(std::future::ready(Ok(done)))
            })
            .acquire_timeout(BUSY_TIMEOUT * 2);
        let pool = connect(pool, options)
            .await
            .map_err(|error| problem(error, &file))?;
        let store = Self {
            pool,
            folder: folder.into(),
        };
        if let Err(error) = store.migrate().await {
            store.close().await;
            return Err(error);
        }
        Ok(store)
    }

    /// Closes the file. Other clones cannot use it afterwards. Windows deletes no open file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The folder the database is in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) const fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Begins to write. SQLite lets one writer in at a time; the others wait.
    pub(super) async fn write(&self) -> Outcome<WriteTransaction> {
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        begun.map_err(|error| self.problem(error))
    }

    /// Begins to read: everything is seen as of one moment.
    pub(super) async fn read(&self) -> Outcome<WriteTransaction> {
        self.pool.begin().await.map_err(|error| self.problem(error))
    }

    pub(super) async fn commit(&self, transaction: WriteTransaction) -> Outcome<()> {
        let done = transaction.commit().await;
        done.map_err(|error| self.problem(error))
    }

    /// What an error of SQLite means to a user.
    pub(super) fn problem(&self, error: sqlx::Error) -> Problem {
        problem(error, &self.folder.join(FILE))
    }

    /// Writes what is in the log into the file and empties the log, so that nothing deleted is
    /// left in it. Another process that reads just then delays it to the next time.
    pub(super) async fn empty_log(&self) -> Outcome<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.pool)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    async fn migrate(&self) -> Outcome<()> {
        // sqlx locks nothing on SQLite, so two windows that start together would both run the
        // same migration. Under the write lock the second one waits and finds nothing to do.
        let mut transaction = self.write().await?;
        let done = MIGRATIONS.run_direct(None, &mut *transaction, false).await;
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "sqlx's errors are open-ended"
        )]
        done.map_err(|error| match error {
            MigrateError::VersionMissing(found) => Problem::DatabaseNewer {
                found,
                supported: supported(),
            },
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                self.problem(error)
            }
            other => anyhow::Error::new(other).context("migrations").into(),
        })?;
        self.commit(transaction).await
    }
}

/// How every connection is set up.
pub(super) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        // A renewed token must survive a power cut before it is used.
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", "1")
        .pragma("secure_delete", "1")
        .pragma("temp_store", "memory")
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// Makes the folder and an empty file, both for their owner only, unless they are there.
fn make_file(folder: &Path, file: &Path) -> std::io::Result<()> {
    let mut folders = std::fs::DirBuilder::new();
    let mut options = std::fs::OpenOptions::new();
    // Windows and macOS keep a user's data folder to its owner by themselves; elsewhere it
    // depends on the umask. SQLite gives its log the rights of the file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        folders.mode(0o700);
        options.mode(0o600);
    }
    folders.recursive(true).create(folder)?;
    options
        .write(true)
        .create(true)
        .truncate(false)
        .open(file)?;
    Ok(())
}

/// Looks at the version without writing. Whatever else is wrong shows when the file is opened.
async fn refuse_newer(file: &Path) -> Outcome<()> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let Ok(mut connection) = SqliteConnection::connect_with(&options).await else {
        return Ok(());
    };
    let found = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(&mut connection)
        .await;
    let closed = connection.close().await;
    match (found, closed) {
        (Ok(Some(found)), _) if found > supported() => Err(Problem::DatabaseNewer {
            found,
            supported: supported(),
        }),
        _ => Ok(()),
    }
}

/// Opens the pool. Going over to the write-ahead log does not wait for another process that does
/// the same just then (SQLite's busy handler is not asked), so this does.
async fn connect(
    pool: SqlitePoolOptions,
    options: SqliteConnectOptions,
) -> sqlx::Result<SqlitePool> {
    let end = tokio::time::Instant::now() + BUSY_TIMEOUT;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if result_code(&error) == Some(5) && tokio::time::Instant::now() < end => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            done => return done,
        }
    }
}

fn supported() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

/// SQLite's primary result code (<https://www.sqlite.org/rescode.html>).
fn result_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}

fn problem(error: sqlx::Error, file: &Path) -> Problem {
    let path = file.display().to_string();
    match (result_code(&error), &error) {
        // BUSY, LOCKED
        (Some(5 | 6), _) | (None, sqlx::Error::PoolTimedOut) => Problem::DatabaseBusy,
        // PERM, READONLY
        (Some(3 | 8), _) => Problem::DiskReadOnly { path },
        // FULL
        (Some(13), _) => Problem::DiskFull { path },
        // IOERR, CORRUPT, CANTOPEN, NOTADB
        (Some(10 | 11 | 14 | 26), _) => {
            tracing::warn!("the database: {error}");
            Problem::DatabaseUnreadable { path }
        }
        (None, sqlx::Error::Io(error)) => io_problem(error, file),
        _ => anyhow::Error::new(error).context("the database").into(),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the system's errors are open-ended"
)]
fn io_problem(error: &std::io::Error, file: &Path) -> Problem {
    let path = file.display().to_string();
    tracing::warn!("the database's file: {error}");
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem::DiskFull { path },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Problem::DiskReadOnly { path }
        }
        _ => Problem::DatabaseUnreadable { path },
    }
}
