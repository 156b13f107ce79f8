//! `cargo xtask bench`: what `tests/benches` measures. Not part of CI: times are no test there, and
//! the round trips are held fast by a test.

use anyhow::Result;

/// Runs the benchmarks, or those whose names contain the filter. They are built as the tests are,
/// so that nothing has to be built anew; the way's delay is far longer than what that costs.
#[cfg(target_os = "linux")]
pub(crate) fn bench(filter: &[String]) -> Result<()> {
    use crate::{packages, shell};

    packages::need(&[packages::BUILD, packages::WINDOW, packages::SERVERS])?;
    let session = crate::session::Session::start()?;
    let mut command = session.command(shell::cargo("").get_program());
    command.args([
        "bench",
        "--workspace",
        "--profile",
        "dev",
        "--bench",
        "check",
        "--",
    ]);
    command.args(filter);
    shell::run(&mut command)
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn bench(_: &[String]) -> Result<()> {
    println!("skipped: Dovecot and Postfix run on Linux");
    Ok(())
}
