//! The values an account is made of. Each constructor accepts only what can be valid and returns
//! `None` otherwise; the field that shows the problem is known to `draft`, not here.

/// The row of an account in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub i64);

/// Counts the changes of an account, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Revision(pub i64);

/// A mail address: `local@domain`, ASCII, at most 254 octets (RFC 5321 4.5.3.1).
/// Quoted local parts and address literals are not accepted: no shop's mailbox has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MailAddress(String);

impl MailAddress {
    /// Accepts a plausible address; white space around it is dropped, and the spelling is kept.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        // Some Japanese carriers gave out addresses with consecutive dots: let dots be.
        let local_ok = (1..=64).contains(&local.len())
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        let domain_ok =
            Host::new(domain).is_some_and(|host| host.is_name()) && domain.contains('.');
        (local_ok && domain_ok && text.len() <= 254).then(|| Self(text.to_owned()))
    }

    /// The address as entered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`, in lower case.
    #[must_use]
    pub fn domain(&self) -> String {
        self.0
            .rsplit_once('@')
            .map(|(_, domain)| domain.to_ascii_lowercase())
            .unwrap_or_default()
    }

    /// Whether two spellings name the same mailbox. Microsoft and every known provider ignore case.
    #[must_use]
    pub fn same_mailbox(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.trim())
    }
}

impl std::fmt::Display for MailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A server's name or IP address, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host(String);

impl Host {
    /// Accepts a DNS name (RFC 1123) or an IP address, with or without brackets.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
        let bare = text
            .strip_prefix('[')
            .and_then(|t| t.strip_suffix(']'))
            .unwrap_or(&text);
        if bare.parse::<std::net::IpAddr>().is_ok() {
            return Some(Self(bare.to_owned()));
        }
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        (text.len() <= 253 && text.split('.').all(label_ok)).then_some(Self(text))
    }

    /// The name or address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a name, not an IP address.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.0.parse::<std::net::IpAddr>().is_err()
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A TCP port, 1 to 65535.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Port(u16);

impl Port {
    /// Accepts 1 to 65535.
    #[must_use]
    pub fn new(number: i64) -> Option<Self> {
        u16::try_from(number)
            .ok()
            .filter(|port| *port != 0)
            .map(Self)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// A server to talk to and how to encrypt the talk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The server.
    pub host: Host,
    /// Its port.
    pub port: Port,
    /// The encryption.
    pub tls: super::TlsMode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "order@hana-shop.example",
            " a@b.jp ",
            "o'brien+x@sub.example.co.jp",
            "a..b.@docomo.example",
        ] {
            assert!(MailAddress::new(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.jp",
            "a@",
            "a b@c.jp",
            "注文@b.jp",
            "a@b..jp",
            "a@-b.jp",
            "a@1.2.3.4",
        ] {
            assert!(MailAddress::new(bad).is_none(), "{bad}");
        }
        let address = MailAddress::new("Order@Hana.Example").unwrap();
        assert!(address.same_mailbox("order@hana.example "));
        assert_eq!(address.domain(), "hana.example");
        assert_eq!(address.as_str(), "Order@Hana.Example");
    }

    #[test]
    fn hosts_and_ports() {
        assert_eq!(
            Host::new(" Outlook.Office365.com. ").unwrap().as_str(),
            "outlook.office365.com"
        );
        assert!(!Host::new("[::1]").unwrap().is_name());
        assert!(Host::new("smtp_1.example.jp").is_some());
        for bad in [
            "",
            "a b",
            "https://x.jp",
            "x.jp:995",
            ".jp",
            &"a".repeat(64),
        ] {
            assert!(Host::new(bad).is_none(), "{bad}");
        }
        assert!(Port::new(995).is_some());
        assert!(Port::new(0).is_none() && Port::new(65536).is_none() && Port::new(-1).is_none());
    }
}
