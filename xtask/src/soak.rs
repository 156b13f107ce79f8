//! `cargo xtask soak`: what `test` shows with a thousand tries, shown with ten thousand. Not part of
//! CI; before a release, and after a change of how authorizations are kept.

use anyhow::Result;

use crate::shell;
use crate::steps::{Step, Steps};

/// Ten times as often as in `test`.
const TIMES: &str = "10000";

pub(crate) const STEPS: Steps = Steps(&[
    Step {
        name: "kills",
        about: "the process is killed 10,000 times at any point, and nothing is lost",
        run: kills,
    },
    Step {
        name: "processes",
        about: "two processes renew one account 10,000 times, and it is never revoked",
        run: processes,
    },
]);

/// Runs the named steps, or all.
pub(crate) fn soak(names: &[String]) -> Result<()> {
    STEPS.run("soak", names)
}

fn kills() -> Result<()> {
    let mut tests = shell::cargo("test --workspace --lib -- ninka::tests::kills --nocapture");
    tests.env("NINKA_KILLS", TIMES);
    shell::run(&mut tests)
}

#[cfg(not(target_os = "linux"))]
fn processes() -> Result<()> {
    println!("skipped: the sign-in server of the tests runs on Linux");
    Ok(())
}

#[cfg(target_os = "linux")]
fn processes() -> Result<()> {
    let session = crate::session::Session::start()?;
    let mut tests = session.command(shell::cargo("").get_program());
    tests.args(["test", "--workspace", "--test", "processes"]);
    tests.env("NINKA_RENEWALS", TIMES);
    shell::run(&mut tests)
}
