//! `cargo xtask cross`: clippy for Windows and macOS over the whole workspace, and the tests of
//! `core` and `practice` as Windows programs under wine. Debian only.
//! The compiler is Debian's: it comes with the source of its standard library, so nothing but
//! Debian's packages is needed. Its warnings differ from the main compiler's and do not fail.

mod standard;
mod wine;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::steps::{Step, Steps};
use crate::{packages, shell, ui};

const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";

pub(crate) const STEPS: Steps = Steps(&[
    Step {
        name: "packages",
        about: "compilers and wine are installed",
        run: || packages::need(&[packages::BUILD, packages::CROSS]),
    },
    Step {
        name: "std",
        about: "the standard library is built for both systems",
        run: || {
            standard::build(WINDOWS, 2)?;
            standard::build(MACOS, 0)
        },
    },
    Step {
        name: "ui",
        about: "the form is built, since the window takes it in",
        run: || {
            ui::install("ui")?;
            ui::build()
        },
    },
    Step {
        name: "windows",
        about: "the whole workspace compiles for Windows",
        run: || clippy(WINDOWS),
    },
    Step {
        name: "macos",
        about: "the whole workspace compiles for macOS",
        run: || clippy(MACOS),
    },
    Step {
        name: "wine",
        about: "the tests of core and practice pass as Windows programs",
        run: wine_tests,
    },
]);

/// Runs the named steps, or all.
pub(crate) fn cross(names: &[String]) -> Result<()> {
    if !shell::found("apt-get") {
        bail!("`cargo xtask cross` runs on Debian 12: it is made of Debian's packages");
    }
    STEPS.run("cross", names)
}

fn clippy(target: &str) -> Result<()> {
    let mut cargo = cargo_for(target, "clippy --workspace --all-targets --keep-going")?;
    shell::run(&mut cargo)
}

fn wine_tests() -> Result<()> {
    let prefix = wine::prefix()?;
    let mut cargo = cargo_for(
        WINDOWS,
        "test --package ninka-core --package ninka-practice --lib --tests",
    )?;
    wine::environment(&mut cargo, &prefix);
    shell::run(&mut cargo)
}

/// Everything of ours, apart from what the main compiler builds.
fn folder() -> Result<PathBuf> {
    let folder = shell::target().join("cross");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Debian's cargo for another system.
fn cargo_for(target: &str, arguments: &str) -> Result<Command> {
    let sysroot = standard::sysroot()?;
    let mut cargo = debian_cargo(arguments)?;
    cargo
        .args(["--target", target])
        .env("CARGO_TARGET_DIR", folder()?)
        // Smaller and quicker; nobody debugs these.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // Without debug information cargo would strip with a tool that Debian's compiler lacks.
        .env("CARGO_PROFILE_DEV_STRIP", "none")
        // With a target named this is for the target's programs only, not for build scripts.
        .env(
            "CARGO_ENCODED_RUSTFLAGS",
            format!("--sysroot\u{1f}{}", sysroot.display()),
        );
    let compiler = standard::empty_compiler()?;
    cargo
        .env("CC_aarch64_apple_darwin", &compiler)
        .env("CXX_aarch64_apple_darwin", &compiler)
        .env("AR_aarch64_apple_darwin", "ar");
    Ok(cargo)
}

/// Debian's cargo, with its own compiler and subcommands before those of rustup.
fn debian_cargo(arguments: &str) -> Result<Command> {
    let bin = standard::programs()?;
    let mut paths = vec![bin.clone()];
    paths.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let mut cargo = shell::command(bin.join("cargo"));
    cargo
        .args(arguments.split_whitespace())
        .env("PATH", std::env::join_paths(paths)?)
        .env("RUSTC", bin.join("rustc"));
    // Left by the cargo that started us; they point to the main compiler.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTFLAGS"] {
        cargo.env_remove(name);
    }
    Ok(cargo)
}
