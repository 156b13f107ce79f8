//! Until when Microsoft takes passwords. The one place of these dates; texts get them from here.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::AccountKind;

/// Exchange Online ended basic authentication for POP and IMAP. Source: Exchange, "Deprecation of
/// Basic authentication in Exchange Online".
const WORK_RECEPTION: Date = date(2022, 10, 1);
/// Exchange Online switches basic authentication for SMTP off by default in existing tenants; an
/// administrator can switch it on again, and the end of that is not announced. Source: message
/// centre MC786329, update of 2026-01-27.
const WORK_SENDING: Date = date(2026, 12, 31);
/// Outlook.com ended basic authentication for all three. Source: Outlook.com, "Modern
/// Authentication Methods now needed to continue syncing Outlook Email in non-Microsoft email apps".
const PERSONAL: Date = date(2024, 9, 16);

/// Since when, or from when, a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The day.
    pub date: Date,
    /// Whether the day has come.
    pub past: bool,
    /// Whether it only changes what applies unless an administrator decides otherwise.
    pub by_default: bool,
}

/// What becomes of an account at Microsoft's that signs in by password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordLimits {
    /// Of `Mail[受信]`.
    pub reception: Limit,
    /// Of `Mail[送信]`.
    pub sending: Limit,
}

impl PasswordLimits {
    /// The limits of a kind of account at a moment; `None` where Microsoft sets none.
    #[must_use]
    pub fn of(kind: AccountKind, now: Timestamp) -> Option<Self> {
        let today = now.to_zoned(TimeZone::UTC).date();
        let limit = |date: Date, by_default| Limit {
            date,
            past: date <= today,
            by_default,
        };
        match kind {
            AccountKind::Work => Some(Self {
                reception: limit(WORK_RECEPTION, false),
                sending: limit(WORK_SENDING, true),
            }),
            AccountKind::Personal => Some(Self {
                reception: limit(PERSONAL, false),
                sending: limit(PERSONAL, false),
            }),
            AccountKind::Other | AccountKind::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sending_from_work_ends_by_default_and_later() {
        let at = |text: &str| PasswordLimits::of(AccountKind::Work, text.parse().unwrap()).unwrap();
        let before = at("2026-11-24T00:00:00Z");
        assert!(before.reception.past && !before.reception.by_default);
        assert!(!before.sending.past && before.sending.by_default);
        assert!(at("2027-01-01T00:00:00Z").sending.past);
        let now = "2026-11-24T00:00:00Z".parse().unwrap();
        let personal = PasswordLimits::of(AccountKind::Personal, now).unwrap();
        assert!(personal.sending.past && !personal.sending.by_default);
        assert_eq!(PasswordLimits::of(AccountKind::Other, now), None);
    }
}
