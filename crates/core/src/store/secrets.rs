//! The sealed values of an account, inside a transaction of the store.

use anyhow::anyhow;
use sqlx::SqliteConnection;
use subtle::ConstantTimeEq as _;

use super::database::Store;
use super::seal::Sealed;
use super::vault::{OpenKey, Vault};
use super::vault_keys::Home;
use crate::account::AccountId;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// What is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SecretField {
    /// The account's password.
    Password,
    /// Microsoft's refresh token.
    RefreshToken,
    /// The refresh token of a consent that is being tried out.
    CandidateToken,
}

impl SecretField {
    const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::RefreshToken => "refresh-token",
            Self::CandidateToken => "candidate-token",
        }
    }
}

impl Store {
    /// Seals a value. A durable key's value replaces those of every other key; a session's stands
    /// beside them.
    pub(super) async fn put_secret(
        &self,
        connection: &mut SqliteConnection,
        open: &OpenKey,
        (AccountId(account), field): (AccountId, SecretField),
        secret: &Secret,
    ) -> Outcome<()> {
        let field = field.code();
        let sealed = open.key.seal(account, field, secret.expose().as_bytes())?;
        let (key_id, beside) = (open.key.id(), open.home == Home::Session);
        sqlx::query!(
            "DELETE FROM secret
             WHERE account_id = ?1 AND field = ?2 AND (key_id = ?3 OR NOT ?4)",
            account,
            field,
            key_id,
            beside
        )
        .execute(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        sqlx::query!(
            "INSERT INTO secret (account_id, field, key_id, nonce, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            account,
            field,
            key_id,
            sealed.nonce,
            sealed.sealed
        )
        .execute(connection)
        .await
        .map_err(|error| {
            // The account is there; the key is no longer known. A write test finds the new one.
            let database = error.as_database_error();
            if database.is_some_and(|error| error.is_foreign_key_violation()) {
                return Problem::KeyringKeyLost;
            }
            self.problem(error)
        })?;
        Ok(())
    }

    /// Opens a value; `None` if there is none. To a session, what durable keys sealed is not there.
    pub(super) async fn secret(
        &self,
        connection: &mut SqliteConnection,
        open: &OpenKey,
        (AccountId(account), field): (AccountId, SecretField),
    ) -> Outcome<Option<Secret>> {
        let (field, key_id) = (field.code(), open.key.id());
        let row = sqlx::query!(
            "SELECT nonce, sealed FROM secret
             WHERE account_id = ?1 AND field = ?2 AND key_id = ?3",
            account,
            field,
            key_id
        )
        .fetch_optional(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        if let Some(row) = row {
            let sealed = Sealed {
                nonce: row.nonce,
                sealed: row.sealed,
            };
            let plain = open
                .key
                .open(account, field, &sealed)
                .ok_or_else(|| anyhow!("a sealed value does not open: {field} of {account}"))?;
            let text = std::str::from_utf8(&plain)
                .map_err(|_| anyhow!("a sealed value is no text: {field} of {account}"))?;
            return Ok(Some(Secret::new(text.to_owned())));
        }
        if open.home == Home::Session {
            return Ok(None);
        }
        let elsewhere = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                 SELECT 1 FROM secret JOIN vault_key USING (key_id)
                 WHERE account_id = ?1 AND field = ?2 AND home <> 'session'
               ) AS "any!: bool""#,
            account,
            field
        )
        .fetch_one(connection)
        .await
        .map_err(|error| self.problem(error))?;
        if elsewhere {
            return Err(Problem::KeyringKeyLost);
        }
        Ok(None)
    }

    /// Everything of an account that the vault's key opens: to be taken out of a report. Performs
    /// I/O.
    ///
    /// # Errors
    /// Why the vault is closed; what the database says.
    pub async fn secrets_of(&self, vault: &Vault, id: AccountId) -> Outcome<Vec<Secret>> {
        let open = vault.key()?;
        let key_id = open.key.id();
        let rows = sqlx::query!(
            "SELECT field, nonce, sealed FROM secret WHERE account_id = ?1 AND key_id = ?2",
            id.0,
            key_id
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let secrets = rows.into_iter().filter_map(|row| {
            let sealed = Sealed {
                nonce: row.nonce,
                sealed: row.sealed,
            };
            let plain = open.key.open(id.0, &row.field, &sealed)?;
            Some(Secret::new(std::str::from_utf8(&plain).ok()?.to_owned()))
        });
        Ok(secrets.collect())
    }

    /// Deletes a value, whatever key sealed it.
    pub(super) async fn delete_secret(
        &self,
        connection: &mut SqliteConnection,
        (AccountId(account), field): (AccountId, SecretField),
    ) -> Outcome<()> {
        let field = field.code();
        sqlx::query!(
            "DELETE FROM secret WHERE account_id = ?1 AND field = ?2",
            account,
            field
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Whether a value is the one that is sealed there; compared in constant time.
    pub(super) async fn holds(
        &self,
        connection: &mut SqliteConnection,
        open: &OpenKey,
        place: (AccountId, SecretField),
        value: &Secret,
    ) -> Outcome<bool> {
        let sealed = self.secret(connection, open, place).await?;
        Ok(sealed.is_some_and(|sealed| {
            let (sealed, value) = (sealed.expose().as_bytes(), value.expose().as_bytes());
            sealed.ct_eq(value).into()
        }))
    }
}
