//! An authorization as it is kept. The store writes and reads these; here they are only named.

use jiff::Timestamp;

use crate::secret::Secret;

/// An authorization: what Microsoft gave, and when.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Buys access tokens.
    pub refresh_token: Secret,
    /// OAuth認可更新日時: when Microsoft issued or renewed the token last.
    pub renewed_at: Timestamp,
    /// What was granted, as the server named it.
    pub scopes: Vec<String>,
    /// Who signed in.
    pub signed_in_as: String,
    /// The application that asked; renewals must name the same.
    pub client_id: String,
    /// The authority that granted; renewals go to the same.
    pub authority: String,
}

/// What is known of an authorization without opening the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantState {
    /// See [`Grant::renewed_at`].
    pub renewed_at: Timestamp,
    /// See [`Grant::scopes`].
    pub scopes: Vec<String>,
    /// See [`Grant::signed_in_as`].
    pub signed_in_as: String,
    /// Microsoft's refusal of the refresh token, if it came to that.
    pub refused: Option<Refusal>,
}

/// Microsoft's refusal of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub since: Timestamp,
    /// The error as the server sent it.
    pub error: String,
}
