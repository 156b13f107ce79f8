//! Whose mailbox an account's is, where it signs in by OAuth: its own, or one that is shared. A shared
//! mailbox has no sign-in of its own: a person with access signs in, and the servers are told the
//! shared address as user (Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth").

use super::MailAddress;

/// Whose mailbox it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mailbox {
    /// The address' own: it signs in itself.
    #[default]
    Own,
    /// A shared one.
    Shared {
        /// The person who signs in. `None` is whoever has access; the first one who does so is kept.
        person: Option<MailAddress>,
    },
}

impl Mailbox {
    /// Whether a person signs in for it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Shared { .. })
    }

    /// As it is typed: `None` for an own mailbox, an empty text for a shared one and any person.
    #[must_use]
    pub fn typed(&self) -> Option<String> {
        match self {
            Self::Own => None,
            Self::Shared { person } => {
                Some(person.as_ref().map(ToString::to_string).unwrap_or_default())
            }
        }
    }
}
