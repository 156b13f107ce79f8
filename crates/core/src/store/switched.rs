//! What an account had before it was switched to OAuth: set aside in the transaction that switches
//! it, brought back by 元に戻す, gone for good once the authorization has passed a check. The password
//! stays where it is, sealed as it was: no key is needed to set it aside.

use std::collections::BTreeSet;

use sqlx::SqliteConnection;

use super::database::Store;
use super::secrets::SecretField;
use crate::account::{AccountId, Mailbox, Revision};
use crate::problem::{Outcome, Problem};

impl Store {
    /// Brings back what an account had before it was switched to OAuth: account name, password and
    /// servers. The authorization goes, so that no byte of its token stays in the files, and so do
    /// the verdicts; the revision is raised. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision;
    /// [`Problem::NothingToUndo`]; what the database says.
    pub async fn undo_switch(&self, id: AccountId, revision: Revision) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        let restored = sqlx::query!(
            "UPDATE account SET revision = revision + 1, auth = 'password', user =
                 CASE WHEN switched.user = '' AND switched.address <> account.address
                      THEN switched.address ELSE switched.user END
             FROM switched WHERE account.id = ?1 AND switched.account_id = account.id",
            id.0
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        if restored.rows_affected() == 0 {
            return Err(Problem::NothingToUndo);
        }
        sqlx::query!("DELETE FROM server WHERE account_id = ?1", id.0)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.problem(error))?;
        sqlx::query!(
            "INSERT INTO server (account_id, protocol, host, port, tls)
             SELECT account_id, protocol, host, port, tls FROM switched_server
             WHERE account_id = ?1",
            id.0
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.delete_grant(&mut transaction, id).await?;
        self.delete_verdicts(&mut transaction, id).await?;
        self.put_mailbox(&mut transaction, id, &Mailbox::Own)
            .await?;
        self.delete_switched(&mut transaction, id).await?;
        self.commit(transaction).await?;
        self.empty_log().await
    }

    /// Forgets what an account had before it was switched to OAuth; no sealed byte of its password
    /// stays in the files. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision; what the
    /// database says.
    pub async fn forget_switched(&self, id: AccountId, revision: Revision) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        if !self.delete_switched(&mut transaction, id).await? {
            return Ok(());
        }
        self.delete_secret(&mut transaction, (id, SecretField::Password))
            .await?;
        self.commit(transaction).await?;
        self.empty_log().await
    }

    /// Sets aside what an account that signs in by password has, before it is overwritten.
    pub(super) async fn set_aside(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
    ) -> Outcome<()> {
        sqlx::query!(
            "INSERT INTO switched (account_id, address, user)
             SELECT id, address, user FROM account WHERE id = ?1",
            id
        )
        .execute(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        sqlx::query!(
            "INSERT INTO switched_server (account_id, protocol, host, port, tls)
             SELECT account_id, protocol, host, port, tls FROM server WHERE account_id = ?1",
            id
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Whether there was anything.
    pub(super) async fn delete_switched(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
    ) -> Outcome<bool> {
        let gone = sqlx::query!("DELETE FROM switched WHERE account_id = ?1", id)
            .execute(connection)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(gone.rows_affected() > 0)
    }

    pub(super) async fn switched_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeSet<i64>> {
        let found = sqlx::query_scalar!(
            "SELECT account_id FROM switched WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(found.into_iter().collect())
    }
}
