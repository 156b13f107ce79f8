//! Sessions against servers that fail, stall, lie or never end: each has its name, its stage, and
//! ends in bounded time and memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::super::connect::SystemResolver;
use super::super::deadlines::Deadlines;
use super::super::outcome::ProtocolOutcome;
use super::server::*;
use super::*;
use crate::diagnosis::{Cause, CertificateFault, FailureKind, Stage, diagnose};
use crate::tls::Trust;
use crate::view::{CheckEvent, StepOutcome};

const SHORT: Duration = Duration::from_millis(300);

/// Checks one target; gives its outcome.
async fn check(target: Target, trust: &Trust, sign_in: SignInWith) -> ProtocolOutcome {
    let plan = plan(vec![target], sign_in);
    let (mut outcome, _) = run_check(&plan, trust).await;
    outcome.protocols.remove(0)
}

/// The same with short deadlines.
async fn check_shortly(target: Target, trust: &Trust, resolver: &Fixed) -> ProtocolOutcome {
    let plan = plan(vec![target], by_token(1500));
    let cancel = CancellationToken::new();
    let (mut outcome, _) = run_with(&plan, trust, resolver, Deadlines::all(SHORT), &cancel).await;
    outcome.protocols.remove(0)
}

fn told(outcome: &ProtocolOutcome) -> (Stage, FailureKind) {
    let evidence = &outcome.failure.as_ref().unwrap().evidence;
    (evidence.stage, evidence.seen.failure.unwrap())
}

/// A plain POP3 server that recites.
async fn pop3(script: &[&str], piece: usize) -> Target {
    let script: Vec<String> = script.iter().map(|reply| (*reply).to_owned()).collect();
    let port = serve(move |stream| {
        let script = script.clone();
        async move {
            let mut wire: Wire = Box::new(stream);
            recite(&mut wire, &script, piece).await
        }
    })
    .await;
    target(MailProtocol::Pop3, "localhost", port, TlsMode::None)
}

#[tokio::test]
async fn certificates_that_do_not_hold() {
    let authority = Authority::new();
    let other = Authority::new();
    for (acceptor, fault) in [
        (
            authority.acceptor("localhost", (2020, 2021)),
            CertificateFault::Expired,
        ),
        (
            authority.acceptor("localhost", (2080, 2090)),
            CertificateFault::NotYetValid,
        ),
        (
            authority.acceptor("mail.other.example", (2020, 2090)),
            CertificateFault::WrongName,
        ),
        (other.good(), CertificateFault::UnknownIssuer),
    ] {
        for (protocol, tls) in [
            (MailProtocol::Pop3, TlsMode::Implicit),
            (MailProtocol::Smtp, TlsMode::StartTls),
        ] {
            let acceptor = acceptor.clone();
            let port = serve(move |stream| {
                let acceptor = acceptor.clone();
                async move {
                    let mut wire: Wire = Box::new(stream);
                    if tls == TlsMode::StartTls {
                        for reply in ["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n"] {
                            say(&mut wire, reply, 64).await?;
                            if !reply.ends_with("go\r\n") {
                                line(&mut wire).await?;
                            }
                        }
                    }
                    acceptor.accept(wire).await.map(drop)
                }
            })
            .await;
            let target = target(protocol, "localhost", port, tls);
            let outcome = check(target, &authority.trust(), by_token(1500)).await;
            assert_eq!(
                told(&outcome),
                (Stage::Tls, FailureKind::Certificate(fault))
            );
            let certificate = &outcome.seen.certificates[0];
            assert!(certificate.issuer.contains("Test Authority"));
            assert_eq!(certificate.sha256.len(), 64);
            assert!(certificate.not_before < certificate.not_after);
            let raw = outcome.failure.as_ref().unwrap().raw();
            assert!(raw.contains("invalid peer certificate"), "{raw}");
            let reached = outcome
                .steps
                .iter()
                .filter(|s| s.outcome == StepOutcome::Ok)
                .count();
            assert_eq!(reached, if tls == TlsMode::Implicit { 2 } else { 4 });
        }
    }
}

#[tokio::test]
async fn nobody_listens_and_nobody_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let trust = Authority::new().trust();
    let refused = target(MailProtocol::Pop3, "127.0.0.1", port, TlsMode::Implicit);
    let outcome = check(refused, &trust, by_password("hunter2")).await;
    assert_eq!(told(&outcome), (Stage::Tcp, FailureKind::NotConnected));
    assert!(outcome.failure.unwrap().raw().contains("onnection refused"));
    let nameless = target(
        MailProtocol::Pop3,
        "mail.hana.invalid",
        port,
        TlsMode::Implicit,
    );
    let outcome = check(nameless, &trust, by_password("hunter2")).await;
    assert_eq!(outcome.failure.as_ref().unwrap().evidence.stage, Stage::Dns);
}

#[tokio::test]
async fn the_second_address_answers() {
    let good = pop3(
        &["+OK\r\n", "-ERR\r\n", "+OK\r\n", "+OK\r\n", "+OK 1 1\r\n"],
        64,
    )
    .await;
    let plan = plan(vec![good], by_password("hunter2"));
    let resolver = Fixed(vec!["192.0.2.1", "127.0.0.1"]);
    let deadlines = Deadlines::all(Duration::from_secs(10));
    let cancel = CancellationToken::new();
    let trust = Authority::new().trust();
    let (outcome, _) = run_with(&plan, &trust, &resolver, deadlines, &cancel).await;
    assert_eq!(outcome.protocols[0].messages, Some(1));
    assert_eq!(outcome.protocols[0].seen.addresses.len(), 2);
}

#[tokio::test]
async fn tls_on_a_plain_port_shows_what_spoke() {
    for greeting in ["220 mail.hana.example ESMTP\r\n", "+OK POP3 ready\r\n"] {
        let target = Target {
            endpoint: Endpoint {
                tls: TlsMode::Implicit,
                ..pop3(&[greeting], 64).await.endpoint
            },
            ..pop3(&[], 1).await
        };
        let outcome = check(target, &Authority::new().trust(), by_token(1500)).await;
        assert_eq!(told(&outcome), (Stage::Tls, FailureKind::PlainOnTls));
        assert_eq!(outcome.seen.cleartext.as_deref(), Some(greeting.trim()));
    }
}

#[tokio::test]
async fn plain_on_a_tls_port_is_asked_in_tls() {
    let authority = Authority::new();
    let acceptor = authority.good();
    let port = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut wire: Wire = Box::new(acceptor.accept(stream).await?);
            recite(&mut wire, &["+OK\r\n".to_owned()], 64).await
        }
    })
    .await;
    for trust in [authority.trust(), Authority::new().trust()] {
        let target = target(MailProtocol::Pop3, "localhost", port, TlsMode::StartTls);
        let localhost = Fixed(vec!["127.0.0.1"]);
        let outcome = check_shortly(target, &trust, &localhost).await;
        assert_eq!(told(&outcome), (Stage::Greeting, FailureKind::TlsOnPlain));
        assert_eq!(outcome.seen.certificates.len(), 1);
    }
}

#[tokio::test]
async fn a_stall_at_any_step_meets_the_deadline() {
    let script = [
        "+OK\r\n",
        "-ERR\r\n",
        "+OK\r\n",
        "+OK in\r\n",
        "+OK 1 1\r\n",
    ];
    let stages = [
        Stage::Greeting,
        Stage::Capability,
        Stage::Auth,
        Stage::Auth,
        Stage::Mailbox,
    ];
    for (length, stage) in stages.into_iter().enumerate() {
        let target = pop3(&script[..length], 64).await;
        // An empty script must not close either.
        let plan = plan(vec![target], by_password("hunter2"));
        let started = Instant::now();
        let cancel = CancellationToken::new();
        let trust = Authority::new().trust();
        let (outcome, _) = run_with(
            &plan,
            &trust,
            &SystemResolver,
            Deadlines::all(SHORT),
            &cancel,
        )
        .await;
        assert_eq!(told(&outcome.protocols[0]), (stage, FailureKind::TimedOut));
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn one_byte_now_and_then_does_not_get_around_a_deadline() {
    let port = serve(|stream| async move {
        let mut wire: Wire = Box::new(stream);
        loop {
            say(&mut wire, "+", 1).await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let target = target(MailProtocol::Pop3, "localhost", port, TlsMode::None);
    let outcome = check_shortly(target, &Authority::new().trust(), &Fixed(vec!["127.0.0.1"])).await;
    assert_eq!(told(&outcome), (Stage::Greeting, FailureKind::TimedOut));
}

#[tokio::test]
async fn a_server_that_goes_at_any_point_is_named() {
    let script = [
        "+OK\r\n",
        "-ERR\r\n",
        "+OK\r\n",
        "+OK in\r\n",
        "+OK 1 1\r\n",
    ];
    let stages = [
        Stage::Greeting,
        Stage::Capability,
        Stage::Auth,
        Stage::Auth,
        Stage::Mailbox,
    ];
    let authority = Authority::new();
    for (length, stage) in stages.into_iter().enumerate() {
        for tls in [TlsMode::None, TlsMode::Implicit] {
            let acceptor = (tls == TlsMode::Implicit).then(|| authority.good());
            let port = serve(move |stream| {
                let acceptor = acceptor.clone();
                async move {
                    // Dropped, TLS ends without its farewell, as when a server is killed.
                    let mut wire: Wire = match acceptor {
                        Some(acceptor) => Box::new(acceptor.accept(stream).await?),
                        None => Box::new(stream),
                    };
                    for reply in &script[..length] {
                        say(&mut wire, reply, 64).await?;
                        line(&mut wire).await?;
                    }
                    Ok(())
                }
            })
            .await;
            let target = target(MailProtocol::Pop3, "localhost", port, tls);
            let outcome = check(target, &authority.trust(), by_password("hunter2")).await;
            assert_eq!(told(&outcome), (stage, FailureKind::Closed));
            let failure = outcome.failure.unwrap();
            assert!(!failure.raw().is_empty());
            let diagnosis = diagnose(&failure.evidence);
            // Before the greeting it may be the wrong way of encrypting as well.
            let expected = Cause::ConnectionClosed;
            let named = diagnosis.cause() == expected || stage == Stage::Greeting;
            assert!(named, "{stage:?} {tls:?} {:?}", diagnosis.candidates());
            assert!(diagnosis.candidates().contains(&expected));
        }
    }
}

#[tokio::test]
async fn a_greeting_without_end_costs_nothing() {
    for part in ["+OK and so on and so on ", "220-welcome\r\n"] {
        let port = serve(move |stream| async move {
            let mut wire: Wire = Box::new(stream);
            let block = part.repeat(4096);
            // A gigabyte, if anybody listened.
            for _ in 0..(1 << 30) / block.len() {
                say(&mut wire, &block, usize::MAX).await?;
            }
            Ok(())
        })
        .await;
        let target = target(MailProtocol::Smtp, "localhost", port, TlsMode::None);
        let outcome = check(target, &Authority::new().trust(), by_password("hunter2")).await;
        let (stage, kind) = told(&outcome);
        assert_eq!((stage, kind), (Stage::Greeting, FailureKind::TooLong));
        assert!(format!("{outcome:?}").len() < 20_000);
    }
}

#[tokio::test]
async fn cancelling_ends_it_at_once() {
    let target = pop3(&["+OK\r\n"], 64).await;
    let plan = plan(vec![target], by_password("hunter2"));
    let cancel = CancellationToken::new();
    let trust = Authority::new().trust();
    let started = Instant::now();
    let world = super::super::session::World {
        trust: &trust,
        resolver: &SystemResolver,
        deadlines: Deadlines::all(Duration::from_secs(60)),
        cancel: &cancel,
        around: &super::super::probe::Around::default(),
    };
    // The user cancels while CAPA has no answer.
    let progress = |event| {
        if let CheckEvent::Step { step, .. } = event
            && step.step == crate::view::StepName::Capability
        {
            cancel.cancel();
        }
    };
    let servers = super::super::run::Servers::default();
    let outcome = super::super::run::run_in(&plan, world, &progress, &servers).await;
    assert_eq!(
        told(&outcome.protocols[0]),
        (Stage::Capability, FailureKind::Cancelled)
    );
    assert!(started.elapsed() < Duration::from_secs(10));
    // Cancelled before it began: nothing is asked of any server.
    let (outcome, events) = run_with(
        &plan,
        &trust,
        &SystemResolver,
        Deadlines::default(),
        &cancel,
    )
    .await;
    assert_eq!(
        told(&outcome.protocols[0]),
        (Stage::Dns, FailureKind::Cancelled)
    );
    assert!(matches!(events.last(), Some(CheckEvent::Ended { .. })));
}

#[tokio::test]
async fn the_practice_authority_counts_for_its_hosts_only() {
    let (practice, real) = (Authority::new(), Authority::new());
    let acceptor = practice.good();
    let port = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut wire: Wire = Box::new(acceptor.accept(stream).await?);
            recite(&mut wire, &["-ERR busy\r\n".to_owned()], 64).await
        }
    })
    .await;
    let both = |host: &str| {
        let host = Host::new(host).unwrap();
        real.trust()
            .with_authority_for(practice.der(), [host])
            .unwrap()
    };
    let target = target(MailProtocol::Pop3, "localhost", port, TlsMode::Implicit);
    let outcome = check(target.clone(), &both("localhost"), by_token(1500)).await;
    assert_eq!(told(&outcome), (Stage::Greeting, FailureKind::Refused));
    let outcome = check(target, &both("elsewhere.example"), by_token(1500)).await;
    let unknown = FailureKind::Certificate(CertificateFault::UnknownIssuer);
    assert_eq!(told(&outcome), (Stage::Tls, unknown));
}

const PROTOCOLS: [MailProtocol; 3] = [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp];

/// A good dialogue by password, in the clear: greeting, capabilities, sign-in, the first command.
const fn dialogue(protocol: MailProtocol) -> &'static [&'static str] {
    match protocol {
        MailProtocol::Pop3 => &[
            "+OK\r\n",
            "-ERR\r\n",
            "+OK\r\n",
            "+OK in\r\n",
            "+OK 1 1\r\n",
        ],
        MailProtocol::Imap => &[
            "* OK hi\r\n",
            "* CAPABILITY IMAP4rev1\r\nn1 OK\r\n",
            "n2 OK in\r\n",
            "* STATUS INBOX (MESSAGES 1)\r\nn3 OK\r\n",
        ],
        MailProtocol::Smtp => &[
            "220 hi\r\n",
            "250-hi\r\n250 AUTH LOGIN\r\n",
            "334 \r\n",
            "334 \r\n",
            "235 in\r\n",
        ],
    }
}

/// What a server says for ever instead of its next reply.
const ENDLESS: [&str; 4] = [
    "+",
    "* CAPABILITY X\r\n",
    "250-X-NO-USE\r\n",
    "+OK X\r\nX\r\n",
];

#[tokio::test]
async fn whatever_never_ends_costs_little_at_every_point_of_every_protocol() {
    let trust = Authority::new().trust();
    for protocol in PROTOCOLS {
        let script = dialogue(protocol);
        for begun in 0..script.len() {
            for endless in ENDLESS {
                let sent = Arc::new(AtomicUsize::new(0));
                let counter = Arc::clone(&sent);
                let port = serve(move |stream| {
                    let counter = Arc::clone(&counter);
                    async move {
                        let mut wire: Wire = Box::new(stream);
                        for reply in &script[..begun] {
                            say(&mut wire, reply, 64).await?;
                            line(&mut wire).await?;
                        }
                        let block = endless.repeat(16 * 1024 / endless.len());
                        loop {
                            say(&mut wire, &block, usize::MAX).await?;
                            counter.fetch_add(block.len(), Ordering::SeqCst);
                        }
                    }
                })
                .await;
                let target = target(protocol, "127.0.0.1", port, TlsMode::None);
                let started = Instant::now();
                let outcome = check(target, &trust, by_password("hunter2")).await;
                // Not even the deadline is needed, and what was kept is small. A reply that fits, with
                // a flood behind it, may pass.
                assert!(
                    started.elapsed() < Duration::from_secs(5),
                    "{protocol:?} {begun}"
                );
                let kind = outcome.seen.failure;
                assert_ne!(
                    kind,
                    Some(FailureKind::TimedOut),
                    "{protocol:?} {begun} {endless:?}"
                );
                assert!(format!("{outcome:?}").len() < 200_000);
                // What a socket holds, and not a gigabyte.
                assert!(sent.load(Ordering::SeqCst) < 32 << 20);
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_goes_or_dawdles_at_any_point_of_any_protocol_is_named() {
    let trust = Authority::new().trust();
    for protocol in PROTOCOLS {
        let script = dialogue(protocol);
        for begun in 0..script.len() {
            for dawdles in [false, true] {
                let port = serve(move |stream| async move {
                    let mut wire: Wire = Box::new(stream);
                    for reply in &script[..begun] {
                        say(&mut wire, reply, 64).await?;
                        line(&mut wire).await?;
                    }
                    // One byte now and then never makes a line.
                    if dawdles {
                        loop {
                            say(&mut wire, "2", 1).await?;
                            tokio::time::sleep(Duration::from_millis(20)).await;
                        }
                    }
                    Ok(())
                })
                .await;
                let target = target(protocol, "127.0.0.1", port, TlsMode::None);
                let plan = plan(vec![target], by_password("hunter2"));
                let cancel = CancellationToken::new();
                let (outcome, _) = run_with(
                    &plan,
                    &trust,
                    &SystemResolver,
                    Deadlines::all(SHORT),
                    &cancel,
                )
                .await;
                let (_, kind) = told(&outcome.protocols[0]);
                let expected = if dawdles {
                    FailureKind::TimedOut
                } else {
                    FailureKind::Closed
                };
                assert_eq!(kind, expected, "{protocol:?} {begun}");
            }
        }
    }
}
