//! What a user asks of a consent that is waited for: other ways to the page and back from it, and
//! what an administrator has to be told.

use super::{Ninka, Outcome, Problem};
use crate::account::AccountId;
use crate::authorization::ConsentWish;
use crate::browsers::{Browser, BrowserChoice};
use crate::diagnosis::{AdminRequest, Cause, admin_message, approval_link};
use crate::language::Language;
use crate::operators::{Need, Permission};
use crate::secret::Secret;
use crate::view::{ApprovalView, BrowserView};

impl Ninka {
    /// Opens the sign-in page again: in the default browser, or in one of [`Self::browsers`] by its
    /// id, there in a private window if wished. Performs I/O.
    ///
    /// # Errors
    /// No consent is waited for, or the browser cannot be started.
    pub async fn open_consent(
        &self,
        id: AccountId,
        browser: Option<&str>,
        private: bool,
    ) -> Outcome<()> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        let choice = match browser {
            None => None,
            Some(code) => {
                let browser = Browser::from_code(code).ok_or(Problem::BrowserNotOpened)?;
                Some(BrowserChoice { browser, private })
            }
        };
        self.consents.wish(id, ConsentWish::Open(choice)).await
    }

    /// Takes the final address, which was copied out of the browser.
    ///
    /// # Errors
    /// No consent is waited for, or the address is not its answer.
    pub async fn paste_consent(&self, id: AccountId, address: Secret) -> Outcome<()> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        self.consents.wish(id, ConsentWish::Paste(address)).await
    }

    /// Asks for a code to be used on another device; it comes by the consent's progress. The
    /// browser is waited for as before.
    ///
    /// # Errors
    /// No consent is waited for.
    pub async fn device_consent(&self, id: AccountId) -> Outcome<()> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        self.consents.wish(id, ConsentWish::DeviceCode).await
    }

    /// The browsers that the page can be opened in. Performs I/O.
    ///
    /// # Errors
    /// Never but by a fault of the program.
    pub async fn browsers(&self) -> Outcome<Vec<BrowserView>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let port = self.browser.clone();
        let found = tokio::task::spawn_blocking(move || port.installed()).await;
        let found = found.map_err(anyhow::Error::from)?;
        Ok(found.into_iter().map(BrowserView::from).collect())
    }

    /// What an administrator needs to approve the app. Performs I/O.
    ///
    /// # Errors
    /// The account is gone, or no client id is set.
    pub async fn approval(&self, id: AccountId) -> Outcome<ApprovalView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let stored = self.store.account(id).await?;
        let provider = self.provider().await?;
        let client_id = provider.client_id.ok_or(Problem::ClientIdMissing)?;
        let authority = provider.cloud.authority();
        let request = AdminRequest {
            address: stored.account.address.as_str(),
            client_id: &client_id,
            authority: &authority,
        };
        let message = |language| {
            admin_message(Cause::AdminConsentRequired, language, request).unwrap_or_default()
        };
        Ok(ApprovalView {
            link: approval_link(&client_id, &authority),
            ja: message(Language::Ja),
            en: message(Language::En),
        })
    }
}
