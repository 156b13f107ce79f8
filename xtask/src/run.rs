//! `cargo xtask run`: builds the window and opens it. Without a display it starts a virtual one and
//! lets the tour carry out the main job there.

use std::env;

#[cfg(target_os = "linux")]
use anyhow::Context as _;
use anyhow::Result;

use crate::{handbook, packages, shell, ui};

/// Builds and opens the window.
pub(crate) fn run() -> Result<()> {
    let display = has_display();
    if display {
        packages::need(&[packages::BUILD])?;
    } else {
        println!("There is no display here: Ninka will show itself on a virtual one.");
        packages::need(&[packages::BUILD, packages::WINDOW])?;
    }
    ui::install("ui")?;
    ui::build()?;
    if !display {
        shell::run(&mut shell::cargo(
            "build --package ninka-desktop --package ninka-handbook --package ninka-tests --bins",
        ))?;
        handbook::write()?;
        return tour();
    }
    shell::run(&mut shell::cargo(
        "build --package ninka-desktop --package ninka-handbook",
    ))?;
    handbook::write()?;
    println!("Ninka is open in its own window. Ctrl-C here ends it.");
    shell::run(&mut shell::command(shell::built("ninka-desktop")))
}

/// Windows and macOS always have one.
fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Carries out the main job in the real window, from programs already built.
#[cfg(target_os = "linux")]
pub(crate) fn tour() -> Result<()> {
    let session = crate::session::Session::start()?;
    shell::run(&mut session.command(shell::built("tour")))
}

/// Runs a command line in a session of its own.
#[cfg(target_os = "linux")]
pub(crate) fn in_session(line: &[String]) -> Result<()> {
    let (program, arguments) = line.split_first().context("which command?")?;
    packages::need(&[packages::WINDOW])?;
    let session = crate::session::Session::start()?;
    shell::run(session.command(program).args(arguments))
}

/// Never reached: only Linux can lack a display.
#[cfg(not(target_os = "linux"))]
fn tour() -> Result<()> {
    Ok(())
}

/// Says where it runs.
#[cfg(not(target_os = "linux"))]
pub(crate) fn in_session(_line: &[String]) -> Result<()> {
    anyhow::bail!("sessions of their own are made on Linux")
}
