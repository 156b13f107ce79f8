//! The support report: what the customer's program knows of one account, made fit to be handed on.
//! A [`Report`] holds the facts unseen; they come out only through `redact`, which takes out
//! everything secret and, if wished, shortens mail addresses. `file` writes and opens the file,
//! `words` is its readable part, `walk` names every text of the view, so that none is forgotten.

mod file;
mod redact;
#[cfg(test)]
mod tests;
mod traces;
mod walk;
mod words;

pub use file::{LARGEST, open};

use jiff::tz::TimeZone;

use crate::language::Language;
use crate::secret::Secret;
use crate::view::{ReportDraft, ReportView};
use redact::Redactor;

/// What becomes of mail addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// The part before the `@` becomes its first letter, everywhere in the same way; the account's
    /// name, which often says whose it is, is left out.
    Shortened,
    /// They stay.
    Full,
}

/// A report that was gathered. Its facts are not to be had as they are.
#[derive(Debug)]
pub struct Report {
    facts: ReportView,
    secrets: Vec<Secret>,
}

impl Report {
    /// Takes over the facts, and every secret of the account that is at hand: none of them, whole
    /// or in part, comes out. The ids in what the sign-in service said are listed.
    #[must_use]
    pub fn new(mut facts: ReportView, secrets: Vec<Secret>) -> Self {
        facts.traces = traces::of(&mut facts);
        Self { facts, secrets }
    }

    /// What may be seen.
    #[must_use]
    pub fn view(&self, addresses: Addresses) -> ReportView {
        Redactor::new(&self.secrets, &self.facts, addresses).redacted(self.facts.clone())
    }

    /// The file, as text.
    ///
    /// # Errors
    /// [`Problem::Internal`](crate::Problem::Internal) only.
    pub fn file(&self, addresses: Addresses, language: Language) -> crate::Outcome<String> {
        file::write(&self.view(addresses), language, &TimeZone::system())
    }

    /// The file both ways, to be looked at before one is saved.
    ///
    /// # Errors
    /// [`Problem::Internal`](crate::Problem::Internal) only.
    pub fn draft(&self, language: Language) -> crate::Outcome<ReportDraft> {
        Ok(ReportDraft {
            shortened: self.file(Addresses::Shortened, language)?,
            full: self.file(Addresses::Full, language)?,
        })
    }
}

/// The readable part of a report, in this computer's time and a language of one's own.
#[must_use]
pub fn readable(report: &ReportView, language: Language) -> String {
    words::of(report, language, &TimeZone::system())
}
