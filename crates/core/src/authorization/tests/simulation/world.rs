//! The world that the simulated shops live in: when their computers run, when the network and the
//! service work, and how the service treats refresh tokens. The same at every run.

use super::{DAY, YEARS};

/// xorshift64*: the same world at every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap() + 1;
        least + i64::try_from((self.roll() >> 8) % span).unwrap()
    }

    pub(super) fn one_in(&mut self, many: i64) -> bool {
        self.between(1, many) == 1
    }
}

/// A time in which something works.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) from: i64,
    pub(super) to: i64,
    /// For the network: whether what came before answered, though wrongly.
    pub(super) after_portal: bool,
}

pub(super) fn spans(
    dice: &mut Dice,
    works: impl Fn(&mut Dice) -> i64,
    fails: impl Fn(&mut Dice) -> i64,
) -> Vec<Span> {
    let (mut at, mut all) = (0, Vec::new());
    // The last one begins after the end.
    while all.last().is_none_or(|span: &Span| span.from < YEARS) {
        let to = at + works(dice);
        let after_portal = dice.one_in(3);
        all.push(Span {
            from: at,
            to,
            after_portal,
        });
        at = to + fails(dice);
    }
    all
}

/// A time in which the computer runs, the network works and the service serves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Good {
    pub(super) from: i64,
    pub(super) to: i64,
    /// Whether its beginning is noticed: a start, a wake-up, or the network's return.
    pub(super) noticed: bool,
}

pub(super) fn goods(on: &[Span], network: &[Span], service: &[Span]) -> Vec<Good> {
    let (mut goods, mut net, mut serves) = (Vec::new(), 0, 0);
    for session in on {
        let mut at = session.from;
        while at < session.to.min(YEARS) {
            let (Some(net), Some(serves)) = (
                span_at(network, &mut net, at),
                span_at(service, &mut serves, at),
            ) else {
                break;
            };
            let from = at.max(net.from).max(serves.from);
            let to = session.to.min(net.to).min(serves.to);
            if from < to {
                let noticed = from == session.from || (from == net.from && !net.after_portal);
                goods.push(Good { from, to, noticed });
            }
            at = net.to.min(serves.to).max(at + 1);
        }
    }
    goods
}

/// The span that `at` is in, or the next one. `place` only grows.
pub(super) fn span_at<'a>(all: &'a [Span], place: &mut usize, at: i64) -> Option<&'a Span> {
    while all.get(*place).is_some_and(|span| span.to <= at) {
        *place += 1;
    }
    all.get(*place)
}

/// How the sign-in service treats refresh tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Microsoft's: a used token stays good until its own 90 days are over.
    OldStaysGood,
    /// A used token is worth nothing, and using it again revokes its successors.
    Strict,
}

/// What the service knows of one account: the tokens by number, with their time of issue.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) issued: Vec<i64>,
    pub(super) revoked: bool,
}

pub(super) enum Redeemed {
    Token(usize),
    Expired,
    Revoked,
}

impl Tokens {
    pub(super) fn consent(&mut self, at: i64) -> usize {
        self.issued.push(at);
        self.revoked = false;
        self.issued.len() - 1
    }

    pub(super) fn redeem(&mut self, token: usize, rule: Rule, at: i64) -> Redeemed {
        let newest = token + 1 == self.issued.len();
        if rule == Rule::Strict && (self.revoked || !newest) {
            self.revoked = true;
            return Redeemed::Revoked;
        }
        if at - self.issued[token] >= 90 * DAY {
            return Redeemed::Expired;
        }
        self.issued.push(at);
        Redeemed::Token(self.issued.len() - 1)
    }
}
