//! Reads what an access token says of itself, where it happens to be a JWT (RFC 7519). Nobody
//! promised that: whatever does not fit is no fault, there just is nothing to know then. The
//! signature is not looked at, and nothing of the token is kept but the claims named here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::diagnosis::TokenClaims;
use crate::secret::Secret;

/// A token longer than this is not looked into; Microsoft's have up to some 4,000 characters.
const MAX_TOKEN: usize = 32 * 1024;
/// Characters kept of a claim.
const MAX_TEXT: usize = 200;
/// Values kept of a list.
const MAX_VALUES: usize = 20;

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    aud: Values,
    #[serde(default)]
    scp: Values,
    exp: Option<serde_json::Number>,
    iss: Option<String>,
    tid: Option<String>,
    upn: Option<String>,
    preferred_username: Option<String>,
    ver: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Values {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

/// The claims; `None` for a token that is no JWT.
pub(super) fn of(token: &Secret) -> Option<TokenClaims> {
    let token = token.expose();
    let mut parts = (token.len() <= MAX_TOKEN).then(|| token.split('.'))?;
    let (_header, payload) = (parts.next()?, parts.next()?);
    let (_signature, None) = (parts.next()?, parts.next()) else {
        return None;
    };
    let payload = payload.trim_end_matches('=');
    let json = Zeroizing::new(URL_SAFE_NO_PAD.decode(payload).ok()?);
    let claims: Claims = serde_json::from_slice(&json).ok()?;
    let text = |claim: Option<String>| claim.and_then(|text| shown(&text, token));
    Some(TokenClaims {
        audience: claims.aud.list(token),
        scopes: claims.scp.list(token),
        expires_at: claims
            .exp
            .and_then(|seconds| Timestamp::from_second(seconds.as_i64()?).ok()),
        issuer: text(claims.iss),
        tenant: text(claims.tid),
        user: text(claims.upn.or(claims.preferred_username)),
        version: text(claims.ver),
    })
}

impl Values {
    fn list(self, token: &str) -> Vec<String> {
        let words = match self {
            Self::None => Vec::new(),
            Self::One(words) => words.split_ascii_whitespace().map(str::to_owned).collect(),
            Self::Several(values) => values,
        };
        let words = words.iter().take(MAX_VALUES);
        words.filter_map(|word| shown(word, token)).collect()
    }
}

/// What is kept of a claim. A token whose claims repeat its own encoding is none of Microsoft's.
fn shown(text: &str, token: &str) -> Option<String> {
    let shown = text.chars().filter(|c| !c.is_control());
    let shown: String = shown.take(MAX_TEXT).collect();
    let repeats = shown.len() >= 12 && token.contains(&shown);
    (!shown.is_empty() && !repeats).then_some(shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::diagnosis::{AccountKind, CONSUMERS};

    fn jwt(claims: &Value) -> Secret {
        let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
        Secret::new(format!("eyJhbGciOiJub25lIn0.{payload}.c2lnbmF0dXJl"))
    }

    #[test]
    fn a_jwt_tells_what_it_is_for() {
        let claims = of(&jwt(&json!({
            "aud": "https://outlook.office.com",
            "scp": "POP.AccessAsUser.All SMTP.Send",
            "exp": 1_800_000_000,
            "iss": "https://sts.windows.net/7f9c/",
            "tid": "7f9c",
            "upn": "order@hana.example",
            "ver": "1.0",
            "uti": "not-kept-1234567890",
        })))
        .unwrap();
        assert_eq!(claims.audience, ["https://outlook.office.com"]);
        assert_eq!(claims.scopes, ["POP.AccessAsUser.All", "SMTP.Send"]);
        assert_eq!(claims.expires_at.unwrap().as_second(), 1_800_000_000);
        assert_eq!(claims.user.as_deref(), Some("order@hana.example"));
        assert_eq!(claims.account_kind(), AccountKind::Work);
        assert!(!format!("{claims:?}").contains("not-kept"));
        let personal = of(&jwt(&json!({ "tid": CONSUMERS, "aud": ["a", "b"] }))).unwrap();
        assert_eq!(personal.account_kind(), AccountKind::Personal);
        assert_eq!(personal.audience, ["a", "b"]);
        let other = of(&jwt(&json!({ "tid": "t", "iss": "https://id.example/t" }))).unwrap();
        assert_eq!(other.account_kind(), AccountKind::Unknown);
    }

    #[test]
    fn whatever_is_no_jwt_tells_nothing() {
        for token in [
            "",
            "EwBIA8l6BAAUkj1NuJYtTVha",
            "a.b.c",
            "a.b",
            "a.e30.c.d",
            "..",
            "a.W10.c",
        ] {
            assert_eq!(of(&Secret::new(token.to_owned())), None, "{token}");
        }
        let long = Secret::new(format!("a.e30.{}", "x".repeat(MAX_TOKEN)));
        assert_eq!(of(&long), None);
        let odd = of(&jwt(
            &json!({ "aud": "\u{1b}[31m".repeat(500), "exp": 1.5 }),
        ));
        let odd = odd.unwrap();
        assert!(odd.audience[0].len() <= MAX_TEXT && odd.expires_at.is_none());
    }

    proptest! {
        #[test]
        fn no_token_panics(token in "[a-zA-Z0-9._=-]{0,80}", claims in ".{0,80}") {
            let _read = of(&Secret::new(token));
            let payload = URL_SAFE_NO_PAD.encode(claims);
            let _read = of(&Secret::new(format!("a.{payload}.c")));
        }
    }
}
