//! What a server keeps silent about is asked once for many accounts: who comes a few seconds after
//! another account waited for it in vain is told so at once, with what the other saw. Only what
//! says nothing about the account itself is shared, and only within one run of the check.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::connect::millis;
use super::machine::Fault;
use super::plan::Target;
use super::session::Ended;
use super::track::Track;
use crate::account::Endpoint;
use crate::cloud::MailProtocol;
use crate::diagnosis::{FailureKind, Seen};
use crate::view::StepName;

/// How long it is told on. Those who wait for a place are all through by then; who comes later
/// asks for itself again.
const TOLD_FOR: Duration = Duration::from_secs(5);
/// What was found out faster than this is asked for every account: it costs nobody time.
const WORTH: Duration = Duration::from_millis(500);

/// The servers that did not answer.
#[derive(Debug, Default)]
pub(super) struct Unanswered(Mutex<HashMap<Server, Known>>);

type Server = (MailProtocol, Endpoint);

#[derive(Debug, Clone)]
struct Known {
    at: Instant,
    step: StepName,
    fault: Fault,
    seen: Seen,
}

impl Unanswered {
    /// What another account found out a moment ago, as this one's own end; its steps are told.
    pub(super) fn told(&self, target: &Target, track: &mut Track<'_>) -> Option<Ended> {
        let known = lock(&self.0).get(&server(target))?.clone();
        if known.at.elapsed() > TOLD_FOR {
            return None;
        }
        for step in target.steps() {
            track.begin(step);
            if step == known.step {
                break;
            }
        }
        track.end(false);
        let mut seen = known.seen;
        seen.asked_before = Some(millis(known.at));
        Some(Ended {
            seen,
            messages: None,
            fault: Some(known.fault),
            farewell: None,
        })
    }

    /// Remembers how an account's session ended that took so long from `since`, if it says
    /// something of the server alone.
    pub(super) fn learn(&self, target: &Target, track: &Track<'_>, since: Instant, ended: &Ended) {
        let (Some(fault), Some(step)) = (&ended.fault, track.last()) else {
            return;
        };
        let of_the_server = match step {
            StepName::Resolve | StepName::Connect | StepName::Tls | StepName::Greeting => true,
            StepName::Capability | StepName::Auth | StepName::Mailbox => false,
        };
        let silent = matches!(
            fault.kind,
            FailureKind::TimedOut
                | FailureKind::NotConnected
                | FailureKind::NameNotResolved
                | FailureKind::TlsOnPlain
        );
        if of_the_server && silent && since.elapsed() >= WORTH {
            let known = Known {
                at: Instant::now(),
                step,
                fault: fault.clone(),
                seen: ended.seen.clone(),
            };
            lock(&self.0).insert(server(target), known);
        }
    }
}

fn server(target: &Target) -> Server {
    (target.protocol, target.endpoint.clone())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
