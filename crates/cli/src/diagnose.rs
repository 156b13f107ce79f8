//! `ninka diagnose`: explains an error line that somebody pasted, or many recorded ones as JSON.
//! Touches no data and no network.

use std::io::BufRead as _;

use ninka_core::diagnosis::{answer_line, explain_text};
use ninka_core::view::DiagnosisView;

use crate::arguments::DiagnoseArguments;
use crate::output::Output;
use crate::{Ended, Verdict};

/// The longest line that is read; longer ones are no server's answer.
const LONGEST: usize = 1 << 20;

pub(crate) fn run(arguments: &DiagnoseArguments, output: &Output) -> Ended {
    if arguments.jsonl {
        return answer_lines(output);
    }
    let text = match &arguments.text {
        Some(text) => text.clone(),
        None => std::io::read_to_string(std::io::Read::take(std::io::stdin(), LONGEST as u64))
            .map_err(anyhow::Error::from)?,
    };
    output.explanation(&DiagnosisView::from(&explain_text(&text)));
    Ok(Verdict::Well)
}

fn answer_lines(output: &Output) -> Ended {
    let mut verdict = Verdict::Well;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(anyhow::Error::from)?;
        if line.trim().is_empty() {
            continue;
        }
        match answer_line(&line) {
            Ok(answer) => output.line(&answer),
            Err(fault) => {
                output.progress(&format!("line {}: {fault}", number + 1));
                verdict = Verdict::Failed;
            }
        }
    }
    Ok(verdict)
}
