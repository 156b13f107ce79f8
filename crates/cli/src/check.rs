//! `ninka check`: progress for a person, a table or JSON as the answer.

use ninka_core::Ninka;
use ninka_core::account::AccountId;
use ninka_core::view::{CheckEvent, CheckReport, CheckResult, ProtocolReport, StepOutcome};

use crate::arguments::CheckArguments;
use crate::output::Output;
use crate::{Ended, Verdict, account};

pub(crate) async fn run(arguments: CheckArguments, ninka: &Ninka, output: &Output) -> Ended {
    let ids = match &arguments.what.address {
        Some(address) => vec![AccountId(account::find(ninka, address).await?.row.id)],
        None => Vec::new(),
    };
    let watched = !arguments.json && output.is_terminal();
    let tell = |event| {
        if let CheckEvent::Step { step, protocol, .. } = event
            && watched
            && step.outcome != StepOutcome::Running
        {
            let ms = step.ms.unwrap_or_default();
            let (protocol, name) = (word(&protocol), word(&step.step));
            output.progress(&format!(
                "{protocol}\t{name}\t{}\t{ms} ms",
                word(&step.outcome)
            ));
        }
    };
    let wish = ninka.check(&ids, &tell);
    tokio::pin!(wish);
    let reports = tokio::select! {
        reports = &mut wish => reports,
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_checks();
            wish.await
        }
    }?;
    if arguments.json {
        output.json(&reports)?;
    } else {
        reports.iter().for_each(|report| say(report, output));
    }
    let failed = |report: &CheckReport| {
        report
            .protocols
            .iter()
            .any(|protocol| protocol.result == CheckResult::Failed)
    };
    Ok(if reports.iter().any(failed) {
        Verdict::Failed
    } else {
        Verdict::Well
    })
}

fn say(report: &CheckReport, output: &Output) {
    for protocol in &report.protocols {
        let ProtocolReport {
            host, port, result, ..
        } = protocol;
        let (name, result_word) = (word(&protocol.protocol), word(result));
        output.line(&format!(
            "{}\t{name}\t{host}:{port}\t{result_word}",
            report.account
        ));
        if *result == CheckResult::Failed {
            if let Some(diagnosis) = &protocol.diagnosis {
                output.diagnosis(diagnosis);
            }
            if let Some(obstacle) = &protocol.obstacle {
                output.problem(obstacle);
            }
        }
    }
}

/// The name on the wire, so that the table and the JSON speak alike.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
