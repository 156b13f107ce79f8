//! Reading an id_token: is it meant for us, is it fresh, and who signed in.
//! Its signature is not checked, as it came straight from the token endpoint over TLS: OpenID
//! Connect Core 1.0, section 3.1.3.7, item 6, lets that stand in for the signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;

use super::endpoints::Issuer;
use crate::account::MailAddress;
use crate::kind::{AccountKind, by_tenant};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// How far the computer's clock and Microsoft's may be apart, in seconds.
const LEEWAY: i64 = 5 * 60;

/// What a token is held against.
pub(super) struct Expected<'a> {
    /// Who may have issued it.
    pub(super) issuer: &'a Issuer,
    /// Whom it must be for.
    pub(super) client_id: &'a str,
    /// What ties it to our request; `None` where the request could carry nothing.
    pub(super) nonce: Option<&'a str>,
    /// The present moment.
    pub(super) now: Timestamp,
}

/// Who signed in, by the names Microsoft gives a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// All names, the sign-in name first.
    names: Vec<String>,
    /// The tenant's id; empty where the service has none.
    tenant: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    aud: Option<Audience>,
    azp: Option<String>,
    nonce: Option<String>,
    exp: Option<f64>,
    nbf: Option<f64>,
    tid: Option<String>,
    preferred_username: Option<String>,
    email: Option<String>,
    upn: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Reads an id_token and tells who signed in.
///
/// # Errors
/// [`Problem::IdTokenInvalid`], naming the claim that does not fit.
pub(super) fn identity(token: &Secret, expected: &Expected<'_>) -> Outcome<Identity> {
    let wrong = |claim: &str| Problem::IdTokenInvalid {
        claim: claim.to_owned(),
    };
    let payload = token.expose().split('.').nth(1).unwrap_or_default();
    let claims: Claims = URL_SAFE_NO_PAD
        .decode(payload.trim_end_matches('='))
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| wrong("id_token"))?;

    let issuer = claims.iss.unwrap_or_default();
    let tid = claims.tid.unwrap_or_default();
    if !expected.issuer.admits(&issuer, Some(&tid)) {
        return Err(wrong("iss"));
    }
    let for_us = match claims.aud {
        Some(Audience::One(one)) => one == expected.client_id,
        // With several, the one it was issued to must be told (section 3.1.3.7, item 4).
        Some(Audience::Several(all)) => {
            let ours = |name: &String| name == expected.client_id;
            all.iter().any(ours) && (all.len() == 1 || claims.azp.as_ref().is_some_and(ours))
        }
        None => false,
    };
    if !for_us {
        return Err(wrong("aud"));
    }
    if expected.nonce.is_some() && claims.nonce.as_deref() != expected.nonce {
        return Err(wrong("nonce"));
    }
    let now = expected.now.as_second();
    if claims.exp.is_none_or(|exp| now >= seconds(exp) + LEEWAY) {
        return Err(wrong("exp"));
    }
    if claims.nbf.is_some_and(|nbf| now < seconds(nbf) - LEEWAY) {
        return Err(wrong("nbf"));
    }
    let names: Vec<String> = [claims.preferred_username, claims.email, claims.upn]
        .into_iter()
        .flatten()
        .filter(|name| !name.trim().is_empty())
        .collect();
    if names.is_empty() {
        return Err(wrong("preferred_username"));
    }
    Ok(Identity { names, tenant: tid })
}

/// A time claim, which may have a fraction (RFC 7519, section 2), kept far from overflow.
#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to a range that every i64 holds"
)]
fn seconds(claim: f64) -> i64 {
    claim.clamp(-1e15, 1e15) as i64
}

impl Identity {
    /// The name the user signed in with.
    pub(super) fn signed_in_as(&self) -> &str {
        self.names.first().map(String::as_str).unwrap_or_default()
    }

    /// Whose account it is, by its tenant.
    pub(super) fn kind(&self) -> AccountKind {
        by_tenant(&self.tenant)
    }

    /// Whether an address is this user's. The sign-in name decides, and where a shop's sign-in
    /// name differs from its address, so does the address Microsoft knows it by. A guest has such
    /// an address too, but its mailbox is elsewhere.
    pub(super) fn is(&self, address: &MailAddress) -> bool {
        if self.names.iter().any(|name| name.contains("#EXT#")) {
            return address.same_mailbox(self.signed_in_as());
        }
        self.names.iter().any(|name| address.same_mailbox(name))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn claims() -> Value {
        json!({
            "iss": "https://id.example/t1/v2.0", "tid": "t1", "aud": "client", "nonce": "n",
            "exp": NOW + 3600, "nbf": NOW, "preferred_username": "Order@Hana.example",
        })
    }

    fn now() -> Timestamp {
        Timestamp::from_second(NOW).unwrap()
    }

    fn read(claims: &Value) -> Outcome<Identity> {
        let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
        let issuer = Issuer::Template {
            text: "https://id.example/{tenantid}/v2.0".to_owned(),
            tenant: String::new(),
        };
        let expected = Expected {
            issuer: &issuer,
            client_id: "client",
            nonce: Some("n"),
            now: now(),
        };
        identity(&Secret::new(format!("e30.{payload}.sig")), &expected)
    }

    fn with(claim: &str, value: Value) -> Outcome<Identity> {
        let mut claims = claims();
        claims[claim] = value;
        read(&claims)
    }

    #[test]
    fn every_claim_must_fit() {
        assert!(read(&claims()).is_ok());
        for (claim, value) in [
            ("iss", json!("https://id.example/t2/v2.0")),
            ("iss", Value::Null),
            ("aud", json!("other")),
            ("aud", json!(["client", "other"])),
            ("aud", Value::Null),
            ("nonce", json!("m")),
            ("nonce", Value::Null),
            ("exp", json!(NOW - 301)),
            ("exp", json!(-1e300)),
            ("exp", Value::Null),
            ("nbf", json!(NOW + 301)),
            ("preferred_username", json!(" ")),
        ] {
            let expected = Problem::IdTokenInvalid {
                claim: claim.to_owned(),
            };
            assert_eq!(with(claim, value.clone()).unwrap_err(), expected, "{value}");
        }
        assert!(with("tid", json!("t2")).is_err());
        assert!(with("aud", json!(["client"])).is_ok());
        assert!(
            with("exp", json!(NOW - 299)).is_ok(),
            "clocks differ a little"
        );
        assert!(with("nbf", json!(NOW + 299)).is_ok());
        assert!(with("exp", json!(1e300)).is_ok());
    }

    #[test]
    fn the_tenant_tells_whose_account_it_is() {
        use crate::kind::PERSONAL_TENANT;
        assert_eq!(read(&claims()).unwrap().kind(), AccountKind::Work);
        let mut personal = claims();
        personal["tid"] = json!(PERSONAL_TENANT);
        personal["iss"] = json!(format!("https://id.example/{PERSONAL_TENANT}/v2.0"));
        assert_eq!(read(&personal).unwrap().kind(), AccountKind::Personal);
    }

    #[test]
    fn garbage_is_no_id_token() {
        let issuer = Issuer::Origin("https://id.example".to_owned());
        let expected = Expected {
            issuer: &issuer,
            client_id: "client",
            nonce: Some("n"),
            now: now(),
        };
        for garbage in ["", "a", "a.b.c", "..", "a.!!.c", "e30.W10.x"] {
            assert!(identity(&Secret::new(garbage.to_owned()), &expected).is_err());
        }
    }

    #[test]
    fn a_user_is_known_by_any_of_its_names_but_a_guest_is_not() {
        let order = MailAddress::new("order@hana.example").unwrap();
        assert!(read(&claims()).unwrap().is(&order));
        let mut other = claims();
        other["preferred_username"] = json!("taro@hana.onmicrosoft.example");
        assert!(!read(&other).unwrap().is(&order));
        other["email"] = json!("order@HANA.example");
        let by_address = read(&other).unwrap();
        assert!(by_address.is(&order));
        assert_eq!(by_address.signed_in_as(), "taro@hana.onmicrosoft.example");
        other["preferred_username"] = json!("order_hana.example#EXT#@other.example");
        assert!(!read(&other).unwrap().is(&order));
    }
}
