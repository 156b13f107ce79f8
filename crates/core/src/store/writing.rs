//! 文字コード and 文字化け対策 of the accounts. An account without a row, as one of an older program,
//! writes in the usual way.

use std::collections::BTreeMap;

use anyhow::anyhow;
use sqlx::SqliteConnection;

use super::database::Store;
use crate::account::AccountId;
use crate::charset::{Charset, GarblingGuard, Writing};
use crate::problem::Outcome;

impl Store {
    /// What was chosen, by account.
    pub(super) async fn writing_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, Writing>> {
        let found = sqlx::query!(
            "SELECT account_id, charset, guard FROM writing WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let mut writing = BTreeMap::new();
        for row in found {
            let unknown = || anyhow!("how account {} writes", row.account_id);
            let chosen = Writing {
                charset: Charset::from_code(&row.charset).ok_or_else(unknown)?,
                guard: GarblingGuard::from_code(&row.guard).ok_or_else(unknown)?,
            };
            writing.insert(row.account_id, chosen);
        }
        Ok(writing)
    }

    /// Keeps what was chosen.
    pub(super) async fn put_writing(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        writing: Writing,
    ) -> Outcome<()> {
        let (charset, guard) = (writing.charset.code(), writing.guard.code());
        sqlx::query!(
            "INSERT INTO writing (account_id, charset, guard) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET charset = ?2, guard = ?3",
            id,
            charset,
            guard
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
