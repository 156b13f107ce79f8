//! Asking Microsoft whose a domain is: the home realm that its own sign-in page asks for. Microsoft
//! shows the address in its help ("Determine tenant type") and promises nothing about the answer;
//! whatever is not understood counts as no answer.

use serde_json::{Map, Value};

use crate::cloud::Cloud;
use crate::tls::read_limited;

/// Answers have some hundred bytes, those of federated domains some thousand.
const MAX_ANSWER: usize = 32 * 1024;
/// The answer is about the domain; nobody's name need be sent.
const NOBODY: &str = "nobody";
/// Where personal accounts sign in.
const PERSONAL_SIGN_IN: &str = "://login.live.com/";

/// Whose a domain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realm {
    /// A tenant's: Managed or Federated.
    Organisation,
    /// Microsoft's own, for personal accounts.
    Personal,
    /// Nobody's that Microsoft knows; or of a tenant that nobody manages, which has no mailboxes.
    Nobody,
}

/// Asks. Performs I/O, without a deadline of its own. `None` when no answer came that is understood.
pub(super) async fn ask(domain: &str, cloud: &Cloud, http: &reqwest::Client) -> Option<Realm> {
    let url = cloud.realm_url(&format!("{NOBODY}@{domain}"))?;
    let request = http.get(url).header("accept", "application/json");
    let response = request.send().await.ok()?;
    if response.status().as_u16() != 200 {
        return None;
    }
    read(&read_limited(response, MAX_ANSWER).await.ok()?)
}

/// Reads an answer, of whichever version: they spell the same names differently.
fn read(answer: &[u8]) -> Option<Realm> {
    let Value::Object(answer) = serde_json::from_slice(answer).ok()? else {
        return None;
    };
    let text = |names: &[&str]| field(&answer, names).and_then(Value::as_str);
    let set = |names: &[&str]| field(&answer, names).and_then(Value::as_bool) == Some(true);
    let kind = text(&["namespacetype", "accounttype"])?.to_ascii_lowercase();
    let domain = text(&["domainname"]).unwrap_or_default();
    let of_live = answer.values().filter_map(Value::as_str);
    let personal = set(&["consumerdomain"])
        || domain.eq_ignore_ascii_case("live.com")
        || of_live
            .into_iter()
            .any(|url| url.contains(PERSONAL_SIGN_IN));
    match kind.as_str() {
        "managed" | "federated" if personal => Some(Realm::Personal),
        "managed" if set(&["isviral"]) => Some(Realm::Nobody),
        "managed" | "federated" => Some(Realm::Organisation),
        "unknown" => Some(Realm::Nobody),
        _ => None,
    }
}

/// A field under one of its names, whatever their case and underscores.
fn field<'a>(answer: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    let plain = |key: &str| key.replace('_', "").to_ascii_lowercase();
    let mut fields = answer.iter();
    let (_, value) = fields.find(|(key, _)| names.contains(&plain(key).as_str()))?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_every_version_are_read() {
        for (answer, realm) in [
            (
                r#"{"NameSpaceType":"Managed","DomainName":"hana.example","IsViral":false}"#,
                Some(Realm::Organisation),
            ),
            (
                r#"{"ver":"1.0","account_type":"Managed","domain_name":"hana.example"}"#,
                Some(Realm::Organisation),
            ),
            (
                r#"{"account_type":"Federated","federation_active_auth_url":"https://sts.hana.example/adfs"}"#,
                Some(Realm::Organisation),
            ),
            (
                r#"{"account_type":"Federated","domain_name":"live.com","federation_active_auth_url":"https://login.live.com/rst2.srf"}"#,
                Some(Realm::Personal),
            ),
            (
                r#"{"NameSpaceType":"Federated","AuthURL":"https://login.live.com/login.srf?x"}"#,
                Some(Realm::Personal),
            ),
            (
                r#"{"NameSpaceType":"Managed","ConsumerDomain":true}"#,
                Some(Realm::Personal),
            ),
            (
                r#"{"NameSpaceType":"Managed","IsViral":true}"#,
                Some(Realm::Nobody),
            ),
            (r#"{"NameSpaceType":"Unknown"}"#, Some(Realm::Nobody)),
            (r#"{"account_type":"unknown"}"#, Some(Realm::Nobody)),
            (r#"{"NameSpaceType":"Something"}"#, None),
            (r#"{"NameSpaceType":4}"#, None),
            ("{}", None),
            ("[]", None),
            ("<html>", None),
            ("", None),
        ] {
            assert_eq!(read(answer.as_bytes()), realm, "{answer}");
        }
    }
}
