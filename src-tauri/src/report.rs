//! Support reports in the window: made and saved by the customer, opened and kept as cases by the
//! desk. A report that is opened comes from the window as octets.

use ninka_core::Ninka;
use ninka_core::account::AccountId;
use ninka_core::view::{CaseView, CasesView, ReportDraft, ReportView, SelfTestRow};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::commands::{Answer, send};
use crate::desktop::Desktop;
use crate::exchange::write_new;

/// Makes a report of an account, to be looked at; nothing is saved.
#[tauri::command]
pub(crate) async fn make_report(
    id: i64,
    progress: Channel<SelfTestRow>,
    desktop: State<'_, Desktop>,
) -> Answer<ReportDraft> {
    let ninka = desktop.ninka().await?;
    let tell = move |row: &SelfTestRow| send(&progress, row.clone());
    let report = ninka.report(AccountId(id), &tell).await?;
    Ok(report.draft(ninka.language().await?)?)
}

/// Saves the report that was looked at, as it was; answers where it is. Nothing but a report is
/// written.
#[tauri::command]
pub(crate) fn save_report(text: &str, app: AppHandle) -> Answer<String> {
    Ninka::open_report(text.as_bytes())?;
    Ok(write_new(&app, "ninka-report", "txt", text.as_bytes())?)
}

/// Opens a report of another computer; nothing of it is kept.
#[tauri::command]
pub(crate) fn open_report(report: Vec<u8>) -> Answer<ReportView> {
    Ok(Ninka::open_report(&report)?)
}

#[tauri::command]
pub(crate) async fn cases(desktop: State<'_, Desktop>) -> Answer<CasesView> {
    Ok(desktop.ninka().await?.cases().await?)
}

#[tauri::command]
pub(crate) async fn open_case(id: i64, desktop: State<'_, Desktop>) -> Answer<CaseView> {
    Ok(desktop.ninka().await?.case(id).await?)
}

/// Keeps a report as a case.
#[tauri::command]
pub(crate) async fn keep_case(report: Vec<u8>, desktop: State<'_, Desktop>) -> Answer<CaseView> {
    Ok(desktop.ninka().await?.keep_case(&report).await?)
}

#[tauri::command]
pub(crate) async fn note_case(id: i64, note: String, desktop: State<'_, Desktop>) -> Answer<()> {
    Ok(desktop.ninka().await?.note_case(id, &note).await?)
}

#[tauri::command]
pub(crate) async fn remove_case(id: i64, desktop: State<'_, Desktop>) -> Answer<()> {
    Ok(desktop.ninka().await?.remove_case(id).await?)
}

/// Says for how many days cases are kept.
#[tauri::command]
pub(crate) async fn keep_cases_for(days: i64, desktop: State<'_, Desktop>) -> Answer<CasesView> {
    Ok(desktop.ninka().await?.keep_cases_for(days).await?)
}
