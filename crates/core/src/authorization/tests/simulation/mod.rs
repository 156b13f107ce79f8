//! Ten years of a thousand accounts: forty shops whose computers are switched off, sleep, restart and
//! have wrong clocks, on networks that fail, with a sign-in service that throttles, breaks down and
//! whose answers get lost. Time, network and service are modelled; what is decided is the product's.

mod judged;
mod shop;
mod world;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use self::shop::Shop;
use self::world::{Rule, Tokens};
use super::super::RetryAfter;
use super::super::token::Reply;
use super::*;
use crate::problem::Problem;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
const YEARS: i64 = 10 * 365 * DAY;
const EPOCH: i64 = 1_800_000_000;
/// The longest wait of a back-off, with its jitter.
const BACK_OFF: i64 = 6 * HOUR * 5 / 4;
/// A wait that the service names in this world.
const NAMED: i64 = 2 * HOUR;

/// One account, as the shop's computer keeps it, and what really happened to it.
struct Kept {
    grant: GrantState,
    failing: Option<Failing>,
    warned: Option<Warned>,
    token: usize,
    tokens: Tokens,
    /// When its owner consents again.
    consents_at: Option<i64>,
    /// An answer was lost since the last one that arrived.
    lost_answer: bool,
    /// Until when the service wanted to be left alone.
    named_until: i64,
    today: (i64, u32),
}

#[derive(Debug, Default)]
struct Counts {
    requests: u64,
    renewals: u64,
    lost_answers: u64,
    unavoidable_lapses: u64,
    revoked: u64,
    warnings: u64,
    most_a_day: u32,
}

fn clock(seconds: i64) -> Timestamp {
    Timestamp::from_second(EPOCH + seconds).unwrap()
}

fn granted(renewed_at: Timestamp) -> GrantState {
    GrantState {
        renewed_at,
        scopes: Vec::new(),
        signed_in_as: String::new(),
        refused: None,
    }
}

fn reply(status: u16, wait: Option<i64>, body: &str) -> Reply {
    Reply {
        status,
        retry_after: wait.map(|wait| RetryAfter::In(SignedDuration::from_secs(wait))),
        body: body.as_bytes().to_vec(),
        clock_ahead: None,
    }
}

fn unreachable_service() -> Problem {
    Problem::SignInUnreachable {
        host: String::new(),
        detail: String::new(),
    }
}

/// Lets shops live, on every processor.
fn simulate(shops: u64, accounts: i64, rule: Rule) -> Counts {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let numbers: Vec<u64> = (0..shops).collect();
    let lived: Vec<Counts> = std::thread::scope(|scope| {
        let chunks = numbers.chunks(numbers.len().div_ceil(workers));
        let threads: Vec<_> = chunks
            .map(|chunk| {
                scope.spawn(move || {
                    let live = |number: &u64| Shop::new(*number, accounts, rule).run();
                    chunk.iter().map(live).collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    lived
        .into_iter()
        .fold(Counts::default(), |sum, one| Counts {
            requests: sum.requests + one.requests,
            renewals: sum.renewals + one.renewals,
            lost_answers: sum.lost_answers + one.lost_answers,
            unavoidable_lapses: sum.unavoidable_lapses + one.unavoidable_lapses,
            revoked: sum.revoked + one.revoked,
            warnings: sum.warnings + one.warnings,
            most_a_day: sum.most_a_day.max(one.most_a_day),
        })
}

#[test]
fn ten_years_of_a_thousand_accounts() {
    let counts = simulate(40, 25, Rule::OldStaysGood);
    println!("{counts:?}");
    assert_eq!(counts.revoked, 0, "no token is lost");
    // Each has its weeks, and its lapses only where the computer was off for three months.
    assert!(counts.renewals > 200_000, "{counts:?}");
    assert!(counts.lost_answers > 500, "{counts:?}");
    assert!(
        counts.unavoidable_lapses > 0 && counts.warnings > 0,
        "{counts:?}"
    );
    let per_renewal = counts.requests * 100 / counts.renewals;
    assert!(per_renewal < 120, "{per_renewal} requests for 100 renewals");
    assert!(counts.most_a_day <= 40, "{counts:?}");
}

#[test]
fn a_strict_service_revokes_only_where_its_own_answer_was_lost() {
    let counts = simulate(8, 25, Rule::Strict);
    println!("{counts:?}");
    assert!(
        counts.revoked > 0 && counts.revoked <= counts.lost_answers,
        "{counts:?}"
    );
}
