//! What a test leaves for `cargo xtask test secrets`: the register of every secret that it typed or
//! that a server issued, and the places where none of them may be: data folders, logs, traces,
//! output, arguments, messages between window and core. Nothing is kept where no folder is named.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, OnceLock};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

/// Names the folder; set by `cargo xtask test`.
const PLACE: &str = "NINKA_SECRETS";
/// Everything that the product has to say, and what the libraries tell developers.
pub const LOG: &str = "debug,ninka_core=trace,ninka_practice=trace,ninka_desktop=trace";
/// Shorter ones would be found in words.
const SHORTEST: usize = 8;

fn place() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| std::env::var_os(PLACE).map(PathBuf::from));
    folder.as_deref()
}

/// A file of this process in a part of the folder, made where it is missing.
fn file(part: &str, ending: &str) -> Result<Option<PathBuf>> {
    let Some(folder) = place().map(|folder| folder.join(part)) else {
        return Ok(None);
    };
    fs::create_dir_all(&folder)?;
    Ok(Some(
        folder.join(format!("tests-{}.{ending}", std::process::id())),
    ))
}

fn line(part: &str, value: &Value) -> Result<()> {
    if let Some(file) = file(part, "jsonl")? {
        let mut file = OpenOptions::new().create(true).append(true).open(file)?;
        file.write_all(format!("{value}\n").as_bytes())?;
    }
    Ok(())
}

/// Notes a secret that the test types or hands over: `password` or `passphrase`.
///
/// # Errors
/// When it is so short that it would be found by chance, or cannot be noted.
pub fn secret(kind: &str, value: &str) -> Result<()> {
    anyhow::ensure!(value.len() >= SHORTEST, "{value}: longer, please");
    line("register", &json!({ "kind": kind, "value": value }))
}

/// Keeps what a program was started with, and what it wrote.
///
/// # Errors
/// When it cannot be written.
pub fn run(arguments: &[&str], out: &str, err: &str) -> Result<()> {
    line("places/commands", &json!({ "arguments": arguments }))?;
    line(
        "places/output",
        &json!({ "command": arguments.first(), "data": [out, err] }),
    )
}

/// Keeps messages between the window and the core, as the window's recorder tells them.
///
/// # Errors
/// When they cannot be written.
pub fn messages(messages: &[Value]) -> Result<()> {
    messages
        .iter()
        .try_for_each(|message| line("places/messages", message))
}

/// Keeps a copy of a data folder as it is now.
///
/// # Errors
/// When it cannot be copied.
pub fn data(folder: &Path) -> Result<()> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(place) = place() else {
        return Ok(());
    };
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("places/data/{}-{number}", std::process::id());
    copy(folder, &place.join(name)).with_context(|| folder.display().to_string())
}

/// Keeps a copy when a test's value goes, where a failure of it must not hide the test's own.
#[expect(clippy::print_stderr, reason = "the person at the terminal may wonder")]
pub fn data_at_the_end(folder: &Path) {
    if let Err(fault) = data(folder) {
        eprintln!("not kept for the scan: {fault:#}");
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&entry.path(), &to)?;
        } else if kind.is_file() {
            match fs::copy(entry.path(), to) {
                // SQLite removes its own while we look.
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {}
                copied => drop(copied?),
            }
        }
    }
    Ok(())
}

/// Keeps what this process traces from now on.
///
/// # Errors
/// When it cannot be written.
pub fn traces() -> Result<()> {
    static STARTED: Once = Once::new();
    let Some(file) = file("places/traces", "log")? else {
        return Ok(());
    };
    let file = Mutex::new(File::options().create(true).append(true).open(file)?);
    STARTED.call_once(|| {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(LOG))
            .with_ansi(false)
            .with_writer(file)
            .init();
    });
    Ok(())
}
