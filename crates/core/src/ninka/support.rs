//! What the support desk asks.

use super::Ninka;
use crate::diagnosis::explain;
use crate::problem::Outcome;
use crate::readout::Readout;
use crate::view::{ExplanationView, ReadoutView};

impl Ninka {
    /// Explains a code that somebody read out over the phone. Pure.
    ///
    /// # Errors
    /// It is no code, was misheard, or a newer program made it.
    pub fn explain_code(code: &str) -> Outcome<ReadoutView> {
        Ok((&Readout::read(code)?).into())
    }

    /// Explains an error text of any program. Pure: nothing of it is sent, kept or logged.
    #[must_use]
    pub fn explain_error(text: &str) -> ExplanationView {
        (&explain(text)).into()
    }
}
