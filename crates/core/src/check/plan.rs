//! What a check is to do: which protocols of which account at which servers, and how to sign in.

use std::collections::BTreeSet;

use super::claims;
use crate::account::{AccountId, Endpoint, TlsMode};
use crate::cloud::MailProtocol;
use crate::diagnosis::{AccountKind, TokenFacts};
use crate::secret::Secret;
use crate::view::StepName;

/// The check of one account.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The account.
    pub account: AccountId,
    /// What is known of whose account it is; for the diagnosis.
    pub account_kind: AccountKind,
    /// What to try.
    pub protocols: Vec<Target>,
    /// How to sign in; the same on every protocol.
    pub sign_in: SignInWith,
}

/// One protocol at one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The protocol.
    pub protocol: MailProtocol,
    /// The server.
    pub endpoint: Endpoint,
    /// Whether the account's purpose needs it. What is not needed is tried all the same, and never
    /// shown as a fault.
    pub needed: bool,
    /// Whether to sign in. Without a right to, a try could only fail, and servers count failures:
    /// the check then ends with what the server says it can do.
    pub signs_in: bool,
}

/// How a check signs in.
#[derive(Debug, Clone)]
pub enum SignInWith {
    /// By an access token.
    Token {
        /// The user the token is for: the account's address.
        user: String,
        /// The access token.
        token: Secret,
        /// What is known of it; for the diagnosis.
        known: TokenKnown,
    },
    /// By password.
    Password {
        /// The account name.
        user: String,
        /// The password.
        password: Secret,
    },
}

/// What is known of an access token from the answer it came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenKnown {
    /// Seconds until it expires.
    pub expires_in: Option<i64>,
    /// What it was granted for, as its answer says.
    pub scopes: Vec<String>,
    /// Who signed in when it was consented to.
    pub signed_in_as: Option<String>,
    /// By how many seconds this computer's clock is ahead of the sign-in service's.
    pub clock_ahead: Option<i64>,
    /// Whether the identity that signed in is the one the account names.
    pub identity_matches: Option<bool>,
    /// Whether the mailbox is a shared one, for which a person signed in.
    pub shared: bool,
    /// The protocols it was granted for, if that is known.
    pub granted: Option<BTreeSet<MailProtocol>>,
}

impl SignInWith {
    /// What is known of the token, for the evidence.
    pub(super) fn token_facts(&self) -> Option<TokenFacts> {
        let Self::Token { token, known, .. } = self else {
            return None;
        };
        Some(TokenFacts {
            expires_in: known.expires_in,
            scopes: known.scopes.clone(),
            signed_in_as: known.signed_in_as.clone(),
            clock_ahead: known.clock_ahead,
            claims: claims::of(token),
        })
    }
}

impl Plan {
    /// Whose account it is: what was found out before, else what the token says of itself.
    pub(super) fn account_kind(&self) -> AccountKind {
        let claims = || self.sign_in.token_facts()?.claims;
        match self.account_kind {
            AccountKind::Unknown => {
                claims().map_or(AccountKind::Unknown, |claims| claims.account_kind())
            }
            known @ (AccountKind::Work | AccountKind::Personal | AccountKind::Other) => known,
        }
    }
}

impl Target {
    /// The steps its check takes, in order.
    #[must_use]
    pub fn steps(&self) -> Vec<StepName> {
        use StepName::{Auth, Capability, Connect, Greeting, Mailbox, Resolve, Tls};
        let mut steps = vec![Resolve, Connect];
        steps.extend_from_slice(match self.endpoint.tls {
            TlsMode::Implicit => &[Tls, Greeting, Capability],
            TlsMode::StartTls => &[Greeting, Capability, Tls],
            TlsMode::None => &[Greeting, Capability],
        });
        steps.push(Auth);
        if self.protocol != MailProtocol::Smtp {
            steps.push(Mailbox);
        }
        steps
    }
}
