//! The check of one account and of many: who runs beside whom, how many connections one server
//! gets, and what one protocol's outcome tells about another's.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connect::{SystemResolver, millis};
use super::deadlines::Deadlines;
use super::machine::Fault;
use super::outcome::{CheckOutcome, Failure, ProtocolOutcome};
use super::plan::{Plan, SignInWith, Target};
use super::probe::{self, Around, Shared};
use super::session::{self, Ended, World};
use super::track::Track;
use crate::cloud::MailProtocol;
use crate::diagnosis::{Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose, worth_asking};
use crate::tls::Trust;
use crate::view::{CheckEvent, StepName, StepOutcome};

/// Accounts checked side by side.
const ACCOUNTS: usize = 16;
/// Connections to one server at once: Microsoft answers more from one place by throttling.
const PER_SERVER: usize = 4;

/// Takes a check's progress, in order.
pub type Progress<'a> = &'a (dyn Fn(CheckEvent) + Send + Sync);

/// Checks one account: all its protocols at once. Performs I/O; ends within the sum of the steps'
/// deadlines, or at once when cancelled.
///
/// Each protocol's `Ended` event comes as soon as it ended. It comes a second time, at the end,
/// for a protocol whose explanation changed with what the same token did on the others.
pub async fn run(
    plan: &Plan,
    trust: &Trust,
    around: &Around,
    progress: Progress<'_>,
    cancel: &CancellationToken,
) -> CheckOutcome {
    let world = World {
        trust,
        resolver: &SystemResolver,
        deadlines: Deadlines::default(),
        cancel,
        around,
    };
    run_in(plan, world, progress, &Servers::default()).await
}

/// Checks several accounts, a bounded number at a time and with a bounded number of connections
/// per server. Performs I/O. The outcomes come in the plans' order.
pub async fn run_all(
    plans: &[Plan],
    trust: &Trust,
    around: &Around,
    progress: Progress<'_>,
    cancel: &CancellationToken,
) -> Vec<CheckOutcome> {
    let world = World {
        trust,
        resolver: &SystemResolver,
        deadlines: Deadlines::default(),
        cancel,
        around,
    };
    run_all_in(plans, world, progress).await
}

pub(super) async fn run_all_in(
    plans: &[Plan],
    world: World<'_>,
    progress: Progress<'_>,
) -> Vec<CheckOutcome> {
    let servers = Servers::default();
    // Collected first: a closure over a borrowed plan would keep callers from being `Send`.
    let mut runs = Vec::new();
    for plan in plans {
        runs.push(run_in(plan, world, progress, &servers));
    }
    stream::iter(runs).buffered(ACCOUNTS).collect().await
}

/// The places at each server, and what one account's probes found out for all.
#[derive(Debug, Default)]
pub(super) struct Servers {
    places: Mutex<BTreeMap<String, Arc<Semaphore>>>,
    found: Shared,
}

impl Servers {
    fn of(&self, target: &Target) -> Arc<Semaphore> {
        let mut servers = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let places = servers
            .entry(target.endpoint.host.as_str().to_owned())
            .or_insert_with(|| Arc::new(Semaphore::new(PER_SERVER)));
        Arc::clone(places)
    }
}

pub(super) async fn run_in(
    plan: &Plan,
    world: World<'_>,
    progress: Progress<'_>,
    servers: &Servers,
) -> CheckOutcome {
    let started = Instant::now();
    let checks = plan
        .protocols
        .iter()
        .map(|target| one(plan, target, world, progress, servers));
    let mut protocols = join_all(checks).await;
    compare(plan, &mut protocols, progress);
    CheckOutcome {
        account: plan.account,
        ms: millis(started),
        protocols,
    }
}

async fn one(
    plan: &Plan,
    target: &Target,
    world: World<'_>,
    progress: Progress<'_>,
    servers: &Servers,
) -> ProtocolOutcome {
    let mut track = Track::start(plan.account, target, progress);
    let places = servers.of(target);
    let place = tokio::select! {
        biased;
        () = world.cancel.cancelled() => None,
        place = places.acquire() => place.ok(),
    };
    // Without a place the check was cancelled, which the session finds at its first wait.
    let ended = session::check(target, &plan.sign_in, world, &mut track).await;
    let mut outcome = outcome(plan, target, ended, track);
    if let Some(failure) = outcome.failure.as_mut().filter(|_| target.needed) {
        let kinds = worth_asking(&failure.evidence);
        if !kinds.is_empty() && !world.cancel.is_cancelled() {
            progress(CheckEvent::Probing {
                account_id: plan.account.0,
                protocol: target.protocol.into(),
            });
            let found = probe::ask(&kinds, target, world, &servers.found).await;
            failure.evidence.seen.probes = found;
            outcome.seen = failure.evidence.seen.clone();
        }
    }
    drop(place);
    progress(CheckEvent::Ended {
        account_id: plan.account.0,
        report: outcome.report(),
    });
    outcome
}

fn outcome(plan: &Plan, target: &Target, ended: Ended, track: Track<'_>) -> ProtocolOutcome {
    let failure = ended.fault.map(|fault| Failure {
        evidence: Box::new(evidence(plan, target, fault, ended.seen.clone())),
    });
    ProtocolOutcome {
        target: target.clone(),
        steps: track.into_steps(),
        messages: ended.messages,
        seen: ended.seen,
        failure,
    }
}

fn evidence(plan: &Plan, target: &Target, fault: Fault, seen: Seen) -> Evidence {
    let below = matches!(fault.stage, Stage::Dns | Stage::Tcp | Stage::Tls);
    let protocol = match target.protocol {
        MailProtocol::Pop3 => Protocol::Pop3,
        MailProtocol::Imap => Protocol::Imap,
        MailProtocol::Smtp => Protocol::Smtp,
    };
    let (auth, known) = match &plan.sign_in {
        SignInWith::Password { .. } => (SignIn::Password, Known::default()),
        SignInWith::Token { known, .. } => {
            let granted = known.granted.as_ref();
            let known = Known {
                own_request: true,
                token_expires_in: known.expires_in,
                identity_matches: known.identity_matches,
                scope_granted: granted.map(|granted| granted.contains(&target.protocol)),
                ..Known::default()
            };
            (SignIn::Xoauth2, known)
        }
    };
    Evidence {
        stage: fault.stage,
        protocol: if below { Protocol::Network } else { protocol },
        auth: if below { SignIn::None } else { auth },
        account_kind: plan.account_kind,
        raw: fault.raw,
        known,
        seen,
    }
}

/// What the same token did on the other protocols parts a bad token from a protocol that is
/// switched off.
fn compare(plan: &Plan, protocols: &mut [ProtocolOutcome], progress: Progress<'_>) {
    if matches!(plan.sign_in, SignInWith::Password { .. }) {
        return;
    }
    let accepted: Vec<Option<bool>> = protocols.iter().map(accepted).collect();
    for (at, outcome) in protocols.iter_mut().enumerate() {
        let Some(failure) = &mut outcome.failure else {
            continue;
        };
        if !matches!(failure.evidence.stage, Stage::Auth | Stage::Mailbox) {
            continue;
        }
        let others = accepted
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at);
        let others: Vec<bool> = others.filter_map(|(_, accepted)| *accepted).collect();
        if others.is_empty() {
            continue;
        }
        let before = diagnose(&failure.evidence);
        failure.evidence.known.accepted_elsewhere = Some(others.contains(&true));
        if diagnose(&failure.evidence) != before {
            progress(CheckEvent::Ended {
                account_id: plan.account.0,
                report: outcome.report(),
            });
        }
    }
}

/// Whether the server took the sign-in; `None` where it was not asked or did not answer.
fn accepted(outcome: &ProtocolOutcome) -> Option<bool> {
    let signed_in = outcome
        .steps
        .iter()
        .any(|step| step.step == StepName::Auth && step.outcome == StepOutcome::Ok);
    let refused = outcome.failure.as_ref().is_some_and(|failure| {
        let seen = &failure.evidence.seen;
        failure.evidence.stage == Stage::Auth
            && seen.failure == Some(crate::diagnosis::FailureKind::Refused)
    });
    match (signed_in, refused) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}
