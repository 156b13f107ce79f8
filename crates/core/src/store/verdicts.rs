//! What the checks ended with, and the settings' rows: small values that are simply replaced.

use std::collections::BTreeMap;

use anyhow::Context as _;
use sqlx::SqliteConnection;

use super::database::Store;
use super::history::Happened;
use super::rows;
use super::types::{Side, Verdict};
use crate::account::{AccountId, Revision};
use crate::problem::Outcome;

/// The verdicts on reception and on sending.
type Verdicts = (Option<Verdict>, Option<Verdict>);

impl Store {
    /// Keeps the verdict on one side of an account. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone);
    /// [`Problem::AccountChanged`](crate::Problem::AccountChanged) under another revision; what the
    /// database says.
    pub async fn record_verdict(
        &self,
        id: AccountId,
        revision: Revision,
        checked: Side,
        verdict: &Verdict,
    ) -> Outcome<()> {
        let failure = verdict.failure.as_ref().map(serde_json::to_string);
        let failure = failure.transpose().context("a verdict")?;
        let (side, at) = (checked.code(), verdict.at.as_second());
        let protocol = verdict.protocol.code();
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        sqlx::query!(
            "INSERT OR REPLACE INTO verdict (account_id, side, at, protocol, failure)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            id.0,
            side,
            at,
            protocol,
            failure
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        let cause = verdict.failure.as_ref().map(|failure| &*failure.cause);
        let what = match checked {
            Side::Reception => Happened::Reception,
            Side::Sending => Happened::Sending,
        };
        self.note(&mut transaction, id, verdict.at, (what, cause, None))
            .await?;
        self.commit(transaction).await
    }

    /// A setting's text; `None` if it was never set. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setting(&self, key: &str) -> Outcome<Option<String>> {
        sqlx::query_scalar!("SELECT value FROM setting WHERE key = ?1", key)
            .fetch_optional(self.pool())
            .await
            .map_err(|error| self.problem(error))
    }

    /// Sets a setting's text, or forgets it. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_setting(&self, key: &str, value: Option<&str>) -> Outcome<()> {
        self.set_settings(&[(key, value)]).await
    }

    /// All settings. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settings(&self) -> Outcome<BTreeMap<String, String>> {
        let found = sqlx::query!("SELECT key, value FROM setting")
            .fetch_all(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(found.into_iter().map(|row| (row.key, row.value)).collect())
    }

    /// Sets several settings at once: all of them or none. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_settings(&self, settings: &[(&str, Option<&str>)]) -> Outcome<()> {
        let mut transaction = self.write().await?;
        for (key, value) in settings {
            let query = match value {
                Some(value) => sqlx::query!(
                    "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)",
                    *key,
                    *value
                ),
                None => sqlx::query!("DELETE FROM setting WHERE key = ?1", *key),
            };
            query
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.problem(error))?;
        }
        self.commit(transaction).await
    }

    pub(super) async fn verdicts_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, Verdicts>> {
        let found = sqlx::query!(
            "SELECT account_id, side, at, protocol, failure FROM verdict
             WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let mut verdicts: BTreeMap<i64, Verdicts> = BTreeMap::new();
        for row in found {
            let failure = row.failure.as_deref().map(serde_json::from_str).transpose();
            let verdict = Some(Verdict {
                at: rows::time(row.at)?,
                protocol: rows::protocol(&row.protocol)?,
                failure: failure.context("a verdict")?,
            });
            let (reception, sending) = verdicts.entry(row.account_id).or_default();
            if row.side == Side::Reception.code() {
                *reception = verdict;
            } else {
                *sending = verdict;
            }
        }
        Ok(verdicts)
    }

    /// Forgets what the last check said of an account, in short and in full.
    pub(super) async fn delete_verdicts(
        &self,
        connection: &mut SqliteConnection,
        id: AccountId,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM verdict WHERE account_id = ?1", id.0)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.problem(error))?;
        self.delete_check(connection, id).await
    }
}
