//! A problem and a diagnosis as shown: codes and parameters; the sentences are the screen's.

use std::collections::BTreeMap;

use super::{Deserialize, JsonSchema, Serialize, TS};
use crate::account::{Field, FieldProblem};
use crate::diagnosis::Diagnosis;
use crate::problem::{Problem, Retry};

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum RetryView {
    /// At once.
    Now,
    /// After a while.
    Later,
    /// Not before something was changed.
    No,
}

/// A fault at a field of the form.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FieldFault {
    /// The field's name: `address`, `name`, `oauth`, `user`, `password`, `pop3-host`, ….
    pub field: String,
    /// `field-problem-<code>` is its text.
    pub code: String,
}

/// A problem.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProblemView {
    /// The stable code.
    pub code: String,
    /// The id of its text; `.fix` is the next step. For a diagnosis see there.
    pub text: String,
    /// The texts' parameters.
    pub params: BTreeMap<String, String>,
    /// Whether trying again can help.
    pub retry: RetryView,
    /// Faults at fields, when the form was refused.
    pub fields: Vec<FieldFault>,
    /// The explanation, when a server or Microsoft refused.
    pub diagnosis: Option<DiagnosisView>,
    /// The code to read out over the phone; empty for what is no failure of anything.
    pub readout: String,
}

/// A diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiagnosisView {
    /// The likeliest cause's stable name.
    pub cause: String,
    /// The id of its texts: the sentence, `.meaning`, `.steps` (one a line), `.useless`.
    pub text: String,
    /// Whether no other cause is open.
    pub certain: bool,
    /// Every open cause's stable name, the likeliest first.
    pub candidates: Vec<String>,
    /// Who can put it right: `owner`, `tenant_admin`, ….
    pub who_fixes: String,
    /// What the server said.
    pub raw: String,
    /// The code to read out over the phone; empty in what an older program kept.
    #[serde(default)]
    pub readout: String,
}

impl From<&Diagnosis> for DiagnosisView {
    fn from(diagnosis: &Diagnosis) -> Self {
        Self {
            cause: diagnosis.cause().code().to_owned(),
            text: diagnosis.cause().text().to_owned(),
            certain: diagnosis.certain(),
            candidates: diagnosis
                .candidates()
                .iter()
                .map(|c| c.code().to_owned())
                .collect(),
            who_fixes: diagnosis.who_fixes().code().to_owned(),
            raw: diagnosis.raw().to_owned(),
            readout: diagnosis.readout().to_string(),
        }
    }
}

impl From<(Field, FieldProblem)> for FieldFault {
    fn from((field, fault): (Field, FieldProblem)) -> Self {
        Self {
            field: field.code().to_owned(),
            code: fault.code().to_owned(),
        }
    }
}

impl From<&Problem> for ProblemView {
    fn from(problem: &Problem) -> Self {
        Self {
            code: problem.code().to_owned(),
            text: problem.text().to_owned(),
            params: problem
                .params()
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v))
                .collect(),
            retry: match problem.retry() {
                Retry::Now => RetryView::Now,
                Retry::Later => RetryView::Later,
                Retry::No => RetryView::No,
            },
            fields: if let Problem::Invalid { fields } = problem {
                fields.iter().copied().map(FieldFault::from).collect()
            } else {
                Vec::new()
            },
            diagnosis: if let Problem::Diagnosed(diagnosis) = problem {
                Some(diagnosis.as_ref().into())
            } else {
                None
            },
            readout: problem
                .readout()
                .map_or_else(String::new, |code| code.to_string()),
        }
    }
}

impl From<Problem> for ProblemView {
    fn from(problem: Problem) -> Self {
        Self::from(&problem)
    }
}
