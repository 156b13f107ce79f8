//! Reads the command line of every process of a session while the tests run, for the scan of
//! secrets: what the product starts (a browser, `xdg-open`) is seen only so.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// A program that opens a page lives longer than this.
const OFTEN: Duration = Duration::from_millis(40);

/// Watches until it is dropped.
pub(crate) struct Watch {
    end: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins, for processes with this line in their environment.
    pub(crate) fn start(folder: &Path, mark: String) -> Result<Self> {
        let folder = folder.join("places/commands");
        fs::create_dir_all(&folder)?;
        let mut file = File::create(folder.join("processes.txt"))?;
        let end = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&end);
        let thread = std::thread::Builder::new().spawn(move || {
            let mut seen = BTreeSet::new();
            while !ended.load(Ordering::Relaxed) {
                if let Err(fault) = look(&mark, &mut seen, &mut file) {
                    eprintln!("command lines are not read: {fault:#}");
                    return;
                }
                std::thread::sleep(OFTEN);
            }
        })?;
        Ok(Self {
            end,
            thread: Some(thread),
        })
    }
}

fn look(mark: &str, seen: &mut BTreeSet<(String, Vec<u8>)>, file: &mut File) -> Result<()> {
    for entry in fs::read_dir("/proc").context("/proc")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(|first: char| first.is_ascii_digit()) {
            continue;
        }
        // Processes end while they are being looked at.
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let new = (name, line);
        if new.1.is_empty() || seen.contains(&new) {
            continue;
        }
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let mut lines = environment.split(|octet| *octet == 0);
        if lines.any(|line| line == mark.as_bytes()) {
            file.write_all(&new.1)?;
            file.write_all(b"\n")?;
        }
        seen.insert(new);
    }
    Ok(())
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
