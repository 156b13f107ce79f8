//! npm packages, and the web form's `ui/dist`, which the window's build takes in.
//! Both are made again only when what they are made of has changed.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::shell;

/// Installs exactly what a folder's `package-lock.json` names, unless that is there already.
pub(crate) fn install(folder: &str) -> Result<()> {
    let here = shell::root().join(folder);
    let lock = here.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| lock.display().to_string())?;
    // A copy of the lock, written last: an installation that was broken off has none.
    let stamp = here.join("node_modules/.installed-package-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        println!("{folder}/node_modules is up to date");
        return Ok(());
    }
    let mut npm = shell::npm(folder, "ci --no-audit --no-fund");
    // The browser is the system's.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut npm)?;
    fs::write(&stamp, lock).with_context(|| stamp.display().to_string())
}

/// Builds `ui/dist`, unless it is newer than everything it is made of: a rewritten `ui/dist`
/// makes cargo build the window again.
pub(crate) fn build() -> Result<()> {
    let ui = shell::root().join("ui");
    let built = fs::metadata(ui.join("dist/index.html")).and_then(|file| file.modified());
    if let Ok(built) = built
        && newest(&ui)? < built
    {
        println!("ui/dist is up to date");
        return Ok(());
    }
    shell::run(&mut shell::npm("ui", "run build"))
}

fn newest(folder: &Path) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // `dist` and, of the screens' tests, `dist-fake`.
        if name == "node_modules" || name.to_string_lossy().starts_with("dist") {
            continue;
        }
        let changed = if entry.file_type()?.is_dir() {
            self::newest(&entry.path())?
        } else {
            entry.metadata()?.modified()?
        };
        newest = newest.max(changed);
    }
    Ok(newest)
}
