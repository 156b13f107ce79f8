//! `ninka prove`: a test mail from an account to itself, or a look at what came in last.

use ninka_core::Ninka;
use ninka_core::account::AccountId;
use ninka_core::view::{ProofEvent, ProofView};

use crate::output::Output;
use crate::{Ended, Verdict, account};

pub(crate) async fn run(address: &str, json: bool, ninka: &Ninka, output: &Output) -> Ended {
    let id = AccountId(account::find(ninka, address).await?.row.id);
    let watched = !json && output.is_terminal();
    let say = |id: &str| output.language().plain(id);
    let tell = |event| {
        if watched {
            match event {
                ProofEvent::Looking => output.progress(&say("cli-proof-looking")),
                ProofEvent::Sending => output.progress(&say("cli-proof-sending")),
                ProofEvent::Waiting { looks: 1, .. } => output.progress(&say("cli-proof-waiting")),
                ProofEvent::Waiting { .. } => {}
            }
        }
    };
    let wish = ninka.prove(id, &tell);
    tokio::pin!(wish);
    let ended = tokio::select! {
        ended = &mut wish => ended,
        _ = tokio::signal::ctrl_c() => {
            ninka.cancel_checks();
            wish.await
        }
    }?;
    if json {
        output.json(&ended)?;
    } else {
        print(&ended, output);
    }
    Ok(match ended {
        ProofView::Arrived { same: true, .. }
        | ProofView::Sent { .. }
        | ProofView::Newest { .. } => Verdict::Well,
        ProofView::Arrived { same: false, .. }
        | ProofView::NotArrived { .. }
        | ProofView::Failed { .. } => Verdict::Failed,
    })
}

fn print(ended: &ProofView, output: &Output) {
    let say = |id: &str, params: &[(&str, String)]| {
        let params = params.iter().map(|(name, value)| (*name, value.as_str()));
        output.line(&output.language().text(id, params));
    };
    match ended {
        ProofView::Arrived {
            ms, subject, same, ..
        } => {
            let seconds = format!("{}.{}", ms / 1000, ms % 1000 / 100);
            say("cli-proof-arrived", &[("seconds", seconds)]);
            say("cli-proof-subject", &[("subject", subject.clone())]);
            let kept = if *same {
                "cli-proof-same"
            } else {
                "cli-proof-changed"
            };
            say(kept, &[]);
        }
        ProofView::NotArrived { ms, sent, .. } => {
            say(
                "cli-proof-not-arrived",
                &[("seconds", (ms / 1000).to_string())],
            );
            say("cli-proof-subject", &[("subject", sent.clone())]);
        }
        ProofView::Sent { sent, .. } => {
            say("cli-proof-sent", &[]);
            say("cli-proof-subject", &[("subject", sent.clone())]);
        }
        ProofView::Newest { mails, .. } => {
            for mail in mails {
                let at = mail
                    .at
                    .and_then(|at| jiff::Timestamp::from_second(at).ok())
                    .map(|at| at.to_string())
                    .unwrap_or_default();
                let mark = if mail.sound { "" } else { "!" };
                output.line(&format!(
                    "{at}\t{}\t{mark}\t{}",
                    mail.sender_domain, mail.subject
                ));
            }
        }
        ProofView::Failed {
            host,
            port,
            mail_sent,
            diagnosis,
            ..
        } => {
            output.progress(&format!("{host}:{port}"));
            let told = if *mail_sent {
                "cli-proof-failed-after"
            } else {
                "cli-proof-failed-before"
            };
            output.progress(&output.language().plain(told));
            output.diagnosis(diagnosis);
        }
    }
}
