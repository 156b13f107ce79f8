//! The machines without sockets: whole dialogues in every cut, refusals, and anything at all.

use proptest::prelude::*;

use super::super::machine::{Action, Fault, Machine};
use super::*;
use crate::diagnosis::{FailureKind, Seen, Stage};
use crate::view::StepName;

/// What came of a scripted dialogue.
struct Held {
    sent: Vec<String>,
    steps: Vec<StepName>,
    result: Result<Option<u64>, Fault>,
    seen: Seen,
}

/// Holds a dialogue: `script` has the server's bytes for the greeting and then for each line that
/// comes (or for the TLS handshake: none). The bytes come in pieces of `piece`.
fn hold(mut machine: Machine, script: &[&str], piece: usize) -> Held {
    let mut script = script.iter();
    let mut incoming: Vec<u8> = script.next().unwrap().as_bytes().to_vec();
    let (mut sent, mut steps) = (Vec::new(), Vec::new());
    let result = loop {
        match machine.poll() {
            Action::Begin(step) => steps.push(step),
            Action::Send(line) => {
                sent.push(line.expose().to_owned());
                if let Some(reply) = script.next() {
                    incoming.extend_from_slice(reply.as_bytes());
                }
            }
            Action::StartTls => machine.encrypted(),
            Action::Read if incoming.is_empty() => {
                break Err(machine.broken(FailureKind::Closed, "closed"));
            }
            Action::Read => {
                let rest = incoming.split_off(piece.min(incoming.len()));
                machine.push(&std::mem::replace(&mut incoming, rest));
            }
            Action::Done { messages } => break Ok(messages),
            Action::Fail(fault) => break Err(fault),
        }
    };
    Held {
        sent,
        steps,
        result,
        seen: machine.into_seen(),
    }
}

fn machine(protocol: MailProtocol, tls: TlsMode, sign_in: &SignInWith) -> Machine {
    Machine::new(&target(protocol, "mail.hana.example", 995, tls), sign_in)
}

/// The same dialogue byte by byte and in one piece.
fn hold_in_every_cut(
    protocol: MailProtocol,
    tls: TlsMode,
    sign_in: &SignInWith,
    script: &[&str],
) -> Held {
    let whole = hold(machine(protocol, tls, sign_in), script, usize::MAX);
    for piece in [1, 2, 3, 7] {
        let cut = hold(machine(protocol, tls, sign_in), script, piece);
        assert_eq!(cut.result, whole.result);
        assert_eq!(cut.sent, whole.sent);
        assert_eq!(cut.seen.replies, whole.seen.replies);
    }
    whole
}

const CHALLENGE: &str = "eyJzdGF0dXMiOiI0MDEifQ==";

#[test]
fn pop3_by_token_takes_two_lines() {
    let script = [
        "+OK ready\r\n",
        "+OK\r\nUSER\r\nSASL PLAIN XOAUTH2\r\nSTLS\r\n.\r\n",
        "+ \r\n",
        "+OK Logged in.\r\n",
        "+OK 12 34567\r\n",
    ];
    let held = hold_in_every_cut(
        MailProtocol::Pop3,
        TlsMode::Implicit,
        &by_token(4000),
        &script,
    );
    assert_eq!(held.result, Ok(Some(12)));
    let commands: Vec<&str> = held.sent.iter().map(String::as_str).collect();
    assert_eq!(commands[..2], ["CAPA\r\n", "AUTH XOAUTH2\r\n"]);
    assert!(commands[2].len() > 5000 && commands[2].ends_with("\r\n"));
    assert_eq!(commands[3..], ["STAT\r\n", "QUIT\r\n"]);
    assert_eq!(
        held.seen.capabilities_tls,
        ["USER", "SASL PLAIN XOAUTH2", "STLS"]
    );
}

#[test]
fn pop3_starttls_asks_again_and_a_challenge_is_answered() {
    let script = [
        "+OK ready\r\n",
        "+OK\r\nSTLS\r\n.\r\n",
        "+OK begin\r\n",
        "+OK\r\nSASL OAUTHBEARER\r\n.\r\n",
        "+ \r\n",
        &format!("+ {CHALLENGE}\r\n"),
        "-ERR [AUTH] Authentication failed.\r\n",
    ];
    let held = hold(
        machine(MailProtocol::Pop3, TlsMode::StartTls, &by_token(1500)),
        &script,
        1,
    );
    let fault = held.result.unwrap_err();
    assert_eq!(
        (fault.stage, fault.kind),
        (Stage::Auth, FailureKind::Refused)
    );
    assert_eq!(fault.raw, "-ERR [AUTH] Authentication failed.");
    assert_eq!(held.sent[3], "AUTH OAUTHBEARER\r\n");
    assert_eq!(held.sent.last().unwrap(), "AQ==\r\n");
    assert_eq!(held.seen.challenge.unwrap(), r#"{"status":"401"}"#);
    assert_eq!(held.seen.capabilities_plain, ["STLS"]);
    assert_eq!(
        held.steps,
        [
            StepName::Greeting,
            StepName::Capability,
            StepName::Tls,
            StepName::Auth
        ]
    );
}

#[test]
fn pop3_by_password() {
    let capa_fails = [
        "+OK\r\n",
        "-ERR what?\r\n",
        "+OK\r\n",
        "+OK in\r\n",
        "+OK 0 0\r\n",
    ];
    let held = hold_in_every_cut(
        MailProtocol::Pop3,
        TlsMode::None,
        &by_password("hunter2"),
        &capa_fails,
    );
    assert_eq!(held.result, Ok(Some(0)));
    assert_eq!(held.sent[1..3], ["USER order\r\n", "PASS hunter2\r\n"]);
    let only_sasl = [
        "+OK\r\n",
        "+OK\r\nSASL PLAIN\r\n.\r\n",
        "+\r\n",
        "+OK\r\n",
        "+OK 1 1\r\n",
    ];
    let held = hold(
        machine(
            MailProtocol::Pop3,
            TlsMode::Implicit,
            &by_password("hunter2"),
        ),
        &only_sasl,
        3,
    );
    assert_eq!(held.result, Ok(Some(1)));
    assert_eq!(
        held.sent[1..3],
        ["AUTH PLAIN\r\n", "AG9yZGVyAGh1bnRlcjI=\r\n"]
    );
}

#[test]
fn smtp_starttls_by_token_and_no_mail() {
    let script = [
        "220-mail\r\n220 ready\r\n",
        "250-mail\r\n250-SIZE 1\r\n250 STARTTLS\r\n",
        "220 go\r\n",
        "250-mail\r\n250 AUTH LOGIN XOAUTH2\r\n",
        "334 \r\n",
        "235 2.7.0 ok\r\n",
    ];
    let held = hold_in_every_cut(
        MailProtocol::Smtp,
        TlsMode::StartTls,
        &by_token(1500),
        &script,
    );
    assert_eq!(held.result, Ok(None));
    assert_eq!(held.sent[3], "AUTH XOAUTH2\r\n");
    assert_eq!(held.sent.last().unwrap(), "QUIT\r\n");
    assert_eq!(held.seen.capabilities_plain, ["SIZE 1", "STARTTLS"]);
    assert_eq!(held.seen.capabilities_tls, ["AUTH LOGIN XOAUTH2"]);
    assert!(held.sent.iter().all(|line| !line.starts_with("MAIL")));
}

#[test]
fn smtp_by_password_as_offered() {
    let login = [
        "220 a\r\n",
        "250-a\r\n250 AUTH LOGIN\r\n",
        "334 VQ==\r\n",
        "334 UA==\r\n",
        "235 ok\r\n",
    ];
    let held = hold(
        machine(
            MailProtocol::Smtp,
            TlsMode::Implicit,
            &by_password("hunter2"),
        ),
        &login,
        2,
    );
    assert_eq!(held.result, Ok(None));
    assert_eq!(held.sent[2..4], ["b3JkZXI=\r\n", "aHVudGVyMg==\r\n"]);
    let plain = [
        "220 a\r\n",
        "500 no\r\n",
        "250 a\r\n",
        "503 5.5.1 Error: authentication not enabled\r\n",
    ];
    let held = hold(
        machine(
            MailProtocol::Smtp,
            TlsMode::Implicit,
            &by_password("hunter2"),
        ),
        &plain,
        2,
    );
    assert_eq!(held.sent[1..], ["HELO [127.0.0.1]\r\n", "AUTH LOGIN\r\n"]);
    assert_eq!(
        held.result.unwrap_err().raw,
        "503 5.5.1 Error: authentication not enabled"
    );
}

#[test]
fn imap_by_token_in_one_line_or_two() {
    let greeting = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n";
    let short = [
        greeting,
        "n1 OK in\r\n",
        "* STATUS INBOX (MESSAGES 5)\r\nn2 OK done\r\n",
    ];
    let held = hold_in_every_cut(
        MailProtocol::Imap,
        TlsMode::Implicit,
        &by_token(1500),
        &short,
    );
    assert_eq!(held.result, Ok(Some(5)));
    assert!(held.sent[0].starts_with("n1 AUTHENTICATE XOAUTH2 dXNlcj1v"));
    let long = [
        greeting,
        "+ \r\n",
        "n1 OK in\r\n",
        "* STATUS {5}\r\nINBOX (MESSAGES 6)\r\nn2 OK\r\n",
    ];
    let held = hold_in_every_cut(
        MailProtocol::Imap,
        TlsMode::Implicit,
        &by_token(4000),
        &long,
    );
    assert_eq!(held.result, Ok(Some(6)));
    assert_eq!(held.sent[0], "n1 AUTHENTICATE XOAUTH2\r\n");
}

#[test]
fn imap_accepted_and_not_connected_fails_at_the_mailbox() {
    let script = [
        "* OK ready\r\n",
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2\r\nn1 OK\r\n",
        "+ \r\n",
        "n2 OK AUTHENTICATE completed.\r\n",
        "n3 BAD User is authenticated but not connected.\r\n",
    ];
    let held = hold(
        machine(MailProtocol::Imap, TlsMode::Implicit, &by_token(1500)),
        &script,
        1,
    );
    let fault = held.result.unwrap_err();
    assert_eq!(fault.stage, Stage::Mailbox);
    assert_eq!(fault.raw, "n3 BAD User is authenticated but not connected.");
}

#[test]
fn imap_by_password_quotes_and_says_good_bye() {
    let script = [
        "* OK [CAPABILITY IMAP4rev1] a\r\n",
        "* BYE too many connections\r\n",
    ];
    let held = hold(
        machine(
            MailProtocol::Imap,
            TlsMode::Implicit,
            &by_password(r#"a"b\c"#),
        ),
        &script,
        1,
    );
    assert_eq!(held.sent[0], "n1 LOGIN \"order\" \"a\\\"b\\\\c\"\r\n");
    let fault = held.result.unwrap_err();
    assert_eq!(
        (fault.kind, fault.raw.as_str()),
        (FailureKind::Refused, "* BYE too many connections")
    );
    let disabled = ["* OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] a\r\n"];
    let held = hold(
        machine(MailProtocol::Imap, TlsMode::None, &by_password("p")),
        &disabled,
        1,
    );
    assert_eq!(held.result.unwrap_err().kind, FailureKind::NoSignInOffered);
}

#[test]
fn what_comes_with_the_agreement_to_encrypt_is_refused() {
    for (protocol, script) in [
        (
            MailProtocol::Pop3,
            ["+OK\r\n", "+OK\r\nSTLS\r\n.\r\n", "+OK\r\n+OK\r\n.\r\n"],
        ),
        (
            MailProtocol::Smtp,
            [
                "220 a\r\n",
                "250-a\r\n250 STARTTLS\r\n",
                "220 go\r\n250 AUTH PLAIN\r\n",
            ],
        ),
        (
            MailProtocol::Imap,
            [
                "* OK\r\n",
                "* CAPABILITY STARTTLS\r\nn1 OK\r\n",
                "n2 OK\r\n* CAP",
            ],
        ),
    ] {
        let held = hold(
            machine(protocol, TlsMode::StartTls, &by_password("hunter2")),
            &script,
            usize::MAX,
        );
        let fault = held.result.unwrap_err();
        assert_eq!(
            (fault.stage, fault.kind),
            (Stage::StartTls, FailureKind::Injected)
        );
        assert!(held.sent.iter().all(|line| !line.contains("hunter2")));
    }
}

#[test]
fn starttls_not_offered_or_refused_never_falls_back_to_plain() {
    for (protocol, script, kind) in [
        (
            MailProtocol::Smtp,
            ["220 a\r\n", "250 a\r\n", ""],
            FailureKind::StartTlsNotOffered,
        ),
        (
            MailProtocol::Pop3,
            ["+OK\r\n", "+OK\r\nUSER\r\n.\r\n", ""],
            FailureKind::StartTlsNotOffered,
        ),
        (
            MailProtocol::Pop3,
            ["+OK\r\n", "-ERR\r\n", "-ERR no\r\n"],
            FailureKind::StartTlsRefused,
        ),
        (
            MailProtocol::Imap,
            [
                "* OK [CAPABILITY IMAP4rev1 STARTTLS] a\r\n",
                "n1 BAD no\r\n",
                "",
            ],
            FailureKind::StartTlsRefused,
        ),
    ] {
        let held = hold(
            machine(protocol, TlsMode::StartTls, &by_password("hunter2")),
            &script,
            usize::MAX,
        );
        let fault = held.result.unwrap_err();
        assert_eq!((fault.stage, fault.kind), (Stage::StartTls, kind));
    }
}

#[test]
fn another_protocol_is_known_by_its_greeting() {
    for (protocol, greeting) in [
        (MailProtocol::Pop3, "220 mail ESMTP\r\n"),
        (MailProtocol::Pop3, "* OK IMAP4\r\n"),
        (MailProtocol::Imap, "+OK POP3\r\n"),
        (MailProtocol::Smtp, "+OK POP3\r\n"),
        (MailProtocol::Smtp, "HTTP/1.1 400 Bad Request\r\n"),
    ] {
        let held = hold(
            machine(protocol, TlsMode::None, &by_password("p")),
            &[greeting],
            1,
        );
        let fault = held.result.unwrap_err();
        assert_eq!(
            (fault.stage, fault.kind),
            (Stage::Greeting, FailureKind::OtherProtocol)
        );
        assert_eq!(held.seen.cleartext.unwrap(), greeting.trim());
    }
}

#[test]
fn no_token_goes_over_an_unencrypted_connection() {
    for (protocol, script) in [
        (MailProtocol::Pop3, ["+OK\r\n", "-ERR\r\n", "+ \r\n"]),
        (MailProtocol::Smtp, ["220 a\r\n", "250 a\r\n", "334 \r\n"]),
        (
            MailProtocol::Imap,
            ["* OK [CAPABILITY SASL-IR AUTH=XOAUTH2] a\r\n", "", ""],
        ),
    ] {
        let held = hold(
            machine(protocol, TlsMode::None, &by_token(1500)),
            &script,
            1,
        );
        assert_eq!(held.result.unwrap_err().kind, FailureKind::NoSignInOffered);
        assert!(held.sent.iter().all(|line| line.len() < 40));
    }
}

#[test]
fn an_echo_of_what_was_sent_is_never_kept() {
    let token = token_of(1500);
    let half = token.split_at(700).1;
    let script = [
        "+OK\r\n",
        "+OK\r\nSASL XOAUTH2\r\n.\r\n",
        "+ \r\n",
        &format!("-ERR no such user with {half} or Bearer {token}\r\n"),
    ];
    let held = hold(
        machine(MailProtocol::Pop3, TlsMode::Implicit, &by_token(1500)),
        &script,
        5,
    );
    let everything = format!("{:?} {:?}", held.result, held.seen);
    assert!(
        token
            .as_bytes()
            .windows(12)
            .all(|part| !everything.contains(str::from_utf8(part).unwrap()))
    );
    assert_eq!(
        held.result.unwrap_err().raw,
        "-ERR no such user with […] or Bearer […]"
    );
}

#[test]
fn thousands_of_capabilities_are_bounded() {
    let many = format!("+OK\r\n{}.\r\n", "X-CAPABILITY-OF-NO-USE\r\n".repeat(2500));
    let script = ["+OK\r\n", &many, "+OK\r\n", "+OK\r\n", "+OK 0 0\r\n"];
    let held = hold(
        machine(MailProtocol::Pop3, TlsMode::None, &by_password("p")),
        &script,
        4096,
    );
    assert_eq!(held.seen.capabilities_plain.len(), 200);
    let endless = format!("+OK\r\n{}", "X\r\n".repeat(30_000));
    let held = hold(
        machine(MailProtocol::Pop3, TlsMode::None, &by_password("p")),
        &["+OK\r\n", &endless],
        4096,
    );
    assert_eq!(held.result.unwrap_err().kind, FailureKind::TooLong);
}

/// Anything a server could say, with the words of the protocols well mixed in.
fn anything() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let word = prop::sample::select(vec![
        "+OK ",
        "-ERR ",
        "+ ",
        "+",
        "* OK ",
        "* BYE ",
        "* CAPABILITY ",
        "[CAPABILITY ",
        "]",
        "n1 ",
        "n2 ",
        "n3 ",
        "OK ",
        "NO ",
        "BAD ",
        "220 ",
        "220-",
        "250 ",
        "250-",
        "334 ",
        "235 ",
        "535 ",
        "421 ",
        "STLS",
        "STARTTLS",
        "SASL XOAUTH2",
        "AUTH LOGIN",
        "SASL-IR ",
        "AUTH=XOAUTH2 ",
        "{3}",
        "{99999999999999999999}",
        ".",
        "* STATUS INBOX (MESSAGES ",
        "4)",
        CHALLENGE,
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "\0",
        "あ",
    ]);
    let piece = prop_oneof![
        8 => word.prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..60)
}

proptest! {
    #[test]
    fn no_input_panics_or_gets_a_secret_out(pieces in anything(), protocol in 0..3, mode in 0..3, by in 0..2) {
        let protocol = [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp][protocol as usize];
        let mode = [TlsMode::Implicit, TlsMode::StartTls, TlsMode::None][mode as usize];
        let sign_in = if by == 0 { by_token(1500) } else { by_password("hunter2-hunter3") };
        let mut machine = machine(protocol, mode, &sign_in);
        let mut pieces = pieces.into_iter();
        for _ in 0..500 {
            match machine.poll() {
                Action::Begin(_) => {}
                Action::Send(line) => prop_assert!(line.expose().ends_with("\r\n")),
                Action::StartTls => machine.encrypted(),
                Action::Read => match pieces.next() {
                    Some(piece) => machine.push(&piece),
                    None => break,
                },
                Action::Done { .. } | Action::Fail(_) => break,
            }
        }
        let fault = machine.broken(FailureKind::Closed, "closed");
        let everything = format!("{fault:?} {machine:?}");
        prop_assert!(!everything.contains("hunter3"));
        prop_assert!(!everything.contains(token_of(1500).split_at(12).0));
    }
}
