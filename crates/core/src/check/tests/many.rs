//! Many accounts at once against servers that count, and that ask for patience.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

use super::super::connect::SystemResolver;
use super::super::deadlines::Deadlines;
use super::super::outcome::CheckOutcome;
use super::super::probe::Around;
#[cfg(target_os = "linux")]
use super::super::probe::Neighbour;
use super::super::run::{Servers, run_in};
use super::super::session::World;
use super::server::*;
use super::*;
use crate::tls::Trust;
use crate::view::{CheckEvent, CheckResult};
#[cfg(target_os = "linux")]
use crate::view::{StepName, StepOutcome};

const ACCOUNTS: usize = 200;
/// What a server's answers take.
const ANSWER: Duration = Duration::from_millis(5);

/// Counts who is there.
#[derive(Debug, Default)]
struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
    all: AtomicUsize,
}

struct Visit<'a>(&'a Crowd, usize);

impl Crowd {
    fn enter(&self) -> Visit<'_> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        self.all.fetch_add(1, Ordering::SeqCst);
        Visit(self, now)
    }

    fn counted(&self) -> (usize, usize) {
        let counter = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
        (counter(&self.most), counter(&self.all))
    }
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A plain POP3 or SMTP server: `busy` says, by the number of visitors now and so far, who is told
/// to come again later.
async fn crowded(
    protocol: MailProtocol,
    crowd: &Arc<Crowd>,
    busy: fn(usize, usize) -> Option<&'static str>,
) -> Target {
    let crowd = Arc::clone(crowd);
    let port = serve(move |stream| {
        let crowd = Arc::clone(&crowd);
        async move {
            let visit = crowd.enter();
            let mut wire: Wire = Box::new(stream);
            tokio::time::sleep(ANSWER).await;
            if let Some(refusal) = busy(visit.1, crowd.counted().1) {
                return say(&mut wire, refusal, 64).await;
            }
            let script: &[&str] = match protocol {
                MailProtocol::Pop3 | MailProtocol::Imap => &[
                    "+OK\r\n",
                    "-ERR\r\n",
                    "+OK\r\n",
                    "+OK in\r\n",
                    "+OK 1 1\r\n",
                ],
                MailProtocol::Smtp => &["220 hi\r\n", "250-hi\r\n250 AUTH PLAIN\r\n", "235 in\r\n"],
            };
            for (at, reply) in script.iter().enumerate() {
                if at > 0 {
                    line(&mut wire).await?;
                    tokio::time::sleep(ANSWER).await;
                }
                say(&mut wire, reply, 64).await?;
            }
            line(&mut wire).await.map(drop)
        }
    })
    .await;
    target(protocol, "localhost", port, TlsMode::None)
}

fn plans(targets: &[Target]) -> Vec<Plan> {
    let plan = |number| {
        let password = by_password("hunter2").secret().clone();
        let user = format!("shop{number}");
        Plan {
            account: AccountId(number),
            ..plan(targets.to_vec(), SignInWith::Password { user, password })
        }
    };
    (0..i64::try_from(ACCOUNTS).unwrap()).map(plan).collect()
}

async fn check_all(
    plans: &[Plan],
    progress: &(dyn Fn(CheckEvent) + Send + Sync),
    cancel: &CancellationToken,
) -> Vec<CheckOutcome> {
    let trust = Trust::platform();
    let world = World {
        trust: &trust,
        resolver: &SystemResolver,
        deadlines: Deadlines {
            again: Duration::from_millis(200),
            ..Deadlines::default()
        },
        cancel,
        around: &Around::default(),
    };
    let servers = Servers::default();
    join_all(
        plans
            .iter()
            .map(|plan| run_in(plan, world, progress, &servers)),
    )
    .await
}

fn are_green(outcomes: &[CheckOutcome]) {
    for protocol in outcomes.iter().flat_map(|outcome| &outcome.protocols) {
        assert_eq!(protocol.result(), CheckResult::Ok, "{protocol:?}");
    }
}

#[tokio::test]
async fn two_hundred_accounts_share_the_places_at_their_servers() {
    let crowd = Arc::<Crowd>::default();
    let targets = [
        crowded(MailProtocol::Pop3, &crowd, |_, _| None).await,
        crowded(MailProtocol::Smtp, &crowd, |_, _| None).await,
    ];
    let plans = plans(&targets);
    let ended = AtomicUsize::new(0);
    let progress = |event| {
        if let CheckEvent::Ended { .. } = event {
            ended.fetch_add(1, Ordering::SeqCst);
        }
    };
    let begun = Instant::now();
    let outcomes = check_all(&plans, &progress, &CancellationToken::new()).await;
    are_green(&outcomes);
    let accounts: Vec<i64> = outcomes.iter().map(|outcome| outcome.account.0).collect();
    assert_eq!(accounts, (0..200).collect::<Vec<_>>());
    assert_eq!(ended.load(Ordering::SeqCst), 2 * ACCOUNTS);
    let (most, all) = crowd.counted();
    // A server may see the next come before it has counted that the last is gone.
    assert!((2..=12).contains(&most), "{most}");
    assert_eq!(all, 2 * ACCOUNTS);
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_server_that_lets_few_in_ends_with_all_of_them_green() {
    let crowd = Arc::<Crowd>::default();
    let busy = |now, _| {
        (now > 4).then_some("421 4.7.0 localhost Error: too many connections from 127.0.0.1\r\n")
    };
    let plans = plans(&[crowded(MailProtocol::Smtp, &crowd, busy).await]);
    let waits = AtomicUsize::new(0);
    let progress = |event| {
        if let CheckEvent::Waiting { .. } = event {
            waits.fetch_add(1, Ordering::SeqCst);
        }
    };
    let outcomes = check_all(&plans, &progress, &CancellationToken::new()).await;
    are_green(&outcomes);
    let waits = waits.load(Ordering::SeqCst);
    // The first rush meets the limit; what comes after it has learnt.
    assert!((1..=60).contains(&waits), "{waits}");
    assert_eq!(crowd.counted().1, ACCOUNTS + waits);
    let told = outcomes.iter().flat_map(|o| &o.protocols[0].seen.put_off);
    assert_eq!(told.count(), waits);
}

#[tokio::test]
async fn a_server_that_puts_everybody_off_at_first_and_one_that_always_does() {
    let crowd = Arc::<Crowd>::default();
    let busy = |_, all| (all <= 8).then_some("-ERR [SYS/TEMP] come again later\r\n");
    let plans_ = plans(&[crowded(MailProtocol::Pop3, &crowd, busy).await]);
    are_green(&check_all(&plans_, &|_| {}, &CancellationToken::new()).await);

    let crowd = Arc::<Crowd>::default();
    let always = |_, _| Some("-ERR [IN-USE] another session\r\n");
    let mut plans = plans(&[crowded(MailProtocol::Pop3, &crowd, always).await]);
    plans.truncate(1);
    let outcomes = check_all(&plans, &|_| {}, &CancellationToken::new()).await;
    let outcome = &outcomes[0].protocols[0];
    assert_eq!(outcome.seen.put_off.len(), 2);
    assert_eq!(
        outcome.failure.as_ref().unwrap().raw(),
        "-ERR [IN-USE] another session"
    );
    assert_eq!(crowd.counted().1, 3);

    // Told to stay away for longer than anybody would wait, it does not ask again at all.
    let crowd = Arc::<Crowd>::default();
    let long = |_, _| Some("-ERR Exceeded the login limit for a 15 minute period.\r\n");
    let mut plans = self::plans(&[crowded(MailProtocol::Pop3, &crowd, long).await]);
    plans.truncate(1);
    check_all(&plans, &|_| {}, &CancellationToken::new()).await;
    assert_eq!(crowd.counted().1, 1);
}

#[tokio::test]
async fn cancelling_holds_for_those_who_wait_too() {
    let crowd = Arc::<Crowd>::default();
    let always = |_, _| Some("-ERR [IN-USE] another session\r\n");
    let plans = plans(&[crowded(MailProtocol::Pop3, &crowd, always).await]);
    let cancel = CancellationToken::new();
    let events = Mutex::new(Vec::new());
    let progress = |event| {
        if let CheckEvent::Waiting { .. } = event {
            cancel.cancel();
        }
        events.lock().unwrap().push(event);
    };
    let begun = Instant::now();
    let outcomes = check_all(&plans, &progress, &cancel).await;
    assert!(
        begun.elapsed() < Duration::from_secs(3),
        "{:?}",
        begun.elapsed()
    );
    assert!(outcomes.iter().all(|o| o.protocols[0].failure.is_some()));
    assert!(crowd.counted().1 < ACCOUNTS / 2);
}

/// The first ten wait the whole deadline; nobody waits for the same server after them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_server_that_cannot_be_reached_is_waited_for_once() {
    use crate::diagnosis::{FailureKind, diagnose};

    let (dead, _held) = dead_port("127.0.0.1:0".parse().unwrap()).await;
    let port = dead.local_addr().unwrap().port();
    let targets = [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp]
        .map(|protocol| target(protocol, "localhost", port, TlsMode::Implicit));
    let trust = Trust::platform();
    let cancel = CancellationToken::new();
    let deadline = Duration::from_secs(2);
    let neighbours = targets.iter().map(|target| Neighbour {
        protocol: target.protocol,
        port,
        tls: true,
    });
    let world = World {
        trust: &trust,
        resolver: &Fixed(vec!["127.0.0.1"]),
        deadlines: Deadlines {
            connect: deadline,
            ..Deadlines::default()
        },
        cancel: &cancel,
        around: &Around::default().with_neighbours(neighbours.collect()),
    };
    let (plans, servers, begun) = (plans(&targets), Servers::default(), Instant::now());
    let checks = plans
        .iter()
        .map(|plan| run_in(plan, world, &|_| {}, &servers));
    let outcomes = join_all(checks).await;
    let took = begun.elapsed();
    // Without it: sixty times the deadline.
    assert!(took < 3 * deadline, "{took:?}");
    let ended: Vec<_> = outcomes.iter().flat_map(|o| &o.protocols).collect();
    assert_eq!(ended.len(), 3 * ACCOUNTS);
    let asked = ended.iter().filter(|o| o.seen.asked_before.is_none());
    assert!((3..=10).contains(&asked.count()));
    let first = diagnose(&ended[0].failure.as_ref().unwrap().evidence);
    for outcome in ended {
        let seen = &outcome.seen;
        assert_eq!(seen.failure, Some(FailureKind::NotConnected), "{seen:?}");
        assert_eq!(seen.connects.len(), 1, "{seen:?}");
        let diagnosis = diagnose(&outcome.failure.as_ref().unwrap().evidence);
        assert_eq!(diagnosis.candidates(), first.candidates());
        let steps = &outcome.report().steps;
        assert_eq!(steps.len(), outcome.target.steps().len());
        let failed = steps
            .iter()
            .find(|step| step.outcome == StepOutcome::Failed);
        assert_eq!(failed.unwrap().step, StepName::Connect);
    }
    // A later check asks again.
    let again = run_in(&plans[0], world, &|_| {}, &Servers::default()).await;
    assert_eq!(again.protocols[0].seen.asked_before, None);
}

#[tokio::test]
async fn one_mailbox_is_never_opened_twice_at_once() -> io::Result<()> {
    let crowd = Arc::<Crowd>::default();
    let mut plans = plans(&[crowded(MailProtocol::Pop3, &crowd, |_, _| None).await]);
    plans.truncate(5);
    for plan in &mut plans {
        plan.sign_in = by_password("hunter2");
    }
    are_green(&check_all(&plans, &|_| {}, &CancellationToken::new()).await);
    let (most, all) = crowd.counted();
    assert!(most <= 2 && all == 5, "{most} {all}");
    Ok(())
}
