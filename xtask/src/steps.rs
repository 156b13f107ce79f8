//! A list of steps: run in order with their times, up to the first that fails, or single ones by
//! name.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::shell::Spoken;

/// One step of a command.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// What it shows when it passes.
    pub(crate) about: &'static str,
    pub(crate) run: fn() -> Result<()>,
}

/// The steps of a command, in their order.
pub(crate) struct Steps(pub(crate) &'static [Step]);

impl Steps {
    /// Runs the named steps, or all when none is named. `..NAME` are those up to a step, `NAME..`
    /// those from it on.
    pub(crate) fn run(&self, command: &str, names: &[String]) -> Result<()> {
        let mut chosen = vec![names.is_empty(); self.0.len()];
        for name in names {
            let alone = name.trim_matches('.');
            let Some(at) = self.0.iter().position(|step| step.name == alone) else {
                bail!("no step is called `{name}`; there are:\n{}", self.list());
            };
            for (step, chosen) in chosen.iter_mut().enumerate() {
                let before = name.starts_with("..") && step < at;
                let after = name.ends_with("..") && step > at;
                *chosen |= before || step == at || after;
            }
        }
        let begin = Instant::now();
        let mut times = Vec::new();
        let steps = self.0.iter().zip(chosen);
        for step in steps.filter_map(|(step, chosen)| chosen.then_some(step)) {
            println!("\n=== {}: {}", step.name, step.about);
            let begin = Instant::now();
            if let Err(fault) = (step.run)() {
                let (name, time) = (step.name, Spoken(begin.elapsed()));
                bail!(
                    "{fault:#}\n\ncargo xtask {command}: step `{name}` failed after {time}; \
                     alone: cargo xtask {command} {name}"
                );
            }
            println!("--- {}: {}", step.name, Spoken(begin.elapsed()));
            times.push((step.name, begin.elapsed()));
        }
        println!("\n{}", summary(command, &times, begin.elapsed()));
        Ok(())
    }

    /// The names with what they show, a line each.
    pub(crate) fn list(&self) -> String {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|step| format!("  {:10} {}", step.name, step.about))
            .collect();
        lines.join("\n")
    }
}

fn summary(command: &str, times: &[(&str, Duration)], whole: Duration) -> String {
    let lines: Vec<String> = times
        .iter()
        .map(|(name, time)| format!("{name} {}", Spoken(*time)))
        .collect();
    format!(
        "cargo xtask {command}: every step passed in {} ({})",
        Spoken(whole),
        lines.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: Steps = Steps(&[
        Step {
            name: "good",
            about: "passes",
            run: || Ok(()),
        },
        Step {
            name: "bad",
            about: "fails",
            run: || bail!("the reason"),
        },
    ]);

    #[test]
    fn steps_run_up_to_one_and_from_one_on() {
        assert!(STEPS.run("test", &["..good".to_owned()]).is_ok());
        assert!(STEPS.run("test", &["..bad".to_owned()]).is_err());
        assert!(STEPS.run("test", &["good..".to_owned()]).is_err());
        assert!(STEPS.run("test", &["bad..".to_owned()]).is_err());
    }

    #[test]
    fn a_single_step_runs_alone() {
        STEPS.run("test", &["good".into()]).unwrap();
    }

    #[test]
    fn the_failed_step_and_its_reason_are_named() {
        let fault = format!("{:#}", STEPS.run("test", &[]).unwrap_err());
        assert!(
            fault.contains("step `bad` failed") && fault.contains("the reason"),
            "{fault}"
        );
    }

    #[test]
    fn an_unknown_step_lists_those_there_are() {
        let fault = STEPS.run("test", &["ugly".into()]).unwrap_err().to_string();
        assert!(
            fault.contains("`ugly`") && fault.contains("good"),
            "{fault}"
        );
    }
}
