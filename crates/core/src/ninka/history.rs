//! What happened to the accounts: kept as long as the setting says.

use jiff::Timestamp;

use super::Ninka;
use crate::account::{Account, AccountId};
use crate::operators::{Need, Permission};
use crate::problem::Outcome;
use crate::settings::Settings;
use crate::store::HistoryEntry;
use crate::view::HistoryView;

impl Ninka {
    /// When an account worked, when it broke and what changed then. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone); the data cannot be read.
    pub async fn history(&self, id: AccountId) -> Outcome<HistoryView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let (kept_days, entries) = self.history_entries(id).await?;
        Ok(HistoryView {
            kept_days,
            entries: entries.into_iter().map(Into::into).collect(),
        })
    }

    pub(super) async fn history_entries(&self, id: AccountId) -> Outcome<(i64, Vec<HistoryEntry>)> {
        self.store.account(id).await?;
        let kept = Settings::load(&self.settings).await?.history_kept();
        let since = self.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
        let entries = self.store.history(id, since).await?;
        Ok((kept.as_hours() / 24, entries))
    }

    /// Forgets what is older than the settings say: of the history, and of the desk's cases.
    /// Performs I/O.
    pub(super) async fn prune(&self) -> Outcome<()> {
        let settings = Settings::load(&self.settings).await?;
        let before = |kept| self.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
        self.store
            .forget_history(before(settings.history_kept()))
            .await?;
        // The desk's cases are real ones, also in practice.
        self.settings
            .forget_cases(before(settings.cases_kept()))
            .await
    }

    /// Keeps which settings of an account were changed, if any were.
    pub(super) async fn note_changes(&self, before: &Account, new_password: bool) -> Outcome<()> {
        let after = self.store.account(before.id).await?.account;
        let changed = [
            ("address", before.address != after.address),
            ("name", before.name != after.name),
            ("purpose", before.purpose != after.purpose),
            ("sign-in", before.auth != after.auth),
            ("signs-in", before.mailbox != after.mailbox),
            ("password", new_password),
            ("pop3", before.servers.pop3 != after.servers.pop3),
            ("imap", before.servers.imap != after.servers.imap),
            ("smtp", before.servers.smtp != after.servers.smtp),
        ];
        let fields: Vec<&str> = changed
            .into_iter()
            .filter_map(|(field, changed)| changed.then_some(field))
            .collect();
        if fields.is_empty() {
            return Ok(());
        }
        self.store.note_change(before.id, self.now(), &fields).await
    }
}
