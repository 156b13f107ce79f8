//! The live check: every protocol of an account at once, step by step, with what was seen kept as
//! evidence. The protocols themselves are machines without I/O (`pop3`, `imap`, `smtp`); `session`
//! runs one over a connection. A check never sends mail, never deletes and never marks as read:
//! after sign-in POP3 asks `STAT`, IMAP asks `STATUS INBOX`, SMTP quits.

mod outcome;
mod plan;

pub use outcome::{CheckOutcome, Failure, ProtocolOutcome};
pub use plan::{Plan, SignInWith, Target, TokenKnown};

use tokio_util::sync::CancellationToken;

use crate::tls::Trust;
use crate::view::CheckEvent;

/// Takes a check's progress, in order.
pub type Progress<'a> = &'a (dyn Fn(CheckEvent) + Send + Sync);

/// Checks one account: all its protocols at once. Performs I/O; ends within the sum of the steps'
/// deadlines, or at once when cancelled.
pub async fn run(
    plan: &Plan,
    trust: &Trust,
    progress: Progress<'_>,
    cancel: &CancellationToken,
) -> CheckOutcome {
    let _ = (trust, progress, cancel);
    std::future::ready(CheckOutcome {
        account: plan.account,
        ms: 0,
        protocols: Vec::new(),
    })
    .await
}

/// Checks several accounts, a bounded number at a time. Performs I/O. The outcomes come in the
/// plans' order.
pub async fn run_all(
    plans: &[Plan],
    trust: &Trust,
    progress: Progress<'_>,
    cancel: &CancellationToken,
) -> Vec<CheckOutcome> {
    let mut outcomes = Vec::new();
    for plan in plans {
        outcomes.push(run(plan, trust, progress, cancel).await);
    }
    outcomes
}
