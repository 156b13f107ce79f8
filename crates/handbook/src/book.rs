//! A book's source is put together in a folder of its own and rendered by mdBook.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use mdbook_driver::MDBook;
use ninka_core::language::Language;
use regex::Regex;

use crate::causes::{self, Page};

/// How the chapters name a picture, so that it is seen in the repository as well.
const PICTURES: &str = "../../../tests/screens/";
/// Stands in the table of contents where the causes' pages come, and in their chapter for the list.
const CAUSES: &str = "<!-- causes -->";

/// Builds a language's book into a folder.
pub(crate) fn build(root: &Path, language: Language, target: &Path) -> Result<()> {
    let work = tempfile::tempdir()?;
    let chapters = root.join("docs/handbook").join(language.code());
    let source = work.path().join("src");
    fs::create_dir_all(source.join("causes"))?;
    fs::copy(chapters.join("book.toml"), work.path().join("book.toml"))?;
    fs::copy(
        root.join("docs/handbook/book.css"),
        work.path().join("book.css"),
    )?;
    fs::copy(root.join("icons/ninka.svg"), source.join("ninka.svg"))?;
    let pages = causes::pages(language);
    for page in &pages {
        fs::write(source.join(&page.file), &page.text)?;
    }
    for entry in fs::read_dir(&chapters)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path)?;
            let said = || path.display().to_string();
            let text = chapter(&text, &pages, language);
            let text = with_pictures(&text, root, &source).with_context(said)?;
            let text = joined(&text)?;
            fs::write(source.join(path.file_name().with_context(said)?), text)?;
        }
    }
    let mut book = MDBook::load(work.path())?;
    book.config.build.build_dir = target.to_owned();
    book.build()
}

/// A chapter with what is made from the program's texts.
fn chapter(text: &str, pages: &[Page], language: Language) -> String {
    let Some((before, after)) = text.split_once(CAUSES) else {
        return text.to_owned();
    };
    // Only the table of contents has it in an indented line.
    let made = if before.ends_with("  ") {
        let line = |page: &Page| format!("- [{}]({})", page.title, page.file);
        let lines: Vec<String> = pages.iter().map(line).collect();
        lines.join("\n  ")
    } else {
        causes::index(language)
    };
    format!("{before}{made}{after}")
}

/// A chapter whose Japanese sentences go on where the next line begins: a browser would show a space
/// there. Lists, tables and headings begin with other characters.
fn joined(text: &str) -> Result<String> {
    let within = Regex::new(r"([^\x00-\x7f])\n *([^\x00-\x7f]|[A-Za-z\[`])")?;
    // Where one line is a single character, its end is looked at in the second turn.
    let once = within.replace_all(text, "$1$2");
    Ok(within.replace_all(&once, "$1$2").into_owned())
}

/// Copies the pictures that a chapter shows, and names them where they are in the book.
fn with_pictures(text: &str, root: &Path, source: &Path) -> Result<String> {
    let shown = Regex::new(&format!(
        r"!\[([^\]]*)\]\({}([^)]+)\)",
        regex::escape(PICTURES)
    ))?;
    for picture in shown.captures_iter(text) {
        let [_, name] = picture.extract::<2>().1;
        let taken = root.join("tests/screens").join(name);
        let folder = source.join("pictures");
        fs::create_dir_all(&folder)?;
        fs::copy(&taken, folder.join(name)).with_context(|| taken.display().to_string())?;
    }
    let text = shown.replace_all(text, "![$1](pictures/$2)").into_owned();
    if text.contains("](../") {
        bail!("a link leads out of the book, and is no picture of the screens");
    }
    Ok(text)
}

/// Puts a folder's content where another's was.
pub(crate) fn replace(target: &Path, made: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target).with_context(|| target.display().to_string())?;
    }
    copy(made, target)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_sentence_goes_on_in_the_next_line() {
        let text = "これは\n文です。\nNinkaの\n  続き\n\n次\n- 一\n- 二\n\nEnglish\nstays\n";
        let expected = "これは文です。Ninkaの続き\n\n次\n- 一\n- 二\n\nEnglish\nstays\n";
        assert_eq!(joined(text).unwrap(), expected);
    }
}
