//! Which texts tell a problem, and what stands in them. A problem without its texts does not build,
//! and neither does one that nobody has thought about here.

use std::collections::BTreeMap;

use super::{PasteFault, Problem};
use crate::handover::HandOverFault;
use crate::texts;

impl Problem {
    /// The id of the texts (attributes: none for the sentence, `.fix` for the next step).
    #[must_use]
    pub fn text(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => texts::PROBLEM_INVALID,
            Self::AccountGone => texts::PROBLEM_ACCOUNT_GONE,
            Self::AccountChanged => texts::PROBLEM_ACCOUNT_CHANGED,
            Self::SettingInvalid { .. } => texts::PROBLEM_SETTING_INVALID,
            Self::FileUnreadable { .. } => texts::PROBLEM_FILE_UNREADABLE,
            Self::FileUnwritable { .. } => texts::PROBLEM_FILE_UNWRITABLE,
            Self::NotABackup => texts::PROBLEM_NOT_A_BACKUP,
            Self::BackupDamaged => texts::PROBLEM_BACKUP_DAMAGED,
            Self::BackupTooLarge => texts::PROBLEM_BACKUP_TOO_LARGE,
            Self::BackupTooCostly => texts::PROBLEM_BACKUP_TOO_COSTLY,
            Self::BackupNewer { .. } => texts::PROBLEM_BACKUP_NEWER,
            Self::RestoreNotEmpty { .. } => texts::PROBLEM_RESTORE_NOT_EMPTY,
            Self::TableUnreadable => texts::PROBLEM_TABLE_UNREADABLE,
            Self::TableTooLarge => texts::PROBLEM_TABLE_TOO_LARGE,
            Self::HandOver(fault) => match fault {
                HandOverFault::NotALink => texts::PROBLEM_HAND_OVER_NOT_A_LINK,
                HandOverFault::TooLong => texts::PROBLEM_HAND_OVER_TOO_LONG,
                HandOverFault::Characters => texts::PROBLEM_HAND_OVER_CHARACTERS,
                HandOverFault::Secret { .. } => texts::PROBLEM_HAND_OVER_SECRET,
                HandOverFault::Newer { .. } => texts::PROBLEM_HAND_OVER_NEWER,
                HandOverFault::Unknown { .. } => texts::PROBLEM_HAND_OVER_UNKNOWN,
                HandOverFault::Twice { .. } => texts::PROBLEM_HAND_OVER_TWICE,
                HandOverFault::Missing { .. } => texts::PROBLEM_HAND_OVER_MISSING,
                HandOverFault::Value { .. } => texts::PROBLEM_HAND_OVER_VALUE,
            },
            Self::CodeIncomplete { .. } => texts::PROBLEM_CODE_INCOMPLETE,
            Self::CodeCharacter { .. } => texts::PROBLEM_CODE_CHARACTER,
            Self::CodeMistyped => texts::PROBLEM_CODE_MISTYPED,
            Self::CodeNewer { .. } => texts::PROBLEM_CODE_NEWER,
            Self::NotAReport => texts::PROBLEM_NOT_A_REPORT,
            Self::ReportDamaged => texts::PROBLEM_REPORT_DAMAGED,
            Self::ReportTooLarge => texts::PROBLEM_REPORT_TOO_LARGE,
            Self::ReportNewer { .. } => texts::PROBLEM_REPORT_NEWER,
            Self::CaseGone => texts::PROBLEM_CASE_GONE,
            Self::TableHasFaults { .. } => texts::PROBLEM_TABLE_HAS_FAULTS,
            Self::DatabaseNewer { .. } => texts::PROBLEM_DATABASE_NEWER,
            Self::DatabaseUnreadable { .. } => texts::PROBLEM_DATABASE_UNREADABLE,
            Self::DiskFull { .. } => texts::PROBLEM_DISK_FULL,
            Self::DiskReadOnly { .. } => texts::PROBLEM_DISK_READ_ONLY,
            Self::DatabaseBusy => texts::PROBLEM_DATABASE_BUSY,
            Self::KeyringMissing => texts::PROBLEM_KEYRING_MISSING,
            Self::KeyringLocked => texts::PROBLEM_KEYRING_LOCKED,
            Self::KeyringRefused { .. } => texts::PROBLEM_KEYRING_REFUSED,
            Self::KeyringKeyLost => texts::PROBLEM_KEYRING_KEY_LOST,
            Self::PassphraseNeeded => texts::PROBLEM_PASSPHRASE_NEEDED,
            Self::PassphraseWrong => texts::PROBLEM_PASSPHRASE_WRONG,
            Self::PassphraseTooShort { .. } => texts::PROBLEM_PASSPHRASE_TOO_SHORT,
            Self::PermissionsOn => texts::PROBLEM_PERMISSIONS_ON,
            Self::PermissionsOff => texts::PROBLEM_PERMISSIONS_OFF,
            Self::SignInNeeded => texts::PROBLEM_SIGN_IN_NEEDED,
            Self::SignInRefused => texts::PROBLEM_SIGN_IN_REFUSED,
            Self::SignInTooSoon { .. } => texts::PROBLEM_SIGN_IN_TOO_SOON,
            Self::NotPermitted { .. } => texts::PROBLEM_NOT_PERMITTED,
            Self::OperatorNameInvalid => texts::PROBLEM_OPERATOR_NAME_INVALID,
            Self::OperatorNameTaken => texts::PROBLEM_OPERATOR_NAME_TAKEN,
            Self::OperatorPasswordShort { .. } => texts::PROBLEM_OPERATOR_PASSWORD_SHORT,
            Self::OperatorGone => texts::PROBLEM_OPERATOR_GONE,
            Self::LastFullOperator => texts::PROBLEM_LAST_FULL_OPERATOR,
            Self::ClientIdMissing => texts::PROBLEM_CLIENT_ID_MISSING,
            Self::NotOAuth => texts::PROBLEM_NOT_OAUTH,
            Self::NothingToUndo => texts::PROBLEM_NOTHING_TO_UNDO,
            Self::TokensNotShared => texts::PROBLEM_TOKENS_NOT_SHARED,
            Self::LoopbackUnavailable { .. } => texts::PROBLEM_LOOPBACK_UNAVAILABLE,
            Self::LoopbackBlocked { .. } => texts::PROBLEM_LOOPBACK_BLOCKED,
            Self::LoopbackProxied { .. } => texts::PROBLEM_LOOPBACK_PROXIED,
            Self::LoopbackTaken { .. } => texts::PROBLEM_LOOPBACK_TAKEN,
            Self::BrowserNotOpened => texts::PROBLEM_BROWSER_NOT_OPENED,
            Self::ConsentInProgress => texts::PROBLEM_CONSENT_IN_PROGRESS,
            Self::ConsentTimedOut { .. } => texts::PROBLEM_CONSENT_TIMED_OUT,
            Self::ConsentOver => texts::PROBLEM_CONSENT_OVER,
            Self::PasteRefused(fault) => match fault {
                PasteFault::NotAnAddress => texts::PROBLEM_PASTE_NOT_AN_ADDRESS,
                PasteFault::SignInPage => texts::PROBLEM_PASTE_SIGN_IN_PAGE,
                PasteFault::Elsewhere => texts::PROBLEM_PASTE_ELSEWHERE,
                PasteFault::NoAnswer => texts::PROBLEM_PASTE_NO_ANSWER,
                PasteFault::OtherAttempt => texts::PROBLEM_PASTE_OTHER_ATTEMPT,
            },
            Self::DeviceCodeUnavailable { .. } => texts::PROBLEM_DEVICE_CODE_UNAVAILABLE,
            Self::DeviceCodeExpired => texts::PROBLEM_DEVICE_CODE_EXPIRED,
            Self::DeviceRefreshTokenMissing => texts::PROBLEM_DEVICE_REFRESH_TOKEN_MISSING,
            Self::Cancelled => texts::PROBLEM_CANCELLED,
            Self::WrongAccountSignedIn { .. } => texts::PROBLEM_WRONG_ACCOUNT_SIGNED_IN,
            Self::WrongPersonSignedIn { .. } => texts::PROBLEM_WRONG_PERSON_SIGNED_IN,
            Self::ScopesMissing { .. } => texts::PROBLEM_SCOPES_MISSING,
            Self::RefreshTokenMissing => texts::PROBLEM_REFRESH_TOKEN_MISSING,
            Self::IdTokenInvalid { .. } => texts::PROBLEM_ID_TOKEN_INVALID,
            Self::SignInUnreachable { .. } => texts::PROBLEM_SIGN_IN_UNREACHABLE,
            Self::NotAuthorized => texts::PROBLEM_NOT_AUTHORIZED,
            Self::PasswordMissing => texts::PROBLEM_PASSWORD_MISSING,
            Self::ServerMissing { .. } => texts::PROBLEM_SERVER_MISSING,
            Self::Diagnosed(diagnosis) => diagnosis.cause().text(),
            Self::Internal { .. } => texts::PROBLEM_INTERNAL,
        }
    }

    /// The parameters of the texts, by the names the texts use.
    #[must_use]
    pub fn params(&self) -> BTreeMap<&'static str, String> {
        let one = |name, value: &dyn std::fmt::Display| BTreeMap::from([(name, value.to_string())]);
        match self {
            Self::SettingInvalid { key } => one("key", key),
            Self::TableHasFaults { count } | Self::RestoreNotEmpty { count } => one("count", count),
            Self::BackupNewer { version } | Self::ReportNewer { version } => {
                one("version", version)
            }
            Self::HandOver(fault) => match fault {
                HandOverFault::Newer { version } => one("version", version),
                HandOverFault::Secret { key }
                | HandOverFault::Unknown { key }
                | HandOverFault::Twice { key } => one("key", key),
                HandOverFault::Missing { key } | HandOverFault::Value { key } => one("key", key),
                HandOverFault::NotALink | HandOverFault::TooLong | HandOverFault::Characters => {
                    BTreeMap::new()
                }
            },
            Self::CodeIncomplete { found } => one("found", found),
            Self::CodeCharacter { character } => one("character", character),
            Self::CodeNewer { version } => one("version", version),
            Self::DatabaseNewer { found, supported } => BTreeMap::from([
                ("found", found.to_string()),
                ("supported", supported.to_string()),
            ]),
            Self::FileUnreadable { path }
            | Self::FileUnwritable { path }
            | Self::DatabaseUnreadable { path }
            | Self::DiskFull { path }
            | Self::DiskReadOnly { path } => one("path", path),
            Self::KeyringRefused { detail } | Self::LoopbackUnavailable { detail } => {
                one("detail", detail)
            }
            Self::LoopbackBlocked { address } => one("address", address),
            Self::LoopbackProxied { address, by } | Self::LoopbackTaken { address, by } => {
                BTreeMap::from([("address", address.clone()), ("by", by.clone())])
            }
            Self::DeviceCodeUnavailable { host } => one("host", host),
            Self::SignInTooSoon { seconds } => one("seconds", seconds),
            Self::NotPermitted { ask } => one("ask", ask),
            Self::PassphraseTooShort { least } | Self::OperatorPasswordShort { least } => {
                one("least", least)
            }
            Self::ConsentTimedOut { minutes } => one("minutes", minutes),
            Self::WrongAccountSignedIn { expected, actual } => {
                BTreeMap::from([("expected", expected.clone()), ("actual", actual.clone())])
            }
            Self::WrongPersonSignedIn {
                mailbox,
                expected,
                actual,
            } => BTreeMap::from([
                ("mailbox", mailbox.clone()),
                ("expected", expected.clone()),
                ("actual", actual.clone()),
            ]),
            Self::ScopesMissing { scopes } => one("scopes", scopes),
            Self::IdTokenInvalid { claim } => one("claim", claim),
            Self::SignInUnreachable { host, detail } => {
                BTreeMap::from([("host", host.clone()), ("detail", detail.clone())])
            }
            Self::ServerMissing { protocol } => one("protocol", protocol),
            Self::Internal { reference } => one("reference", reference),
            Self::Invalid { .. }
            | Self::AccountGone
            | Self::AccountChanged
            | Self::NotABackup
            | Self::BackupDamaged
            | Self::BackupTooLarge
            | Self::BackupTooCostly
            | Self::NotAReport
            | Self::ReportDamaged
            | Self::ReportTooLarge
            | Self::CaseGone
            | Self::TableUnreadable
            | Self::TableTooLarge
            | Self::CodeMistyped
            | Self::DatabaseBusy
            | Self::KeyringMissing
            | Self::KeyringLocked
            | Self::KeyringKeyLost
            | Self::PassphraseNeeded
            | Self::PassphraseWrong
            | Self::PermissionsOn
            | Self::PermissionsOff
            | Self::SignInNeeded
            | Self::SignInRefused
            | Self::OperatorNameInvalid
            | Self::OperatorNameTaken
            | Self::OperatorGone
            | Self::LastFullOperator
            | Self::ClientIdMissing
            | Self::NotOAuth
            | Self::NothingToUndo
            | Self::TokensNotShared
            | Self::BrowserNotOpened
            | Self::ConsentInProgress
            | Self::ConsentOver
            | Self::PasteRefused(_)
            | Self::DeviceCodeExpired
            | Self::DeviceRefreshTokenMissing
            | Self::Cancelled
            | Self::RefreshTokenMissing
            | Self::NotAuthorized
            | Self::PasswordMissing
            | Self::Diagnosed(_) => BTreeMap::new(),
        }
    }
}
