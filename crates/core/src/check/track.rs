//! The track of one protocol's check: which step runs, how long each took, told as it happens.

use tokio::time::Instant;

use super::Progress;
use super::connect::millis;
use super::plan::Target;
use crate::account::AccountId;
use crate::view::{CheckEvent, StepName, StepOutcome, StepView};

/// The steps of one protocol.
pub(super) struct Track<'a> {
    account: AccountId,
    target: &'a Target,
    progress: Progress<'a>,
    steps: Vec<StepView>,
    running: Option<(StepName, Instant)>,
}

impl<'a> Track<'a> {
    /// A track nobody has set foot on; tells the steps to come.
    pub(super) fn start(account: AccountId, target: &'a Target, progress: Progress<'a>) -> Self {
        progress(CheckEvent::Started {
            account_id: account.0,
            protocol: target.protocol.into(),
            host: target.endpoint.host.as_str().to_owned(),
            port: target.endpoint.port.number(),
            steps: target.steps(),
        });
        Self {
            account,
            target,
            progress,
            steps: Vec::new(),
            running: None,
        }
    }

    /// The running step has passed, this one begins.
    pub(super) fn begin(&mut self, step: StepName) {
        self.finish(StepOutcome::Ok);
        self.running = Some((step, Instant::now()));
        self.tell(StepView {
            step,
            outcome: StepOutcome::Running,
            ms: None,
        });
    }

    /// The running step was the last.
    pub(super) fn end(&mut self, passed: bool) {
        self.finish(if passed {
            StepOutcome::Ok
        } else {
            StepOutcome::Failed
        });
    }

    /// The step that was taken last.
    pub(super) fn last(&self) -> Option<StepName> {
        self.steps.last().map(|step| step.step)
    }

    /// Every step of the protocol; those not reached at the end.
    pub(super) fn into_steps(self) -> Vec<StepView> {
        let mut steps = self.steps;
        for step in self.target.steps() {
            if !steps.iter().any(|taken| taken.step == step) {
                steps.push(StepView {
                    step,
                    outcome: StepOutcome::NotReached,
                    ms: None,
                });
            }
        }
        steps
    }

    fn finish(&mut self, outcome: StepOutcome) {
        if let Some((step, since)) = self.running.take() {
            let ms = Some(millis(since));
            let step = StepView { step, outcome, ms };
            self.steps.push(step.clone());
            self.tell(step);
        }
    }

    fn tell(&self, step: StepView) {
        (self.progress)(CheckEvent::Step {
            account_id: self.account.0,
            protocol: self.target.protocol.into(),
            step,
        });
    }
}
