//! The final address, pasted: the same answer as at the loopback port, read as strictly, with words
//! of its own for everything else that people paste.

use url::{Host, Url};

use super::asking::Asked;
use crate::authorization::answer::{Answer, Deaf, read};
use crate::problem::{PasteFault, Problem};
use crate::secret::Secret;

/// The longest address that is read; the same as the longest head at the port.
const MAX_ADDRESS: usize = 16 * 1024;

/// Reads what was pasted.
///
/// # Errors
/// [`Problem::PasteRefused`], with what it was instead.
pub(super) fn pasted(text: &Secret, asked: &Asked) -> Result<Answer, Problem> {
    judge(
        text.expose(),
        &asked.url,
        asked.redirect.url(),
        &asked.state,
    )
    .map_err(Problem::PasteRefused)
}

fn judge(text: &str, link: &Url, redirect: &Url, state: &Secret) -> Result<Answer, PasteFault> {
    let text = text.trim().trim_matches(['"', '\'', '<', '>', '「', '」']);
    if text.is_empty() || text.len() > MAX_ADDRESS {
        return Err(PasteFault::NotAnAddress);
    }
    let url = Url::parse(&with_scheme(text)).map_err(|_| PasteFault::NotAnAddress)?;
    if url.origin() == link.origin() {
        return Err(PasteFault::SignInPage);
    }
    let port = url.port_or_known_default();
    if url.scheme() != "http" || !is_loopback(&url) || !url.username().is_empty() {
        return Err(PasteFault::Elsewhere);
    }
    if port != redirect.port_or_known_default() {
        return Err(PasteFault::OtherAttempt);
    }
    if url.path() != "/" {
        return Err(PasteFault::NoAnswer);
    }
    read(url.query().unwrap_or_default().as_bytes(), state).map_err(|deaf| match deaf {
        Deaf::NoAnswer => PasteFault::NoAnswer,
        Deaf::OtherState => PasteFault::OtherAttempt,
    })
}

/// Some browsers copy an address without its beginning.
fn with_scheme(text: &str) -> String {
    let bare = ["localhost:", "127.0.0.1:", "[::1]:"];
    if bare.iter().any(|start| text.starts_with(start)) {
        format!("http://{text}")
    } else {
        text.to_owned()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authorization::answer::Content;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn read(text: &str) -> Result<Answer, PasteFault> {
        let link = url("https://login.microsoftonline.com/common/authorize?x=1");
        let redirect = url("http://localhost:50123");
        judge(text, &link, &redirect, &Secret::new("s1".to_owned()))
    }

    #[test]
    fn the_final_address_is_read_as_at_the_port() {
        for text in [
            "http://localhost:50123/?code=c%2B1&state=s1&session_state=x",
            "  http://localhost:50123/?code=c%2B1&state=s1#\n",
            "localhost:50123/?code=c%2B1&state=s1",
            "\"http://127.0.0.1:50123/?state=s1&code=c%2B1\"",
            "http://localhost:50123/?code=c%2\nB1&state=s1",
        ] {
            let answer = read(text).unwrap();
            assert!(
                matches!(&answer.content, Content::Code(code) if code.expose() == "c+1"),
                "{text}"
            );
        }
        let refused = read("http://localhost:50123/?error=access_denied&state=s1").unwrap();
        assert!(matches!(refused.content, Content::Refused(_)));
        let named = read("http://localhost:50123/?code=c&state=s1&iss=https%3A%2F%2Fid").unwrap();
        assert_eq!(named.issuer.as_deref(), Some("https://id"));
    }

    #[test]
    fn whatever_else_is_pasted_has_words_of_its_own() {
        use PasteFault::{Elsewhere, NoAnswer, NotAnAddress, OtherAttempt, SignInPage};
        let long = format!(
            "http://localhost:50123/?code={}&state=s1",
            "x".repeat(MAX_ADDRESS)
        );
        for (text, fault) in [
            ("", NotAnAddress),
            ("order@hana-shop.example", NotAnAddress),
            ("0.AXoA-code-alone", NotAnAddress),
            (long.as_str(), NotAnAddress),
            (
                "https://login.microsoftonline.com/common/authorize?x=1",
                SignInPage,
            ),
            (
                "https://login.microsoftonline.com/kmsi?code=1&state=s1",
                SignInPage,
            ),
            ("https://www.example.com/?code=c&state=s1", Elsewhere),
            (
                "http://localhost.evil.example:50123/?code=c&state=s1",
                Elsewhere,
            ),
            ("https://localhost:50123/?code=c&state=s1", Elsewhere),
            (
                "http://localhost@evil.example:50123/?code=c&state=s1",
                Elsewhere,
            ),
            ("javascript:alert(1)", Elsewhere),
            ("http://localhost:50124/?code=c&state=s1", OtherAttempt),
            ("http://localhost:50123/?code=c&state=s2", OtherAttempt),
            ("http://localhost:50123/", NoAnswer),
            ("http://localhost:50123/?state=s1", NoAnswer),
            ("http://localhost:50123/?code=c", NoAnswer),
            ("http://localhost:50123/?code=c&code=d&state=s1", NoAnswer),
            ("http://localhost:50123/other?code=c&state=s1", NoAnswer),
        ] {
            assert_eq!(read(text).unwrap_err(), fault, "{text}");
        }
    }
}
