//! The practice bar: the fault that is switched on, and the clock that can jump ahead.

use super::{Serialize, TS};

/// The state of the practice tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PracticeView {
    /// The fault that is on; `practice-fault-<code>` is its label.
    pub fault: Option<String>,
    /// Every fault that can be switched on, in the order of the chooser.
    pub faults: Vec<String>,
    /// How many days the clock runs ahead.
    #[ts(type = "number")]
    pub ahead_days: i64,
    /// The practice time, Unix seconds.
    #[ts(type = "number")]
    pub now: i64,
    /// The mailboxes that exist in the practice tenant.
    pub addresses: Vec<String>,
    /// The client id of the live program; empty if none.
    pub live_client_id: String,
}
