//! The façade: the one thing that the window, the command line and the tests call. It joins the
//! parts and holds what lives as long as the program. What a user does is one function each, in
//! `accounts`, `authorize`, `consent`, `check`, `kinds` and `preferences`.

mod accounts;
mod authorize;
mod backup;
mod cases;
mod check;
mod consent;
mod exchange;
mod hand_over;
mod history;
mod kinds;
mod operators;
mod options;
mod permit;
mod preferences;
mod proof;
mod renewals;
mod report;
mod revoke;
mod self_test;
mod servers;
mod support;
mod targets;
#[cfg(test)]
mod tests;
mod tokens;
mod trial;
mod warnings;
mod writing;

pub use accounts::Attention;
pub use options::{FixedProvider, Options, StartMode};
pub use renewals::Event;
pub use tokens::SharedToken;
pub use warnings::{Notice, Warning};

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::account::{Host, Servers};
use crate::authorization::{AccessTokens, BrowserPort, Consents};
use crate::check::{Neighbour, Places};
use crate::clock::SharedClock;
use crate::cloud::Cloud;
use crate::kind::{Kinds, MailHostsPort, SystemDns};
use crate::language::Language;
use crate::operators::Gate;
use crate::problem::{Outcome, Problem};
use crate::providers::{Finder, Outside, Pages};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::store::{Alive, KeyringEntry, Store, Vault, VaultState};
use crate::tls::{self, Trust};

/// Events that a listener may be behind by; they only say that there is something to read.
const EVENTS_KEPT: usize = 64;

/// How long the end waits for renewals under way: longer than the sign-in service usually takes.
const SETTLE: Duration = Duration::from_secs(10);

/// The product.
#[derive(Debug)]
pub struct Ninka {
    /// The accounts and what is sealed.
    store: Store,
    /// The settings; in practice mode those of the real thing.
    settings: Store,
    vault: Vault,
    /// Shows others that what this process tries out is not left.
    alive: Alive,
    clock: SharedClock,
    trust: Trust,
    neighbours: Option<Vec<Neighbour>>,
    /// At the mail servers, shared by all checks.
    places: Places,
    http: reqwest::Client,
    browser: Arc<dyn BrowserPort>,
    provider: Option<FixedProvider>,
    consents: Consents,
    tokens: AccessTokens,
    /// Who is signed in, where permissions are on.
    gate: Gate,
    /// Cancels the checks that are running; a new one is put here when that was done.
    checks: Mutex<CancellationToken>,
    kinds: Kinds,
    /// Cancels finding out whose account an address is; a new one is put here when that was done.
    asking: Mutex<CancellationToken>,
    finder: Finder,
    /// Cancels looking for servers; a new one is put here when that was done.
    searching: Mutex<CancellationToken>,
    /// Wakes the task that renews.
    woken: tokio::sync::Notify,
    events: tokio::sync::broadcast::Sender<Event>,
}

/// Who gives consent and where mail is, for accounts that sign in by OAuth.
#[derive(Debug, Clone)]
struct Provider {
    client_id: Option<String>,
    cloud: Cloud,
    servers: Servers,
}

impl Ninka {
    /// Opens the data. Performs I/O. A vault that cannot be opened is no failure here: the
    /// accounts can be seen, and [`app_view`](Self::app_view) tells what is the matter. A new consent
    /// that a killed process was trying out is finished or thrown away, within seconds.
    ///
    /// # Errors
    /// The data cannot be opened, is newer than the program, or TLS cannot be set up.
    pub async fn open(options: Options) -> Outcome<Self> {
        let settings = Store::open(&options.folder).await?;
        let store = match &options.accounts_folder {
            Some(folder) => Store::open(folder).await?,
            None => settings.clone(),
        };
        let mut trust = options.trust;
        if let Some((host, authority)) = options
            .provider
            .as_ref()
            .and_then(|provider| provider.extra_trust.clone())
        {
            trust = trust.with_authority_for(authority, Host::new(&host))?;
        }
        let vault = open_vault(&store, options.keyring, options.passphrase).await?;
        let cloud = match &options.provider {
            Some(fixed) => fixed.cloud.clone(),
            None => Settings::load(&settings).await?.cloud,
        };
        let cloud_is_local = cloud.is_loopback();
        // A proxy must not be asked for what is on this computer.
        let http = if cloud_is_local {
            tls::loopback_http_client(&trust)?
        } else {
            tls::http_client(&trust)?
        };
        // Beside a sign-in service on this computer nothing beyond it is asked.
        let mail_hosts = options
            .mail_hosts
            .or_else(|| (!cloud_is_local).then(|| Arc::new(SystemDns) as Arc<dyn MailHostsPort>));
        let outside = options.outside.or_else(|| {
            (!cloud_is_local).then(|| Outside {
                pages: Pages::default(),
                services: Arc::new(SystemDns),
                mail_hosts: Arc::new(SystemDns),
            })
        });
        let clock = options.clock.clone();
        let alive = Alive::new(store.folder())?;
        let ninka = Self {
            tokens: AccessTokens::new(store.clone(), vault.clone(), http.clone(), clock)?,
            kinds: Kinds::new(http.clone(), mail_hosts),
            asking: Mutex::default(),
            finder: Finder::new(http.clone(), outside),
            searching: Mutex::default(),
            http,
            consents: Consents::default(),
            gate: Gate::default(),
            checks: Mutex::default(),
            woken: tokio::sync::Notify::new(),
            events: tokio::sync::broadcast::Sender::new(EVENTS_KEPT),
            clock: options.clock,
            browser: options.browser,
            provider: options.provider,
            store,
            settings,
            vault,
            alive,
            trust,
            neighbours: options.neighbours,
            places: Places::default(),
        };
        // Only what is old is lost by it: no reason not to open.
        for pruned in [ninka.prune().await, ninka.prune_audit().await] {
            if let Err(problem) = pruned {
                tracing::warn!(code = problem.code(), "what is old was not forgotten");
            }
        }
        ninka.finish_trials_first().await;
        Ok(ninka)
    }

    /// Whether the program is to start in practice mode: when it was told so, and when there is
    /// no client id to do the real thing with. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be opened.
    pub async fn start_mode(folder: &Path) -> Outcome<StartMode> {
        let store = Store::open(folder).await?;
        let told = store.setting(options::START_MODE).await?;
        let mode = match told.as_deref().and_then(StartMode::from_code) {
            Some(mode) => mode,
            None if Settings::load(&store)
                .await?
                .effective_client_id()
                .is_none() =>
            {
                StartMode::Practice
            }
            None => StartMode::Live,
        };
        store.close().await;
        Ok(mode)
    }

    /// The present moment, by the product's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Is cancelled with the checks that are running.
    fn checks_token(&self) -> CancellationToken {
        let current = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        current.child_token()
    }

    /// Cancels the checks that are running.
    pub fn cancel_checks(&self) {
        let mut current = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *current).cancel();
    }

    /// Cancels everything that is going on, as the program ends.
    pub fn cancel_all(&self) {
        self.cancel_checks();
        self.cancel_account_kind();
        self.cancel_propose_servers();
        self.consents.cancel_all();
    }

    /// Cancels what can be cancelled and waits until no renewal is under way whose token would be
    /// lost, a few seconds at most. No renewal begins afterwards. Performs I/O.
    pub async fn settle(&self) {
        self.cancel_all();
        if !self.tokens.settle(SETTLE).await {
            tracing::warn!("the program ends in the middle of a renewal");
        }
    }

    /// Whether a renewal is under way, so that the end has to wait for it.
    #[must_use]
    pub fn is_renewing(&self) -> bool {
        self.tokens.is_renewing()
    }

    /// Closes the data; what was begun is cancelled. Performs I/O.
    pub async fn close(&self) {
        self.settle().await;
        self.store.close().await;
        self.settings.close().await;
        self.alive.end();
    }

    /// Where consent is given and mail is, after the settings.
    async fn provider(&self) -> Outcome<Provider> {
        if let Some(fixed) = &self.provider {
            return Ok(Provider {
                client_id: Some(fixed.client_id.clone()),
                cloud: fixed.cloud.clone(),
                servers: fixed.servers.clone(),
            });
        }
        let settings = Settings::load(&self.settings).await?;
        let servers = settings.cloud.servers();
        Ok(Provider {
            client_id: settings.effective_client_id().map(str::to_owned),
            cloud: settings.cloud,
            servers,
        })
    }

    /// The language to speak.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub async fn language(&self) -> Outcome<Language> {
        Ok(Settings::load(&self.settings).await?.effective_language())
    }
}

/// Opens the vault. A passphrase that was given beforehand opens it, or protects it where there is
/// no keyring; a vault that the keyring opens has no use for it.
async fn open_vault(
    store: &Store,
    keyring: options::Keyring,
    passphrase: Option<Secret>,
) -> Outcome<Vault> {
    let entry = KeyringEntry {
        service: keyring.service.to_owned(),
        user: "vault-key".to_owned(),
    };
    let vault = Vault::open(store, keyring.port, entry).await;
    if let (VaultState::Closed(problem), Some(passphrase)) = (vault.state(), passphrase) {
        if problem == Problem::PassphraseNeeded {
            vault.unlock(passphrase).await?;
        } else {
            vault.set_passphrase(passphrase).await?;
        }
    }
    Ok(vault)
}
