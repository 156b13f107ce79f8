//! How long the user is waited for. A laptop that sleeps in the middle wakes up with a moment left
//! to finish, and a clock that is set neither ends the wait nor draws it out. Does not wait itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// What is left at least after the computer slept: the page in the browser is still there.
const GRACE: Duration = Duration::from_secs(2 * 60);
/// A step that took this much longer than meant means that the computer slept.
const SLEPT: Duration = Duration::from_secs(30);
/// From here on it is worth saying that the end moved.
const MOVED: i64 = 5;

/// A wait that goes on.
#[derive(Debug)]
pub(super) struct Wait {
    left: Duration,
    grace: Duration,
    seen: Timestamp,
}

/// What a step did to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It goes on and ends when it was to end.
    On,
    /// It goes on, and ends at another time than was said.
    Moved,
    /// It is over.
    Over,
}

impl Wait {
    /// Begins.
    pub(super) fn new(patience: Duration, now: Timestamp) -> Self {
        Self {
            left: patience,
            grace: GRACE.min(patience),
            seen: now,
        }
    }

    /// The end, by the clock.
    pub(super) fn deadline(&self) -> Timestamp {
        let left = SignedDuration::try_from(self.left).unwrap_or(SignedDuration::MAX);
        self.seen.saturating_add(left).unwrap_or(Timestamp::MAX)
    }

    /// Waits `left` longer at least.
    pub(super) fn at_least(&mut self, left: Duration) {
        self.left = self.left.max(left);
    }

    /// Takes a step that was meant to be `meant` long and was `awake` long by a clock that nobody
    /// sets; `now` is the time of day.
    pub(super) fn pass(&mut self, meant: Duration, awake: Duration, now: Timestamp) -> Step {
        let by_clock = now.duration_since(self.seen);
        self.seen = now;
        // Some systems count the sleep in neither, some in both.
        let ahead = Duration::try_from(by_clock).unwrap_or_default();
        let passed = awake.max(ahead);
        if passed > meant + SLEPT {
            self.left = self.left.saturating_sub(passed).max(self.grace);
            return Step::Moved;
        }
        self.left = self.left.saturating_sub(awake);
        let awake = SignedDuration::try_from(awake).unwrap_or(SignedDuration::MAX);
        if self.left.is_zero() {
            Step::Over
        } else if (by_clock.as_secs() - awake.as_secs()).abs() > MOVED {
            Step::Moved
        } else {
            Step::On
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const START: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn at(seconds: i64) -> Timestamp {
        START + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn nobody_who_never_returns_is_waited_for_longer_than_was_said() {
        let mut wait = Wait::new(3 * SECOND, START);
        assert_eq!(wait.deadline(), at(3));
        assert_eq!(wait.pass(SECOND, SECOND, at(1)), Step::On);
        assert_eq!(wait.deadline(), at(3));
        assert_eq!(wait.pass(SECOND, SECOND, at(2)), Step::On);
        assert_eq!(wait.pass(SECOND, SECOND, at(3)), Step::Over);
    }

    #[test]
    fn a_sleep_leaves_a_moment_to_finish() {
        // By systems whose steady clock stands still while they sleep, and by those where it runs.
        for awake in [SECOND, 3600 * SECOND] {
            let mut wait = Wait::new(600 * SECOND, START);
            assert_eq!(wait.pass(SECOND, awake, at(3600)), Step::Moved);
            assert_eq!(wait.deadline(), at(3600 + 120));
            assert_eq!(wait.pass(SECOND, 120 * SECOND, at(3720)), Step::Moved);
        }
        // A nap shorter than what is left costs only itself.
        let mut wait = Wait::new(600 * SECOND, START);
        assert_eq!(wait.pass(SECOND, SECOND, at(60)), Step::Moved);
        assert_eq!(wait.deadline(), at(600));
    }

    #[test]
    fn a_clock_set_back_does_not_draw_the_wait_out() {
        let mut wait = Wait::new(3 * SECOND, START);
        assert_eq!(wait.pass(SECOND, SECOND, at(-86_400)), Step::Moved);
        assert_eq!(wait.deadline(), at(-86_400 + 2));
        assert_eq!(wait.pass(SECOND, 2 * SECOND, at(-86_398)), Step::Over);
    }

    #[test]
    fn a_code_for_another_device_is_waited_for_to_its_end() {
        let mut wait = Wait::new(600 * SECOND, START);
        wait.at_least(900 * SECOND);
        assert_eq!(wait.deadline(), at(900));
        wait.at_least(SECOND);
        assert_eq!(wait.deadline(), at(900));
    }
}
