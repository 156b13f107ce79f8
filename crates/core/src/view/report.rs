//! A support report: everything that the desk needs to see the same as the customer. There is no
//! field for a password, a token, a code or a mail; texts that came from elsewhere go through
//! `report` before they are put here.

use super::{
    AccountView, CheckReport, Deserialize, HistoryEntryView, JsonSchema, KindName, SelfTestView,
    Serialize, TS, VaultView,
};

/// A report.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReportView {
    /// The version of the program that made it.
    pub version: String,
    /// The system that it ran on, and the processor's kind.
    pub system: String,
    /// When it was made, Unix seconds.
    #[ts(type = "number")]
    pub made_at: i64,
    /// Whether it is of the practice tenant.
    pub practice: bool,
    /// Whether mail addresses are shortened in it.
    pub shortened: bool,
    /// The account, as its form shows it.
    pub account: AccountView,
    /// Whose account it is, as far as that was found out.
    pub kind: KindName,
    /// What the authorization was granted for.
    pub scopes: Vec<String>,
    /// What the last check saw; `null` where none was made since the sign-in was last changed.
    pub check: Option<CheckReport>,
    /// What happened, the newest first.
    pub history: Vec<HistoryEntryView>,
    /// What works on the customer's computer: its clock, proxy and key store among it.
    pub self_test: SelfTestView,
    /// Where the key of what is sealed is.
    pub vault: VaultView,
    /// The client id that is used; empty where there is none.
    pub client_id: String,
    /// The sign-in service that is used.
    pub authority: String,
    /// Every setting, by its name on the command line.
    pub settings: Vec<ReportSetting>,
    /// The ids by which the sign-in service finds a failed request in its own records.
    pub traces: Vec<TraceView>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReportSetting {
    /// Its name on the command line.
    pub key: String,
    /// Its value; empty where it has none.
    pub value: String,
}

/// What an id of the sign-in service's records names.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum TraceKind {
    /// One request.
    Trace,
    /// The requests of one sign-in.
    Correlation,
}

/// An id of the sign-in service's records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TraceView {
    /// What it names.
    pub kind: TraceKind,
    /// A GUID.
    pub id: String,
}

/// A report as it would be saved: as text, to be read before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReportDraft {
    /// With mail addresses shortened.
    pub shortened: String,
    /// With mail addresses in full.
    pub full: String,
}
