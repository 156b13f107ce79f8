//! Sessions that go well against scripted servers: every protocol, implicit TLS and STARTTLS, long
//! tokens, replies in single bytes, and what the events and the report say.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::server::*;
use super::*;
use crate::diagnosis::Seen;
use crate::view::{CheckEvent, CheckResult, StepName, StepOutcome};

/// A server that takes one sign-in by XOAUTH2 and checks what it is shown.
fn replies(protocol: MailProtocol, tls: TlsMode) -> (Vec<String>, Vec<String>) {
    let of = |list: &[&str]| list.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>();
    let starttls = tls == TlsMode::StartTls;
    match protocol {
        MailProtocol::Pop3 => (
            of(if starttls {
                &["+OK ready\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK begin\r\n"]
            } else {
                &[]
            }),
            of(&[
                if starttls { "" } else { "+OK ready\r\n" },
                "+OK\r\nUSER\r\nSASL PLAIN XOAUTH2\r\n.\r\n",
                "+ \r\n",
                "+OK in\r\n",
                "+OK 3 900\r\n",
                "+OK bye\r\n",
            ]),
        ),
        MailProtocol::Imap => (
            of(if starttls {
                &[
                    "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n",
                    "n1 OK begin\r\n",
                ]
            } else {
                &[]
            }),
            if starttls {
                of(&[
                    "",
                    "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nn2 OK\r\n",
                    "+ \r\n",
                    "n3 OK in\r\n",
                    "* STATUS INBOX (MESSAGES 3)\r\nn4 OK\r\n",
                    "* BYE\r\nn5 OK\r\n",
                ])
            } else {
                of(&[
                    "* OK hi\r\n",
                    "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nn1 OK\r\n",
                    "+ \r\n",
                    "n2 OK in\r\n",
                    "* STATUS INBOX (MESSAGES 3)\r\nn3 OK\r\n",
                    "* BYE\r\nn4 OK\r\n",
                ])
            },
        ),
        MailProtocol::Smtp => (
            of(if starttls {
                &["220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n"]
            } else {
                &[]
            }),
            of(&[
                if starttls { "" } else { "220 hi\r\n" },
                "250-hi\r\n250 AUTH PLAIN XOAUTH2\r\n",
                "334 \r\n",
                "235 in\r\n",
                "221 bye\r\n",
            ]),
        ),
    }
}

/// Serves `protocol`; what the client says under TLS is in the list.
async fn mail_server(
    authority: &Authority,
    protocol: MailProtocol,
    tls: TlsMode,
    piece: usize,
) -> (u16, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let acceptor = authority.good();
    let kept = Arc::clone(&heard);
    let port = serve(move |stream| {
        let (acceptor, heard) = (acceptor.clone(), Arc::clone(&kept));
        async move {
            let (plain, secret) = replies(protocol, tls);
            let mut wire: Wire = Box::new(stream);
            for (at, reply) in plain.iter().enumerate() {
                if at > 0 {
                    line(&mut wire).await?;
                }
                say(&mut wire, reply, piece).await?;
            }
            let mut wire: Wire = Box::new(acceptor.accept(wire).await?);
            for (at, reply) in secret.iter().enumerate() {
                if at > 0 {
                    let said = line(&mut wire).await?;
                    heard.lock().unwrap().push(said);
                }
                say(&mut wire, reply, piece).await?;
            }
            Ok(())
        }
    })
    .await;
    (port, heard)
}

#[tokio::test]
async fn every_protocol_and_encryption_with_long_tokens() {
    let authority = Authority::new();
    for (length, piece) in [(1500, usize::MAX), (4000, 1)] {
        for tls in [TlsMode::Implicit, TlsMode::StartTls] {
            let mut targets = Vec::new();
            let mut heard = Vec::new();
            for protocol in [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp] {
                let (port, said) = mail_server(&authority, protocol, tls, piece).await;
                targets.push(target(protocol, "localhost", port, tls));
                heard.push(said);
            }
            let plan = plan(targets, by_token(length));
            let (outcome, events) = run_check(&plan, &authority.trust()).await;
            for (protocol, said) in outcome.protocols.iter().zip(&heard) {
                assert!(protocol.failure.is_none(), "{:?}", protocol.failure);
                assert_eq!(protocol.result(), CheckResult::Ok);
                let taken: Vec<StepName> = protocol.steps.iter().map(|step| step.step).collect();
                assert_eq!(taken, protocol.target.steps());
                assert!(
                    protocol
                        .steps
                        .iter()
                        .all(|s| s.outcome == StepOutcome::Ok && s.ms.is_some())
                );
                let mailbox = protocol.target.protocol != MailProtocol::Smtp;
                assert_eq!(protocol.messages, mailbox.then_some(3));
                assert_eq!(protocol.seen.tls_version.as_deref(), Some("TLSv1_3"));
                is_whole(&protocol.seen, protocol.target.protocol, tls);
                let shown = serde_json::to_string(&protocol.report()).unwrap();
                no_secret_in(&shown, length);
                let said = said.lock().unwrap();
                assert!(
                    said.iter()
                        .any(|line| line.len() > length && line.starts_with("dXNlcj1v"))
                );
                assert!(
                    said.iter()
                        .all(|line| !line.to_ascii_uppercase().starts_with("MAIL"))
                );
            }
            no_secret_in(&format!("{events:?} {outcome:?} {plan:?}"), length);
        }
    }
}

/// Everything that a good session shows was kept.
fn is_whole(seen: &Seen, protocol: MailProtocol, tls: TlsMode) {
    assert!(!seen.addresses.is_empty());
    let connected = seen.connects.last().unwrap();
    assert!(connected.failure.is_none() && connected.address.port() == seen.port);
    let [certificate] = seen.certificates.as_slice() else {
        panic!("{seen:?}")
    };
    assert_eq!(certificate.names, ["localhost"]);
    assert!(certificate.subject.contains("localhost") && certificate.sha256.len() == 64);
    assert!(certificate.issuer.contains("Test Authority"));
    assert!(certificate.not_before < certificate.not_after);
    assert!(seen.capabilities_tls.join(" ").contains("XOAUTH2"));
    let starttls = tls == TlsMode::StartTls;
    assert_eq!(starttls, seen.cleartext.is_some());
    assert_eq!(starttls, !seen.capabilities_plain.is_empty());
    let to: Vec<&str> = seen.replies.iter().map(|reply| reply.to).collect();
    let (ask, upgrade, auth, count): (_, _, _, &[&str]) = match protocol {
        MailProtocol::Pop3 => ("CAPA", "STLS", "AUTH XOAUTH2", &["STAT"]),
        MailProtocol::Imap => (
            "CAPABILITY",
            "STARTTLS",
            "AUTHENTICATE XOAUTH2",
            &["STATUS", "STATUS"],
        ),
        MailProtocol::Smtp => ("EHLO", "STARTTLS", "AUTH XOAUTH2", &[]),
    };
    assert_eq!(to.first(), Some(&"greeting"));
    assert!(to.contains(&ask) && to.contains(&auth), "{to:?}");
    assert_eq!(starttls, to.contains(&upgrade), "{to:?}");
    assert!(to.ends_with(count), "{to:?}");
    let token = seen.token.as_ref().unwrap();
    assert_eq!((token.expires_in, &token.claims), (Some(3000), &None));
}

fn no_secret_in(text: &str, length: usize) {
    let token = token_of(length);
    for part in token.as_bytes().windows(16).step_by(8) {
        assert!(!text.contains(str::from_utf8(part).unwrap()));
    }
    assert!(!text.contains("dXNlcj1v"));
}

#[tokio::test]
async fn events_come_in_order_and_end_with_the_report() {
    let authority = Authority::new();
    let (port, _) = mail_server(&authority, MailProtocol::Pop3, TlsMode::Implicit, 64).await;
    let target = target(MailProtocol::Pop3, "localhost", port, TlsMode::Implicit);
    let plan = plan(vec![target], by_token(1500));
    let (outcome, events) = run_check(&plan, &authority.trust()).await;
    assert!(
        matches!(&events[0], CheckEvent::Started { steps, account_id: 7, .. } if steps.len() == 7)
    );
    let outcomes: Vec<StepOutcome> = events
        .iter()
        .filter_map(|event| match event {
            CheckEvent::Step { step, .. } => Some(step.outcome),
            CheckEvent::Started { .. }
            | CheckEvent::Probing { .. }
            | CheckEvent::Waiting { .. }
            | CheckEvent::Ended { .. } => None,
        })
        .collect();
    let pairs = [StepOutcome::Running, StepOutcome::Ok].repeat(7);
    assert_eq!(outcomes, pairs);
    let report = outcome.report("order@hana.example", jiff::Timestamp::UNIX_EPOCH);
    assert!(
        matches!(events.last(), Some(CheckEvent::Ended { report: r, .. }) if *r == report.protocols[0])
    );
    assert_eq!(
        (report.protocols[0].messages, report.account_id),
        (Some(3), 7)
    );
}

#[tokio::test]
async fn what_one_protocol_accepts_is_known_to_the_others() {
    let authority = Authority::new();
    let (good, _) = mail_server(&authority, MailProtocol::Pop3, TlsMode::Implicit, 64).await;
    let acceptor = authority.good();
    let bad = serve(move |stream| {
        let acceptor = acceptor.clone();
        async move {
            let mut wire: Wire = Box::new(acceptor.accept(stream).await?);
            let script = [
                "220 hi\r\n",
                "250-hi\r\n250 AUTH XOAUTH2\r\n",
                "334 \r\n",
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled\r\n",
            ];
            recite(&mut wire, &script.map(str::to_owned), 64).await
        }
    })
    .await;
    let mut smtp = target(MailProtocol::Smtp, "localhost", bad, TlsMode::Implicit);
    smtp.needed = false;
    let pop3 = target(MailProtocol::Pop3, "localhost", good, TlsMode::Implicit);
    let plan = plan(vec![smtp, pop3], by_token(1500));
    let (outcome, _) = run_check(&plan, &authority.trust()).await;
    let evidence = &outcome.protocols[0].failure.as_ref().unwrap().evidence;
    assert_eq!(evidence.known.accepted_elsewhere, Some(true));
    assert_eq!(evidence.seen.elsewhere, [(MailProtocol::Pop3, true)]);
    assert_eq!(
        outcome.protocols[1].seen.elsewhere,
        [(MailProtocol::Smtp, false)]
    );
    assert!(evidence.seen.token.is_some());
    assert!(evidence.raw.starts_with("535 5.7.139"));
    assert_eq!(outcome.protocols[0].result(), CheckResult::NotNeeded);
    assert_eq!(outcome.protocols[1].result(), CheckResult::Ok);
}

#[tokio::test]
async fn without_a_right_to_sign_in_it_ends_with_what_the_server_can_do() {
    let authority = Authority::new();
    for tls in [TlsMode::Implicit, TlsMode::StartTls] {
        let (mut targets, mut heard) = (Vec::new(), Vec::new());
        for protocol in [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp] {
            let (port, said) = mail_server(&authority, protocol, tls, 64).await;
            let mut target = target(protocol, "localhost", port, tls);
            (target.needed, target.signs_in) = (false, false);
            targets.push(target);
            heard.push(said);
        }
        let (outcome, _) = run_check(&plan(targets, by_token(1500)), &authority.trust()).await;
        for (protocol, said) in outcome.protocols.iter().zip(&heard) {
            assert!(protocol.failure.is_none(), "{:?}", protocol.failure);
            let report = protocol.report();
            assert_eq!(report.result, CheckResult::NotNeeded);
            assert_eq!((report.problem, report.messages), (None, None));
            for step in &report.steps {
                let signing_in = matches!(step.step, StepName::Auth | StepName::Mailbox);
                let expected = if signing_in {
                    StepOutcome::NotReached
                } else {
                    StepOutcome::Ok
                };
                assert_eq!(step.outcome, expected, "{:?}", step.step);
            }
            assert!(!protocol.seen.capabilities_tls.is_empty());
            let gone = async {
                loop {
                    let said = said.lock().unwrap().join(" ");
                    if said.ends_with("QUIT") || said.ends_with("LOGOUT") {
                        return said;
                    }
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            let said = tokio::time::timeout(Duration::from_secs(5), gone).await;
            assert!(!said.unwrap().contains("AUTH"));
        }
    }
}
