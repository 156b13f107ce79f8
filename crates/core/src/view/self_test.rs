//! The self-test as it is shown: a row for each thing that has to work on this computer.

use super::{Deserialize, JsonSchema, ProblemView, Serialize, TS};

/// What is tried.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, JsonSchema, Serialize, Deserialize, TS,
)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SelfTestPart {
    /// Sealing a value and reading it back.
    Vault,
    /// A connection of this computer to itself, on which the browser comes back.
    Loopback,
    /// Finding the sign-in service's name.
    Names,
    /// Reaching the sign-in service.
    SignIn,
    /// Who issued the certificate that the sign-in service shows here.
    Certificate,
    /// This computer's clock.
    Clock,
    /// Reaching the server of mail coming in.
    Pop3,
    /// Reaching the server of mail coming in.
    Imap,
    /// Reaching the server of mail going out.
    Smtp,
    /// The proxy that the system is set to.
    Proxy,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SelfTestOutcome {
    /// In order.
    Ok,
    /// It works, and something about it should be known.
    Warn,
    /// It does not work.
    Failed,
    /// It could not be tried, because something before it failed.
    NotReached,
}

/// What was found: `self-test-found-<found>` is the sentence, `.fix` the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum SelfTestFound {
    /// It works.
    Works,
    /// The vault is under a passphrase.
    Passphrase,
    /// The vault lasts until the program ends.
    Session,
    /// It does not work; the problem says why.
    Problem,
    /// The name is not found.
    NameNotFound,
    /// The connection is refused.
    Refused,
    /// Nobody answers.
    NoAnswer,
    /// Something else answers; the detail is its first line.
    OtherServer,
    /// The way leads through the proxy.
    ByProxy,
    /// A good certificate; the detail is its issuer.
    Trusted,
    /// A certificate that this computer accepts, but not of the issuers that Microsoft has: some
    /// program opens encrypted connections. The detail is its issuer.
    Intercepted,
    /// A certificate that is not accepted; the detail is its issuer.
    Untrusted,
    /// The clock is right within a minute.
    ClockRight,
    /// The clock is ahead; the detail is by how many seconds.
    ClockAhead,
    /// The clock is behind; the detail is by how many seconds.
    ClockBehind,
    /// No proxy is set.
    NoProxy,
    /// A proxy is set; the detail is its host and port.
    Proxy,
    /// It could not be tried.
    NotTried,
}

/// One row.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelfTestRow {
    /// What was tried.
    pub part: SelfTestPart,
    /// How it ended.
    pub outcome: SelfTestOutcome,
    /// What was found.
    pub found: SelfTestFound,
    /// `HOST:PORT`, where a server was asked; else empty.
    pub server: String,
    /// An issuer, a first line, seconds or a proxy; empty where there is nothing to add.
    pub detail: String,
    /// The problem in words, where there is one.
    pub problem: Option<ProblemView>,
    /// Milliseconds.
    #[ts(type = "number")]
    pub ms: u64,
}

/// The whole of it.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelfTestView {
    /// When it ended, Unix seconds.
    #[ts(type = "number")]
    pub at: i64,
    /// Every row, in the order in which things depend on each other.
    pub rows: Vec<SelfTestRow>,
}

impl SelfTestFound {
    /// How bad it is.
    #[must_use]
    pub const fn outcome(self) -> SelfTestOutcome {
        match self {
            Self::Works
            | Self::Passphrase
            | Self::ByProxy
            | Self::Trusted
            | Self::ClockRight
            | Self::NoProxy
            | Self::Proxy => SelfTestOutcome::Ok,
            Self::Session | Self::Intercepted => SelfTestOutcome::Warn,
            Self::Problem
            | Self::NameNotFound
            | Self::Refused
            | Self::NoAnswer
            | Self::OtherServer
            | Self::Untrusted
            | Self::ClockAhead
            | Self::ClockBehind => SelfTestOutcome::Failed,
            Self::NotTried => SelfTestOutcome::NotReached,
        }
    }
}
