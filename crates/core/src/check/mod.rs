//! The live check: every protocol of an account at once, step by step, with what was seen kept as
//! evidence. The protocols themselves are machines without I/O (`pop3`, `imap`, `smtp`); `session`
//! runs one over a connection, and `signed_in` hands one over to who goes on where a check ends. A
//! check never sends mail, never deletes and never marks as read: after sign-in POP3 asks `STAT`,
//! IMAP asks `STATUS INBOX`, SMTP quits.

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
mod reach;
mod run;
mod sasl;
mod scrub;
mod self_test;
mod session;
mod signed_in;
mod smtp;
mod stream;
#[cfg(test)]
mod tests;
mod track;
mod unanswered;
mod whose;

pub use deadlines::Deadlines;
pub(crate) use machine::Fault;
pub use outcome::{CheckOutcome, Failure, ProtocolOutcome};
pub use places::Places;
pub use plan::{Plan, SignInWith, Target, TokenKnown};
pub use probe::{Around, KnownHost, Neighbour};
pub(crate) use reach::reach;
pub use run::{Checker, Progress};
pub use sasl::xoauth2;
pub(crate) use scrub::{MASK, Scrub};
pub use self_test::Questions;
pub(crate) use signed_in::{Response, SignedIn, sign_in};
pub use whose::Whose;
