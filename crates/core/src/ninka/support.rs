//! What the support desk asks.

use super::Ninka;
use crate::problem::Outcome;
use crate::readout::Readout;
use crate::view::ReadoutView;

impl Ninka {
    /// Explains a code that somebody read out over the phone. Pure.
    ///
    /// # Errors
    /// It is no code, was misheard, or a newer program made it.
    pub fn explain_code(code: &str) -> Outcome<ReadoutView> {
        Ok((&Readout::read(code)?).into())
    }
}
