//! What a check saw on its way to a server, as data: addresses, connection attempts, the
//! certificates that arrived, what the server said it can do and what it answered. Everything here
//! came from the network; nothing that was sent has a field.

use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;

use super::{Probe, TokenFacts};
use crate::account::TlsMode;
use crate::cloud::MailProtocol;

/// Everything a check of one protocol saw. Empty when a pasted line is explained.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The server's name as configured.
    pub host: String,
    /// Its port; 0 when nothing was tried.
    pub port: u16,
    /// The protocol as configured.
    pub protocol: Option<MailProtocol>,
    /// The encryption as configured.
    pub tls: Option<TlsMode>,
    /// The addresses the name resolved to, in the resolver's order.
    pub addresses: Vec<IpAddr>,
    /// How many milliseconds earlier another account of the same check saw this at the same server;
    /// `None` when this account asked for itself.
    pub asked_before: Option<u64>,
    /// Every connection attempt, in the order they ended.
    pub connects: Vec<ConnectAttempt>,
    /// The server's first bytes in the clear: its greeting, or what it said to a TLS hello.
    pub cleartext: Option<String>,
    /// The certificates that arrived, the server's own first.
    pub certificates: Vec<CertificateFacts>,
    /// The TLS version agreed on, e.g. `TLSv1.3`.
    pub tls_version: Option<String>,
    /// What the server said it can do before encryption.
    pub capabilities_plain: Vec<String>,
    /// What the server said it can do under TLS.
    pub capabilities_tls: Vec<String>,
    /// Every reply with the step it answered, in order; scrubbed of what was sent.
    pub replies: Vec<Reply>,
    /// The decoded error challenge of an OAuth sign-in (`{"status":"401",…}`).
    pub challenge: Option<String>,
    /// What the server said when it asked for patience and was tried again later.
    pub put_off: Vec<String>,
    /// What is known of the access token.
    pub token: Option<TokenFacts>,
    /// What the same token did on the other protocols at the same time: whether each took it.
    pub elsewhere: Vec<(MailProtocol, bool)>,
    /// In which way it failed, as far as the program itself can tell.
    pub failure: Option<FailureKind>,
    /// What was asked afterwards to part causes that look alike.
    pub probes: Vec<Probe>,
}

/// One attempt to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectAttempt {
    /// The address tried.
    pub address: SocketAddr,
    /// How long it took.
    pub ms: u64,
    /// Why it failed; `None` for the one that succeeded.
    pub failure: Option<ConnectFailure>,
}

/// Why a connection attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectFailure {
    /// The system's kind of error; `TimedOut` also for our own deadline.
    pub kind: std::io::ErrorKind,
    /// The system's text.
    pub text: String,
}

/// What is known of a certificate without trusting it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whose it is.
    pub subject: String,
    /// Who issued it: an antivirus program or a proxy shows here.
    pub issuer: String,
    /// The host names and addresses it is for.
    pub names: Vec<String>,
    /// Valid from.
    pub not_before: Option<Timestamp>,
    /// Valid until.
    pub not_after: Option<Timestamp>,
    /// The SHA-256 of the whole certificate, in hexadecimal.
    pub sha256: String,
    /// Whether subject and issuer are the same.
    pub self_issued: bool,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateFault {
    /// Its time is over by this computer's clock.
    Expired,
    /// Its time has not begun by this computer's clock.
    NotYetValid,
    /// It is for other names.
    WrongName,
    /// Nobody this computer trusts issued it.
    UnknownIssuer,
    /// It was revoked.
    Revoked,
    /// Anything else; the text says what.
    Other,
}

/// One reply of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it answered: `greeting`, `CAPA`, `EHLO`, `AUTH XOAUTH2`, `STAT`, …; never an argument.
    pub to: &'static str,
    /// What the server said.
    pub text: String,
}

/// In which way a check failed, as far as the program can tell without reading sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The system's resolver has no address for the name.
    NameNotResolved,
    /// No address could be connected to; see the attempts.
    NotConnected,
    /// The step's deadline passed.
    TimedOut,
    /// The server closed or reset the connection in the middle.
    Closed,
    /// The certificate was not accepted.
    Certificate(CertificateFault),
    /// The TLS handshake failed otherwise.
    Handshake,
    /// A TLS handshake was met by plain text: the port wants STARTTLS or nothing.
    PlainOnTls,
    /// A plain connection was met by silence or by TLS: the port wants TLS from the start.
    TlsOnPlain,
    /// STARTTLS was configured and the server does not offer it.
    StartTlsNotOffered,
    /// STARTTLS was offered and then refused.
    StartTlsRefused,
    /// Plain text came in together with the agreement to encrypt: somebody is in the line.
    Injected,
    /// The server speaks another protocol.
    OtherProtocol,
    /// A line or a reply was longer than any honest server's.
    TooLong,
    /// The server's reply does not fit the protocol.
    Malformed,
    /// The server offers no way of signing in that fits the account.
    NoSignInOffered,
    /// The server refused; its reply says why.
    Refused,
    /// The user cancelled.
    Cancelled,
}
