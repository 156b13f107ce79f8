//! When which authorization is renewed by itself: every one that is old enough, the oldest first,
//! a few at a time, each on a moment of its own; after a failure later and later. No clock, no
//! network and no store is here: the façade asks, and keeps what [`Failing`] says.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{Hindrance, LIFETIME};
use crate::account::AccountId;
use crate::store::Failing;

/// How many renewals begin at one look: the sign-in service sees a steady trickle, also when a
/// thousand accounts are due after a holiday.
pub(super) const AT_ONCE: usize = 4;
/// After the first failure; doubled by each that follows.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// The longest wait after a failure. An authorization lives 90 days, so hours lose nothing.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// The longest wait that the service is believed to want.
const LONGEST_NAMED: SignedDuration = SignedDuration::from_hours(24);
/// A renewal this far in the future may be another process's.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
/// Doublings after which a wait is the longest.
const DOUBLINGS: u32 = 9;

/// An authorization as the schedule sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held<'a> {
    /// Whose.
    pub account: AccountId,
    /// When it was last renewed.
    pub renewed_at: Timestamp,
    /// How its renewal fails, if it does.
    pub failing: Option<&'a Failing>,
}

/// Who may be tried before its wait is over. Everything else is in what is [`Held`], so that it
/// outlives the program.
#[derive(Debug, Default)]
pub struct Schedule {
    wake: bool,
    awake: BTreeSet<AccountId>,
}

impl Schedule {
    /// The authorizations whose turn it is: `every` old and a little more, so that those renewed
    /// together do not stay together; not one that waits after a failure. One that was renewed in
    /// the future was renewed by a wrong clock: when it really was, nobody knows.
    pub fn due(
        &mut self,
        held: &[Held<'_>],
        every: SignedDuration,
        now: Timestamp,
    ) -> Vec<AccountId> {
        if std::mem::take(&mut self.wake) {
            let failing = held.iter().filter(|held| held.failing.is_some());
            self.awake.extend(failing.map(|held| held.account));
        }
        let latest = now.checked_add(CLOCKS_DIFFER).unwrap_or(Timestamp::MAX);
        let mut due: Vec<&Held<'_>> = held
            .iter()
            .filter(|held| {
                now >= turn(held.account, held.renewed_at, every) || held.renewed_at > latest
            })
            .filter(|held| {
                held.failing
                    .is_none_or(|failing| self.may(held.account, failing, now))
            })
            .collect();
        due.sort_by_key(|held| (held.renewed_at, held.account));
        let due: Vec<_> = due
            .into_iter()
            .take(AT_ONCE)
            .map(|held| held.account)
            .collect();
        for account in &due {
            self.awake.remove(account);
        }
        due
    }

    /// The computer woke up, the network is back or the clock was set: whoever waits may try at
    /// once, except before a moment that the service named. How often each failed is kept, so that
    /// a network that comes and goes does not hammer.
    pub const fn wake(&mut self) {
        self.wake = true;
    }

    fn may(&self, account: AccountId, failing: &Failing, now: Timestamp) -> bool {
        // A clock that was set back must not make a wait longer than it can be.
        let set_back = now < failing.tried_at;
        let named = failing.not_before.is_some_and(|moment| now < moment);
        set_back || now >= failing.next_try || (self.awake.contains(&account) && !named)
    }
}

impl Failing {
    /// What is kept after a renewal failed at `now`; `before` is what was kept, of whichever
    /// authorization. The next try comes later and later, but the nearer the authorization's end
    /// the sooner, and not before a moment that the service named, within reason.
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        (account, renewed_at): (AccountId, Timestamp),
        now: Timestamp,
        hindrance: &Hindrance,
    ) -> Self {
        let before = before.filter(|before| before.renewed_at == renewed_at);
        let failures = before.map_or(0, |before| before.attempts);
        let doubled = FIRST_WAIT.checked_mul(1 << failures.min(DOUBLINGS));
        let wait = doubled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
        // Up to a quarter more, for each account and failure another.
        let jitter = share(account, i64::from(failures), wait.as_secs() / 4);
        let wait = wait.saturating_add(SignedDuration::from_secs(jitter));
        let named = hindrance
            .retry_after
            .map(|retry_after| retry_after.wait(now).min(LONGEST_NAMED));
        let end = renewed_at.checked_add(LIFETIME).unwrap_or(Timestamp::MAX);
        let left = end.duration_since(now);
        // After the end nothing is lost by waiting.
        let within = |wait: SignedDuration, part: i32| {
            if left.is_positive() {
                wait.min((left / part).max(FIRST_WAIT))
            } else {
                wait
            }
        };
        let not_before =
            named.map(|named| now.checked_add(within(named, 2)).unwrap_or(Timestamp::MAX));
        let next_try = now.checked_add(within(wait, 4)).unwrap_or(Timestamp::MAX);
        Self {
            renewed_at,
            since: before.map_or(now, |before| before.since.min(now)),
            attempts: failures.saturating_add(1),
            tried_at: now,
            next_try: next_try.max(not_before.unwrap_or(Timestamp::MIN)),
            not_before,
            problem: (&hindrance.problem).into(),
        }
    }
}

/// When an authorization is renewed by itself: `every` after the last time, and up to a tenth of
/// it more.
#[must_use]
pub fn turn(account: AccountId, renewed_at: Timestamp, every: SignedDuration) -> Timestamp {
    let spread = share(account, renewed_at.as_second(), every.as_secs() / 10);
    let age = every.saturating_add(SignedDuration::from_secs(spread));
    renewed_at.checked_add(age).unwrap_or(Timestamp::MAX)
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
    use crate::authorization::RetryAfter;
    use crate::problem::Problem;

    const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
    const DAY: i64 = 86_400;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// As the store keeps it.
    #[derive(Debug, Clone)]
    struct Kept {
        account: AccountId,
        renewed_at: Timestamp,
        failing: Option<Failing>,
    }

    fn kept(account: i64, renewed: i64) -> Kept {
        Kept {
            account: AccountId(account),
            renewed_at: at(renewed),
            failing: None,
        }
    }

    impl Kept {
        fn held(&self) -> Held<'_> {
            Held {
                account: self.account,
                renewed_at: self.renewed_at,
                failing: self.failing.as_ref(),
            }
        }

        fn fail(&mut self, now: Timestamp, named: Option<SignedDuration>) {
            let hindrance = Hindrance {
                problem: Problem::SignInUnreachable {
                    host: "login.example".to_owned(),
                    detail: String::new(),
                },
                retry_after: named.map(RetryAfter::In),
            };
            let about = (self.account, self.renewed_at);
            self.failing = Some(Failing::after(
                self.failing.as_ref(),
                about,
                now,
                &hindrance,
            ));
        }
    }

    fn due(kept: &Kept, now: i64) -> bool {
        !Schedule::default()
            .due(&[kept.held()], WEEK, at(now))
            .is_empty()
    }

    #[test]
    fn the_oldest_come_first_and_few_at_once() {
        let all: Vec<_> = (0..10).map(|number| kept(number, -number * DAY)).collect();
        let all: Vec<_> = all.iter().map(Kept::held).collect();
        let mut schedule = Schedule::default();
        assert_eq!(schedule.due(&all, WEEK, at(0)), [9, 8].map(AccountId));
        let due = schedule.due(&all, WEEK, at(60 * DAY));
        assert_eq!(due, [9, 8, 7, 6].map(AccountId));
    }

    #[test]
    fn a_renewal_by_a_clock_that_ran_ahead_is_not_believed() {
        assert!(due(&kept(1, 85 * DAY), 0));
        assert!(!due(&kept(2, 60), 0));
    }

    #[test]
    fn those_renewed_together_do_not_stay_together() {
        let turns: BTreeSet<_> = (0..1_000)
            .map(|number| turn(AccountId(number), at(0), WEEK))
            .collect();
        assert!(turns.len() > 950, "{} moments", turns.len());
        let (first, last) = (turns.first().unwrap(), turns.last().unwrap());
        assert!(*first >= at(7 * DAY) && *last < at(7 * DAY + 7 * DAY / 10));
        let hours = last.duration_since(*first).as_hours();
        assert!(hours >= 15, "spread over {hours} hours");
    }

    #[test]
    fn failures_wait_longer_and_longer_but_never_long() {
        let mut one = kept(1, -30 * DAY);
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..14 {
            assert!(due(&one, now));
            one.fail(at(now), None);
            let began = now;
            while !due(&one, now) {
                now += 10;
            }
            waits.push(now - began);
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
        let failing = one.failing.clone().unwrap();
        assert_eq!((failing.since, failing.attempts), (at(0), 14));
        // Another authorization starts anew.
        one.renewed_at = at(now);
        one.fail(at(now + 8 * DAY), None);
        assert_eq!(one.failing.unwrap().attempts, 1);
    }

    #[test]
    fn a_time_that_the_service_named_is_kept() {
        let mut one = kept(1, -30 * DAY);
        one.fail(at(0), Some(SignedDuration::from_mins(20)));
        assert!(!due(&one, 19 * 60));
        assert!(due(&one, 20 * 60));
        let mut woken = Schedule::default();
        woken.wake();
        let all = [one.held()];
        assert!(
            woken.due(&all, WEEK, at(60)).is_empty(),
            "not even after waking up"
        );
        one.fail(at(0), Some(SignedDuration::from_hours(1_000)));
        assert!(due(&one, DAY), "within reason");
    }

    #[test]
    fn the_nearer_the_end_the_sooner_the_next_try() {
        let mut one = kept(1, -90 * DAY + 3_600);
        for _ in 0..12 {
            one.fail(at(0), Some(SignedDuration::from_hours(20)));
        }
        assert!(!due(&one, 1_700) && due(&one, 1_800), "{one:?}");
        one.failing = None;
        for _ in 0..12 {
            one.fail(at(0), None);
        }
        assert!(!due(&one, 800) && due(&one, 900), "{one:?}");
        let mut lapsed = kept(1, -91 * DAY);
        for _ in 0..12 {
            lapsed.fail(at(0), None);
        }
        assert!(!due(&lapsed, 5 * 3_600));
    }

    #[test]
    fn waking_up_ends_every_wait_and_so_does_a_clock_set_back() {
        let mut one = kept(1, -30 * DAY);
        for _ in 0..5 {
            one.fail(at(0), None);
        }
        assert!(!due(&one, 30));
        assert!(due(&one, -DAY));
        let mut schedule = Schedule::default();
        schedule.wake();
        let all = [one.held()];
        assert_eq!(schedule.due(&all, WEEK, at(30)), [AccountId(1)]);
        one.fail(at(30), None);
        assert!(schedule.due(&[one.held()], WEEK, at(60)).is_empty(), "once");
    }
}
