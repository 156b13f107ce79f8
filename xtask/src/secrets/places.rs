//! The places that are scanned, how each falls into parts, and the few parts in which a secret may
//! be, because the product is made to take it or to give it there.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// A kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Database,
    Wal,
    /// Logs of the window.
    Log,
    /// What the core traces within a test.
    Trace,
    /// Whatever else is in a data folder.
    Data,
    /// Arguments of every program.
    CommandLine,
    /// Messages between window and core, one a line.
    Message,
    /// What a command wrote, one a line.
    Output,
    /// Reports for support.
    Report,
}

/// A line of messages or output.
#[derive(Deserialize)]
struct Line {
    direction: Option<String>,
    command: Option<String>,
}

impl Place {
    /// Those without which the scan would prove nothing.
    pub(super) const ALL: [Self; 7] = [
        Self::Database,
        Self::Wal,
        Self::Log,
        Self::Trace,
        Self::CommandLine,
        Self::Message,
        Self::Output,
    ];

    /// The place that a file is, by its name and its folder; `None` for what SQLite shares.
    pub(super) fn of(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?;
        let within = |folder: &str| file.iter().any(|part| part == folder);
        Some(if within("messages") {
            Self::Message
        } else if within("output") {
            Self::Output
        } else if within("commands") {
            Self::CommandLine
        } else if within("traces") {
            Self::Trace
        } else if within("reports") {
            Self::Report
        } else if within("logs") {
            Self::Log
        } else if name.ends_with("-wal") {
            Self::Wal
        } else if Path::new(name).extension().is_some_and(|end| end == "db") {
            Self::Database
        } else {
            Self::Data
        })
    }

    /// What is judged by itself.
    pub(super) fn parts<'a>(self, bytes: &'a [u8]) -> Box<dyn Iterator<Item = &'a [u8]> + 'a> {
        match self {
            Self::Message | Self::Output => Box::new(bytes.split(|octet| *octet == b'\n')),
            Self::Database
            | Self::Wal
            | Self::Log
            | Self::Trace
            | Self::Data
            | Self::CommandLine
            | Self::Report => Box::new(std::iter::once(bytes)),
        }
    }

    /// Whether a secret of this kind may be in the part. What a person types into the window goes to
    /// the core once, and never comes back; `ninka token` is there to print an access token.
    pub(super) fn may_hold(self, part: &[u8], kind: &str) -> bool {
        let Ok(line) = serde_json::from_slice::<Line>(part) else {
            return false;
        };
        let command = line.command.as_deref().unwrap_or_default();
        match self {
            Self::Message if line.direction.as_deref() == Some("request") => matches!(
                (command, kind),
                ("consent_paste", "code")
                    | (
                        "save_account"
                            | "permissions_on"
                            | "sign_in"
                            | "save_operator"
                            | "change_password",
                        "password"
                    )
                    | ("vault_set_passphrase" | "vault_unlock", "passphrase")
            ),
            Self::Output => (command, kind) == ("token", "access token"),
            Self::Message
            | Self::Database
            | Self::Wal
            | Self::Log
            | Self::Trace
            | Self::Data
            | Self::CommandLine
            | Self::Report => false,
        }
    }
}

/// What is in a folder, in order.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        found.push(entry?.path());
    }
    found.sort();
    Ok(found)
}

/// Every file in a folder, however deep.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else {
            found.push(entry);
        }
    }
    Ok(found)
}
