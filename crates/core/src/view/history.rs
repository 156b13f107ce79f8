//! What happened to an account, as the strip shows it.

use super::{Deserialize, JsonSchema, Serialize, TS};
use crate::diagnosis::Cause;
use crate::store::{Happened, HistoryEntry};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum HistoryWhat {
    /// A check of `Mail[受信]`.
    Reception,
    /// A check of `Mail[送信]`.
    Sending,
    /// A renewal of the authorization.
    Renewal,
    /// A consent.
    Authorization,
    /// A change of the account's settings.
    Change,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HistoryEntryView {
    /// When, Unix seconds.
    #[ts(type = "number")]
    pub at: i64,
    /// What.
    pub what: HistoryWhat,
    /// The cause's stable name, if it failed.
    pub cause: Option<String>,
    /// The id of the cause's text, if it failed.
    pub text: Option<String>,
    /// The fields that changed: `address`, `name`, `purpose`, `sign-in`, `signs-in`,
    /// `password`, `pop3`, `imap`, `smtp`.
    pub changed: Vec<String>,
}

/// An account's history.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HistoryView {
    /// For how many days it is kept.
    #[ts(type = "number")]
    pub kept_days: i64,
    /// The newest first.
    pub entries: Vec<HistoryEntryView>,
}

impl From<Happened> for HistoryWhat {
    fn from(what: Happened) -> Self {
        match what {
            Happened::Reception => Self::Reception,
            Happened::Sending => Self::Sending,
            Happened::Renewal => Self::Renewal,
            Happened::Authorization => Self::Authorization,
            Happened::Change => Self::Change,
        }
    }
}

impl From<HistoryEntry> for HistoryEntryView {
    fn from(entry: HistoryEntry) -> Self {
        let cause = entry.cause.as_deref().and_then(Cause::from_code);
        Self {
            at: entry.at.as_second(),
            what: entry.what.into(),
            text: entry.cause.as_deref().map(|name| {
                let problem = || format!("problem-{name}");
                cause.map_or_else(problem, |cause| cause.text().to_owned())
            }),
            cause: entry.cause,
            changed: entry.changed,
        }
    }
}
