//! `ninka-handbook FOLDER`: builds the user's handbook in both languages into a folder. The chapters are
//! in `docs/handbook`, the causes' pages are made from the texts that the program itself speaks, and
//! the pictures are those that the tests of the screens take. Fails when a link leads nowhere.

mod book;
mod causes;
mod links;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use ninka_core::diagnosis::Cause;
use ninka_core::language::Language;

fn main() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .context("ninka-handbook FOLDER")?;
    build(Path::new(&folder))
}

/// Builds both books and holds them against each other and against the list of causes.
fn build(folder: &Path) -> Result<()> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    // Made beside and put there when it is whole: a program may be reading the old one.
    let made = tempfile::tempdir()?;
    let mut pages = Vec::new();
    for language in [Language::Ja, Language::En] {
        let target = made.path().join(language.code());
        book::build(&root, language, &target)?;
        links::check(&target)?;
        let built = links::pages(&target)?;
        let page = |cause: &&Cause| target.join(format!("causes/{}.html", cause.code()));
        if let Some(cause) = Cause::ALL.iter().find(|cause| !page(cause).is_file()) {
            bail!("{} has no page", cause.code());
        }
        pages.push(built);
    }
    if pages.windows(2).any(|both| both.first() != both.last()) {
        bail!("the books do not have the same pages: {pages:#?}");
    }
    book::replace(folder, made.path())
}
