//! What the façade is opened with: folders, ports, and in practice mode a provider of its own.

use std::path::PathBuf;
use std::sync::Arc;

use rustls_pki_types::CertificateDer;

use crate::account::Servers;
use crate::authorization::BrowserPort;
use crate::check::Neighbour;
use crate::clock::{SharedClock, SystemClock};
use crate::cloud::Cloud;
use crate::kind::MailHostsPort;
use crate::providers::Outside;
use crate::secret::Secret;
use crate::store::KeyringPort;
use crate::tls::Trust;

/// The setting that tells that starting with the computer was offered.
pub(super) const AUTOSTART_OFFERED: &str = "autostart-offered";
/// The setting that tells how the program is to start.
pub(super) const START_MODE: &str = "start-mode";

/// What the façade is opened with.
#[derive(Debug)]
pub struct Options {
    /// The data folder: the settings, and the accounts unless they have their own.
    pub folder: PathBuf,
    /// In practice mode, the accounts' own folder.
    pub accounts_folder: Option<PathBuf>,
    /// The operating system's keyring, with the entry's name.
    pub keyring: Keyring,
    /// Protects the vault instead of the keyring, where it is given.
    pub passphrase: Option<Secret>,
    /// The system browser.
    pub browser: Arc<dyn BrowserPort>,
    /// The time.
    pub clock: SharedClock,
    /// Whose certificates are accepted.
    pub trust: Trust,
    /// The ports that are asked when another does not answer; `None` for each protocol's usual.
    pub neighbours: Option<Vec<Neighbour>>,
    /// Finds the hosts that take a domain's mail; `None` for this computer's DNS, which is not
    /// asked beside a sign-in service on this computer.
    pub mail_hosts: Option<Arc<dyn MailHostsPort>>,
    /// Who is asked for servers; `None` for the web and this computer's DNS, which are not asked
    /// beside a sign-in service on this computer.
    pub outside: Option<Outside>,
    /// In practice mode, the practice tenant.
    pub provider: Option<FixedProvider>,
}

/// A keyring and the name of the entry in it.
#[derive(Debug, Clone)]
pub struct Keyring {
    /// The keyring.
    pub port: Arc<dyn KeyringPort>,
    /// The entry's service name.
    pub service: &'static str,
}

/// A provider that no setting changes: the practice tenant's.
#[derive(Debug, Clone)]
pub struct FixedProvider {
    /// Its client id for us.
    pub client_id: String,
    /// Its authority.
    pub cloud: Cloud,
    /// Its mail servers.
    pub servers: Servers,
    /// Where a user takes a consent back.
    pub withdrawal: Option<String>,
    /// A host and the one authority that is trusted for it.
    pub extra_trust: Option<(String, CertificateDer<'static>)>,
}

/// How the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartMode {
    /// With the practice tenant.
    Practice,
    /// With the real thing.
    Live,
}

impl StartMode {
    /// The name in the settings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Live => "live",
        }
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Practice, Self::Live]
            .into_iter()
            .find(|mode| mode.code() == code)
    }
}

impl Options {
    /// The real thing: the system's clock and trust, one folder.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        keyring: Arc<dyn KeyringPort>,
        browser: Arc<dyn BrowserPort>,
    ) -> Self {
        Self {
            folder,
            accounts_folder: None,
            keyring: Keyring {
                port: keyring,
                service: "ninka",
            },
            passphrase: None,
            browser,
            clock: Arc::new(SystemClock),
            trust: Trust::platform(),
            neighbours: None,
            mail_hosts: None,
            outside: None,
            provider: None,
        }
    }

    /// Practice: accounts in a folder of their own under a key of their own, and the practice
    /// tenant as the provider.
    #[must_use]
    pub fn practice(mut self, accounts_folder: PathBuf, provider: FixedProvider) -> Self {
        self.accounts_folder = Some(accounts_folder);
        self.keyring.service = "ninka-practice";
        self.provider = Some(provider);
        self
    }
}
