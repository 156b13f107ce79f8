//! Failures in the wordings of many mail programs and servers, with their cause: a floor under the
//! engine, so that a rule that costs another case shows. From C054 on they come from reports of real
//! failures and were judged before any rule was made from them; README has the figures of those days.
//! A cause that ends in `_ambiguous` is none: there several have to stay open.

use super::*;

/// A collected failure and what was its cause.
#[derive(serde::Deserialize)]
struct Collected {
    id: String,
    stage: String,
    protocol: String,
    auth: String,
    account_kind: String,
    raw: String,
    cause: String,
}

#[test]
fn collected_failures_are_told_apart() {
    let cases: Vec<Collected> = include_str!("cases/collected.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (mut clear, mut exact, mut family, mut falsely_certain) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    for case in &cases {
        let diagnosis = diagnose(&Evidence {
            stage: Stage::from_code(&case.stage).unwrap(),
            protocol: Protocol::from_code(&case.protocol).unwrap(),
            auth: SignIn::from_code(&case.auth).unwrap(),
            account_kind: AccountKind::from_code(&case.account_kind).unwrap(),
            raw: case.raw.clone(),
            known: Known::default(),
            seen: Seen::default(),
        });
        if case.cause.ends_with("_ambiguous") {
            let open = !diagnosis.certain() && diagnosis.candidates().len() > 1;
            assert!(open, "{}: {:?}", case.id, diagnosis.candidates());
            continue;
        }
        clear += 1;
        let wanted = Cause::from_code(&case.cause)
            .unwrap_or_else(|| panic!("{}: no cause {}", case.id, case.cause));
        let related = diagnosis.cause().family() == wanted.family();
        exact += usize::from(diagnosis.cause() == wanted);
        family += usize::from(related);
        falsely_certain += usize::from(diagnosis.certain() && !related);
        if diagnosis.cause() != wanted {
            missed.push(format!(
                "{} {} <- {:?} certain={}",
                case.id,
                case.cause,
                diagnosis.candidates(),
                diagnosis.certain()
            ));
        }
    }
    let report = format!(
        "{clear} cases: cause {exact}, family {family}, falsely certain {falsely_certain}\n{}",
        missed.join("\n")
    );
    assert_eq!(falsely_certain, 0, "{report}");
    assert!(exact * 100 >= clear * 94, "{report}");
    assert!(family * 100 >= clear * 98, "{report}");
}
