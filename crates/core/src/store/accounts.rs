//! Accounts: listing, registering, changing, removing. An account and its password change in one
//! transaction, and a change under an old revision is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use anyhow::anyhow;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::database::Store;
use super::rows;
use super::secrets::SecretField;
use super::types::{GrantState, StoredAccount};
use super::vault::Vault;
use crate::account::{
    Account, AccountId, AuthMethod, CheckedDraft, Field, FieldProblem, MailAddress, Purpose,
    Revision, Servers,
};
use crate::cloud::MailProtocol;
use crate::diagnosis::AccountKind;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// Every account.
const ALL: RangeInclusive<i64> = i64::MIN..=i64::MAX;

impl Store {
    /// Every account, by address. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accounts(&self) -> Outcome<Vec<StoredAccount>> {
        self.accounts_in(ALL).await
    }

    /// One account. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; what the database says.
    pub async fn account(&self, id: AccountId) -> Outcome<StoredAccount> {
        let mut found = self.accounts_in(id.0..=id.0).await?;
        found.pop().ok_or(Problem::AccountGone)
    }

    /// The account of an address, in whatever case. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_by_address(&self, address: &str) -> Outcome<Option<StoredAccount>> {
        let address = address.trim();
        let id = sqlx::query_scalar!("SELECT id FROM account WHERE address = ?1", address)
            .fetch_optional(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        match id {
            Some(id) => Ok(self.accounts_in(id..=id).await?.pop()),
            None => Ok(None),
        }
    }

    /// Registers an account. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::Invalid`] at the address if another account has it; why the vault is closed, if
    /// there is a password to seal; what the database says.
    pub async fn insert_account(
        &self,
        vault: &Vault,
        draft: &CheckedDraft,
        now: Timestamp,
    ) -> Outcome<AccountId> {
        let mut transaction = self.write().await?;
        let id = self.insert(&mut transaction, vault, draft, now).await?;
        self.commit(transaction).await?;
        Ok(id)
    }

    /// Registers several accounts, or none. Performs I/O.
    ///
    /// # Errors
    /// As [`insert_account`](Self::insert_account).
    pub async fn insert_accounts(
        &self,
        vault: &Vault,
        drafts: &[CheckedDraft],
        now: Timestamp,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        for draft in drafts {
            self.insert(&mut transaction, vault, draft, now).await?;
        }
        self.commit(transaction).await
    }

    async fn insert(
        &self,
        connection: &mut SqliteConnection,
        vault: &Vault,
        draft: &CheckedDraft,
        now: Timestamp,
    ) -> Outcome<AccountId> {
        let columns = Columns::of(draft);
        let now = now.as_second();
        let id = sqlx::query_scalar!(
            "INSERT INTO account (address, name, purpose, auth, user, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
            columns.address,
            draft.name,
            columns.purpose,
            columns.auth,
            columns.user,
            now
        )
        .fetch_one(&mut *connection)
        .await
        .map_err(|error| self.address_taken(error))?;
        let id = AccountId(id);
        self.put_servers(connection, id, &draft.servers).await?;
        self.put_writing(connection, id, draft.writing).await?;
        self.put_mailbox(connection, id, &draft.mailbox).await?;
        self.put_password(connection, vault, id, draft).await?;
        Ok(id)
    }

    /// Changes an account and raises its revision. A change that concerns the connection takes
    /// the verdicts away; one to OAuth sets aside what the old sign-in needed, so that
    /// [`undo_switch`](Self::undo_switch) brings it back; one to a password takes away the
    /// authorization and what was set aside. Another address takes the authorization away, too,
    /// and so does a mailbox that becomes a shared one or its own again; another person for a shared
    /// mailbox takes nothing away: the authorization there is works until the new one has passed.
    /// Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] under another revision;
    /// [`Problem::Invalid`] at the address if another account has it; why the vault is closed, if
    /// there is a password to seal; what the database says.
    pub async fn update_account(
        &self,
        vault: &Vault,
        id: AccountId,
        revision: Revision,
        draft: &CheckedDraft,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        let before = self.rows_in(&mut transaction, id.0..=id.0).await?.pop();
        let before = before.ok_or(Problem::AccountGone)?.account;
        if before.revision != revision {
            return Err(Problem::AccountChanged);
        }
        let switches = before.auth != AuthMethod::OAuth && draft.auth == AuthMethod::OAuth;
        if switches {
            self.set_aside(&mut transaction, id).await?;
        }
        let columns = Columns::of(draft);
        sqlx::query!(
            "UPDATE account SET revision = revision + 1, address = ?2, name = ?3, purpose = ?4,
                 auth = ?5, user = ?6
             WHERE id = ?1",
            id.0,
            columns.address,
            draft.name,
            columns.purpose,
            columns.auth,
            columns.user
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.address_taken(error))?;
        self.put_servers(&mut transaction, id, &draft.servers)
            .await?;
        self.put_writing(&mut transaction, id, draft.writing)
            .await?;
        self.put_mailbox(&mut transaction, id, &draft.mailbox)
            .await?;

        let same_mailbox = before.address.same_mailbox(draft.address.as_str());
        if !same_mailbox {
            self.delete_kind(&mut transaction, id).await?;
        }
        let mut swept = false;
        match draft.auth {
            AuthMethod::OAuth => {
                let same_signer = before.mailbox.is_shared() == draft.mailbox.is_shared();
                if !same_mailbox || !same_signer {
                    self.delete_grant(&mut transaction, id).await?;
                    swept = true;
                }
            }
            AuthMethod::Password { .. } => {
                self.delete_grant(&mut transaction, id).await?;
                if self.delete_switched(&mut transaction, id).await? {
                    self.delete_secret(&mut transaction, (id, SecretField::Password))
                        .await?;
                }
                swept |= before.auth == AuthMethod::OAuth;
                self.put_password(&mut transaction, vault, id, draft)
                    .await?;
                swept |= draft.password.is_some();
            }
        }
        let same_connection = same_mailbox
            && before.auth == draft.auth
            && before.mailbox.is_shared() == draft.mailbox.is_shared()
            && before.servers == draft.servers
            && draft.password.is_none();
        if !same_connection {
            self.delete_verdicts(&mut transaction, id).await?;
        } else if before.purpose != draft.purpose {
            // What it said of the sides that are needed is no longer so.
            self.delete_check(&mut transaction, id).await?;
        }
        self.commit(transaction).await?;
        if swept {
            self.empty_log().await?;
        }
        Ok(())
    }

    /// Removes an account with everything that belongs to it; no sealed byte of it stays in the
    /// files. Removing an account that is gone is no error. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_account(&self, id: AccountId) -> Outcome<()> {
        sqlx::query!("DELETE FROM account WHERE id = ?1", id.0)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        self.empty_log().await
    }

    /// The account's password, be it set aside; `None` if none is stored. Performs I/O.
    ///
    /// # Errors
    /// Why the vault is closed; [`Problem::KeyringKeyLost`] if another key sealed it; what the
    /// database says.
    pub async fn password(&self, vault: &Vault, id: AccountId) -> Outcome<Option<Secret>> {
        let open = vault.key()?;
        let mut transaction = self.read().await?;
        self.secret(&mut transaction, &open, (id, SecretField::Password))
            .await
    }

    async fn accounts_in(&self, ids: RangeInclusive<i64>) -> Outcome<Vec<StoredAccount>> {
        let mut transaction = self.read().await?;
        let accounts = self.rows_in(&mut transaction, ids).await?;
        self.commit(transaction).await?;
        Ok(accounts)
    }

    async fn rows_in(
        &self,
        connection: &mut SqliteConnection,
        ids: RangeInclusive<i64>,
    ) -> Outcome<Vec<StoredAccount>> {
        let (first, last) = (*ids.start(), *ids.end());
        let accounts = sqlx::query!(
            "SELECT id, revision, address, name, purpose, auth, user, created_at
             FROM account WHERE id BETWEEN ?1 AND ?2 ORDER BY address",
            first,
            last
        )
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| self.problem(error))?;
        let mut servers = self.servers_in(connection, (first, last)).await?;
        let mut mailboxes = self.mailboxes_in(connection, (first, last)).await?;
        let writing = self.writing_in(connection, (first, last)).await?;
        let mut kinds = self.kinds_in(connection, (first, last)).await?;
        let passwords = self.passwords_in(connection, (first, last)).await?;
        let switched = self.switched_in(connection, (first, last)).await?;
        let mut grants: BTreeMap<i64, GrantState> =
            self.grants_in(connection, (first, last)).await?;
        let mut failing = self.failing_in(connection, (first, last), &grants).await?;
        let mut warned = self.warned_in(connection, (first, last), &grants).await?;
        let mut verdicts = self.verdicts_in(connection, (first, last)).await?;
        let accounts = accounts.into_iter().map(|row| {
            let id = row.id;
            let auth = match row.auth.as_str() {
                "oauth" => AuthMethod::OAuth,
                _ => AuthMethod::Password { user: row.user },
            };
            let by_password = auth != AuthMethod::OAuth;
            let (reception, sending) = verdicts.remove(&id).unwrap_or_default();
            Ok(StoredAccount {
                account: Account {
                    id: AccountId(id),
                    revision: Revision(row.revision),
                    address: MailAddress::new(&row.address)
                        .ok_or_else(|| anyhow!("the address of account {id}"))?,
                    name: row.name,
                    purpose: Purpose::from_code(&row.purpose)
                        .ok_or_else(|| anyhow!("the purpose of account {id}"))?,
                    auth,
                    mailbox: mailboxes.remove(&id).unwrap_or_default(),
                    servers: servers.remove(&id).unwrap_or_default(),
                    writing: writing.get(&id).copied().unwrap_or_default(),
                    created_at: rows::time(row.created_at)?,
                },
                kind: kinds.remove(&id).unwrap_or(AccountKind::Unknown),
                password_stored: by_password && passwords.contains(&id),
                switched: switched.contains(&id),
                grant: grants.remove(&id),
                failing: failing.remove(&id),
                warned: warned.remove(&id),
                reception,
                sending,
            })
        });
        Ok(accounts.collect::<anyhow::Result<_>>()?)
    }

    async fn servers_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, Servers>> {
        let found = sqlx::query!(
            "SELECT account_id, protocol, host, port, tls FROM server
             WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let mut servers: BTreeMap<i64, Servers> = BTreeMap::new();
        for row in found {
            let endpoint = Some(rows::endpoint(&row.host, row.port, &row.tls)?);
            let servers = servers.entry(row.account_id).or_default();
            match rows::protocol(&row.protocol)? {
                MailProtocol::Pop3 => servers.pop3 = endpoint,
                MailProtocol::Imap => servers.imap = endpoint,
                MailProtocol::Smtp => servers.smtp = endpoint,
            }
        }
        Ok(servers)
    }

    async fn passwords_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeSet<i64>> {
        let found = sqlx::query_scalar!(
            "SELECT DISTINCT account_id FROM secret
             WHERE field = 'password' AND account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(found.into_iter().collect())
    }

    async fn put_servers(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        servers: &Servers,
    ) -> Outcome<()> {
        sqlx::query!("DELETE FROM server WHERE account_id = ?1", id)
            .execute(&mut *connection)
            .await
            .map_err(|error| self.problem(error))?;
        let entered = [
            (MailProtocol::Pop3, &servers.pop3),
            (MailProtocol::Imap, &servers.imap),
            (MailProtocol::Smtp, &servers.smtp),
        ];
        for (protocol, endpoint) in entered {
            let Some(endpoint) = endpoint else { continue };
            let (protocol, host) = (protocol.code(), endpoint.host.as_str());
            let (port, tls) = (endpoint.port.number(), endpoint.tls.code());
            sqlx::query!(
                "INSERT INTO server (account_id, protocol, host, port, tls)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                id,
                protocol,
                host,
                port,
                tls
            )
            .execute(&mut *connection)
            .await
            .map_err(|error| self.problem(error))?;
        }
        Ok(())
    }

    async fn put_password(
        &self,
        connection: &mut SqliteConnection,
        vault: &Vault,
        id: AccountId,
        draft: &CheckedDraft,
    ) -> Outcome<()> {
        let (AuthMethod::Password { .. }, Some(password)) = (&draft.auth, &draft.password) else {
            return Ok(());
        };
        let open = vault.key()?;
        let place = (id, SecretField::Password);
        self.put_secret(connection, &open, place, password).await
    }

    fn address_taken(&self, error: sqlx::Error) -> Problem {
        let taken = error
            .as_database_error()
            .is_some_and(|error| error.is_unique_violation());
        if taken {
            let fields = vec![(Field::Address, FieldProblem::AddressTaken)];
            return Problem::Invalid { fields };
        }
        self.problem(error)
    }
}

/// A draft as the account's columns hold it.
struct Columns<'a> {
    address: &'a str,
    purpose: &'static str,
    auth: &'static str,
    user: &'a str,
}

impl<'a> Columns<'a> {
    fn of(draft: &'a CheckedDraft) -> Self {
        let (auth, user) = match &draft.auth {
            AuthMethod::OAuth => ("oauth", ""),
            AuthMethod::Password { user } => ("password", user.as_str()),
        };
        Self {
            address: draft.address.as_str(),
            purpose: draft.purpose.code(),
            auth,
            user,
        }
    }
}
