//! The self-test: whether this computer can do what Ninka needs, without any account.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use hyper_util::client::proxy::matcher::Matcher;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{Ninka, Provider};
use crate::check::Questions;
use crate::cloud::{Cloud, MailProtocol};
use crate::operators::Need;
use crate::problem::{Outcome, Problem};
use crate::store::VaultState;
use crate::view::{SelfTestFound, SelfTestPart, SelfTestRow, SelfTestView};

/// This computer answers itself at once, or something forbids it.
const OWN: Duration = Duration::from_secs(3);
/// For the way through the proxy.
const BY_PROXY: Duration = Duration::from_secs(8);

impl Ninka {
    /// Tries everything that has to work on this computer: the vault, the loopback that the browser
    /// comes back on, names, the sign-in service, its certificate, the clock, the mail servers, the
    /// proxy. Tells each row as it comes. Performs I/O; ends within some seconds, or at once when
    /// [`cancel_checks`](Self::cancel_checks) is called.
    ///
    /// # Errors
    /// The settings cannot be read; it was cancelled. What does not work is in the rows.
    pub async fn self_test(
        &self,
        progress: &(dyn Fn(&SelfTestRow) + Send + Sync),
    ) -> Outcome<SelfTestView> {
        self.needs(Need::SignedIn).await?;
        let cancel = self.checks_token();
        let provider = self.provider().await?;
        let own = async {
            let (vault, loopback) = tokio::join!(self.try_vault(), try_loopback());
            let rows = vec![vault, loopback, proxy(&provider)];
            rows.iter().for_each(progress);
            rows
        };
        let around = self.around(&provider);
        let servers = &provider.servers;
        let mail = [
            (MailProtocol::Pop3, &servers.pop3),
            (MailProtocol::Imap, &servers.imap),
            (MailProtocol::Smtp, &servers.smtp),
        ];
        let mail: Vec<_> = mail
            .into_iter()
            .filter_map(|(protocol, server)| Some((protocol, server.clone()?)))
            .collect();
        let questions = Questions {
            trust: &self.trust,
            around: &around,
            mail: &mail,
            microsoft: !matches!(provider.cloud, Cloud::Custom(_)),
        };
        let (mut rows, asked) = tokio::join!(own, questions.ask(progress, &cancel));
        rows.extend(asked);
        if cancel.is_cancelled() {
            return Err(Problem::Cancelled);
        }
        self.try_by_proxy(&mut rows, &provider, progress).await;
        rows.sort_by_key(|row| row.part);
        Ok(SelfTestView {
            at: self.now().as_second(),
            rows,
        })
    }

    async fn try_vault(&self) -> SelfTestRow {
        let since = Instant::now();
        let found = match self.vault.state() {
            VaultState::Keyring => SelfTestFound::Works,
            VaultState::Passphrase => SelfTestFound::Passphrase,
            VaultState::Session => SelfTestFound::Session,
            VaultState::Closed(problem) => {
                return failed(SelfTestPart::Vault, &problem, since);
            }
        };
        match self.vault.write_test().await {
            Ok(()) => row(SelfTestPart::Vault, found, since),
            Err(problem) => failed(SelfTestPart::Vault, &problem, since),
        }
    }

    /// Where the sign-in service is not reached directly and a proxy is set, the way that a sign-in
    /// takes is tried: it goes through the proxy.
    async fn try_by_proxy(
        &self,
        rows: &mut [SelfTestRow],
        provider: &Provider,
        progress: &(dyn Fn(&SelfTestRow) + Send + Sync),
    ) {
        let has_proxy = rows.iter().any(|row| row.found == SelfTestFound::Proxy);
        let unreached = rows.iter_mut().find(|row| {
            row.part == SelfTestPart::SignIn
                && row.found.outcome() != SelfTestFound::Works.outcome()
        });
        let Some(sign_in) = unreached.filter(|_| has_proxy) else {
            return;
        };
        let asked = self.http.head(provider.cloud.authority()).send();
        if let Ok(Ok(_)) = tokio::time::timeout(BY_PROXY, asked).await {
            sign_in.found = SelfTestFound::ByProxy;
            sign_in.outcome = sign_in.found.outcome();
            progress(sign_in);
        }
    }
}

/// A connection of this computer to itself, there and back.
async fn try_loopback() -> SelfTestRow {
    let since = Instant::now();
    let talk = async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (mut here, accepted) =
            tokio::try_join!(TcpStream::connect(address), listener.accept())?;
        let (mut there, _) = accepted;
        here.write_all(b"?").await?;
        let mut heard = [0];
        there.read_exact(&mut heard).await
    };
    let detail = match tokio::time::timeout(OWN, talk).await {
        Ok(Ok(_)) => return row(SelfTestPart::Loopback, SelfTestFound::Works, since),
        Ok(Err(error)) => error.to_string(),
        Err(late) => late.to_string(),
    };
    let problem = Problem::LoopbackUnavailable { detail };
    failed(SelfTestPart::Loopback, &problem, since)
}

/// The proxy that the system is set to for the sign-in service: its host and port, never the name
/// and password that it may be reached with.
fn proxy(provider: &Provider) -> SelfTestRow {
    let since = Instant::now();
    let uri = provider.cloud.authority().parse::<hyper::Uri>().ok();
    let set = uri.and_then(|uri| Matcher::from_system().intercept(&uri));
    let mut row = row(SelfTestPart::Proxy, SelfTestFound::NoProxy, since);
    // A stand-in on this computer is never asked through a proxy.
    let here = matches!(&provider.cloud, Cloud::Custom(authority) if authority.is_loopback());
    if let Some(proxy) = set.filter(|_| !here) {
        let uri = proxy.uri();
        let port = uri.port_u16().map(|port| format!(":{port}"));
        row.found = SelfTestFound::Proxy;
        row.detail = uri.host().unwrap_or_default().to_owned() + &port.unwrap_or_default();
    }
    row
}

fn row(part: SelfTestPart, found: SelfTestFound, since: Instant) -> SelfTestRow {
    SelfTestRow {
        part,
        outcome: found.outcome(),
        found,
        server: String::new(),
        detail: String::new(),
        problem: None,
        ms: u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

fn failed(part: SelfTestPart, problem: &Problem, since: Instant) -> SelfTestRow {
    SelfTestRow {
        problem: Some(problem.into()),
        ..row(part, SelfTestFound::Problem, since)
    }
}
