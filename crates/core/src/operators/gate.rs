//! Who is signed in, in this process: the permissions as they were at the sign-in, and when
//! somebody was last seen. Nothing is stored here.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::{Operator, OperatorId};

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// As it was at the sign-in.
    pub(crate) operator: Operator,
    /// When its user was last there.
    pub(crate) seen: Timestamp,
}

/// The one place of a process where somebody signs in.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    session: Mutex<Option<Session>>,
    /// Until when nobody may try, by a clock that no setting moves.
    closed: Mutex<HashMap<OperatorId, Instant>>,
}

impl Gate {
    /// Who is signed in. Whoever was not seen for `idle` is no longer.
    pub(crate) fn session(&self, now: Timestamp, idle: Option<SignedDuration>) -> Option<Session> {
        let mut session = self.lock();
        let gone =
            |session: &Session| idle.is_some_and(|idle| now.duration_since(session.seen) >= idle);
        if session.as_ref().is_some_and(gone) {
            *session = None;
        }
        session.clone()
    }

    /// Signs somebody in, in the place of whoever was.
    pub(crate) fn enter(&self, operator: Operator, seen: Timestamp) {
        *self.lock() = Some(Session { operator, seen });
    }

    /// Signs out.
    pub(crate) fn leave(&self) -> Option<Session> {
        self.lock().take()
    }

    /// The user is there.
    pub(crate) fn seen(&self, now: Timestamp) {
        if let Some(session) = self.lock().as_mut() {
            session.seen = now;
        }
    }

    /// Lets nobody try a name for so long.
    pub(crate) fn close(&self, operator: OperatorId, wait: SignedDuration) {
        let wait = Duration::try_from(wait).unwrap_or_default();
        if let Some(until) = Instant::now().checked_add(wait) {
            self.closed().insert(operator, until);
        }
    }

    /// How long nobody may try a name still.
    pub(crate) fn closed_for(&self, operator: OperatorId) -> SignedDuration {
        let until = self.closed().get(&operator).copied();
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        SignedDuration::try_from(left.unwrap_or_default()).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Session>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn closed(&self) -> MutexGuard<'_, HashMap<OperatorId, Instant>> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
