//! `ninka script`: the staff's script of the guide, to be printed. Touches no data and no network.

use std::path::Path;

use ninka_core::guided::script;
use ninka_core::language::Language;

use crate::output::{Output, new_file};
use crate::{Ended, Verdict};

pub(crate) fn run(language: Option<Language>, file: Option<&Path>, output: &Output) -> Ended {
    let html = script(language.unwrap_or_else(|| output.language()));
    match file {
        Some(file) => new_file(file, html.as_bytes())?,
        None => output.octets(html.as_bytes()),
    }
    Ok(Verdict::Well)
}
