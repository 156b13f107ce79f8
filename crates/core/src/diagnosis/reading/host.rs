//! Which servers, ports and addresses a text names, and what is odd about a name that was not
//! found: a slip in a well-known one, or no host name at all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// The servers of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct HostReading {
    /// Ports that are named as such.
    pub ports: BTreeSet<u16>,
    /// This computer itself is named.
    pub loopback: bool,
    /// An address of this house's own network is named (RFC 1918).
    pub private: bool,
    /// A well-known mail or sign-in server is named, spelled right.
    pub well_known: bool,
    /// The name that was looked up cannot be a server's name, or misses a well-known one by a slip.
    pub misspelled: bool,
    /// An IPv6 address is named.
    pub ipv6: bool,
}

impl HostReading {
    /// Whether one of these ports is named.
    pub(crate) fn names_any(&self, ports: &[u16]) -> bool {
        ports.iter().any(|port| self.ports.contains(port))
    }
}

/// Mail servers that exist: when such a name is not found, the name is not at fault.
const WELL_KNOWN: [&str; 40] = [
    "outlook.office365.com",
    "smtp.office365.com",
    "outlook.office.com",
    "smtp-mail.outlook.com",
    "imap-mail.outlook.com",
    "pop-mail.outlook.com",
    "login.microsoftonline.com",
    "login.live.com",
    "login.microsoft.com",
    "graph.microsoft.com",
    "imap.gmail.com",
    "smtp.gmail.com",
    "pop.gmail.com",
    "imap.googlemail.com",
    "smtp.googlemail.com",
    "pop.googlemail.com",
    "oauth2.googleapis.com",
    "accounts.google.com",
    "imap.mail.yahoo.com",
    "smtp.mail.yahoo.com",
    "pop.mail.yahoo.com",
    "imap.mail.yahoo.co.jp",
    "smtp.mail.yahoo.co.jp",
    "pop.mail.yahoo.co.jp",
    "imap.mail.me.com",
    "smtp.mail.me.com",
    "imap.gmx.net",
    "smtp.gmx.net",
    "pop.gmx.net",
    "mail.gmx.net",
    "imap.web.de",
    "smtp.web.de",
    "imap.qq.com",
    "smtp.qq.com",
    "pop.qq.com",
    "smtp.163.com",
    "imap.163.com",
    "smtp.sendgrid.net",
    "smtp.mailgun.org",
    "smtp.mailtrap.io",
];

/// Reads a text in lower case.
pub(super) fn read(text: &str) -> HostReading {
    static PORT: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"host, port: [a-z0-9.-]+, ([0-9]{2,5})\b|(?:port|ポート)(?: ?number| ?番号)?['\x22]? ?[:=:は#]? ?['\x22]?([0-9]{2,5})\b|(?:telnet|nc|connect) [a-z0-9.-]+ ([0-9]{2,5})\b|[a-z0-9\])]:([0-9]{2,5})(?:[^0-9:.]|: |\.?$|\. )",
        )
    });
    // A log's time of day and the line of a source file end as an address with a port does.
    static NO_PORT: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"\b[0-9-]{0,10}t?[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9]|\.(?:java|kt|scala|clj|cs|vb|js|mjs|cjs|ts|py|rb|go|rs|php|pm|pl|c|cc|cpp|h):[0-9]+",
        )
    });
    static NAME: LazyLock<Regex> = LazyLock::new(|| super::regex(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+"));
    static LOOPBACK: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"\b127\.0\.0\.[0-9]|\blocalhost\b|\[?::1\]?(?:[^0-9a-f]|$)|\bhost\.docker\.internal\b",
        )
    });
    static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"\b(?:10\.[0-9]{1,3}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9]{1,3}\.[0-9]{1,3}\b",
        )
    });
    static IPV6: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r"\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b|\b(?:[0-9a-f]{1,4}:){2,7}:|\baf_inet6\b|\bipv6\b",
        )
    });
    let without = NO_PORT.replace_all(text, " ");
    let ports = PORT
        .captures_iter(&without)
        .filter_map(|found| found.iter().skip(1).flatten().next()?.as_str().parse().ok())
        .collect();
    HostReading {
        ports,
        loopback: LOOPBACK.is_match(text),
        private: PRIVATE.is_match(text),
        well_known: NAME
            .find_iter(text)
            .any(|name| WELL_KNOWN.contains(&name.as_str())),
        misspelled: misspelled(text),
        ipv6: IPV6.is_match(text),
    }
}

/// Names that stand to reason, and that nobody answers to: their providers call the servers otherwise.
const NEVER: [&str; 2] = ["imap.google.com", "pop.google.com"];
/// Each name is compared with every well-known one; an honest text asks for a few.
const MOST_NAMES: usize = 64;

/// Whether the name that a resolver was asked for is no server's name.
fn misspelled(text: &str) -> bool {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(
            r#"(?:getaddrinfo:? (?:enotfound|eai_again|eai_noname|for|failed for|of)|enotfound|eai_again|eai_noname|unknownhostexception|unknown host|no such host|could not resolve host(?:name)?|couldn't resolve host(?:name)?|could not resolve|cannot resolve|unable to resolve|unresolved|failed to resolve|cannot locate smtp server|hostname|host ?name|サーバー ?名?|ホスト ?名?|lookup|host)['"]? ?[:=]? ?['"「『(]?([a-z]+://)?([^\s'",;()\]」』]+)"#,
        )
    });
    // A name in quotes holds what was typed, slips of the key included: `"smtp.example.jp,"`.
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(r#"\bhost(?:name)?['"]? ?[:=] ?(?:'([^']{1,253})'|"((?:[^"\\]|\\.){1,253})")"#)
    });
    // Node.js shows a name as it was typed, without quotes of its own, and then with its port: a
    // space at its end stands before the colon.
    static AS_TYPED: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(r#"\b(?:enotfound|eai_again) (?:['"“”‘’`]|[^:]{1,253} :[0-9]{2,5}\b)"#)
    });
    let typed_oddly = AS_TYPED.is_match(text)
        || QUOTED.captures_iter(text).any(|found| {
            found.iter().skip(1).flatten().any(|name| {
                let plain = |c: char| c.is_alphanumeric() || "-._:".contains(c);
                !name.as_str().chars().all(plain)
            })
        });
    if typed_oddly || NEVER.iter().any(|name| text.contains(name)) {
        return true;
    }
    ASKED.captures_iter(text).take(MOST_NAMES).any(|found| {
        let name = found
            .get(2)
            .map_or("", |name| name.as_str())
            .trim_end_matches(['.', ':']);
        if found.get(1).is_some() {
            return true;
        }
        if !name.is_ascii() || name.len() > 253 {
            return false;
        }
        // Node.js says `ENOTFOUND host host:port`: a port in the first was typed into the name.
        let with_port = name.contains(':') && text.contains(&format!("enotfound {name}"));
        with_port || odd(name) || near_well_known(name)
    })
}

/// No name of a server: a number, a port in the name, an address with `@`, a left-over placeholder.
fn odd(name: &str) -> bool {
    let (bare, port) = name.split_once(':').unwrap_or((name, ""));
    let number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    let placeholder = [
        "undefined",
        "null",
        "none",
        "nan",
        "false",
        "true",
        "smtp",
        "imap",
        "pop",
        "pop3",
        "mail",
        "http",
        "https",
        "ssl",
        "tls",
        "tcp",
    ]
    .contains(&bare)
        || bare.starts_with("your")
        || bare.starts_with("${")
        || bare.starts_with("<")
        || bare.starts_with("xxx");
    number
        || swapped(bare)
        || placeholder
        || bare.contains('@')
        || (!port.is_empty() && near_well_known(bare))
        || bare.contains("..")
}

/// The name begins with the letters of a protocol in another order: `smpt.`, `stmp-`.
fn swapped(name: &str) -> bool {
    let label = name.split(['.', '-']).next().unwrap_or_default();
    let letters = |word: &str| {
        let mut letters: Vec<u8> = word.bytes().collect();
        letters.sort_unstable();
        letters
    };
    name.contains('.')
        && ["smtp", "imap"]
            .iter()
            .any(|protocol| label != *protocol && letters(label) == letters(protocol))
}

/// One or two slips away from a well-known name, but not it.
fn near_well_known(name: &str) -> bool {
    if name.len() < 8 || name.len() > 40 || WELL_KNOWN.contains(&name) || !name.contains('.') {
        return false;
    }
    let own = provider(name);
    WELL_KNOWN.iter().any(|known| {
        known.len().abs_diff(name.len()) <= 2 && {
            let count = slips(name.as_bytes(), known.as_bytes());
            // Of a provider with a short name two slips leave nothing; reporters write `xxx` over it.
            let theirs = provider(known);
            if theirs.len() <= 4 && slips(own.as_bytes(), theirs.as_bytes()) > 1 {
                return false;
            }
            // imap. and smtp. of the same provider are three letters apart: never a slip.
            count > 0 && count <= 2
        }
    })
}

/// The label before the top-level domain.
fn provider(name: &str) -> &str {
    name.rsplit('.').nth(1).unwrap_or_default()
}

/// The number of letters that differ, are missing or are too many (Levenshtein).
fn slips(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut previous = i;
        let mut left = i + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (b, &above) in other.iter().zip(row.iter().skip(1)) {
            left = (previous + usize::from(a != b))
                .min(above + 1)
                .min(left + 1);
            previous = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged() {
        for odd in [
            "getaddrinfo enotfound 1234 1234:465",
            "getaddrinfo enotfound undefined",
            "could not resolve host: smpt.gmail.com",
            "dial tcp: lookup stmp-relay.gmail.com on 127.0.0.11:53: no such host",
            "java.net.unknownhostexception: https://mail.example.jp",
            "getaddrinfo enotfound smtp.gmial.com",
            "host=>\"imap.google.com\" error: name or service not known",
            "\"syscall\":\"getaddrinfo\", \"hostname\":\"smtp.mail.ru,\"",
            "syscall: 'getaddrinfo', hostname: '\"smtp.example.jp\";'",
        ] {
            assert!(read(odd).misspelled, "{odd}");
        }
        for even in [
            "getaddrinfo enotfound imap.gmail.com",
            "java.net.unknownhostexception: smtp.gmail.com: temporary failure in name resolution",
            "getaddrinfo enotfound mail.shop-hanako.jp",
            "getaddrinfo enotfound mail.xxx.net mail.xxx.net:465",
            "getaddrinfo enotfound smtp.gmail.com smtp.gmail.com:465",
        ] {
            assert!(!read(even).misspelled, "{even}");
        }
        assert!(read("connect econnrefused ::1:25").loopback);
        assert!(read("imap.gmail.com failed").well_known);
        assert_eq!(slips(b"smpt", b"smtp"), 2);
    }

    #[test]
    fn ports_are_found() {
        assert!(read("connect etimedout 52.1.2.3:465").ports.contains(&465));
        assert!(
            read("[2022-10-14 10:22:03] error connection timeout")
                .ports
                .is_empty()
        );
        let trace = r#"{"time":"2026-11-29t10:22:03z"} at mail.service.run(service.java:123)"#;
        assert!(read(trace).ports.is_empty());
        assert!(
            read("couldn't connect to host, port: smtp.example.jp, 587; timeout -1")
                .ports
                .contains(&587)
        );
        assert!(read("ポート: 587, セキュリティ").ports.contains(&587));
        assert!(read("refused it 127.0.0.1:25").ports.contains(&25));
    }
}
