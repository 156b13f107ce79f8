//! What is known of an access token, without the token: from the answer it came in, from the
//! id_token of the consent, and what it says of itself where it happens to be a JWT. The last is
//! Microsoft's own business and may change or end: it is evidence, and nothing is decided by it
//! that a refusal would not have to confirm.

use jiff::Timestamp;

use super::AccountKind;

/// The tenant of all personal Microsoft accounts. Source: Microsoft identity platform, "ID token
/// claims reference", `tid`.
pub const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// What is known of an access token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenFacts {
    /// Seconds until it expires (negative: since), by the answer it came in.
    pub expires_in: Option<i64>,
    /// What it was granted for, by the answer it came in.
    pub scopes: Vec<String>,
    /// Who signed in, by the id_token of the consent.
    pub signed_in_as: Option<String>,
    /// By how many seconds this computer's clock is ahead of the `Date` of the answer (negative:
    /// behind).
    pub clock_ahead: Option<i64>,
    /// What it says of itself, where it is a JWT.
    pub claims: Option<TokenClaims>,
}

/// A JWT's own words, bounded and printable; never trusted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenClaims {
    /// `aud`: the service it is for.
    pub audience: Vec<String>,
    /// `scp`: what it may be used for.
    pub scopes: Vec<String>,
    /// `exp`.
    pub expires_at: Option<Timestamp>,
    /// `iss`: who issued it.
    pub issuer: Option<String>,
    /// `tid`: the tenant.
    pub tenant: Option<String>,
    /// `upn` or `preferred_username`: whose it is.
    pub user: Option<String>,
    /// `ver`.
    pub version: Option<String>,
}

impl TokenClaims {
    /// Whose account it is, as far as the tenant tells: only Microsoft gives out tenants.
    #[must_use]
    pub fn account_kind(&self) -> AccountKind {
        let microsoft = |issuer: &String| {
            let host = issuer.strip_prefix("https://").unwrap_or_default();
            let host = host.split('/').next().unwrap_or_default();
            [
                "sts.windows.net",
                "login.microsoftonline.com",
                "login.microsoftonline.us",
                "sts.chinacloudapi.cn",
                "login.partner.microsoftonline.cn",
            ]
            .contains(&host)
        };
        match (&self.tenant, self.issuer.as_ref().is_some_and(microsoft)) {
            (Some(tenant), _) if tenant == CONSUMERS => AccountKind::Personal,
            (Some(_), true) => AccountKind::Work,
            (Some(_), false) | (None, _) => AccountKind::Unknown,
        }
    }
}
