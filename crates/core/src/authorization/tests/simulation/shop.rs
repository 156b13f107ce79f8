//! A shop's life: its computer looks every minute, as the façade does, asks the service for the
//! accounts whose turn it is, and its owner consents again when told to.

use super::super::super::schedule::AT_ONCE;
use super::super::super::token::Fault;
use super::super::super::{Hindrance, NetworkWatch};
use super::world::{Dice, Good, Redeemed, Span, goods, span_at, spans};
use super::*;

pub(super) struct Shop {
    dice: Dice,
    rule: Rule,
    pub(super) every: SignedDuration,
    on: Vec<Span>,
    network: Vec<Span>,
    service: Vec<Span>,
    goods: Vec<Good>,
    /// How far the clock is wrong from a moment on.
    pub(super) clocks: Vec<(i64, i64)>,
    pub(super) accounts: BTreeMap<AccountId, Kept>,
    pub(super) counts: Counts,
}

impl Shop {
    pub(super) fn new(number: u64, accounts: i64, rule: Rule) -> Self {
        let mut dice =
            Dice(0x9E37_79B9_7F4A_7C15 ^ (number + 1).wrapping_mul(0xD1B5_4A32_D192_ED03));
        let (always_on, flaky) = (number.is_multiple_of(5), number % 20 == 5);
        let on = spans(
            &mut dice,
            |dice| {
                if always_on {
                    dice.between(10 * DAY, 40 * DAY)
                } else {
                    dice.between(HOUR, 12 * HOUR)
                }
            },
            |dice| match dice.between(1, 400) {
                // Beyond what any program could mend.
                1 => dice.between(91 * DAY, 140 * DAY),
                2..=6 => dice.between(10 * DAY, 80 * DAY),
                _ if always_on => dice.between(2 * MINUTE, HOUR),
                _ => dice.between(12 * HOUR, 3 * DAY),
            },
        );
        let network = spans(
            &mut dice,
            |dice| {
                if flaky {
                    dice.between(35 * MINUTE, 3 * HOUR)
                } else {
                    dice.between(HOUR, 20 * DAY)
                }
            },
            |dice| match (flaky, dice.one_in(8)) {
                (true, _) => dice.between(6 * HOUR, 12 * DAY),
                (false, true) => dice.between(HOUR, 4 * DAY),
                (false, false) => dice.between(MINUTE, HOUR),
            },
        );
        let service = spans(
            &mut dice,
            |dice| dice.between(DAY, 60 * DAY),
            |dice| dice.between(5 * MINUTE, 12 * HOUR),
        );
        let mut clocks = vec![(0, 0)];
        let mut at = dice.between(DAY, 300 * DAY);
        while at < YEARS {
            let most =
                [10 * MINUTE, 30 * HOUR, 400 * DAY][usize::try_from(dice.between(0, 2)).unwrap()];
            clocks.push((at, dice.between(-most, most)));
            // An empty battery is not noticed for months.
            let longest = if dice.one_in(3) { 150 * DAY } else { 10 * DAY };
            at += dice.between(10 * MINUTE, longest);
            clocks.push((at, 0));
            at += dice.between(DAY, 300 * DAY);
        }
        let every = if number.is_multiple_of(4) { 30 } else { 7 };
        let accounts = (1..=accounts).map(|id| (AccountId(id), Kept::new(&mut dice)));
        Self {
            accounts: accounts.collect::<Vec<_>>().into_iter().collect(),
            dice,
            rule,
            every: SignedDuration::from_hours(24 * every),
            goods: goods(&on, &network, &service),
            on,
            network,
            service,
            clocks,
            counts: Counts::default(),
        }
    }

    /// Lives through the years.
    pub(super) fn run(mut self) -> Counts {
        let (mut schedule, mut watch) = (Schedule::default(), NetworkWatch::default());
        let (mut on, mut network, mut service, mut clock, mut good) = (0, 0, 0, 0, 0);
        let (mut at, mut running_until, mut offset) = (0, 0, 0);
        while at < YEARS {
            while let Some(passed) = self.goods.get(good).copied().filter(|good| good.to <= at) {
                self.all_were_renewed(passed);
                good += 1;
            }
            let session = *span_at(&self.on, &mut on, at).unwrap();
            if at >= running_until {
                at = at.max(session.from);
                if at >= YEARS {
                    break;
                }
                running_until = session.to;
                if self.dice.one_in(2) {
                    (schedule, watch) = (Schedule::default(), NetworkWatch::default());
                }
                // A start, or the clock's jump over the sleep.
                schedule.wake();
            }
            while self
                .clocks
                .get(clock)
                .is_some_and(|(since, _)| *since <= at)
            {
                let before = std::mem::replace(&mut offset, self.clocks[clock].1);
                if (offset - before).abs() > 90 {
                    schedule.wake();
                }
                clock += 1;
            }
            let net = *span_at(&self.network, &mut network, at).unwrap();
            let serves = *span_at(&self.service, &mut service, at).unwrap();
            let goes_on = self.look(&mut schedule, &mut watch, (at, offset), (net, serves));
            self.owners(at, offset);
            // Whatever nothing can happen in is skipped; the program looks every minute.
            let next = if goes_on {
                at + MINUTE
            } else {
                self.next(at, offset, net)
            };
            let jump = self.clocks.get(clock).map_or(YEARS, |(since, _)| *since);
            at = next.min(jump).max(at + MINUTE);
            if at >= session.to {
                running_until = 0;
                at = session.to;
            }
        }
        self.counts
    }

    /// One look, as the façade does it; tells whether the next one matters.
    fn look(
        &mut self,
        schedule: &mut Schedule,
        watch: &mut NetworkWatch,
        (at, offset): (i64, i64),
        (net, serves): (Span, Span),
    ) -> bool {
        let now = clock(at + offset);
        let unreachable = |failing: &Failing| failing.problem.code == "sign-in-unreachable";
        let up = net.from <= at;
        let reachable = self
            .accounts
            .values()
            .any(|kept| kept.failing.as_ref().is_some_and(unreachable))
            .then_some(up || net.after_portal);
        if watch.came_back(reachable) {
            schedule.wake();
        }
        let held: Vec<Held<'_>> = self
            .accounts
            .iter()
            .filter(|(_, kept)| kept.grant.refused.is_none())
            .map(|(account, kept)| Held {
                account: *account,
                renewed_at: kept.grant.renewed_at,
                failing: kept.failing.as_ref(),
            })
            .collect();
        let turns = schedule.due(&held, self.every, now);
        assert!(turns.len() <= AT_ONCE);
        // There may be more of them, and who waits for the network is looked after.
        let mut goes_on = turns.len() == AT_ONCE;
        for account in turns {
            let answer = self.ask(account, at, (net, serves));
            goes_on |= answer.is_err() && reachable != Some(false);
            let kept = self.accounts.get_mut(&account).unwrap();
            match answer {
                Ok(token) => {
                    self.counts.renewals += 1;
                    (kept.token, kept.lost_answer) = (token, false);
                    (kept.grant.renewed_at, kept.failing) = (now, None);
                }
                Err(fault) if fault.costs_the_authorization() => {
                    kept.grant.refused = Some(Refusal {
                        since: now,
                        error: String::new(),
                    });
                    kept.failing = None;
                    kept.consents_at = Some(at + self.dice.between(HOUR, 3 * DAY));
                }
                Err(fault) => {
                    let hindrance = match fault {
                        Fault::Busy { retry_after, .. } | Fault::Refused { retry_after, .. } => {
                            Hindrance {
                                problem: unreachable_service(),
                                retry_after,
                            }
                        }
                        Fault::Unreachable(_) | Fault::NotThere => unreachable_service().into(),
                    };
                    if hindrance.retry_after.is_some() {
                        kept.named_until = at + NAMED;
                    }
                    let about = (account, kept.grant.renewed_at);
                    kept.failing = Some(Failing::after(
                        kept.failing.as_ref(),
                        about,
                        now,
                        &hindrance,
                    ));
                }
            }
        }
        self.warn(at, now);
        goes_on
    }

    /// Asks the service for one account.
    fn ask(
        &mut self,
        account: AccountId,
        at: i64,
        (net, serves): (Span, Span),
    ) -> Result<usize, Fault> {
        let kept = self.accounts.get_mut(&account).unwrap();
        if kept.today.0 != at / DAY {
            kept.today = (at / DAY, 0);
        }
        kept.today.1 += 1;
        self.counts.most_a_day = self.counts.most_a_day.max(kept.today.1);
        if at < net.from {
            return Err(if net.after_portal {
                reply(200, None, "<html>Wi-Fi").judge(&[]).unwrap_err()
            } else {
                Fault::Unreachable("dns".to_owned())
            });
        }
        self.counts.requests += 1;
        if at < serves.from {
            let wait = self.dice.between(30, NAMED);
            return Err(match self.dice.between(0, 5) {
                0 => reply(408, None, ""),
                1 => reply(503, None, "<html>"),
                2 => reply(500, None, r#"{"error":"invalid_grant"}"#),
                3 => reply(400, None, r#"{"error":"temporarily_unavailable"}"#),
                _ => reply(429, Some(wait), r#"{"error":"invalid_grant"}"#),
            }
            .judge(&[])
            .unwrap_err());
        }
        match kept.tokens.redeem(kept.token, self.rule, at) {
            // The answer was on its way when the line broke, or the computer was switched off.
            Redeemed::Token(_) if self.dice.one_in(200) => {
                self.counts.lost_answers += 1;
                kept.lost_answer = true;
                Err(Fault::Unreachable("connection reset".to_owned()))
            }
            Redeemed::Token(token) => Ok(token),
            Redeemed::Expired => {
                self.counts.unavoidable_lapses += 1;
                Err(reply(400, None, r#"{"error":"invalid_grant"}"#)
                    .judge(&[])
                    .unwrap_err())
            }
            Redeemed::Revoked => {
                self.counts.revoked += 1;
                assert_eq!(self.rule, Rule::Strict);
                assert!(kept.lost_answer, "a good token was given up");
                Err(reply(400, None, r#"{"error":"invalid_grant"}"#)
                    .judge(&[])
                    .unwrap_err())
            }
        }
    }

    /// Owners who were told that Microsoft refused consent again.
    fn owners(&mut self, at: i64, offset: i64) {
        for kept in self.accounts.values_mut() {
            if kept.consents_at.is_some_and(|moment| moment <= at) {
                assert!(kept.warned.is_some(), "nobody told the owner");
                (kept.consents_at, kept.lost_answer) = (None, false);
                kept.token = kept.tokens.consent(at);
                kept.grant = granted(clock(at + offset));
            }
        }
    }

    /// The next minute in which something can happen.
    fn next(&self, at: i64, offset: i64, net: Span) -> i64 {
        let mut next = at + DAY;
        for (account, kept) in &self.accounts {
            if let Some(consents_at) = kept.consents_at {
                // Somebody is told every day.
                next = next.min(consents_at).min(at + 6 * HOUR);
                continue;
            }
            let turn = turn(*account, kept.grant.renewed_at, self.every);
            let moment = kept
                .failing
                .as_ref()
                .map_or(turn, |failing| failing.next_try);
            next = next.min(moment.as_second() - EPOCH - offset);
            if kept.failing.is_some() {
                next = next
                    .min(if net.from > at { net.from } else { net.to })
                    .min(at + 6 * HOUR);
            }
        }
        at + ((next - at).max(0) + MINUTE - 1) / MINUTE * MINUTE
    }
}

impl Kept {
    fn new(dice: &mut Dice) -> Self {
        let mut tokens = Tokens::default();
        let token = tokens.consent(0);
        Self {
            grant: granted(clock(dice.between(-3 * DAY, 0))),
            failing: None,
            warned: None,
            token,
            tokens,
            consents_at: None,
            lost_answer: false,
            named_until: 0,
            today: (0, 0),
        }
    }
}
