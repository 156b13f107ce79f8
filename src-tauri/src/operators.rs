//! Permissions: signing in and out, the operators, the audit list. Who may do what is the façade's
//! matter.

use ninka_core::exchange::TableEncoding;
use ninka_core::operators::OperatorId;
use ninka_core::secret::Secret;
use ninka_core::view::{AppView, AuditView, OperatorView, SaveOperator};
use tauri::{AppHandle, State};

use crate::commands::Answer;
use crate::desktop::Desktop;
use crate::exchange::write_new;

/// Switches permissions on; whoever does it is signed in.
#[tauri::command]
pub(crate) async fn permissions_on(
    name: String,
    password: String,
    desktop: State<'_, Desktop>,
) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    let password = Secret::new(password);
    ninka.switch_permissions_on(&name, password).await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn permissions_off(desktop: State<'_, Desktop>) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.switch_permissions_off().await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn sign_in(
    name: String,
    password: String,
    desktop: State<'_, Desktop>,
) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.sign_in_operator(&name, Secret::new(password)).await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn sign_out(desktop: State<'_, Desktop>) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.sign_out_operator().await?;
    Ok(ninka.app_view().await?)
}

/// Somebody is at the window.
#[tauri::command]
pub(crate) fn seen(desktop: State<'_, Desktop>) -> Answer<()> {
    if let Some(ninka) = desktop.ninka_if_open() {
        ninka.seen();
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn operators(desktop: State<'_, Desktop>) -> Answer<Vec<OperatorView>> {
    Ok(desktop.ninka().await?.operators().await?)
}

#[tauri::command]
pub(crate) async fn save_operator(
    request: SaveOperator,
    desktop: State<'_, Desktop>,
) -> Answer<Vec<OperatorView>> {
    Ok(desktop.ninka().await?.save_operator(request).await?)
}

#[tauri::command]
pub(crate) async fn remove_operator(id: i64, desktop: State<'_, Desktop>) -> Answer<()> {
    let ninka = desktop.ninka().await?;
    Ok(ninka.remove_operator(OperatorId(id)).await?)
}

#[tauri::command]
pub(crate) async fn change_password(
    old: String,
    new: String,
    desktop: State<'_, Desktop>,
) -> Answer<()> {
    let ninka = desktop.ninka().await?;
    let (old, new) = (Secret::new(old), Secret::new(new));
    Ok(ninka.change_password(old, new).await?)
}

#[tauri::command]
pub(crate) async fn audit(desktop: State<'_, Desktop>) -> Answer<AuditView> {
    Ok(desktop.ninka().await?.audit().await?)
}

/// Writes the audit list to a new file; answers where it is.
#[tauri::command]
pub(crate) async fn export_audit(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<String> {
    let ninka = desktop.ninka().await?;
    let table = ninka.export_audit(TableEncoding::Utf8).await?;
    Ok(write_new(&app, "ninka-audit", "csv", &table)?)
}
