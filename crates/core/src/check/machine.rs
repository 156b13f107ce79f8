//! The protocol machines' common part: bytes go in, actions come out, and nothing here touches a
//! socket. [`Talk`] is what a dialect (`pop3`, `imap`, `smtp`) works with: complete lines in, lines
//! to send out, what was seen kept as evidence and scrubbed of what was sent.

use std::collections::VecDeque;

use super::imap::Imap;
use super::lines::{Lines, TooLong};
use super::plan::{SignInWith, Target};
use super::pop3::Pop3;
use super::sasl::Bearer;
use super::scrub::Scrub;
use super::smtp::Smtp;
use crate::account::TlsMode;
use crate::cloud::MailProtocol;
use crate::diagnosis::{FailureKind, Reply, Seen, Stage};
use crate::secret::Secret;
use crate::view::StepName;

/// Replies kept of one check; an honest dialogue has about ten.
const MAX_REPLIES: usize = 30;
/// Bytes kept of what a server says first.
const MAX_FIRST: usize = 512;
/// Capabilities kept of one list.
const MAX_CAPABILITIES: usize = 200;

/// What the driver has to do next.
#[derive(Debug)]
pub(super) enum Action {
    /// The step before has passed, this one begins.
    Begin(StepName),
    /// Write this, with its CRLF, in one piece: servers hang or answer wrongly when the CRLF of a
    /// long line comes in a packet of its own.
    Send(Secret),
    /// Go over to TLS, then call [`Machine::encrypted`].
    StartTls,
    /// Read, then call [`Machine::push`].
    Read,
    /// Signed in: the connection goes over to the errand it was opened for.
    SignedIn,
    /// Everything passed.
    Done {
        /// Mails in the mailbox.
        messages: Option<u64>,
    },
    /// It failed.
    Fail(Fault),
}

/// A failure, before it becomes evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where.
    pub(crate) stage: Stage,
    /// In which way.
    pub(crate) kind: FailureKind,
    /// The other side's text, or the system's, scrubbed.
    pub(crate) raw: String,
}

/// One protocol's dialogue.
#[derive(Debug)]
pub(super) struct Machine {
    talk: Talk,
    dialect: Dialect,
}

#[derive(Debug)]
enum Dialect {
    Pop3(Pop3),
    Imap(Imap),
    Smtp(Smtp),
}

impl Machine {
    /// A dialogue that waits for the server's greeting.
    pub(super) fn new(target: &Target, sign_in: &SignInWith) -> Self {
        let mut scrub = Scrub::default();
        scrub.hide(sign_in.secret());
        let dialect = match target.protocol {
            MailProtocol::Pop3 => Dialect::Pop3(Pop3::default()),
            MailProtocol::Imap => Dialect::Imap(Imap::default()),
            MailProtocol::Smtp => Dialect::Smtp(Smtp::default()),
        };
        let mut talk = Talk {
            lines: Lines::default(),
            actions: VecDeque::new(),
            over: false,
            step: StepName::Greeting,
            encrypted: target.endpoint.tls == TlsMode::Implicit,
            host: target.endpoint.host.as_str().to_owned(),
            port: target.endpoint.port.number(),
            mode: target.endpoint.tls,
            errand: false,
            sign_in: sign_in.clone(),
            signs_in: target.signs_in,
            scrub,
            first: Vec::new(),
            spoke: false,
            seen: Seen::default(),
        };
        talk.begin(StepName::Greeting);
        Self { talk, dialect }
    }

    /// A dialogue that ends with [`Action::SignedIn`].
    pub(super) fn to_sign_in(target: &Target, sign_in: &SignInWith) -> Self {
        let mut machine = Self::new(target, sign_in);
        machine.talk.errand = true;
        machine
    }

    /// What to do next. After [`Action::Done`] or [`Action::Fail`] it is over.
    pub(super) fn poll(&mut self) -> Action {
        loop {
            if let Some(action) = self.talk.actions.pop_front() {
                return action;
            }
            if self.talk.over {
                return Action::Read;
            }
            match self.talk.lines.next() {
                Ok(Some(line)) => match &mut self.dialect {
                    Dialect::Pop3(pop3) => pop3.line(&mut self.talk, &line),
                    Dialect::Imap(imap) => imap.line(&mut self.talk, &line),
                    Dialect::Smtp(smtp) => smtp.line(&mut self.talk, &line),
                },
                Ok(None) => return Action::Read,
                Err(too_long) => self.talk.too_long(too_long),
            }
        }
    }

    /// Takes what the connection delivered.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if !self.talk.spoke && !self.talk.encrypted {
            let room = MAX_FIRST.saturating_sub(self.talk.first.len());
            self.talk.first.extend(bytes.iter().take(room));
        }
        self.talk.lines.push(bytes);
    }

    /// The connection is encrypted now.
    pub(super) fn encrypted(&mut self) {
        self.talk.encrypted = true;
        match &mut self.dialect {
            Dialect::Pop3(pop3) => pop3.encrypted(&mut self.talk),
            Dialect::Imap(imap) => imap.encrypted(&mut self.talk),
            Dialect::Smtp(smtp) => smtp.encrypted(&mut self.talk),
        }
    }

    /// The connection ended, or will not go on, without a reply that says why.
    pub(super) fn broken(&self, kind: FailureKind, text: &str) -> Fault {
        let parting = match &self.dialect {
            Dialect::Imap(imap) if kind == FailureKind::Closed => imap.parting(),
            Dialect::Imap(_) | Dialect::Pop3(_) | Dialect::Smtp(_) => None,
        };
        parting.map_or_else(
            || Fault {
                stage: stage(self.talk.step),
                kind,
                raw: self.talk.scrub.text(text.as_bytes()),
            },
            |raw| Fault {
                stage: stage(self.talk.step),
                kind: FailureKind::Refused,
                raw,
            },
        )
    }

    /// Whether nothing has come in yet.
    pub(super) fn heard_nothing(&self) -> bool {
        self.talk.first.is_empty() && !self.talk.encrypted
    }

    /// What goes over to the errand: bytes that came in already, and what must not be shown.
    pub(super) fn take_over(&mut self) -> (Lines, Scrub) {
        let Talk { lines, scrub, .. } = &mut self.talk;
        (std::mem::take(lines), std::mem::take(scrub))
    }

    /// What was seen.
    pub(super) fn into_seen(self) -> Seen {
        let mut seen = self.talk.seen;
        if !self.talk.first.is_empty() {
            seen.cleartext = Some(self.talk.scrub.text(&self.talk.first));
        }
        seen
    }
}

/// Where a failure in a step belongs.
pub(super) const fn stage(step: StepName) -> Stage {
    match step {
        StepName::Resolve => Stage::Dns,
        StepName::Connect => Stage::Tcp,
        StepName::Tls => Stage::Tls,
        StepName::Greeting => Stage::Greeting,
        StepName::Capability => Stage::Capability,
        StepName::Auth => Stage::Auth,
        StepName::Mailbox => Stage::Mailbox,
    }
}

/// What a dialect works with.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) lines: Lines,
    actions: VecDeque<Action>,
    over: bool,
    step: StepName,
    pub(super) encrypted: bool,
    host: String,
    port: u16,
    mode: TlsMode,
    /// Whether the dialogue ends with the sign-in, and somebody else goes on.
    errand: bool,
    pub(super) sign_in: SignInWith,
    /// Without it the dialogue ends where the sign-in would begin.
    pub(super) signs_in: bool,
    scrub: Scrub,
    /// The first bytes in the clear.
    first: Vec<u8>,
    /// Whether anything was sent; what comes after is no greeting.
    spoke: bool,
    pub(super) seen: Seen,
}

impl Talk {
    /// Whether the connection is still to be encrypted.
    pub(super) fn wants_tls(&self) -> bool {
        self.mode == TlsMode::StartTls && !self.encrypted
    }

    /// The step before has passed.
    pub(super) fn begin(&mut self, step: StepName) {
        self.step = step;
        self.actions.push_back(Action::Begin(step));
    }

    /// The sign-in begins, unless it runs already: asking anew under TLS belongs to it.
    pub(super) fn begin_sign_in(&mut self) {
        if self.signs_in && self.step != StepName::Auth {
            self.begin(StepName::Auth);
        }
    }

    /// Sends a line that holds nothing secret.
    pub(super) fn send(&mut self, line: &str) {
        self.send_secret(&Secret::new(line.to_owned()));
    }

    /// Sends a line.
    pub(super) fn send_secret(&mut self, line: &Secret) {
        self.lines.new_reply();
        self.spoke = true;
        let line = Secret::new(format!("{}\r\n", line.expose()));
        self.actions.push_back(Action::Send(line));
    }

    /// Sends an encoded response, which must never be shown should the server repeat it.
    pub(super) fn send_response(&mut self, response: &Secret) {
        self.scrub.hide_as_sent(response);
        self.send_secret(response);
    }

    /// Sends a command that carries `secret`, which must never be shown.
    pub(super) fn send_command(&mut self, line: &str, secret: &Secret) {
        self.scrub.hide_as_sent(secret);
        self.send_secret(&Secret::new(line.to_owned()));
    }

    /// The response that carries the token; refused where everybody could read it.
    pub(super) fn bearer_response(&mut self, bearer: Bearer) -> Option<Secret> {
        let SignInWith::Token { user, token, .. } = &self.sign_in else {
            return None;
        };
        if !self.encrypted {
            let text = "no token is sent over a connection without encryption";
            self.fail(FailureKind::NoSignInOffered, text.as_bytes());
            return None;
        }
        let response = bearer.response(user, token, &self.host, self.port);
        self.scrub.hide_as_sent(&response);
        Some(response)
    }

    /// The server took the sign-in; answers whether the dialogue ends with that.
    pub(super) fn signed_in(&mut self) -> bool {
        if self.errand {
            self.over = true;
            self.actions.push_back(Action::SignedIn);
        }
        self.errand
    }

    /// Keeps a reply as evidence.
    pub(super) fn keep(&mut self, to: &'static str, reply: &[u8]) {
        if self.seen.replies.len() < MAX_REPLIES {
            let text = self.scrub.text(reply);
            self.seen.replies.push(Reply { to, text });
        }
    }

    /// Keeps a capability of the list that is just coming in.
    pub(super) fn keep_capability(&mut self, capability: &[u8]) {
        let text = self.scrub.text(capability);
        let list = if self.encrypted {
            &mut self.seen.capabilities_tls
        } else {
            &mut self.seen.capabilities_plain
        };
        if list.len() < MAX_CAPABILITIES && !text.is_empty() {
            list.push(text);
        }
    }

    /// The list that holds now. What was said in the clear does not hold under TLS (RFC 3207 4.2).
    pub(super) fn capabilities(&self) -> &[String] {
        if self.encrypted {
            &self.seen.capabilities_tls
        } else {
            &self.seen.capabilities_plain
        }
    }

    /// Keeps what an OAuth error challenge says.
    pub(super) fn keep_challenge(&mut self, decoded: &[u8]) {
        self.seen.challenge = Some(self.scrub.text(decoded));
    }

    /// The server agreed to encrypt. What it sent with that came from nobody knows whom.
    pub(super) fn start_tls(&mut self) {
        if self.lines.is_empty() {
            self.actions.push_back(Action::StartTls);
        } else {
            let text = "plain text came in after the agreement to encrypt";
            self.fail_at(Stage::StartTls, FailureKind::Injected, text.as_bytes());
        }
    }

    /// It failed in the present step.
    pub(super) fn fail(&mut self, kind: FailureKind, reply: &[u8]) {
        self.fail_at(stage(self.step), kind, reply);
    }

    /// It failed.
    pub(super) fn fail_at(&mut self, stage: Stage, kind: FailureKind, reply: &[u8]) {
        let raw = self.scrub.text(reply);
        self.over = true;
        self.actions
            .push_back(Action::Fail(Fault { stage, kind, raw }));
    }

    /// A limit was passed. The text is not kept: it is not complete.
    pub(super) fn too_long(&mut self, too_long: TooLong) {
        let text = format!("the server's reply is longer than {} bytes", too_long.0);
        self.fail(FailureKind::TooLong, text.as_bytes());
    }

    /// Everything passed. The farewell is sent; nobody waits for its answer.
    pub(super) fn done(&mut self, farewell: &str, messages: Option<u64>) {
        self.send(farewell);
        self.over = true;
        self.actions.push_back(Action::Done { messages });
    }
}

/// Whether a line is the beginning of another protocol's greeting.
pub(super) fn speaks_another(line: &[u8], own: &[u8]) -> bool {
    const GREETINGS: [&[u8]; 6] = [b"+OK", b"* OK", b"* BYE", b"220", b"HTTP/", b"SSH-"];
    GREETINGS
        .iter()
        .any(|greeting| line.starts_with(greeting) && !greeting.starts_with(own))
}
