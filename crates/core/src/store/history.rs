//! What happened to an account, kept by age: written in the transaction that it happened in.

use anyhow::anyhow;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::rows;
use crate::account::AccountId;
use crate::problem::Outcome;

/// The most entries that are read: more than a check an hour over the usual time.
const MOST: i64 = 5_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// A check of `Mail[受信]`.
    Reception,
    /// A check of `Mail[送信]`.
    Sending,
    /// A renewal of the authorization.
    Renewal,
    /// A consent.
    Authorization,
    /// A change of the account's settings.
    Change,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happened,
    /// The cause's stable name, if it failed.
    pub cause: Option<String>,
    /// The settings that changed, by the form's names of the fields; empty for all else.
    pub changed: Vec<String>,
}

impl Happened {
    const ALL: [Self; 5] = [
        Self::Reception,
        Self::Sending,
        Self::Renewal,
        Self::Authorization,
        Self::Change,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Sending => "sending",
            Self::Renewal => "renewal",
            Self::Authorization => "authorization",
            Self::Change => "change",
        }
    }
}

impl Store {
    /// An account's history since a moment, the newest first. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history(&self, id: AccountId, since: Timestamp) -> Outcome<Vec<HistoryEntry>> {
        let since = since.as_second();
        let found = sqlx::query!(
            "SELECT at, what, cause, changed FROM history
             WHERE account_id = ?1 AND at >= ?2 ORDER BY at DESC, id DESC LIMIT ?3",
            id.0,
            since,
            MOST
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let entries = found.into_iter().map(|row| {
            let what = Happened::ALL
                .into_iter()
                .find(|what| what.code() == row.what);
            let changed = row.changed.unwrap_or_default();
            Ok(HistoryEntry {
                at: rows::time(row.at)?,
                what: what.ok_or_else(|| anyhow!("what happened: {:?}", row.what))?,
                cause: row.cause,
                changed: changed.split_whitespace().map(str::to_owned).collect(),
            })
        });
        Ok(entries.collect::<anyhow::Result<_>>()?)
    }

    /// Keeps that settings of an account were changed. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_change(&self, id: AccountId, at: Timestamp, fields: &[&str]) -> Outcome<()> {
        let mut transaction = self.write().await?;
        let changed = Some(fields.join(" "));
        self.note(&mut transaction, id, at, (Happened::Change, None, changed))
            .await?;
        self.commit(transaction).await
    }

    /// Forgets what is older than a moment, of all accounts. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_history(&self, before: Timestamp) -> Outcome<()> {
        let before = before.as_second();
        sqlx::query!("DELETE FROM history WHERE at < ?1", before)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Keeps that something happened: what, why it failed, what changed.
    pub(super) async fn note(
        &self,
        connection: &mut SqliteConnection,
        id: AccountId,
        at: Timestamp,
        (what, cause, changed): (Happened, Option<&str>, Option<String>),
    ) -> Outcome<()> {
        let (at, what) = (at.as_second(), what.code());
        sqlx::query!(
            "INSERT INTO history (account_id, at, what, cause, changed) VALUES (?1, ?2, ?3, ?4, ?5)",
            id.0,
            at,
            what,
            cause,
            changed
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
