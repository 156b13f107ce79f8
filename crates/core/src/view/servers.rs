//! Servers that are proposed for an address, as the form and the command line show them.

use super::{EndpointView, JsonSchema, Protocol, Serialize, TS};
use crate::providers::{Answer, Need, Tried, UserName, Way};

/// How a server was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ServerWay {
    /// The program knows the provider.
    Known,
    /// The domain publishes it, over https.
    Domain,
    /// Mozilla's list of providers.
    Mozilla,
    /// SRV records.
    Services,
    /// By the hosts that take the domain's mail.
    MailHosts,
    /// The domain publishes it, over http.
    DomainInTheClear,
}

/// What the account name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum UserNameView {
    /// The mail address.
    Address,
    /// What stands before the `@`.
    Local,
    /// One that the provider gave.
    Own,
}

/// What somebody has to know or do before these servers let mail programs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ServerNeed {
    /// A password for programs has to be made.
    AppPassword,
    /// POP and IMAP have to be switched on.
    SwitchOnPop,
    /// The provider gave a password of its own for mail programs.
    OwnPassword,
    /// Microsoft refuses passwords.
    #[serde(rename = "oauth")]
    OAuth,
    /// The sending server offers no sign-in: mail may have to be fetched before it is sent.
    PopBeforeSmtp,
}

/// One proposed server.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[ts(export)]
pub struct ProposedServer {
    /// The protocol.
    pub protocol: Protocol,
    /// The server.
    pub server: EndpointView,
    /// How it was found.
    pub way: ServerWay,
    /// Milliseconds until it had said what it can do; `null` where nobody was asked.
    #[ts(type = "number | null")]
    pub ms: Option<u64>,
    /// It belongs to another domain, and whoever named it could have made it up.
    pub foreign: bool,
}

/// What is proposed for an address.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[ts(export)]
pub struct ProposalView {
    /// The provider's name, where it is known.
    pub provider: Option<String>,
    /// At most one of each protocol; none where nothing was found that answers.
    pub servers: Vec<ProposedServer>,
    /// `host:port` of those that were found and did not answer.
    pub silent: Vec<String>,
    /// What the account name is.
    pub user: UserNameView,
    /// What the account name is filled in as; empty where it is the address or not known.
    pub fill: String,
    /// What has to be known or done first.
    pub needs: Vec<ServerNeed>,
    /// Whether anybody was asked; without that only what the program knows is proposed.
    pub asked: bool,
}

impl ProposedServer {
    /// A server with its answer; `None` for one that did not answer.
    #[must_use]
    pub fn of(tried: &Tried, domain: &str) -> Option<Self> {
        let ms = match tried.answer {
            Answer::Ready { ms, .. } => Some(ms),
            Answer::NotAsked => None,
            Answer::Silent => return None,
        };
        let within = crate::kind::within(tried.endpoint.host.as_str(), &[domain]);
        Some(Self {
            protocol: tried.protocol.into(),
            server: (&tried.endpoint).into(),
            way: tried.way.into(),
            ms,
            foreign: tried.way.can_be_forged() && !within,
        })
    }
}

impl From<Way> for ServerWay {
    fn from(way: Way) -> Self {
        match way {
            Way::Known => Self::Known,
            Way::Domain => Self::Domain,
            Way::Mozilla => Self::Mozilla,
            Way::Services => Self::Services,
            Way::MailHosts => Self::MailHosts,
            Way::DomainInTheClear => Self::DomainInTheClear,
        }
    }
}

impl From<UserName> for UserNameView {
    fn from(user: UserName) -> Self {
        match user {
            UserName::Address => Self::Address,
            UserName::Local => Self::Local,
            UserName::Own => Self::Own,
        }
    }
}

impl From<Need> for ServerNeed {
    fn from(need: Need) -> Self {
        match need {
            Need::AppPassword => Self::AppPassword,
            Need::SwitchOnPop => Self::SwitchOnPop,
            Need::OwnPassword => Self::OwnPassword,
            Need::OAuth => Self::OAuth,
        }
    }
}
