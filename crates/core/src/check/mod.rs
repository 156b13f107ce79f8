//! The live check: every protocol of an account at once, step by step, with what was seen kept as
//! evidence. The protocols themselves are machines without I/O (`pop3`, `imap`, `smtp`); `session`
//! runs one over a connection. A check never sends mail, never deletes and never marks as read:
//! after sign-in POP3 asks `STAT`, IMAP asks `STATUS INBOX`, SMTP quits.

mod claims;
mod connect;
mod deadlines;
mod imap;
mod lines;
mod machine;
mod outcome;
mod patience;
mod places;
mod plan;
mod pop3;
mod probe;
mod run;
mod sasl;
mod scrub;
mod self_test;
mod session;
mod smtp;
mod stream;
#[cfg(test)]
mod tests;
mod track;
mod whose;

pub use deadlines::Deadlines;
pub use outcome::{CheckOutcome, Failure, ProtocolOutcome};
pub use places::Places;
pub use plan::{Plan, SignInWith, Target, TokenKnown};
pub use probe::{Around, KnownHost, Neighbour};
pub use run::{Checker, Progress};
pub use sasl::xoauth2;
pub use self_test::Questions;
pub use whose::Whose;
