//! What is behind a pasted error text.

use super::{DiagnosisView, Serialize, TS};
use crate::diagnosis::Explained;

/// A pasted error text, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExplanationView {
    /// What is wrong. Its `raw` is empty: whoever pasted the text has it.
    pub diagnosis: DiagnosisView,
    /// Whether the text was longer than is read, and its middle was left out.
    pub cut: bool,
}

impl From<&Explained> for ExplanationView {
    fn from(explained: &Explained) -> Self {
        Self {
            diagnosis: DiagnosisView {
                raw: String::new(),
                ..DiagnosisView::from(&explained.diagnosis)
            },
            cut: explained.cut,
        }
    }
}
