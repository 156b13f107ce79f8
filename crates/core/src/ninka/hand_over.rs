//! What customer and support desk walk through together: the pages of the guide, and hand-overs.
//! Neither making nor reading one touches an account: what is read is shown, and becomes an
//! account only by the form that its user saves.

use std::path::Path;

use super::Ninka;
use crate::guided::PAGES;
use crate::handover::HandOver;
use crate::problem::Outcome;
use crate::qr::qr;
use crate::view::{GuidedPageView, HandOverLink, HandOverView};

impl Ninka {
    /// The pages of the guide through an authorization, with their numbers and codes. Pure.
    #[must_use]
    pub fn guided() -> Vec<GuidedPageView> {
        PAGES.into_iter().map(GuidedPageView::from).collect()
    }

    /// Makes the link for a customer. Pure.
    ///
    /// # Errors
    /// [`Problem::Invalid`](crate::Problem::Invalid) with every fault at its field; a name that has
    /// what nobody could see; more than a link can hold.
    pub fn make_hand_over(view: HandOverView) -> Outcome<HandOverLink> {
        Ok(linked(&HandOver::new(view.into())?))
    }

    /// Tells what a link, or the text of a file, hands over. Pure: nothing is taken over.
    ///
    /// # Errors
    /// [`Problem::HandOver`](crate::Problem::HandOver) with the reason.
    pub fn read_hand_over(text: &str) -> Outcome<HandOverLink> {
        Ok(linked(&HandOver::parse(text)?))
    }

    /// Reads the text of a hand-over's file, which may still be none. Performs I/O.
    ///
    /// # Errors
    /// It cannot be read, or is larger than such a file can be.
    pub fn hand_over_file(file: &Path) -> Outcome<String> {
        HandOver::read_file(file)
    }
}

fn linked(hand_over: &HandOver) -> HandOverLink {
    let link = hand_over.link();
    HandOverLink {
        holds: hand_over.into(),
        qr: qr(&link),
        link,
    }
}
