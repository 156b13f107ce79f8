//! A connection check as it runs and as it ended.

use super::{Deserialize, DiagnosisView, EvidenceView, JsonSchema, ProblemView, Serialize, TS};

/// A protocol of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum Protocol {
    /// Reception.
    Pop3,
    /// Reception.
    Imap,
    /// Sending.
    Smtp,
}

/// A step of the track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export)]
pub enum StepName {
    /// 名前解決
    Resolve,
    /// 接続
    Connect,
    /// 暗号化
    Tls,
    /// 応答
    Greeting,
    /// Asking what the server can do.
    Capability,
    /// 認証
    Auth,
    /// メールボックス
    Mailbox,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum StepOutcome {
    /// It is running.
    Running,
    /// It passed.
    Ok,
    /// It failed; the check ended there.
    Failed,
    /// It was not reached.
    NotReached,
}

/// One step with its duration.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StepView {
    /// Which.
    pub step: StepName,
    /// How it ended.
    pub outcome: StepOutcome,
    /// Milliseconds; `null` while running and where not reached.
    #[ts(type = "number | null")]
    pub ms: Option<u64>,
}

/// What a protocol's check ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CheckResult {
    /// Everything passed.
    Ok,
    /// It failed, and the purpose needs it.
    Failed,
    /// The purpose does not need it: it failed, or was tried up to the sign-in only.
    NotNeeded,
}

/// One protocol's check.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProtocolReport {
    /// Which protocol.
    pub protocol: Protocol,
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it ended.
    pub result: CheckResult,
    /// The steps in the order they were taken.
    pub steps: Vec<StepView>,
    /// The cause's stable name, if it failed.
    pub problem: Option<String>,
    /// What the server said last, if it failed.
    pub raw: Option<String>,
    /// The explanation, if it failed.
    pub diagnosis: Option<DiagnosisView>,
    /// Why sign-in could not be tried at all: not authorized, no password, no way to the sign-in
    /// service. There is no diagnosis then.
    pub obstacle: Option<ProblemView>,
    /// How many mails wait in the mailbox, where the protocol told (POP3 `STAT`).
    #[ts(type = "number | null")]
    pub messages: Option<u64>,
    /// What was asked beside the failed check to part causes that look alike.
    pub probes: Vec<ProbeView>,
    /// What was seen on the way; `null` where nothing was tried.
    pub evidence: Option<EvidenceView>,
}

/// A question beside a failed check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ProbeName {
    /// What the same port says first.
    FirstBytes,
    /// Whether another usual port of the protocol answers.
    NeighbourPort,
    /// Whether a well-known name is found.
    KnownName,
    /// Whether a well-known host is reached.
    KnownHost,
    /// Whose certificate a well-known host shows.
    KnownCertificate,
    /// How far this computer's clock is off.
    ClockDifference,
    /// Where the mail of the account's domain goes.
    MailHosts,
    /// Whose the account's domain is at Microsoft's.
    UserRealm,
}

/// What a probe found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ProbeFound {
    /// TLS from the start.
    Tls,
    /// POP3 in the clear.
    Pop3,
    /// IMAP in the clear.
    Imap,
    /// SMTP in the clear.
    Smtp,
    /// A web server or proxy.
    Web,
    /// Something else; see the detail.
    Other,
    /// Open, and silent.
    Silent,
    /// Open, and closed at once.
    Closed,
    /// Reached.
    Connected,
    /// Refused.
    Refused,
    /// No answer in time.
    NoAnswer,
    /// The name was found.
    Resolved,
    /// The name was not found.
    NotResolved,
    /// The certificate is in order; the detail is its issuer.
    Trusted,
    /// The certificate is not accepted; the detail is its issuer.
    Untrusted,
    /// The clock is right within a minute.
    ClockRight,
    /// The clock is ahead; the detail is by how many seconds.
    ClockAhead,
    /// The clock is behind; the detail is by how many seconds.
    ClockBehind,
    /// Mail goes to Microsoft 365; the detail is the host.
    MailWork,
    /// Mail goes to Outlook.com; the detail is the host.
    MailPersonal,
    /// Mail goes elsewhere; the detail is the host.
    MailElsewhere,
    /// There is no such domain.
    NoDomain,
    /// The domain is an organisation's in Microsoft 365.
    RealmWork,
    /// The domain is Microsoft's own, for personal accounts.
    RealmPersonal,
    /// The domain is not known to Microsoft.
    RealmNobody,
}

/// One question beside a failed check, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ProbeView {
    /// What was asked.
    pub asked: ProbeName,
    /// Of which host.
    pub host: String,
    /// At which port.
    pub port: u16,
    /// What came.
    pub found: ProbeFound,
    /// An issuer, a first line, a host, or a number of seconds; empty where there is nothing to add.
    pub detail: String,
    /// Milliseconds.
    #[ts(type = "number")]
    pub ms: u64,
}

/// The check of one account.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CheckReport {
    /// The account's address.
    pub account: String,
    /// The account.
    #[ts(type = "number")]
    pub account_id: i64,
    /// When it ended, Unix seconds.
    #[ts(type = "number")]
    pub at: i64,
    /// Milliseconds from start to end.
    #[ts(type = "number")]
    pub ms: u64,
    /// The protocols that were tried.
    pub protocols: Vec<ProtocolReport>,
}

impl CheckReport {
    /// Whether any server was asked anything; otherwise an obstacle is all there is.
    #[must_use]
    pub fn saw_a_server(&self) -> bool {
        let mut protocols = self.protocols.iter();
        protocols.any(|protocol| protocol.evidence.is_some())
    }
}

/// Progress of a check, in order.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
#[expect(
    clippy::large_enum_variant,
    reason = "an event lives until it is shown; a plain wire type is worth the bytes"
)]
pub enum CheckEvent {
    /// A protocol's check began; its track can be drawn.
    Started {
        /// The account.
        #[ts(type = "number")]
        account_id: i64,
        /// Which protocol.
        protocol: Protocol,
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// The steps to come, in order.
        steps: Vec<StepName>,
    },
    /// A step began or ended.
    Step {
        /// The account.
        #[ts(type = "number")]
        account_id: i64,
        /// Which protocol.
        protocol: Protocol,
        /// The step.
        step: StepView,
    },
    /// A protocol's check failed, and what can part its causes is being asked.
    Probing {
        /// The account.
        #[ts(type = "number")]
        account_id: i64,
        /// Which protocol.
        protocol: Protocol,
    },
    /// The server is busy; the protocol's check begins anew after a while.
    Waiting {
        /// The account.
        #[ts(type = "number")]
        account_id: i64,
        /// Which protocol.
        protocol: Protocol,
        /// In so many seconds.
        #[ts(type = "number")]
        seconds: u64,
    },
    /// A protocol's check ended.
    Ended {
        /// The account.
        #[ts(type = "number")]
        account_id: i64,
        /// The whole of it.
        report: ProtocolReport,
    },
}
