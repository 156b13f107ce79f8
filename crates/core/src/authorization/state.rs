//! The state of an account's authorization, computed from what is kept and the clock: nothing of
//! it is stored, so that a clock that was wrong for a while leaves no trace.

use jiff::{SignedDuration, Timestamp};

use super::{GrantState, Refusal};
use crate::diagnosis::{
    AccountKind, Diagnosis, Evidence, Known, Protocol, Seen, SignIn, Stage, diagnose,
};
use crate::problem::Problem;
use crate::view;

/// A refresh token of a public desktop client lives 90 days from its last use. Source: Microsoft,
/// "Refresh tokens in the Microsoft identity platform".
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

const DAY: i64 = 24 * 60 * 60;

/// The state of an account's authorization.
#[derive(Debug, Clone, PartialEq)]
pub enum AuthorizationState {
    /// Never authorized, or signs in by password.
    None,
    /// Authorized.
    Authorized {
        /// OAuth認可更新日時.
        renewed_at: Timestamp,
        /// 90 days later.
        valid_until: Timestamp,
        /// Days left, to the nearest; 0 in the last half day.
        days_left: i64,
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

impl AuthorizationState {
    /// Tells the state at `now` of what is kept.
    #[must_use]
    pub fn at(grant: Option<&GrantState>, now: Timestamp) -> Self {
        let Some(grant) = grant else {
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
        Self::Authorized {
            renewed_at: grant.renewed_at,
            valid_until,
            // A clock that was set back must not promise more than there can be.
            days_left: ((left + DAY / 2) / DAY).min(LIFETIME.as_secs() / DAY),
        }
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
            AuthorizationState::Authorized {
                renewed_at,
                valid_until,
                days_left,
            } => Self::Authorized {
                renewed_at: renewed_at.as_second(),
                valid_until: valid_until.as_second(),
                days_left: *days_left,
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

    #[test]
    fn ninety_days_from_the_last_renewal() {
        let state = |now: &str| AuthorizationState::at(Some(&kept(None)), now.parse().unwrap());
        let days = |now: &str| {
            let AuthorizationState::Authorized { days_left, .. } = state(now) else {
                panic!("{now}")
            };
            days_left
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
            AuthorizationState::at(None, "2027-01-30T00:00:00Z".parse().unwrap()),
            AuthorizationState::None
        );
    }

    #[test]
    fn a_refusal_goes_before_the_calendar_and_keeps_what_was_said() {
        let since: Timestamp = "2026-11-02T00:00:00Z".parse().unwrap();
        let error = r#"{"error":"invalid_grant"}"#.to_owned();
        let state = AuthorizationState::at(
            Some(&kept(Some(Refusal { since, error }))),
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
