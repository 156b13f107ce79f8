//! What the command line tells of all accounts at once.

use super::{
    AccountRow, AuthorizationState, JsonSchema, ProblemView, Serialize, SideView, TS, VaultView,
};

/// All accounts at a glance.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StatusView {
    /// The program's version.
    pub version: String,
    /// Where the vault's key is.
    pub vault: VaultView,
    /// Whether any account needs somebody.
    pub attention: bool,
    /// Every account.
    pub accounts: Vec<AccountRow>,
}

/// A renewal that was asked for.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RenewalView {
    /// The account as it is now.
    pub row: AccountRow,
    /// Why it was not renewed; `null` if it was.
    pub problem: Option<ProblemView>,
}

impl StatusView {
    /// Whether an account needs somebody: its authorization does not hold, or the last check of
    /// what its purpose needs failed.
    #[must_use]
    pub fn needs_somebody(row: &AccountRow) -> bool {
        let holds = matches!(row.authorization, AuthorizationState::Authorized { .. });
        let failed = |side: &SideView| matches!(side, SideView::Failed { .. });
        (row.oauth && !holds) || failed(&row.reception) || failed(&row.sending)
    }
}
