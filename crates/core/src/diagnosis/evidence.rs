//! What was seen, as data. Nothing secret is in it by type: there is no field a token or a password
//! would fit in, and the raw text is what a server said, never what was sent.

use super::Seen;

/// Where it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Finding the server's addresses.
    Dns,
    /// Connecting.
    Tcp,
    /// The TLS handshake.
    Tls,
    /// The server's first line.
    Greeting,
    /// What the server says it can do.
    Capability,
    /// Going over to TLS.
    StartTls,
    /// Signing in.
    Auth,
    /// The first command after sign-in.
    Mailbox,
    /// Fetching mail.
    Receive,
    /// Naming the sender.
    SendMailFrom,
    /// Naming the recipient.
    SendRcpt,
    /// Handing the mail over.
    SendData,
    /// Microsoft's sign-in page.
    OauthAuthorize,
    /// Redeeming the code.
    OauthToken,
    /// Renewing.
    OauthRefresh,
    /// The code for another device.
    DeviceCode,
}

impl Stage {
    /// The stage of that name in recorded cases.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "dns" => Self::Dns,
            "tcp" => Self::Tcp,
            "tls" => Self::Tls,
            "greeting" => Self::Greeting,
            "capability" => Self::Capability,
            "starttls" => Self::StartTls,
            "auth" => Self::Auth,
            "mailbox" => Self::Mailbox,
            "receive" => Self::Receive,
            "send_mail_from" => Self::SendMailFrom,
            "send_rcpt" => Self::SendRcpt,
            "send_data" => Self::SendData,
            "oauth_authorize" => Self::OauthAuthorize,
            "oauth_token" => Self::OauthToken,
            "oauth_refresh" => Self::OauthRefresh,
            "device_code" => Self::DeviceCode,
            _ => return None,
        })
    }

    /// The name in recorded cases and in a read-out code's explanation.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Capability => "capability",
            Self::StartTls => "starttls",
            Self::Auth => "auth",
            Self::Mailbox => "mailbox",
            Self::Receive => "receive",
            Self::SendMailFrom => "send_mail_from",
            Self::SendRcpt => "send_rcpt",
            Self::SendData => "send_data",
            Self::OauthAuthorize => "oauth_authorize",
            Self::OauthToken => "oauth_token",
            Self::OauthRefresh => "oauth_refresh",
            Self::DeviceCode => "device_code",
        }
    }
}

/// What was spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    /// OAuth 2.0.
    Oauth,
    /// SMTP.
    Smtp,
    /// IMAP.
    Imap,
    /// POP3.
    Pop3,
    /// Below all protocols.
    Network,
}

impl Protocol {
    /// The protocol of that name in recorded cases.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "oauth" => Self::Oauth,
            "smtp" => Self::Smtp,
            "imap" => Self::Imap,
            "pop3" => Self::Pop3,
            "network" => Self::Network,
            _ => return None,
        })
    }

    /// The name in recorded cases and in a read-out code's explanation.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Oauth => "oauth",
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::Pop3 => "pop3",
            Self::Network => "network",
        }
    }
}

/// How the sign-in was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignIn {
    /// Not at all.
    None,
    /// By password.
    Password,
    /// By SASL XOAUTH2 or OAUTHBEARER.
    Xoauth2,
}

impl SignIn {
    /// The sign-in of that name in recorded cases.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "none" => Self::None,
            "password" => Self::Password,
            "xoauth2" => Self::Xoauth2,
            _ => return None,
        })
    }
}

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountKind {
    /// Microsoft 365, work or school.
    Work,
    /// Outlook.com, Hotmail, Live.
    Personal,
    /// Not Microsoft's.
    Other,
    /// Not known.
    Unknown,
}

impl AccountKind {
    /// The kind of account of that name in recorded cases.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "work" => Self::Work,
            "personal" => Self::Personal,
            "other" => Self::Other,
            "unknown" => Self::Unknown,
            _ => return None,
        })
    }

    /// The name in recorded cases and in a read-out code's explanation.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Personal => "personal",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// One failure and what is known beside the text.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Where it failed.
    pub stage: Stage,
    /// What was spoken.
    pub protocol: Protocol,
    /// How the sign-in was tried.
    pub auth: SignIn,
    /// Whose account it is.
    pub account_kind: AccountKind,
    /// What the server, the TLS library or the system said.
    pub raw: String,
    /// Ninka's own knowledge; nothing of it when a pasted line is explained.
    pub known: Known,
    /// What a check saw on its way; empty when a pasted line is explained.
    pub seen: Seen,
}

/// Ninka's own knowledge at the time of a failure, which parts what servers' texts do not.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whether Ninka itself made the request; false for a pasted text of another program.
    pub own_request: bool,
    /// Seconds until the access token expires (negative: since).
    pub token_expires_in: Option<i64>,
    /// Whether the identity that signed in is the one the account names.
    pub identity_matches: Option<bool>,
    /// Whether the mailbox is a shared one, and the token that of a person who signs in for it.
    pub shared_mailbox: bool,
    /// Whether the token was granted for this protocol.
    pub scope_granted: Option<bool>,
    /// Whether the same token was accepted on another protocol just now.
    pub accepted_elsewhere: Option<bool>,
    /// Whether the same token met a passing fault of the server on another protocol just now: some
    /// servers call that a refusal.
    pub faulty_elsewhere: bool,
}
