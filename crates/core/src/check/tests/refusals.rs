//! The machines without sockets: what they refuse, what they never keep, and anything at all.

use proptest::prelude::*;

use super::super::machine::Action;
use super::machines::{CHALLENGE, hold, machine};
use super::*;
use crate::diagnosis::{FailureKind, Stage};

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
                Action::SignedIn | Action::Done { .. } | Action::Fail(_) => break,
            }
        }
        let fault = machine.broken(FailureKind::Closed, "closed");
        let everything = format!("{fault:?} {machine:?}");
        prop_assert!(!everything.contains("hunter3"));
        prop_assert!(!everything.contains(token_of(1500).split_at(12).0));
    }
}
