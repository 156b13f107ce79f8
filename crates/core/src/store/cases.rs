//! The support desk's cases: customers' reports as they were received, with a note, kept by age.

use anyhow::Context as _;
use jiff::Timestamp;

use super::database::Store;
use super::rows;
use crate::problem::{Outcome, Problem};

/// A report that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// Its number.
    pub id: i64,
    /// When it was received.
    pub received_at: Timestamp,
    /// What the desk noted.
    pub note: String,
    /// The file, as it was received.
    pub report: String,
}

impl Store {
    /// Every case, the newest first. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cases(&self) -> Outcome<Vec<StoredCase>> {
        let found = sqlx::query!(
            "SELECT id, received_at, note, report FROM support_case
             ORDER BY received_at DESC, id DESC"
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let cases = found.into_iter().map(|row| {
            Ok(StoredCase {
                id: row.id,
                received_at: rows::time(row.received_at)?,
                note: row.note,
                report: row.report,
            })
        });
        Ok(cases.collect::<anyhow::Result<_>>().context("a case")?)
    }

    /// A case. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::CaseGone`]; what the database says.
    pub async fn case(&self, id: i64) -> Outcome<StoredCase> {
        let found = sqlx::query!(
            "SELECT received_at, note, report FROM support_case WHERE id = ?1",
            id
        )
        .fetch_optional(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let row = found.ok_or(Problem::CaseGone)?;
        Ok(StoredCase {
            id,
            received_at: rows::time(row.received_at).context("a case")?,
            note: row.note,
            report: row.report,
        })
    }

    /// Keeps a report that was received; one that is kept already stays as it is. Answers its
    /// number. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_case(&self, received_at: Timestamp, report: &str) -> Outcome<i64> {
        let received_at = received_at.as_second();
        let mut transaction = self.write().await?;
        let kept = sqlx::query_scalar!("SELECT id FROM support_case WHERE report = ?1", report)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(|error| self.problem(error))?;
        if let Some(id) = kept {
            return Ok(id);
        }
        let done = sqlx::query!(
            "INSERT INTO support_case (received_at, report) VALUES (?1, ?2)",
            received_at,
            report
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await?;
        Ok(done.last_insert_rowid())
    }

    /// Changes a case's note. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::CaseGone`]; what the database says.
    pub async fn note_case(&self, id: i64, note: &str) -> Outcome<()> {
        let done = sqlx::query!("UPDATE support_case SET note = ?2 WHERE id = ?1", id, note)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        if done.rows_affected() == 0 {
            return Err(Problem::CaseGone);
        }
        Ok(())
    }

    /// Deletes a case; one that is gone already is no failure. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_case(&self, id: i64) -> Outcome<()> {
        sqlx::query!("DELETE FROM support_case WHERE id = ?1", id)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Forgets the cases that were received before a moment. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_cases(&self, before: Timestamp) -> Outcome<()> {
        let before = before.as_second();
        sqlx::query!("DELETE FROM support_case WHERE received_at < ?1", before)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
