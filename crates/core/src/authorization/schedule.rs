//! When which authorization is renewed by itself: every one that is old enough, the oldest first,
//! a few at a time, each on a moment of its own; after a failure later and later. No clock, no
//! network and no store is here: the façade asks, and tells how it went.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::account::AccountId;

/// How many renewals begin at one look: the sign-in service sees a steady trickle, also when a
/// thousand accounts are due after a holiday.
const AT_ONCE: usize = 4;
/// After the first failure; doubled by each that follows.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// The longest wait after a failure. An authorization lives 90 days, so hours lose nothing.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// A renewal this far in the future may be another process's.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
/// Doublings after which a wait is the longest.
const DOUBLINGS: u32 = 9;

/// An authorization as the schedule sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Whose.
    pub account: AccountId,
    /// When it was last renewed.
    pub renewed_at: Timestamp,
}

/// What failed lately, and until when each waits.
#[derive(Debug, Default)]
pub struct Schedule {
    waiting: BTreeMap<AccountId, Waiting>,
}

#[derive(Debug, Clone, Copy)]
struct Waiting {
    failures: u32,
    since: Timestamp,
    until: Timestamp,
}

impl Schedule {
    /// The authorizations whose turn it is: `every` old and a little more, so that those renewed
    /// together do not stay together; not one that waits after a failure. One that was renewed in
    /// the future was renewed by a wrong clock: when it really was, nobody knows.
    #[must_use]
    pub fn due(&self, held: &[Held], every: SignedDuration, now: Timestamp) -> Vec<AccountId> {
        let latest = now.checked_add(CLOCKS_DIFFER).unwrap_or(Timestamp::MAX);
        let mut due: Vec<&Held> = held
            .iter()
            .filter(|held| now >= turn(held, every) || held.renewed_at > latest)
            .filter(|held| {
                // A clock that was set back must not make a wait longer than it can be.
                self.waiting
                    .get(&held.account)
                    .is_none_or(|waiting| now >= waiting.until || now < waiting.since)
            })
            .collect();
        due.sort_by_key(|held| (held.renewed_at, held.account));
        due.into_iter()
            .take(AT_ONCE)
            .map(|held| held.account)
            .collect()
    }

    /// A renewal succeeded, or there is nothing left to renew.
    pub fn succeeded(&mut self, account: AccountId) {
        self.waiting.remove(&account);
    }

    /// A renewal failed for now; it is tried again later, not before `retry_after` if the service
    /// named a time.
    pub fn failed(
        &mut self,
        account: AccountId,
        now: Timestamp,
        retry_after: Option<SignedDuration>,
    ) {
        let failures = self
            .waiting
            .get(&account)
            .map_or(0, |waiting| waiting.failures);
        let doubled = FIRST_WAIT.checked_mul(1 << failures.min(DOUBLINGS));
        let wait = doubled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        // Up to a quarter more, for each account and failure another.
        let jitter = share(account, i64::from(failures), wait.as_secs() / 4);
        let wait = wait.saturating_add(SignedDuration::from_secs(jitter));
        let named = retry_after.unwrap_or_default().min(LONGEST_WAIT);
        let until = now.checked_add(wait.max(named)).unwrap_or(Timestamp::MAX);
        let waiting = Waiting {
            failures: failures.saturating_add(1),
            since: now,
            until,
        };
        self.waiting.insert(account, waiting);
    }

    /// The computer woke up, the network is back or the clock was set: whoever waits may try at
    /// once. How often each failed is kept, so that a network that comes and goes does not hammer.
    pub fn wake(&mut self) {
        for waiting in self.waiting.values_mut() {
            waiting.until = waiting.since;
        }
    }
}

/// When an authorization is renewed by itself: `every` after the last time, and up to a tenth of
/// it more.
#[must_use]
pub fn turn(held: &Held, every: SignedDuration) -> Timestamp {
    let spread = share(
        held.account,
        held.renewed_at.as_second(),
        every.as_secs() / 10,
    );
    let age = every.saturating_add(SignedDuration::from_secs(spread));
    held.renewed_at.checked_add(age).unwrap_or(Timestamp::MAX)
}

/// A number below `most` (0 if there is none) that is the same for the same account and occasion,
/// and spread evenly over different ones. Fibonacci hashing: Knuth, TAOCP 3, 6.4.
fn share(AccountId(account): AccountId, occasion: i64, most: i64) -> i64 {
    let mixed = account
        .wrapping_mul(-7_046_029_254_386_353_131)
        .wrapping_add(occasion);
    let mixed = mixed.wrapping_mul(-7_046_029_254_386_353_131);
    (mixed >> 20).rem_euclid(most.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
    const DAY: i64 = 86_400;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn held(account: i64, renewed: i64) -> Held {
        Held {
            account: AccountId(account),
            renewed_at: at(renewed),
        }
    }

    #[test]
    fn the_oldest_come_first_and_few_at_once() {
        let all: Vec<_> = (0..10).map(|number| held(number, -number * DAY)).collect();
        let schedule = Schedule::default();
        assert_eq!(schedule.due(&all, WEEK, at(0)), [9, 8].map(AccountId));
        let due = schedule.due(&all, WEEK, at(60 * DAY));
        assert_eq!(due, [9, 8, 7, 6].map(AccountId));
    }

    #[test]
    fn a_renewal_by_a_clock_that_ran_ahead_is_not_believed() {
        let schedule = Schedule::default();
        let ahead = [held(1, 85 * DAY), held(2, 60)];
        assert_eq!(schedule.due(&ahead, WEEK, at(0)), [AccountId(1)]);
    }

    #[test]
    fn those_renewed_together_do_not_stay_together() {
        let turns: std::collections::BTreeSet<_> = (0..1_000)
            .map(|number| turn(&held(number, 0), WEEK))
            .collect();
        assert!(turns.len() > 950, "{} moments", turns.len());
        let (first, last) = (turns.first().unwrap(), turns.last().unwrap());
        assert!(*first >= at(7 * DAY) && *last < at(7 * DAY + 7 * DAY / 10));
        let hours = last.duration_since(*first).as_hours();
        assert!(hours >= 15, "spread over {hours} hours");
    }

    #[test]
    fn failures_wait_longer_and_longer_but_never_long() {
        let (mut schedule, one) = (Schedule::default(), [held(1, -30 * DAY)]);
        let mut now = at(0);
        let mut waits = Vec::new();
        for _ in 0..14 {
            assert_eq!(schedule.due(&one, WEEK, now), [AccountId(1)]);
            schedule.failed(AccountId(1), now, None);
            let began = now;
            while schedule.due(&one, WEEK, now).is_empty() {
                now += SignedDuration::from_secs(10);
            }
            waits.push(now.duration_since(began).as_secs());
        }
        assert!(waits[0] >= 60 && waits[0] <= 90, "{waits:?}");
        assert!(
            waits.windows(2).take(8).all(|two| two[1] > two[0]),
            "{waits:?}"
        );
        assert!(
            waits.iter().all(|wait| *wait <= 6 * 3_600 * 5 / 4 + 10),
            "{waits:?}"
        );
        schedule.succeeded(AccountId(1));
        assert_eq!(schedule.due(&one, WEEK, now), [AccountId(1)]);
    }

    #[test]
    fn a_time_that_the_service_named_is_kept() {
        let (mut schedule, one) = (Schedule::default(), [held(1, -30 * DAY)]);
        schedule.failed(AccountId(1), at(0), Some(SignedDuration::from_mins(20)));
        assert!(schedule.due(&one, WEEK, at(19 * 60)).is_empty());
        assert_eq!(schedule.due(&one, WEEK, at(20 * 60)), [AccountId(1)]);
        schedule.failed(AccountId(1), at(0), Some(SignedDuration::from_hours(1_000)));
        assert_eq!(
            schedule.due(&one, WEEK, at(7 * 3_600)),
            [AccountId(1)],
            "within reason"
        );
    }

    #[test]
    fn waking_up_ends_every_wait_and_so_does_a_clock_set_back() {
        let (mut schedule, one) = (Schedule::default(), [held(1, -30 * DAY)]);
        for _ in 0..5 {
            schedule.failed(AccountId(1), at(0), None);
        }
        assert!(schedule.due(&one, WEEK, at(30)).is_empty());
        assert_eq!(schedule.due(&one, WEEK, at(-DAY)), [AccountId(1)]);
        schedule.wake();
        assert_eq!(schedule.due(&one, WEEK, at(30)), [AccountId(1)]);
    }
}
