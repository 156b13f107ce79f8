//! Reads an OAuth answer: the `error`, the `suberror` and Microsoft's AADSTS code. The last code
//! counts: older answers wrap the real one (`AADSTS70002: … AADSTS50126: …`).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// What an OAuth answer says in codes.
#[derive(Debug, Clone, Default)]
pub(crate) struct OauthReading {
    /// The last AADSTS code.
    pub code: Option<u32>,
    /// Every `error` and `suberror` word in the text.
    pub words: BTreeSet<&'static str>,
}

/// The words of RFC 6749, 8628 and OpenID Connect, Microsoft's suberrors, Google's own.
const WORDS: [&str; 45] = [
    "invalid_grant",
    "invalid_client",
    "unauthorized_client",
    "invalid_scope",
    "invalid_request",
    "invalid_resource",
    "invalid_target",
    "unsupported_grant_type",
    "unsupported_response_type",
    "interaction_required",
    "login_required",
    "consent_required",
    "account_selection_required",
    "access_denied",
    "temporarily_unavailable",
    "server_error",
    "authorization_pending",
    "authorization_declined",
    "slow_down",
    "expired_token",
    "code_expired",
    "bad_verification_code",
    "redirect_uri_mismatch",
    "deleted_client",
    "disabled_client",
    "admin_policy_enforced",
    "org_internal",
    "disallowed_useragent",
    "basic_action",
    "additional_action",
    "message_only",
    "bad_token",
    "token_expired",
    "protection_policy_required",
    "client_mismatch",
    "device_authentication_failed",
    "user_password_expired",
    "authentication_canceled",
    "authentication_cancelled",
    "user_cancelled",
    "user_canceled",
    "no_tokens_found",
    "rate_limit_exceeded",
    "invalid_rapt",
    "user_cancel",
];

/// What Google's older libraries write right after the word, without a space.
const GLUED: [&str; 2] = ["unauthorized", "bad request"];

/// What programs show in place of `invalid_grant`: the standard's own sentence (RFC 6749, 5.2), or the
/// word as people write it.
const OF_INVALID_GRANT: [&str; 2] = [
    "does not match the redirection uri used in the authorization request",
    "invalid grant",
];

/// Reads the codes of a text in lower case.
pub(super) fn read(text: &str) -> OauthReading {
    // Read off a picture, its zeros may have become letters.
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| super::regex(r"aadsts[ :#-]{0,2}(?:([0-9]{4,8})|([0-9][0-9o]{3,7})\b)"));
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r#"(?:error[_ ]?codes?|error_?no|error_?number|エラー ?コード|error\?code)['"]?[ ]?[:=はがので]?[ \[「]{0,3}(?:[0-9]{4,8}, ?)*([0-9]{4,8})"#,
        )
    });
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(&format!(
            r"\b(?:{})(?:\b|{})",
            WORDS.join("|").replace('_', "_?"),
            GLUED.join("|")
        ))
    });
    let last = |pattern: &Regex| {
        let found = pattern.captures_iter(text).last()?;
        let code = found.get(1).or_else(|| found.get(2))?.as_str();
        code.replace('o', "0").parse().ok()
    };
    // Some libraries write the words in camel case: `InvalidScope`.
    let mut words: BTreeSet<&'static str> = WORD
        .find_iter(text)
        .filter_map(|found| {
            let bare = GLUED
                .iter()
                .find_map(|tail| found.as_str().strip_suffix(tail));
            let bare = bare.unwrap_or(found.as_str()).replace('_', "");
            WORDS
                .iter()
                .copied()
                .find(|word| word.replace('_', "") == bare)
        })
        .collect();
    if OF_INVALID_GRANT.iter().any(|said| text.contains(said)) {
        words.insert("invalid_grant");
    }
    OauthReading {
        code: last(&CODE).or_else(|| last(&NUMBER)),
        words,
    }
}

/// The application's identifier that Microsoft's answer quotes, in a line of lower case; empty where
/// there is none.
pub(crate) fn quoted_identifier(line: &str) -> &str {
    line.split_once("identifier '")
        .and_then(|(_, rest)| rest.split('\'').next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_code_counts() {
        let reading = read("aadsts70002: error validating credentials. aadsts50126: invalid");
        assert_eq!(reading.code, Some(50126));
        let reading = read(r#"{"error":"invalid_grant","error_codes":[70002,54005]}"#);
        assert_eq!(reading.code, Some(54005));
        assert!(reading.words.contains("invalid_grant"));
        assert_eq!(read("aadsts5oo2o1 : we are unable").code, Some(500_201));
        assert_eq!(read("aadsts50020user account").code, Some(50020));
        assert_eq!(read("errorno\":700082").code, Some(700_082));
        assert_eq!(read("error code: 50105 (administrators)").code, Some(50105));
    }
}
