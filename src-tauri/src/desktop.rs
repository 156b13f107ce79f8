//! What lives as long as the program: the façade, and in practice mode the practice tenant beside
//! it. A start that fails is answered as the problem it met, so that the window can say it.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use jiff::Timestamp;
use ninka_core::account::{Endpoint, Host, Port, Servers, TlsMode};
use ninka_core::clock::{Clock, ShiftedClock};
use ninka_core::cloud::{Authority, Cloud};
use ninka_core::kind::{MailHosts, MailHostsPort};
use ninka_core::store::SystemKeyring;
use ninka_core::{Event, FixedProvider, Ninka, Options, Outcome, Problem, StartMode};
use ninka_practice::{Practice, PracticeLanguage, PracticeOptions};
use tauri::{AppHandle, Manager as _};
use tokio::sync::OnceCell;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::browser::SystemBrowser;
use crate::shell::Shell;
use crate::{commands, notify};

/// Where the practice tenant's servers are.
const HOST: &str = "localhost";

/// The program's state. The data is opened by the first command that needs it, so that the window
/// is there before a keyring asks its user anything.
pub(crate) struct Desktop {
    app: AppHandle,
    folder: Option<PathBuf>,
    opened: OnceCell<Opened>,
}

struct Opened {
    ninka: Arc<Ninka>,
    practice: Option<Arc<Practice>>,
}

impl Desktop {
    /// Nothing is opened yet.
    pub(crate) fn new(app: &AppHandle, folder: Option<PathBuf>) -> Self {
        Self {
            app: app.clone(),
            folder,
            opened: OnceCell::new(),
        }
    }

    /// The façade. The first call opens the data, in practice mode the practice tenant too; where
    /// that failed, the next call tries again. Performs I/O.
    ///
    /// # Errors
    /// The problem that opening met.
    pub(crate) async fn ninka(&self) -> Outcome<&Ninka> {
        let opened = self.opened.get_or_try_init(|| self.open()).await;
        if let Err(problem) = &opened {
            tracing::error!(code = problem.code(), "the data cannot be opened");
        }
        Ok(&opened?.ninka)
    }

    /// The façade, if it was opened: for cancelling what can only go on there.
    pub(crate) fn ninka_if_open(&self) -> Option<&Ninka> {
        Some(&self.opened.get()?.ninka)
    }

    /// The façade, if it was opened: for what outlives the call.
    pub(crate) fn shared_ninka(&self) -> Option<Arc<Ninka>> {
        Some(Arc::clone(&self.opened.get()?.ninka))
    }

    /// The practice tenant, in practice mode.
    pub(crate) fn practice(&self) -> Option<&Practice> {
        self.opened.get()?.practice.as_deref()
    }

    async fn open(&self) -> Outcome<Opened> {
        let Some(folder) = self.folder.clone() else {
            return Err(Problem::DatabaseUnreadable {
                path: "?".to_owned(),
            });
        };
        let browser = Arc::new(SystemBrowser::new(&self.app));
        let mut options = Options::new(folder.clone(), Arc::new(SystemKeyring), browser);
        let mut practice = None;
        if Ninka::start_mode(&folder).await? == StartMode::Practice {
            let own_folder = folder.join("practice");
            let tenant = Practice::start(PracticeOptions {
                folder: Some(own_folder.clone()),
                language: PracticeLanguage::Ja,
            });
            let tenant = Arc::new(tenant.await?);
            options = options.practice(own_folder, provider(&tenant)?);
            options.clock = Arc::new(PracticeClock(Arc::clone(&tenant)));
            options.mail_hosts = Some(Arc::new(PracticeDns(Arc::clone(&tenant))));
            practice = Some(tenant);
        }
        let ninka = Arc::new(Ninka::open(options).await?);
        self.keep_authorized(&ninka);
        let background = ninka.background().await?;
        self.app.state::<Shell>().set_background(background);
        Ok(Opened { ninka, practice })
    }

    /// Renews authorizations as long as the program runs, and tells the window.
    fn keep_authorized(&self, ninka: &Arc<Ninka>) {
        let (app, mut events) = (self.app.clone(), ninka.subscribe());
        tauri::async_runtime::spawn(async move {
            loop {
                match events.recv().await {
                    // One that was missed said the same.
                    Ok(Event::AccountsChanged) | Err(RecvError::Lagged(_)) => {
                        commands::announce(&app);
                    }
                    Ok(Event::WarningsDue) => {
                        commands::announce(&app);
                        notify::warn(&app).await;
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
        let ninka = Arc::clone(ninka);
        tauri::async_runtime::spawn(async move {
            ninka.run_renewals(&CancellationToken::new()).await;
        });
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
        withdrawal: Some(tenant.withdrawal_page()),
        // Only the tenant's own host is trusted by its throw-away authority.
        extra_trust: Some((HOST.to_owned(), tenant.ca_der())),
    })
}

/// The practice tenant knows where mail goes; nobody beyond this computer is asked.
#[derive(Debug)]
struct PracticeDns(Arc<Practice>);

impl MailHostsPort for PracticeDns {
    fn mail_hosts<'a>(
        &'a self,
        domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>> {
        Box::pin(std::future::ready(Ok(self.0.mail_hosts(domain))))
    }
}

/// The computer's clock, and what the practice bar has jumped ahead.
#[derive(Debug)]
struct PracticeClock(Arc<Practice>);

impl Clock for PracticeClock {
    fn now(&self) -> Timestamp {
        ShiftedClock::new(self.0.ahead_seconds()).now()
    }
}
