//! What lives as long as the program: the façade, and in practice mode the practice tenant beside
//! it. A start that failed is kept as the problem it met, so that the window can say it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use ninka_core::account::{Endpoint, Host, Port, Servers, TlsMode};
use ninka_core::clock::{Clock, ShiftedClock};
use ninka_core::cloud::{Authority, Cloud};
use ninka_core::store::SystemKeyring;
use ninka_core::{FixedProvider, Ninka, Options, Outcome, Problem, StartMode};
use ninka_practice::{Practice, PracticeLanguage, PracticeOptions};
use tauri::AppHandle;

use crate::browser::SystemBrowser;

/// Where the practice tenant's servers are.
const HOST: &str = "localhost";

/// The program's state.
pub(crate) struct Desktop {
    ninka: Outcome<Ninka>,
    practice: Option<Arc<Practice>>,
}

impl Desktop {
    /// Opens the data, in practice mode the practice tenant too. Performs I/O.
    pub(crate) async fn open(app: &AppHandle, folder: Option<PathBuf>) -> Self {
        let mut practice = None;
        let ninka = Self::try_open(app, folder, &mut practice).await;
        if let Err(problem) = &ninka {
            tracing::error!(code = problem.code(), "the start failed");
        }
        Self { ninka, practice }
    }

    async fn try_open(
        app: &AppHandle,
        folder: Option<PathBuf>,
        practice: &mut Option<Arc<Practice>>,
    ) -> Outcome<Ninka> {
        let Some(folder) = folder else {
            return Err(Problem::DatabaseUnreadable {
                path: "?".to_owned(),
            });
        };
        let browser = Arc::new(SystemBrowser::new(app));
        let mut options = Options::new(folder.clone(), Arc::new(SystemKeyring), browser);
        if Ninka::start_mode(&folder).await? == StartMode::Practice {
            let own_folder = folder.join("practice");
            let tenant = Practice::start(PracticeOptions {
                folder: Some(own_folder.clone()),
                language: PracticeLanguage::Ja,
            });
            let tenant = Arc::new(tenant.await?);
            options = options.practice(own_folder, provider(&tenant)?);
            options.clock = Arc::new(PracticeClock(Arc::clone(&tenant)));
            *practice = Some(tenant);
        }
        Ninka::open(options).await
    }

    /// The façade.
    ///
    /// # Errors
    /// The problem that the start met.
    pub(crate) fn ninka(&self) -> Outcome<&Ninka> {
        self.ninka.as_ref().map_err(Clone::clone)
    }

    /// The practice tenant, in practice mode.
    pub(crate) fn practice(&self) -> Option<&Practice> {
        self.practice.as_deref()
    }

    /// Ends what is still going on, when the program ends.
    pub(crate) fn close(&self) {
        if let Ok(ninka) = &self.ninka {
            ninka.cancel_all();
        }
    }
}

/// The practice tenant as the provider of every OAuth account.
fn provider(tenant: &Practice) -> Outcome<FixedProvider> {
    let endpoint = |port: u16, tls| {
        Some(Endpoint {
            host: Host::new(HOST)?,
            port: Port::new(port.into())?,
            tls,
        })
    };
    let authority = Authority::new(&tenant.authority()).ok_or_else(|| Problem::SettingInvalid {
        key: "authority".to_owned(),
    })?;
    Ok(FixedProvider {
        client_id: tenant.client_id().to_owned(),
        cloud: Cloud::Custom(authority),
        servers: Servers {
            pop3: endpoint(tenant.pop3(), TlsMode::Implicit),
            imap: endpoint(tenant.imap(), TlsMode::Implicit),
            smtp: endpoint(tenant.smtp(), TlsMode::StartTls),
        },
        // Only the tenant's own host is trusted by its throw-away authority.
        extra_trust: Some((HOST.to_owned(), tenant.ca_der())),
    })
}

/// The computer's clock, and what the practice bar has jumped ahead.
#[derive(Debug)]
struct PracticeClock(Arc<Practice>);

impl Clock for PracticeClock {
    fn now(&self) -> Timestamp {
        ShiftedClock::new(self.0.ahead_seconds()).now()
    }
}
