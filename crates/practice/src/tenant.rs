//! The state that the sign-in pages, the token endpoint and the mail servers share.

use std::path::Path;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;

use crate::certificates::Certificates;
use crate::clock::Clock;
use crate::fault::{Fault, FaultSwitch};
use crate::folder::{Folder, Ports, Remembered};
use crate::grants::{Access, Grants};
use crate::http::visit::Visits;
use crate::mailbox::Mailboxes;
use crate::random;
use crate::texts::PracticeLanguage;

/// The tenant's mail domain.
pub(crate) const DOMAIN: &str = "hana-shop.example";
/// A domain of personal accounts, which stands for Outlook.com.
pub(crate) const PERSONAL_DOMAIN: &str = "kojin.example";
/// The tenant of every personal account.
pub(crate) const PERSONAL_TENANT_ID: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// The mailboxes of the account picker. Any other address of the domain exists as well.
pub(crate) const LOCAL_PARTS: [&str; 4] = ["order", "info", "support", "rakuten"];
/// A shared mailbox: nobody signs in as it.
pub(crate) const SHARED: &str = "shared@hana-shop.example";
/// Who has access to it.
pub(crate) const MEMBERS: [&str; 2] = ["order@hana-shop.example", "info@hana-shop.example"];
/// The tenant's id in tokens.
pub(crate) const TENANT_ID: &str = "4e694e6b-6100-4a50-8000-70726163746a";
/// The one application that is registered.
pub(crate) const CLIENT_ID: &str = "6e696e6b-6100-4c6c-9000-636c69656e74";
/// Its name on the pages.
pub(crate) const CLIENT_NAME: &str = "Ninka";

/// Everything the servers share.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) clock: Clock,
    pub(crate) faults: FaultSwitch,
    pub(crate) language: PracticeLanguage,
    pub(crate) certificates: Certificates,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) visits: Mutex<Visits>,
    grants: Mutex<Grants>,
    approved_by_admin: Mutex<Option<i64>>,
    /// The domains that were asked about, with who was asked.
    asked: Mutex<Vec<String>>,
    folder: Folder,
    ports: Mutex<Ports>,
    http_port: AtomicU16,
}

impl Tenant {
    /// Reads what the folder remembers and makes new certificates. Performs I/O.
    pub(crate) fn open(
        folder: Option<&Path>,
        language: PracticeLanguage,
    ) -> anyhow::Result<Arc<Self>> {
        let folder = Folder::open(folder)?;
        let Remembered {
            ports,
            ahead_seconds,
            grants,
        } = folder.read();
        let clock = Clock::new(ahead_seconds);
        Ok(Arc::new(Self {
            mailboxes: Mailboxes::new(clock.now()),
            clock,
            faults: FaultSwitch::default(),
            language,
            certificates: Certificates::make().context("the practice certificates")?,
            visits: Mutex::default(),
            grants: Mutex::new(Grants::new(grants)),
            approved_by_admin: Mutex::default(),
            asked: Mutex::default(),
            folder,
            ports: Mutex::new(ports),
            http_port: AtomicU16::new(0),
        }))
    }

    pub(crate) fn ports(&self) -> Ports {
        *lock(&self.ports)
    }

    /// Notes where the servers listen, also for the next start. Performs I/O.
    pub(crate) fn set_ports(&self, ports: Ports) -> anyhow::Result<()> {
        *lock(&self.ports) = ports;
        self.http_port.store(ports.http, Ordering::SeqCst);
        self.save()
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.http_port.load(Ordering::SeqCst))
    }

    /// The issuer of the tenant's own tokens.
    pub(crate) fn issuer(&self) -> String {
        self.issuer_of(TENANT_ID)
    }

    /// The issuer of a tenant's tokens.
    pub(crate) fn issuer_of(&self, tenant_id: &str) -> String {
        format!("{}/{tenant_id}/v2.0", self.base())
    }

    /// Notes that somebody asked about a domain. An old note makes place for a new one.
    pub(crate) fn note_asked(&self, who: &str, domain: &str) {
        const NOTES: usize = 1_000;
        let mut asked = lock(&self.asked);
        if asked.len() == NOTES {
            asked.remove(0);
        }
        asked.push(format!("{who} {domain}"));
    }

    /// What was noted.
    pub(crate) fn asked(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }

    pub(crate) fn addresses() -> Vec<String> {
        LOCAL_PARTS
            .iter()
            .map(|local| format!("{local}@{DOMAIN}"))
            .collect()
    }

    /// The address as it exists here, or nothing when it is another domain's.
    pub(crate) fn own_address(text: &str) -> Option<String> {
        let address = text.trim().to_lowercase();
        let (local, domain) = address.split_once('@')?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "._+-".contains(letter);
        let good = !local.is_empty() && local.len() <= 64 && local.chars().all(plain);
        (good && [DOMAIN, PERSONAL_DOMAIN].contains(&domain)).then_some(address)
    }

    /// Whether a user may open a mailbox: its own, or a shared one that it has access to.
    pub(crate) fn opens(user: &str, mailbox: &str) -> bool {
        let mut members = MEMBERS.iter();
        user.eq_ignore_ascii_case(mailbox)
            || (mailbox.eq_ignore_ascii_case(SHARED)
                && members.any(|member| member.eq_ignore_ascii_case(user)))
    }

    /// Who really signs in when this address was chosen.
    pub(crate) fn signs_in_as(&self, address: &str) -> String {
        let other = || Self::addresses().into_iter().find(|other| other != address);
        let other = self
            .faults
            .is(Fault::OtherAccountSignsIn)
            .then(other)
            .flatten();
        other.unwrap_or_else(|| address.to_owned())
    }

    /// Whether consent still waits for an administrator.
    pub(crate) fn approval_needed(&self) -> bool {
        let Some((Fault::AdminApprovalNeeded, since)) = self.faults.since() else {
            return false;
        };
        lock(&self.approved_by_admin).is_none_or(|approved| approved < since)
    }

    /// Notes that an administrator has agreed.
    pub(crate) fn approve(&self) {
        *lock(&self.approved_by_admin) = Some(self.clock.stamp());
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        lock(&self.grants)
    }

    /// Looks again into the folder when a token is unknown: another process may have issued it.
    pub(crate) fn learn_if_unknown(&self, refresh_token: &str) {
        let mut grants = self.grants();
        if !grants.knows_refresh(refresh_token) {
            grants.learn(self.folder.read().grants);
        }
    }

    /// The user of a good access token with its scopes.
    pub(crate) fn access(&self, token: &str) -> Option<Access> {
        let access = self.grants().access(token).cloned()?;
        (access.expires > self.clock.now().as_microsecond()).then_some(access)
    }

    /// Writes the folder, together with what other processes have put there. Performs I/O.
    pub(crate) fn save(&self) -> anyhow::Result<()> {
        let mut grants = self.grants();
        grants.learn(self.folder.read().grants);
        self.folder.write(&self.remembered(&grants))
    }

    fn remembered(&self, grants: &Grants) -> Remembered {
        Remembered {
            ports: self.ports(),
            ahead_seconds: self.clock.ahead_seconds(),
            grants: grants.refresh_tokens().clone(),
        }
    }

    /// As at the first start, but for the ports. Performs I/O.
    pub(crate) fn reset(&self) -> anyhow::Result<()> {
        self.clock.reset();
        self.faults.set(None, 0);
        *lock(&self.approved_by_admin) = None;
        *lock(&self.visits) = Visits::default();
        lock(&self.asked).clear();
        self.mailboxes.reset(self.clock.now());
        let mut grants = self.grants();
        *grants = Grants::default();
        self.folder.write(&self.remembered(&grants))
    }
}

/// The tenant that an address is in.
pub(crate) fn tenant_id(address: &str) -> &'static str {
    let domain = address.rsplit_once('@').map(|(_, domain)| domain);
    if domain == Some(PERSONAL_DOMAIN) {
        PERSONAL_TENANT_ID
    } else {
        TENANT_ID
    }
}

/// The object id of a user: the same at every start.
pub(crate) fn object_id(address: &str) -> String {
    random::guid_from(&format!("user {address}"))
}

/// Locks; a panic elsewhere does not end the practice.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_domain_exist() {
        let own = Tenant::own_address;
        assert_eq!(
            own(" Order@Hana-Shop.example ").as_deref(),
            Some("order@hana-shop.example")
        );
        assert!(own("anyone.else@hana-shop.example").is_some());
        for bad in [
            "order@other.example",
            "order",
            "@hana-shop.example",
            "a b@hana-shop.example",
        ] {
            assert_eq!(own(bad), None, "{bad}");
        }
    }
}
