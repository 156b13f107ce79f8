//! The whole engine against recorded replies: every row of the table by its own, replies of the
//! wild by what was found to be their cause, and properties that hold for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::rules::{Rule, Sign, Weight, all};
use super::*;

mod collected;
mod evidence;

/// The evidence of a row's own reply: the first stage, protocol, … that the row is for.
fn evidence(rule: &Rule) -> Evidence {
    let mut case = guess::guess(rule.reply);
    for sign in rule.when.iter().rev() {
        if let Sign::Over([first, ..]) = sign {
            case.protocol = *first;
        } else if let Sign::By(auth) = sign {
            case.auth = *auth;
        } else if let Sign::Of([first, ..]) = sign {
            case.account_kind = *first;
        }
    }
    for sign in rule.when {
        if let Sign::At(stages) = sign {
            if !stages.contains(&case.stage) {
                case.stage = *stages.first().unwrap();
            }
        } else if let Sign::Over(protocols) = sign
            && protocols.contains(&guess::guess(rule.reply).protocol)
        {
            case.protocol = guess::guess(rule.reply).protocol;
        }
    }
    case
}

#[test]
fn every_row_holds_for_its_recorded_reply() {
    let mut faults = Vec::new();
    for rule in all() {
        let case = evidence(rule);
        let diagnosis = diagnose(&case);
        if diagnosis.candidates() != rule.causes {
            faults.push(format!(
                "{:?}\n   {:?} {:?} {:?} {:?}\n   wanted {:?}\n   got    {:?}",
                rule.reply,
                case.stage,
                case.protocol,
                case.auth,
                case.account_kind,
                rule.causes,
                diagnosis.candidates()
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n{} rows",
        faults.join("\n"),
        faults.len()
    );
}

#[test]
fn a_row_that_names_has_one_cause_and_the_others_several() {
    for rule in all() {
        assert_eq!(
            rule.weight == Weight::Names,
            rule.causes.len() == 1,
            "{rule:?}"
        );
    }
}

#[test]
fn every_pattern_is_built() {
    for rule in all() {
        for sign in rule.when {
            if let Sign::Says(pattern) | Sign::Silent(pattern) = sign {
                assert!(regex::Regex::new(pattern).is_ok(), "{pattern}");
            }
        }
    }
    let all: BTreeSet<_> = all().flat_map(|rule| rule.causes).collect();
    for cause in Cause::ALL {
        let elsewhere = [
            Cause::Unknown,
            Cause::ServerMisbehaves,
            Cause::Offline,
            Cause::SharedMailboxNoAccess,
        ];
        assert!(
            all.contains(cause) || elsewhere.contains(cause),
            "no row gives {cause:?}"
        );
    }
}

/// The answer to a text alone; stage, protocol, sign-in and kind of account by their codes.
fn told(stage: &str, protocol: &str, auth: &str, kind: &str, raw: &str) -> Diagnosis {
    diagnose(&Evidence {
        stage: Stage::from_code(stage).expect(raw),
        protocol: Protocol::from_code(protocol).expect(raw),
        auth: SignIn::from_code(auth).expect(raw),
        account_kind: AccountKind::from_code(kind).expect(raw),
        raw: raw.to_owned(),
        known: Known::default(),
        seen: Seen::default(),
    })
}

/// The lines of a table, each in its columns.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect(line))
}

/// `stage protocol sign-in kind cause reply` of replies seen in the wild, in their own wordings.
const REPLIES: &str = include_str!("../replies.tsv");

#[test]
fn replies_of_the_wild_are_explained() {
    let mut faults = Vec::new();
    for [stage, protocol, auth, kind, wanted, reply] in rows(REPLIES) {
        let diagnosis = told(stage, protocol, auth, kind, reply);
        // `?cause` is open and `cause` the likeliest; `cause` alone is certain.
        let right = match wanted.strip_prefix('?') {
            Some(open) => !diagnosis.certain() && diagnosis.cause().code() == open,
            None => diagnosis.certain() && diagnosis.cause().code() == wanted,
        };
        if !right {
            let got = diagnosis.candidates();
            faults.push(format!(
                "{stage} {protocol} {wanted} {reply}\n   got {got:?}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Patterns look for words: inside another word, or about another matter, they name nothing.
#[test]
fn words_within_words_name_no_cause() {
    for [stage, protocol, auth, not, raw] in rows(include_str!("../other_words.tsv")) {
        let diagnosis = told(stage, protocol, auth, "other", raw);
        let not = Cause::from_code(not).expect(raw);
        let named = diagnosis.candidates();
        assert!(!named.contains(&not), "{raw}: {named:?}");
    }
}

fn any_evidence(raw: String, choice: u32) -> Evidence {
    let stages = [
        Stage::Dns,
        Stage::Tcp,
        Stage::Tls,
        Stage::Greeting,
        Stage::Capability,
        Stage::StartTls,
        Stage::Auth,
        Stage::Mailbox,
        Stage::Receive,
        Stage::SendMailFrom,
        Stage::SendRcpt,
        Stage::SendData,
        Stage::OauthAuthorize,
        Stage::OauthToken,
        Stage::OauthRefresh,
        Stage::DeviceCode,
    ];
    let protocols = [
        Protocol::Oauth,
        Protocol::Smtp,
        Protocol::Imap,
        Protocol::Pop3,
        Protocol::Network,
    ];
    let sign_ins = [SignIn::None, SignIn::Password, SignIn::Xoauth2];
    let pick = |salt: u32, of: usize| (choice.rotate_left(salt) as usize) % of;
    Evidence {
        stage: stages[pick(0, stages.len())],
        protocol: protocols[pick(7, protocols.len())],
        auth: sign_ins[pick(13, sign_ins.len())],
        account_kind: AccountKind::Unknown,
        raw,
        known: Known::default(),
        seen: Seen::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_an_answer_keeps_its_promises(raw in "\\PC{0,300}", choice: u32) {
        let diagnosis = diagnose(&any_evidence(raw.clone(), choice));
        prop_assert!(!diagnosis.candidates().is_empty());
        prop_assert_eq!(diagnosis.candidates()[0], diagnosis.cause());
        prop_assert!(!diagnosis.certain() || diagnosis.candidates().len() == 1);
        prop_assert!(diagnosis.cause().fixers().contains(&diagnosis.who_fixes()));
        prop_assert!(!explain_text(&raw).candidates().is_empty());
    }

    #[test]
    fn bytes_of_any_kind_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), choice: u32) {
        let raw = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert!(!diagnose(&any_evidence(raw, choice)).candidates().is_empty());
    }
}

#[test]
fn evidence_that_fits_two_causes_is_never_certain() {
    // Of two AADSTS codes the last one counts, by Microsoft's own nesting.
    let naming: Vec<(&Rule, Evidence)> = all()
        .filter(|rule| rule.weight == Weight::Names && !rule.reply.contains("AADSTS"))
        .map(|rule| (rule, evidence(rule)))
        .collect();
    let mut faults = Vec::new();
    for (at, (one, first)) in naming.iter().enumerate() {
        for (other, second) in naming.iter().skip(at + 1) {
            let alike = first.stage == second.stage
                && first.protocol == second.protocol
                && first.auth == second.auth;
            let family = |rule: &Rule| rule.causes.first().map(|cause| cause.family());
            if !alike || family(one) == family(other) {
                continue;
            }
            let raw = format!("{}\n{}", one.reply, other.reply);
            let both = diagnose(&Evidence {
                raw,
                ..first.clone()
            });
            if both.certain() {
                faults.push(format!("{:?} of {}", both.cause(), both.raw()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
