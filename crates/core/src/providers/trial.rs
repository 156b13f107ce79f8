//! Tries what was found, as a check does up to the sign-in: connect, TLS, greeting, capabilities.
//! Nobody signs in, and only what answered is proposed.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

use super::{Finding, Way};
use crate::account::Endpoint;
use crate::check::reach;
use crate::cloud::MailProtocol;
use crate::tls::Trust;

/// Servers tried for one address.
const MAX_TRIED: usize = 16;
/// All of them together; somebody is waiting.
const TOGETHER: Duration = Duration::from_secs(10);

/// One server with what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The protocol.
    pub protocol: MailProtocol,
    /// The server.
    pub endpoint: Endpoint,
    /// How it was found first.
    pub way: Way,
    /// The provider it was found with.
    pub provider: Option<String>,
    /// What it answered.
    pub answer: Answer,
}

/// What a server answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It speaks the protocol over TLS that is in order.
    Ready {
        /// Milliseconds.
        ms: u64,
        /// Whether it offers to sign in. An SMTP server that does not may want mail to be fetched
        /// first (POP before SMTP).
        offers_sign_in: bool,
    },
    /// It did not answer, or not as it should.
    Silent,
    /// Nobody was to be asked.
    NotAsked,
}

/// Tries each server of the findings once. Performs I/O; ends within ten seconds or when cancelled.
pub(super) async fn all(
    findings: &[Finding],
    trust: &Trust,
    cancel: &CancellationToken,
) -> Vec<Tried> {
    let mut listed = listed(findings);
    let tried = listed.iter().map(async |tried| {
        let reached = reach(tried.protocol, &tried.endpoint, trust, cancel);
        let reached = tokio::time::timeout(TOGETHER, reached).await;
        reached.ok().flatten()
    });
    let answers = join_all(tried).await;
    for (tried, answer) in listed.iter_mut().zip(answers) {
        tried.answer = answer.map_or(Answer::Silent, |reached| Answer::Ready {
            ms: reached.ms,
            offers_sign_in: reached.offers_sign_in,
        });
    }
    listed
}

/// The servers of the findings, each once, in the order of trust.
pub(super) fn listed(findings: &[Finding]) -> Vec<Tried> {
    let mut seen = BTreeMap::new();
    let mut listed: Vec<Tried> = Vec::new();
    for finding in findings {
        for (protocol, endpoint) in &finding.servers {
            let key = (
                *protocol,
                endpoint.host.clone(),
                endpoint.port,
                endpoint.tls.code(),
            );
            if listed.len() < MAX_TRIED && seen.insert(key, ()).is_none() {
                listed.push(Tried {
                    protocol: *protocol,
                    endpoint: endpoint.clone(),
                    way: finding.way,
                    provider: finding.provider.clone(),
                    answer: Answer::NotAsked,
                });
            }
        }
    }
    listed
}
