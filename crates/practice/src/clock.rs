//! The tenant's clock: the computer's, moved ahead as far as somebody asked for. Lapse, expiry and
//! every timestamp in an answer come from here; deadlines of connections do not.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

const CENTURY: i64 = 100 * 366 * 86_400;

/// The computer's time plus a number of seconds.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead_seconds: AtomicI64,
    last_stamp: AtomicI64,
}

impl Clock {
    pub(crate) fn new(ahead_seconds: i64) -> Self {
        Self {
            ahead_seconds: AtomicI64::new(ahead_seconds.clamp(0, CENTURY)),
            last_stamp: AtomicI64::new(0),
        }
    }

    /// The tenant's present moment.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead_seconds());
        computer_now().checked_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// The present moment in microseconds, never twice the same: what was issued before a fault was
    /// switched on is told from what was issued after.
    pub(crate) fn stamp(&self) -> i64 {
        let now = self.now().as_microsecond();
        let next = |last: i64| Some(now.max(last.saturating_add(1)));
        match self
            .last_stamp
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, next)
        {
            Ok(last) | Err(last) => now.max(last.saturating_add(1)),
        }
    }

    pub(crate) fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::SeqCst)
    }

    /// Jumps ahead, but never further than a century in all.
    pub(crate) fn advance(&self, seconds: i64) {
        let ahead = |now: i64| Some(now.saturating_add(seconds).clamp(0, CENTURY));
        let moved = self
            .ahead_seconds
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, ahead);
        tracing::info!(?moved, seconds, "the practice clock jumps");
    }

    /// Back to the computer's time.
    pub(crate) fn reset(&self) {
        self.ahead_seconds.store(0, Ordering::SeqCst);
        self.last_stamp.store(0, Ordering::SeqCst);
    }
}

/// The computer's time: certificates are judged by it, whatever the tenant's clock says.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where time enters the practice tenant"
)]
pub(crate) fn computer_now() -> Timestamp {
    Timestamp::now()
}

/// `2026-11-23 05:56:19Z`, as Entra ends its descriptions.
pub(crate) fn spaced(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}

/// `2026-11-23T05:56:19.1234560Z`, as Entra tells when a token was issued.
pub(crate) fn precise(microseconds: i64) -> String {
    let at = Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}0Z", at.strftime("%Y-%m-%dT%H:%M:%S.%6f"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_seen_and_stamps_never_repeat() {
        let clock = Clock::new(0);
        let before = clock.now();
        clock.advance(91 * 86_400);
        assert!(clock.now().as_second() - before.as_second() >= 91 * 86_400);
        let stamps: Vec<i64> = (0..50).map(|_| clock.stamp()).collect();
        assert!(stamps.windows(2).all(|pair| pair[0] < pair[1]));
        clock.advance(i64::MAX);
        assert_eq!(clock.ahead_seconds(), CENTURY);
        assert_eq!(spaced(Timestamp::UNIX_EPOCH), "1970-01-01 00:00:00Z");
        assert_eq!(precise(1_500_000), "1970-01-01T00:00:01.5000000Z");
    }
}
