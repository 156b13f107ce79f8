//! A backup as it is shown before it is brought back, and after it was written.

use super::{JsonSchema, Serialize, TS};

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupView {
    /// The file.
    pub path: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// When, in Unix seconds.
    #[ts(type = "number")]
    pub made_at: i64,
    /// How many accounts are in it.
    #[ts(type = "number")]
    pub accounts: i64,
    /// Of how many accounts the authorization or the password is not in it, as the key that sealed
    /// it is not at hand; known only while it is written.
    #[ts(type = "number")]
    pub without: i64,
    /// How many accounts are on this computer.
    #[ts(type = "number")]
    pub here: i64,
}
