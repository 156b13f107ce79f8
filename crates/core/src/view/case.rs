//! A customer's report as the support desk keeps it: what the list shows, and the whole.

use super::{
    AuthorizationState, DiagnosisView, ProblemView, ReportView, SelfTestPart, Serialize, SideView,
    TS,
};

/// What is to be done next, by what the report says.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
#[ts(export)]
pub enum CaseStep {
    /// Microsoft's consent has to be got: there is none, or it does not hold any more.
    Authorize,
    /// What a failure was explained by: its first step.
    Explained {
        /// The explanation.
        diagnosis: DiagnosisView,
    },
    /// What a problem says to do.
    Problem {
        /// Which.
        problem: ProblemView,
    },
    /// Something on the customer's computer has to be put right first.
    Computer {
        /// What does not work there.
        part: SelfTestPart,
    },
    /// The account was never checked as it is: have it checked, and ask for another report.
    Check,
    /// Nothing: as of the report, all is well.
    Nothing,
}

/// A case as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CaseRow {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// When it was received, Unix seconds.
    #[ts(type = "number")]
    pub received_at: i64,
    /// What the desk noted.
    pub note: String,
    /// When the report was made, Unix seconds.
    #[ts(type = "number")]
    pub made_at: i64,
    /// The version of the customer's program.
    pub version: String,
    /// The account's address, as the report has it.
    pub address: String,
    /// The account's name; empty where addresses are shortened.
    pub name: String,
    /// The authorization, as of the report.
    pub authorization: AuthorizationState,
    /// Days that were left of the authorization when the report was made; `null` where none holds.
    #[ts(type = "number | null")]
    pub days_left_then: Option<i64>,
    /// Days that are left today, had it not been renewed since; negative where they are over.
    #[ts(type = "number | null")]
    pub days_left_now: Option<i64>,
    /// `Mail[受信]`, as of the report.
    pub reception: SideView,
    /// `Mail[送信]`, as of the report.
    pub sending: SideView,
    /// What is to be done next.
    pub next: CaseStep,
}

/// The desk's cases.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CasesView {
    /// For how many days each is kept.
    #[ts(type = "number")]
    pub kept_days: i64,
    /// The newest first.
    pub cases: Vec<CaseRow>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct CaseView {
    /// As the list shows it.
    pub row: CaseRow,
    /// The customer's report.
    pub report: ReportView,
}
