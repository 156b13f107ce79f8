//! Reading what the browser brought: the parameters of the redirect, from the address (`query`)
//! or from a posted form (`form_post`). Deaf to everything that does not carry our `state`.

use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

use crate::secret::Secret;

/// What Microsoft sent back through the browser.
#[derive(Debug)]
pub(super) struct Answer {
    /// A code, or a refusal.
    pub(super) content: Content,
    /// Who says so (RFC 9207).
    pub(super) issuer: Option<String>,
}

/// A code, or a refusal.
#[derive(Debug)]
pub(super) enum Content {
    /// Buys the tokens, once.
    Code(Secret),
    /// The error and what came with it, as a JSON object like the token endpoint's.
    Refused(String),
}

/// The parameters that count; whatever else comes is left alone.
const KNOWN: [&str; 7] = [
    "state",
    "code",
    "iss",
    "error",
    "error_description",
    "error_subcode",
    "error_uri",
];

/// Why parameters are no answer to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deaf {
    /// There is no `state`, or something comes twice.
    NoAnswer,
    /// The `state` is another's.
    OtherState,
}

/// Reads the parameters of a request.
///
/// # Errors
/// It is not for us.
pub(super) fn read(parameters: &[u8], state: &Secret) -> Result<Answer, Deaf> {
    let mut found: [Option<String>; KNOWN.len()] = Default::default();
    for (name, value) in form_urlencoded::parse(parameters) {
        let place = KNOWN.iter().position(|known| *known == name);
        if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
            // Each comes once (RFC 6749, section 3.1); a second one is somebody else's doing.
            if slot.replace(value.into_owned()).is_some() {
                return Err(Deaf::NoAnswer);
            }
        }
    }
    let [theirs, code, issuer, error, description, subcode, uri] = found;
    let theirs = theirs.ok_or(Deaf::NoAnswer)?;
    if !bool::from(theirs.as_bytes().ct_eq(state.expose().as_bytes())) {
        return Err(Deaf::OtherState);
    }
    let content = match (error, code) {
        (Some(error), _) => {
            let mut object = serde_json::Map::new();
            for (name, value) in [
                ("error", Some(error)),
                ("error_description", description),
                ("error_subcode", subcode),
                ("error_uri", uri),
            ] {
                object.extend(value.map(|value| (name.to_owned(), value.into())));
            }
            Content::Refused(serde_json::Value::Object(object).to_string())
        }
        (None, Some(code)) if !code.is_empty() => Content::Code(Secret::new(code)),
        (None, _) => return Err(Deaf::NoAnswer),
    };
    Ok(Answer { content, issuer })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(parameters: &str) -> Option<Answer> {
        heard(parameters).ok()
    }

    fn heard(parameters: &str) -> Result<Answer, Deaf> {
        read(parameters.as_bytes(), &Secret::new("s t".to_owned()))
    }

    #[test]
    fn only_our_state_is_heard() {
        for stray in [
            "",
            "code=c",
            "state=&code=c",
            "state=s+T&code=c",
            "state=s+t2&code=c",
            "state=s+t",
            "state=s+t&code=",
            "state=s+t&state=s+t&code=c",
            "state=s+t&code=c&code=d",
            "state=x&error=access_denied",
            "%ff%fe=\u{0}",
        ] {
            assert!(ours(stray).is_none(), "{stray}");
        }
        assert_eq!(heard("code=c").unwrap_err(), Deaf::NoAnswer);
        assert_eq!(heard("state=s+t").unwrap_err(), Deaf::NoAnswer);
        assert_eq!(heard("state=x&code=c").unwrap_err(), Deaf::OtherState);
    }

    #[test]
    fn a_code_and_its_issuer() {
        let answer = ours("code=a%2Fb&state=s%20t&session_state=1&iss=https%3A%2F%2Fid").unwrap();
        assert!(matches!(&answer.content, Content::Code(code) if code.expose() == "a/b"));
        assert_eq!(answer.issuer.as_deref(), Some("https://id"));
        assert!(!format!("{answer:?}").contains("a/b"));
    }

    #[test]
    fn a_refusal_becomes_json() {
        let answer = ours(
            "error=access_denied&error_description=AADSTS65004%3A+%22no%22&error_subcode=cancel&state=s+t",
        );
        let Some(Answer {
            content: Content::Refused(raw),
            ..
        }) = answer
        else {
            panic!("{answer:?}")
        };
        let value: serde_json::Value = serde_json::from_str(&raw).unwrap();
        assert_eq!(value["error"], "access_denied");
        assert_eq!(value["error_description"], "AADSTS65004: \"no\"");
        assert_eq!(value["error_subcode"], "cancel");
    }
}
