//! `ninka explain`: what a code says that somebody reads out over the phone. Touches no data and
//! no network.

use ninka_core::Ninka;
use ninka_core::view::ReadoutView;

use crate::output::Output;
use crate::{Ended, Verdict};

pub(crate) fn run(code: &str, json: bool, output: &Output) -> Ended {
    let explained = Ninka::explain_code(code)?;
    if json {
        output.json(&explained)?;
    } else {
        say(&explained, output);
    }
    Ok(Verdict::Well)
}

fn say(explained: &ReadoutView, output: &Output) {
    let language = output.language();
    let text = |id: &str, param: &str, value: &str| language.text(id, [(param, value)]);
    let words = [
        ("code", &*explained.code),
        ("words", &output.spelled(&explained.code)),
    ];
    output.line(&language.text("readout-said", words));
    let version = text("readout-customer-version", "version", &explained.version);
    output.line(&version);
    let place = [
        ("protocol", &explained.protocol),
        ("stage", &explained.stage),
    ];
    let place: Vec<String> = place
        .into_iter()
        .filter_map(|(kind, code)| Some(language.plain(&format!("readout-{kind}-{}", word(code)?))))
        .collect();
    if !place.is_empty() {
        output.line(&text("readout-place", "place", &place.join(" / ")));
    }
    if let Some(kind) = &explained.account_kind {
        let kind = language.plain(&format!("readout-kind-{kind}"));
        output.line(&text("readout-kind", "kind", &kind));
    }
    if explained.several {
        output.line(&language.plain("readout-several"));
    }
    match &explained.problem.diagnosis {
        Some(diagnosis) => output.explanation(diagnosis),
        None => output
            .sentences(&explained.problem)
            .iter()
            .for_each(|line| output.line(line)),
    }
}

/// As it stands in a text's id.
fn word(code: &Option<String>) -> Option<String> {
    code.as_ref().map(|code| code.replace('_', "-"))
}
