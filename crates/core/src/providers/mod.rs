//! Which servers an address's mail is at. Asked in the order of trust: what the program knows by
//! itself (`presets`), what the domain or Mozilla's list publishes (`autoconfig`), the DNS
//! (`services`, and the hosts of the domain's mail). What comes from outside is nothing but a
//! proposal: it is tried over validated TLS (`trial`), without a password, before anybody sees it.

mod autoconfig;
mod find;
mod pages;
mod presets;
mod services;
mod trial;

pub use find::{Finder, Outside};
pub use pages::Pages;
pub(crate) use presets::fill;
pub use services::{NoServices, Service, ServicesPort};
pub use trial::{Answer, Tried};

use crate::account::{Endpoint, Host, Purpose};
use crate::cloud::MailProtocol;

/// How a proposal was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// The program knows the provider of this domain.
    Known,
    /// The domain's own settings for mail programs, over https.
    Domain,
    /// Mozilla's list of providers.
    Mozilla,
    /// SRV records (RFC 6186, RFC 8314 5.1).
    Services,
    /// The hosts that take the domain's mail are those of a provider that the program knows.
    MailHosts,
    /// The domain's own settings for mail programs, over http: anybody on the way could have
    /// written them.
    DomainInTheClear,
}

/// What the account name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserName {
    /// The mail address.
    Address,
    /// What stands before the `@`.
    Local,
    /// One that the provider gave.
    Own,
}

/// What has to be done before mail programs are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// A password for programs has to be made; the usual one is refused.
    AppPassword,
    /// POP and IMAP have to be switched on in the provider's settings.
    SwitchOnPop,
    /// The provider gave a password of its own for mail programs.
    OwnPassword,
    /// Microsoft refuses passwords: OAuth has to be used.
    OAuth,
}

/// One place where servers were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How.
    pub way: Way,
    /// The provider's name, where it is known.
    pub provider: Option<String>,
    /// The servers, the better first.
    pub servers: Vec<(MailProtocol, Endpoint)>,
    /// What the account name is.
    pub user: UserName,
    /// What has to be done first.
    pub needs: Vec<Need>,
}

impl Way {
    /// Whether somebody who can forge DNS answers, or sits on the way, could have made it up: then
    /// a server of another domain is worth a second look.
    #[must_use]
    pub const fn can_be_forged(self) -> bool {
        match self {
            Self::Known | Self::Domain | Self::Mozilla => false,
            Self::Services | Self::MailHosts | Self::DomainInTheClear => true,
        }
    }
}

/// Rakuten's relay, which is no matter of the address.
#[must_use]
pub fn relay(purpose: Purpose) -> Option<Finding> {
    match purpose {
        Purpose::RakutenSending => presets::by_id("rakuten-relay"),
        Purpose::Unspecified | Purpose::Sending | Purpose::OrderReceiving => None,
    }
}

/// A server's name from somebody who is not trusted: a plain host name with a dot in it, so that
/// nothing on this computer or in the office's own domain is meant.
fn plain_host(text: &str, on_this_computer: bool) -> Option<Host> {
    let host = Host::new(text)?;
    let named = host.is_name() && host.as_str().contains('.') && !host.as_str().contains('_');
    let local = host.as_str() == "localhost" || host.as_str().ends_with(".localhost");
    ((named && !local) || (on_this_computer && local)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_from_outside_are_plain_names() {
        for good in ["mail.hana.example", "IMAP.Hana.Example."] {
            assert!(plain_host(good, false).is_some(), "{good}");
        }
        for bad in [
            "127.0.0.1",
            "[::1]",
            "localhost",
            "mail.localhost",
            "intranet",
            "_dmarc.hana.example",
            "http://hana.example",
            "hana.example/x",
            "hana.example:995",
            "a b.example",
            "",
        ] {
            assert!(plain_host(bad, false).is_none(), "{bad}");
        }
        assert!(plain_host("localhost", true).is_some());
        assert!(plain_host("127.0.0.1", true).is_none());
    }
}
