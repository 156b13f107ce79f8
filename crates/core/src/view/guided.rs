//! The pages of the guide through an authorization.

use super::{JsonSchema, Serialize, TS};
use crate::guided::Page;

/// A page of the guide.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct GuidedPageView {
    /// The stable name and the id of its texts: the title, `.do`, `.shows`, `.else`, and where a page
    /// of Microsoft's is shown `.heading` and `.press`.
    pub name: String,
    /// What staff and customer say: `3`, `3a`.
    pub number: String,
    /// Which step it is or belongs to, from 1.
    pub step: u8,
    /// Whether it is a way round, for when something else is shown.
    pub aside: bool,
    /// The code that the page shows.
    pub readout: String,
}

impl From<Page> for GuidedPageView {
    fn from(page: Page) -> Self {
        Self {
            name: page.name().to_owned(),
            number: page.number(),
            step: page.step(),
            aside: page.is_aside(),
            readout: page.readout().to_string(),
        }
    }
}
