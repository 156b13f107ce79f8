//! `cargo xtask test`: everything that needs no other system, cheap steps first.
//! One set of built programs serves all steps: every cargo call names the whole workspace, since a
//! single package would choose other features and build its dependencies again.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

#[cfg(target_os = "linux")]
use crate::secrets;
use crate::steps::{Step, Steps};
use crate::{files, generated, handbook, packages, shell, ui};

pub(crate) const STEPS: Steps = Steps(&[
    Step {
        name: "packages",
        about: "what the system must have is installed",
        run: || packages::need(&[packages::BUILD, packages::WINDOW, packages::SERVERS]),
    },
    Step {
        name: "fmt",
        about: "the Rust code is formatted",
        run: || shell::run(&mut shell::cargo("fmt --all --check")),
    },
    Step {
        name: "files",
        about: "no file is too long, every Rust file says what it is for",
        run: files::check,
    },
    Step {
        name: "layers",
        about: "nothing below the shell knows Tauri",
        run: layers,
    },
    Step {
        name: "npm",
        about: "npm's packages are as package-lock.json says",
        run: npm,
    },
    Step {
        name: "ui",
        about: "the form's types, rules and unit tests hold, and it builds",
        run: form,
    },
    Step {
        name: "clippy",
        about: "no warning in the whole workspace",
        run: || {
            shell::run(&mut shell::cargo(
                "clippy --workspace --all-targets --keep-going -- -D warnings",
            ))
        },
    },
    Step {
        name: "build",
        about: "every program and test builds",
        run: || shell::run(&mut shell::cargo("build --workspace --all-targets")),
    },
    Step {
        name: "generated",
        about: "ui/src/generated, docs/schemas and .sqlx are what the code says",
        run: generated::check,
    },
    Step {
        name: "handbook",
        about: "the handbook builds, its links lead somewhere, each cause has its page",
        run: handbook::write,
    },
    Step {
        name: "unit",
        about: "unit tests and tests within one process",
        run: unit,
    },
    Step {
        name: "doc",
        about: "the documentation of core builds without a warning",
        run: documentation,
    },
    Step {
        name: "screens",
        about: "every screen in Chromium, in both languages and themes",
        run: screens,
    },
    Step {
        name: "servers",
        about: "the product on real mail and sign-in servers, with a real browser",
        run: || whole_product("servers", |test| !test.starts_with("window")),
    },
    Step {
        name: "window",
        about: "the real window, by WebDriver",
        run: || whole_product("window", |test| test.starts_with("window")),
    },
    Step {
        name: "tour",
        about: "`cargo xtask run` carries out the main job by itself",
        run: tour,
    },
    Step {
        name: "secrets",
        about: "no secret of the steps before lies anywhere: data, logs, messages, command lines",
        run: scan,
    },
]);

/// Runs the named steps, or all.
pub(crate) fn test(names: &[String]) -> Result<()> {
    STEPS.run("test", names)
}

fn layers() -> Result<()> {
    for package in ["ninka-core", "ninka-practice", "ninka-cli"] {
        let tree = shell::output(&mut shell::cargo(&format!(
            "tree --package {package} --edges normal,build --target all --prefix none"
        )))?;
        let window = ["tauri", "wry", "tao", "gtk"];
        if let Some(line) = tree.lines().find(|line| {
            let name = line.split(' ').next().unwrap_or_default();
            window.contains(&name) || name.starts_with("tauri-")
        }) {
            bail!("{package} depends on `{line}`: see `cargo tree --package {package}`");
        }
    }
    Ok(())
}

fn npm() -> Result<()> {
    ui::install("ui")?;
    // The sign-in server of the whole-product tests.
    ui::install("tests/bench")
}

fn form() -> Result<()> {
    shell::run(&mut shell::npm("ui", "run check"))?;
    shell::run(&mut shell::npm("ui", "test"))?;
    ui::build()
}

fn unit() -> Result<()> {
    let mut cargo = shell::cargo("test --workspace --lib --bins");
    for package in ["crates/core", "crates/practice", "crates/cli", "src-tauri"] {
        for name in integration_tests(package)? {
            cargo.args(["--test", &name]);
        }
    }
    shell::run(&mut cargo)?;
    shell::run(&mut shell::cargo("test --workspace --doc"))
}

fn documentation() -> Result<()> {
    let mut doc = shell::cargo("doc --package ninka-core --no-deps --document-private-items");
    doc.env("RUSTDOCFLAGS", "-D warnings");
    shell::run(&mut doc)
}

#[cfg(not(target_os = "linux"))]
fn screens() -> Result<()> {
    println!("skipped: the screens are looked at in Debian's Chromium");
    Ok(())
}

#[cfg(target_os = "linux")]
fn screens() -> Result<()> {
    shell::run(&mut shell::npm("ui", "run look"))
}

#[cfg(not(target_os = "linux"))]
fn whole_product(_: &str, _: fn(&str) -> bool) -> Result<()> {
    println!("skipped: Dovecot, Postfix and WebKitWebDriver run on Linux");
    Ok(())
}

#[cfg(target_os = "linux")]
fn whole_product(step: &str, chosen: fn(&str) -> bool) -> Result<()> {
    let mut names = integration_tests("tests")?;
    names.retain(|name| chosen(name));
    if names.is_empty() {
        bail!("tests/tests has none of these");
    }
    // The tests start these programs; without them they would test an older build, or none.
    shell::run(&mut shell::cargo("build --workspace --all-targets"))?;
    handbook::write()?;
    let session = crate::session::Session::start()?;
    let folder = secrets::begin(step)?;
    let _watched = secrets::watch::Watch::start(&folder, session.mark())?;
    let mut tests = session.command(shell::cargo("").get_program());
    tests.env(secrets::VARIABLE, folder);
    // One that fails must not hide what the others have to say.
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    for name in names {
        tests.args(["--test", &name]);
    }
    shell::run(&mut tests)
}

#[cfg(not(target_os = "linux"))]
fn tour() -> Result<()> {
    println!("skipped: the tour drives the window with WebKitWebDriver on Linux");
    Ok(())
}

#[cfg(target_os = "linux")]
fn tour() -> Result<()> {
    shell::run(&mut shell::cargo("build --workspace --all-targets"))?;
    crate::run::tour()
}

#[cfg(not(target_os = "linux"))]
fn scan() -> Result<()> {
    println!("skipped: the steps that leave something to scan run on Linux");
    Ok(())
}

#[cfg(target_os = "linux")]
fn scan() -> Result<()> {
    secrets::check()
}

/// The names of a package's integration tests: files, or folders with a `main.rs`.
fn integration_tests(package: &str) -> Result<BTreeSet<String>> {
    let folder = shell::root().join(package).join("tests");
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let rust = path.extension().is_some_and(|extension| extension == "rs");
        if (path.is_file() && rust) || path.join("main.rs").is_file() {
            names.extend(
                path.file_stem()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    Ok(names)
}
