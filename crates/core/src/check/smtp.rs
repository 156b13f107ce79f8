//! SMTP submission (RFC 5321, 4954, 3207): greeting, EHLO, STARTTLS, EHLO again, sign-in, QUIT.
//! There is no MAIL command in this file, and there must never be one: a check sends nothing.

use super::machine::{Talk, speaks_another};
use super::plan::SignInWith;
use super::sasl::{self, Bearer};
use crate::diagnosis::{FailureKind, Stage};
use crate::view::StepName;

/// RFC 5321 4.1.3 asks a client without a name for an address literal. The loopback address is one
/// that every server accepts and that tells nobody what the shop's network looks like.
const OURSELVES: &str = "[127.0.0.1]";
/// RFC 5321's limit for a command line. A longer response goes in two steps, as Postfix refuses
/// AUTH lines over 2,048 octets.
const MAX_COMMAND: usize = 512;

/// Where the dialogue is: what the next reply answers.
#[derive(Debug, Default)]
pub(super) struct Smtp {
    state: State,
    /// The lines of the reply so far.
    reply: Vec<u8>,
    /// Lines of it.
    lines: usize,
}

#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Greeting,
    Ehlo,
    Helo,
    StartTls,
    Bearer(Bearer),
    Token(Bearer),
    Refusal(Bearer),
    Plain,
    PlainSent,
    Login,
    LoginUser,
    LoginPassword,
}

impl Smtp {
    /// Reacts to a line; replies of several lines are collected first.
    pub(super) fn line(&mut self, talk: &mut Talk, line: &[u8]) {
        let Some((code, last, text)) = parts(line) else {
            let kind = if matches!(self.state, State::Greeting) && speaks_another(line, b"220") {
                FailureKind::OtherProtocol
            } else {
                FailureKind::Malformed
            };
            talk.keep(self.command(), line);
            talk.fail(kind, line);
            return;
        };
        if !self.reply.is_empty() {
            self.reply.push(b'\n');
        }
        self.reply.extend_from_slice(line);
        self.lines += 1;
        if matches!(self.state, State::Ehlo) && code == 250 && self.lines > 1 {
            talk.keep_capability(text);
        }
        if last {
            let reply = std::mem::take(&mut self.reply);
            self.lines = 0;
            talk.keep(self.command(), &reply);
            self.reply(talk, code, text, &reply);
        }
    }

    /// The connection is encrypted: what was said in the clear is asked again.
    pub(super) fn encrypted(&mut self, talk: &mut Talk) {
        talk.begin_sign_in();
        self.ehlo(talk);
    }

    fn reply(&mut self, talk: &mut Talk, code: u16, text: &[u8], reply: &[u8]) {
        match (self.state, code) {
            (State::Greeting, 220) => {
                talk.begin(StepName::Capability);
                self.ehlo(talk);
            }
            (State::Ehlo | State::Helo, 250) => self.capable(talk, reply),
            // 421 says good-bye; all other refusals of EHLO mean a server without extensions.
            (State::Ehlo, 500..=599) => {
                talk.send(&format!("HELO {OURSELVES}"));
                self.state = State::Helo;
            }
            (State::StartTls, 220) => talk.start_tls(),
            (State::StartTls, _) => {
                talk.fail_at(Stage::StartTls, FailureKind::StartTlsRefused, reply);
            }
            (State::Bearer(bearer), 334) => {
                if let Some(response) = talk.bearer_response(bearer) {
                    talk.send_secret(&response);
                    self.state = State::Token(bearer);
                }
            }
            (State::Token(bearer), 334) => {
                if let Some(decoded) = sasl::challenge(text) {
                    talk.keep_challenge(&decoded);
                }
                talk.send(bearer.after_challenge());
                self.state = State::Refusal(bearer);
            }
            (State::Plain, 334) => {
                if let SignInWith::Password { user, password } = &talk.sign_in {
                    let response = sasl::plain(user, password);
                    talk.send_response(&response);
                    self.state = State::PlainSent;
                }
            }
            (State::Login, 334) => {
                if let SignInWith::Password { user, .. } = &talk.sign_in {
                    let user = sasl::encoded(user);
                    talk.send_secret(&user);
                    self.state = State::LoginUser;
                }
            }
            (State::LoginUser, 334) => {
                let password = sasl::encoded(talk.sign_in.secret().expose());
                talk.send_secret(&password);
                self.state = State::LoginPassword;
            }
            (State::Token(_) | State::PlainSent | State::LoginPassword, 235) => {
                if !talk.signed_in() {
                    talk.done("QUIT", None);
                }
            }
            (_, 400..=599) => talk.fail(FailureKind::Refused, reply),
            _ => talk.fail(FailureKind::Malformed, reply),
        }
    }

    fn ehlo(&mut self, talk: &mut Talk) {
        talk.send(&format!("EHLO {OURSELVES}"));
        self.state = State::Ehlo;
    }

    fn capable(&mut self, talk: &mut Talk, reply: &[u8]) {
        if talk.wants_tls() {
            if talk
                .capabilities()
                .iter()
                .any(|line| line.eq_ignore_ascii_case("STARTTLS"))
            {
                talk.begin(StepName::Tls);
                talk.send("STARTTLS");
                self.state = State::StartTls;
            } else {
                talk.fail_at(Stage::StartTls, FailureKind::StartTlsNotOffered, reply);
            }
            return;
        }
        if !talk.signs_in {
            talk.done("QUIT", None);
            return;
        }
        talk.begin_sign_in();
        // What is not offered is tried all the same, without anything secret in the first line:
        // the server's refusal says more than the absence of a word in a list.
        let offered = mechanisms(talk);
        let offers = |name: &str| offered.iter().any(|o| o == name);
        match &talk.sign_in {
            SignInWith::Token { .. } => {
                let bearer = Bearer::choose(&offered);
                talk.send(bearer.command());
                self.state = State::Bearer(bearer);
            }
            SignInWith::Password { user, password } if offers("PLAIN") => {
                let response = sasl::plain(user, password);
                let command = format!("AUTH PLAIN {}", response.expose());
                if command.len() + 2 <= MAX_COMMAND {
                    talk.send_command(&command, &response);
                    self.state = State::PlainSent;
                } else {
                    talk.send("AUTH PLAIN");
                    self.state = State::Plain;
                }
            }
            SignInWith::Password { .. } => {
                talk.send("AUTH LOGIN");
                self.state = State::Login;
            }
        }
    }

    const fn command(&self) -> &'static str {
        match self.state {
            State::Greeting => "greeting",
            State::Ehlo => "EHLO",
            State::Helo => "HELO",
            State::StartTls => "STARTTLS",
            State::Bearer(bearer) | State::Token(bearer) | State::Refusal(bearer) => {
                bearer.command()
            }
            State::Plain | State::PlainSent => "AUTH PLAIN",
            State::Login | State::LoginUser | State::LoginPassword => "AUTH LOGIN",
        }
    }
}

/// Code, whether it is the reply's last line, and the text of a reply line.
fn parts(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (code, rest) = line.split_at_checked(3)?;
    let code = str::from_utf8(code).ok()?;
    let code = code.bytes().all(|b| b.is_ascii_digit()).then_some(code)?;
    let code = code.parse().ok().filter(|code| (200..600).contains(code))?;
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b' ', text)) => Some((code, true, text)),
        Some((b'-', text)) => Some((code, false, text)),
        Some(_) => None,
    }
}

/// The mechanisms of the `AUTH` capability, in capitals; older servers write `AUTH=LOGIN`.
fn mechanisms(talk: &Talk) -> Vec<String> {
    let words = |line: &String| {
        let line = line.to_ascii_uppercase().replacen("AUTH=", "AUTH ", 1);
        let rest = line.strip_prefix("AUTH ")?;
        let words = rest.split_ascii_whitespace().map(str::to_owned);
        Some(words.collect::<Vec<_>>())
    };
    talk.capabilities()
        .iter()
        .filter_map(words)
        .flatten()
        .collect()
}
