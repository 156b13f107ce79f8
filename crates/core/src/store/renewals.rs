//! What is remembered about renewals beside the authorizations themselves: how one fails for now, and
//! which warning its user was given last. Both count only for the authorization they are about.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::rows;
use super::types::GrantState;
use crate::account::AccountId;
use crate::problem::Outcome;
use crate::view::ProblemView;

/// A renewal that fails for now.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// The authorization it failed for: when that was last renewed.
    pub renewed_at: Timestamp,
    /// The first failure.
    pub since: Timestamp,
    /// How often it has failed.
    pub attempts: u32,
    /// The last failure.
    pub tried_at: Timestamp,
    /// The next try, unless something wakes the program before.
    pub next_try: Timestamp,
    /// The moment that the service named, before which it is not asked again.
    pub not_before: Option<Timestamp>,
    /// Why the last one failed.
    pub problem: ProblemView,
}

/// How urgent a warning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 30 days are left.
    Days30,
    /// 14 days are left.
    Days14,
    /// A week is left.
    Days7,
    /// 3 days are left.
    Days3,
    /// A day is left.
    Days1,
    /// The authorization has lapsed by the calendar.
    Lapsed,
    /// Microsoft refused it.
    Refused,
}

/// The last warning that a user was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warned {
    /// The authorization it was about: when that was last renewed.
    pub renewed_at: Timestamp,
    /// How urgent it was.
    pub stage: Stage,
    /// When it was given.
    pub at: Timestamp,
}

impl Stage {
    /// Every stage, the least urgent first.
    pub const ALL: [Self; 7] = [
        Self::Days30,
        Self::Days14,
        Self::Days7,
        Self::Days3,
        Self::Days1,
        Self::Lapsed,
        Self::Refused,
    ];

    /// The name in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days30 => "days-30",
            Self::Days14 => "days-14",
            Self::Days7 => "days-7",
            Self::Days3 => "days-3",
            Self::Days1 => "days-1",
            Self::Lapsed => "lapsed",
            Self::Refused => "refused",
        }
    }
}

impl Store {
    /// Keeps how a renewal fails. An account that is gone has nothing to keep. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_failing(&self, id: AccountId, failing: &Failing) -> Outcome<()> {
        let problem = serde_json::to_string(&failing.problem).context("a renewal's problem")?;
        let (renewed_at, since) = (failing.renewed_at.as_second(), failing.since.as_second());
        let (tried_at, next_try) = (failing.tried_at.as_second(), failing.next_try.as_second());
        let not_before = failing.not_before.map(Timestamp::as_second);
        let kept = sqlx::query!(
            "INSERT OR REPLACE INTO renewal_failure
                 (account_id, renewed_at, since, attempts, tried_at, next_try, not_before, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            id.0,
            renewed_at,
            since,
            failing.attempts,
            tried_at,
            next_try,
            not_before,
            problem
        )
        .execute(self.pool())
        .await;
        self.unless_gone(kept.map(|_| ()))
    }

    /// Forgets how a renewal failed. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_failing(&self, id: AccountId) -> Outcome<()> {
        sqlx::query!("DELETE FROM renewal_failure WHERE account_id = ?1", id.0)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Keeps which warning was given. An account that is gone has nothing to keep. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_warned(&self, id: AccountId, warned: Warned) -> Outcome<()> {
        let (renewed_at, at) = (warned.renewed_at.as_second(), warned.at.as_second());
        let stage = warned.stage.code();
        let kept = sqlx::query!(
            "INSERT OR REPLACE INTO warning_given (account_id, renewed_at, stage, at)
             VALUES (?1, ?2, ?3, ?4)",
            id.0,
            renewed_at,
            stage,
            at
        )
        .execute(self.pool())
        .await;
        self.unless_gone(kept.map(|_| ()))
    }

    fn unless_gone(&self, done: sqlx::Result<()>) -> Outcome<()> {
        match done {
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => Ok(()),
            done => done.map_err(|error| self.problem(error)),
        }
    }

    /// How renewals fail, of the authorizations there are.
    pub(super) async fn failing_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
        grants: &BTreeMap<i64, GrantState>,
    ) -> Outcome<BTreeMap<i64, Failing>> {
        let found = sqlx::query!(
            "SELECT account_id, renewed_at, since, attempts, tried_at, next_try, not_before, problem
             FROM renewal_failure WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let failing = found.into_iter().map(|row| {
            let failing = Failing {
                renewed_at: rows::time(row.renewed_at)?,
                since: rows::time(row.since)?,
                attempts: row.attempts.try_into().unwrap_or(u32::MAX),
                tried_at: rows::time(row.tried_at)?,
                next_try: rows::time(row.next_try)?,
                not_before: row.not_before.map(rows::time).transpose()?,
                problem: serde_json::from_str(&row.problem).context("a renewal's problem")?,
            };
            Ok((row.account_id, failing))
        });
        let mut failing: BTreeMap<_, Failing> = failing.collect::<anyhow::Result<_>>()?;
        // One of an authorization that was renewed or replaced since says nothing any more.
        failing.retain(|id, failing| about(grants.get(id), failing.renewed_at));
        Ok(failing)
    }

    /// The last warnings, of the authorizations there are.
    pub(super) async fn warned_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
        grants: &BTreeMap<i64, GrantState>,
    ) -> Outcome<BTreeMap<i64, Warned>> {
        let found = sqlx::query!(
            "SELECT account_id, renewed_at, stage, at FROM warning_given
             WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let warned = found.into_iter().map(|row| {
            let stage = Stage::ALL
                .into_iter()
                .find(|stage| stage.code() == row.stage);
            let warned = Warned {
                renewed_at: rows::time(row.renewed_at)?,
                stage: stage.ok_or_else(|| anyhow!("no such warning: {}", row.stage))?,
                at: rows::time(row.at)?,
            };
            Ok((row.account_id, warned))
        });
        let mut warned: BTreeMap<_, Warned> = warned.collect::<anyhow::Result<_>>()?;
        warned.retain(|id, warned| about(grants.get(id), warned.renewed_at));
        Ok(warned)
    }
}

/// Whether something was said about the authorization there is now. Times are kept in seconds.
fn about(grant: Option<&GrantState>, renewed_at: Timestamp) -> bool {
    grant.is_some_and(|grant| grant.renewed_at.as_second() == renewed_at.as_second())
}
