//! 認可: from the button to the stored grant.

use super::Ninka;
use crate::account::{AccountId, AuthMethod, Purpose, Servers};
use crate::authorization::{ConsentPorts, ConsentRequest, Signer, consent};
use crate::cloud::MailProtocol;
use crate::operators::{Deed, Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::settings::{Reception, Settings};
use crate::view::{AccountView, ConsentEvent};

impl Ninka {
    /// Gets Microsoft's consent for an account in the browser and stores it. Performs I/O and waits
    /// for the user, ten minutes at most. The authorization there was stays until the new one has
    /// been proven, tried out and stored.
    ///
    /// # Errors
    /// Whatever kept consent from being asked for, given, proven or stored; nothing changed then.
    pub async fn authorize(
        &self,
        id: AccountId,
        progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    ) -> Outcome<AccountView> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let stored = self.store.account(id).await?;
        let account = &stored.account;
        if account.auth != AuthMethod::OAuth {
            return Err(Problem::NotOAuth);
        }
        let provider = self.provider().await?;
        let client_id = provider.client_id.clone();
        let client_id = client_id.ok_or(Problem::ClientIdMissing)?;
        let mut place = self.consents.begin(id)?;
        // Better now than after the user has signed in: can what comes back be kept?
        self.vault.write_test().await?;
        let settings = Settings::load(&self.settings).await?;
        let mut request =
            ConsentRequest::new(account.address.clone(), client_id, provider.cloud.clone());
        request.signer = Signer::of(&account.mailbox);
        request.protocols = protocols(account.purpose, &account.servers, settings.reception);
        request.language = settings.effective_language();
        let ports = ConsentPorts {
            http: self.http.clone(),
            clock: self.clock.clone(),
            browser: self.browser.clone(),
        };
        let revision = account.revision;
        let (reception, cancel) = (settings.reception, place.cancel().clone());
        let telling = place.telling();
        let progress = &|event: ConsentEvent| {
            telling.tell(event.clone());
            progress(event);
        };
        let ended = consent(&request, &ports, progress, &mut place, async |grant| {
            progress(ConsentEvent::Checking);
            let terms = (&provider, reception);
            self.put_to_trial((id, revision), grant, terms, &cancel)
                .await
        })
        .await;
        if ended.is_ok() {
            self.tokens.forget(id);
        }
        place.end(ended.clone());
        // It is being authorized no longer.
        drop(place);
        ended?;
        let address = account.address.as_str();
        self.did(&by, Deed::Authorized, address).await?;
        self.account_view(id).await
    }

    /// Takes part in a consent that is under way: what it has told, what it tells, and its end. For
    /// a window that was made anew meanwhile.
    ///
    /// # Errors
    /// [`Problem::ConsentOver`] where none is under way; as of [`authorize`](Self::authorize).
    pub async fn follow_consent(
        &self,
        id: AccountId,
        progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    ) -> Outcome<AccountView> {
        self.needs(Need::Accounts(Permission::Edit)).await?;
        self.consents.follow(id, progress).await?;
        self.account_view(id).await
    }

    /// Cancels an account's consent, if one is being asked for.
    pub fn cancel_authorize(&self, id: AccountId) {
        self.consents.cancel(id);
    }
}

/// The protocols an account needs: what its purpose needs, and for reception those whose servers
/// were entered, else the one that the settings choose.
pub(super) fn protocols(
    purpose: Purpose,
    servers: &Servers,
    reception: Reception,
) -> Vec<MailProtocol> {
    let mut protocols = Vec::new();
    if purpose.needs_reception() {
        protocols.extend(reception_protocols(servers, reception));
    }
    if purpose.needs_sending() {
        protocols.push(MailProtocol::Smtp);
    }
    protocols
}

/// The protocols of `Mail[受信]`.
pub(super) fn reception_protocols(servers: &Servers, reception: Reception) -> Vec<MailProtocol> {
    match (&servers.pop3, &servers.imap, reception) {
        (Some(_), Some(_), _) => vec![MailProtocol::Pop3, MailProtocol::Imap],
        (Some(_), None, _) | (None, None, Reception::Pop3) => vec![MailProtocol::Pop3],
        (None, Some(_), _) | (None, None, Reception::Imap) => vec![MailProtocol::Imap],
    }
}
