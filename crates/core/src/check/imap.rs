//! IMAP (RFC 3501/9051, SASL-IR by RFC 4959): greeting, CAPABILITY, STARTTLS, sign-in, STATUS INBOX,
//! LOGOUT. No mailbox is selected, so nothing can be marked as read. STATUS is asked because
//! Exchange accepts the sign-in of the wrong user and fails only with the next command.

use super::machine::{Talk, speaks_another};
use super::plan::SignInWith;
use super::sasl::{self, Bearer};
use crate::diagnosis::{FailureKind, Stage};
use crate::secret::Secret;
use crate::view::StepName;

/// The longest command line with a response in it. Dovecot closes over about 8,192 octets without
/// a word; half of that holds the usual tokens of 1,500 to 2,500 characters.
const MAX_COMMAND: usize = 4096;

/// Where the dialogue is: what the next tagged reply answers.
#[derive(Debug, Default)]
pub(super) struct Imap {
    state: State,
    /// Commands sent so far; the tag is `n` and this number.
    commands: u32,
    /// A line that goes on after a literal.
    partial: Vec<u8>,
    /// The text of a BYE.
    bye: Option<String>,
    messages: Option<u64>,
}

#[derive(Debug, Default, Clone, Copy)]
enum State {
    #[default]
    Greeting,
    Capability,
    StartTls,
    /// Without initial response.
    Bearer(Bearer),
    /// The response was sent.
    Token(Bearer),
    Plain,
    PlainSent,
    Login,
    Status,
}

impl Imap {
    /// Reacts to a line; a literal in it is passed over.
    pub(super) fn line(&mut self, talk: &mut Talk, line: &[u8]) {
        self.partial.extend_from_slice(line);
        if let Some(length) = literal(line) {
            if let Err(too_long) = talk.lines.pass_over(length) {
                talk.too_long(too_long);
            }
            return;
        }
        let line = std::mem::take(&mut self.partial);
        self.whole_line(talk, &line);
    }

    /// The connection is encrypted: what was said in the clear is asked again.
    pub(super) fn encrypted(&mut self, talk: &mut Talk) {
        talk.begin_sign_in();
        self.ask(talk, "CAPABILITY", State::Capability);
    }

    /// What the server said when it took its leave.
    pub(super) fn parting(&self) -> Option<String> {
        self.bye.clone()
    }

    fn whole_line(&mut self, talk: &mut Talk, line: &[u8]) {
        if matches!(self.state, State::Greeting) {
            self.greeting(talk, line);
        } else if let Some(untagged) = line.strip_prefix(b"* ") {
            self.untagged(talk, line, untagged);
        } else if let Some(payload) = line.strip_prefix(b"+") {
            self.go_on(talk, line, payload.trim_ascii());
        } else if let Some(status) = self.tagged(line) {
            talk.keep(self.command(), line);
            let status = status.to_ascii_uppercase();
            if status.starts_with(b"OK") {
                self.passed(talk, line);
            } else if matches!(self.state, State::StartTls) {
                talk.fail_at(Stage::StartTls, FailureKind::StartTlsRefused, line);
            } else {
                talk.fail(FailureKind::Refused, line);
            }
        } else {
            talk.keep(self.command(), line);
            talk.fail(FailureKind::Malformed, line);
        }
    }

    fn greeting(&mut self, talk: &mut Talk, line: &[u8]) {
        talk.keep("greeting", line);
        let upper = line.to_ascii_uppercase();
        if upper.starts_with(b"* OK") {
            talk.begin(StepName::Capability);
            match listed(line) {
                Some(list) => {
                    keep_list(talk, list);
                    self.capable(talk, line);
                }
                None => self.ask(talk, "CAPABILITY", State::Capability),
            }
        } else if upper.starts_with(b"* BYE") {
            talk.fail(FailureKind::Refused, line);
        } else if speaks_another(line, b"* ") {
            talk.fail(FailureKind::OtherProtocol, line);
        } else {
            // PREAUTH too: nobody has signed in, so somebody is in the line (RFC 8314 2).
            talk.fail(FailureKind::Malformed, line);
        }
    }

    fn untagged(&mut self, talk: &mut Talk, line: &[u8], untagged: &[u8]) {
        let upper = untagged.to_ascii_uppercase();
        if upper.starts_with(b"CAPABILITY ") && matches!(self.state, State::Capability) {
            let list = untagged.get(b"CAPABILITY ".len()..).unwrap_or_default();
            talk.keep("CAPABILITY", line);
            keep_list(talk, list);
        } else if upper.starts_with(b"BYE") {
            talk.keep("BYE", line);
            self.bye = talk.seen.replies.last().map(|reply| reply.text.clone());
        } else if upper.starts_with(b"STATUS ") && matches!(self.state, State::Status) {
            talk.keep("STATUS", line);
            self.messages = count(&upper);
        }
    }

    fn go_on(&mut self, talk: &mut Talk, line: &[u8], payload: &[u8]) {
        match self.state {
            State::Bearer(bearer) => {
                if let Some(response) = talk.bearer_response(bearer) {
                    talk.send_secret(&response);
                    self.state = State::Token(bearer);
                }
            }
            State::Token(bearer) => {
                if let Some(decoded) = sasl::challenge(payload) {
                    talk.keep_challenge(&decoded);
                }
                talk.send(bearer.after_challenge());
            }
            State::Plain => {
                if let SignInWith::Password { user, password } = &talk.sign_in {
                    let response = sasl::plain(user, password);
                    talk.send_response(&response);
                    self.state = State::PlainSent;
                }
            }
            State::Greeting
            | State::Capability
            | State::StartTls
            | State::PlainSent
            | State::Login
            | State::Status => {
                talk.keep(self.command(), line);
                talk.fail(FailureKind::Malformed, line);
            }
        }
    }

    fn passed(&mut self, talk: &mut Talk, line: &[u8]) {
        match self.state {
            State::Greeting | State::Capability => self.capable(talk, line),
            State::StartTls => talk.start_tls(),
            State::Token(_) | State::PlainSent | State::Login if talk.signed_in() => {}
            State::Token(_) | State::PlainSent | State::Login => {
                talk.begin(StepName::Mailbox);
                self.ask(talk, "STATUS INBOX (MESSAGES)", State::Status);
            }
            // Signed in before anything was shown: no honest server does that.
            State::Bearer(_) | State::Plain => talk.fail(FailureKind::Malformed, line),
            State::Status => {
                let farewell = self.command_line("LOGOUT");
                talk.done(&farewell, self.messages);
            }
        }
    }

    fn capable(&mut self, talk: &mut Talk, line: &[u8]) {
        if talk.wants_tls() {
            if offers(talk, "STARTTLS") {
                talk.begin(StepName::Tls);
                self.ask(talk, "STARTTLS", State::StartTls);
            } else {
                let kind = FailureKind::StartTlsNotOffered;
                talk.fail_at(Stage::StartTls, kind, &all_capabilities(talk, line));
            }
            return;
        }
        if !talk.signs_in {
            let farewell = self.command_line("LOGOUT");
            talk.done(&farewell, None);
            return;
        }
        talk.begin_sign_in();
        match &talk.sign_in {
            SignInWith::Token { .. } => self.token(talk),
            SignInWith::Password { user, password } => {
                let login = login(user, password).filter(|_| !offers(talk, "LOGINDISABLED"));
                if let Some(login) = login {
                    let line = self.command_line(login.expose());
                    let escaped = Secret::new(escaped(password.expose()));
                    talk.send_command(&line, &escaped);
                    self.state = State::Login;
                } else if offers(talk, "AUTH=PLAIN") {
                    self.ask(talk, "AUTHENTICATE PLAIN", State::Plain);
                } else {
                    let kind = FailureKind::NoSignInOffered;
                    talk.fail(kind, &all_capabilities(talk, line));
                }
            }
        }
    }

    fn token(&mut self, talk: &mut Talk) {
        let mechanisms: Vec<String> = talk
            .capabilities()
            .iter()
            .filter_map(|c| {
                c.to_ascii_uppercase()
                    .strip_prefix("AUTH=")
                    .map(str::to_owned)
            })
            .collect();
        let bearer = Bearer::choose(&mechanisms);
        let command = format!("AUTHENTICATE {}", bearer.name());
        if !offers(talk, "SASL-IR") || !mechanisms.iter().any(|m| m == bearer.name()) {
            self.ask(talk, &command, State::Bearer(bearer));
            return;
        }
        let Some(response) = talk.bearer_response(bearer) else {
            return;
        };
        if command.len() + response.expose().len() < MAX_COMMAND {
            let command = format!("{command} {}", response.expose());
            let line = self.command_line(&command);
            talk.send_command(&line, &response);
            self.state = State::Token(bearer);
        } else {
            self.ask(talk, &command, State::Bearer(bearer));
        }
    }

    fn ask(&mut self, talk: &mut Talk, command: &str, state: State) {
        let line = self.command_line(command);
        talk.send(&line);
        self.state = state;
    }

    fn command_line(&mut self, command: &str) -> String {
        self.commands += 1;
        format!("n{} {command}", self.commands)
    }

    /// The rest of a line that carries the present command's tag.
    fn tagged<'l>(&self, line: &'l [u8]) -> Option<&'l [u8]> {
        line.strip_prefix(format!("n{} ", self.commands).as_bytes())
    }

    const fn command(&self) -> &'static str {
        match self.state {
            State::Greeting => "greeting",
            State::Capability => "CAPABILITY",
            State::StartTls => "STARTTLS",
            State::Bearer(bearer) | State::Token(bearer) => match bearer {
                Bearer::Xoauth2 => "AUTHENTICATE XOAUTH2",
                Bearer::Oauthbearer => "AUTHENTICATE OAUTHBEARER",
            },
            State::Plain | State::PlainSent => "AUTHENTICATE PLAIN",
            State::Login => "LOGIN",
            State::Status => "STATUS",
        }
    }
}

/// The length of the literal that a line ends with: `{12}`, also `{12+}`.
pub(super) fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"}")?;
    let open = line.iter().rposition(|byte| *byte == b'{')?;
    let digits = str::from_utf8(line.get(open + 1..)?).ok()?;
    let digits = digits.strip_suffix('+').unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(usize::MAX))
}

/// The list in `[CAPABILITY …]` of a greeting.
fn listed(line: &[u8]) -> Option<&[u8]> {
    const CODE: &[u8] = b"[CAPABILITY ";
    let start = line
        .windows(CODE.len())
        .position(|window| window.eq_ignore_ascii_case(CODE))?;
    let list = line.get(start + CODE.len()..)?;
    let end = list.iter().position(|byte| *byte == b']')?;
    list.get(..end)
}

fn keep_list(talk: &mut Talk, list: &[u8]) {
    for capability in list.split(|byte| *byte == b' ') {
        talk.keep_capability(capability);
    }
}

fn offers(talk: &Talk, capability: &str) -> bool {
    talk.capabilities()
        .iter()
        .any(|offered| offered.eq_ignore_ascii_case(capability))
}

/// For a refusal of ours: what the server offered instead.
fn all_capabilities(talk: &Talk, line: &[u8]) -> Vec<u8> {
    if talk.capabilities().is_empty() {
        return line.to_vec();
    }
    format!("* CAPABILITY {}", talk.capabilities().join(" ")).into_bytes()
}

/// LOGIN with quoted strings; none when a character cannot stand in one (RFC 3501 4.3).
fn login(user: &str, password: &Secret) -> Option<Secret> {
    let quotable = |text: &str| text.bytes().all(|b| (0x20..0x7f).contains(&b));
    let password = password.expose();
    (quotable(user) && quotable(password))
        .then(|| format!("LOGIN \"{}\" \"{}\"", escaped(user), escaped(password)))
        .map(Secret::new)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The number after MESSAGES; the line is in capitals.
fn count(line: &[u8]) -> Option<u64> {
    let text = str::from_utf8(line).ok()?;
    let (_, rest) = text.rsplit_once("(")?;
    let mut words = rest.trim_end_matches(')').split_ascii_whitespace();
    words.find(|word| *word == "MESSAGES")?;
    words.next()?.parse().ok()
}
