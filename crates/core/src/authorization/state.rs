//! The state of an account's authorization, computed from what is kept and the clock: nothing of
//! it is stored, so that a clock that was wrong for a while leaves no trace.

use jiff::{SignedDuration, Timestamp};

use super::schedule::turn;
use super::{Failing, GrantState, Refusal};
use crate::account::AccountId;
use crate::diagnosis::{
    AccountKind, Diagnosis, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose,
};
use crate::problem::Problem;
use crate::store::StoredAccount;
use crate::view::{self, ProblemView};

/// A refresh token of a public desktop client lives 90 days from its last use. Source: Microsoft,
/// "Refresh tokens in the Microsoft identity platform".
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

pub(super) const DAY: i64 = 24 * 60 * 60;

/// What is known of an account's authorization.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Whose.
    pub account: AccountId,
    /// What is kept.
    pub grant: Option<&'a GrantState>,
    /// How renewing it fails for now.
    pub failing: Option<&'a Failing>,
    /// How old it gets before it is renewed by itself.
    pub every: SignedDuration,
}

impl<'a> Standing<'a> {
    /// Of an account as it is kept.
    #[must_use]
    pub const fn of(stored: &'a StoredAccount, every: SignedDuration) -> Self {
        Self {
            account: stored.account.id,
            grant: stored.grant.as_ref(),
            failing: stored.failing.as_ref(),
            every,
        }
    }
}

/// The state of an account's authorization.
#[derive(Debug, Clone, PartialEq)]
pub enum AuthorizationState {
    /// Never authorized, or signs in by password.
    None,
    /// Authorized.
    Authorized {
        /// How long.
        life: Life,
        /// When it is renewed by itself; now, if that should have been.
        next_renewal: Timestamp,
    },
    /// Authorized, but renewing it fails for now.
    Failing {
        /// How long.
        life: Life,
        /// The first failure.
        since: Timestamp,
        /// How often it has failed.
        attempts: u32,
        /// The next try; now, if that should have been.
        next_try: Timestamp,
        /// Why.
        problem: Box<ProblemView>,
    },
    /// The 90 days are over by the calendar; Microsoft has not confirmed it yet.
    Lapsed {
        /// The end.
        since: Timestamp,
    },
    /// Microsoft refused the refresh token.
    Refused {
        /// When.
        since: Timestamp,
        /// Why.
        diagnosis: Box<Diagnosis>,
    },
}

/// How long an authorization is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// OAuth認可更新日時.
    pub renewed_at: Timestamp,
    /// 90 days later.
    pub valid_until: Timestamp,
    /// Days left, to the nearest; 0 in the last half day.
    pub days_left: i64,
}

impl AuthorizationState {
    /// Tells the state at `now` of what is kept, and what will happen when.
    #[must_use]
    pub fn at(standing: &Standing<'_>, now: Timestamp) -> Self {
        let Some(grant) = standing.grant else {
            return Self::None;
        };
        if let Some(refusal) = &grant.refused {
            return Self::Refused {
                since: refusal.since,
                diagnosis: Box::new(explain(refusal)),
            };
        }
        let valid_until = grant
            .renewed_at
            .checked_add(LIFETIME)
            .unwrap_or(Timestamp::MAX);
        let left = valid_until.duration_since(now).as_secs();
        if left <= 0 {
            return Self::Lapsed { since: valid_until };
        }
        let life = Life {
            renewed_at: grant.renewed_at,
            valid_until,
            // A clock that was set back must not promise more than there can be.
            days_left: ((left + DAY / 2) / DAY).min(LIFETIME.as_secs() / DAY),
        };
        if let Some(failing) = standing.failing {
            return Self::Failing {
                life,
                since: failing.since,
                attempts: failing.attempts,
                next_try: failing.next_try.max(now),
                problem: Box::new(failing.problem.clone()),
            };
        }
        let next_renewal = turn(standing.account, grant.renewed_at, standing.every);
        // One renewed in the future was renewed by a wrong clock: it is renewed at once.
        let next_renewal = if grant.renewed_at > now {
            now
        } else {
            next_renewal.max(now)
        };
        Self::Authorized { life, next_renewal }
    }
}

/// Explains a kept refusal.
pub(crate) fn explain(refusal: &Refusal) -> Diagnosis {
    diagnose(&evidence(Stage::OauthRefresh, refusal.error.clone()))
}

/// An answer of the sign-in service as evidence.
pub(crate) fn evidence(stage: Stage, raw: String) -> Evidence {
    Evidence {
        stage,
        protocol: Protocol::Oauth,
        auth: SignIn::None,
        account_kind: AccountKind::Unknown,
        raw,
        known: Known {
            own_request: true,
            ..Known::default()
        },
        seen: Seen::default(),
    }
}

impl From<&AuthorizationState> for view::AuthorizationState {
    fn from(state: &AuthorizationState) -> Self {
        match state {
            AuthorizationState::None => Self::None,
            AuthorizationState::Authorized { life, next_renewal } => Self::Authorized {
                renewed_at: life.renewed_at.as_second(),
                valid_until: life.valid_until.as_second(),
                days_left: life.days_left,
                next_renewal: next_renewal.as_second(),
            },
            AuthorizationState::Failing {
                life,
                since,
                attempts,
                next_try,
                problem,
            } => Self::Failing {
                renewed_at: life.renewed_at.as_second(),
                valid_until: life.valid_until.as_second(),
                days_left: life.days_left,
                since: since.as_second(),
                attempts: *attempts,
                next_try: next_try.as_second(),
                problem: problem.clone(),
            },
            AuthorizationState::Lapsed { since } => Self::Lapsed {
                since: since.as_second(),
            },
            AuthorizationState::Refused { since, diagnosis } => Self::Refused {
                since: since.as_second(),
                problem: Box::new(Problem::Diagnosed(diagnosis.clone()).into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(refused: Option<Refusal>) -> GrantState {
        GrantState {
            renewed_at: "2026-11-01T00:00:00Z".parse().unwrap(),
            scopes: Vec::new(),
            signed_in_as: "order@hana.example".to_owned(),
            refused,
        }
    }

    fn of<'a>(grant: Option<&'a GrantState>, failing: Option<&'a Failing>) -> Standing<'a> {
        Standing {
            account: AccountId(1),
            grant,
            failing,
            every: SignedDuration::from_hours(7 * 24),
        }
    }

    #[test]
    fn ninety_days_from_the_last_renewal() {
        let grant = kept(None);
        let standing = of(Some(&grant), None);
        let state = |now: &str| AuthorizationState::at(&standing, now.parse().unwrap());
        let days = |now: &str| {
            let AuthorizationState::Authorized { life, .. } = state(now) else {
                panic!("{now}")
            };
            life.days_left
        };
        assert_eq!(days("2026-11-01T00:00:00Z"), 90);
        assert_eq!(days("2026-11-01T00:00:01Z"), 90);
        assert_eq!(days("2026-11-01T12:00:01Z"), 89);
        assert_eq!(days("2027-01-29T23:59:59Z"), 0);
        assert_eq!(days("2020-01-01T00:00:00Z"), 90, "a clock set back");
        let lapsed = AuthorizationState::Lapsed {
            since: "2027-01-30T00:00:00Z".parse().unwrap(),
        };
        assert_eq!(state("2027-01-30T00:00:00Z"), lapsed);
        assert_eq!(state("2030-01-01T00:00:00Z"), lapsed);
        assert_eq!(
            AuthorizationState::at(&of(None, None), "2027-01-30T00:00:00Z".parse().unwrap()),
            AuthorizationState::None
        );
    }

    #[test]
    fn it_is_told_when_it_is_renewed_by_itself() {
        let grant = kept(None);
        let next = |now: &str| {
            let now = now.parse().unwrap();
            let AuthorizationState::Authorized { next_renewal, .. } =
                AuthorizationState::at(&of(Some(&grant), None), now)
            else {
                panic!("{now}")
            };
            (next_renewal, now)
        };
        let (planned, _) = next("2026-11-02T00:00:00Z");
        let days = planned.duration_since(grant.renewed_at).as_secs() / DAY;
        assert_eq!(days, 7);
        for overdue in ["2026-12-24T00:00:00Z", "2026-10-01T00:00:00Z"] {
            let (planned, now) = next(overdue);
            assert_eq!(planned, now);
        }
    }

    #[test]
    fn a_renewal_that_fails_is_told_with_its_reason_until_the_end() {
        let grant = kept(None);
        let since: Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
        let next_try = "2026-12-02T06:00:00Z".parse().unwrap();
        let failing = Failing {
            renewed_at: grant.renewed_at,
            since,
            attempts: 9,
            tried_at: "2026-12-02T00:00:00Z".parse().unwrap(),
            next_try,
            not_before: None,
            problem: Problem::DatabaseBusy.into(),
        };
        let at = |now: &str| {
            AuthorizationState::at(&of(Some(&grant), Some(&failing)), now.parse().unwrap())
        };
        let view::AuthorizationState::Failing {
            days_left,
            attempts,
            next_try: told,
            problem,
            ..
        } = (&at("2026-12-02T01:00:00Z")).into()
        else {
            panic!()
        };
        assert_eq!((days_left, attempts, told), (59, 9, next_try.as_second()));
        assert_eq!(problem.code, "database-busy");
        assert!(matches!(
            at("2027-01-30T00:00:00Z"),
            AuthorizationState::Lapsed { .. }
        ));
    }

    #[test]
    fn a_refusal_goes_before_the_calendar_and_keeps_what_was_said() {
        let since: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
        let error = r#"{"error":"invalid_grant"}"#.to_owned();
        let grant = kept(Some(Refusal { since, error }));
        let state = AuthorizationState::at(
            &of(Some(&grant), None),
            "2030-01-01T00:00:00Z".parse().unwrap(),
        );
        let view::AuthorizationState::Refused { since: at, problem } = (&state).into() else {
            panic!("{state:?}")
        };
        assert_eq!(at, since.as_second());
        assert_eq!(
            problem.diagnosis.unwrap().raw,
            r#"{"error":"invalid_grant"}"#
        );
    }
}
