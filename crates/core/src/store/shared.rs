//! Which accounts are shared mailboxes, and who signs in for them. An account without a row is a
//! mailbox of its own.

use std::collections::BTreeMap;

use sqlx::SqliteConnection;

use super::database::Store;
use crate::account::{AccountId, MailAddress, Mailbox};
use crate::problem::Outcome;

impl Store {
    /// The shared mailboxes, by account.
    pub(super) async fn mailboxes_in(
        &self,
        connection: &mut SqliteConnection,
        (first, last): (i64, i64),
    ) -> Outcome<BTreeMap<i64, Mailbox>> {
        let found = sqlx::query!(
            "SELECT account_id, person FROM shared_mailbox WHERE account_id BETWEEN ?1 AND ?2",
            first,
            last
        )
        .fetch_all(connection)
        .await
        .map_err(|error| self.problem(error))?;
        let shared = found.into_iter().map(|row| {
            let person = MailAddress::new(&row.person);
            (row.account_id, Mailbox::Shared { person })
        });
        Ok(shared.collect())
    }

    /// Keeps whose mailbox an account's is.
    pub(super) async fn put_mailbox(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        mailbox: &Mailbox,
    ) -> Outcome<()> {
        let query = match mailbox.typed() {
            None => sqlx::query!("DELETE FROM shared_mailbox WHERE account_id = ?1", id),
            Some(person) => sqlx::query!(
                "INSERT INTO shared_mailbox (account_id, person) VALUES (?1, ?2)
                 ON CONFLICT (account_id) DO UPDATE SET person = ?2",
                id,
                person
            ),
        };
        query
            .execute(connection)
            .await
            .map_err(|error| self.problem(error))?;
        Ok(())
    }

    /// Keeps the person who was the first to sign in for a shared mailbox that was open to anybody.
    pub(super) async fn keep_person(
        &self,
        connection: &mut SqliteConnection,
        AccountId(id): AccountId,
        signed_in_as: &str,
    ) -> Outcome<()> {
        let Some(person) = MailAddress::new(signed_in_as) else {
            return Ok(());
        };
        let person = person.as_str();
        sqlx::query!(
            "UPDATE shared_mailbox SET person = ?2
             WHERE account_id = ?1 AND person = '' AND NOT EXISTS
                 (SELECT 1 FROM account WHERE id = ?1 AND address = ?2)",
            id,
            person
        )
        .execute(connection)
        .await
        .map_err(|error| self.problem(error))?;
        Ok(())
    }
}
