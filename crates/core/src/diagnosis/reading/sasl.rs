//! Reads what is wrapped in base64 in a sign-in: the server's error challenge
//! (`+ eyJzdGF0dXMiOiI0MDEi…`) and the XOAUTH2 string of a program under test. Neither the token
//! nor any part of it leaves this file.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use regex::Regex;

/// What the base64 of a sign-in shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SaslReading {
    /// The server sent an OAuth error challenge.
    pub challenge: bool,
    /// It says status 401: the token is expired or revoked.
    pub unauthorized: bool,
    /// The XOAUTH2 string is not built as it should be.
    pub malformed: bool,
    /// A password stands where the token should.
    pub password_as_token: bool,
}

/// Microsoft's and Google's tokens have hundreds of letters; people's passwords do not.
const SHORTEST_TOKEN: usize = 50;
/// Longer ones are cut: the form shows at the beginning.
const LONGEST: usize = 16 * 1024;

/// Reads a text as it came, not in lower case.
pub(super) fn read(text: &str) -> SaslReading {
    // {"s… of a challenge, and user= of an XOAUTH2 string.
    static BASE64: LazyLock<Regex> =
        LazyLock::new(|| super::regex(r"(?:eyJ|dXNlcj)[A-Za-z0-9+/_-]{8,}"));
    let mut reading = SaslReading::default();
    for found in BASE64.find_iter(text) {
        let encoded = found.as_str();
        let usable = encoded.len().min(LONGEST) / 4 * 4;
        let Some(decoded) = encoded
            .get(..usable)
            .and_then(|encoded| STANDARD_NO_PAD.decode(encoded).ok())
        else {
            continue;
        };
        let decoded = String::from_utf8_lossy(&decoded);
        if decoded.starts_with("{\"") {
            let named = decoded.contains("\"status\"") || decoded.contains("\"schemes\"");
            reading.challenge |= named;
            reading.unauthorized |= named && decoded.contains("\"401\"");
        } else if let Some(rest) = decoded.strip_prefix("user=") {
            // What was cut off by the reporter or by the length cannot be judged.
            let whole = encoded.len() < LONGEST && !text.contains(&format!("{encoded}..."));
            match rest.split_once("\u{1}auth=Bearer ") {
                Some((_, token)) => {
                    let token = token.trim_end_matches('\u{1}');
                    reading.password_as_token |= whole && token.len() < SHORTEST_TOKEN;
                }
                None => reading.malformed |= whole,
            }
        }
    }
    // Programs that decode the challenge themselves show it as it is (RFC 7628, 3.2.2).
    if text.contains("\"schemes\"") && text.contains("\"status\"") {
        static STATUS: LazyLock<Regex> =
            LazyLock::new(|| super::regex(r#""status"\s*:\s*"?401\b"#));
        reading.challenge = true;
        reading.unauthorized |= STATUS.is_match(text);
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(user: &str, token: &str) -> String {
        STANDARD_NO_PAD.encode(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}  "))
    }

    #[test]
    fn challenges_and_strings_are_told_apart() {
        let reading = read("+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIn0=");
        assert!(reading.challenge && reading.unauthorized);
        let reading = read(r#"{"status":"401","schemes":"bearer mac"}"#);
        assert!(reading.challenge && reading.unauthorized);
        let reading = read(&format!(
            "AUTH XOAUTH2 {}",
            string("a@example.jp", "hunter2")
        ));
        assert!(reading.password_as_token && !reading.malformed);
        let reading = read(&string("a@example.jp", &"t".repeat(900)));
        assert_eq!(reading, SaslReading::default());
        let bad = STANDARD_NO_PAD.encode("user=a@example.jp^Aauth=Bearer abcdefgh^A^A");
        assert!(read(&bad).malformed);
    }
}
