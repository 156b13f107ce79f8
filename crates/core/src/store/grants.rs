//! Authorizations: keeping a consent, the durable compare-and-set of a renewal, Microsoft's
//! refusal, and the lease that lets one process at a time renew.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::history::Happened;
use super::rows;
use super::secrets::SecretField;
use super::types::{Grant, GrantState, Refusal};
use super::vault::{OpenKey, Vault};
use super::vault_keys::Home;
use crate::account::{AccountId, Revision};
use crate::diagnosis::AccountKind;
use crate::diagnosis::explain_text;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

impl Store {
    /// The account's authorization; `None` if there is none. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; [`Problem::KeyringKeyLost`] if another key sealed it; what the
    /// database says.
    pub async fn grant(&self, vault: &Vault, id: AccountId) -> Outcome<Option<Grant>> {
        let open = vault.key()?;
        let mut transaction = self.read().await?;
        let place = (id, SecretField::RefreshToken);
        let Some(refresh_token) = self.secret(&mut transaction, &open, place).await? else {
            return Ok(None);
        };
        let key_id = open.key.id();
        let row = sqlx::query!(
            "SELECT renewed_at, scopes, signed_in_as, client_id, authority FROM authorization
             WHERE account_id = ?1 AND key_id = ?2",
            id.0,
            key_id
        )
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Grant {
            refresh_token,
            renewed_at: rows::time(row.renewed_at)?,
            scopes: rows::scopes(&row.scopes),
            signed_in_as: row.signed_in_as,
            client_id: row.client_id,
            authority: row.authority,
            kind: AccountKind::Unknown,
        }))
    }

    /// Keeps a consent in place of the one before; a refusal of the one before is forgotten. The
    /// revision stays. When this returns, the token is on the disk. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision; why the vault
    /// is closed; what the database says.
    pub async fn put_grant(
        &self,
        vault: &Vault,
        id: AccountId,
        revision: Revision,
        grant: &Grant,
    ) -> Outcome<()> {
        let open = vault.key()?;
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        self.keep_consent(&mut transaction, &open, id, grant)
            .await?;
        self.commit(transaction).await
    }

    /// Keeps what came of a consent, and that there was one.
    pub(super) async fn keep_consent(
        &self,
        connection: &mut SqliteConnection,
        open: &OpenKey,
        id: AccountId,
        grant: &Grant,
    ) -> Outcome<()> {
        self.write_grant(connection, open, id, grant).await?;
        self.keep_person(connection, id, &grant.signed_in_as)
            .await?;
        let what = (Happened::Authorization, None, None);
        self.note(connection, id, grant.renewed_at, what).await
    }

    /// Puts a renewed token in place of the one it was renewed from. `false`, with nothing written,
    /// if another token stands there by now or the authorization is gone. When this returns
    /// `true`, the new token is on the disk. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; what the database says.
    pub async fn rotate_grant(
        &self,
        vault: &Vault,
        id: AccountId,
        old_token: &Secret,
        grant: &Grant,
    ) -> Outcome<bool> {
        let open = vault.key()?;
        let mut transaction = self.write().await?;
        if !self
            .holds(
                &mut transaction,
                &open,
                (id, SecretField::RefreshToken),
                old_token,
            )
            .await?
        {
            return Ok(false);
        }
        self.write_grant(&mut transaction, &open, id, grant).await?;
        let what = (Happened::Renewal, None, None);
        self.note(&mut transaction, id, grant.renewed_at, what)
            .await?;
        self.commit(transaction).await?;
        Ok(true)
    }

    /// Notes that Microsoft refused a token. `false`, with nothing written, if another token stands
    /// there by now or the authorization is gone. The token stays. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; what the database says.
    pub async fn refuse_grant(
        &self,
        vault: &Vault,
        id: AccountId,
        refused_token: &Secret,
        refusal: &Refusal,
    ) -> Outcome<bool> {
        let open = vault.key()?;
        let mut transaction = self.write().await?;
        if !self
            .holds(
                &mut transaction,
                &open,
                (id, SecretField::RefreshToken),
                refused_token,
            )
            .await?
        {
            return Ok(false);
        }
        let (key_id, since) = (open.key.id(), refusal.since.as_second());
        sqlx::query!(
            "UPDATE authorization SET refused_at = ?3, refused_error = ?4
             WHERE account_id = ?1 AND key_id = ?2",
            id.0,
            key_id,
            since,
            refusal.error
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        let explained = explain_text(&refusal.error);
        let what = (Happened::Renewal, Some(explained.cause().code()), None);
        self.note(&mut transaction, id, refusal.since, what).await?;
        self.commit(transaction).await?;
        Ok(true)
    }

    /// Forgets an account's authorization; no sealed byte of it stays in the files. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_grant(&self, id: AccountId) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.delete_grant(&mut transaction, id).await?;
        self.commit(transaction).await?;
        self.empty_log().await
    }

    /// Takes or prolongs the lease on an account's renewal. `false` if another owner holds it.
    /// One that is over is taken over, and so is one that ends so far ahead that the clock must
    /// have been set back. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; what the database says.
    pub async fn lease(
        &self,
        id: AccountId,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Outcome<bool> {
        let (now, until) = (now.as_millisecond(), until.as_millisecond());
        let unbelievable = until.saturating_add(until.saturating_sub(now));
        let taken = sqlx::query!(
            "INSERT INTO lease (account_id, owner, until_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (account_id) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
             WHERE owner = excluded.owner OR until_ms <= ?4 OR until_ms > ?5",
            id.0,
            owner,
            until,
            now,
            unbelievable
        )
        .execute(self.pool())
        .await;
        match taken {
            Ok(done) => Ok(done.rows_affected() == 1),
            Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => {
                Err(Problem::AccountGone)
            }
            Err(error) => Err(self.problem(error)),
        }
    }

    /// Gives the lease back, if it is still the owner's. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn release(&self, id: AccountId, owner: &str) -> Outcome<()> {
        sqlx::query!(
            "DELETE FROM lease WHERE account_id = ?1 AND owner = ?2",
            id.0,
            owner
        )
        .execute(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Refuses work that was begun under another revision.
    pub(super) async fn at_revision(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        Revision(revision): Revision,
    ) -> Outcome<()> {
        let found = sqlx::query_scalar!("SELECT revision FROM account WHERE id = ?1", id)
            .fetch_optional(connection)
            .await
            .map_err(|error| self.problem(error))?;
        match found {
            None => Err(Problem::AccountGone),
            Some(found) if found == revision => Ok(()),
            Some(_) => Err(Problem::AccountChanged),
        }
    }

    /// Of every account the authorization that was renewed last, whatever key its token is under.
    pub(super) async fn grants_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, GrantState>> {
        let found = sqlx::query!(
            "SELECT account_id, renewed_at, scopes, signed_in_as, refused_at, refused_error
             FROM authorization WHERE account_id BETWEEN ?1 AND ?2
             ORDER BY account_id, renewed_at",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let grants = found.into_iter().map(|row| {
            let refused = match (row.refused_at, row.refused_error) {
                (Some(since), Some(error)) => Some(Refusal {
                    since: rows::time(since)?,
                    error,
                }),
                _ => None,
            };
            let grant = GrantState {
                renewed_at: rows::time(row.renewed_at)?,
                scopes: rows::scopes(&row.scopes),
                signed_in_as: row.signed_in_as,
                refused,
            };
            Ok((row.account_id, grant))
        });
        Ok(grants.collect::<anyhow::Result<_>>()?)
    }

    pub(super) async fn delete_grant(
        &self,
        connection: &mut SqliteConnection,
        id: AccountId,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM authorization WHERE account_id = ?1", id.0)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.problem(error))?;
        self.delete_secret(connection, (id, SecretField::RefreshToken))
            .await?;
        self.delete_candidate(connection, id).await
    }

    async fn write_grant(
        &self,
        connection: &mut SqliteConnection,
        open: &OpenKey,
        id: AccountId,
        grant: &Grant,
    ) -> Outcome<()> {
        let place = (id, SecretField::RefreshToken);
        self.put_secret(connection, open, place, &grant.refresh_token)
            .await?;
        let (key_id, beside) = (open.key.id(), open.home == Home::Session);
        sqlx::query!(
            "DELETE FROM authorization WHERE account_id = ?1 AND (key_id = ?2 OR NOT ?3)",
            id.0,
            key_id,
            beside
        )
        .execute(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        let (renewed_at, scopes) = (grant.renewed_at.as_second(), grant.scopes.join(" "));
        sqlx::query!(
            "INSERT INTO authorization
                 (account_id, key_id, renewed_at, scopes, signed_in_as, client_id, authority)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            id.0,
            key_id,
            renewed_at,
            scopes,
            grant.signed_in_as,
            grant.client_id,
            grant.authority
        )
        .execute(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        self.put_kind(connection, id, grant.kind, true).await
    }
}
