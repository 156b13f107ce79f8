//! Codes there and back, what people make of them on the phone, and the numbers that never change.

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::Problem;
use crate::diagnosis::Cause;
use crate::view::ReadoutView;

fn code(cause: &str) -> Readout {
    let place = Place {
        stage: Some(Stage::Auth),
        protocol: Some(Protocol::Smtp),
        kind: AccountKind::Work,
    };
    Readout::of(cause, place, Some(Fixer::TenantAdmin), false)
}

fn any_readout() -> impl Strategy<Value = Readout> {
    let option = |all: usize| prop::option::of(0..all);
    let place = (
        option(STAGES.len()),
        option(PROTOCOLS.len()),
        0..KINDS.len(),
    );
    let version = (0..8_u8, 0..32_u8, 0..16_u8);
    let rest = (any::<bool>(), option(Fixer::ALL.len()), version);
    (0..numbers::rows().len(), place, rest).prop_map(|(row, (stage, protocol, kind), rest)| {
        let (several, fixer, (major, minor, patch)) = rest;
        Readout {
            cause: numbers::rows()[row].0,
            place: Place {
                stage: stage.map(|at| STAGES[at]),
                protocol: protocol.map(|at| PROTOCOLS[at]),
                kind: KINDS[kind],
            },
            several,
            fixer: fixer.map(|at| Fixer::ALL[at]),
            version: Version {
                major,
                minor,
                patch,
            },
        }
    })
}

proptest! {
    #[test]
    fn there_and_back(readout in any_readout()) {
        let shown = readout.to_string();
        prop_assert_eq!(shown.len(), 9);
        prop_assert_eq!(Readout::read(&shown), Ok(readout));
    }

    #[test]
    fn one_wrong_character_is_found(readout in any_readout(), at in 0..8_usize, by in 1..32_u8) {
        let mut letters: Vec<char> = letters::write(readout.bits()).into();
        let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let value = alphabet.find(letters[at]).unwrap();
        letters[at] = alphabet.chars().nth((value + usize::from(by)) % 32).unwrap();
        let heard: String = letters.into_iter().collect();
        prop_assert_eq!(Readout::read(&heard), Err(Unreadable::Mistyped));
    }

    #[test]
    fn two_that_changed_places_are_found(readout in any_readout(), a in 0..8_usize, b in 0..8_usize) {
        let mut letters: Vec<char> = letters::write(readout.bits()).into();
        prop_assume!(letters[a] != letters[b]);
        letters.swap(a, b);
        let heard: String = letters.into_iter().collect();
        prop_assert_eq!(Readout::read(&heard), Err(Unreadable::Mistyped));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        Readout::read(&text).ok();
    }

    /// Any eight letters of the alphabet are a code, or said to be none; what is one comes back.
    #[test]
    fn any_letters(text in "[0-9A-HJKMNP-TV-Z]{8}") {
        if let Ok(readout) = Readout::read(&text) {
            prop_assert_eq!(readout.to_string().replace('-', ""), text);
        }
    }
}

#[test]
fn as_people_type_it() {
    let readout = code("smtp_auth_disabled_tenant");
    let shown = readout.to_string();
    let wide: String = shown
        .chars()
        .map(|letter| match u32::from(letter) {
            ascii @ 0x21..=0x7E => char::from_u32(ascii + 0xFEE0).unwrap(),
            _ => letter,
        })
        .collect();
    let heard = shown.replace('0', "o").replace('1', "l").to_lowercase();
    let spaced: String = shown.chars().flat_map(|letter| [letter, ' ']).collect();
    for text in [
        shown.replace('-', ""),
        wide,
        heard,
        spaced,
        shown.replace('-', "ー"),
    ] {
        assert_eq!(Readout::read(&text), Ok(readout), "{text}");
    }
    assert_eq!(Readout::read(""), Err(Unreadable::Length { found: 0 }));
    assert_eq!(
        Readout::read("0123-456"),
        Err(Unreadable::Length { found: 7 })
    );
    let endless = "0 ".repeat(100_000);
    assert_eq!(
        Readout::read(&endless),
        Err(Unreadable::Length { found: 9 })
    );
    let wrong = Unreadable::Character { character: 'U' };
    assert_eq!(Readout::read("012U-4567"), Err(wrong));
}

#[test]
fn a_newer_program_is_named() {
    let mut newer = code("unknown");
    newer.cause = 470;
    newer.version = Version {
        major: 3,
        minor: 14,
        patch: 1,
    };
    let version = newer.version;
    let told = Readout::read(&newer.to_string());
    assert_eq!(told, Err(Unreadable::Newer { version }));
    let problem = Problem::from(told.unwrap_err());
    assert_eq!(problem.params()["version"], "3.14.1");
}

/// Numbers are in codes that people have written down. A line once released is never changed,
/// moved or taken away; lines are added at the end, and need no change here.
#[test]
fn numbers_never_change() {
    const FROZEN: usize = 148;
    const DIGEST: &str = "27149d6ef4a08328a91ab7f26fe3c333c7ef4d6633c99f1a3201ff1bb4b40b6a";
    let rows = numbers::rows();
    let text: String = rows[..FROZEN]
        .iter()
        .map(|(number, name)| format!("{number}\t{name}\n"))
        .collect();
    let digest: String = Sha256::digest(text)
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect();
    assert_eq!(digest, DIGEST);
    // The others are kept for layouts to come.
    assert!(rows.len() < 480);
}

/// A code as an older program showed it reads the same for ever.
#[test]
fn a_written_down_code_stays_readable() {
    let readout = Readout {
        version: Version {
            major: 0,
            minor: 1,
            patch: 0,
        },
        ..code("smtp_auth_disabled_tenant")
    };
    assert_eq!(readout.to_string(), "40EJ-80GE");
}

#[test]
fn places_have_their_numbers() {
    for (stage, number) in STAGES.into_iter().zip(1..) {
        assert_eq!(stage_number(stage), number);
    }
    for (protocol, number) in PROTOCOLS.into_iter().zip(1..) {
        assert_eq!(protocol_number(protocol), number);
    }
    for (fixer, number) in Fixer::ALL.into_iter().zip(1..) {
        assert_eq!(fixer_number(fixer), number);
    }
}

/// What the customer's screen says is what the desk's says.
#[test]
fn a_code_explains_what_the_customer_sees() {
    for cause in Cause::ALL {
        let view = ReadoutView::from(&code(cause.code()));
        let diagnosis = view.problem.diagnosis.unwrap();
        assert_eq!(
            (&*diagnosis.cause, &*diagnosis.text),
            (cause.code(), cause.text())
        );
        assert_eq!(diagnosis.who_fixes, "tenant_admin");
        assert_eq!(view.stage.as_deref(), Some("auth"));
        assert_eq!(view.protocol.as_deref(), Some("smtp"));
        assert_eq!(view.account_kind.as_deref(), Some("work"));
        assert_eq!(view.version, env!("CARGO_PKG_VERSION"));
    }
    let problem = Problem::WrongAccountSignedIn {
        expected: "a@hana.example".to_owned(),
        actual: "b@hana.example".to_owned(),
    };
    let view = ReadoutView::from(&problem.readout().unwrap());
    assert_eq!(view.problem.code, problem.code());
    assert_eq!(view.problem.text, problem.text());
    assert!(view.problem.params.values().all(|value| value == "…"));
    assert_eq!(view.problem.params.len(), 2);
    assert_eq!(view.stage, None);
}
