//! A page for each cause, and their list by family: what happened, what it means, who can fix it,
//! the steps, what will not help, and the message for an administrator.

use ninka_core::diagnosis::{Cause, Fixer};
use ninka_core::language::Language;

/// A page of the book.
pub(crate) struct Page {
    /// Its file, below the book's source.
    pub(crate) file: String,
    /// Its name in the table of contents.
    pub(crate) title: String,
    /// Markdown.
    pub(crate) text: String,
}

/// The page's file below the book's source. The program opens pages by their causes' names.
fn file(cause: Cause) -> String {
    format!("causes/{}.md", cause.code())
}

/// Every cause's page, in the order of the list.
pub(crate) fn pages(language: Language) -> Vec<Page> {
    let page = |cause: &Cause| Page {
        file: file(*cause),
        title: language.plain(cause.text()),
        text: page(*cause, language),
    };
    Cause::ALL.iter().map(page).collect()
}

fn page(cause: Cause, language: Language) -> String {
    let word = |id: &str| language.plain(&format!("handbook-{id}"));
    let fill = ["address", "client", "link"].map(|name| (name, word(&format!("admin-{name}"))));
    let say = |attribute: &str| {
        let id = format!("{}.{attribute}", cause.text());
        let given = fill.iter().map(|(name, words)| (*name, words.as_str()));
        // A text that is not there comes back as its id, and `-` says that there is nothing to say.
        Some(language.text(&id, given)).filter(|text| *text != id && text != "-")
    };
    let mut parts = vec![format!("# {}", escaped(&language.plain(cause.text())))];
    let fixers = cause.fixers().iter();
    parts.extend(fixers.map(|fixer| format!("**{}**", who(*fixer, language))));
    if let Some(meaning) = say("meaning") {
        parts.push(format!("## {}\n\n{}", word("meaning"), escaped(&meaning)));
    }
    if let Some(steps) = say("steps") {
        let steps: Vec<String> = steps
            .lines()
            .map(|step| format!("1. {}", linked(step)))
            .collect();
        parts.push(format!("## {}\n\n{}", word("steps"), steps.join("\n")));
    }
    if let Some(useless) = say("useless") {
        parts.push(format!("## {}\n\n{}", word("useless"), escaped(&useless)));
    }
    if let Some(admin) = say("admin") {
        let (title, how) = (word("admin"), word("admin-how"));
        parts.push(format!("## {title}\n\n{how}\n\n```text\n{admin}\n```"));
    }
    parts.push(format!("{}: `{}`\n", word("name"), cause.code()));
    parts.join("\n\n")
}

/// The list of all causes by family, in the order in which the program has them.
pub(crate) fn index(language: Language) -> String {
    let mut families: Vec<(&str, Vec<String>)> = Vec::new();
    for cause in Cause::ALL {
        let title = escaped(&language.plain(cause.text()));
        let line = format!("- [{title}]({})", file(*cause));
        match families
            .iter_mut()
            .find(|(name, _)| *name == cause.family())
        {
            Some((_, lines)) => lines.push(line),
            None => families.push((cause.family(), vec![line])),
        }
    }
    let part = |(family, lines): (&str, Vec<String>)| {
        let title = language.plain(&format!("family-{}", family.replace('_', "-")));
        format!("## {title}\n\n{}", lines.join("\n"))
    };
    families
        .into_iter()
        .map(part)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Who can fix it, as the command line says it.
fn who(fixer: Fixer, language: Language) -> String {
    language.plain(&format!("cli-fixer-{}", fixer.code().replace('_', "-")))
}

/// A line with its addresses as links.
fn linked(line: &str) -> String {
    let words = escaped(line);
    let Some(at) = words.find("https://") else {
        return words;
    };
    let (before, rest) = words.split_at(at);
    let end = rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, ',' | ')'));
    let (address, after) = rest.split_at(end.unwrap_or(rest.len()));
    let cut = address.trim_end_matches('.').len();
    let (address, dots) = address.split_at(cut);
    format!("{before}<{}>{dots}{after}", address.replace('\\', ""))
}

/// What Markdown would take for markup, as it is to be read.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '<' | '[' | ']' | '`' | '\\' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_says_who_fixes_it_and_how_in_both_languages() {
        for language in [Language::Ja, Language::En] {
            let pages = pages(language);
            assert_eq!(pages.len(), Cause::ALL.len());
            for (page, cause) in pages.iter().zip(Cause::ALL) {
                let fixer = cause.fixers().first().unwrap();
                let steps = language.plain(&format!("{}.steps", cause.text()));
                let step = linked(steps.lines().next().unwrap());
                for part in [who(*fixer, language), step, cause.code().to_owned()] {
                    assert!(page.text.contains(&part), "{part}: {}", page.text);
                }
                for unfilled in ["handbook-", "fixer-", "{ $"] {
                    assert!(!page.text.contains(unfilled), "{}", page.text);
                }
            }
            assert!(!index(language).contains("family-"), "{}", index(language));
        }
    }

    #[test]
    fn addresses_become_links_and_markup_is_read_as_it_is() {
        assert_eq!(
            linked("Open https://a.example/b_c."),
            "Open <https://a.example/b_c>."
        );
        assert_eq!(
            linked("https://a.example を開きます"),
            "<https://a.example> を開きます"
        );
        assert_eq!(linked("a_b [c]"), r"a\_b \[c\]");
    }
}
