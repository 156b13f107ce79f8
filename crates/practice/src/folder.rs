//! What the tenant remembers between two starts: its ports, its clock and the digests of the refresh
//! tokens. One JSON file, replaced as a whole; without a folder nothing is kept.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{fs, io};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::grants::Grant;

const FILE: &str = "practice-tenant.json";
/// A file that is larger is none of ours.
const SIZE_LIMIT: u64 = 8 * 1024 * 1024;

/// The ports of the last start, 0 for "any".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Ports {
    pub(crate) http: u16,
    pub(crate) pop3: u16,
    pub(crate) imap: u16,
    pub(crate) smtp: u16,
}

/// The remembered state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Remembered {
    pub(crate) ports: Ports,
    pub(crate) ahead_seconds: i64,
    /// By the digest of the refresh token.
    pub(crate) grants: BTreeMap<String, Grant>,
}

/// The file, or nothing.
#[derive(Debug)]
pub(crate) struct Folder {
    file: Option<PathBuf>,
}

impl Folder {
    /// Makes the folder where it is missing.
    pub(crate) fn open(folder: Option<&Path>) -> anyhow::Result<Self> {
        let Some(folder) = folder else {
            return Ok(Self { file: None });
        };
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            file: Some(folder.join(FILE)),
        })
    }

    /// Reads the file. A missing or damaged one is an empty memory: it is practice.
    pub(crate) fn read(&self) -> Remembered {
        let read = |file: &PathBuf| {
            let size = fs::metadata(file).ok()?.len();
            let bytes = (size <= SIZE_LIMIT)
                .then(|| fs::read(file).ok())
                .flatten()?;
            serde_json::from_slice(&bytes)
                .inspect_err(|fault| tracing::warn!(%fault, "the practice tenant starts afresh"))
                .ok()
        };
        self.file.as_ref().and_then(read).unwrap_or_default()
    }

    /// Replaces the file. Performs I/O.
    pub(crate) fn write(&self, remembered: &Remembered) -> anyhow::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        // A name of its own for each writer: two of them may write at once.
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let (process, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let draft = file.with_extension(format!("{process}-{number}.draft"));
        fs::write(&draft, serde_json::to_vec_pretty(remembered)?)
            .and_then(|()| replace(&draft, file))
            .with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Windows refuses while another process reads the file, which takes a moment only.
fn replace(draft: &Path, file: &Path) -> io::Result<()> {
    for _ in 0..20 {
        match fs::rename(draft, file) {
            Err(fault) if fault.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
    fs::rename(draft, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_damage_is_forgiven() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(Some(&place.path().join("練習"))).unwrap();
        assert_eq!(folder.read(), Remembered::default());
        let remembered = Remembered {
            ahead_seconds: 5,
            ..Remembered::default()
        };
        folder.write(&remembered).unwrap();
        assert_eq!(folder.read(), remembered);
        fs::write(folder.file.as_ref().unwrap(), b"{ half").unwrap();
        assert_eq!(folder.read(), Remembered::default());
    }
}
