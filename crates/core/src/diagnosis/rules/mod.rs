//! The one table from (stage, protocol, sign-in, codes, kinds, pattern) to causes. Every row
//! carries a recorded reply that a test runs through the whole engine. A row that names one cause
//! outweighs one that leaves several open; two rows that name different causes leave both open.

mod entra;
mod network;
mod oauth_words;
mod password;
mod sending;
mod sign_in;
mod tls;
mod token;
mod weigh;

pub(super) use weigh::weigh;

use super::reading::{Reading, SocketFault, TlsFault};
use super::{AccountKind, Cause, Protocol, SignIn, Stage};

/// One row.
#[derive(Debug)]
pub(super) struct Rule {
    /// How much the row knows.
    pub weight: Weight,
    /// All of these must hold.
    pub when: &'static [Sign],
    /// What is then open, the likeliest first.
    pub causes: &'static [Cause],
    /// A reply as it was recorded, or as the vendor documents it.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by the tests of the table")
    )]
    pub reply: &'static str,
}

/// How much a row knows, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The text names its cause by a code or in words that mean nothing else.
    Names,
    /// Codes and structure that fit a few causes.
    Leaves,
    /// Nothing but the stage and a general refusal.
    Guesses,
}

/// A condition on the evidence.
#[derive(Debug)]
pub(super) enum Sign {
    /// At one of these stages.
    At(&'static [Stage]),
    /// Over one of these protocols.
    Over(&'static [Protocol]),
    /// The sign-in was tried this way.
    By(SignIn),
    /// The sign-in was tried another way.
    NotBy(SignIn),
    /// The account is one of these.
    Of(&'static [AccountKind]),
    /// The last AADSTS code is one of these.
    Aadsts(&'static [u32]),
    /// The last AADSTS code is within one of these ranges: Microsoft numbers by subject.
    AadstsWithin(&'static [(u32, u32)]),
    /// There is no AADSTS code that the table knows: codes come and go, words stay.
    NoAadsts,
    /// One of these OAuth words is there.
    Word(&'static [&'static str]),
    /// One of these SMTP reply codes is there.
    Reply(&'static [u16]),
    /// One of these enhanced codes is there.
    Enhanced(&'static [&'static str]),
    /// A TLS library says this.
    Tls(TlsFault),
    /// A system says this.
    Socket(SocketFault),
    /// One of these ports is named.
    Port(&'static [u16]),
    /// None of these ports is named.
    NotPort(&'static [u16]),
    /// A property of the text that a parser found.
    Holds(fn(&Reading) -> bool),
    /// The text, in one line of lower case, matches this pattern.
    Says(&'static str),
    /// It does not match this pattern.
    Silent(&'static str),
    /// A TLS library does not say this.
    NotTls(TlsFault),
    /// A system does not say this.
    NotSocket(SocketFault),
}

/// A row whose text names its cause.
pub(super) const fn names(
    when: &'static [Sign],
    cause: &'static [Cause; 1],
    reply: &'static str,
) -> Rule {
    Rule {
        weight: Weight::Names,
        when,
        causes: cause,
        reply,
    }
}

/// A row that leaves several causes open.
pub(super) const fn leaves(
    when: &'static [Sign],
    causes: &'static [Cause],
    reply: &'static str,
) -> Rule {
    Rule {
        weight: Weight::Leaves,
        when,
        causes,
        reply,
    }
}

/// A row for when nothing better fits.
pub(super) const fn guesses(
    when: &'static [Sign],
    causes: &'static [Cause],
    reply: &'static str,
) -> Rule {
    Rule {
        weight: Weight::Guesses,
        when,
        causes,
        reply,
    }
}

/// The families, in the order in which their rows outrank each other.
const TABLE: &[&[Rule]] = &[
    entra::RULES,
    oauth_words::RULES,
    sending::RULES,
    sign_in::RULES,
    token::RULES,
    password::RULES,
    tls::RULES,
    network::RULES,
];

/// Every row.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    TABLE.iter().copied().flatten()
}
