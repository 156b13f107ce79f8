//! Failures in the wordings of many mail programs and servers, with their cause: a floor under the
//! engine, so that a rule that costs another case shows. From C054 on they come from reports of real
//! failures and were judged before any rule was made from them; README has the figures of those days.
//! A cause that ends in `_ambiguous` is none: there several have to stay open.

use super::told;
use crate::diagnosis::*;

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

fn collected() -> Vec<Collected> {
    include_str!("../cases/collected.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Collected {
    /// What the engine says of it, with its text as some program shows it.
    fn diagnosed(&self, raw: &str) -> Diagnosis {
        told(
            &self.stage,
            &self.protocol,
            &self.auth,
            &self.account_kind,
            raw,
        )
    }
}

#[test]
fn collected_failures_are_told_apart() {
    let cases = collected();
    let (mut clear, mut exact, mut family, mut falsely_certain) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    for case in &cases {
        let diagnosis = case.diagnosed(&case.raw);
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

/// How programs and terminals dress what a server said; none of it tells of the failure.
const DRESSES: [fn(&str) -> String; 5] = [
    |raw| format!("2026-11-29 10:22:03,114 INFO [worker-3] MailService - job 4711: {raw}"),
    |raw| format!("{raw}\n    at example.mail.Service.run(Service.java:123)"),
    |raw| {
        let inner = serde_json::json!({ "error": raw }).to_string();
        serde_json::json!({ "log": inner, "time": "2026-11-29T10:22:03Z" }).to_string()
    },
    |raw| format!("\u{1b}[31mERROR\u{1b}[0m \u{1b}[1m{raw}\u{1b}[0m"),
    |raw| {
        let escaped = raw.replace('&', "&amp;").replace('<', "&lt;");
        format!("<Message>{}</Message>", escaped.replace('"', "&quot;"))
    },
];

#[test]
fn how_a_text_is_dressed_changes_nothing() {
    let mut changed = Vec::new();
    for case in collected().iter().step_by(3) {
        let plain = case.diagnosed(&case.raw);
        for (place, dress) in DRESSES.iter().enumerate() {
            let dressed = case.diagnosed(&dress(&case.raw));
            if dressed.candidates() != plain.candidates() {
                let (from, to) = (plain.candidates(), dressed.candidates());
                changed.push(format!("{} in {place}: {from:?} -> {to:?}", case.id));
            }
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
