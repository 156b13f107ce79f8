//! The project's own commands: `cargo xtask run`, `cargo xtask test`, `cargo xtask cross`, and the
//! small ones they are made of. Each installs what it lacks on Debian and names it elsewhere.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program talks to the person at the terminal"
)]

mod bench;
#[cfg(target_os = "linux")]
mod cross;
#[cfg(not(target_os = "linux"))]
#[path = "cross/elsewhere.rs"]
mod cross;
mod files;
mod generated;
mod handbook;
mod packages;
mod run;
#[cfg(target_os = "linux")]
mod secrets;
#[cfg(target_os = "linux")]
mod session;
mod shell;
mod soak;
mod steps;
mod test;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask run             builds Ninka and opens it; without a display it shows itself
cargo xtask test [STEP…]    runs all tests that need no other system, or single steps
cargo xtask cross [STEP…]   checks for Windows and macOS, and runs tests as Windows programs
cargo xtask soak [STEP…]    the same ten thousand times: kills, renewals by two processes
cargo xtask bench [NAME]    measures checks over a long way, beside curl on the same servers
cargo xtask types           writes the wire types into ui/src/generated, the schemas into docs/schemas
cargo xtask handbook        builds the handbook beside the built programs
cargo xtask sqlx            writes the checked queries into .sqlx
cargo xtask session COMMAND runs a command with a virtual display, session bus and keyring";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match begin(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("\n{fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((command, steps)) if command == "test" => test::test(steps),
        Some((command, steps)) if command == "soak" => soak::soak(steps),
        Some((command, filter)) if command == "bench" => bench::bench(filter),
        Some((command, steps)) if command == "cross" => cross::cross(steps),
        Some((command, [])) if command == "run" => run::run(),
        Some((command, [])) if command == "types" => generated::write_types(),
        Some((command, [])) if command == "handbook" => handbook::build(),
        Some((command, [])) if command == "sqlx" => generated::write_queries(),
        Some((command, line)) if command == "session" => run::in_session(line),
        Some((command, [])) if command == "help" || command == "--help" => {
            println!("{USAGE}\n\nsteps of test:\n{}", test::STEPS.list());
            println!("\nsteps of cross:\n{}", cross::STEPS.list());
            println!("\nsteps of soak:\n{}", soak::STEPS.list());
            Ok(())
        }
        _ => bail!("{USAGE}"),
    }
}
