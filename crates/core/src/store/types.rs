//! What goes into the store and comes out of it, as plain data.

use jiff::Timestamp;

use super::renewals::{Failing, Warned};
use crate::account::Account;
use crate::cloud::MailProtocol;
use crate::diagnosis::AccountKind;
use crate::secret::Secret;
use crate::view::DiagnosisView;

/// An account and everything that is known about it without opening a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAccount {
    /// The account.
    pub account: Account,
    /// Whose account it is, as far as that was found out.
    pub kind: AccountKind,
    /// Whether a password is stored. It may be sealed by a key that is not at hand.
    pub password_stored: bool,
    /// Whether what it had before it was switched to OAuth can be brought back.
    pub switched: bool,
    /// The authorization, if there is one.
    pub grant: Option<GrantState>,
    /// How renewing that authorization fails for now.
    pub failing: Option<Failing>,
    /// The last warning about that authorization.
    pub warned: Option<Warned>,
    /// The last verdict on receiving.
    pub reception: Option<Verdict>,
    /// The last verdict on sending.
    pub sending: Option<Verdict>,
}

/// An authorization as it is kept.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Microsoft's refresh token.
    pub refresh_token: Secret,
    /// When Microsoft issued or renewed it.
    pub renewed_at: Timestamp,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The address that signed in.
    pub signed_in_as: String,
    /// The client id it was issued to.
    pub client_id: String,
    /// The authority that issued it.
    pub authority: String,
    /// Whose account the sign-in proved it to be; unknown where no sign-in was seen, as in a
    /// grant that was read from the store.
    pub kind: AccountKind,
}

/// What is known about an authorization; nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantState {
    /// When Microsoft issued or renewed the token.
    pub renewed_at: Timestamp,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The address that signed in.
    pub signed_in_as: String,
    /// Set when Microsoft refused the token.
    pub refused: Option<Refusal>,
}

/// Microsoft's refusal of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub since: Timestamp,
    /// What Microsoft answered, as it came.
    pub error: String,
}

/// One of the two things an account does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// `Mail[受信]`
    Reception,
    /// `Mail[送信]`
    Sending,
}

impl Side {
    /// The name in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Sending => "sending",
        }
    }
}

/// How a check of one side ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// When it ended.
    pub at: Timestamp,
    /// The protocol that decided.
    pub protocol: MailProtocol,
    /// Why it failed; `None` if all was well.
    pub failure: Option<DiagnosisView>,
}
