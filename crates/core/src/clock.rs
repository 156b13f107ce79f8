//! The clock port. All of the product's time comes through it, so that tests and the practice
//! tenant can let 91 days pass at once. Durations of network steps use `std::time::Instant`,
//! which no clock setting moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Tells the present moment, UTC.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A clock that is shared by everything that needs one.
pub type SharedClock = Arc<dyn Clock>;

/// The computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that runs with the computer's and can be moved ahead: the practice tenant's, and tests'.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    ahead_seconds: AtomicI64,
}

impl ShiftedClock {
    /// A clock that is `ahead_seconds` ahead of the computer's.
    #[must_use]
    pub fn new(ahead_seconds: i64) -> Self {
        Self {
            ahead_seconds: AtomicI64::new(ahead_seconds),
        }
    }

    /// Moves the clock by `seconds` (negative: back).
    pub fn advance(&self, seconds: i64) {
        self.ahead_seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// How many seconds the clock is ahead of the computer's.
    #[must_use]
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::SeqCst)
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now();
        now.checked_add(SignedDuration::from_secs(self.ahead_seconds()))
            .unwrap_or(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_clock_runs_ahead_by_what_it_was_told() {
        let clock = ShiftedClock::new(60);
        clock.advance(30);
        let ahead = clock.now().duration_since(SystemClock.now()).as_secs();
        assert!((89..=90).contains(&ahead), "{ahead}");
    }
}
