//! What probes found narrows what a failure leaves open. Each inference is one that holds wherever
//! the probe was true: a name that another name's answer clears, a port whose neighbour answers, a
//! certificate whose issuer shows up at a host that has another.

use super::probe::{Found, Probe, ProbeKind, Spoken};
use super::{
    AccountKind, Cause, CertificateFault, Evidence, FailureKind, Protocol, Seen, SignIn, Stage,
};
use crate::account::TlsMode;
use crate::cloud::MailProtocol;
use crate::kind::within;

/// Certificates are issued an hour or so before they are used; a clock within it harms nobody.
const CLOCK_IS_RIGHT: i64 = 3600;

/// Where Microsoft's mailboxes are opened; see `cloud` for the sources.
const MICROSOFT_MAILBOXES: &[&str] = &[
    "office365.com",
    "outlook.com",
    "office365.us",
    "outlook.cn",
    "hotmail.com",
    "live.com",
];

/// Narrows by the probes; without them nothing changes.
pub(super) fn narrow(open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let seen = &evidence.seen;
    match (seen.failure, evidence.stage) {
        (Some(FailureKind::NameNotResolved), _) | (Some(FailureKind::TimedOut), Stage::Dns) => {
            name(open, seen)
        }
        (Some(FailureKind::NotConnected), _) => connection(open, seen),
        (Some(FailureKind::Certificate(fault)), _) => certificate(open, fault, seen),
        (Some(FailureKind::PlainOnTls), _) => match &seen.cleartext {
            Some(text) => spoken(open, Spoken::of(text), evidence),
            None => open,
        },
        (
            Some(FailureKind::TimedOut | FailureKind::Closed | FailureKind::Handshake),
            Stage::Tls | Stage::Greeting,
        ) => first_bytes(open, evidence),
        (Some(FailureKind::Refused), Stage::Auth) => whose(open, evidence),
        _ => open,
    }
}

fn of(seen: &Seen, kind: ProbeKind) -> impl Iterator<Item = &Probe> {
    seen.probes.iter().filter(move |probe| probe.kind == kind)
}

/// Whether any of the probes of a kind found this; `None` when none was made.
fn any(seen: &Seen, kind: ProbeKind, good: impl Fn(&Found) -> bool) -> Option<bool> {
    let mut probes = of(seen, kind).peekable();
    probes.peek()?;
    Some(probes.any(|probe| good(&probe.found)))
}

fn without(open: Vec<Cause>, gone: &[Cause]) -> Vec<Cause> {
    let left: Vec<Cause> = open
        .iter()
        .copied()
        .filter(|cause| !gone.contains(cause))
        .collect();
    if left.is_empty() { open } else { left }
}

fn first(causes: &[Cause], open: Vec<Cause>) -> Vec<Cause> {
    let rest = open.into_iter().filter(|cause| !causes.contains(cause));
    causes.iter().copied().chain(rest).collect()
}

fn name(open: Vec<Cause>, seen: &Seen) -> Vec<Cause> {
    match any(seen, ProbeKind::KnownName, |found| {
        *found == Found::Resolved
    }) {
        Some(true) => {
            let left = without(open, &[Cause::DnsResolverBroken, Cause::Offline]);
            // The name servers work; that this name is asked for in vain is the name's fault.
            if left == [Cause::DnsResolverBroken] {
                vec![Cause::DnsNotFound, Cause::ServerNameWrong]
            } else {
                left
            }
        }
        Some(false) => vec![Cause::Offline, Cause::DnsResolverBroken],
        None => open,
    }
}

fn answers(found: &Found) -> bool {
    matches!(
        found,
        Found::Tls | Found::Speaks { .. } | Found::Silent | Found::Closed | Found::Connected
    )
}

fn connection(open: Vec<Cause>, seen: &Seen) -> Vec<Cause> {
    let reached = any(seen, ProbeKind::KnownHost, |found| {
        *found == Found::Connected
    });
    let beside = any(seen, ProbeKind::NeighbourPort, answers) == Some(true);
    let refused = seen.connects.iter().any(|attempt| {
        attempt
            .failure
            .as_ref()
            .is_some_and(|failure| failure.kind == std::io::ErrorKind::ConnectionRefused)
    });
    if beside {
        // The server is there and only this port is not: name and network are right.
        let local = open.contains(&Cause::LocalServerNotListening);
        return match (refused, seen.port) {
            (true, _) if local => vec![Cause::PortNotServed, Cause::LocalServerNotListening],
            (true, _) => vec![Cause::PortNotServed, Cause::FirewallBlocks],
            (false, 25) => vec![Cause::PortBlockedByIsp, Cause::FirewallBlocks],
            (false, _) => vec![Cause::FirewallBlocks, Cause::PortNotServed],
        };
    }
    match reached {
        Some(true) => without(open, &[Cause::Offline]),
        // A refusal came from somebody: this computer is not cut off.
        Some(false) if !refused => first(&[Cause::Offline, Cause::FirewallBlocks], open),
        Some(false) | None => open,
    }
}

fn certificate(open: Vec<Cause>, fault: CertificateFault, seen: &Seen) -> Vec<Cause> {
    // A certificate that came shows a port of TLS and a version in common.
    let handshake = [
        Cause::WrongPortTlsMode,
        Cause::TlsTooOld,
        Cause::ServerTlsTooOld,
    ];
    let open = without(open, &handshake);
    let here = seen.certificates.first();
    let issuer = here.map(|facts| facts.issuer.as_str()).unwrap_or_default();
    let mut trusted = false;
    for probe in of(seen, ProbeKind::KnownCertificate) {
        if let Found::Untrusted {
            fault: shown,
            issuer: other,
        } = &probe.found
        {
            return match shown {
                CertificateFault::Expired | CertificateFault::NotYetValid => {
                    vec![Cause::ClockWrong]
                }
                _ if *other == issuer => vec![Cause::AntivirusTlsInterception],
                CertificateFault::WrongName
                | CertificateFault::UnknownIssuer
                | CertificateFault::Revoked
                | CertificateFault::Other => {
                    vec![Cause::AntivirusTlsInterception, Cause::RootStoreOutdated]
                }
            };
        }
        trusted |= matches!(probe.found, Found::Trusted { .. });
    }
    let ahead = of(seen, ProbeKind::ClockDifference).find_map(|probe| {
        if let Found::ClockAhead { seconds } = probe.found {
            Some(seconds)
        } else {
            None
        }
    });
    let of_time = matches!(
        fault,
        CertificateFault::Expired | CertificateFault::NotYetValid
    );
    match (of_time, ahead) {
        (true, Some(ahead)) if ahead.abs() > CLOCK_IS_RIGHT => first(&[Cause::ClockWrong], open),
        (true, Some(_)) => {
            let cleared = [
                Cause::ClockWrong,
                Cause::AntivirusTlsInterception,
                Cause::RootStoreOutdated,
            ];
            without(open, &cleared)
        }
        (false, _) if trusted => {
            let cleared = [Cause::AntivirusTlsInterception, Cause::RootStoreOutdated];
            without(open, &cleared)
        }
        (true, None) | (false, _) => open,
    }
}

fn first_bytes(open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let Some(probe) = of(&evidence.seen, ProbeKind::FirstBytes).next() else {
        return open;
    };
    match &probe.found {
        Found::Tls if evidence.seen.tls != Some(TlsMode::Implicit) => vec![Cause::WrongPortTlsMode],
        Found::Tls => right_port(open, evidence),
        Found::Speaks { spoken: heard, .. } => spoken(open, *heard, evidence),
        Found::Silent => right_port(open, evidence),
        // It hangs up on whoever comes, in TLS and in the clear.
        Found::Closed => first(
            &[Cause::ConnectionClosed],
            without(open, &[Cause::WrongPortTlsMode, Cause::TlsTooOld]),
        ),
        Found::Connected
        | Found::Refused
        | Found::NoAnswer
        | Found::Resolved
        | Found::NotResolved
        | Found::Trusted { .. }
        | Found::Untrusted { .. }
        | Found::ClockAhead { .. }
        | Found::MailGoes { .. }
        | Found::Realm(_) => open,
    }
}

/// Whose account it is parts what a refused sign-in means.
fn whose(open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let by_password = evidence.auth == SignIn::Password;
    let receiving = matches!(evidence.protocol, Protocol::Pop3 | Protocol::Imap);
    let at_microsoft = within(&evidence.seen.host, MICROSOFT_MAILBOXES);
    match evidence.account_kind {
        // Microsoft's own servers take no password of anybody's to receive.
        AccountKind::Work | AccountKind::Personal
            if by_password
                && receiving
                && at_microsoft
                && open.contains(&Cause::BasicAuthRetired) =>
        {
            vec![Cause::BasicAuthRetired]
        }
        // Nobody administers a personal account, and its POP and IMAP are off at first.
        AccountKind::Personal => {
            let of_tenants = [
                Cause::ConditionalAccessBlocked,
                Cause::SmtpAuthDisabledTenant,
                Cause::SmtpAuthDisabledMailbox,
            ];
            let open = without(open, &of_tenants);
            let off = [Cause::PopDisabledForMailbox, Cause::ImapDisabledForMailbox];
            let off: Vec<Cause> = off.into_iter().filter(|off| open.contains(off)).collect();
            if by_password { open } else { first(&off, open) }
        }
        AccountKind::Other if by_password => {
            let of_microsoft = [
                Cause::BasicAuthRetired,
                Cause::ConditionalAccessBlocked,
                Cause::SmtpAuthDisabledTenant,
                Cause::SmtpAuthDisabledMailbox,
            ];
            without(open, &of_microsoft)
        }
        AccountKind::Work | AccountKind::Other | AccountKind::Unknown => open,
    }
}

/// The port is the right one: what broke off was this connection.
fn right_port(open: Vec<Cause>, evidence: &Evidence) -> Vec<Cause> {
    let open = without(open, &[Cause::WrongPortTlsMode]);
    if evidence.seen.failure == Some(FailureKind::Closed) {
        first(&[Cause::ConnectionClosed], open)
    } else {
        open
    }
}

/// What a port says first decides whose port it is.
fn spoken(open: Vec<Cause>, heard: Spoken, evidence: &Evidence) -> Vec<Cause> {
    let implicit = evidence.seen.tls == Some(TlsMode::Implicit);
    match heard {
        Spoken::Web => vec![Cause::FirewallBlocks, Cause::WrongPortProtocol],
        Spoken::Mail(protocol) if Some(protocol) != wanted(evidence) => {
            vec![Cause::WrongPortProtocol]
        }
        Spoken::Mail(_) if implicit => vec![Cause::WrongPortTlsMode],
        Spoken::Mail(_) => right_port(open, evidence),
        Spoken::Other => open,
    }
}

const fn wanted(evidence: &Evidence) -> Option<MailProtocol> {
    match evidence.protocol {
        Protocol::Pop3 => Some(MailProtocol::Pop3),
        Protocol::Imap => Some(MailProtocol::Imap),
        Protocol::Smtp => Some(MailProtocol::Smtp),
        Protocol::Oauth | Protocol::Network => evidence.seen.protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::{Known, diagnose};

    fn refused(kind: AccountKind, protocol: Protocol, auth: SignIn, host: &str) -> Evidence {
        Evidence {
            stage: Stage::Auth,
            protocol,
            auth,
            account_kind: kind,
            raw: match protocol {
                Protocol::Smtp => "535 5.7.3 Authentication unsuccessful",
                Protocol::Pop3 | Protocol::Imap | Protocol::Oauth | Protocol::Network => {
                    "-ERR Logon failure: unknown user name or bad password."
                }
            }
            .to_owned(),
            known: Known::default(),
            seen: Seen {
                host: host.to_owned(),
                failure: Some(FailureKind::Refused),
                ..Seen::default()
            },
        }
    }

    #[test]
    fn a_password_at_microsofts_mailboxes_has_one_cause() {
        let at = |kind, host| diagnose(&refused(kind, Protocol::Pop3, SignIn::Password, host));
        let work = at(AccountKind::Work, "outlook.office365.com");
        assert_eq!(
            (work.cause(), work.certain()),
            (Cause::BasicAuthRetired, true)
        );
        let personal = at(AccountKind::Personal, "pop-mail.outlook.com");
        assert!(personal.certain(), "{personal:?}");
        // At a server of somebody else's the password may simply be wrong.
        let relay = at(AccountKind::Work, "pop.hana.example");
        assert!(!relay.certain() && relay.candidates().contains(&Cause::BadPassword));
        let unknown = at(AccountKind::Unknown, "outlook.office365.com");
        assert!(!unknown.certain(), "{unknown:?}");
    }

    #[test]
    fn what_is_microsofts_alone_is_no_cause_elsewhere() {
        for protocol in [Protocol::Pop3, Protocol::Smtp] {
            let host = "mail.hana.example";
            let evidence = refused(AccountKind::Other, protocol, SignIn::Password, host);
            let found = diagnose(&evidence);
            assert_eq!(found.cause(), Cause::BadPassword, "{found:?}");
            for gone in [Cause::BasicAuthRetired, Cause::SmtpAuthDisabledTenant] {
                assert!(!found.candidates().contains(&gone), "{found:?}");
            }
        }
    }

    #[test]
    fn a_personal_account_has_no_administrator() {
        let host = "smtp-mail.outlook.com";
        let evidence = refused(
            AccountKind::Personal,
            Protocol::Smtp,
            SignIn::Password,
            host,
        );
        let found = diagnose(&evidence);
        assert!(
            !found.candidates().contains(&Cause::SmtpAuthDisabledTenant),
            "{found:?}"
        );
        let host = "outlook.office365.com";
        let evidence = refused(AccountKind::Personal, Protocol::Pop3, SignIn::Xoauth2, host);
        let found = diagnose(&evidence);
        if found.candidates().contains(&Cause::PopDisabledForMailbox) {
            assert_eq!(found.cause(), Cause::PopDisabledForMailbox, "{found:?}");
        }
    }

    #[test]
    fn whose_an_account_is_is_asked_once() {
        use crate::diagnosis::worth_asking;
        let host = "mail.hana.example";
        let asked = |kind| worth_asking(&refused(kind, Protocol::Pop3, SignIn::Password, host));
        let both = [ProbeKind::MailHosts, ProbeKind::UserRealm];
        assert_eq!(asked(AccountKind::Unknown), both);
        assert!(asked(AccountKind::Other).is_empty());
        let mut answered = refused(AccountKind::Unknown, Protocol::Pop3, SignIn::Password, host);
        answered.seen.probes = both
            .map(|kind| Probe {
                kind,
                host: "hana.example".to_owned(),
                port: 0,
                ms: 1,
                found: Found::NoAnswer,
            })
            .to_vec();
        assert!(worth_asking(&answered).is_empty());
    }
}
