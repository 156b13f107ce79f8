//! What must hold in every life: whose turn it was is renewed as soon as anything allows it, warnings
//! come once and in time, and the service is not asked more than it has to be.

use jiff::Timestamp;

use super::super::super::{due, stage, warned};
use super::shop::Shop;
use super::world::Good;
use super::*;

impl Shop {
    /// Fails when an account whose turn it was at the beginning of a good time was not renewed in it:
    /// old enough by the clock as it is, or renewed in its future, and so by a wrong one.
    pub(super) fn all_were_renewed(&self, good: Good) {
        let Some((since, offset)) = self.clock_during(good) else {
            return;
        };
        for (account, kept) in &self.accounts {
            let noticed = good.noticed && good.from >= kept.named_until && good.from - since >= DAY;
            let enough = if noticed {
                30 * MINUTE
            } else if good.from - since >= DAY {
                BACK_OFF + HOUR
            } else {
                // What the service named is counted by a clock that was set back since.
                BACK_OFF + HOUR + NAMED
            };
            let age = good.from + offset - (kept.grant.renewed_at.as_second() - EPOCH);
            let in_the_future = age + enough < -5 * MINUTE;
            let turn = in_the_future || age >= self.every.as_secs() * 11 / 10;
            let renewed = kept.tokens.issued[kept.token] >= good.from;
            let excused = kept.grant.refused.is_some() || kept.lost_answer;
            assert!(
                renewed || excused || !turn || good.to - good.from < enough,
                "{account:?}, {} days old by a clock {offset} s wrong, was not renewed in {} min on \
                 day {}",
                age / DAY,
                (good.to - good.from) / MINUTE,
                good.from / DAY
            );
        }
    }

    /// Since when the clock is as it is, and how wrong, where it stays so for the whole time.
    fn clock_during(&self, good: Good) -> Option<(i64, i64)> {
        let place = self
            .clocks
            .iter()
            .rposition(|(since, _)| *since <= good.from)?;
        let stays = self
            .clocks
            .get(place + 1)
            .is_none_or(|(since, _)| *since >= good.to);
        let (since, offset) = self.clocks[place];
        // The first one was never set.
        stays.then_some((if place == 0 { -DAY } else { since }, offset))
    }

    /// Gives the warnings that are due.
    pub(super) fn warn(&mut self, at: i64, now: Timestamp) {
        let clock_was_right = || {
            self.clocks
                .iter()
                .all(|(since, wrong)| *wrong == 0 || *since > at)
        };
        for (account, kept) in &mut self.accounts {
            let standing = Standing {
                account: *account,
                grant: Some(&kept.grant),
                failing: kept.failing.as_ref(),
                every: self.every,
            };
            let about = kept.grant.renewed_at;
            let last = kept.warned.filter(|last| last.renewed_at == about);
            let Some(stage) = stage(&standing, false, now) else {
                assert!(kept.grant.refused.is_none(), "a refusal is said at once");
                continue;
            };
            if !due(stage, last.as_ref(), now) {
                let last = last.unwrap();
                assert!(last.stage >= stage, "a warning is lost");
                continue;
            }
            if let (Some(last), true) = (last, clock_was_right()) {
                let hours = now.duration_since(last.at).as_hours();
                assert!(
                    stage > last.stage || hours >= 22,
                    "said twice: {stage:?} after {hours} h"
                );
            }
            self.counts.warnings += 1;
            kept.warned = warned(&standing, stage, now);
        }
    }
}
