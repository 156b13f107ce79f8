//! The operators' rows. That there is always one who may do everything is kept here, in the
//! transaction that would take the last one away.

use anyhow::anyhow;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use super::database::Store;
use super::passphrase::Cost;
use super::rows;
use crate::operators::{
    AuditEntry, Operator, OperatorId, OperatorName, Permission, Permissions, Verifier, wait_after,
};
use crate::problem::{Outcome, Problem};

/// An operator to be.
pub(crate) struct NewOperator {
    pub(crate) name: OperatorName,
    pub(crate) permissions: Permissions,
    pub(crate) verifier: Verifier,
}

/// Whether a password may be tried.
pub(crate) enum Attempt {
    /// Yes; it counts as wrong until [`Store::passed`].
    Open {
        /// What the password is compared with.
        verifier: Verifier,
        /// How long the next one has to wait if this one is wrong.
        next: SignedDuration,
    },
    /// Not before so long.
    Closed(SignedDuration),
}

impl Store {
    /// Whether permissions are switched on, and whether an operator is there. Performs I/O.
    pub(crate) async fn stands(&self, id: Option<OperatorId>) -> Outcome<(bool, bool)> {
        let id = id.map_or(-1, |id| id.0);
        let found = sqlx::query!(
            r#"SELECT EXISTS (SELECT 1 FROM operator) AS "any!: bool",
                      EXISTS (SELECT 1 FROM operator WHERE id = ?1) AS "this!: bool""#,
            id
        )
        .fetch_one(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        Ok((found.any, found.this))
    }

    /// The operators by name. Performs I/O.
    pub(crate) async fn operators(&self) -> Outcome<Vec<Operator>> {
        let mut connection = self
            .pool()
            .acquire()
            .await
            .map_err(|error| self.problem(error))?;
        self.all_operators(&mut connection).await
    }

    /// The operator of a name, whatever its case. Performs I/O.
    pub(crate) async fn operator_by_name(&self, name: &OperatorName) -> Outcome<Option<Operator>> {
        let operators = self.operators().await?;
        let same = |operator: &Operator| {
            OperatorName::new(&operator.name).is_some_and(|other| other.key() == name.key())
        };
        Ok(operators.into_iter().find(same))
    }

    /// Switches permissions on with a first operator, who may do everything. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::PermissionsOn`]; what the database says.
    pub(crate) async fn first_operator(
        &self,
        new: &NewOperator,
        entry: &AuditEntry,
    ) -> Outcome<OperatorId> {
        let mut transaction = self.write().await?;
        if !self.all_operators(&mut transaction).await?.is_empty() {
            return Err(Problem::PermissionsOn);
        }
        let id = self.put_operator(&mut transaction, new).await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await?;
        Ok(id)
    }

    /// Adds an operator. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorNameTaken`]; what the database says.
    pub(crate) async fn add_operator(
        &self,
        new: &NewOperator,
        entry: &AuditEntry,
    ) -> Outcome<OperatorId> {
        let mut transaction = self.write().await?;
        let id = self.put_operator(&mut transaction, new).await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await?;
        Ok(id)
    }

    /// Changes an operator's name and permissions. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorGone`]; [`Problem::OperatorNameTaken`]; [`Problem::LastFullOperator`];
    /// what the database says.
    pub(crate) async fn change_operator(
        &self,
        id: OperatorId,
        (name, permissions): (&OperatorName, Permissions),
        entry: &AuditEntry,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        let (shown, key) = (name.as_str(), name.key());
        let (accounts, settings) = (permissions.accounts.code(), permissions.settings.code());
        let changed = sqlx::query!(
            "UPDATE operator SET name = ?2, name_key = ?3, accounts = ?4, settings = ?5
             WHERE id = ?1",
            id.0,
            shown,
            key,
            accounts,
            settings
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.taken(error))?;
        if changed.rows_affected() == 0 {
            return Err(Problem::OperatorGone);
        }
        self.one_is_full(&mut transaction).await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Removes an operator. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorGone`]; [`Problem::LastFullOperator`]; what the database says.
    pub(crate) async fn remove_operator(&self, id: OperatorId, entry: &AuditEntry) -> Outcome<()> {
        let mut transaction = self.write().await?;
        let removed = sqlx::query!("DELETE FROM operator WHERE id = ?1", id.0)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.problem(error))?;
        if removed.rows_affected() == 0 {
            return Err(Problem::OperatorGone);
        }
        self.one_is_full(&mut transaction).await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Switches permissions off: removes every operator. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn remove_operators(&self, entry: &AuditEntry) -> Outcome<()> {
        let mut transaction = self.write().await?;
        sqlx::query!("DELETE FROM operator")
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.problem(error))?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Gives an operator a new password, with which nobody has to wait. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorGone`]; what the database says.
    pub(crate) async fn put_operator_password(
        &self,
        id: OperatorId,
        verifier: &Verifier,
        entry: &AuditEntry,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.new_password(&mut transaction, id, verifier).await?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Gives an operator a new password and every permission. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorGone`]; what the database says.
    pub(crate) async fn reset_operator(
        &self,
        id: OperatorId,
        verifier: &Verifier,
        entry: &AuditEntry,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.new_password(&mut transaction, id, verifier).await?;
        sqlx::query!(
            "UPDATE operator SET accounts = 'edit', settings = 'edit' WHERE id = ?1",
            id.0
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.keep_deed(&mut transaction, entry).await?;
        self.commit(transaction).await
    }

    /// Asks whether a password may be tried, and counts the attempt before it is made, so that many
    /// at once gain nothing. A clock that was moved back lets the wait begin anew. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::OperatorGone`]; what the database says.
    pub(crate) async fn begin_attempt(&self, id: OperatorId, now: Timestamp) -> Outcome<Attempt> {
        let mut transaction = self.write().await?;
        let found = sqlx::query!(
            "SELECT salt, memory_kib, passes, lanes, verifier, wrong, tried_at FROM operator
             WHERE id = ?1",
            id.0
        )
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?
        .ok_or(Problem::OperatorGone)?;
        let wait = wait_after(found.wrong);
        let tried_at = found.tried_at.map(rows::time).transpose()?;
        let waited = tried_at.map_or(wait, |tried_at| now.duration_since(tried_at));
        let (wrong, open) = if waited < wait {
            (found.wrong, false)
        } else {
            (found.wrong.saturating_add(1), true)
        };
        // What is in the future was written before the clock was moved back.
        let tried_at = if open || waited.is_negative() {
            now.as_second()
        } else {
            found.tried_at.unwrap_or_default()
        };
        sqlx::query!(
            "UPDATE operator SET wrong = ?2, tried_at = ?3 WHERE id = ?1",
            id.0,
            wrong,
            tried_at
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await?;
        if !open {
            let left = wait.saturating_sub(waited.max(SignedDuration::ZERO));
            return Ok(Attempt::Closed(left));
        }
        let number = |number: i64| u32::try_from(number).map_err(|_| anyhow!("Argon2's cost"));
        Ok(Attempt::Open {
            verifier: Verifier {
                salt: found.salt,
                cost: Cost {
                    memory_kib: number(found.memory_kib)?,
                    passes: number(found.passes)?,
                    lanes: number(found.lanes)?,
                },
                hash: Zeroizing::new(found.verifier),
            },
            next: wait_after(wrong),
        })
    }

    /// The attempt was the right password: nothing is counted any more. Performs I/O.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) async fn passed(&self, id: OperatorId, entry: Option<&AuditEntry>) -> Outcome<()> {
        let mut transaction = self.write().await?;
        sqlx::query!(
            "UPDATE operator SET wrong = 0, tried_at = NULL WHERE id = ?1",
            id.0
        )
        .execute(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        if let Some(entry) = entry {
            self.keep_deed(&mut transaction, entry).await?;
        }
        self.commit(transaction).await
    }

    async fn new_password(
        &self,
        connection: &mut SqliteConnection,
        id: OperatorId,
        verifier: &Verifier,
    ) -> Outcome<()> {
        let (salt, hash) = (verifier.salt.as_slice(), verifier.hash.as_slice());
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = verifier.cost;
        let changed = sqlx::query!(
            "UPDATE operator SET salt = ?2, memory_kib = ?3, passes = ?4, lanes = ?5,
                 verifier = ?6, wrong = 0, tried_at = NULL
             WHERE id = ?1",
            id.0,
            salt,
            memory_kib,
            passes,
            lanes,
            hash
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        if changed.rows_affected() == 0 {
            return Err(Problem::OperatorGone);
        }
        Ok(())
    }

    async fn put_operator(
        &self,
        connection: &mut SqliteConnection,
        new: &NewOperator,
    ) -> Outcome<OperatorId> {
        let (shown, key) = (new.name.as_str(), new.name.key());
        let permissions = new.permissions;
        let (accounts, settings) = (permissions.accounts.code(), permissions.settings.code());
        let (salt, hash) = (new.verifier.salt.as_slice(), new.verifier.hash.as_slice());
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = new.verifier.cost;
        let put = sqlx::query!(
            "INSERT INTO operator
                 (name, name_key, accounts, settings, salt, memory_kib, passes, lanes, verifier)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            shown,
            key,
            accounts,
            settings,
            salt,
            memory_kib,
            passes,
            lanes,
            hash
        )
        .execute(connection)
        .await
        .map_err(|error| self.taken(error))?;
        Ok(OperatorId(put.last_insert_rowid()))
    }

    async fn all_operators(&self, connection: &mut SqliteConnection) -> Outcome<Vec<Operator>> {
        let found =
            sqlx::query!("SELECT id, name, accounts, settings FROM operator ORDER BY name_key")
                .fetch_all(connection)
                .await
                .map_err(|error| self.problem(error))?;
        let permission = |code: &str| {
            Permission::from_code(code).ok_or_else(|| anyhow!("no such permission: {code}"))
        };
        let operators = found.into_iter().map(|row| {
            Ok(Operator {
                id: OperatorId(row.id),
                name: row.name,
                permissions: Permissions {
                    accounts: permission(&row.accounts)?,
                    settings: permission(&row.settings)?,
                },
            })
        });
        Ok(operators.collect::<anyhow::Result<_>>()?)
    }

    /// Somebody has to be left who may do everything.
    async fn one_is_full(&self, connection: &mut SqliteConnection) -> Outcome<()> {
        let operators = self.all_operators(connection).await?;
        let full = |operator: &Operator| operator.permissions == Permissions::FULL;
        if operators.iter().any(full) {
            Ok(())
        } else {
            Err(Problem::LastFullOperator)
        }
    }

    fn taken(&self, error: sqlx::Error) -> Problem {
        let taken = error
            .as_database_error()
            .is_some_and(|error| error.is_unique_violation());
        if taken {
            Problem::OperatorNameTaken
        } else {
            self.problem(error)
        }
    }
}
