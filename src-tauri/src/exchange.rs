//! The accounts as a table, in and out. A table is written to the folder where the system keeps
//! what was downloaded, under a name that is free: no dialog, and nothing is written over.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use ninka_core::Problem;
use ninka_core::exchange::TableEncoding;
use ninka_core::view::ImportView;
use tauri::{AppHandle, Manager as _, State};

use crate::commands::{Answer, announce};
use crate::desktop::Desktop;

/// Names that are tried before one is free.
const NAMES: u32 = 1_000;

/// Tells what a table would register; nothing is changed.
#[tauri::command]
pub(crate) async fn preview_import(
    table: Vec<u8>,
    desktop: State<'_, Desktop>,
) -> Answer<ImportView> {
    Ok(desktop.ninka().await?.preview_import(&table).await?)
}

/// Registers every row of a table, or none.
#[tauri::command]
pub(crate) async fn import_accounts(
    table: Vec<u8>,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<ImportView> {
    let imported = desktop.ninka().await?.import_accounts(&table).await?;
    announce(&app);
    Ok(imported)
}

/// Writes every account to a new file; answers where it is.
#[tauri::command]
pub(crate) async fn export_accounts(
    shift_jis: bool,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<String> {
    let encoding = if shift_jis {
        TableEncoding::ShiftJis
    } else {
        TableEncoding::Utf8
    };
    let table = desktop.ninka().await?.export_accounts(encoding).await?;
    Ok(write_new(&app, "ninka-accounts", "csv", &table)?)
}

/// Where files are put that the user asked for.
fn folder(app: &AppHandle) -> Result<PathBuf, Problem> {
    let paths = app.path();
    // A system without such a folder has a home at least.
    paths
        .download_dir()
        .ok()
        .filter(|folder| folder.is_dir())
        .map_or_else(|| paths.home_dir(), Ok)
        .map_err(|fault| Problem::from(anyhow::anyhow!(fault)))
}

/// The names that a new file there may have, the plain one first.
fn names(folder: &Path, stem: &str, ending: &str) -> impl Iterator<Item = PathBuf> {
    (1..=NAMES).map(move |number| match number {
        1 => folder.join(format!("{stem}.{ending}")),
        number => folder.join(format!("{stem} ({number}).{ending}")),
    })
}

fn unwritable(folder: &Path) -> Problem {
    Problem::FileUnwritable {
        path: folder.display().to_string(),
    }
}

/// A file there that does not exist yet.
pub(crate) fn free_name(app: &AppHandle, stem: &str, ending: &str) -> Result<PathBuf, Problem> {
    let folder = folder(app)?;
    let free = names(&folder, stem, ending).find(|file| !file.exists());
    free.ok_or_else(|| unwritable(&folder))
}

/// Writes a new file there, under a name that is free; answers where it is.
pub(crate) fn write_new(
    app: &AppHandle,
    stem: &str,
    ending: &str,
    octets: &[u8],
) -> Result<String, Problem> {
    let folder = folder(app)?;
    match write_new_in(&folder, stem, ending, octets) {
        Ok(file) => Ok(file.display().to_string()),
        Err(fault) => {
            tracing::warn!("{stem}.{ending} was not written: {fault}");
            Err(unwritable(&folder))
        }
    }
}

fn write_new_in(
    folder: &Path,
    stem: &str,
    ending: &str,
    octets: &[u8],
) -> std::io::Result<PathBuf> {
    for file in names(folder, stem, ending) {
        match std::fs::File::create_new(&file) {
            Ok(mut written) => {
                written.write_all(octets)?;
                return Ok(file);
            }
            Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let write = |folder: &Path, octets| write_new_in(folder, "table", "csv", octets);
        let first = write(folder.path(), b"a").unwrap();
        let second = write(folder.path(), b"b").unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::read(first).unwrap(), b"a");
        assert_eq!(std::fs::read(second).unwrap(), b"b");
        assert!(write(&folder.path().join("gone"), b"c").is_err());
    }
}
