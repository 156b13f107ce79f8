//! What is asked beside a failed check to part causes that look alike, as data: the question, what
//! came, how long it took. Also the pure choice of questions. Asking is `check::probe`'s part; no
//! probe signs in.

use super::{AccountKind, CertificateFault, Evidence, FailureKind, Stage};
use crate::account::TlsMode;
use crate::cloud::MailProtocol;
use crate::kind::{MailHome, Realm};

/// A question beside a failed check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProbeKind {
    /// What the same port says first, in the clear and to a TLS hello.
    FirstBytes,
    /// Whether another usual port of the protocol answers, and how.
    NeighbourPort,
    /// Whether a well-known name is found.
    KnownName,
    /// Whether a well-known host is reached.
    KnownHost,
    /// Whose certificate a well-known host shows here.
    KnownCertificate,
    /// How far this computer's clock is from a well-known host's.
    ClockDifference,
    /// Where the mail of the account's domain goes.
    MailHosts,
    /// Whose the account's domain is at Microsoft's.
    UserRealm,
}

/// One probe's outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What was asked.
    pub kind: ProbeKind,
    /// Of which host.
    pub host: String,
    /// At which port.
    pub port: u16,
    /// How long it took.
    pub ms: u64,
    /// What came.
    pub found: Found,
}

/// What a probe found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The port speaks TLS from the start.
    Tls,
    /// The port speaks this in the clear.
    Speaks {
        /// What it is.
        spoken: Spoken,
        /// The first line, without control characters.
        text: String,
    },
    /// The port is open and says nothing, also not to a TLS hello.
    Silent,
    /// The port is open and the connection was closed without a word.
    Closed,
    /// The host was reached.
    Connected,
    /// The connection was refused.
    Refused,
    /// Nobody answered in time, or there is no way there.
    NoAnswer,
    /// The name was found.
    Resolved,
    /// The name was not found.
    NotResolved,
    /// The certificate is in order.
    Trusted {
        /// Who issued it.
        issuer: String,
    },
    /// The certificate is not accepted.
    Untrusted {
        /// Why.
        fault: CertificateFault,
        /// Who issued it.
        issuer: String,
    },
    /// This computer's clock is ahead by so many seconds (negative: behind).
    ClockAhead {
        /// Seconds.
        seconds: i64,
    },
    /// The domain's mail goes there.
    MailGoes {
        /// To whom.
        home: MailHome,
        /// By which host; empty where there is no such domain.
        host: String,
    },
    /// The domain is known to Microsoft so.
    Realm(Realm),
}

/// What speaks on a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoken {
    /// A mail protocol.
    Mail(MailProtocol),
    /// A web server or a proxy.
    Web,
    /// Something else.
    Other,
}

impl Spoken {
    /// What speaks so. Sources: RFC 1939 4 (`+OK`), RFC 3501 7.1 (`* OK`), RFC 5321 3.1 (`220`).
    #[must_use]
    pub fn of(first: &str) -> Self {
        let first = first.trim_start();
        let lower = first.to_ascii_lowercase();
        if first.starts_with("+OK") || first.starts_with("-ERR") {
            Self::Mail(MailProtocol::Pop3)
        } else if first.starts_with("* ") {
            Self::Mail(MailProtocol::Imap)
        } else if lower.starts_with("http/") || lower.starts_with('<') {
            Self::Web
        } else if ["220", "421", "554"].iter().any(|code| {
            first
                .strip_prefix(code)
                .is_some_and(|rest| rest.starts_with([' ', '-']))
        }) {
            Self::Mail(MailProtocol::Smtp)
        } else {
            Self::Other
        }
    }
}

/// The questions that can still part what the evidence leaves open; none when they were asked.
#[must_use]
pub fn worth_asking(evidence: &Evidence) -> Vec<ProbeKind> {
    use ProbeKind::{
        ClockDifference, FirstBytes, KnownCertificate, KnownHost, KnownName, MailHosts,
        NeighbourPort, UserRealm,
    };
    let seen = &evidence.seen;
    let Some(failure) = seen.failure else {
        return Vec::new();
    };
    let kinds: &[ProbeKind] = match (failure, evidence.stage) {
        (FailureKind::NameNotResolved, _) | (FailureKind::TimedOut, Stage::Dns) => {
            &[KnownName, KnownHost]
        }
        (FailureKind::NotConnected, _) => &[NeighbourPort, KnownHost],
        (FailureKind::Certificate(_), _) => &[KnownCertificate, ClockDifference],
        (
            FailureKind::PlainOnTls
            | FailureKind::TlsOnPlain
            | FailureKind::OtherProtocol
            | FailureKind::StartTlsNotOffered,
            _,
        ) => &[NeighbourPort],
        // A port that was silent was asked by a TLS hello already.
        (FailureKind::TimedOut, Stage::Tls | Stage::Greeting) => &[NeighbourPort],
        (FailureKind::Closed | FailureKind::Handshake, Stage::Tls | Stage::Greeting) => {
            &[FirstBytes, NeighbourPort]
        }
        (FailureKind::NoSignInOffered, _) if seen.tls == Some(TlsMode::None) => &[NeighbourPort],
        // A refusal means one thing at work, another of one's own, a third elsewhere.
        (FailureKind::Refused | FailureKind::NoSignInOffered, Stage::Auth | Stage::Mailbox)
            if evidence.account_kind == AccountKind::Unknown =>
        {
            &[MailHosts, UserRealm]
        }
        (
            FailureKind::TimedOut
            | FailureKind::Closed
            | FailureKind::Handshake
            | FailureKind::StartTlsRefused
            | FailureKind::Injected
            | FailureKind::TooLong
            | FailureKind::Malformed
            | FailureKind::NoSignInOffered
            | FailureKind::Refused
            | FailureKind::Cancelled,
            _,
        ) => &[],
    };
    let asked = |kind: &ProbeKind| seen.probes.iter().any(|probe| probe.kind == *kind);
    kinds.iter().copied().filter(|kind| !asked(kind)).collect()
}
