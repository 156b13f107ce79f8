//! `ninka self-test`: what has to work on this computer.

use ninka_core::Ninka;
use ninka_core::view::{SelfTestOutcome, SelfTestRow};

use crate::check::word;
use crate::output::Output;
use crate::{Ended, Verdict};

pub(crate) async fn run(json: bool, ninka: &Ninka, output: &Output) -> Ended {
    let tested = ninka.self_test(&|_| {});
    tokio::pin!(tested);
    let tested = tokio::select! {
        tested = &mut tested => tested,
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_checks();
            tested.await
        }
    }?;
    if json {
        output.json(&tested)?;
    } else {
        tested.rows.iter().for_each(|row| say(row, output));
    }
    let failed = |row: &SelfTestRow| row.outcome == SelfTestOutcome::Failed;
    Ok(if tested.rows.iter().any(failed) {
        Verdict::Failed
    } else {
        Verdict::Well
    })
}

fn say(row: &SelfTestRow, output: &Output) {
    let (part, outcome) = (word(&row.part), word(&row.outcome));
    let id = format!("self-test-found-{}", word(&row.found));
    let say = |id: &str| output.language().text(id, [("detail", &*row.detail)]);
    let SelfTestRow { server, ms, .. } = row;
    output.line(&format!(
        "{part}\t{outcome}\t{server}\t{ms} ms\t{}",
        say(&id)
    ));
    if let Some(problem) = &row.problem {
        output.problem(problem);
    } else if row.outcome != SelfTestOutcome::Ok {
        output.progress(&say(&format!("{id}.fix")));
    }
}
