//! Runs the table over a reading: which rows hold, which of them know most, and what they leave
//! open together.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::{RegexSet, SetMatches};

use super::{Rule, Sign, Weight, all};
use crate::diagnosis::reading::{Reading, regex_set};
use crate::diagnosis::{Cause, Evidence};

/// Every pattern of the table, matched in one pass.
struct Patterns {
    set: RegexSet,
    places: HashMap<&'static str, usize>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut list: Vec<&'static str> = all()
        .flat_map(|rule| rule.when)
        .filter_map(|sign| {
            if let Sign::Says(pattern) | Sign::Silent(pattern) = sign {
                Some(*pattern)
            } else {
                None
            }
        })
        .collect();
    list.sort_unstable();
    list.dedup();
    Patterns {
        set: regex_set(list.iter().copied()),
        places: list.into_iter().zip(0..).collect(),
    }
});

/// Every AADSTS code of the table.
static CODES: LazyLock<HashSet<u32>> = LazyLock::new(|| {
    all()
        .flat_map(|rule| rule.when)
        .filter_map(|sign| {
            if let Sign::Aadsts(codes) = sign {
                Some(codes.iter().copied())
            } else {
                None
            }
        })
        .flatten()
        .collect()
});

/// What the table leaves open, the likeliest first.
pub(in crate::diagnosis) fn weigh(evidence: &Evidence, reading: &Reading) -> Vec<Cause> {
    let matched = PATTERNS.set.matches(&reading.line);
    let holding: Vec<&Rule> = all()
        .filter(|rule| {
            rule.when
                .iter()
                .all(|sign| holds(sign, evidence, reading, &matched))
        })
        .collect();
    let Some(best) = holding.iter().map(|rule| rule.weight).min() else {
        return Vec::new();
    };
    let mut open = Vec::new();
    for rule in holding.iter().filter(|rule| rule.weight == best) {
        for cause in rule.causes {
            if !open.contains(cause) {
                open.push(*cause);
            }
        }
        // Rows that name a cause may contradict each other; of the others the first knows best.
        if best != Weight::Names {
            break;
        }
    }
    open
}

fn holds(sign: &Sign, evidence: &Evidence, reading: &Reading, matched: &SetMatches) -> bool {
    let says = |pattern: &str| {
        PATTERNS
            .places
            .get(pattern)
            .is_some_and(|&place| matched.matched(place))
    };
    match sign {
        Sign::At(stages) => stages.contains(&evidence.stage),
        Sign::Over(protocols) => protocols.contains(&evidence.protocol),
        Sign::By(auth) => *auth == evidence.auth,
        Sign::NotBy(auth) => *auth != evidence.auth,
        Sign::Of(kinds) => kinds.contains(&evidence.account_kind),
        Sign::Aadsts(codes) => reading.oauth.code.is_some_and(|code| codes.contains(&code)),
        Sign::AadstsWithin(ranges) => reading.oauth.code.is_some_and(|code| {
            let mut ranges = ranges.iter();
            ranges.any(|(from, to)| (*from..=*to).contains(&code))
        }),
        Sign::NoAadsts => reading.oauth.code.is_none_or(|code| !CODES.contains(&code)),
        Sign::Word(words) => words.iter().any(|word| reading.oauth.words.contains(word)),
        Sign::Reply(codes) => codes.iter().any(|code| reading.smtp.codes.contains(code)),
        Sign::Enhanced(codes) => codes
            .iter()
            .any(|code| reading.smtp.enhanced.contains(*code)),
        Sign::Tls(fault) => reading.tls.contains(fault),
        Sign::Socket(fault) => reading.socket.contains(fault),
        Sign::Port(ports) => reading.host.names_any(ports),
        Sign::NotPort(ports) => !reading.host.names_any(ports),
        Sign::Holds(property) => property(reading),
        Sign::Says(pattern) => says(pattern),
        Sign::Silent(pattern) => !says(pattern),
        Sign::NotTls(fault) => !reading.tls.contains(fault),
        Sign::NotSocket(fault) => !reading.socket.contains(fault),
    }
}
