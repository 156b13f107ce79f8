//! A sign that a process lives: a locked file beside the database. The system lets go of the lock
//! whatever ends the process, so that another one can tell at once, without clocks.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::problem::{Outcome, Problem};

/// This process, to others.
#[derive(Debug)]
pub struct Alive {
    owner: String,
    file: PathBuf,
    shown: Mutex<Option<File>>,
}

impl Alive {
    /// A process that works on the data in a folder, under a random name. Nothing is shown yet.
    ///
    /// # Errors
    /// [`Problem::Internal`] when the system has no random numbers.
    pub fn new(folder: &Path) -> Outcome<Self> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|fault| anyhow::anyhow!("random: {fault}"))?;
        let owner = format!("{:032x}", u128::from_be_bytes(random));
        Ok(Self {
            file: file(folder, &owner),
            owner,
            shown: Mutex::default(),
        })
    }

    /// The name, with which things are marked as this process'.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Shows that this process lives, until its end. Performs I/O.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn show(&self) -> Outcome<()> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.is_some() {
            return Ok(());
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let locked = options.open(&self.file).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        let locked = locked.map_err(|fault| {
            tracing::warn!("the sign of life: {fault}");
            Problem::FileUnwritable {
                path: self.file.display().to_string(),
            }
        })?;
        *shown = Some(locked);
        Ok(())
    }

    /// Takes the sign away, as the process works on the data no more. Performs I/O.
    pub fn end(&self) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        // Windows deletes no open file.
        if shown.take().is_some() {
            std::fs::remove_file(&self.file).ok();
        }
    }

    /// Whether the process of that name has ended. What it left is taken away. Performs I/O.
    #[must_use]
    pub fn has_ended(&self, owner: &str) -> bool {
        if owner == self.owner || !owner.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return false;
        }
        let Some(folder) = self.file.parent() else {
            return false;
        };
        let left = file(folder, owner);
        let ended = match OpenOptions::new().write(true).open(&left) {
            Ok(file) => match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
            },
            Err(fault) => fault.kind() == std::io::ErrorKind::NotFound,
        };
        if ended {
            // It may be gone already.
            std::fs::remove_file(left).ok();
        }
        ended
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.end();
    }
}

fn file(folder: &Path, owner: &str) -> PathBuf {
    folder.join(format!("alive-{owner}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_lives_as_long_as_it_holds_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (
            Alive::new(folder.path()).unwrap(),
            Alive::new(folder.path()).unwrap(),
        );
        one.show().unwrap();
        one.show().unwrap();
        assert!(!other.has_ended(one.owner()) && !one.has_ended(one.owner()));
        assert!(other.has_ended(&"0".repeat(32)), "nobody of that name");
        let name = one.owner().to_owned();
        drop(one);
        assert!(other.has_ended(&name));
        // Killed: the file is there, and nobody holds it.
        std::fs::write(file(folder.path(), &name), "").unwrap();
        assert!(other.has_ended(&name));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
