//! What a protocol's check saw, for whoever supports the shop: `ninka check --json` and the report.

use super::{Deserialize, JsonSchema, KindName, Protocol, Serialize, TS};
use crate::diagnosis::{AccountKind, CertificateFacts, ConnectAttempt, Seen, TokenFacts};

/// What a protocol's check saw; nothing secret has a field.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EvidenceView {
    /// Whose account it is, as far as the failure's explanation needed it.
    pub account_kind: Option<KindName>,
    /// The addresses of the server's name, in the resolver's order.
    pub addresses: Vec<String>,
    /// How many milliseconds earlier another account of the same check saw this at the same server,
    /// which was then not waited for again; not there when this account asked for itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub asked_before_ms: Option<u64>,
    /// The connection attempts, in the order they ended.
    pub connects: Vec<ConnectView>,
    /// The server's first bytes in the clear.
    pub cleartext: Option<String>,
    /// The certificates that arrived, the server's own first.
    pub certificates: Vec<CertificateView>,
    /// The TLS version agreed on.
    pub tls_version: Option<String>,
    /// What the server said it can do before encryption.
    pub capabilities_plain: Vec<String>,
    /// What it said it can do under TLS.
    pub capabilities_tls: Vec<String>,
    /// Every reply, without what was sent.
    pub replies: Vec<ReplyView>,
    /// The decoded error challenge of an OAuth sign-in.
    pub challenge: Option<String>,
    /// What a busy server said before it was tried again.
    pub put_off: Vec<String>,
    /// What is known of the access token.
    pub token: Option<TokenView>,
    /// What the same token did on the other protocols.
    pub elsewhere: Vec<ElsewhereView>,
}

/// One connection attempt.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectView {
    /// Address and port.
    pub address: String,
    /// Milliseconds.
    #[ts(type = "number")]
    pub ms: u64,
    /// Why it failed; `null` for the one that succeeded.
    pub failure: Option<String>,
}

/// One certificate.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CertificateView {
    /// Whose it is.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The names it is for.
    pub names: Vec<String>,
    /// Valid from, Unix seconds.
    #[ts(type = "number | null")]
    pub not_before: Option<i64>,
    /// Valid until, Unix seconds.
    #[ts(type = "number | null")]
    pub not_after: Option<i64>,
    /// SHA-256 of the whole, in hexadecimal.
    pub sha256: String,
}

/// One reply of the server.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReplyView {
    /// The command, without arguments.
    pub to: String,
    /// What the server said.
    pub text: String,
}

/// What is known of an access token. `own…` is what it says of itself, where it is a JWT.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TokenView {
    /// Seconds until it expires.
    #[ts(type = "number | null")]
    pub expires_in: Option<i64>,
    /// What it was granted for.
    pub scopes: Vec<String>,
    /// Who signed in when it was consented to.
    pub signed_in_as: Option<String>,
    /// By how many seconds this computer's clock is ahead of the sign-in service's.
    #[ts(type = "number | null")]
    pub clock_ahead: Option<i64>,
    /// `aud`.
    pub own_audience: Vec<String>,
    /// `scp`.
    pub own_scopes: Vec<String>,
    /// `upn` or `preferred_username`.
    pub own_user: Option<String>,
    /// `tid`.
    pub own_tenant: Option<String>,
    /// `iss`.
    pub own_issuer: Option<String>,
    /// `ver`.
    pub own_version: Option<String>,
    /// `exp`, Unix seconds.
    #[ts(type = "number | null")]
    pub own_expires_at: Option<i64>,
}

/// What the same token did on another protocol.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ElsewhereView {
    /// The protocol.
    pub protocol: Protocol,
    /// Whether the server took it.
    pub accepted: bool,
}

impl EvidenceView {
    /// What was seen, with whose account it is where that was asked.
    #[must_use]
    pub fn new(seen: &Seen, account_kind: Option<AccountKind>) -> Self {
        let elsewhere = seen.elsewhere.iter();
        Self {
            account_kind: account_kind.map(KindName::from),
            addresses: seen.addresses.iter().map(ToString::to_string).collect(),
            asked_before_ms: seen.asked_before,
            connects: seen.connects.iter().map(ConnectView::from).collect(),
            cleartext: seen.cleartext.clone(),
            certificates: seen
                .certificates
                .iter()
                .map(CertificateView::from)
                .collect(),
            tls_version: seen.tls_version.clone(),
            capabilities_plain: seen.capabilities_plain.clone(),
            capabilities_tls: seen.capabilities_tls.clone(),
            replies: seen
                .replies
                .iter()
                .map(|reply| ReplyView {
                    to: reply.to.to_owned(),
                    text: reply.text.clone(),
                })
                .collect(),
            challenge: seen.challenge.clone(),
            put_off: seen.put_off.clone(),
            token: seen.token.as_ref().map(TokenView::from),
            elsewhere: elsewhere
                .map(|(protocol, accepted)| ElsewhereView {
                    protocol: (*protocol).into(),
                    accepted: *accepted,
                })
                .collect(),
        }
    }
}

impl From<&ConnectAttempt> for ConnectView {
    fn from(attempt: &ConnectAttempt) -> Self {
        Self {
            address: attempt.address.to_string(),
            ms: attempt.ms,
            failure: attempt.failure.as_ref().map(|failure| failure.text.clone()),
        }
    }
}

impl From<&CertificateFacts> for CertificateView {
    fn from(facts: &CertificateFacts) -> Self {
        Self {
            subject: facts.subject.clone(),
            issuer: facts.issuer.clone(),
            names: facts.names.clone(),
            not_before: facts.not_before.map(jiff::Timestamp::as_second),
            not_after: facts.not_after.map(jiff::Timestamp::as_second),
            sha256: facts.sha256.clone(),
        }
    }
}

impl From<&TokenFacts> for TokenView {
    fn from(facts: &TokenFacts) -> Self {
        let claims = facts.claims.clone().unwrap_or_default();
        Self {
            expires_in: facts.expires_in,
            scopes: facts.scopes.clone(),
            signed_in_as: facts.signed_in_as.clone(),
            clock_ahead: facts.clock_ahead,
            own_audience: claims.audience,
            own_scopes: claims.scopes,
            own_user: claims.user,
            own_tenant: claims.tenant,
            own_issuer: claims.issuer,
            own_version: claims.version,
            own_expires_at: claims.expires_at.map(jiff::Timestamp::as_second),
        }
    }
}
