//! Reads `user=…^Aauth=Bearer …^A^A` and judges the token: known, in time, for this protocol, and
//! of somebody who may open the mailbox: its user, or a person with access to a shared one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Protocol;
use crate::http::MAIL_SCOPES;
use crate::tenant::Tenant;

/// What a response leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The mailbox of this address.
    Granted(String),
    /// A good token, but of somebody who may not open it. IMAP lets it pass and refuses the next command.
    OtherUser,
    /// Anything else; the server does not tell which.
    Refused,
}

/// Judges the base64 response of a client.
pub(crate) fn judge(tenant: &Tenant, protocol: Protocol, response: &str) -> Entry {
    let Some((user, token)) = parse(response) else {
        return Entry::Refused;
    };
    let Some(access) = tenant.access(&token) else {
        return Entry::Refused;
    };
    let [pop, imap, smtp] = MAIL_SCOPES;
    let needed = match protocol {
        Protocol::Pop3 => pop,
        Protocol::Imap => imap,
        Protocol::Smtp => smtp,
    };
    if !access.scopes.iter().any(|scope| scope == needed) {
        return Entry::Refused;
    }
    if Tenant::opens(&access.user, &user) {
        Entry::Granted(user.to_ascii_lowercase())
    } else {
        Entry::OtherUser
    }
}

fn parse(response: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(response.trim_end()).ok()?).ok()?;
    let text = text.strip_prefix("user=")?.strip_suffix("\u{1}\u{1}")?;
    let (user, token) = text.split_once("\u{1}auth=Bearer ")?;
    Some((user.to_owned(), token.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_read() {
        let encode = |text: &str| STANDARD.encode(text);
        let good = encode("user=a@b\u{1}auth=Bearer tok\u{1}\u{1}");
        assert_eq!(parse(&good), Some(("a@b".to_owned(), "tok".to_owned())));
        for bad in [
            encode("user=a@b\u{1}auth=Bearer tok\u{1}"),
            encode("user=a@b auth=Bearer tok\u{1}\u{1}"),
            encode("auth=Bearer tok\u{1}\u{1}"),
            "not base64!".to_owned(),
            String::new(),
        ] {
            assert_eq!(parse(&bad), None, "{bad}");
        }
    }
}
