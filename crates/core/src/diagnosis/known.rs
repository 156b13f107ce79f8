//! What the program knows itself parts what servers' texts do not: an expired token, another
//! person's, one for another service, a protocol that is switched off. And what a check saw on its
//! way says more than any sentence about it.

use super::{Cause, CertificateFault, Evidence, FailureKind, Known, Protocol, SignIn, Stage};
use crate::account::TlsMode;

/// The causes that only a token can have.
const OF_TOKENS: [Cause; 7] = [
    Cause::AccessTokenExpired,
    Cause::WrongAccountSignedIn,
    Cause::SharedMailboxNoAccess,
    Cause::WrongScopeResource,
    Cause::ServicePrincipalNotRegistered,
    Cause::Xoauth2StringMalformed,
    Cause::Xoauth2OneLinePop3,
];

/// Narrows what the text leaves open by what is known.
pub(super) fn narrow(open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let open = if evidence.known.shared_mailbox {
        of_shared(open)
    } else {
        open
    };
    let open = without_the_impossible(open, evidence);
    let open = if wants_starttls(evidence) && open.len() > 1 {
        let rest = open
            .into_iter()
            .filter(|cause| *cause != Cause::StarttlsRequired);
        std::iter::once(Cause::StarttlsRequired)
            .chain(rest)
            .collect()
    } else {
        open
    };
    if evidence.auth != SignIn::Xoauth2 || !open.iter().any(|cause| OF_TOKENS.contains(cause)) {
        return open;
    }
    let known = &evidence.known;
    let mut proven = Vec::new();
    if known.token_expires_in.is_some_and(|seconds| seconds <= 0) {
        proven.push(Cause::AccessTokenExpired);
    }
    if known.scope_granted == Some(false) {
        // What Ninka asks for is right: this protocol was not among it, as when reception was switched
        // over after the consent. Authorizing again asks for it.
        proven.push(if known.own_request {
            Cause::ConsentMissing
        } else {
            Cause::WrongScopeResource
        });
    }
    if known.identity_matches == Some(false) {
        proven.push(Cause::WrongAccountSignedIn);
    }
    if !proven.is_empty() {
        return proven;
    }
    // What is off refuses the sign-in; a mailbox that does not open after it has another reason.
    let off = if evidence.stage == Stage::Mailbox {
        &[][..]
    } else {
        switched_off(evidence.protocol)
    };
    if known.accepted_elsewhere == Some(true) && known.scope_granted == Some(true) {
        // The token and its owner are good and the scope is granted: only this protocol refuses.
        if !off.is_empty() {
            return off.to_vec();
        }
    }
    let mut left: Vec<Cause> = open
        .iter()
        .copied()
        .filter(|cause| !ruled_out(*cause, known))
        .collect();
    // Ruling causes out proves none of those that are left: servers refuse a good token also for a
    // fault of their own, and with the same words.
    if left.len() < open.len() && left.len() <= 1 {
        let first = left.first().copied();
        let untold = off.iter().copied().chain([Cause::ServerTemporary]);
        left.extend(untold.filter(|cause| Some(*cause) != first));
    }
    if known.faulty_elsewhere {
        left.retain(|cause| *cause != Cause::ServerTemporary);
        left.insert(0, Cause::ServerTemporary);
    }
    left
}

/// For a shared mailbox it is right that somebody else has signed in; whether that person may open the
/// mailbox, only the server knows, and it is what is missing most often.
fn of_shared(open: Vec<Cause>) -> Vec<Cause> {
    if !open.contains(&Cause::WrongAccountSignedIn) {
        return open;
    }
    let of_others = [Cause::WrongAccountSignedIn, Cause::SharedMailboxLogin];
    let rest = open
        .into_iter()
        .filter(|cause| !of_others.contains(cause) && *cause != Cause::SharedMailboxNoAccess);
    std::iter::once(Cause::SharedMailboxNoAccess)
        .chain(rest)
        .collect()
}

/// In a check of its own the program knows that it signs in as it should, and whether it was in TLS.
fn without_the_impossible(mut open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let in_tls = evidence.seen.tls_version.is_some();
    let own = evidence.seen.failure.is_some();
    let of_no_tls = [Cause::StarttlsRequired, Cause::TlsRequiredForLogin];
    let possible = |cause: &Cause| {
        !(in_tls && of_no_tls.contains(cause) || own && *cause == Cause::ClientLoginBug)
    };
    if open.iter().any(possible) {
        open.retain(possible);
    }
    open
}

fn ruled_out(cause: Cause, known: &Known) -> bool {
    // A grant of Ninka's is a person's, and Ninka builds the string and its two lines itself.
    let own = known.own_request
        || known.identity_matches.is_some()
        || known.scope_granted.is_some()
        || known.token_expires_in.is_some();
    let accepted = known.accepted_elsewhere;
    let off = [
        Cause::PopDisabledForMailbox,
        Cause::ImapDisabledForMailbox,
        Cause::SmtpAuthDisabledTenant,
        Cause::SmtpAuthDisabledMailbox,
    ];
    let foreign = [
        Cause::ServicePrincipalNotRegistered,
        Cause::Xoauth2StringMalformed,
        Cause::Xoauth2OneLinePop3,
    ];
    (cause == Cause::AccessTokenExpired
        && (known.token_expires_in.is_some() || accepted == Some(true)))
        || (cause == Cause::WrongAccountSignedIn && known.identity_matches == Some(true))
        || (cause == Cause::SharedMailboxNoAccess && accepted == Some(true))
        || (cause == Cause::WrongScopeResource && known.scope_granted == Some(true))
        || (off.contains(&cause) && accepted == Some(false))
        || (foreign.contains(&cause) && own)
}

/// What is switched off where a protocol takes nobody; only the server's words tell for whom.
const fn switched_off(protocol: Protocol) -> &'static [Cause] {
    match protocol {
        Protocol::Pop3 => &[Cause::PopDisabledForMailbox],
        Protocol::Imap => &[Cause::ImapDisabledForMailbox],
        Protocol::Smtp => &[
            Cause::SmtpAuthDisabledTenant,
            Cause::SmtpAuthDisabledMailbox,
        ],
        Protocol::Oauth | Protocol::Network => &[],
    }
}

/// What a check saw itself leaves open; empty where the server's words have to tell.
pub(super) fn seen(evidence: &Evidence) -> Vec<Cause> {
    let Some(failure) = evidence.seen.failure else {
        return Vec::new();
    };
    match failure {
        FailureKind::PlainOnTls | FailureKind::TlsOnPlain => vec![Cause::WrongPortTlsMode],
        FailureKind::OtherProtocol => vec![Cause::WrongPortProtocol],
        FailureKind::StartTlsNotOffered => {
            vec![Cause::WrongPortTlsMode, Cause::AntivirusTlsInterception]
        }
        FailureKind::StartTlsRefused => vec![Cause::WrongPortTlsMode, Cause::ServerTemporary],
        // The program's own hello offers TLS 1.3 and 1.2: a server with neither is the old one. The
        // alert is `protocol_version` (RFC 8446 6.2), as rustls spells it.
        FailureKind::Handshake if evidence.raw.contains("ProtocolVersion") => {
            vec![Cause::ServerTlsTooOld]
        }
        FailureKind::TooLong | FailureKind::Malformed | FailureKind::Injected => {
            vec![Cause::ServerMisbehaves]
        }
        FailureKind::NoSignInOffered => no_sign_in(evidence),
        FailureKind::Certificate(fault) => certificate(fault, evidence),
        FailureKind::TimedOut => timed_out(evidence),
        FailureKind::Closed if in_session(evidence.stage) => {
            vec![Cause::ConnectionClosed, Cause::ServerTemporary]
        }
        FailureKind::NameNotResolved if evidence.raw.is_empty() => vec![
            Cause::DnsNotFound,
            Cause::ServerNameWrong,
            Cause::DnsResolverBroken,
        ],
        FailureKind::NotConnected
        | FailureKind::NameNotResolved
        | FailureKind::Closed
        | FailureKind::Handshake
        | FailureKind::Refused
        | FailureKind::Cancelled => Vec::new(),
    }
}

/// A server that offers to encrypt, and no way of signing in before that, says what it wants.
fn wants_starttls(evidence: &Evidence) -> bool {
    let offers = |wanted: &str| {
        let mut lines = evidence.seen.capabilities_plain.iter();
        lines.any(|line| {
            line.split([' ', '='])
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case(wanted))
        })
    };
    evidence.protocol == Protocol::Smtp
        && evidence.stage == Stage::Auth
        && evidence.seen.tls_version.is_none()
        && offers("STARTTLS")
        && !offers("AUTH")
}

fn no_sign_in(evidence: &Evidence) -> Vec<Cause> {
    let encrypted = evidence.seen.tls_version.is_some();
    match (evidence.auth, encrypted, evidence.protocol) {
        (_, false, Protocol::Smtp) => {
            vec![Cause::StarttlsRequired, Cause::AuthMechanismUnsupported]
        }
        (_, false, _) => vec![Cause::TlsRequiredForLogin, Cause::AuthMechanismUnsupported],
        (SignIn::Xoauth2, true, _) => vec![Cause::Xoauth2NotOffered],
        (SignIn::Password | SignIn::None, true, _) => vec![Cause::AuthMechanismUnsupported],
    }
}

fn certificate(fault: CertificateFault, evidence: &Evidence) -> Vec<Cause> {
    match fault {
        CertificateFault::WrongName if evidence.seen.host.parse::<std::net::IpAddr>().is_ok() => {
            vec![Cause::ServerNameIsIpAddress]
        }
        CertificateFault::WrongName => vec![Cause::CertNameMismatch],
        CertificateFault::Expired => vec![Cause::CertExpired, Cause::ClockWrong],
        CertificateFault::NotYetValid => vec![Cause::ClockWrong, Cause::CertExpired],
        CertificateFault::Revoked => vec![Cause::CertRevoked],
        CertificateFault::UnknownIssuer | CertificateFault::Other => {
            let issuers = evidence
                .seen
                .certificates
                .iter()
                .map(|certificate| certificate.issuer.as_str())
                .collect::<Vec<_>>()
                .join("\n");
            if super::reading::names_interceptor(&issuers) {
                return vec![Cause::AntivirusTlsInterception];
            }
            // The text may know more: an authority as server, a broken chain.
            Vec::new()
        }
    }
}

fn timed_out(evidence: &Evidence) -> Vec<Cause> {
    let plain_first = matches!(evidence.seen.tls, Some(TlsMode::StartTls | TlsMode::None));
    if evidence.stage == Stage::Greeting && plain_first {
        return vec![Cause::WrongPortTlsMode, Cause::TimedOut];
    }
    if in_session(evidence.stage) {
        return vec![Cause::TimedOut, Cause::ServerTemporary];
    }
    Vec::new()
}

const fn in_session(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Capability
            | Stage::Auth
            | Stage::Mailbox
            | Stage::Receive
            | Stage::SendMailFrom
            | Stage::SendRcpt
            | Stage::SendData
    )
}
