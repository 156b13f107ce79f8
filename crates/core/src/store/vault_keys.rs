//! The rows about data keys: which there are, where each is kept, which one is current. The keys
//! themselves are never here, only what tells the right one from a wrong one.

use anyhow::anyhow;
use sqlx::SqliteConnection;

use super::database::Store;
use super::passphrase::{Cost, Wrapped};
use super::seal::{DataKey, Sealed};
use crate::problem::{Outcome, Problem};

/// Where a data key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// In the operating system's keyring.
    Keyring,
    /// In the database, wrapped by a passphrase.
    Passphrase,
    /// In memory only.
    Session,
}

impl Home {
    const fn code(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::Session => "session",
        }
    }

    fn from_code(code: &str) -> anyhow::Result<Self> {
        [Self::Keyring, Self::Passphrase, Self::Session]
            .into_iter()
            .find(|home| home.code() == code)
            .ok_or_else(|| anyhow!("no such home of a key: {code}"))
    }
}

/// A data key that is known, but not at hand.
pub(super) struct KnownKey {
    pub(super) id: Vec<u8>,
    pub(super) home: Home,
    pub(super) check: Sealed,
}

impl Store {
    /// The key that new values are sealed with, if there is one already.
    pub(super) async fn current_key(&self) -> Outcome<Option<KnownKey>> {
        let keys = self.known_keys().await?;
        Ok(keys
            .into_iter()
            .find(|(_, current)| *current)
            .map(|(key, _)| key))
    }

    /// Keys that lie in the keyring, but are not current: left when a passphrase took over.
    pub(super) async fn former_keyring_keys(&self) -> Outcome<Vec<KnownKey>> {
        let keys = self.known_keys().await?;
        let former = |(key, current): (KnownKey, bool)| {
            (!current && key.home == Home::Keyring).then_some(key)
        };
        Ok(keys.into_iter().filter_map(former).collect())
    }

    /// The keys of sessions, running and ended.
    pub(super) async fn session_keys(&self) -> Outcome<Vec<KnownKey>> {
        let keys = self.known_keys().await?.into_iter();
        Ok(keys
            .map(|(key, _)| key)
            .filter(|key| key.home == Home::Session)
            .collect())
    }

    /// A key by its id.
    pub(super) async fn known_key(&self, key_id: &[u8]) -> Outcome<Option<KnownKey>> {
        let keys = self.known_keys().await?.into_iter();
        Ok(keys.map(|(key, _)| key).find(|key| key.id == key_id))
    }

    async fn known_keys(&self) -> Outcome<Vec<(KnownKey, bool)>> {
        let rows = sqlx::query!(
            "SELECT key_id, home, current, check_nonce, check_sealed FROM vault_key ORDER BY key_id"
        )
        .fetch_all(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let keys = rows.into_iter().map(|row| {
            let key = KnownKey {
                id: row.key_id,
                home: Home::from_code(&row.home)?,
                check: Sealed {
                    nonce: row.check_nonce,
                    sealed: row.check_sealed,
                },
            };
            Ok((key, row.current == 1))
        });
        Ok(keys.collect::<anyhow::Result<_>>()?)
    }

    /// Whether anything is sealed by a key.
    pub(super) async fn seals_anything(&self, key_id: &[u8]) -> Outcome<bool> {
        sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT 1 FROM secret WHERE key_id = ?1) AS "any!: bool""#,
            key_id
        )
        .fetch_one(self.pool())
        .await
        .map_err(|error| self.problem(error))
    }

    /// Makes a key of the keyring the current one, unless another process was faster.
    pub(super) async fn register_keyring_key(&self, key: &DataKey) -> Outcome<bool> {
        let mut transaction = self.write().await?;
        let taken = sqlx::query_scalar!("SELECT key_id FROM vault_key WHERE current = 1")
            .fetch_optional(&mut *transaction)
            .await
            .map_err(|error| self.problem(error))?;
        if taken.is_some() {
            return Ok(false);
        }
        self.insert_key(&mut transaction, key, Home::Keyring)
            .await?;
        self.commit(transaction).await?;
        Ok(true)
    }

    /// Makes the key of a session known, so that values can be sealed with it.
    pub(super) async fn register_session_key(&self, key: &DataKey) -> Outcome<()> {
        let mut transaction = self.write().await?;
        self.insert_key(&mut transaction, key, Home::Session)
            .await?;
        self.commit(transaction).await
    }

    /// Puts a key, known or new, under a passphrase and makes it the current one. A passphrase
    /// that another process set in the meantime stays, unless it is the same key's.
    pub(super) async fn register_passphrase(
        &self,
        key: &DataKey,
        wrapped: &Wrapped,
    ) -> Outcome<()> {
        let mut transaction = self.write().await?;
        let problem = |error| self.problem(error);
        let key_id = key.id();
        let other = sqlx::query_scalar!(
            "SELECT key_id FROM vault_key
             WHERE current = 1 AND home = 'passphrase' AND key_id <> ?1",
            key_id
        )
        .fetch_optional(&mut *transaction)
        .await
        .map_err(problem)?;
        if other.is_some() {
            return Err(Problem::PassphraseNeeded);
        }
        sqlx::query!("UPDATE vault_key SET current = 0 WHERE current = 1")
            .execute(&mut *transaction)
            .await
            .map_err(problem)?;
        self.insert_key(&mut transaction, key, Home::Passphrase)
            .await?;
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = wrapped.cost;
        sqlx::query!(
            "INSERT OR REPLACE INTO vault_passphrase
                (key_id, salt, memory_kib, passes, lanes, nonce, wrapped)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            key_id,
            wrapped.salt,
            memory_kib,
            passes,
            lanes,
            wrapped.wrapped.nonce,
            wrapped.wrapped.sealed,
        )
        .execute(&mut *transaction)
        .await
        .map_err(problem)?;
        self.commit(transaction).await
    }

    /// How a key is wrapped by its passphrase.
    pub(super) async fn wrapped_key(&self, key_id: &[u8]) -> Outcome<Option<Wrapped>> {
        let row = sqlx::query!(
            "SELECT key_id, salt, memory_kib, passes, lanes, nonce, wrapped
             FROM vault_passphrase WHERE key_id = ?1",
            key_id
        )
        .fetch_optional(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        let number = |value: i64| u32::try_from(value).map_err(anyhow::Error::new);
        row.map(|row| {
            Ok(Wrapped {
                key_id: row.key_id,
                salt: row.salt,
                cost: Cost {
                    memory_kib: number(row.memory_kib)?,
                    passes: number(row.passes)?,
                    lanes: number(row.lanes)?,
                },
                wrapped: Sealed {
                    nonce: row.nonce,
                    sealed: row.wrapped,
                },
            })
        })
        .transpose()
    }

    /// Writes a key's check value anew and says where the key is kept by now; `None` if the key
    /// is no longer known.
    pub(super) async fn rewrite_check(&self, key: &DataKey) -> Outcome<Option<Home>> {
        let check = key.check_value()?;
        let key_id = key.id();
        let mut transaction = self.write().await?;
        let home = sqlx::query_scalar!(
            "UPDATE vault_key SET check_nonce = ?2, check_sealed = ?3 WHERE key_id = ?1
             RETURNING home",
            key_id,
            check.nonce,
            check.sealed
        )
        .fetch_optional(&mut *transaction)
        .await
        .map_err(|error| self.problem(error))?;
        self.commit(transaction).await?;
        Ok(home.map(|home| Home::from_code(&home)).transpose()?)
    }

    /// Forgets a key and everything that is sealed with it.
    pub(super) async fn forget_key(&self, key_id: &[u8]) -> Outcome<()> {
        sqlx::query!("DELETE FROM vault_key WHERE key_id = ?1", key_id)
            .execute(self.pool())
            .await
            .map_err(|error| self.problem(error))?;
        self.empty_log().await
    }

    /// Forgets a key, unless something is sealed with it.
    pub(super) async fn forget_unused_key(&self, key_id: &[u8]) -> Outcome<()> {
        sqlx::query!(
            "DELETE FROM vault_key
             WHERE key_id = ?1 AND NOT EXISTS (SELECT 1 FROM secret WHERE key_id = ?1)",
            key_id
        )
        .execute(self.pool())
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Seals everything that one key sealed with another key and forgets the first. Where both
    /// have a value, the one that is `newer` stays.
    pub(super) async fn move_sealed(
        &self,
        from: &DataKey,
        to: &DataKey,
        newer: bool,
    ) -> Outcome<()> {
        let (from_id, to_id) = (from.id(), to.id());
        let problem = |error| self.problem(error);
        let mut transaction = self.write().await?;
        let rows = sqlx::query!(
            "SELECT account_id, field, nonce, sealed FROM secret WHERE key_id = ?1",
            from_id
        )
        .fetch_all(&mut *transaction)
        .await
        .map_err(problem)?;
        for row in rows {
            let sealed = Sealed {
                nonce: row.nonce,
                sealed: row.sealed,
            };
            let plain = from
                .open(row.account_id, &row.field, &sealed)
                .ok_or_else(|| anyhow!("a sealed value does not open"))?;
            let sealed = to.seal(row.account_id, &row.field, &plain)?;
            sqlx::query!(
                "INSERT INTO secret (account_id, field, key_id, nonce, sealed)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET nonce = excluded.nonce, sealed = excluded.sealed
                 WHERE ?6",
                row.account_id,
                row.field,
                to_id,
                sealed.nonce,
                sealed.sealed,
                newer
            )
            .execute(&mut *transaction)
            .await
            .map_err(problem)?;
        }
        if newer {
            sqlx::query!(
                "DELETE FROM authorization WHERE key_id = ?2 AND account_id IN
                     (SELECT account_id FROM authorization WHERE key_id = ?1)",
                from_id,
                to_id
            )
            .execute(&mut *transaction)
            .await
            .map_err(problem)?;
        }
        sqlx::query!(
            "UPDATE OR IGNORE authorization SET key_id = ?2 WHERE key_id = ?1",
            from_id,
            to_id
        )
        .execute(&mut *transaction)
        .await
        .map_err(problem)?;
        sqlx::query!(
            "UPDATE candidate SET key_id = ?2 WHERE key_id = ?1",
            from_id,
            to_id
        )
        .execute(&mut *transaction)
        .await
        .map_err(problem)?;
        sqlx::query!("DELETE FROM vault_key WHERE key_id = ?1", from_id)
            .execute(&mut *transaction)
            .await
            .map_err(problem)?;
        self.commit(transaction).await?;
        self.empty_log().await
    }

    async fn insert_key(
        &self,
        connection: &mut SqliteConnection,
        key: &DataKey,
        home: Home,
    ) -> Outcome<()> {
        let check = key.check_value()?;
        let (key_id, home_code, current) = (key.id(), home.code(), home != Home::Session);
        sqlx::query!(
            "INSERT INTO vault_key (key_id, home, current, check_nonce, check_sealed)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key_id) DO UPDATE SET home = excluded.home, current = excluded.current",
            key_id,
            home_code,
            current,
            check.nonce,
            check.sealed
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
