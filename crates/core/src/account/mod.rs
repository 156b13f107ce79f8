//! A mail account as the shop knows it: address, name, purpose, how it signs in, and which servers
//! it uses. Every value is checked where it is made (see `value`), so that a constructed account
//! is a valid one; `draft` turns what was typed into an account or into problems at their fields.

mod draft;
mod mailbox;
mod value;

pub use draft::{AccountDraft, CheckedDraft, EndpointDraft, Field, FieldProblem};
pub use mailbox::Mailbox;
pub use value::{AccountId, Endpoint, Host, MailAddress, Port, Revision};

use jiff::Timestamp;

use crate::charset::Writing;

/// One mail address with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The row in the store.
    pub id: AccountId,
    /// Raised by every change of the account's settings or authorization. Work begun under an
    /// older revision must not write its result.
    pub revision: Revision,
    /// The mail address, in the spelling it was entered in.
    pub address: MailAddress,
    /// What the shop calls it.
    pub name: String,
    /// What the order system uses it for.
    pub purpose: Purpose,
    /// OAuth, or account and password.
    pub auth: AuthMethod,
    /// Whose mailbox it is, with OAuth.
    pub mailbox: Mailbox,
    /// Servers that were entered. With OAuth they are normally none: the provider's apply.
    pub servers: Servers,
    /// How its outgoing mail is written.
    pub writing: Writing,
    /// When it was registered.
    pub created_at: Timestamp,
}

impl Account {
    /// Whether an authorization that was given by that sign-in is the account's. Who may sign in for
    /// a shared mailbox was held against it when it was given.
    #[must_use]
    pub fn is_signed_in_by(&self, name: &str) -> bool {
        self.mailbox.is_shared() || self.address.same_mailbox(name)
    }
}

/// What an account is for; decides what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// 未指定: receives and sends.
    Unspecified,
    /// 送信: sends only.
    Sending,
    /// 注文受信: takes orders in, so it receives.
    OrderReceiving,
    /// 楽天市場注文の送信: sends through Rakuten's relay, by account and password only.
    RakutenSending,
}

impl Purpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::Unspecified,
        Self::Sending,
        Self::OrderReceiving,
        Self::RakutenSending,
    ];

    /// Whether mail must come in for the account to do its work.
    #[must_use]
    pub const fn needs_reception(self) -> bool {
        matches!(self, Self::Unspecified | Self::OrderReceiving)
    }

    /// Whether mail must go out for the account to do its work.
    #[must_use]
    pub const fn needs_sending(self) -> bool {
        matches!(
            self,
            Self::Unspecified | Self::Sending | Self::RakutenSending
        )
    }

    /// The name in the store, on the command line and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::Sending => "sending",
            Self::OrderReceiving => "order-receiving",
            Self::RakutenSending => "rakuten-sending",
        }
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// 認証方式(Microsoft): how the account signs in to its servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthMethod {
    /// By Microsoft's consent (SASL XOAUTH2).
    OAuth,
    /// By account name and password. The password is in the vault, never here.
    Password {
        /// The account name the servers know; empty means the mail address.
        user: String,
    },
}

/// The servers of an account; a missing one is the provider's (OAuth) or not used (password).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Servers {
    /// Where mail is fetched by POP3.
    pub pop3: Option<Endpoint>,
    /// Where mail is read by IMAP.
    pub imap: Option<Endpoint>,
    /// Where mail is handed in.
    pub smtp: Option<Endpoint>,
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsMode {
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Plain greeting, then STARTTLS or STLS (RFC 3207, RFC 2595).
    StartTls,
    /// No encryption. Allowed because some providers still need it; always warned about.
    None,
}

impl TlsMode {
    /// The name in the store, on the command line and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::StartTls => "starttls",
            Self::None => "none",
        }
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Implicit, Self::StartTls, Self::None]
            .into_iter()
            .find(|mode| mode.code() == code)
    }
}
