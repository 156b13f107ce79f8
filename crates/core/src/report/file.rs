//! The file of a report: a text for people on top, the same as JSON for a program below. It begins
//! by saying what it is and in which form; it is opened with trust in nothing: not its size, not its
//! numbers, not its words, not what its texts would do to a screen.

use serde_json::Value;

use super::walk::{Of, Walker, walk};
use super::words;
use crate::diagnosis::{Cause, Fixer};
use crate::language::Language;
use crate::problem::{Outcome, Problem};
use crate::readout::Readout;
use crate::texts;
use crate::view::{DiagnosisView, ProblemView, ReportView};

use jiff::tz::TimeZone;

/// The largest file that is opened, in octets; what is written stays below.
pub const LARGEST: usize = 1024 * 1024;

/// The form that this program writes and reads. A field more does not change it.
const FORM: u32 = 1;
/// How the first line begins; the form and the version follow.
const NAME: &str = "Ninka support report ";
const BEGIN: &str = "\n-----BEGIN NINKA REPORT-----\n";
const END: &str = "\n-----END NINKA REPORT-----\n";

/// The longest text and list in a file that is opened; what is written stays below.
const LONGEST_TEXT: usize = 8 * 1024;
const LONGEST_LIST: usize = 1_000;
/// The last second of the year 9999: no honest number is greater, and every calendar has it.
const GREATEST: u64 = 253_402_300_799;

/// Writes a report.
///
/// # Errors
/// [`Problem::Internal`] only.
pub(super) fn write(report: &ReportView, language: Language, zone: &TimeZone) -> Outcome<String> {
    let data = serde_json::to_string_pretty(report).map_err(anyhow::Error::from)?;
    let version = &report.version;
    let readable = words::of(report, language, zone);
    Ok(format!(
        "{NAME}{FORM} (Ninka {version})\n\n{readable}{BEGIN}{data}{END}"
    ))
}

/// Opens a report.
///
/// # Errors
/// [`Problem::ReportTooLarge`]; [`Problem::NotAReport`]; [`Problem::ReportNewer`];
/// [`Problem::ReportDamaged`].
pub fn open(file: &[u8]) -> Outcome<ReportView> {
    if file.len() > LARGEST {
        return Err(Problem::ReportTooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| Problem::NotAReport)?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let first = text.lines().next().and_then(|line| line.strip_prefix(NAME));
    let (form, by) = first
        .map(|rest| rest.split_once(' ').unwrap_or((rest, "")))
        .ok_or(Problem::NotAReport)?;
    let form: u32 = form.parse().map_err(|_| Problem::NotAReport)?;
    if form > FORM {
        let version = by.trim_start_matches("(Ninka ").trim_end_matches(')');
        let version = version.chars().filter(|each| !moves(*each)).take(40);
        return Err(Problem::ReportNewer {
            version: version.collect(),
        });
    }
    // The last one: what a server said may look like it, but not below it.
    let data = text
        .rsplit_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END))
        .ok_or(Problem::ReportDamaged)?
        .0;
    let data: Value = serde_json::from_str(data).map_err(|_| Problem::ReportDamaged)?;
    if !is_bounded(&data) {
        return Err(Problem::ReportDamaged);
    }
    let mut report: ReportView =
        serde_json::from_value(data).map_err(|_| Problem::ReportDamaged)?;
    walk(&mut report, &mut Harmless);
    let row = &mut report.account.row;
    row.authorization = row.authorization.settled().clone();
    for entry in &mut report.history {
        entry.text = entry.cause.as_deref().and_then(text_of).map(str::to_owned);
    }
    Ok(report)
}

/// The id of the text of a cause or a problem.
fn text_of(name: &str) -> Option<&'static str> {
    let cause = Cause::from_code(name).map(Cause::text);
    cause.or_else(|| {
        let mut problems = texts::PROBLEM_PARAMS.iter().map(|(id, _)| *id);
        problems.find(|id| id.strip_prefix("problem-") == Some(name))
    })
}

/// Whether no text, list or number is greater than honest ones. How deep it is, the parser minds.
fn is_bounded(data: &Value) -> bool {
    match data {
        Value::Null | Value::Bool(_) => true,
        Value::Number(number) => number
            .as_i64()
            .is_some_and(|number| number.unsigned_abs() <= GREATEST),
        Value::String(text) => text.len() <= LONGEST_TEXT,
        Value::Array(list) => list.len() <= LONGEST_LIST && list.iter().all(is_bounded),
        Value::Object(fields) => fields.len() <= LONGEST_LIST && fields.values().all(is_bounded),
    }
}

/// What turns the direction of writing, or moves a terminal's cursor.
fn moves(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns || (letter.is_control() && letter != '\n')
}

/// Makes what stands in a file fit for a screen: texts without what moves, and of this program's
/// words only those that it has.
struct Harmless;

impl Walker for Harmless {
    fn text(&mut self, of: Of, text: &mut String) {
        text.retain(|letter| !moves(letter) && (letter != '\n' || of == Of::Said));
    }

    fn diagnosis(&mut self, diagnosis: &mut DiagnosisView) {
        let known = |code: &String| Cause::from_code(code);
        // A cause that a newer program knows is an unknown one here; what was said is there still.
        let cause = known(&diagnosis.cause).unwrap_or(Cause::Unknown);
        diagnosis.cause = cause.code().to_owned();
        diagnosis.text = cause.text().to_owned();
        diagnosis.candidates.retain(|code| known(code).is_some());
        if diagnosis.candidates.is_empty() {
            diagnosis.candidates.push(cause.code().to_owned());
        }
        let fixer = Fixer::from_code(&diagnosis.who_fixes);
        let fixer = fixer.or_else(|| cause.fixers().first().copied());
        fixer
            .unwrap_or(Fixer::Owner)
            .code()
            .clone_into(&mut diagnosis.who_fixes);
        readable(&mut diagnosis.readout);
    }

    fn problem(&mut self, problem: &mut ProblemView) {
        let params = texts::PROBLEM_PARAMS;
        let known = params.iter().find(|(id, _)| *id == problem.text);
        let cause = || Cause::from_code(&problem.code).map(Cause::text);
        match (known, cause()) {
            (Some((_, params)), _) => {
                // A text that lacks one of its own would not be shown.
                let mut given = std::mem::take(&mut problem.params);
                problem.params = params
                    .iter()
                    .map(|name| ((*name).to_owned(), given.remove(*name).unwrap_or_default()))
                    .collect();
            }
            (None, Some(text)) => {
                text.clone_into(&mut problem.text);
                problem.params.clear();
            }
            (None, None) => {
                let reference = std::mem::replace(&mut problem.code, "internal".to_owned());
                texts::PROBLEM_INTERNAL.clone_into(&mut problem.text);
                problem.params = [("reference".to_owned(), reference)].into();
            }
        }
        problem.fields.clear();
        readable(&mut problem.readout);
    }
}

/// Of read-out codes only those that are.
fn readable(code: &mut String) {
    if Readout::read(code).is_err() {
        code.clear();
    }
}
