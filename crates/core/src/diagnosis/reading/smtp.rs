//! Reads SMTP replies wherever a mail program has put them: `535 5.7.139 …`, `(535, b'5.7.3 …')`,
//! `535-5.7.8 …`, `code "550", with message "550 5.7.60 …"`, `(#5.7.1)`; and the `AUTH` list.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// The codes of an SMTP reply.
#[derive(Debug, Clone, Default)]
pub(crate) struct SmtpReading {
    /// Reply codes of failure.
    pub codes: BTreeSet<u16>,
    /// Enhanced codes (RFC 3463) as written, e.g. `5.7.139`.
    pub enhanced: BTreeSet<String>,
    /// The sign-in mechanisms of an `AUTH` list, where the text has one.
    pub mechanisms: Option<BTreeSet<String>>,
}

/// The reply codes of failure in use. 465 and 587 are ports and therefore not told apart by range.
const FAILURES: [u16; 35] = [
    421, 422, 431, 432, 441, 442, 446, 447, 449, 450, 451, 452, 454, 455, 458, 471, 500, 501, 502,
    503, 504, 505, 521, 523, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 571,
];

/// Reads the codes of a text in lower case.
pub(super) fn read(text: &str) -> SmtpReading {
    static CODE: LazyLock<Regex> = LazyLock::new(|| super::regex(r"\b([45][0-9]{2})\b"));
    static ENHANCED: LazyLock<Regex> =
        LazyLock::new(|| super::regex(r"\b([45]\.[0-9]{1,2}\.[0-9]{1,3})\b"));
    static MECHANISMS: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"(?:^|[^0-9])250[ -]+auth[ =]([a-z0-9 =-]+?)(?: ?250[ -]|\n|$| s:| c:)|auth\w* (?:methods?|mechanisms?|types?)\b[a-z ]{0,40}: ?((?:(?:plain|login|cram-md5|digest-md5|ntlm|gssapi|scram-sha-[0-9]+|xoauth2|oauthbearer|external|anonymous|xymcookie|plain-clienttoken)[, ]*)+)",
        )
    });
    // Part of an address (`10.5.7.1`, `5.7.1.9`) is no code.
    let alone = |from: usize, to: usize| {
        let mut before = text.get(..from).unwrap_or_default().chars().rev();
        let mut after = text.get(to..).unwrap_or_default().chars();
        let (last, before_last) = (before.next(), before.next());
        let (next, after_next) = (after.next(), after.next());
        let goes_on = next == Some('.') && after_next.is_some_and(|c| c.is_ascii_digit());
        // `code:535` is a code; a group of an IPv6 address and what follows `[…]:` are none.
        let of_address = last == Some(':')
            && (next == Some(':') || matches!(before_last, Some(':' | ']' | '0'..='9')));
        !(goes_on || of_address || last == Some('.'))
    };
    let codes = CODE
        .find_iter(text)
        .filter(|found| alone(found.start(), found.end()))
        .filter_map(|found| found.as_str().parse().ok())
        .filter(|code| FAILURES.contains(code))
        .collect();
    let enhanced = ENHANCED
        .find_iter(text)
        .filter(|found| alone(found.start(), found.end()))
        .map(|found| found.as_str().to_owned())
        .collect();
    let mechanisms = MECHANISMS
        .captures_iter(text)
        .last()
        .and_then(|found| found.iter().skip(1).flatten().next())
        .map(|list| {
            list.as_str()
                .split([' ', '=', ','])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        });
    SmtpReading {
        codes,
        enhanced,
        mechanisms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_what_programs_make_of_them() {
        for text in [
            "535 5.7.139 authentication unsuccessful",
            "(535, b'5.7.139 authentication unsuccessful')",
            "permanent error (535): 5.7.139",
            "expected 235 but got \"535\", with message \"535 5.7.139 x\"",
            "535-5.7.139 a 535 5.7.139 b",
            "code:535 msg:535 5.7.139 b",
        ] {
            let reading = read(text);
            assert!(reading.codes.contains(&535), "{text}");
            assert!(reading.enhanced.contains("5.7.139"), "{text}");
        }
        assert!(
            read("can't accept user... (#5.7.1)")
                .enhanced
                .contains("5.7.1")
        );
    }

    #[test]
    fn ports_and_addresses_are_no_codes() {
        let reading = read(
            "smtp.example.jp:587 [10.5.7.1]:465 port 465 5.7.1.9 2001:db8::500:1 10.0.0.1:550",
        );
        assert!(
            reading.codes.is_empty() && reading.enhanced.is_empty(),
            "{reading:?}"
        );
    }

    #[test]
    fn the_list_of_mechanisms_is_read() {
        let reading = read("250-auth ntlm\n250-x-exps gssapi ntlm");
        assert_eq!(reading.mechanisms, Some(["ntlm".to_owned()].into()));
        let both = Some(["plain".to_owned(), "login".to_owned()].into());
        for text in [
            "250-pipelining250-auth plain login250 help",
            "auth methods available on the server: plain,login",
        ] {
            assert_eq!(read(text).mechanisms, both, "{text}");
        }
    }
}
