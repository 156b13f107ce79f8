//! Permissions as shown: who is signed in, the operators, the audit list.

use super::{Deserialize, JsonSchema, Serialize, TS};
use crate::language::Language;
use crate::operators::{AuditEntry, Operator, Permission};

/// A permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum PermissionView {
    /// なし
    None,
    /// 参照
    View,
    /// 更新
    Edit,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OperatorView {
    /// The number.
    #[ts(type = "number")]
    pub id: i64,
    /// The name.
    pub name: String,
    /// For mail accounts.
    pub accounts: PermissionView,
    /// For settings.
    pub settings: PermissionView,
}

/// Whether permissions are on, and who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum OperatorsView {
    /// Everybody may do everything.
    Off,
    /// Somebody has to sign in.
    SignedOut {
        /// Who can.
        names: Vec<String>,
    },
    /// Somebody is signed in.
    SignedIn {
        /// Who, with the permissions as they were at the sign-in.
        operator: OperatorView,
        /// The names of those who can change permissions.
        ask: Vec<String>,
    },
}

/// An operator to be added or changed.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SaveOperator {
    /// `None` for a new one.
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    /// The name.
    pub name: String,
    /// For mail accounts.
    pub accounts: PermissionView,
    /// For settings.
    pub settings: PermissionView,
    /// A new password; `None` leaves the one there is.
    pub password: Option<String>,
}

/// An entry of the audit list.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AuditEntryView {
    /// When, Unix seconds.
    #[ts(type = "number")]
    pub at: i64,
    /// The operator's name as it was then; `None` where nobody was signed in.
    pub who: Option<String>,
    /// What: `audit-what-<what>` is its text.
    pub what: String,
    /// A mail address, an operator, the names of settings.
    pub about: Option<String>,
    /// The same in the words of the language that is set.
    pub about_said: Option<String>,
    /// Whether it was in practice mode.
    pub practice: bool,
}

/// The audit list.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AuditView {
    /// For how many days it is kept.
    #[ts(type = "number")]
    pub kept_days: i64,
    /// The newest first.
    pub entries: Vec<AuditEntryView>,
}

impl From<Permission> for PermissionView {
    fn from(permission: Permission) -> Self {
        match permission {
            Permission::None => Self::None,
            Permission::View => Self::View,
            Permission::Edit => Self::Edit,
        }
    }
}

impl From<PermissionView> for Permission {
    fn from(permission: PermissionView) -> Self {
        match permission {
            PermissionView::None => Self::None,
            PermissionView::View => Self::View,
            PermissionView::Edit => Self::Edit,
        }
    }
}

impl From<Operator> for OperatorView {
    fn from(operator: Operator) -> Self {
        Self {
            id: operator.id.0,
            name: operator.name,
            accounts: operator.permissions.accounts.into(),
            settings: operator.permissions.settings.into(),
        }
    }
}

impl AuditEntryView {
    /// An entry, with its words in this language.
    pub(crate) fn of(entry: AuditEntry, language: Language) -> Self {
        Self {
            about_said: entry.said_about(language),
            at: entry.at.as_second(),
            who: entry.who,
            what: entry.what.code().to_owned(),
            about: entry.about,
            practice: entry.practice,
        }
    }
}
