//! The guide through an authorization: its pages, in the order they are walked, with the numbers
//! that the staff's script has too. What a page says is in `ui/locales/*/guided.ftl`; what it does
//! is the window's matter.

mod script;

pub use script::script;

use crate::readout::{Place, Readout};

/// A page of the guide: a step, or what to do when something else is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The stable name, which is the id of its texts too.
    name: &'static str,
    /// The step.
    step: u8,
    /// Which of the step's ways round it is: `a`, `b`; none for the step itself.
    letter: Option<char>,
}

const fn step(name: &'static str, step: u8) -> Page {
    Page {
        name,
        step,
        letter: None,
    }
}

const fn aside(name: &'static str, step: u8, letter: char) -> Page {
    Page {
        name,
        step,
        letter: Some(letter),
    }
}

/// Every page, each step before its ways round.
pub const PAGES: [Page; 17] = [
    step("guided-page-start", 1),
    step("guided-page-open", 2),
    aside("guided-page-not-opened", 2, 'a'),
    step("guided-page-account", 3),
    aside("guided-page-other-account", 3, 'a'),
    step("guided-page-password", 4),
    aside("guided-page-forgotten", 4, 'a'),
    step("guided-page-identity", 5),
    aside("guided-page-no-phone", 5, 'a'),
    step("guided-page-accept", 6),
    aside("guided-page-admin", 6, 'a'),
    aside("guided-page-declined", 6, 'b'),
    step("guided-page-back", 7),
    aside("guided-page-unreachable", 7, 'a'),
    aside("guided-page-closed", 7, 'b'),
    step("guided-page-check", 8),
    step("guided-page-done", 9),
];

impl Page {
    /// The page of a stable name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        PAGES.into_iter().find(|page| page.name == name)
    }

    /// The stable name, and the id of its texts.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Which step it is or belongs to, from 1.
    #[must_use]
    pub const fn step(&self) -> u8 {
        self.step
    }

    /// Whether it is a way round, for when something else is shown.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        self.letter.is_some()
    }

    /// The number that staff and customer say: `3`, `3a`.
    #[must_use]
    pub fn number(&self) -> String {
        let letter = self.letter.map(String::from);
        format!("{}{}", self.step, letter.unwrap_or_default())
    }

    /// The code that the page shows, for staff to type in.
    #[must_use]
    pub fn readout(&self) -> Readout {
        Readout::of(self.name, Place::HERE, None, false)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::language::Language;
    use crate::view::ReadoutView;

    #[test]
    fn steps_are_counted_and_no_number_is_there_twice() {
        let steps: Vec<u8> = PAGES
            .iter()
            .filter(|page| !page.is_aside())
            .map(Page::step)
            .collect();
        assert_eq!(steps, (1..=9).collect::<Vec<u8>>());
        let numbers: BTreeSet<String> = PAGES.iter().map(Page::number).collect();
        assert_eq!(numbers.len(), PAGES.len());
        let mut last = 0;
        for page in PAGES {
            // A way round follows its own step.
            assert!(page.step() == last + 1 || page.is_aside() && page.step() == last);
            last = page.step();
        }
    }

    #[test]
    fn every_page_has_all_its_words_and_a_code_that_leads_back_to_it() {
        for page in PAGES {
            for language in [Language::Ja, Language::En] {
                for part in ["", ".do", ".shows", ".else"] {
                    let id = format!("{}{part}", page.name());
                    let text = language.text(&id, [("address", "a@hana.example")]);
                    assert_ne!(text, id, "{language:?}");
                    assert!(!text.contains('{'), "{text}");
                }
            }
            let code = page.readout().to_string();
            let read = Readout::read(&code).unwrap();
            assert_eq!(Page::of(read.name()), Some(page));
            let view = ReadoutView::from(&read);
            assert_eq!(view.guided.unwrap().number, page.number());
            assert_eq!(view.problem.text, page.name());
            assert_eq!(view.code, code);
        }
        assert_eq!(Page::of("unknown"), None);
    }

    /// The pictures in the script show codes that lead to their pages.
    #[test]
    fn the_pictures_show_the_same_pages() {
        let fake = include_str!("../../../../ui/src/backend/guided.ts");
        for page in PAGES {
            let row = format!(
                "  page('{}', '{}', {}, {}, '{}'),\n",
                page.name(),
                page.number(),
                page.step(),
                page.is_aside(),
                page.readout()
            );
            assert!(fake.contains(&row), "wants: {row}");
        }
    }
}
