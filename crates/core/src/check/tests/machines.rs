//! The machines without sockets: whole dialogues, in every cut.

use super::super::machine::{Action, Fault, Machine};
use super::*;
use crate::diagnosis::{FailureKind, Seen, Stage};
use crate::view::StepName;

/// What came of a scripted dialogue.
pub(super) struct Held {
    pub(super) sent: Vec<String>,
    pub(super) steps: Vec<StepName>,
    pub(super) result: Result<Option<u64>, Fault>,
    pub(super) seen: Seen,
}

/// Holds a dialogue: `script` has the server's bytes for the greeting and then for each line that
/// comes (or for the TLS handshake: none). The bytes come in pieces of `piece`.
pub(super) fn hold(mut machine: Machine, script: &[&str], piece: usize) -> Held {
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
            Action::SignedIn => break Ok(None),
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

pub(super) fn machine(protocol: MailProtocol, tls: TlsMode, sign_in: &SignInWith) -> Machine {
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

pub(super) const CHALLENGE: &str = "eyJzdGF0dXMiOiI0MDEifQ==";

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
