//! Microsoft's clouds: where consent is asked for, where mail is, and which scopes a protocol needs.
//! Everything that depends on the cloud is here, so that a custom authority (the practice tenant,
//! a test server) is one more value and no special case.

use url::Url;

use crate::account::{Endpoint, Host, Port, Servers, TlsMode};
use crate::diagnosis::AccountKind;

/// A cloud of Microsoft's, or an authority that was typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cloud {
    /// Worldwide (also GCC).
    Worldwide,
    /// US Government L4 (GCC High).
    UsGovernmentL4,
    /// US Government L5 (DoD).
    UsGovernmentDod,
    /// China, operated by 21Vianet.
    China,
    /// An authority of the user's own.
    Custom(Authority),
}

/// The base of a sign-in service up to and including the tenant, e.g.
/// `https://login.microsoftonline.com/common`. https, or http on a loopback address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority(Url);

impl Authority {
    /// Accepts an https URL, or an http URL on a loopback address, without query or fragment.
    /// A URL without a path gets `/common`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let mut url = Url::parse(text.trim().trim_end_matches('/')).ok()?;
        let loopback = is_loopback(&url.host()?);
        let scheme_ok = url.scheme() == "https" || (url.scheme() == "http" && loopback);
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !scheme_ok || !plain {
            return None;
        }
        if url.path() == "/" {
            url.set_path("/common");
        }
        Some(Self(url))
    }

    /// The URL without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether it is on this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| is_loopback(&host))
    }

    /// The host, for messages.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

fn is_loopback(host: &url::Host<&str>) -> bool {
    match host {
        url::Host::Domain(name) => *name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    }
}

/// A protocol of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MailProtocol {
    /// Reception by POP3.
    Pop3,
    /// Reception by IMAP.
    Imap,
    /// Sending.
    Smtp,
}

impl MailProtocol {
    /// The name on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pop3 => "pop3",
            Self::Imap => "imap",
            Self::Smtp => "smtp",
        }
    }
}

impl Cloud {
    /// The name in the settings.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Worldwide => "worldwide",
            Self::UsGovernmentL4 => "us-government-l4",
            Self::UsGovernmentDod => "us-government-dod",
            Self::China => "china",
            Self::Custom(_) => "custom",
        }
    }

    /// The sign-in service for any account. Source: Microsoft identity platform, "National clouds".
    #[must_use]
    pub fn authority(&self) -> String {
        match self {
            Self::Worldwide => "https://login.microsoftonline.com/common".to_owned(),
            Self::UsGovernmentL4 | Self::UsGovernmentDod => {
                "https://login.microsoftonline.us/common".to_owned()
            }
            Self::China => "https://login.partner.microsoftonline.cn/common".to_owned(),
            Self::Custom(authority) => authority.as_str().to_owned(),
        }
    }

    /// The host and port that the sign-in service is reached at.
    #[must_use]
    pub fn sign_in_host(&self) -> (String, u16) {
        let url = Url::parse(&self.authority()).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        // An IPv6 address stands in brackets in a URL only.
        let host = host.trim_matches(['[', ']']).to_owned();
        (
            host,
            url.and_then(|url| url.port_or_known_default())
                .unwrap_or(443),
        )
    }

    /// Where the sign-in service tells whose an address is; its own host in each cloud. Source:
    /// Power Platform, "Determine tenant type".
    #[must_use]
    pub fn realm_url(&self, address: &str) -> Option<Url> {
        let mut url = Url::parse(&self.authority()).ok()?;
        url.set_path("");
        url.path_segments_mut()
            .ok()?
            .extend(["common", "userrealm", address]);
        url.query_pairs_mut().append_pair("api-version", "2.1");
        Some(url)
    }

    /// Whether the sign-in service is on this computer: then nothing beyond it is to be asked.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Custom(authority) => authority.is_loopback(),
            Self::Worldwide | Self::UsGovernmentL4 | Self::UsGovernmentDod | Self::China => false,
        }
    }

    /// The scope that lets a token be used on a protocol. Source: Exchange, "Authenticate an IMAP,
    /// POP or SMTP connection using OAuth"; a custom authority is asked for the worldwide names.
    #[must_use]
    pub fn scope(&self, protocol: MailProtocol) -> String {
        let resource = match self {
            Self::Worldwide | Self::Custom(_) => "https://outlook.office.com",
            Self::UsGovernmentL4 => "https://outlook.office365.us",
            Self::UsGovernmentDod => "https://webmail.apps.mil",
            Self::China => "https://partner.outlook.cn",
        };
        let right = match protocol {
            MailProtocol::Pop3 => "POP.AccessAsUser.All",
            MailProtocol::Imap => "IMAP.AccessAsUser.All",
            MailProtocol::Smtp => "SMTP.Send",
        };
        format!("{resource}/{right}")
    }

    /// The mail servers of the cloud's work accounts; a custom authority has none of its own.
    #[must_use]
    pub fn servers(&self) -> Servers {
        self.servers_of(AccountKind::Work)
    }

    /// The mail servers of a kind of account. Personal accounts are in the worldwide cloud only, and
    /// send through a server of their own. Source: Outlook.com, "POP, IMAP, and SMTP settings".
    #[must_use]
    pub fn servers_of(&self, kind: AccountKind) -> Servers {
        let personal = kind == AccountKind::Personal;
        let (mailbox, submission) = match self {
            Self::Worldwide if personal => ("outlook.office365.com", "smtp-mail.outlook.com"),
            Self::Worldwide => ("outlook.office365.com", "smtp.office365.com"),
            Self::UsGovernmentL4 => ("outlook.office365.us", "smtp.office365.us"),
            Self::UsGovernmentDod => ("outlook-dod.office365.us", "outlook-dod.office365.us"),
            Self::China => ("partner.outlook.cn", "smtp.partner.outlook.cn"),
            Self::Custom(_) => return Servers::default(),
        };
        let endpoint = |host, port, tls| {
            Some(Endpoint {
                host: Host::new(host)?,
                port: Port::new(port)?,
                tls,
            })
        };
        Servers {
            pop3: endpoint(mailbox, 995, TlsMode::Implicit),
            imap: endpoint(mailbox, 993, TlsMode::Implicit),
            smtp: endpoint(submission, 587, TlsMode::StartTls),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_https_or_loopback() {
        let common = Authority::new("http://127.0.0.1:18080/").unwrap();
        assert_eq!(common.as_str(), "http://127.0.0.1:18080/common");
        let tenant = Authority::new("https://login.example/tenant-id/").unwrap();
        assert_eq!(
            (tenant.as_str(), tenant.host()),
            ("https://login.example/tenant-id", "login.example")
        );
        for bad in [
            "http://login.example/common",
            "login.example",
            "https://a/b?c",
            "ftp://127.0.0.1",
            "https://u@a/",
        ] {
            assert!(Authority::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn personal_accounts_send_through_a_server_of_their_own() {
        let host = |cloud: &Cloud, kind| cloud.servers_of(kind).smtp.unwrap().host;
        let personal = host(&Cloud::Worldwide, AccountKind::Personal);
        assert_eq!(personal.as_str(), "smtp-mail.outlook.com");
        let work = host(&Cloud::Worldwide, AccountKind::Unknown);
        assert_eq!(work.as_str(), "smtp.office365.com");
        let china = host(&Cloud::China, AccountKind::Personal);
        assert_eq!(china.as_str(), "smtp.partner.outlook.cn");
    }

    #[test]
    fn each_cloud_is_asked_at_its_own_host() {
        let url = |cloud: &Cloud| cloud.realm_url("nobody@hana.example").unwrap().to_string();
        assert_eq!(
            url(&Cloud::UsGovernmentL4),
            "https://login.microsoftonline.us/common/userrealm/nobody@hana.example?api-version=2.1"
        );
        let authority = Authority::new("http://127.0.0.1:18080/tenant").unwrap();
        assert_eq!(
            url(&Cloud::Custom(authority)),
            "http://127.0.0.1:18080/common/userrealm/nobody@hana.example?api-version=2.1"
        );
        let odd = Cloud::Worldwide.realm_url("a/b?c@d").unwrap();
        assert!(odd.as_str().contains("/userrealm/a%2Fb%3Fc@d?"), "{odd}");
    }
}
