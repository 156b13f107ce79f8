//! `ninka man` and `ninka completions`: made from the command line's own words.

use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use ninka_core::Problem;

use crate::arguments::Arguments;
use crate::output::Output;
use crate::{Ended, Verdict};

/// Prints the manual page, or writes it and one for each command into a folder.
pub(crate) fn man(folder: Option<&Path>, output: &Output) -> Ended {
    let command = Arguments::command();
    if let Some(folder) = folder {
        clap_mangen::generate_to(command, folder).map_err(|_| Problem::FileUnwritable {
            path: folder.display().to_string(),
        })?;
        return Ok(Verdict::Well);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(anyhow::Error::from)?;
    output.octets(&page);
    Ok(Verdict::Well)
}

/// Prints what a shell needs to complete the words.
pub(crate) fn completions(shell: Shell, output: &Output) -> Ended {
    let mut words = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ninka", &mut words);
    output.octets(&words);
    Ok(Verdict::Well)
}
