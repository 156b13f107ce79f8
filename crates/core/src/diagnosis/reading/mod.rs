//! From a text to what it says in codes and structure. The parsers read what servers, TLS
//! libraries and systems put into every wrapping; the sentences that are left are the rules' to
//! match. Everything here takes linear time and panics on no input.

mod clean;
mod host;
mod oauth;
mod sasl;
mod smtp;
mod socket;
mod tls;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

pub(crate) use clean::{MAX_INPUT, cut};
pub(crate) use host::HostReading;
pub(crate) use oauth::{OauthReading, quoted_identifier};
pub(crate) use sasl::SaslReading;
pub(crate) use smtp::SmtpReading;
pub(crate) use socket::SocketFault;
pub(crate) use tls::TlsFault;

/// Everything the parsers made of a text.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The text in one line of lower case, for patterns.
    pub line: String,
    /// Codes of an OAuth answer.
    pub oauth: OauthReading,
    /// Codes of SMTP replies.
    pub smtp: SmtpReading,
    /// Base64 of a sign-in.
    pub sasl: SaslReading,
    /// Servers and ports.
    pub host: HostReading,
    /// What TLS libraries say.
    pub tls: Vec<TlsFault>,
    /// What systems say of names and connections.
    pub socket: Vec<SocketFault>,
}

/// Reads a text.
pub(crate) fn read(raw: &str) -> Reading {
    let cleaned = clean::clean(raw);
    let lower = cleaned.to_lowercase();
    let line = clean::without_guesses(&clean::one_line(&lower)).into_owned();
    Reading {
        oauth: oauth::read(&line),
        smtp: smtp::read(&lower),
        sasl: sasl::read(&cleaned),
        host: host::read(&line),
        tls: tls::read(&line),
        socket: socket::read(&line),
        line,
    }
}

/// Whether a certificate's issuer is a program that opens encrypted connections on their way.
pub(crate) fn names_interceptor(issuer: &str) -> bool {
    tls::read(&issuer.to_lowercase()).contains(&TlsFault::Interceptor)
}

/// A pattern of this program's own; one that cannot be built matches nothing, and a test finds it.
pub(crate) fn regex(pattern: &str) -> Regex {
    RegexBuilder::new(&ascii_classes(pattern))
        .build()
        .unwrap_or_else(|_| NEVER.clone())
}

/// Many patterns at once; as [`regex()`].
pub(crate) fn regex_set<'a>(patterns: impl IntoIterator<Item = &'a str>) -> RegexSet {
    RegexSetBuilder::new(patterns.into_iter().map(ascii_classes))
        .size_limit(64 << 20)
        .dfa_size_limit(16 << 20)
        .build()
        .unwrap_or_else(|_| RegexSet::empty())
}

/// Word boundaries, spaces and digits of ASCII keep the matcher on its fast path.
fn ascii_classes(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
}

#[expect(clippy::unwrap_used, reason = "a constant pattern, built by a test")]
static NEVER: std::sync::LazyLock<Regex> =
    std::sync::LazyLock::new(|| Regex::new(r"[^\s\S]").unwrap());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_matches_never() {
        assert!(!NEVER.is_match("anything\n"));
    }
}
