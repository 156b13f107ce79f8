//! Registering, showing, changing and removing accounts.

use jiff::SignedDuration;

use super::Ninka;
use crate::account::{
    Account, AccountDraft, AccountId, AuthMethod, EndpointDraft, Purpose, Revision,
};
use crate::authorization::{self, AuthorizationState, Standing};
use crate::operators::{Deed, Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::store::{StoredAccount, Verdict};
use crate::view::{
    self, AccountRow, AccountView, DiagnosisView, EndpointView, SaveAccount, SideView,
};

/// How things stand, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    /// Accounts that need somebody.
    pub waiting: usize,
    /// Whether an authorization is renewed by itself.
    pub renewed: bool,
}

impl Ninka {
    /// The list, by address. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn accounts(&self) -> Outcome<Vec<AccountRow>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let stored = self.store.accounts().await?;
        let every = Settings::load(&self.settings).await?.renewal_every();
        Ok(stored
            .iter()
            .map(|account| self.row(account, every))
            .collect())
    }

    /// How many accounts need somebody, and whether any is renewed: for the tray and the end of the
    /// program, which tell no more than the numbers. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn attention(&self) -> Outcome<Attention> {
        let every = Settings::load(&self.settings).await?.renewal_every();
        let stored = self.store.accounts().await?;
        let rows: Vec<AccountRow> = stored
            .iter()
            .map(|stored| self.row(stored, every))
            .collect();
        Ok(Attention {
            waiting: rows.iter().filter(|row| row.needs_attention()).count(),
            renewed: rows.iter().any(AccountRow::is_renewed),
        })
    }

    /// An account as the form shows it. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`], or the data cannot be read.
    pub async fn account(&self, id: AccountId) -> Outcome<AccountView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        self.account_view(id).await
    }

    /// The same for what was allowed when it began.
    pub(super) async fn account_view(&self, id: AccountId) -> Outcome<AccountView> {
        let stored = self.store.account(id).await?;
        let every = Settings::load(&self.settings).await?.renewal_every();
        Ok(self.view(&stored, every))
    }

    /// The account of an address, whatever its case. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn account_by_address(&self, address: &str) -> Outcome<Option<AccountView>> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let stored = self.store.account_by_address(address).await?;
        let every = Settings::load(&self.settings).await?.renewal_every();
        Ok(stored.as_ref().map(|stored| self.view(stored, every)))
    }

    /// Registers an account or changes one. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with every fault at its field; [`Problem::AccountChanged`] when it was
    /// changed elsewhere since it was shown; the vault's problems when a password is to be sealed.
    pub async fn save_account(&self, request: SaveAccount) -> Outcome<AccountView> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let existing = match request.id {
            Some(id) => Some(self.store.account(AccountId(id)).await?),
            None => None,
        };
        let revision = request.revision.map(Revision);
        let password_stored = existing
            .as_ref()
            .is_some_and(|stored| stored.password_stored);
        let new_password = request.password.is_some();
        let draft = AccountDraft::from(request);
        let draft = draft
            .check(password_stored)
            .map_err(|fields| Problem::Invalid { fields })?;
        let deed = if existing.is_some() {
            Deed::AccountChanged
        } else {
            Deed::AccountAdded
        };
        let id = match existing {
            Some(stored) => {
                let id = stored.account.id;
                let revision = revision.unwrap_or(stored.account.revision);
                self.store
                    .update_account(&self.vault, id, revision, &draft)
                    .await?;
                self.note_changes(&stored.account, new_password).await?;
                // A token bought before belongs to the account as it was.
                self.tokens.forget(id);
                id
            }
            None => {
                self.store
                    .insert_account(&self.vault, &draft, self.now())
                    .await?
            }
        };
        self.keep_known_kind(id, &draft.address).await;
        self.did(&by, deed, draft.address.as_str()).await?;
        self.account_view(id).await
    }

    /// Removes an account with everything that is sealed for it; if it was authorized, tells where
    /// its user takes the consent back, as far as that is known. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] when it was changed elsewhere since it
    /// was shown; the data cannot be written.
    pub async fn remove_account(
        &self,
        id: AccountId,
        revision: Revision,
    ) -> Outcome<Option<String>> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let stored = self.store.account(id).await?;
        if stored.account.revision != revision {
            return Err(Problem::AccountChanged);
        }
        let page = match stored.grant {
            Some(_) => self.withdrawal_page(&stored).await?,
            None => None,
        };
        self.consents.cancel(id);
        self.store.remove_account(id).await?;
        self.tokens.forget(id);
        let address = stored.account.address.as_str();
        self.did(&by, Deed::AccountRemoved, address).await?;
        Ok(page)
    }

    /// 元に戻す: brings back what an account had before it was switched to OAuth. An authorization it
    /// got since goes, and a consent that is being asked for is given up. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::AccountGone`]; [`Problem::AccountChanged`] when it was changed elsewhere since it
    /// was shown; [`Problem::NothingToUndo`]; the data cannot be written.
    pub async fn undo_switch(&self, id: AccountId, revision: Revision) -> Outcome<AccountView> {
        let by = self.needs(Need::Accounts(Permission::Edit)).await?;
        let before = self.store.account(id).await?.account;
        self.store.undo_switch(id, revision).await?;
        self.consents.cancel(id);
        self.tokens.forget(id);
        self.note_changes(&before, false).await?;
        let address = before.address.as_str();
        self.did(&by, Deed::SwitchUndone, address).await?;
        self.account_view(id).await
    }

    fn row(&self, stored: &StoredAccount, every: SignedDuration) -> AccountRow {
        let Account {
            id,
            address,
            name,
            purpose,
            auth,
            mailbox,
            ..
        } = &stored.account;
        let standing = Standing::of(stored, every);
        let state = view::AuthorizationState::from(&AuthorizationState::at(&standing, self.now()));
        let warning = authorization::stage(&standing, self.stands_still(), self.now());
        let asked = self.consents.under_way().contains(id);
        AccountRow {
            id: id.0,
            address: address.as_str().to_owned(),
            name: name.clone(),
            purpose: (*purpose).into(),
            oauth: matches!(auth, AuthMethod::OAuth),
            switched: stored.switched,
            signs_in: mailbox.typed(),
            authorization: if asked {
                let before = Box::new(state);
                view::AuthorizationState::BeingAuthorized { before }
            } else {
                state
            },
            warning: warning.filter(|_| !asked).map(Into::into),
            reception: side(stored.reception.as_ref(), purpose.needs_reception()),
            sending: side(stored.sending.as_ref(), purpose.needs_sending()),
        }
    }

    fn view(&self, stored: &StoredAccount, every: SignedDuration) -> AccountView {
        let servers = &stored.account.servers;
        AccountView {
            row: self.row(stored, every),
            revision: stored.account.revision.0,
            user: match &stored.account.auth {
                AuthMethod::OAuth => String::new(),
                AuthMethod::Password { user } => user.clone(),
            },
            signed_in_as: stored
                .grant
                .as_ref()
                .map(|grant| grant.signed_in_as.clone()),
            password_stored: stored.password_stored,
            pop3: servers.pop3.as_ref().map(EndpointView::from),
            imap: servers.imap.as_ref().map(EndpointView::from),
            smtp: servers.smtp.as_ref().map(EndpointView::from),
            writing: stored.account.writing.into(),
        }
    }
}

/// What a side of the list shows: a failure counts only where the purpose needs the side.
fn side(verdict: Option<&Verdict>, needed: bool) -> SideView {
    let Some(verdict) = verdict else {
        return if needed {
            SideView::Unchecked
        } else {
            SideView::NotNeeded
        };
    };
    let at = verdict.at.as_second();
    match (&verdict.failure, needed) {
        (None, _) => SideView::Ok { at },
        (Some(_), false) => SideView::NotNeeded,
        (Some(diagnosis), true) => SideView::Failed {
            at,
            protocol: verdict.protocol.into(),
            diagnosis: DiagnosisView::clone(diagnosis),
        },
    }
}

impl From<SaveAccount> for AccountDraft {
    fn from(request: SaveAccount) -> Self {
        let endpoint = |view: Option<EndpointView>| {
            view.map(|EndpointView { host, port, tls }| EndpointDraft {
                host,
                port,
                tls: tls.into(),
            })
        };
        Self {
            address: request.address,
            name: request.name,
            purpose: Purpose::from(request.purpose),
            oauth: request.oauth,
            signs_in: request.signs_in,
            user: request.user,
            password: request.password.map(Secret::new),
            pop3: endpoint(request.pop3),
            imap: endpoint(request.imap),
            smtp: endpoint(request.smtp),
            writing: request.writing.into(),
        }
    }
}
