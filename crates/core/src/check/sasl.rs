//! The texts of SASL sign-ins, and the error challenge that an OAuth sign-in is refused with.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::plan::SignInWith;
use crate::secret::Secret;

/// How an access token is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    /// Google's and Microsoft's own way; what Exchange documents.
    Xoauth2,
    /// RFC 7628.
    Oauthbearer,
}

/// The initial client response of XOAUTH2, in Base64, for another program.
#[must_use]
pub fn xoauth2(user: &str, token: &Secret) -> Secret {
    Bearer::Xoauth2.response(user, token, "", 0)
}

impl Bearer {
    /// XOAUTH2, unless the server offers only the other.
    pub(super) fn choose(offered: &[String]) -> Self {
        let offers = |name: &str| offered.iter().any(|o| o.eq_ignore_ascii_case(name));
        if offers("OAUTHBEARER") && !offers("XOAUTH2") {
            Self::Oauthbearer
        } else {
            Self::Xoauth2
        }
    }

    /// The mechanism's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Xoauth2 => "XOAUTH2",
            Self::Oauthbearer => "OAUTHBEARER",
        }
    }

    /// The command, for the record.
    pub(super) const fn command(self) -> &'static str {
        match self {
            Self::Xoauth2 => "AUTH XOAUTH2",
            Self::Oauthbearer => "AUTH OAUTHBEARER",
        }
    }

    /// The response that carries the token, in Base64.
    pub(super) fn response(self, user: &str, token: &Secret, host: &str, port: u16) -> Secret {
        let token = token.expose();
        let plain = Zeroizing::new(match self {
            Self::Xoauth2 => format!("user={user}\x01auth=Bearer {token}\x01\x01"),
            Self::Oauthbearer => {
                // RFC 5801: `,` and `=` of a name are written `=2C` and `=3D`.
                let user = user.replace('=', "=3D").replace(',', "=2C");
                format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01")
            }
        });
        Secret::new(STANDARD.encode(plain.as_bytes()))
    }

    /// What must be answered to an error challenge, else the server waits for ever: an empty line,
    /// or `^A` (RFC 7628 3.2.3).
    pub(super) const fn after_challenge(self) -> &'static str {
        match self {
            Self::Xoauth2 => "",
            Self::Oauthbearer => "AQ==",
        }
    }
}

/// The response of SASL PLAIN (RFC 4616), in Base64.
pub(super) fn plain(user: &str, password: &Secret) -> Secret {
    let text = Zeroizing::new(format!("\0{user}\0{}", password.expose()));
    Secret::new(STANDARD.encode(text.as_bytes()))
}

/// A text in Base64, for SASL LOGIN.
pub(super) fn encoded(text: &str) -> Secret {
    Secret::new(STANDARD.encode(text))
}

/// What a challenge says, if it is the JSON of a refused OAuth sign-in.
pub(super) fn challenge(payload: &[u8]) -> Option<Vec<u8>> {
    let decoded = STANDARD.decode(payload.trim_ascii()).ok()?;
    decoded.trim_ascii().starts_with(b"{").then_some(decoded)
}

impl SignInWith {
    /// The secret itself.
    pub(super) const fn secret(&self) -> &Secret {
        match self {
            Self::Token { token, .. } => token,
            Self::Password { password, .. } => password,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(secret: &Secret) -> String {
        String::from_utf8(STANDARD.decode(secret.expose()).unwrap()).unwrap()
    }

    #[test]
    fn the_responses_are_those_of_the_specifications() {
        let token = Secret::new("t0k".to_owned());
        assert_eq!(
            decoded(&Bearer::Xoauth2.response("a@b.jp", &token, "h", 995)),
            "user=a@b.jp\x01auth=Bearer t0k\x01\x01"
        );
        assert_eq!(
            decoded(&Bearer::Oauthbearer.response("a,=@b.jp", &token, "h", 995)),
            "n,a=a=2C=3D@b.jp,\x01host=h\x01port=995\x01auth=Bearer t0k\x01\x01"
        );
        assert_eq!(decoded(&plain("u", &token)), "\0u\0t0k");
    }

    #[test]
    fn oauthbearer_only_where_only_that_is_offered() {
        let offered = |list: &[&str]| {
            let list: Vec<String> = list.iter().map(|m| (*m).to_owned()).collect();
            Bearer::choose(&list)
        };
        assert_eq!(offered(&["PLAIN", "oauthbearer"]), Bearer::Oauthbearer);
        assert_eq!(offered(&["XOAUTH2", "OAUTHBEARER"]), Bearer::Xoauth2);
        assert_eq!(offered(&[]), Bearer::Xoauth2);
    }

    #[test]
    fn only_json_is_a_challenge() {
        let json = STANDARD.encode(r#"{"status":"401"}"#);
        assert_eq!(challenge(json.as_bytes()).unwrap(), br#"{"status":"401"}"#);
        assert!(challenge(b"").is_none() && challenge(b"VXNlcm5hbWU6").is_none());
    }
}
