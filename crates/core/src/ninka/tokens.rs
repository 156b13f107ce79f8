//! Access tokens for other programs, and renewals that somebody asks for.

use futures_util::future::join_all;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::Ninka;
use super::targets::granted;
use crate::account::{AccountId, AuthMethod};
use crate::authorization::Need as TokenNeed;
use crate::check::xoauth2;
use crate::cloud::MailProtocol;
use crate::operators::{Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::view::{RenewalView, StatusView};

/// An access token for another program.
#[derive(Debug)]
pub struct SharedToken {
    user: String,
    token: Secret,
    /// The end of its life.
    pub expires_at: Timestamp,
}

impl SharedToken {
    /// The token, as a mail program's `passwd`-like setting wants it.
    #[must_use]
    pub const fn token(&self) -> &Secret {
        &self.token
    }

    /// The initial client response of SASL XOAUTH2, in Base64.
    #[must_use]
    pub fn sasl(&self) -> Secret {
        xoauth2(&self.user, &self.token)
    }
}

impl Ninka {
    /// The number of an address's account, for [`shared_token`](Self::shared_token). Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; the data cannot be read.
    pub async fn account_number(&self, address: &str) -> Outcome<AccountId> {
        let stored = self.store.account_by_address(address).await?;
        stored
            .map(|stored| stored.account.id)
            .ok_or(Problem::AccountGone)
    }

    /// A fresh access token for another program, renewed under the same lease as all others. Other
    /// programs run while nobody is signed in: the setting is the permission. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::TokensNotShared`] unless the setting allows it; [`Problem::NotOAuth`];
    /// [`Problem::ScopesMissing`] where the token is not good for the protocol; what a renewal can
    /// fail with.
    pub async fn shared_token(
        &self,
        id: AccountId,
        protocol: Option<MailProtocol>,
        cancel: &CancellationToken,
    ) -> Outcome<SharedToken> {
        if !Settings::load(&self.settings).await?.share_tokens {
            return Err(Problem::TokensNotShared);
        }
        let stored = self.store.account(id).await?;
        if stored.account.auth != AuthMethod::OAuth {
            return Err(Problem::NotOAuth);
        }
        let access = self.tokens.fresh(id, TokenNeed::Living, cancel).await?;
        let cloud = self.provider().await?.cloud;
        let good = |protocol: &MailProtocol| granted(&access.scopes, &cloud).contains(protocol);
        if let Some(protocol) = protocol.filter(|protocol| !good(protocol)) {
            let scopes = cloud.scope(protocol);
            return Err(Problem::ScopesMissing { scopes });
        }
        Ok(SharedToken {
            user: stored.account.address.as_str().to_owned(),
            token: access.token,
            expires_at: access.expires_at,
        })
    }

    /// Renews authorizations now; none named means every one. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read; [`Problem::AccountGone`]. Why one was not renewed is in its row.
    pub async fn renew_now(
        &self,
        ids: &[AccountId],
        cancel: &CancellationToken,
    ) -> Outcome<Vec<RenewalView>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let mut accounts = self.store.accounts().await?;
        if ids.is_empty() {
            accounts.retain(|stored| {
                stored.account.auth == AuthMethod::OAuth && stored.grant.is_some()
            });
        } else {
            accounts.retain(|stored| ids.contains(&stored.account.id));
            if accounts.is_empty() {
                return Err(Problem::AccountGone);
            }
        }
        let renewals = accounts.iter().map(async |stored| {
            if stored.account.auth != AuthMethod::OAuth {
                return Err(Problem::NotOAuth);
            }
            let renewed = self
                .tokens
                .fresh(stored.account.id, TokenNeed::Renewed, cancel);
            renewed.await.map(|_| ())
        });
        let outcomes = join_all(renewals).await;
        let mut views = Vec::new();
        for (stored, outcome) in accounts.iter().zip(outcomes) {
            views.push(RenewalView {
                row: self.account_view(stored.account.id).await?.row,
                problem: outcome.err().map(Into::into),
            });
        }
        Ok(views)
    }

    /// Everything that needs somebody, at a glance. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn status(&self) -> Outcome<StatusView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let app = self.app_view().await?;
        let accounts = self.accounts().await?;
        Ok(StatusView {
            version: app.version,
            vault: app.vault,
            attention: accounts.iter().any(StatusView::needs_somebody),
            accounts,
        })
    }
}
