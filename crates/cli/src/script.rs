//! `ninka script`: the staff's script of the guide, to be printed. Touches no data and no network.

use std::io::Write as _;
use std::path::Path;

use ninka_core::Problem;
use ninka_core::guided::script;
use ninka_core::language::Language;

use crate::output::Output;
use crate::{Ended, Verdict};

pub(crate) fn run(language: Option<Language>, file: Option<&Path>, output: &Output) -> Ended {
    let html = script(language.unwrap_or_else(|| output.language()));
    match file {
        Some(file) => write(file, &html)?,
        None => output.octets(html.as_bytes()),
    }
    Ok(Verdict::Well)
}

/// Nothing is written over.
fn write(file: &Path, html: &str) -> Result<(), Problem> {
    let written =
        std::fs::File::create_new(file).and_then(|mut new| new.write_all(html.as_bytes()));
    written.map_err(|fault| {
        tracing::warn!("the script: {fault}");
        Problem::FileUnwritable {
            path: file.display().to_string(),
        }
    })
}
