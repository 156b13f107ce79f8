//! POP3 (RFC 1939, CAPA and SASL by RFC 2449 and 5034): greeting, CAPA, STLS, sign-in, STAT, QUIT.
//! Nothing is fetched, nothing deleted.

use super::machine::{Talk, speaks_another};
use super::plan::SignInWith;
use super::sasl::{self, Bearer};
use crate::diagnosis::{FailureKind, Stage};
use crate::secret::Secret;
use crate::view::StepName;

/// Where the dialogue is: what the next line answers.
#[derive(Debug, Default)]
pub(super) struct Pop3(State);

#[derive(Debug, Default)]
enum State {
    #[default]
    Greeting,
    Capa,
    CapaList,
    Stls,
    Bearer(Bearer),
    Token(Bearer),
    Refusal(Bearer),
    User,
    Pass,
    Plain,
    PlainSent,
    Stat,
}

impl Pop3 {
    /// Reacts to a line.
    pub(super) fn line(&mut self, talk: &mut Talk, line: &[u8]) {
        match self.0 {
            State::Greeting => self.greeting(talk, line),
            State::Capa => {
                talk.keep("CAPA", line);
                if is_ok(line) {
                    self.0 = State::CapaList;
                } else {
                    self.capable(talk);
                }
            }
            State::CapaList if line == b"." => self.capable(talk),
            State::CapaList => {
                let line = line.strip_prefix(b".").unwrap_or(line);
                talk.keep_capability(line);
            }
            State::Stls => {
                talk.keep("STLS", line);
                if is_ok(line) {
                    talk.start_tls();
                } else {
                    talk.fail_at(Stage::StartTls, FailureKind::StartTlsRefused, line);
                }
            }
            State::Bearer(bearer) => {
                talk.keep(bearer.command(), line);
                if continues(line).is_none() {
                    refuse(talk, line);
                } else if let Some(response) = talk.bearer_response(bearer) {
                    talk.send_secret(&response);
                    self.0 = State::Token(bearer);
                }
            }
            State::Token(bearer) => match continues(line) {
                Some(payload) => {
                    match sasl::challenge(payload) {
                        Some(decoded) => talk.keep_challenge(&decoded),
                        None => talk.keep(bearer.command(), line),
                    }
                    talk.send(bearer.after_challenge());
                    self.0 = State::Refusal(bearer);
                }
                None => self.signed_in(talk, bearer.command(), line),
            },
            State::Refusal(bearer) => {
                talk.keep(bearer.command(), line);
                refuse(talk, line);
            }
            State::User => {
                talk.keep("USER", line);
                if is_ok(line) {
                    let pass = format!("PASS {}", talk.sign_in.secret().expose());
                    talk.send_secret(&Secret::new(pass));
                    self.0 = State::Pass;
                } else if offers_plain(talk) {
                    self.plain(talk);
                } else {
                    refuse(talk, line);
                }
            }
            State::Pass => self.signed_in(talk, "PASS", line),
            State::Plain => {
                talk.keep("AUTH PLAIN", line);
                if continues(line).is_some()
                    && let SignInWith::Password { user, password } = &talk.sign_in
                {
                    let response = sasl::plain(user, password);
                    talk.send_response(&response);
                    self.0 = State::PlainSent;
                } else {
                    refuse(talk, line);
                }
            }
            State::PlainSent => self.signed_in(talk, "AUTH PLAIN", line),
            State::Stat => {
                talk.keep("STAT", line);
                if is_ok(line) {
                    talk.done("QUIT", count(line));
                } else {
                    refuse(talk, line);
                }
            }
        }
    }

    /// The connection is encrypted: what was said in the clear is asked again.
    pub(super) fn encrypted(&mut self, talk: &mut Talk) {
        talk.begin_sign_in();
        talk.send("CAPA");
        self.0 = State::Capa;
    }

    fn greeting(&mut self, talk: &mut Talk, line: &[u8]) {
        talk.keep("greeting", line);
        if is_ok(line) {
            talk.begin(StepName::Capability);
            talk.send("CAPA");
            self.0 = State::Capa;
        } else if line.starts_with(b"-ERR") {
            talk.fail(FailureKind::Refused, line);
        } else if speaks_another(line, b"+OK") {
            talk.fail(FailureKind::OtherProtocol, line);
        } else {
            talk.fail(FailureKind::Malformed, line);
        }
    }

    /// CAPA was answered, if only by a refusal: older servers do not know it.
    fn capable(&mut self, talk: &mut Talk) {
        if talk.wants_tls() {
            let listed = talk.capabilities();
            if !listed.is_empty() && !offers(talk, "STLS") {
                let list = listed.join("\n");
                talk.fail_at(
                    Stage::StartTls,
                    FailureKind::StartTlsNotOffered,
                    list.as_bytes(),
                );
                return;
            }
            talk.begin(StepName::Tls);
            talk.send("STLS");
            self.0 = State::Stls;
            return;
        }
        if !talk.signs_in {
            talk.done("QUIT", None);
            return;
        }
        talk.begin_sign_in();
        match &talk.sign_in {
            SignInWith::Token { .. } => {
                // Two lines, always: Exchange ends the connection over a response in the first.
                let bearer = Bearer::choose(&mechanisms(talk));
                talk.send(bearer.command());
                self.0 = State::Bearer(bearer);
            }
            SignInWith::Password { user, password } => {
                let sendable = is_sendable(user) && is_sendable(password.expose());
                let user = format!("USER {user}");
                let only_sasl = !talk.capabilities().is_empty() && !offers(talk, "USER");
                if offers_plain(talk) && (only_sasl || !sendable) {
                    self.plain(talk);
                } else if sendable {
                    talk.send(&user);
                    self.0 = State::User;
                } else {
                    let text = "the account name or password holds a line end";
                    talk.fail(FailureKind::NoSignInOffered, text.as_bytes());
                }
            }
        }
    }

    fn plain(&mut self, talk: &mut Talk) {
        talk.send("AUTH PLAIN");
        self.0 = State::Plain;
    }

    fn signed_in(&mut self, talk: &mut Talk, command: &'static str, line: &[u8]) {
        talk.keep(command, line);
        if is_ok(line) && talk.signed_in() {
            return;
        }
        if is_ok(line) {
            talk.begin(StepName::Mailbox);
            talk.send("STAT");
            self.0 = State::Stat;
        } else {
            refuse(talk, line);
        }
    }
}

fn refuse(talk: &mut Talk, line: &[u8]) {
    let kind = if line.starts_with(b"-ERR") {
        FailureKind::Refused
    } else {
        FailureKind::Malformed
    };
    talk.fail(kind, line);
}

fn is_ok(line: &[u8]) -> bool {
    line.strip_prefix(b"+OK")
        .is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}

/// The payload of a request to go on.
fn continues(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"+ ")
        .or_else(|| (line == b"+").then_some(b"".as_slice()))
}

/// Whether a text can stand on a command line.
fn is_sendable(text: &str) -> bool {
    !text.contains(['\r', '\n', '\0'])
}

fn offers(talk: &Talk, capability: &str) -> bool {
    talk.capabilities()
        .iter()
        .any(|line| line.eq_ignore_ascii_case(capability))
}

fn offers_plain(talk: &Talk) -> bool {
    mechanisms(talk).iter().any(|m| m == "PLAIN")
}

/// The mechanisms of the `SASL` capability, in capitals.
fn mechanisms(talk: &Talk) -> Vec<String> {
    let words = |line: &String| {
        let mut words = line.split_ascii_whitespace().map(str::to_ascii_uppercase);
        (words.next()? == "SASL").then(|| words.collect::<Vec<_>>())
    };
    talk.capabilities()
        .iter()
        .filter_map(words)
        .flatten()
        .collect()
}

/// The number of mails in the answer to STAT.
fn count(line: &[u8]) -> Option<u64> {
    let text = str::from_utf8(line).ok()?;
    text.split_ascii_whitespace().nth(1)?.parse().ok()
}
