//! The faults that can be switched on. What each of them does stands where it is done: at the
//! sign-in pages, at the token endpoint and in the mail servers.

use std::sync::{Mutex, PoisonError};

use crate::texts::PracticeLanguage;

/// Something that goes wrong at Microsoft's, on a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// Whatever is pressed on the consent page counts as "no".
    ConsentDeclined,
    /// Only an administrator may consent; the page does not lead back by itself.
    AdminApprovalNeeded,
    /// The sign-in ends as another address than the one that was chosen.
    OtherAccountSignsIn,
    /// Authorizations from before the switch have lapsed. A new one is good.
    RefreshLapsed,
    /// Authorizations from before the switch were revoked with the old password. A new one is good.
    RevokedByPasswordChange,
    /// Authorizations from before the switch lack a second factor. A new one has it.
    MfaRequired,
    /// POP is off for the mailbox.
    PopOff,
    /// IMAP is off for the mailbox.
    ImapOff,
    /// SMTP AUTH is off for the whole tenant.
    SmtpAuthOffTenant,
    /// SMTP AUTH is off for the mailbox.
    SmtpAuthOffMailbox,
    /// Sign-in works, the mailbox does not open.
    NotConnected,
    /// The mail servers ask for fewer connections.
    Throttled,
    /// Every answer of the token endpoint and of the mail servers takes three seconds.
    Slow,
    /// The mail servers hang up at once.
    ServerDown,
    /// The certificate of the mail servers has expired.
    ExpiredCertificate,
}

impl Fault {
    /// Every fault, in the order of the practice bar.
    pub const ALL: &[Self] = &[
        Self::ConsentDeclined,
        Self::AdminApprovalNeeded,
        Self::OtherAccountSignsIn,
        Self::RefreshLapsed,
        Self::RevokedByPasswordChange,
        Self::MfaRequired,
        Self::PopOff,
        Self::ImapOff,
        Self::SmtpAuthOffTenant,
        Self::SmtpAuthOffMailbox,
        Self::NotConnected,
        Self::Throttled,
        Self::Slow,
        Self::ServerDown,
        Self::ExpiredCertificate,
    ];

    /// The stable name; its texts are `practice-fault-<code>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ConsentDeclined => "consent-declined",
            Self::AdminApprovalNeeded => "admin-approval-needed",
            Self::OtherAccountSignsIn => "other-account-signs-in",
            Self::RefreshLapsed => "refresh-lapsed",
            Self::RevokedByPasswordChange => "revoked-by-password-change",
            Self::MfaRequired => "mfa-required",
            Self::PopOff => "pop-off",
            Self::ImapOff => "imap-off",
            Self::SmtpAuthOffTenant => "smtp-auth-off-tenant",
            Self::SmtpAuthOffMailbox => "smtp-auth-off-mailbox",
            Self::NotConnected => "not-connected",
            Self::Throttled => "throttled",
            Self::Slow => "slow",
            Self::ServerDown => "server-down",
            Self::ExpiredCertificate => "expired-certificate",
        }
    }

    /// The fault of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.code() == code)
    }

    /// The short label of the practice bar.
    #[must_use]
    pub fn label(self, language: PracticeLanguage) -> String {
        language.plain(&format!("practice-fault-{}", self.code()))
    }

    /// What one will see, in a sentence.
    #[must_use]
    pub fn hint(self, language: PracticeLanguage) -> String {
        language.plain(&format!("practice-fault-{}.hint", self.code()))
    }
}

/// The switch, with the moment when it was set.
#[derive(Debug, Default)]
pub(crate) struct FaultSwitch {
    set: Mutex<Option<(Fault, i64)>>,
}

impl FaultSwitch {
    /// The fault that is on, with the stamp of its switching on.
    pub(crate) fn since(&self) -> Option<(Fault, i64)> {
        *self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is(&self, fault: Fault) -> bool {
        self.since().is_some_and(|(set, _)| set == fault)
    }

    /// Switches over; a fault that is on already keeps its moment.
    pub(crate) fn set(&self, fault: Option<Fault>, stamp: i64) {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        if set.map(|(fault, _)| fault) != fault {
            *set = fault.map(|fault| (fault, stamp));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_name_and_texts_in_both_languages() {
        for fault in Fault::ALL {
            assert_eq!(Fault::from_code(fault.code()), Some(*fault));
            for language in [PracticeLanguage::Ja, PracticeLanguage::En] {
                assert!(!fault.label(language).starts_with("practice-"), "{fault:?}");
                assert!(!fault.hint(language).starts_with("practice-"), "{fault:?}");
            }
        }
        assert_eq!(Fault::from_code("nonsense"), None);
    }
}
