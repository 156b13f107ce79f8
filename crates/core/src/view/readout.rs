//! What a read-out code says.

use super::{DiagnosisView, GuidedPageView, JsonSchema, ProblemView, RetryView, Serialize, TS};
use crate::diagnosis::{AccountKind, Cause, Fixer, Protocol, Stage};
use crate::guided::Page;
use crate::readout::Readout;
use crate::texts;

/// A read-out code, explained.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ReadoutView {
    /// The code as it is shown: two groups of four.
    pub code: String,
    /// What the customer's screen says. Names and places are missing: the code has none.
    pub problem: ProblemView,
    /// The page of the guide that the customer sees, where the code is of one.
    pub guided: Option<GuidedPageView>,
    /// Whether the customer's screen lists other causes too; this is the likeliest.
    pub several: bool,
    /// Where it failed: `readout-stage-<stage>` is its text.
    pub stage: Option<String>,
    /// What was spoken: `pop3`, `imap`, `smtp`, `oauth` or `network`.
    pub protocol: Option<String>,
    /// Whose account it is: `work`, `personal` or `other`; `null` if that was not known.
    pub account_kind: Option<String>,
    /// The version of the customer's program.
    pub version: String,
}

/// Stands for what a code does not carry.
const LEFT_OUT: &str = "…";

impl From<&Readout> for ReadoutView {
    fn from(readout: &Readout) -> Self {
        let place = readout.place();
        Self {
            code: readout.to_string(),
            problem: problem(readout),
            guided: Page::of(readout.name()).map(GuidedPageView::from),
            several: readout.several(),
            stage: place.stage.map(Stage::code).map(str::to_owned),
            protocol: place.protocol.map(Protocol::code).map(str::to_owned),
            account_kind: match place.kind {
                AccountKind::Unknown => None,
                known @ (AccountKind::Work | AccountKind::Personal | AccountKind::Other) => {
                    Some(known.code().to_owned())
                }
            },
            version: readout.version().to_string(),
        }
    }
}

fn problem(readout: &Readout) -> ProblemView {
    let name = readout.name();
    let diagnosis = Cause::from_code(name).map(|cause| DiagnosisView {
        cause: name.to_owned(),
        text: cause.text().to_owned(),
        certain: !readout.several(),
        candidates: vec![name.to_owned()],
        who_fixes: readout
            .fixer()
            .or_else(|| cause.fixers().first().copied())
            .map_or("", Fixer::code)
            .to_owned(),
        raw: String::new(),
        readout: readout.to_string(),
    });
    let text = match &diagnosis {
        Some(diagnosis) => diagnosis.text.clone(),
        None if Page::of(name).is_some() => name.to_owned(),
        None => format!("problem-{name}"),
    };
    let params = texts::PROBLEM_PARAMS.iter().find(|(id, _)| *id == text);
    let params = params.map_or::<&[&str], _>(&[], |(_, params)| params);
    ProblemView {
        code: name.to_owned(),
        params: params
            .iter()
            .map(|name| ((*name).to_owned(), LEFT_OUT.to_owned()))
            .collect(),
        text,
        retry: RetryView::No,
        fields: Vec::new(),
        diagnosis,
        readout: readout.to_string(),
    }
}
