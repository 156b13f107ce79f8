//! What is asked beside a failed check, on real sockets: each look-alike is parted from its twin,
//! and a hostile neighbour costs neither time nor memory.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::super::connect::Resolver;
use super::super::deadlines::Deadlines;
use super::super::outcome::ProtocolOutcome;
use super::super::probe::{Around, KnownHost, Neighbour};
use super::super::run::{Servers, run_in};
use super::super::session::World;
use super::server::{Authority, serve};
use super::*;
use crate::clock::{Clock, SystemClock};
use crate::diagnosis::{Cause, Diagnosis, Found, ProbeKind, Spoken, diagnose, worth_asking};
use crate::tls::Trust;
use crate::view::CheckEvent;

/// Knows these names, which all lead to this computer.
struct Names(&'static [&'static str]);

impl Resolver for Names {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        let found = if self.0.contains(&host) {
            Ok(vec![IpAddr::from([127, 0, 0, 1])])
        } else {
            Err(io::Error::other(
                "failed to lookup address information: Name or service not known",
            ))
        };
        Box::pin(std::future::ready(found))
    }
}

const BOTH: Names = Names(&["mail.test", "known.test"]);

fn known(port: u16, tls: bool) -> KnownHost {
    let host = Host::new("known.test").unwrap();
    KnownHost { host, port, tls }
}

/// Checks POP3 at `mail.test`; gives the outcome, its diagnosis and the events' names.
async fn check(
    port: u16,
    tls: TlsMode,
    trust: &Trust,
    resolver: &dyn Resolver,
    around: &Around,
) -> (ProtocolOutcome, Diagnosis, bool) {
    let target = target(MailProtocol::Pop3, "mail.test", port, tls);
    let plan = plan(vec![target], by_password("hunter2"));
    let cancel = CancellationToken::new();
    let world = World {
        trust,
        resolver,
        deadlines: Deadlines::all(Duration::from_secs(2)),
        cancel: &cancel,
        around,
    };
    let probing = Mutex::new(false);
    let progress = |event| {
        if matches!(event, CheckEvent::Probing { .. }) {
            *probing.lock().unwrap() = true;
        }
    };
    let mut outcome = run_in(&plan, world, &progress, &Servers::default()).await;
    let outcome = outcome.protocols.remove(0);
    let evidence = &outcome.failure.as_ref().unwrap().evidence;
    let diagnosis = diagnose(evidence);
    assert_eq!(outcome.report().probes.len(), outcome.seen.probes.len());
    let probing = *probing.lock().unwrap();
    (outcome, diagnosis, probing)
}

fn found(outcome: &ProtocolOutcome, kind: ProbeKind) -> Vec<&Found> {
    let of_kind = outcome
        .seen
        .probes
        .iter()
        .filter(|probe| probe.kind == kind);
    of_kind.map(|probe| &probe.found).collect()
}

async fn closed_port() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

/// Speaks TLS and says nothing more.
async fn tls_port(acceptor: TlsAcceptor) -> u16 {
    serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await?;
            stream.read_u8().await.map(|_| ())
        }
    })
    .await
}

/// A web server whose clock is `ahead` seconds ahead of ours.
async fn web(acceptor: TlsAcceptor, ahead: i64) -> u16 {
    serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await?;
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await?);
            }
            let now = SystemClock.now() + jiff::SignedDuration::from_secs(ahead);
            let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT");
            let answer = format!("HTTP/1.1 200 OK\r\nDate: {date}\r\n\r\n");
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await
        }
    })
    .await
}

/// Says one line in the clear and waits.
async fn says(line: &'static str) -> u16 {
    serve(move |mut stream| async move {
        stream.write_all(line.as_bytes()).await?;
        stream.read_u8().await.map(|_| ())
    })
    .await
}

#[tokio::test]
async fn a_closed_port_beside_an_open_one() {
    let authority = Authority::new();
    let open = tls_port(authority.acceptor("mail.test", (2020, 2090))).await;
    let plain = says("+OK ready\r\n").await;
    let around = Around::default().with_neighbours(vec![
        Neighbour {
            protocol: MailProtocol::Pop3,
            port: open,
            tls: true,
        },
        Neighbour {
            protocol: MailProtocol::Pop3,
            port: plain,
            tls: false,
        },
        Neighbour {
            protocol: MailProtocol::Imap,
            port: 143,
            tls: false,
        },
    ]);
    let port = closed_port().await;
    let trust = authority.trust();
    let (outcome, diagnosis, probing) =
        check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
    assert!(probing);
    let heard = Found::Speaks {
        spoken: Spoken::Mail(MailProtocol::Pop3),
        text: "+OK ready".to_owned(),
    };
    assert_eq!(
        found(&outcome, ProbeKind::NeighbourPort),
        [&Found::Tls, &heard]
    );
    assert_eq!(diagnosis.cause(), Cause::PortNotServed, "{diagnosis:?}");
    let evidence = &outcome.failure.as_ref().unwrap().evidence;
    let left = worth_asking(evidence);
    assert!(!left.contains(&ProbeKind::NeighbourPort), "{left:?}");
}

#[tokio::test]
async fn an_unknown_issuer_is_the_servers_fault_or_somebodys_in_between() {
    let (ours, shield) = (Authority::new(), Authority::new());
    let trust = ours.trust();
    let port = tls_port(shield.acceptor("mail.test", (2020, 2090))).await;
    let honest = web(ours.acceptor("known.test", (2020, 2090)), 0).await;
    let around = Around::default().with_known(vec![known(honest, true)]);
    let (outcome, diagnosis, _) = check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
    assert!(
        matches!(
            found(&outcome, ProbeKind::KnownCertificate)[..],
            [Found::Trusted { .. }]
        ),
        "{outcome:#?}"
    );
    assert_eq!(diagnosis.cause(), Cause::CertUntrusted, "{diagnosis:?}");
    let cleared = [Cause::AntivirusTlsInterception, Cause::RootStoreOutdated];
    assert!(
        !diagnosis
            .candidates()
            .iter()
            .any(|cause| cleared.contains(cause)),
        "{diagnosis:?}"
    );

    let intercepted = web(shield.acceptor("known.test", (2020, 2090)), 0).await;
    let around = Around::default().with_known(vec![known(intercepted, true)]);
    let (_, diagnosis, _) = check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
    assert_eq!(diagnosis.candidates(), [Cause::AntivirusTlsInterception]);
}

#[tokio::test]
async fn an_expired_certificate_or_a_wrong_clock() {
    let authority = Authority::new();
    let trust = authority.trust();
    let port = tls_port(authority.acceptor("mail.test", (2020, 2021))).await;
    for (ahead, years, expected) in [
        (0, (2020, 2090), vec![Cause::CertExpired]),
        (
            -90_000,
            (2020, 2090),
            vec![Cause::ClockWrong, Cause::CertExpired],
        ),
        (0, (2020, 2021), vec![Cause::ClockWrong]),
    ] {
        let host = web(authority.acceptor("known.test", years), ahead).await;
        let around = Around::default().with_known(vec![known(host, true)]);
        let (outcome, diagnosis, _) = check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
        assert_eq!(diagnosis.candidates(), expected, "{ahead} {outcome:#?}");
        for found in found(&outcome, ProbeKind::ClockDifference) {
            let Found::ClockAhead { seconds } = found else {
                panic!("{found:?}")
            };
            assert!((seconds + ahead).abs() <= 2, "{seconds}");
        }
    }
}

#[tokio::test]
async fn a_name_that_is_wrong_or_name_servers_that_are() {
    let trust = Authority::new().trust();
    let open = says("hello\r\n").await;
    let around = Around::default().with_known(vec![known(open, false)]);
    let (outcome, diagnosis, _) = check(
        995,
        TlsMode::Implicit,
        &trust,
        &Names(&["known.test"]),
        &around,
    )
    .await;
    assert_eq!(found(&outcome, ProbeKind::KnownName), [&Found::Resolved]);
    assert!(
        !diagnosis.candidates().contains(&Cause::DnsResolverBroken),
        "{diagnosis:?}"
    );
    let (outcome, diagnosis, _) = check(995, TlsMode::Implicit, &trust, &Names(&[]), &around).await;
    assert_eq!(found(&outcome, ProbeKind::KnownName), [&Found::NotResolved]);
    let expected = [Cause::Offline, Cause::DnsResolverBroken];
    assert_eq!(diagnosis.candidates(), expected);
}

#[tokio::test]
async fn another_protocols_port_and_a_proxys_page_answer_a_tls_hello() {
    let trust = Authority::new().trust();
    for (line, cause) in [
        ("+OK ready\r\n", Cause::WrongPortTlsMode),
        ("220 mail.test ESMTP\r\n", Cause::WrongPortProtocol),
        (
            "HTTP/1.1 403 Forbidden\r\n\r\n<html>",
            Cause::FirewallBlocks,
        ),
    ] {
        let port = says(line).await;
        let around = Around::default();
        let (_, diagnosis, _) = check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
        assert_eq!(diagnosis.cause(), cause, "{line} {diagnosis:?}");
    }
}

#[tokio::test]
async fn a_hostile_neighbour_costs_five_seconds_and_no_memory() {
    let endless = serve(|mut stream| async move {
        let junk = [b'x'; 4096];
        loop {
            stream.write_all(&junk).await?;
        }
    })
    .await;
    let silent =
        serve(|mut stream| async move { stream.read_exact(&mut [0; 4096]).await.map(|_| ()) })
            .await;
    let around = Around::default()
        .with_known(vec![
            known(endless, false),
            known(silent, false),
            known(silent, true),
        ])
        .with_neighbours(vec![
            Neighbour {
                protocol: MailProtocol::Pop3,
                port: endless,
                tls: true,
            },
            Neighbour {
                protocol: MailProtocol::Pop3,
                port: silent,
                tls: false,
            },
        ]);
    let port = closed_port().await;
    let trust = Authority::new().trust();
    let begin = std::time::Instant::now();
    let (outcome, _, _) = check(port, TlsMode::Implicit, &trust, &BOTH, &around).await;
    assert!(
        begin.elapsed() < Duration::from_secs(8),
        "{:?}",
        begin.elapsed()
    );
    for found in found(&outcome, ProbeKind::NeighbourPort) {
        if let Found::Speaks { text, .. } = found {
            assert!(text.len() <= 120);
        }
    }
}

#[tokio::test]
async fn nobody_is_asked_where_nobody_can_tell_more() {
    let port = says("* OK IMAP4rev1 ready\r\n").await;
    let around = Around::default().with_known(vec![known(port, false)]);
    let trust = Authority::new().trust();
    let (outcome, diagnosis, _) = check(port, TlsMode::None, &trust, &BOTH, &around).await;
    assert_eq!(diagnosis.cause(), Cause::WrongPortProtocol);
    assert_eq!(outcome.seen.probes, []);
}
