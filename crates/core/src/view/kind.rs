//! Whose account an address is, as the form shows it while the address is being typed.

use super::{Deserialize, JsonSchema, Serialize, TS};
use crate::diagnosis::AccountKind;
use crate::kind::{Limit, PasswordLimits};

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum KindName {
    /// Microsoft 365, work or school.
    Work,
    /// Outlook.com, Hotmail, Live.
    Personal,
    /// Not Microsoft's.
    Other,
    /// Not known.
    Unknown,
}

/// What was found out, in the words of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum KindFound {
    /// Microsoft 365, work or school.
    Work,
    /// Outlook.com, Hotmail, Live.
    Personal,
    /// Not Microsoft's.
    Other,
    /// There is no such domain: probably a slip of the keyboard.
    NoDomain,
    /// The domain is known to Microsoft 365, and its mail goes elsewhere.
    MailElsewhere,
    /// No answer that decides.
    Unknown,
    /// Nobody is to be asked.
    NotAsked,
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KindView {
    /// Whose account it is.
    pub kind: KindName,
    /// How that is said.
    pub found: KindFound,
    /// What becomes of it when it signs in by password; `null` where Microsoft does not care.
    pub password: Option<PasswordLimitsView>,
}

/// What becomes of an account at Microsoft's that signs in by password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PasswordLimitsView {
    /// Of `Mail[受信]`.
    pub reception: LimitView,
    /// Of `Mail[送信]`.
    pub sending: LimitView,
}

/// Since when, or from when, a password is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LimitView {
    /// `2022-10-01`
    pub date: String,
    /// Whether the day has come.
    pub past: bool,
    /// Whether an administrator can decide otherwise.
    pub by_default: bool,
}

impl From<AccountKind> for KindName {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Work => Self::Work,
            AccountKind::Personal => Self::Personal,
            AccountKind::Other => Self::Other,
            AccountKind::Unknown => Self::Unknown,
        }
    }
}

impl From<Limit> for LimitView {
    fn from(limit: Limit) -> Self {
        Self {
            date: limit.date.to_string(),
            past: limit.past,
            by_default: limit.by_default,
        }
    }
}

impl From<PasswordLimits> for PasswordLimitsView {
    fn from(limits: PasswordLimits) -> Self {
        Self {
            reception: limits.reception.into(),
            sending: limits.sending.into(),
        }
    }
}
