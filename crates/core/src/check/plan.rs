//! What a check is to do: which protocols of which account at which servers, and how to sign in.

use std::collections::BTreeSet;

use crate::account::{AccountId, Endpoint, TlsMode};
use crate::cloud::MailProtocol;
use crate::diagnosis::AccountKind;
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
    /// Whether the identity that signed in is the one the account names.
    pub identity_matches: Option<bool>,
    /// The protocols it was granted for, if that is known.
    pub granted: Option<BTreeSet<MailProtocol>>,
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
