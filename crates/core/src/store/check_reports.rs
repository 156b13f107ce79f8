//! The last check of each account as it was shown, evidence and all, so that a restart costs
//! nothing of it. A report has no field for anything secret; its length is bounded. It goes with
//! the verdicts, when the account's connection changes.

use anyhow::Context as _;
use sqlx::SqliteConnection;

use super::database::Store;
use crate::account::{AccountId, Revision};
use crate::problem::Outcome;
use crate::view::CheckReport;

/// The longest report that is kept whole, in bytes of JSON. One from Exchange Online has some 10 KiB;
/// only a server that means no good has more to say. Such a one is kept without the evidence.
const LONGEST: usize = 64 * 1024;

impl Store {
    /// Keeps the report of an account's last check in the place of the one before. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone);
    /// [`Problem::AccountChanged`](crate::Problem::AccountChanged) under another revision; what the
    /// database says.
    pub async fn record_check(
        &self,
        id: AccountId,
        revision: Revision,
        report: &CheckReport,
    ) -> Outcome<()> {
        let report = bounded(report).context("the report of a check")?;
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        sqlx::query!(
            "INSERT OR REPLACE INTO check_report (account_id, report) VALUES (?1, ?2)",
            id.0,
            report
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await
    }

    /// The report of an account's last check; `None` before the first one, after a change of the
    /// connection, and where another version of the program wrote it in another form. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_check(&self, id: AccountId) -> Outcome<Option<CheckReport>> {
        let found = sqlx::query_scalar!(
            "SELECT report FROM check_report WHERE account_id = ?1",
            id.0
        )
        .fetch_optional(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        Ok(found.and_then(|report| serde_json::from_str(&report).ok()))
    }

    pub(super) async fn delete_check(
        &self,
        connection: &mut SqliteConnection,
        id: AccountId,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM check_report WHERE account_id = ?1", id.0)
            .execute(connection)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }
}

fn bounded(report: &CheckReport) -> serde_json::Result<String> {
    let whole = serde_json::to_string(report)?;
    if whole.len() <= LONGEST {
        return Ok(whole);
    }
    let mut bare = report.clone();
    for protocol in &mut bare.protocols {
        protocol.evidence = None;
    }
    serde_json::to_string(&bare)
}
