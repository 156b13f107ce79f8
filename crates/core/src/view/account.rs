//! The list's rows, the form's content and what the form sends back.
//! A password goes one way only: in, by [`SaveAccount`].

use super::{
    AuthorizationState, Deserialize, DiagnosisView, JsonSchema, Protocol, Serialize, TS,
    WarningView, WritingView,
};
use crate::account::{Endpoint, Purpose, TlsMode};

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum PurposeView {
    /// 未指定
    Unspecified,
    /// 送信
    Sending,
    /// 注文受信
    OrderReceiving,
    /// 楽天市場注文の送信
    RakutenSending,
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum TlsView {
    /// From the first byte.
    Implicit,
    /// STARTTLS or STLS.
    Starttls,
    /// None.
    None,
}

/// A server as shown and typed.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EndpointView {
    /// Name or IP address.
    pub host: String,
    /// 1 to 65535; anything else is refused at its field.
    #[ts(type = "number")]
    pub port: i64,
    /// The encryption.
    pub tls: TlsView,
}

/// The last verdict on `Mail[受信]` or `Mail[送信]`.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum SideView {
    /// 未確認
    Unchecked,
    /// 正常
    Ok {
        /// Unix seconds.
        #[ts(type = "number")]
        at: i64,
    },
    /// 対象外: the purpose does not need it. Never red, whatever the check said.
    NotNeeded,
    /// Failed.
    Failed {
        /// Unix seconds.
        #[ts(type = "number")]
        at: i64,
        /// Which protocol failed.
        protocol: Protocol,
        /// Why.
        diagnosis: DiagnosisView,
    },
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountRow {
    /// The account.
    #[ts(type = "number")]
    pub id: i64,
    /// Mail address.
    pub address: String,
    /// 名称
    pub name: String,
    /// 用途
    pub purpose: PurposeView,
    /// Whether it signs in by OAuth.
    pub oauth: bool,
    /// Whether what it had before it was switched to OAuth can be brought back.
    pub switched: bool,
    /// For a shared mailbox the person who signs in; empty until it is known. `null` with a mailbox
    /// of its own.
    pub signs_in: Option<String>,
    /// The authorization; `none` for password accounts too.
    pub authorization: AuthorizationState,
    /// What has to be said about the authorization at once.
    pub warning: Option<WarningView>,
    /// `Mail[受信]`
    pub reception: SideView,
    /// `Mail[送信]`
    pub sending: SideView,
}

/// An account as the form shows it.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountView {
    /// The same as in the list.
    pub row: AccountRow,
    /// For saving: a change in between is refused.
    #[ts(type = "number")]
    pub revision: i64,
    /// The account name of a password account; empty means the address.
    pub user: String,
    /// Who has signed in for the authorization there is.
    pub signed_in_as: Option<String>,
    /// Whether a password is stored. The password itself never comes out.
    pub password_stored: bool,
    /// POP3 as entered.
    pub pop3: Option<EndpointView>,
    /// IMAP as entered.
    pub imap: Option<EndpointView>,
    /// SMTP as entered.
    pub smtp: Option<EndpointView>,
    /// How outgoing mail is written.
    pub writing: WritingView,
}

/// An authorization that is gone.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Revoked {
    /// The account without it.
    pub account: AccountView,
    /// Where its user takes the consent back, if that is known.
    pub page: Option<String>,
}

/// What the form sends.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SaveAccount {
    /// `null` registers a new account.
    #[ts(type = "number | null")]
    pub id: Option<i64>,
    /// The revision that was shown; ignored for a new account.
    #[ts(type = "number | null")]
    pub revision: Option<i64>,
    /// As typed.
    pub address: String,
    /// As typed.
    pub name: String,
    /// As chosen.
    pub purpose: PurposeView,
    /// The OAuth box.
    pub oauth: bool,
    /// The person who signs in for a shared mailbox, as typed; empty means anybody. `null` with a
    /// mailbox of its own.
    pub signs_in: Option<String>,
    /// As typed.
    pub user: String,
    /// A new password; `null` keeps the stored one.
    pub password: Option<String>,
    /// As typed.
    pub pop3: Option<EndpointView>,
    /// As typed.
    pub imap: Option<EndpointView>,
    /// As typed.
    pub smtp: Option<EndpointView>,
    /// As chosen.
    pub writing: WritingView,
}

impl From<AccountView> for SaveAccount {
    /// The account as it is, to be changed in a few places.
    fn from(account: AccountView) -> Self {
        Self {
            id: Some(account.row.id),
            revision: Some(account.revision),
            address: account.row.address,
            name: account.row.name,
            purpose: account.row.purpose,
            oauth: account.row.oauth,
            signs_in: account.row.signs_in,
            user: account.user,
            password: None,
            pop3: account.pop3,
            imap: account.imap,
            smtp: account.smtp,
            writing: account.writing,
        }
    }
}

impl From<Purpose> for PurposeView {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Unspecified => Self::Unspecified,
            Purpose::Sending => Self::Sending,
            Purpose::OrderReceiving => Self::OrderReceiving,
            Purpose::RakutenSending => Self::RakutenSending,
        }
    }
}

impl From<PurposeView> for Purpose {
    fn from(purpose: PurposeView) -> Self {
        match purpose {
            PurposeView::Unspecified => Self::Unspecified,
            PurposeView::Sending => Self::Sending,
            PurposeView::OrderReceiving => Self::OrderReceiving,
            PurposeView::RakutenSending => Self::RakutenSending,
        }
    }
}

impl From<TlsMode> for TlsView {
    fn from(mode: TlsMode) -> Self {
        match mode {
            TlsMode::Implicit => Self::Implicit,
            TlsMode::StartTls => Self::Starttls,
            TlsMode::None => Self::None,
        }
    }
}

impl From<TlsView> for TlsMode {
    fn from(mode: TlsView) -> Self {
        match mode {
            TlsView::Implicit => Self::Implicit,
            TlsView::Starttls => Self::StartTls,
            TlsView::None => Self::None,
        }
    }
}

impl From<&Endpoint> for EndpointView {
    fn from(endpoint: &Endpoint) -> Self {
        Self {
            host: endpoint.host.as_str().to_owned(),
            port: endpoint.port.number().into(),
            tls: endpoint.tls.into(),
        }
    }
}
