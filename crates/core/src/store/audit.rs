//! The rows of the audit list. They are only ever added, and deleted by age.

use anyhow::anyhow;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::rows;
use crate::operators::{AuditEntry, Deed};
use crate::problem::Outcome;

impl Store {
    /// The newest entries of the audit list, the newest first. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn audit(&self, most: i64) -> Outcome<Vec<AuditEntry>> {
        let found = sqlx::query!(
            "SELECT at, who, what, about, practice FROM audit ORDER BY id DESC LIMIT ?1",
            most
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let entries = found.into_iter().map(|row| {
            let what = Deed::from_code(&row.what);
            Ok(AuditEntry {
                at: rows::time(row.at)?,
                who: row.who,
                what: what.ok_or_else(|| anyhow!("what was done: {:?}", row.what))?,
                about: row.about,
                practice: row.practice != 0,
            })
        });
        Ok(entries.collect::<anyhow::Result<_>>()?)
    }

    /// Keeps an entry. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn note_deed(&self, entry: &AuditEntry) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Forgets what is older than a moment. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn forget_audit(&self, before: Timestamp) -> Outcome<()> {
        let before = before.as_second();
        sqlx::query!("DELETE FROM audit WHERE at < ?1", before)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    pub(super) async fn keep_deed(
        &self,
        connection: &mut SqliteConnection,
        entry: &AuditEntry,
    ) -> Outcome<()> {
        let (at, what) = (entry.at.as_second(), entry.what.code());
        let (who, about) = (entry.who.as_deref(), entry.about.as_deref());
        sqlx::query!(
            "INSERT INTO audit (at, who, what, about, practice) VALUES (?1, ?2, ?3, ?4, ?5)",
            at,
            who,
            what,
            about,
            entry.practice
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
