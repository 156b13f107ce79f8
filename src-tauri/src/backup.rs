//! The sealed backup, in and out. It is written where the system keeps what was downloaded; what is
//! restored comes from the window as octets, and lies in a file only while it is looked at.

use std::io::Write as _;
use std::path::PathBuf;

use ninka_core::Problem;
use ninka_core::secret::Secret;
use ninka_core::view::BackupView;
use tauri::{AppHandle, State};

use crate::commands::{Answer, announce};
use crate::desktop::Desktop;
use crate::exchange::free_name;

/// Writes everything to a new file, sealed by a passphrase; answers where it is.
#[tauri::command]
pub(crate) async fn back_up(
    passphrase: String,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<BackupView> {
    let ninka = desktop.ninka().await?;
    let file = free_name(&app, "ninka-backup", "age")?;
    Ok(ninka.back_up(&file, Secret::new(passphrase)).await?)
}

/// Tells what a backup holds; nothing is changed.
#[tauri::command]
pub(crate) async fn inspect_backup(
    backup: Vec<u8>,
    passphrase: String,
    desktop: State<'_, Desktop>,
) -> Answer<BackupView> {
    let ninka = desktop.ninka().await?;
    let (_kept, file) = lay_down(&backup)?;
    Ok(ninka.inspect_backup(&file, Secret::new(passphrase)).await?)
}

/// Brings everything back from a backup.
#[tauri::command]
pub(crate) async fn restore_backup(
    backup: Vec<u8>,
    passphrase: String,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<BackupView> {
    let ninka = desktop.ninka().await?;
    let (_kept, file) = lay_down(&backup)?;
    let restored = ninka.restore(&file, Secret::new(passphrase)).await?;
    announce(&app);
    Ok(restored)
}

/// The file goes with the folder. It is as sealed as what was chosen.
fn lay_down(backup: &[u8]) -> Result<(tempfile::TempDir, PathBuf), Problem> {
    let laid = || -> std::io::Result<_> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("backup.age");
        std::fs::File::create_new(&file)?.write_all(backup)?;
        Ok((folder, file))
    };
    laid().map_err(|fault| Problem::from(anyhow::Error::from(fault)))
}
