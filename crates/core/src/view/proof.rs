//! A test mail on its way to the account itself, and what came in.

use super::{CharsetView, DiagnosisView, JsonSchema, Protocol, Serialize, TS};

/// Progress of a proof, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "event",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum ProofEvent {
    /// The mailbox is looked into, before anything is sent.
    Looking,
    /// The test mail is being handed over.
    Sending,
    /// It was handed over and is waited for.
    Waiting {
        /// Which look this is, from 1.
        looks: u32,
        /// Milliseconds since it was handed over.
        #[ts(type = "number")]
        ms: u64,
    },
}

/// How a proof ended.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, TS)]
#[serde(
    tag = "outcome",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum ProofView {
    /// The test mail is in the mailbox.
    Arrived {
        /// Milliseconds from handing it over to finding it.
        #[ts(type = "number")]
        ms: u64,
        /// By which protocol it was found.
        protocol: Protocol,
        /// The charset it went out in.
        charset: CharsetView,
        /// The subject as it arrived.
        subject: String,
        /// The subject as it was sent.
        sent: String,
        /// Whether every character of subject and text arrived as it was sent.
        same: bool,
    },
    /// The server took it, and it was not in the mailbox in time.
    NotArrived {
        /// Milliseconds that it was waited for.
        #[ts(type = "number")]
        ms: u64,
        /// Where it was looked for.
        protocol: Protocol,
        /// Its subject, to look for it by hand.
        sent: String,
    },
    /// The server took it; there is no right to look into the mailbox.
    Sent {
        /// The charset it went out in.
        charset: CharsetView,
        /// Its subject, to look for it by hand.
        sent: String,
    },
    /// Nothing was sent; these came in last, the newest first.
    Newest {
        /// By which protocol.
        protocol: Protocol,
        /// The mails.
        mails: Vec<ArrivedMail>,
    },
    /// A server refused, or could not be reached.
    Failed {
        /// On which protocol.
        protocol: Protocol,
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// Whether the test mail had been handed over.
        mail_sent: bool,
        /// Why.
        diagnosis: DiagnosisView,
    },
}

/// A mail in the mailbox, as its header tells.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ArrivedMail {
    /// When it was written, Unix seconds; `null` if it does not say.
    #[ts(type = "number | null")]
    pub at: Option<i64>,
    /// The part of the sender's address after the `@`.
    pub sender_domain: String,
    /// The subject, decoded.
    pub subject: String,
    /// Whether the subject is written as the rules say and has all its characters.
    pub sound: bool,
}
