//! The self-test's questions to the network: the sign-in service and the mail servers of the cloud,
//! asked with the probes of a failed check. Nobody signs in.

use futures_util::future::join_all;
use tokio::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

use super::connect::{SystemResolver, millis};
use super::deadlines::Deadlines;
use super::probe::{Around, certificate, known_host, port_speaks, reach};
use super::session::World;
use crate::account::{Endpoint, TlsMode};
use crate::cloud::MailProtocol;
use crate::diagnosis::{Found, Probe, ProbeKind, Spoken};
use crate::tls::Trust;
use crate::view::{ProbeFound, ProbeView, SelfTestFound, SelfTestPart, SelfTestRow};

/// All questions together; a person is waiting.
const TOGETHER: Duration = Duration::from_secs(8);
/// Who issues the certificates of Microsoft's sign-in and mail servers, in every cloud. Source:
/// learn.microsoft.com, "Azure certificate authority details".
const ISSUERS: [&str; 2] = ["microsoft", "digicert"];

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Questions<'a> {
    /// Whose certificates are accepted.
    pub trust: &'a Trust,
    /// The sign-in service is its first known host.
    pub around: &'a Around,
    /// The mail servers.
    pub mail: &'a [(MailProtocol, Endpoint)],
    /// Whether the servers are Microsoft's, whose issuers are known.
    pub microsoft: bool,
}

impl Questions<'_> {
    /// Asks everything at once, and tells each row as it comes. Performs I/O; ends within eight
    /// seconds, or at once when cancelled, with what came by then.
    pub async fn ask(
        &self,
        tell: &(dyn Fn(&SelfTestRow) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Vec<SelfTestRow> {
        let world = World {
            trust: self.trust,
            resolver: &SystemResolver,
            deadlines: Deadlines::default(),
            cancel,
            around: self.around,
        };
        let deadline = Instant::now() + TOGETHER;
        let sign_in = async {
            let rows = self.sign_in(world, deadline).await;
            rows.iter().for_each(tell);
            rows
        };
        let mail = join_all(self.mail.iter().map(async |(protocol, endpoint)| {
            let row = self.mail(*protocol, endpoint, world, deadline).await;
            tell(&row);
            row
        }));
        tokio::select! {
            biased;
            () = cancel.cancelled() => Vec::new(),
            (mut rows, mail) = async { tokio::join!(sign_in, mail) } => {
                rows.extend(mail);
                rows
            }
        }
    }

    async fn sign_in(&self, world: World<'_>, deadline: Instant) -> Vec<SelfTestRow> {
        let Some(host) = self.around.known.first() else {
            return Vec::new();
        };
        let probes = known_host(host, world, deadline).await;
        rows_of(
            &probes,
            &format!("{}:{}", host.host.as_str(), host.port),
            self.microsoft,
        )
    }

    async fn mail(
        &self,
        protocol: MailProtocol,
        endpoint: &Endpoint,
        world: World<'_>,
        deadline: Instant,
    ) -> SelfTestRow {
        let (since, host) = (Instant::now(), endpoint.host.as_str());
        let port = endpoint.port.number();
        let resolved = tokio::time::timeout_at(deadline, world.resolver.resolve(host)).await;
        let (found, detail) = match resolved {
            Ok(Ok(addresses)) if !addresses.is_empty() => {
                if endpoint.tls == TlsMode::Implicit {
                    match reach(&addresses, port, deadline).await {
                        Ok(plain) => {
                            let shown = certificate(plain, host, world, deadline).await.0;
                            self.judge(&shown.unwrap_or(Found::Silent))
                        }
                        Err(found) => self.judge(&found),
                    }
                } else {
                    let said = port_speaks(host, &addresses, port, false, world, deadline);
                    self.judge(&said.await)
                }
            }
            Ok(Ok(_) | Err(_)) | Err(_) => (SelfTestFound::NameNotFound, String::new()),
        };
        let part = match protocol {
            MailProtocol::Pop3 => SelfTestPart::Pop3,
            MailProtocol::Imap => SelfTestPart::Imap,
            MailProtocol::Smtp => SelfTestPart::Smtp,
        };
        row(
            part,
            (found, detail),
            &format!("{host}:{port}"),
            millis(since),
        )
    }

    fn judge(&self, found: &Found) -> (SelfTestFound, String) {
        judge(found, self.microsoft)
    }
}

/// The rows that one conversation with the sign-in service gives, also those it did not reach.
fn rows_of(probes: &[Probe], server: &str, microsoft: bool) -> Vec<SelfTestRow> {
    let of = |kind| probes.iter().find(|probe| probe.kind == kind);
    let reached = of(ProbeKind::KnownHost).is_some_and(|probe| probe.found == Found::Connected);
    let parts = [
        (SelfTestPart::Names, ProbeKind::KnownName),
        (SelfTestPart::SignIn, ProbeKind::KnownHost),
        (SelfTestPart::Certificate, ProbeKind::KnownCertificate),
        (SelfTestPart::Clock, ProbeKind::ClockDifference),
    ];
    let rows = parts.into_iter().map(|(part, kind)| match of(kind) {
        Some(probe) => row(part, judge_probe(probe, microsoft), server, probe.ms),
        // The name of this computer needs no name server.
        None if part == SelfTestPart::Names && reached => {
            row(part, (SelfTestFound::Works, String::new()), server, 0)
        }
        None => row(part, (SelfTestFound::NotTried, String::new()), server, 0),
    });
    rows.collect()
}

fn judge_probe(probe: &Probe, microsoft: bool) -> (SelfTestFound, String) {
    if probe.kind == ProbeKind::ClockDifference {
        let view = ProbeView::from(probe);
        let found = if view.found == ProbeFound::ClockAhead {
            SelfTestFound::ClockAhead
        } else if view.found == ProbeFound::ClockBehind {
            SelfTestFound::ClockBehind
        } else {
            SelfTestFound::ClockRight
        };
        return (found, view.detail);
    }
    judge(&probe.found, microsoft)
}

/// What a probe's answer means here.
fn judge(found: &Found, microsoft: bool) -> (SelfTestFound, String) {
    let plain = |found| (found, String::new());
    match found {
        // Nobody is asked here whose an account is; an answer would be one.
        Found::Tls
        | Found::Connected
        | Found::Resolved
        | Found::ClockAhead { .. }
        | Found::MailGoes { .. }
        | Found::Realm(_) => plain(SelfTestFound::Works),
        Found::Speaks {
            spoken: Spoken::Mail(_),
            ..
        } => plain(SelfTestFound::Works),
        Found::Speaks {
            spoken: Spoken::Web | Spoken::Other,
            text,
        } => (SelfTestFound::OtherServer, text.clone()),
        Found::Silent | Found::Closed | Found::NoAnswer => plain(SelfTestFound::NoAnswer),
        Found::Refused => plain(SelfTestFound::Refused),
        Found::NotResolved => plain(SelfTestFound::NameNotFound),
        Found::Trusted { issuer } => {
            let lower = issuer.to_lowercase();
            let usual = ISSUERS.iter().any(|known| lower.contains(known));
            let found = if microsoft && !usual {
                SelfTestFound::Intercepted
            } else {
                SelfTestFound::Trusted
            };
            (found, issuer.clone())
        }
        Found::Untrusted { issuer, .. } => (SelfTestFound::Untrusted, issuer.clone()),
    }
}

fn row(
    part: SelfTestPart,
    (found, detail): (SelfTestFound, String),
    server: &str,
    ms: u64,
) -> SelfTestRow {
    SelfTestRow {
        part,
        outcome: found.outcome(),
        found,
        server: server.to_owned(),
        detail,
        problem: None,
        ms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::CertificateFault;
    use crate::view::SelfTestOutcome;

    fn probe(kind: ProbeKind, found: Found) -> Probe {
        Probe {
            kind,
            host: "login.example".to_owned(),
            port: 443,
            ms: 3,
            found,
        }
    }

    fn found(probes: &[Probe]) -> Vec<SelfTestFound> {
        let rows = rows_of(probes, "login.example:443", true);
        rows.into_iter().map(|row| row.found).collect()
    }

    #[test]
    fn what_was_not_reached_is_not_called_broken() {
        use SelfTestFound::{NameNotFound, NoAnswer, NotTried, Works};
        let offline = [
            probe(ProbeKind::KnownName, Found::NotResolved),
            probe(ProbeKind::KnownHost, Found::NoAnswer),
        ];
        assert_eq!(
            found(&offline),
            [NameNotFound, NoAnswer, NotTried, NotTried]
        );
        let blocked = [
            probe(ProbeKind::KnownName, Found::Resolved),
            probe(ProbeKind::KnownHost, Found::NoAnswer),
        ];
        assert_eq!(found(&blocked), [Works, NoAnswer, NotTried, NotTried]);
    }

    #[test]
    fn a_certificate_of_an_unknown_issuer_is_an_interception() {
        let issuer = |text: &str| Found::Trusted {
            issuer: text.to_owned(),
        };
        let shield = issuer("O=Shop Shield, CN=Shop Shield Root");
        let (found, detail) = judge(&shield, true);
        assert_eq!(found, SelfTestFound::Intercepted);
        assert_eq!(found.outcome(), SelfTestOutcome::Warn);
        assert!(detail.contains("Shop Shield"));
        // Of other servers nobody knows who issues for them.
        assert_eq!(judge(&shield, false).0, SelfTestFound::Trusted);
        let real = issuer("C=US, O=DigiCert Inc, CN=DigiCert Global G3 TLS ECC SHA384 2020 CA1");
        assert_eq!(judge(&real, true).0, SelfTestFound::Trusted);
        let bad = Found::Untrusted {
            fault: CertificateFault::UnknownIssuer,
            issuer: String::new(),
        };
        assert_eq!(judge(&bad, true).0.outcome(), SelfTestOutcome::Failed);
    }

    #[test]
    fn a_clock_that_is_off_is_said_in_seconds() {
        let ahead = |seconds| {
            let off = probe(ProbeKind::ClockDifference, Found::ClockAhead { seconds });
            judge_probe(&off, true)
        };
        assert_eq!(ahead(2).0, SelfTestFound::ClockRight);
        assert_eq!(ahead(3600), (SelfTestFound::ClockAhead, "3600".to_owned()));
        assert_eq!(ahead(-90), (SelfTestFound::ClockBehind, "90".to_owned()));
    }
}
