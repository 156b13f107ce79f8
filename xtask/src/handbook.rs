//! The user's handbook, built beside the programs, where Ninka looks for it when it was not
//! installed. Building it checks it: links, pictures, a page for each cause, both languages alike.

use anyhow::Result;

use crate::shell;

/// Builds the builder and the handbook.
pub(crate) fn build() -> Result<()> {
    shell::run(&mut shell::cargo("build --package ninka-handbook"))?;
    write()
}

/// Builds the handbook by the builder that is there.
pub(crate) fn write() -> Result<()> {
    let folder = shell::target().join("debug/handbook");
    shell::run(shell::command(shell::built("ninka-handbook")).arg(folder))
}
