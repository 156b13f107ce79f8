//! Every link of a built book leads to a file and a place in it that are there; the book needs
//! nothing from the network to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};
use regex::Regex;

/// The pages of a built book, by their names below its folder.
pub(crate) fn pages(book: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    collect(book, book, &mut found)?;
    Ok(found)
}

fn collect(book: &Path, folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(book, &path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "html") {
            found.insert(path.strip_prefix(book)?.to_owned());
        }
    }
    Ok(())
}

/// Fails with every link that leads nowhere.
pub(crate) fn check(book: &Path) -> Result<()> {
    let link = Regex::new(r#"\s(?:href|src)="([^"]*)""#)?;
    let place = Regex::new(r#"\sid="([^"]*)""#)?;
    let mut texts = BTreeMap::new();
    for page in pages(book)? {
        texts.insert(page.clone(), fs::read_to_string(book.join(page))?);
    }
    let mut faults = Vec::new();
    for (page, text) in &texts {
        for found in link.captures_iter(text) {
            let [target] = found.extract::<1>().1;
            if !leads(page, target, book, &texts, &place) {
                faults.push(format!("{}: {target}", page.display()));
            }
        }
    }
    if !faults.is_empty() {
        bail!("links that lead nowhere:\n{}", faults.join("\n"));
    }
    Ok(())
}

/// Whether a page's link leads somewhere. What is outside the book is for people to follow, never
/// for the page to load: it is a link in a text, so `https` alone.
fn leads(
    page: &Path,
    target: &str,
    book: &Path,
    texts: &BTreeMap<PathBuf, String>,
    place: &Regex,
) -> bool {
    if target.contains(':') {
        return target.starts_with("https://");
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let file = if path.is_empty() {
        page.to_owned()
    } else {
        within(&page.parent().unwrap_or_else(|| Path::new("")).join(path))
    };
    let Some(text) = texts.get(&file) else {
        return id.is_empty() && book.join(file).is_file();
    };
    id.is_empty()
        || place
            .captures_iter(text)
            .any(|found| found.extract::<1>().1 == [id])
}

/// A path without its `..`.
fn within(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::Normal(name) => out.push(name),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_no_page_and_to_no_place_are_found() {
        let book = tempfile::tempdir().unwrap();
        fs::create_dir(book.path().join("causes")).unwrap();
        let write = |name: &str, text: &str| fs::write(book.path().join(name), text).unwrap();
        write(
            "a.html",
            r#"<h1 id="top">A</h1> <a href="causes/b.html#here">"#,
        );
        write(
            "causes/b.html",
            r#"<p id="here"><a href="../a.html#top"> <a href="https://a.example/">"#,
        );
        check(book.path()).unwrap();
        write(
            "c.html",
            r#"<a href="none.html"> <img src="none.png"> <a href="a.html#none"> <a href="http://b.example/">"#,
        );
        let fault = check(book.path()).unwrap_err().to_string();
        for found in ["none.html", "none.png", "a.html#none", "http://b.example/"] {
            assert!(fault.contains(found), "{found}: {fault}");
        }
    }
}
