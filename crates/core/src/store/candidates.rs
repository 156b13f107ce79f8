//! Consents that are being tried out: sealed beside the authorization there is, and then put in its
//! place or thrown away in one transaction. What a killed process left is found by its owner.

use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::history::Happened;
use super::rows;
use super::secrets::SecretField;
use super::types::Grant;
use super::vault::Vault;
use crate::account::{AccountId, Revision};
use crate::diagnosis::AccountKind;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// A consent that is being tried out.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What came of the consent, renewed since where it was.
    pub grant: Grant,
    /// The account as it was when the consent was asked for.
    pub revision: Revision,
}

impl Store {
    /// Seals a consent beside the authorization there is; one that was there before makes place.
    /// When this returns, it is on the disk. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision; why the vault
    /// is closed; what the database says.
    pub async fn put_candidate(
        &self,
        vault: &Vault,
        id: AccountId,
        revision: Revision,
        (owner, grant): (&str, &Grant),
    ) -> Outcome<()> {
        let open = vault.key()?;
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, revision).await?;
        self.delete_candidate(&mut transaction, id).await?;
        let place = (id, SecretField::CandidateToken);
        self.put_secret(&mut transaction, &open, place, &grant.refresh_token)
            .await?;
        let (key_id, renewed_at) = (open.key.id(), grant.renewed_at.as_second());
        let (scopes, kind) = (grant.scopes.join(" "), grant.kind.code());
        sqlx::query!(
            "INSERT INTO candidate (account_id, key_id, revision, owner, renewed_at, scopes,
                 signed_in_as, client_id, authority, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            id.0,
            key_id,
            revision.0,
            owner,
            renewed_at,
            scopes,
            grant.signed_in_as,
            grant.client_id,
            grant.authority,
            kind
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await
    }

    /// Puts a renewed token in place of the candidate's it was renewed from. `false`, with nothing
    /// written, if that is not there any more. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; what the database says.
    pub async fn renew_candidate(
        &self,
        vault: &Vault,
        id: AccountId,
        old_token: &Secret,
        grant: &Grant,
    ) -> Outcome<bool> {
        let open = vault.key()?;
        let mut transaction = self.write().await?;
        let place = (id, SecretField::CandidateToken);
        if !self
            .holds(&mut transaction, &open, place, old_token)
            .await?
        {
            return Ok(false);
        }
        self.put_secret(&mut transaction, &open, place, &grant.refresh_token)
            .await?;
        let renewed_at = grant.renewed_at.as_second();
        sqlx::query!(
            "UPDATE candidate SET renewed_at = ?2 WHERE account_id = ?1",
            id.0,
            renewed_at
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await?;
        Ok(true)
    }

    /// Puts the candidate in place of the authorization there is, whose refusal is forgotten. The
    /// revision stays. When this returns, the token is on the disk. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::ConsentOver`] if it is the candidate no more: withdrawn, or replaced by another;
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision; why the vault
    /// is closed; what the database says.
    pub async fn adopt_candidate(
        &self,
        vault: &Vault,
        id: AccountId,
        candidate: &Candidate,
    ) -> Outcome<()> {
        let open = vault.key()?;
        let grant = &candidate.grant;
        let mut transaction = self.write().await?;
        self.at_revision(&mut transaction, id, candidate.revision)
            .await?;
        let place = (id, SecretField::CandidateToken);
        if !self
            .holds(&mut transaction, &open, place, &grant.refresh_token)
            .await?
        {
            return Err(Problem::ConsentOver);
        }
        self.delete_candidate(&mut transaction, id).await?;
        self.keep_consent(&mut transaction, &open, id, grant)
            .await?;
        self.commit(transaction).await
    }

    /// Throws the candidate away; no sealed byte of it stays in the files. Where that has to be
    /// told, as nobody sees it fail, the history keeps when and why. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn discard_candidate(
        &self,
        id: AccountId,
        told: Option<(Timestamp, &str)>,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.delete_candidate(&mut transaction, id).await?;
        if let Some((at, cause)) = told {
            let what = (Happened::Authorization, Some(cause), None);
            self.note(&mut transaction, id, at, what).await?;
        }
        self.commit(transaction).await?;
        self.empty_log().await
    }

    /// The accounts with a candidate, and whose it is. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn candidates(&self) -> Outcome<Vec<(AccountId, String)>> {
        let found = sqlx::query!("SELECT account_id, owner FROM candidate ORDER BY account_id")
            .fetch_all(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        let found = found.into_iter();
        Ok(found
            .map(|row| (AccountId(row.account_id), row.owner))
            .collect())
    }

    /// Takes over a candidate whose owner is gone. `false` if somebody was faster. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim_candidate(&self, id: AccountId, from: &str, to: &str) -> Outcome<bool> {
        let claimed = sqlx::query!(
            "UPDATE candidate SET owner = ?3 WHERE account_id = ?1 AND owner = ?2",
            id.0,
            from,
            to
        )
        .execute(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        Ok(claimed.rows_affected() == 1)
    }

    /// The account's candidate; `None` if there is none, or none of the vault's key. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; [`Problem::KeyringKeyLost`] if another key sealed it; what the
    /// database says.
    pub async fn candidate(&self, vault: &Vault, id: AccountId) -> Outcome<Option<Candidate>> {
        let open = vault.key()?;
        let mut transaction = self.read().await?;
        let place = (id, SecretField::CandidateToken);
        let Some(refresh_token) = self.secret(&mut transaction, &open, place).await? else {
            return Ok(None);
        };
        let row = sqlx::query!(
            "SELECT revision, renewed_at, scopes, signed_in_as, client_id, authority, kind
             FROM candidate WHERE account_id = ?1",
            id.0
        )
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Candidate {
            grant: Grant {
                refresh_token,
                renewed_at: rows::time(row.renewed_at)?,
                scopes: rows::scopes(&row.scopes),
                signed_in_as: row.signed_in_as,
                client_id: row.client_id,
                authority: row.authority,
                kind: AccountKind::from_code(&row.kind).unwrap_or(AccountKind::Unknown),
            },
            revision: Revision(row.revision),
        }))
    }

    pub(super) async fn delete_candidate(
        &self,
        connection: &mut SqliteConnection,
        id: AccountId,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM candidate WHERE account_id = ?1", id.0)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.problem(error))?;
        self.delete_secret(connection, (id, SecretField::CandidateToken))
            .await
    }
}
