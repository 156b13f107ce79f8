//! Proofs against small servers without encryption that answer line by line: what real servers do
//! not do on demand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::account::{AccountId, Endpoint, Host, Port, TlsMode};
use crate::charset::{Charset, GarblingGuard, prepare};
use crate::check::SignInWith;
use crate::diagnosis::{AccountKind, Cause, Stage, diagnose};
use crate::secret::Secret;

const TOKEN: &str = "k7f3mqd2zp";
/// The test mail's header as servers give it back.
const HEAD: &str =
    "Message-ID: <k7f3mqd2zp@hana.example>\r\nSubject: =?UTF-8?B?44GU5rOo5paH?=\r\n\r\n";

/// Everything that clients said, in order.
type Heard = Arc<Mutex<Vec<String>>>;

/// A server that greets and answers each line; an empty answer says nothing.
async fn server(
    greeting: &'static str,
    answer: impl Fn(&str) -> String + Send + Sync + 'static,
) -> (u16, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let (record, answer) = (heard.clone(), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (record, answer) = (record.clone(), answer.clone());
            tokio::spawn(async move {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).lines();
                writer.write_all(greeting.as_bytes()).await.unwrap();
                while let Ok(Some(line)) = lines.next_line().await {
                    record.lock().unwrap().push(line.clone());
                    let reply = answer(&line);
                    let over = line.ends_with("QUIT") || line.ends_with("LOGOUT");
                    if writer.write_all(reply.as_bytes()).await.is_err() || over {
                        return;
                    }
                }
            });
        }
    });
    (port, heard)
}

/// A POP3 server; `own` answers first, and nothing from it means the usual answer.
async fn pop3(own: impl Fn(&str) -> String + Send + Sync + 'static) -> (u16, Heard) {
    server("+OK ready\r\n", move |line| {
        let answer = own(line);
        if !answer.is_empty() {
            return answer;
        }
        match line.split(' ').next().unwrap() {
            "CAPA" => "+OK\r\nUSER\r\nTOP\r\nUIDL\r\n.\r\n",
            "UIDL" => "+OK\r\n1 a\r\n.\r\n",
            "TOP" => "+OK\r\nSubject: other\r\n\r\n.\r\n",
            "STAT" => "+OK 1 900\r\n",
            _ => "+OK\r\n",
        }
        .to_owned()
    })
    .await
}

/// A submission server that takes everything, but for what `own` answers.
async fn smtp(own: impl Fn(&str) -> String + Send + Sync + 'static) -> (u16, Heard) {
    server("220 ready\r\n", move |line| {
        let answer = own(line);
        if !answer.is_empty() {
            return answer;
        }
        let word = line.split([' ', ':']).next().unwrap();
        match word {
            "EHLO" => "250-hi\r\n250 AUTH PLAIN\r\n",
            "AUTH" => "235 in\r\n",
            "MAIL" | "RCPT" | "." => "250-first\r\n250 ok\r\n",
            "DATA" => "354 go on\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "",
        }
        .to_owned()
    })
    .await
}

fn target(protocol: MailProtocol, port: u16) -> Target {
    Target {
        protocol,
        endpoint: Endpoint {
            host: Host::new("127.0.0.1").unwrap(),
            port: Port::new(i64::from(port)).unwrap(),
            tls: TlsMode::None,
        },
        needed: true,
        signs_in: true,
    }
}

/// Runs a proof on these servers, or only looks where there is none to send by.
async fn run(
    sending: Option<u16>,
    reception: Option<(MailProtocol, u16)>,
    cancel: &CancellationToken,
) -> (Result<Ended, Box<Failed>>, Vec<ProofEvent>) {
    run_among(&Places::default(), sending, reception, cancel).await
}

/// Runs one beside others with whom it shares the places.
async fn run_among(
    places: &Places,
    sending: Option<u16>,
    reception: Option<(MailProtocol, u16)>,
    cancel: &CancellationToken,
) -> (Result<Ended, Box<Failed>>, Vec<ProofEvent>) {
    let plan = Plan {
        account: AccountId(7),
        account_kind: AccountKind::Other,
        protocols: Vec::new(),
        sign_in: SignInWith::Password {
            user: "order".to_owned(),
            password: Secret::new("spring-37".to_owned()),
        },
    };
    let events = Mutex::new(Vec::new());
    let progress = |event| events.lock().unwrap().push(event);
    // Nobody encrypts here: any authority will do.
    let key = rcgen::KeyPair::generate().unwrap();
    let authority = rcgen::CertificateParams::default()
        .self_signed(&key)
        .unwrap();
    let trust = Trust::only([authority.der().clone()]).unwrap();
    let world = World {
        trust: &trust,
        around: &Around::default(),
        places,
        cancel,
        progress: &progress,
    };
    let address = MailAddress::new("order@hana.example").unwrap();
    let mail = prepare("ご注文", ".点で始まる行", Charset::Utf8, GarblingGuard::Off);
    let test = TestMail {
        address: &address,
        token: TOKEN,
        at: Timestamp::UNIX_EPOCH,
        mail: &mail,
    };
    let sending = sending
        .map(|port| target(MailProtocol::Smtp, port))
        .unwrap();
    let reception = reception.map(|(protocol, port)| target(protocol, port));
    let ended = prove(&plan, (&sending, reception.as_ref()), test, world).await;
    (ended, events.into_inner().unwrap())
}

fn said(heard: &Heard, word: &str) -> usize {
    let heard = heard.lock().unwrap();
    heard.iter().filter(|line| line.starts_with(word)).count()
}

#[tokio::test]
async fn the_mail_goes_to_the_account_itself_and_is_found_again() {
    let (smtp_port, smtp_heard) = smtp(|_| String::new()).await;
    let sent = smtp_heard.clone();
    let (pop3_port, pop3_heard) = pop3(move |line| {
        // The mail is there from the second look after it was sent.
        let arrived = said(&sent, ".") > 0;
        match line {
            "UIDL" if arrived => "+OK\r\n1 a\r\n2 b\r\n.\r\n".to_owned(),
            "TOP 2 0" => format!("+OK\r\n{HEAD}.\r\n"),
            "TOP 2 100" => format!("+OK\r\n{HEAD}..text\r\n.\r\n"),
            _ => String::new(),
        }
    })
    .await;
    let cancel = CancellationToken::new();
    let (ended, events) = run(
        Some(smtp_port),
        Some((MailProtocol::Pop3, pop3_port)),
        &cancel,
    )
    .await;
    let Ok(Ended::Arrived { mail, .. }) = ended else {
        panic!("{ended:?}")
    };
    assert_eq!(
        (mail.subject.as_str(), mail.body.trim()),
        ("ご注文", ".text")
    );
    assert_eq!(events.first(), Some(&ProofEvent::Looking));
    assert_eq!(events.get(1), Some(&ProofEvent::Sending));
    let heard = smtp_heard.lock().unwrap();
    for line in [
        "MAIL FROM:<order@hana.example>",
        "RCPT TO:<order@hana.example>",
    ] {
        assert!(heard.iter().any(|said| said == line), "{heard:?}");
    }
    assert!(heard.iter().filter(|said| said.starts_with("RCPT")).count() == 1);
    for word in ["DELE", "RETR", "RSET"] {
        assert_eq!(said(&pop3_heard, word), 0);
    }
    // What was there before is not read at all.
    assert_eq!(said(&pop3_heard, "TOP 1"), 0);
}

#[tokio::test]
async fn each_refusal_has_its_stage_and_its_cause() {
    for (word, reply, stage, cause) in [
        (
            "MAIL",
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n",
            Stage::SendMailFrom,
            Some(Cause::SendAsDenied),
        ),
        (
            "RCPT",
            "550 5.7.54 Unable to relay\r\n",
            Stage::SendRcpt,
            None,
        ),
        ("DATA", "451 4.3.0 later\r\n", Stage::SendData, None),
        (".", "552 5.2.2 mailbox full\r\n", Stage::SendData, None),
        ("RCPT", "garbage\r\n", Stage::SendRcpt, None),
    ] {
        let (smtp_port, _) = smtp(move |line| {
            if line.starts_with(word) {
                reply.to_owned()
            } else {
                String::new()
            }
        })
        .await;
        let (pop3_port, _) = pop3(|_| String::new()).await;
        let cancel = CancellationToken::new();
        let reception = Some((MailProtocol::Pop3, pop3_port));
        let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
        let failed = ended.unwrap_err();
        assert_eq!(failed.evidence.stage, stage, "{word}");
        assert_eq!(failed.target.protocol, MailProtocol::Smtp);
        assert!(!failed.sent);
        if let Some(cause) = cause {
            assert_eq!(diagnose(&failed.evidence).cause(), cause);
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_where_its_arrival_could_not_be_seen() {
    for (word, reply) in [
        ("PASS", "-ERR no\r\n"),
        ("UIDL", "-ERR not here\r\n"),
        ("UIDL", "+OK\r\nnonsense\r\n"),
    ] {
        let (smtp_port, smtp_heard) = smtp(|_| String::new()).await;
        let (pop3_port, _) = pop3(move |line| {
            if line.starts_with(word) {
                reply.to_owned()
            } else {
                String::new()
            }
        })
        .await;
        let cancel = CancellationToken::new();
        let reception = Some((MailProtocol::Pop3, pop3_port));
        let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
        let failed = ended.unwrap_err();
        assert_eq!(failed.target.protocol, MailProtocol::Pop3);
        assert!(smtp_heard.lock().unwrap().is_empty());
        assert!(!failed.evidence.raw.contains("spring-37"));
    }
}

#[tokio::test]
async fn a_mailbox_that_is_held_by_another_program_is_tried_again() {
    let (smtp_port, sent) = smtp(|_| String::new()).await;
    let tries = Arc::new(Mutex::new(0));
    let count = tries.clone();
    let (pop3_port, _) = pop3(move |line| {
        let arrived = said(&sent, ".") > 0;
        match line {
            "PASS spring-37" if arrived => {
                let mut tries = count.lock().unwrap();
                *tries += 1;
                if *tries == 1 {
                    return "-ERR [IN-USE] another session\r\n".to_owned();
                }
                String::new()
            }
            "UIDL" if arrived => "+OK\r\n9 z\r\n.\r\n".to_owned(),
            "TOP 9 0" | "TOP 9 100" => format!("+OK\r\n{HEAD}.\r\n"),
            _ => String::new(),
        }
    })
    .await;
    let cancel = CancellationToken::new();
    let reception = Some((MailProtocol::Pop3, pop3_port));
    let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
    assert!(matches!(ended, Ok(Ended::Arrived { .. })), "{ended:?}");
    assert_eq!(*tries.lock().unwrap(), 2);
}

#[tokio::test]
async fn two_proofs_of_a_mailbox_take_turns() {
    let (smtp_port, sent) = smtp(|_| String::new()).await;
    let sessions = Arc::new(Mutex::new((0, 0)));
    let count = sessions.clone();
    let (pop3_port, _) = pop3(move |line| {
        let arrived = said(&sent, ".") > 1;
        let (open, most) = &mut *count.lock().unwrap();
        match line {
            "PASS spring-37" => {
                *open += 1;
                *most = (*most).max(*open);
                String::new()
            }
            "QUIT" => {
                *open -= 1;
                "+OK bye\r\n".to_owned()
            }
            "UIDL" if arrived => "+OK\r\n1 a\r\n2 b\r\n.\r\n".to_owned(),
            "TOP 2 0" | "TOP 2 100" => format!("+OK\r\n{HEAD}.\r\n"),
            _ => String::new(),
        }
    })
    .await;
    let (places, cancel) = (Places::default(), CancellationToken::new());
    let reception = Some((MailProtocol::Pop3, pop3_port));
    let prove = || run_among(&places, Some(smtp_port), reception, &cancel);
    let ((one, _), (other, _)) = tokio::join!(prove(), prove());
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert_eq!(sessions.lock().unwrap().1, 1);
}

#[tokio::test]
async fn imap_looks_without_a_trace() {
    let (smtp_port, _) = smtp(|_| String::new()).await;
    let (imap_port, heard) = server("* OK hi\r\n", |line| {
        let (tag, command) = line.split_once(' ').unwrap();
        let length = HEAD.len();
        let reply = match command.split(' ').next().unwrap() {
            "CAPABILITY" => "* CAPABILITY IMAP4rev1\r\n".to_owned(),
            "EXAMINE" => "* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n".to_owned(),
            "FETCH" => format!("* 1 FETCH (BODY[X] {{{length}}}\r\n{HEAD})\r\n"),
            _ => String::new(),
        };
        format!("{reply}{tag} OK\r\n")
    })
    .await;
    let cancel = CancellationToken::new();
    let reception = Some((MailProtocol::Imap, imap_port));
    let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
    let Ok(Ended::Arrived { mail, .. }) = ended else {
        panic!("{ended:?}")
    };
    assert_eq!(mail.subject, "ご注文");
    for line in heard.lock().unwrap().iter() {
        assert!(
            !line.contains("SELECT") && !line.contains("STORE"),
            "{line}"
        );
        assert!(
            !line.contains("FETCH") || line.contains("BODY.PEEK["),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_mailbox_that_never_ends_is_left() {
    let (smtp_port, _) = smtp(|_| String::new()).await;
    let endless = "x".repeat(5_000) + "\r\n";
    let (imap_port, _) = server("* OK hi\r\n", move |line| {
        let (tag, command) = line.split_once(' ').unwrap();
        match command.split(' ').next().unwrap() {
            "EXAMINE" => format!("* 1 EXISTS {{999999999}}\r\n{}", endless.repeat(100)),
            _ => format!("{tag} OK\r\n"),
        }
    })
    .await;
    let cancel = CancellationToken::new();
    let reception = Some((MailProtocol::Imap, imap_port));
    let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
    let failed = ended.unwrap_err();
    assert_eq!(failed.evidence.seen.failure, Some(FailureKind::TooLong));
}

#[tokio::test]
async fn stopping_ends_the_wait_at_once() {
    let (smtp_port, sent) = smtp(|_| String::new()).await;
    let (pop3_port, _) = pop3(|_| String::new()).await;
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    tokio::spawn(async move {
        while said(&sent, ".") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.cancel();
    });
    let since = Instant::now();
    let reception = Some((MailProtocol::Pop3, pop3_port));
    let (ended, _) = run(Some(smtp_port), reception, &cancel).await;
    assert!(ended.unwrap_err().cancelled());
    assert!(since.elapsed() < Duration::from_secs(30));
}
