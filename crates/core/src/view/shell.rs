//! What the program around the window can do on this system, and what it wishes of the window. The
//! shell fills these in; the core only gives them their shape.

use super::{AccountRow, AuthorizationState, ProblemView, Serialize, SideView, TS};

/// What the system lets the program do beside its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ShellView {
    /// Whether there is a place for the program's sign, so that it can go on without its window.
    pub tray: bool,
    /// Whether the program starts with the system; `null` where that cannot be chosen.
    pub autostart: Option<bool>,
    /// Whether starting with the system is still to be offered.
    pub offers_autostart: bool,
    /// Whether the system shows notifications.
    pub notifications: bool,
    /// Whether the handbook came with the program.
    pub handbook: bool,
}

/// Something that the window is to do, asked for outside it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    tag = "wish",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum WishView {
    /// The window is to be closed.
    Close {
        /// Whether the program goes on without it.
        goes_on: bool,
    },
    /// The program is to be quit.
    Quit,
    /// An account is to be shown.
    Account {
        /// Its mail address.
        address: String,
        /// Whether to ask Microsoft for consent at once.
        authorize: bool,
    },
    /// An account is to be authorized step by step, with the guide.
    Guide {
        /// Its mail address.
        address: String,
    },
    /// Every account is to be checked.
    Check,
    /// What support has prepared is to be shown.
    HandOver {
        /// The link, or what the file holds; not read yet.
        text: String,
    },
    /// What was asked for cannot be done.
    Refused {
        /// Why.
        problem: Box<ProblemView>,
    },
}

impl AccountRow {
    /// Whether somebody has to do something before the account works again.
    #[must_use]
    pub const fn needs_attention(&self) -> bool {
        let lapsed = match self.authorization.settled() {
            AuthorizationState::None => self.oauth,
            AuthorizationState::Authorized { .. } | AuthorizationState::Failing { .. } => {
                self.warning.is_some()
            }
            AuthorizationState::Lapsed { .. } | AuthorizationState::Refused { .. } => true,
            // `settled` answers none of these.
            AuthorizationState::BeingAuthorized { .. } => false,
        };
        lapsed
            || matches!(self.reception, SideView::Failed { .. })
            || matches!(self.sending, SideView::Failed { .. })
    }

    /// Whether quitting ends something: the authorization is alive and wants renewing.
    #[must_use]
    pub const fn is_renewed(&self) -> bool {
        matches!(
            self.authorization.settled(),
            AuthorizationState::Authorized { .. } | AuthorizationState::Failing { .. }
        )
    }
}
