//! Which refusals say "later" rather than "no": too many connections, too often, a mailbox in use,
//! a fault that passes. The one place that decides whether a check is tried again by itself, and
//! how long the server wants to be left alone.

use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;

use crate::diagnosis::{Cause, Evidence, FailureKind, Protocol, diagnose};

/// A server's wish to be asked again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    /// For how long, if it says so.
    pub(super) told: Option<Duration>,
}

/// Codes of POP3 (RFC 2449 8, RFC 3206) and IMAP (RFC 5530 3, and Dovecot's `LIMIT`).
const CODES: [&str; 6] = [
    "[IN-USE]",
    "[LOGIN-DELAY]",
    "[SYS/TEMP]",
    "[LIMIT]",
    "[UNAVAILABLE]",
    "[INUSE]",
];
const CAUSES: [Cause; 4] = [
    Cause::Throttled,
    Cause::ConcurrentConnectionLimit,
    Cause::MailboxLocked,
    Cause::ServerTemporary,
];

/// A time in words: `299961 milliseconds`, `15 minute period`.
static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern =
        r"(?i)(\d{1,9})[ -]?(milliseconds?|ms\b|seconds?|secs?\b|s\b|minutes?|mins?\b|hours?)";
    Regex::new(pattern).ok()
});

/// Whether the server wants to be asked later; `None` when it means no, or did not refuse at all.
pub(super) fn asked(evidence: &Evidence) -> Option<Patience> {
    if evidence.seen.failure != Some(FailureKind::Refused) {
        return None;
    }
    let by_code = match evidence.protocol {
        Protocol::Pop3 | Protocol::Imap => {
            let raw = evidence.raw.to_ascii_uppercase();
            CODES.iter().any(|code| raw.contains(code))
        }
        // RFC 5321 4.2.1: 4yz may be tried again. RFC 4954 6: 4.7.12 asks for another sign-in first.
        Protocol::Smtp => evidence.raw.starts_with('4') && !evidence.raw.contains(" 4.7.12"),
        Protocol::Oauth | Protocol::Network => return None,
    };
    let by_cause = || {
        let diagnosis = diagnose(evidence);
        let open = diagnosis.candidates();
        open.iter().all(|cause| CAUSES.contains(cause))
    };
    (by_code || by_cause()).then(|| Patience {
        told: in_words(&evidence.raw).or_else(|| login_delay(evidence)),
    })
}

fn in_words(raw: &str) -> Option<Duration> {
    let found = TOLD.as_ref()?.captures(raw)?;
    let number: u64 = found.get(1)?.as_str().parse().ok()?;
    let unit = found.get(2)?.as_str().to_ascii_lowercase();
    Some(match unit.as_str() {
        unit if unit.starts_with("mil") || unit == "ms" => Duration::from_millis(number),
        unit if unit.starts_with('m') => Duration::from_secs(60 * number),
        unit if unit.starts_with('h') => Duration::from_secs(3600 * number),
        _ => Duration::from_secs(number),
    })
}

/// RFC 2449 6.5: the seconds between two sign-ins are in the list of what a server can do.
fn login_delay(evidence: &Evidence) -> Option<Duration> {
    if !evidence.raw.to_ascii_uppercase().contains("[LOGIN-DELAY]") {
        return None;
    }
    let seen = &evidence.seen;
    let listed = seen.capabilities_tls.iter().chain(&seen.capabilities_plain);
    let seconds = listed
        .filter_map(|line| line.strip_prefix("LOGIN-DELAY "))
        .find_map(|rest| rest.split(' ').next()?.parse().ok());
    seconds.map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::{AccountKind, Known, Seen, SignIn, Stage};

    fn refused(protocol: Protocol, raw: &str) -> Evidence {
        Evidence {
            stage: Stage::Auth,
            protocol,
            auth: SignIn::Xoauth2,
            account_kind: AccountKind::Work,
            raw: raw.to_owned(),
            known: Known::default(),
            seen: Seen {
                failure: Some(FailureKind::Refused),
                capabilities_tls: vec!["LOGIN-DELAY 900".to_owned()],
                ..Seen::default()
            },
        }
    }

    #[test]
    fn later_is_told_from_no() {
        let (pop3, imap, smtp) = (Protocol::Pop3, Protocol::Imap, Protocol::Smtp);
        for (protocol, raw, told) in [
            (
                pop3,
                "-ERR [IN-USE] Mailbox is locked by another session",
                None,
            ),
            (
                pop3,
                "-ERR [SYS/TEMP] Temporary authentication failure.",
                None,
            ),
            (pop3, "-ERR [LOGIN-DELAY] wait", Some(900)),
            (
                pop3,
                "-ERR Exceeded the login limit for a 15 minute period. Reduce the frequency of requests to the POP3 server.",
                Some(900),
            ),
            (
                imap,
                "NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=20)",
                None,
            ),
            (
                imap,
                "n2 NO [UNAVAILABLE] Temporary authentication failure.",
                None,
            ),
            (
                imap,
                "n2 NO Request is throttled. Suggested Backoff Time: 299961 milliseconds",
                Some(299),
            ),
            (
                smtp,
                "421 4.7.0 localhost Error: too many connections from 127.0.0.1",
                None,
            ),
            (
                smtp,
                "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.",
                None,
            ),
            (smtp, "454 4.7.0 Temporary authentication failure", None),
        ] {
            let patience = asked(&refused(protocol, raw)).unwrap_or_else(|| panic!("{raw}"));
            assert_eq!(patience.told.map(|told| told.as_secs()), told, "{raw}");
        }
        for (protocol, raw) in [
            (pop3, "-ERR [AUTH] Authentication failed."),
            (pop3, "-ERR [SYS/PERM] no"),
            (imap, "n2 NO [AUTHENTICATIONFAILED] Authentication failed."),
            (
                smtp,
                "535 5.7.8 Error: authentication failed: (reason unavailable)",
            ),
            (smtp, "432 4.7.12 A password transition is needed"),
            (smtp, "550 5.7.1 no"),
        ] {
            assert_eq!(asked(&refused(protocol, raw)), None, "{raw}");
        }
        let mut closed = refused(pop3, "-ERR [IN-USE] busy");
        closed.seen.failure = Some(FailureKind::Closed);
        assert_eq!(asked(&closed), None);
    }
}
