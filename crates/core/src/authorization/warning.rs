//! When its user has to be warned of an authorization: at 30, 14, 7, 3 and 1 days left if renewals
//! stand still, at once when Microsoft refused it, and every day after its end. Pure: what was said
//! last comes in, so that nothing is said twice and nothing is lost over a restart.

use jiff::{SignedDuration, Timestamp};

use super::state::DAY;
use super::{LIFETIME, Stage, Standing, Warned};
use crate::view::WarningView;

/// A failure that is younger than this may pass by itself: a network that comes a little later than
/// the program is no reason to alarm anybody.
const PASSING: SignedDuration = SignedDuration::from_hours(1);
/// From its end on an authorization is spoken of every day. A little less, so that a program that
/// is opened each morning speaks each morning.
const AGAIN: SignedDuration = SignedDuration::from_hours(22);
/// A moment this far ahead of the clock was told by a clock that was set back since.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// How urgent the matter is at `now`, if it is one: renewals stand still when they fail for a
/// while, or when `closed` nothing can be renewed at all.
#[must_use]
pub fn stage(standing: &Standing<'_>, closed: bool, now: Timestamp) -> Option<Stage> {
    let grant = standing.grant?;
    if grant.refused.is_some() {
        return Some(Stage::Refused);
    }
    let failing = standing
        .failing
        .is_some_and(|failing| now.duration_since(failing.since) >= PASSING);
    if !failing && !closed {
        return None;
    }
    let end = grant
        .renewed_at
        .checked_add(LIFETIME)
        .unwrap_or(Timestamp::MAX);
    let left = end.duration_since(now).as_secs();
    let stages = [
        (0, Stage::Lapsed),
        (DAY, Stage::Days1),
        (3 * DAY, Stage::Days3),
        (7 * DAY, Stage::Days7),
        (14 * DAY, Stage::Days14),
        (30 * DAY, Stage::Days30),
    ];
    let within = stages.into_iter().find(|(most, _)| left <= *most);
    within.map(|(_, stage)| stage)
}

/// Whether it has to be said now; `last` is what was said last about the same authorization.
#[must_use]
pub fn due(stage: Stage, last: Option<&Warned>, now: Timestamp) -> bool {
    let Some(last) = last else {
        return true;
    };
    let daily = match stage {
        Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1 => false,
        Stage::Lapsed | Stage::Refused => true,
    };
    let since = now.duration_since(last.at);
    stage > last.stage || (daily && (since >= AGAIN || since < -CLOCKS_DIFFER))
}

/// What is kept once it was said.
#[must_use]
pub fn warned(standing: &Standing<'_>, stage: Stage, now: Timestamp) -> Option<Warned> {
    let renewed_at = standing.grant?.renewed_at;
    Some(Warned {
        renewed_at,
        stage,
        at: now,
    })
}

impl From<Stage> for WarningView {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Days30 | Stage::Days14 | Stage::Days7 | Stage::Days3 | Stage::Days1 => {
                Self::EndsSoon
            }
            Stage::Lapsed => Self::Lapsed,
            Stage::Refused => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountId;
    use crate::problem::Problem;
    use crate::store::{Failing, GrantState, Refusal};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn grant(refused: bool) -> GrantState {
        GrantState {
            renewed_at: at(0),
            scopes: Vec::new(),
            signed_in_as: String::new(),
            refused: refused.then(|| Refusal {
                since: at(DAY),
                error: String::new(),
            }),
        }
    }

    fn failing(since: i64) -> Failing {
        Failing {
            renewed_at: at(0),
            since: at(since),
            attempts: 3,
            tried_at: at(since),
            next_try: at(since),
            not_before: None,
            problem: Problem::DatabaseBusy.into(),
        }
    }

    fn standing<'a>(grant: &'a GrantState, failing: Option<&'a Failing>) -> Standing<'a> {
        Standing {
            account: AccountId(1),
            grant: Some(grant),
            failing,
            every: SignedDuration::from_hours(7 * 24),
        }
    }

    /// Everything that is said over 100 days, looking every ten minutes, with the days it is said.
    fn said(grant: &GrantState, failing: Option<&Failing>, closed: bool) -> Vec<(i64, Stage)> {
        let (mut last, mut said) = (None, Vec::new());
        let standing = standing(grant, failing);
        for moment in (0..95 * DAY).step_by(600) {
            let now = at(moment);
            if let Some(stage) = stage(&standing, closed, now)
                && due(stage, last.as_ref(), now)
            {
                said.push((moment / DAY, stage));
                last = warned(&standing, stage, now);
            }
        }
        said
    }

    #[test]
    fn nothing_is_said_while_renewals_go_on() {
        assert_eq!(said(&grant(false), None, false), []);
    }

    #[test]
    fn each_number_of_days_once_and_daily_after_the_end() {
        let failing = failing(8 * DAY);
        let expected = [
            (60, Stage::Days30),
            (76, Stage::Days14),
            (83, Stage::Days7),
            (87, Stage::Days3),
            (89, Stage::Days1),
            (90, Stage::Lapsed),
        ];
        let spoken = said(&grant(false), Some(&failing), false);
        assert_eq!(spoken[..6], expected);
        let after: Vec<_> = spoken[6..].iter().map(|(_, stage)| *stage).collect();
        assert_eq!(after, [Stage::Lapsed; 5], "daily");
        assert_eq!(
            said(&grant(false), None, true)[..6],
            expected,
            "a closed vault"
        );
    }

    #[test]
    fn a_refusal_is_said_at_once_and_daily() {
        let spoken = said(&grant(true), None, false);
        assert_eq!(spoken[0], (0, Stage::Refused));
        assert!((95..=105).contains(&spoken.len()), "{}", spoken.len());
    }

    #[test]
    fn a_failure_that_has_just_begun_alarms_nobody() {
        let failing = failing(89 * DAY);
        let grant = grant(false);
        let standing = standing(&grant, Some(&failing));
        assert_eq!(stage(&standing, false, at(89 * DAY + 1_800)), None);
        assert_eq!(
            stage(&standing, false, at(89 * DAY + 3_600)),
            Some(Stage::Days1)
        );
    }

    #[test]
    fn a_restart_and_a_clock_set_back_change_nothing() {
        let last = Warned {
            renewed_at: at(0),
            stage: Stage::Days7,
            at: at(83 * DAY),
        };
        assert!(!due(Stage::Days7, Some(&last), at(84 * DAY)));
        assert!(
            !due(Stage::Days14, Some(&last), at(79 * DAY)),
            "a clock set back"
        );
        assert!(due(Stage::Days3, Some(&last), at(87 * DAY)));
        let refused = Warned {
            stage: Stage::Refused,
            ..last
        };
        assert!(
            due(Stage::Refused, Some(&refused), at(10 * DAY)),
            "a clock that ran ahead"
        );
        assert!(!due(Stage::Refused, Some(&refused), at(83 * DAY + 3_600)));
    }
}
