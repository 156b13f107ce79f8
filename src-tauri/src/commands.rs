//! The window's commands over the façade. Each takes plain data, calls one function and answers
//! plain data or a problem; what they mean is the façade's matter.

use ninka_core::account::{AccountId, Revision};
use ninka_core::secret::Secret;
use ninka_core::view::{
    AccountRow, AccountView, AppView, ApprovalView, BrowserView, CheckEvent, CheckReport,
    ConsentEvent, ExplanationView, HistoryView, KindView, PreviewRequest, PreviewView, ProblemView,
    ProofEvent, ProofView, ProposalView, PurposeView, ReadoutView, Revoked, SaveAccount,
    SelfTestRow, SelfTestView, SettingsView,
};
use ninka_core::{Ninka, Problem};
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter as _, Manager as _, State};
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_opener::OpenerExt as _;

use crate::desktop::Desktop;
use crate::shell::Shell;
use crate::tray;

/// What a command answers.
pub(crate) type Answer<T> = Result<T, ProblemView>;

/// Tells the window that the list may have changed.
const ACCOUNTS_CHANGED: &str = "accounts-changed";

#[tauri::command]
pub(crate) async fn app_state(desktop: State<'_, Desktop>) -> Answer<AppView> {
    Ok(desktop.ninka().await?.app_view().await?)
}

#[tauri::command]
pub(crate) async fn accounts(desktop: State<'_, Desktop>) -> Answer<Vec<AccountRow>> {
    Ok(desktop.ninka().await?.accounts().await?)
}

#[tauri::command]
pub(crate) async fn account(id: i64, desktop: State<'_, Desktop>) -> Answer<AccountView> {
    Ok(desktop.ninka().await?.account(AccountId(id)).await?)
}

#[tauri::command]
pub(crate) async fn save_account(
    request: SaveAccount,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<AccountView> {
    let saved = desktop.ninka().await?.save_account(request).await?;
    announce(&app);
    Ok(saved)
}

#[tauri::command]
pub(crate) async fn remove_account(
    id: i64,
    revision: i64,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<()> {
    let ninka = desktop.ninka().await?;
    let page = ninka.remove_account(AccountId(id), Revision(revision));
    let page = page.await?;
    announce(&app);
    open_withdrawal(&app, page.as_deref());
    Ok(())
}

#[tauri::command]
pub(crate) async fn undo_switch(
    id: i64,
    revision: i64,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<AccountView> {
    let ninka = desktop.ninka().await?;
    let undone = ninka.undo_switch(AccountId(id), Revision(revision)).await?;
    announce(&app);
    Ok(undone)
}

/// Deletes an authorization and opens the page where its user withdraws the consent.
#[tauri::command]
pub(crate) async fn revoke(
    id: i64,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<Revoked> {
    let revoked = desktop.ninka().await?.revoke(AccountId(id)).await?;
    announce(&app);
    open_withdrawal(&app, revoked.page.as_deref());
    Ok(revoked)
}

/// Opens the page where a consent is withdrawn, where there is one.
fn open_withdrawal(app: &AppHandle, page: Option<&str>) {
    if let Some(page) = page
        && let Err(fault) = app.opener().open_url(page, None::<&str>)
    {
        // It is gone here; the screen says what is left to do.
        tracing::warn!("the page for withdrawing a consent could not be opened: {fault}");
    }
}

#[tauri::command]
pub(crate) async fn authorize(
    id: i64,
    progress: Channel<ConsentEvent>,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<AccountView> {
    let tell = move |event| send(&progress, event);
    let answer = desktop.ninka().await?.authorize(AccountId(id), &tell).await;
    announce(&app);
    // The user is in the browser: whatever came of it, it is to be read here.
    if !matches!(answer, Err(Problem::Cancelled)) {
        crate::show_window(&app);
    }
    Ok(answer?)
}

#[tauri::command]
pub(crate) async fn follow_consent(
    id: i64,
    progress: Channel<ConsentEvent>,
    desktop: State<'_, Desktop>,
) -> Answer<AccountView> {
    let tell = move |event| send(&progress, event);
    let ninka = desktop.ninka().await?;
    Ok(ninka.follow_consent(AccountId(id), &tell).await?)
}

#[tauri::command]
pub(crate) fn cancel_authorize(id: i64, desktop: State<'_, Desktop>) -> Answer<()> {
    if let Some(ninka) = desktop.ninka_if_open() {
        ninka.cancel_authorize(AccountId(id));
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn consent_open(
    id: i64,
    browser: Option<String>,
    private: bool,
    desktop: State<'_, Desktop>,
) -> Answer<()> {
    let ninka = desktop.ninka().await?;
    let opened = ninka.open_consent(AccountId(id), browser.as_deref(), private);
    Ok(opened.await?)
}

#[tauri::command]
pub(crate) async fn consent_paste(
    id: i64,
    address: String,
    desktop: State<'_, Desktop>,
) -> Answer<()> {
    let address = Secret::new(address);
    Ok(desktop
        .ninka()
        .await?
        .paste_consent(AccountId(id), address)
        .await?)
}

#[tauri::command]
pub(crate) async fn consent_device_code(id: i64, desktop: State<'_, Desktop>) -> Answer<()> {
    Ok(desktop.ninka().await?.device_consent(AccountId(id)).await?)
}

#[tauri::command]
pub(crate) async fn browsers(desktop: State<'_, Desktop>) -> Answer<Vec<BrowserView>> {
    Ok(desktop.ninka().await?.browsers().await?)
}

#[tauri::command]
pub(crate) async fn approval(id: i64, desktop: State<'_, Desktop>) -> Answer<ApprovalView> {
    Ok(desktop.ninka().await?.approval(AccountId(id)).await?)
}

#[tauri::command]
pub(crate) async fn check(
    ids: Vec<i64>,
    progress: Channel<CheckEvent>,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<Vec<CheckReport>> {
    let ids: Vec<AccountId> = ids.into_iter().map(AccountId).collect();
    let tell = move |event| send(&progress, event);
    let reports = desktop.ninka().await?.check(&ids, &tell).await;
    announce(&app);
    Ok(reports?)
}

#[tauri::command]
pub(crate) fn cancel_check(desktop: State<'_, Desktop>) -> Answer<()> {
    if let Some(ninka) = desktop.ninka_if_open() {
        ninka.cancel_checks();
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn last_check(
    id: i64,
    desktop: State<'_, Desktop>,
) -> Answer<Option<CheckReport>> {
    Ok(desktop.ninka().await?.last_check(AccountId(id)).await?)
}

/// Whose account an address is that is being typed.
#[tauri::command]
pub(crate) async fn account_kind(address: String, desktop: State<'_, Desktop>) -> Answer<KindView> {
    Ok(desktop.ninka().await?.account_kind(&address).await?)
}

#[tauri::command]
pub(crate) fn cancel_account_kind(desktop: State<'_, Desktop>) -> Answer<()> {
    if let Some(ninka) = desktop.ninka_if_open() {
        ninka.cancel_account_kind();
    }
    Ok(())
}

/// Proposes servers for an address that is being typed.
#[tauri::command]
pub(crate) async fn propose_servers(
    address: String,
    purpose: PurposeView,
    desktop: State<'_, Desktop>,
) -> Answer<ProposalView> {
    Ok(desktop
        .ninka()
        .await?
        .propose_servers(&address, purpose)
        .await?)
}

#[tauri::command]
pub(crate) fn cancel_propose_servers(desktop: State<'_, Desktop>) -> Answer<()> {
    if let Some(ninka) = desktop.ninka_if_open() {
        ninka.cancel_propose_servers();
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn prove(
    id: i64,
    progress: Channel<ProofEvent>,
    desktop: State<'_, Desktop>,
) -> Answer<ProofView> {
    let tell = move |event| send(&progress, event);
    Ok(desktop.ninka().await?.prove(AccountId(id), &tell).await?)
}

#[tauri::command]
pub(crate) async fn save_settings(
    settings: SettingsView,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.save_settings(settings).await?;
    let background = ninka.background().await?;
    app.state::<Shell>().set_background(background);
    tray::refresh(&app);
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn vault_retry(desktop: State<'_, Desktop>) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.retry_vault().await;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn vault_unlock(
    passphrase: String,
    desktop: State<'_, Desktop>,
) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.unlock_vault(Secret::new(passphrase)).await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn vault_set_passphrase(
    passphrase: String,
    desktop: State<'_, Desktop>,
) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.set_vault_passphrase(Secret::new(passphrase)).await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) async fn vault_use_session(desktop: State<'_, Desktop>) -> Answer<AppView> {
    let ninka = desktop.ninka().await?;
    ninka.use_session_vault().await?;
    Ok(ninka.app_view().await?)
}

#[tauri::command]
pub(crate) fn preview_mail(request: PreviewRequest) -> PreviewView {
    Ninka::preview(&request)
}

#[tauri::command]
pub(crate) async fn history(id: i64, desktop: State<'_, Desktop>) -> Answer<HistoryView> {
    Ok(desktop.ninka().await?.history(AccountId(id)).await?)
}

#[tauri::command]
pub(crate) async fn self_test(
    progress: Channel<SelfTestRow>,
    desktop: State<'_, Desktop>,
) -> Answer<SelfTestView> {
    let tell = move |row: &SelfTestRow| send(&progress, row.clone());
    Ok(desktop.ninka().await?.self_test(&tell).await?)
}

#[tauri::command]
pub(crate) fn explain_code(code: &str) -> Answer<ReadoutView> {
    Ok(Ninka::explain_code(code)?)
}

#[tauri::command]
pub(crate) fn explain_error(text: &str) -> ExplanationView {
    Ninka::explain_error(text)
}

#[tauri::command]
pub(crate) fn copy_text(text: String, app: AppHandle) -> Answer<()> {
    app.clipboard()
        .write_text(text)
        .map_err(|fault| Problem::from(anyhow::anyhow!(fault)))?;
    Ok(())
}

/// Opens one of the pages that the texts point to. The window names a topic; only Rust knows the
/// addresses.
#[tauri::command]
pub(crate) fn open_help(topic: &str, app: AppHandle) -> Answer<()> {
    let url = match topic {
        "entra" => "https://entra.microsoft.com/",
        "admin-center" => "https://admin.microsoft.com/",
        _ => {
            return Err(Problem::SettingInvalid {
                key: topic.to_owned(),
            }
            .into());
        }
    };
    app.opener().open_url(url, None::<&str>).map_err(|fault| {
        tracing::warn!("a help page could not be opened: {fault}");
        Problem::BrowserNotOpened
    })?;
    Ok(())
}

/// Writes a fault of the screens to the log.
#[tauri::command]
pub(crate) fn log_fault(message: &str) {
    /// A screen in a loop must not fill the disk with one message.
    const LONGEST: usize = 2_000;
    let message: String = message.chars().take(LONGEST).collect();
    tracing::error!(target: "ninka_desktop::screens", "{message}");
}

/// Tells everybody who shows accounts that they may have changed.
pub(crate) fn announce(app: &AppHandle) {
    tray::refresh(app);
    if let Err(fault) = app.emit(ACCOUNTS_CHANGED, ()) {
        tracing::warn!("the list was not told of a change: {fault}");
    }
}

/// Progress is for looking at: a window that has gone must not stop what it started.
pub(crate) fn send<T: tauri::ipc::IpcResponse>(progress: &Channel<T>, event: T) {
    if let Err(fault) = progress.send(event) {
        tracing::debug!("progress was not shown: {fault}");
    }
}
