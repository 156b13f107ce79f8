//! Whose account an address is: asked for while it is typed, kept with the account, and known to
//! every check.

use super::{Ninka, Provider};
use crate::account::{AccountId, MailAddress, Servers};
use crate::check::Whose;
use crate::diagnosis::AccountKind;
use crate::kind::{self, MailHome, PasswordLimits, Realm, Signs};
use crate::operators::{Need, Permission};
use crate::problem::{Outcome, Problem};
use crate::settings::Settings;
use crate::store::StoredAccount;
use crate::view::{KindFound, KindView};

impl Ninka {
    /// Finds out whose account an address is. Performs I/O, at most three seconds long: the domain
    /// goes to the DNS and to Microsoft, unless the setting `ask-account-kind` is off or the domain
    /// tells by itself. A question that is still open is given up for this one.
    ///
    /// # Errors
    /// [`Problem::Cancelled`]; the settings or the data cannot be read.
    pub async fn account_kind(&self, address: &str) -> Outcome<KindView> {
        self.needs(Need::Accounts(Permission::View)).await?;
        let cancel = self.restart_asking();
        let Some(address) = MailAddress::new(address) else {
            return Ok(self.kind_view(AccountKind::Unknown, KindFound::Unknown));
        };
        let domain = address.domain();
        let by_domain = kind::by_domain(&domain);
        if by_domain != AccountKind::Unknown {
            return Ok(self.kind_view(by_domain, found(by_domain)));
        }
        let stored = self.store.account_by_address(address.as_str()).await?;
        let stored = stored.map_or(AccountKind::Unknown, |stored| stored.kind);
        let (kind, said) = if Settings::load(&self.settings).await?.ask_account_kind {
            let provider = self.provider().await?;
            let signs = tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Problem::Cancelled),
                signs = self.kinds.signs(&domain, &provider.cloud) => signs,
            };
            (signs.kind(), said(&signs))
        } else {
            (AccountKind::Unknown, KindFound::NotAsked)
        };
        // What was found out before stays true while nobody answers.
        if kind == AccountKind::Unknown && stored != AccountKind::Unknown {
            return Ok(self.kind_view(stored, found(stored)));
        }
        Ok(self.kind_view(kind, said))
    }

    /// Gives up finding out whose account an address is.
    pub fn cancel_account_kind(&self) {
        self.restart_asking();
    }

    fn restart_asking(&self) -> tokio_util::sync::CancellationToken {
        let mut asking = self
            .asking
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *asking).cancel();
        asking.clone()
    }

    fn kind_view(&self, kind: AccountKind, found: KindFound) -> KindView {
        KindView {
            kind: kind.into(),
            found,
            password: PasswordLimits::of(kind, self.now()).map(Into::into),
        }
    }

    /// Whom a failed check may ask whose an account is, for those of which it is not known.
    pub(super) fn whose(&self, accounts: &[StoredAccount], provider: &Provider) -> Whose {
        let unknown = |stored: &&StoredAccount| known(stored) == AccountKind::Unknown;
        let domain = |stored: &StoredAccount| {
            let account = &stored.account;
            (account.id, account.address.domain())
        };
        Whose {
            kinds: self.kinds.clone(),
            cloud: provider.cloud.clone(),
            domains: accounts.iter().filter(unknown).map(domain).collect(),
        }
    }

    /// Keeps with an account what is known of its domain; asks nobody.
    pub(super) async fn keep_known_kind(&self, id: AccountId, address: &MailAddress) {
        let kept = async {
            let provider = self.provider().await?;
            let kind = self.kinds.known(&address.domain(), &provider.cloud);
            self.store.record_kind(id, kind).await
        };
        if let Err(problem) = kept.await {
            tracing::warn!(code = problem.code(), "whose account it is was not kept");
        }
    }
}

impl Provider {
    /// The mail servers of an account of this kind.
    pub(super) fn servers_of(&self, kind: AccountKind) -> Servers {
        if self.cloud.servers() == self.servers {
            self.cloud.servers_of(kind)
        } else {
            self.servers.clone()
        }
    }
}

/// What is known of a stored account without asking.
pub(super) fn known(stored: &StoredAccount) -> AccountKind {
    match stored.kind {
        AccountKind::Unknown => kind::by_domain(&stored.account.address.domain()),
        kind @ (AccountKind::Work | AccountKind::Personal | AccountKind::Other) => kind,
    }
}

const fn found(kind: AccountKind) -> KindFound {
    match kind {
        AccountKind::Work => KindFound::Work,
        AccountKind::Personal => KindFound::Personal,
        AccountKind::Other => KindFound::Other,
        AccountKind::Unknown => KindFound::Unknown,
    }
}

fn said(signs: &Signs) -> KindFound {
    match (signs.kind(), signs.realm.found, signs.mail.found) {
        (AccountKind::Other, _, Some(MailHome::NoDomain)) => KindFound::NoDomain,
        (AccountKind::Unknown, Some(Realm::Organisation), Some(MailHome::Elsewhere)) => {
            KindFound::MailElsewhere
        }
        (kind, _, _) => found(kind),
    }
}
