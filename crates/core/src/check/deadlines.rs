//! How long each step may take. A deadline is for the whole step, so that a server that sends one
//! byte a second does not get around it.

use std::time::Duration;

use crate::view::StepName;

/// The deadlines of a check's steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// Finding the addresses. Resolvers retry after 1 to 2 seconds; whoever answers at all has
    /// answered the second or third question by then.
    pub resolve: Duration,
    /// Connecting, all addresses together. A lost first packet is repeated after 1, 3 and 7 seconds.
    pub connect: Duration,
    /// The TLS handshake, with the command that asks for it. Two round trips, and certificates of
    /// some kilobytes on a bad line.
    pub tls: Duration,
    /// The server's first line. Some wait on purpose for several seconds, or look the client's
    /// address up first.
    pub greeting: Duration,
    /// What the server can do: no work for it.
    pub capability: Duration,
    /// Signing in. Servers hold a refusal back, up to 15 seconds after several; a sign-in by OAuth
    /// asks another server, which takes 8 seconds to time out.
    pub auth: Duration,
    /// Counting the mails; a mailbox that was not opened for long takes seconds.
    pub mailbox: Duration,
    /// The wait before a server that is busy is asked again; twice as long before the next time.
    pub again: Duration,
    /// From the first try of a protocol; after it none begins.
    pub patience: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            resolve: Duration::from_secs(5),
            connect: Duration::from_secs(10),
            tls: Duration::from_secs(10),
            greeting: Duration::from_secs(15),
            capability: Duration::from_secs(10),
            auth: Duration::from_secs(30),
            mailbox: Duration::from_secs(15),
            again: Duration::from_secs(2),
            patience: Duration::from_secs(20),
        }
    }
}

impl Deadlines {
    /// The deadline of one step.
    #[must_use]
    pub const fn of(&self, step: StepName) -> Duration {
        match step {
            StepName::Resolve => self.resolve,
            StepName::Connect => self.connect,
            StepName::Tls => self.tls,
            StepName::Greeting => self.greeting,
            StepName::Capability => self.capability,
            StepName::Auth => self.auth,
            StepName::Mailbox => self.mailbox,
        }
    }

    /// The same short deadline for every step, for tests.
    #[cfg(test)]
    pub(crate) const fn all(each: Duration) -> Self {
        Self {
            resolve: each,
            connect: each,
            tls: each,
            greeting: each,
            capability: each,
            auth: each,
            mailbox: each,
            again: Duration::from_millis(20),
            patience: Duration::from_secs(20),
        }
    }
}
