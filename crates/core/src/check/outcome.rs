//! What a check ended with, protocol by protocol, and how that is shown.

use jiff::Timestamp;

use super::Target;
use crate::account::AccountId;
use crate::cloud::MailProtocol;
use crate::diagnosis::{Evidence, Seen, diagnose};
use crate::view::{CheckReport, CheckResult, EvidenceView, Protocol, ProtocolReport, StepView};

/// The end of an account's check.
#[derive(Debug, Clone)]
pub struct CheckOutcome {
    /// The account.
    pub account: AccountId,
    /// Milliseconds from start to end.
    pub ms: u64,
    /// One per target, in the plan's order.
    pub protocols: Vec<ProtocolOutcome>,
}

/// The end of one protocol's check.
#[derive(Debug, Clone)]
pub struct ProtocolOutcome {
    /// What was tried.
    pub target: Target,
    /// The steps in the order they were taken; those not reached follow.
    pub steps: Vec<StepView>,
    /// How many mails wait in the mailbox, where the protocol tells.
    pub messages: Option<u64>,
    /// What was seen on the way.
    pub seen: Seen,
    /// Why it failed, if it failed.
    pub failure: Option<Failure>,
}

/// Why a protocol's check failed.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Everything the diagnosis needs.
    pub evidence: Box<Evidence>,
}

impl Failure {
    /// What the server, the TLS library or the system said last.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.evidence.raw
    }
}

impl ProtocolOutcome {
    /// How it ended, in view of what the account's purpose needs.
    #[must_use]
    pub const fn result(&self) -> CheckResult {
        match (&self.failure, self.target.needed) {
            (None, _) if self.target.signs_in => CheckResult::Ok,
            (Some(_), true) => CheckResult::Failed,
            (None | Some(_), _) => CheckResult::NotNeeded,
        }
    }

    /// The protocol's line in the report, with its diagnosis.
    #[must_use]
    pub fn report(&self) -> ProtocolReport {
        let diagnosis = self
            .failure
            .as_ref()
            .map(|failure| diagnose(&failure.evidence));
        ProtocolReport {
            protocol: self.target.protocol.into(),
            host: self.target.endpoint.host.as_str().to_owned(),
            port: self.target.endpoint.port.number(),
            result: self.result(),
            steps: self.steps.clone(),
            problem: diagnosis.as_ref().map(|d| d.cause().code().to_owned()),
            raw: self.failure.as_ref().map(|f| f.raw().to_owned()),
            diagnosis: diagnosis.as_ref().map(Into::into),
            obstacle: None,
            messages: self.messages,
            probes: self.seen.probes.iter().map(Into::into).collect(),
            evidence: Some(EvidenceView::new(
                &self.seen,
                self.failure.as_ref().map(|f| f.evidence.account_kind),
            )),
        }
    }
}

impl CheckOutcome {
    /// The report of the account at `address`, ended `at`.
    #[must_use]
    pub fn report(&self, address: &str, at: Timestamp) -> CheckReport {
        CheckReport {
            account: address.to_owned(),
            account_id: self.account.0,
            at: at.as_second(),
            ms: self.ms,
            protocols: self.protocols.iter().map(ProtocolOutcome::report).collect(),
        }
    }
}

impl From<MailProtocol> for Protocol {
    fn from(protocol: MailProtocol) -> Self {
        match protocol {
            MailProtocol::Pop3 => Self::Pop3,
            MailProtocol::Imap => Self::Imap,
            MailProtocol::Smtp => Self::Smtp,
        }
    }
}

impl From<Protocol> for MailProtocol {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Pop3 => Self::Pop3,
            Protocol::Imap => Self::Imap,
            Protocol::Smtp => Self::Smtp,
        }
    }
}
