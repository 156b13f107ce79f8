//! Whose accounts they are, as far as that was found out. What an id_token proved is not overwritten
//! by what a domain's look-ups suggest.

use std::collections::BTreeMap;

use anyhow::anyhow;
use sqlx::SqliteConnection;

use super::database::Store;
use crate::account::AccountId;
use crate::diagnosis::AccountKind;
use crate::problem::{Outcome, Problem};

impl Store {
    /// Keeps the kind of an account; an unknown one is nothing to keep. One that is proven stays
    /// until another is proven. The revision stays. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; what the database says.
    pub async fn record_kind(&self, id: AccountId, kind: AccountKind) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.put_kind(&mut transaction, id, kind, false).await?;
        self.commit(transaction).await
    }

    pub(super) async fn put_kind(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        kind: AccountKind,
        proven: bool,
    ) -> Outcome<()> {
        if kind == AccountKind::Unknown {
            return Ok(());
        }
        let kind = kind.code();
        let kept = sqlx::query!(
            "INSERT INTO account_kind (account_id, kind, proven) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET kind = excluded.kind, proven = excluded.proven
             WHERE excluded.proven OR NOT proven",
            id,
            kind,
            proven
        )
        .execute(connection)
        .await;
        match kept {
            Ok(_) => Ok(()),
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => {
                Err(Problem::AccountGone)
            }
            Err(error) => Err(self.problem(error)),
        }
    }

    pub(super) async fn delete_kind(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM account_kind WHERE account_id = ?1", id)
            .execute(connection)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// What is known, by account.
    pub(super) async fn kinds_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, AccountKind>> {
        let found = sqlx::query!(
            "SELECT account_id, kind FROM account_kind WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let kinds = found.into_iter().map(|row| {
            let kind = AccountKind::from_code(&row.kind)
                .ok_or_else(|| anyhow!("whose account {} is", row.account_id))?;
            Ok((row.account_id, kind))
        });
        Ok(kinds.collect::<anyhow::Result<_>>()?)
    }
}
