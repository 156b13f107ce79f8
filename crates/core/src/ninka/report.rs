//! The support report of an account, and opening one of another computer.

use super::Ninka;
use crate::account::AccountId;
use crate::operators::{Need, Permission};
use crate::problem::Outcome;
use crate::report::{self, Report};
use crate::settings::{SettingKey, Settings};
use crate::view::{ReportSetting, ReportView, SelfTestRow};

impl Ninka {
    /// Gathers everything that the desk needs to see the same as the customer. The computer is
    /// tested for it, as [`self_test`](Self::self_test) does; mail servers are not signed in to: the
    /// last check is what is reported. Performs I/O; ends within some seconds, or at once when
    /// [`cancel_checks`](Self::cancel_checks) is called.
    ///
    /// # Errors
    /// [`Problem::AccountGone`](crate::Problem::AccountGone); the data cannot be read; it was
    /// cancelled.
    pub async fn report(
        &self,
        id: AccountId,
        progress: &(dyn Fn(&SelfTestRow) + Send + Sync),
    ) -> Outcome<Report> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let mut account = self.account(id).await?;
        account.row.authorization = account.row.authorization.settled().clone();
        let stored = self.store.account(id).await?;
        let self_test = self.self_test(progress).await?;
        let (_, history) = self.history_entries(id).await?;
        let settings = Settings::load(&self.settings).await?;
        let app = self.app_view().await?;
        let provider = self.provider().await?;
        let facts = ReportView {
            version: app.version,
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            made_at: self.now().as_second(),
            practice: app.practice,
            shortened: false,
            account,
            kind: stored.kind.into(),
            scopes: stored.grant.map(|grant| grant.scopes).unwrap_or_default(),
            check: self.store.last_check(id).await?,
            history: history.into_iter().map(Into::into).collect(),
            self_test,
            vault: app.vault,
            client_id: app.client_id,
            authority: provider.cloud.authority(),
            settings: SettingKey::ALL
                .map(|key| ReportSetting {
                    key: key.name().to_owned(),
                    value: settings.get(key),
                })
                .into(),
            traces: Vec::new(),
        };
        Ok(Report::new(facts, self.secrets_at_hand(id).await))
    }

    /// Opens a report of another computer. Nothing of it is kept.
    ///
    /// # Errors
    /// Why the file is refused, each by its name.
    pub fn open_report(file: &[u8]) -> Outcome<ReportView> {
        report::open(file)
    }

    /// Everything secret of an account that this process can see. What it cannot open, it has not
    /// put into any text either.
    async fn secrets_at_hand(&self, id: AccountId) -> Vec<crate::secret::Secret> {
        let mut secrets = self.tokens.held(id);
        match self.store.secrets_of(&self.vault, id).await {
            Ok(sealed) => secrets.extend(sealed),
            Err(problem) => tracing::info!(code = problem.code(), "a report without the vault"),
        }
        secrets
    }
}
