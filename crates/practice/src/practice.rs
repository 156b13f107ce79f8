//! Starts and ends the tenant, and holds its switches.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use rustls_pki_types::CertificateDer;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::fault::Fault;
use crate::folder::Ports;
use crate::mail::{self, Protocol};
use crate::tenant::{CLIENT_ID, DOMAIN, MEMBERS, PERSONAL_DOMAIN, SHARED, Tenant};
use crate::texts::PracticeLanguage;
use crate::{http, keys};

/// A session that will not end is left behind after this.
const FAREWELL: Duration = Duration::from_secs(2);

/// How to start.
#[derive(Debug, Clone, Default)]
pub struct PracticeOptions {
    /// Where ports, clock and grants are kept, so that they outlive a restart. None: in memory.
    pub folder: Option<PathBuf>,
    /// The language of the pages when the browser asks for none that there is.
    pub language: PracticeLanguage,
}

/// A running practice tenant. Its servers end when it is dropped.
#[derive(Debug)]
pub struct Practice {
    tenant: Arc<Tenant>,
    end: CancellationToken,
    servers: Vec<JoinHandle<()>>,
}

impl Practice {
    /// Starts the servers on loopback. Performs I/O.
    ///
    /// # Errors
    /// When no port can be had, the folder cannot be written or there are no random numbers.
    pub async fn start(options: PracticeOptions) -> anyhow::Result<Self> {
        // Half of the starts never sign anybody in, and the first one that does is not yet here.
        drop(tokio::task::spawn_blocking(keys::prepare));
        let tenant = Tenant::open(options.folder.as_deref(), options.language)?;
        let end = CancellationToken::new();
        let last = tenant.ports();
        let (web, pop3) = (listen(last.http).await?, listen(last.pop3).await?);
        let (imap, smtp) = (listen(last.imap).await?, listen(last.smtp).await?);
        tenant.set_ports(Ports {
            http: port(&web)?,
            pop3: port(&pop3)?,
            imap: port(&imap)?,
            smtp: port(&smtp)?,
        })?;

        let mut servers = Vec::new();
        for listener in web {
            let router = http::router(Arc::clone(&tenant));
            let ended = end.clone().cancelled_owned();
            servers.push(tokio::spawn(async move {
                let served = axum::serve(listener, router)
                    .with_graceful_shutdown(ended)
                    .await;
                if let Err(fault) = served {
                    tracing::error!(%fault, "the practice tenant's web server ended");
                }
            }));
        }
        let acceptor = mail::acceptor(&tenant)?;
        let mail = [
            (Protocol::Pop3, pop3),
            (Protocol::Imap, imap),
            (Protocol::Smtp, smtp),
        ];
        for (protocol, listeners) in mail {
            for listener in listeners {
                let (tenant, end) = (Arc::clone(&tenant), end.clone());
                let serve = mail::serve(protocol, listener, acceptor.clone(), tenant, end);
                servers.push(tokio::spawn(serve));
            }
        }
        Ok(Self {
            tenant,
            end,
            servers,
        })
    }

    /// `http://127.0.0.1:PORT/common`
    #[must_use]
    pub fn authority(&self) -> String {
        format!("{}/common", self.tenant.base())
    }

    /// The id of the one application that is registered.
    #[must_use]
    pub fn client_id(&self) -> &'static str {
        CLIENT_ID
    }

    /// The port of POP3 on `localhost`, TLS from the start.
    #[must_use]
    pub fn pop3(&self) -> u16 {
        self.tenant.ports().pop3
    }

    /// The port of IMAP on `localhost`, TLS from the start.
    #[must_use]
    pub fn imap(&self) -> u16 {
        self.tenant.ports().imap
    }

    /// The port of SMTP on `localhost`, STARTTLS.
    #[must_use]
    pub fn smtp(&self) -> u16 {
        self.tenant.ports().smtp
    }

    /// The throw-away authority of the mail servers' certificates: new at each start.
    #[must_use]
    pub fn ca_der(&self) -> CertificateDer<'static> {
        self.tenant.certificates.ca.clone()
    }

    /// The addresses of the account picker. Any other address of the same domain works too.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        Tenant::addresses()
    }

    /// The page that stands for Microsoft's, where a user takes a consent back.
    #[must_use]
    pub fn withdrawal_page(&self) -> String {
        format!("{}/practice/apps", self.tenant.base())
    }

    /// A shared mailbox: nobody signs in as it, and only some of [`Self::addresses`] have access.
    #[must_use]
    pub fn shared_mailbox(&self) -> &'static str {
        SHARED
    }

    /// The people who have access to it.
    #[must_use]
    pub fn members(&self) -> [&'static str; 2] {
        MEMBERS
    }

    /// The mails that lie in the mailbox of an address, oldest first, each as it arrived.
    #[must_use]
    pub fn messages(&self, address: &str) -> Vec<Vec<u8>> {
        let messages = self.tenant.mailboxes.messages(&address.to_lowercase());
        messages.iter().map(|message| message.raw.clone()).collect()
    }

    /// The hosts that take a domain's mail, as the DNS would tell them. The question is noted.
    #[must_use]
    pub fn mail_hosts(&self, domain: &str) -> Vec<String> {
        let domain = domain.to_ascii_lowercase();
        self.tenant.note_asked("mx", &domain);
        let name = domain.replace('.', "-");
        vec![match domain.as_str() {
            DOMAIN => format!("{name}.mail.protection.outlook.com"),
            PERSONAL_DOMAIN => format!("{name}.olc.protection.outlook.com"),
            _ => format!("mx.{domain}"),
        }]
    }

    /// The domains that were asked about since the start, as `realm DOMAIN` and `mx DOMAIN`.
    #[must_use]
    pub fn asked_about(&self) -> Vec<String> {
        self.tenant.asked()
    }

    /// The fault that is on.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.tenant.faults.since().map(|(fault, _)| fault)
    }

    /// Switches a fault on, or all off.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.tenant.faults.set(fault, self.tenant.clock.stamp());
    }

    /// Moves the tenant's clock ahead, and keeps that in the folder. Performs I/O.
    pub fn advance(&self, ahead: Duration) {
        self.tenant
            .clock
            .advance(i64::try_from(ahead.as_secs()).unwrap_or(i64::MAX));
        log_fault(self.tenant.save());
    }

    /// How far the tenant's clock is ahead of the computer's.
    #[must_use]
    pub fn ahead_seconds(&self) -> i64 {
        self.tenant.clock.ahead_seconds()
    }

    /// As at the very first start: no grants, no fault, the computer's time. Performs I/O.
    pub fn reset(&self) {
        log_fault(self.tenant.reset());
    }

    /// Ends the servers and waits until their ports are free.
    pub async fn shutdown(mut self) {
        self.end.cancel();
        for mut server in std::mem::take(&mut self.servers) {
            if timeout(FAREWELL, &mut server).await.is_err() {
                server.abort();
            }
        }
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

fn log_fault(result: anyhow::Result<()>) {
    if let Err(fault) = result {
        tracing::error!(
            fault = format!("{fault:#}"),
            "the practice folder was not written"
        );
    }
}

/// Listens on 127.0.0.1 and, where there is one, on ::1 with the same port. The wished port is a
/// wish.
async fn listen(wished: u16) -> anyhow::Result<Vec<TcpListener>> {
    // Another program may hold the port on ::1 only: then both take a new one.
    for wished in [wished, 0, 0, 0] {
        let Ok(first) = TcpListener::bind((Ipv4Addr::LOCALHOST, wished)).await else {
            continue;
        };
        let port = first.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(second) => return Ok(vec![first, second]),
            Err(fault) if fault.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(_) => return Ok(vec![first]),
        }
    }
    anyhow::bail!("no free port on loopback for the practice tenant")
}

fn port(listeners: &[TcpListener]) -> anyhow::Result<u16> {
    let first = listeners.first().context("a server without a listener")?;
    Ok(first
        .local_addr()
        .map(|address: SocketAddr| address.port())?)
}
