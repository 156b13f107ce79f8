//! The check of one account: who runs beside whom, what is tried again, and what one protocol's
//! outcome tells about another's. Many accounts are many of these at once, which share the places
//! at the servers.

use futures_util::future::join_all;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connect::{SystemResolver, millis};
use super::deadlines::Deadlines;
use super::machine::Fault;
use super::outcome::{CheckOutcome, Failure, ProtocolOutcome};
use super::patience;
use super::places::{Place, Places};
use super::plan::{Plan, SignInWith, Target};
use super::probe::{self, Around, Shared};
use super::session::{self, Ended, World};
use super::track::Track;
use super::unanswered::Unanswered;
use super::whose;
use crate::cloud::MailProtocol;
use crate::diagnosis::{
    AccountKind, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose, worth_asking,
};
use crate::tls::Trust;
use crate::view::{CheckEvent, StepName, StepOutcome};

/// How often a server that asks for patience is asked in all.
const TRIES: u32 = 3;

/// Takes a check's progress, in order.
pub type Progress<'a> = &'a (dyn Fn(CheckEvent) + Send + Sync);

/// What the checks of several accounts share.
#[derive(Debug)]
pub struct Checker<'a> {
    trust: &'a Trust,
    around: &'a Around,
    servers: Servers,
}

impl<'a> Checker<'a> {
    /// Checks that trust `trust`, may ask what is `around`, and keep to the `places` at the servers.
    #[must_use]
    pub fn new(trust: &'a Trust, around: &'a Around, places: &Places) -> Self {
        let servers = Servers {
            places: places.clone(),
            ..Servers::default()
        };
        Self {
            trust,
            around,
            servers,
        }
    }

    /// Checks one account: all its protocols at once. Performs I/O; from the moment it has its
    /// places it ends within the sum of the steps' deadlines and of the wait that a busy server
    /// asks for, or at once when cancelled.
    ///
    /// Each protocol's `Ended` event comes as soon as it ended. It comes a second time, at the end,
    /// for a protocol whose explanation changed with what the same token did on the others.
    pub async fn run(
        &self,
        plan: &Plan,
        progress: Progress<'_>,
        cancel: &CancellationToken,
    ) -> CheckOutcome {
        let world = World {
            trust: self.trust,
            resolver: &SystemResolver,
            deadlines: Deadlines::default(),
            cancel,
            around: self.around,
        };
        run_in(plan, world, progress, &self.servers).await
    }
}

/// The places at each server, and what one account found out for all.
#[derive(Debug, Default)]
pub(super) struct Servers {
    places: Places,
    unanswered: Unanswered,
    found: Shared,
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
    // The place is kept while the server is asked what parts the causes.
    let (mut outcome, _place) = patiently(plan, target, world, progress, servers).await;
    if let Some(failure) = outcome.failure.as_mut().filter(|_| target.needed) {
        let mut kinds = worth_asking(&failure.evidence);
        whose::allowed(&mut kinds, plan.account, world);
        if !kinds.is_empty() && !world.cancel.is_cancelled() {
            progress(CheckEvent::Probing {
                account_id: plan.account.0,
                protocol: target.protocol.into(),
            });
            let (mut found, (owners, kind)) = tokio::join!(
                probe::ask(&kinds, target, world, &servers.found),
                whose::ask(&kinds, plan.account, world)
            );
            found.extend(owners);
            failure.evidence.seen.probes = found;
            if kind != AccountKind::Unknown {
                failure.evidence.account_kind = kind;
            }
            outcome.seen = failure.evidence.seen.clone();
        }
    }
    progress(CheckEvent::Ended {
        account_id: plan.account.0,
        report: outcome.report(),
    });
    outcome
}

/// Tries, and tries again after a while where the server says that it is busy.
async fn patiently(
    plan: &Plan,
    target: &Target,
    world: World<'_>,
    progress: Progress<'_>,
    servers: &Servers,
) -> (ProtocolOutcome, Option<Place>) {
    let mut put_off = Vec::new();
    let mut until = None;
    let mut wait = world.deadlines.again;
    loop {
        let mut track = Track::start(plan.account, target, progress);
        // Without a place the check was cancelled, which the session finds at its first wait.
        let place = servers
            .places
            .enter(target, &plan.sign_in, world.cancel)
            .await;
        let until = *until.get_or_insert_with(|| Instant::now() + world.deadlines.patience);
        let mut ended = match servers.unanswered.told(target, &mut track) {
            Some(told) => told,
            None => {
                let since = Instant::now();
                let ended = session::check(target, &plan.sign_in, world, &mut track).await;
                servers.unanswered.learn(target, &track, since, &ended);
                ended
            }
        };
        let farewell = ended.farewell.take();
        ended.seen.put_off.clone_from(&put_off);
        ended.seen.token = plan.sign_in.token_facts().filter(|_| target.signs_in);
        let mut outcome = outcome(plan, target, ended, track);
        let Some(failure) = &mut outcome.failure else {
            if let Some(place) = place {
                place.went_well();
                tokio::spawn(async move {
                    // The next one must not meet a session that is still there.
                    if let Some(farewell) = farewell {
                        farewell.await.ok();
                    }
                    drop(place);
                });
            }
            return (outcome, None);
        };
        let Some(patience) = patience::asked(&failure.evidence) else {
            return (outcome, place);
        };
        let pause = patience.told.unwrap_or(wait).max(wait);
        if let Some(place) = place {
            place.asked_for_patience(pause.min(wait));
        }
        put_off.push(failure.raw().to_owned());
        let tries = u32::try_from(put_off.len()).unwrap_or(u32::MAX);
        if tries >= TRIES || Instant::now() + pause > until {
            return (outcome, None);
        }
        progress(CheckEvent::Waiting {
            account_id: plan.account.0,
            protocol: target.protocol.into(),
            seconds: pause.as_secs().max(1),
        });
        tokio::select! {
            biased;
            () = world.cancel.cancelled() => return (outcome, None),
            () = tokio::time::sleep(pause) => {}
        }
        wait *= 2;
    }
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

pub(super) fn evidence(plan: &Plan, target: &Target, fault: Fault, seen: Seen) -> Evidence {
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
                shared_mailbox: known.shared,
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
        account_kind: plan.account_kind(),
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
    let taken = |outcome: &ProtocolOutcome| Some((outcome.target.protocol, accepted(outcome)?));
    let taken: Vec<_> = protocols.iter().filter_map(taken).collect();
    let faulty = |outcome: &ProtocolOutcome| {
        let evidence = &outcome.failure.as_ref()?.evidence;
        let passing = evidence.stage == Stage::Auth && patience::asked(evidence).is_some();
        passing.then_some(outcome.target.protocol)
    };
    let faulty: Vec<_> = protocols.iter().filter_map(faulty).collect();
    for outcome in protocols {
        let own = outcome.target.protocol;
        let others = taken
            .iter()
            .copied()
            .filter(|(protocol, _)| *protocol != own);
        let others: Vec<_> = others.collect();
        outcome.seen.elsewhere.clone_from(&others);
        let Some(failure) = &mut outcome.failure else {
            continue;
        };
        failure.evidence.seen.elsewhere.clone_from(&others);
        let faulty = faulty.iter().any(|protocol| *protocol != own);
        let heard = faulty || !others.is_empty();
        if !heard || !matches!(failure.evidence.stage, Stage::Auth | Stage::Mailbox) {
            continue;
        }
        let before = diagnose(&failure.evidence);
        if !others.is_empty() {
            let somewhere = others.iter().any(|(_, accepted)| *accepted);
            failure.evidence.known.accepted_elsewhere = Some(somewhere);
        }
        failure.evidence.known.faulty_elsewhere = faulty;
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
