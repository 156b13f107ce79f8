//! The shell: the window and thin commands. A command parses, calls one function of the façade and
//! converts the answer; no product logic is here, and nothing outside this crate knows Tauri.
#![expect(
    clippy::result_large_err,
    reason = "an answer goes straight to the web view; boxing the problem would only be undone"
)]

mod backup;
mod browser;
#[cfg(test)]
mod command_names;
mod commands;
mod desktop;
mod exchange;
mod hand_over;
mod handbook;
mod logging;
mod notify;
mod operators;
#[cfg(test)]
mod parity;
mod practice;
mod report;
mod shell;
mod sign;
mod start;
mod tray;
mod wish;

use std::path::Path;
use std::process::ExitCode;

use tauri::{AppHandle, Manager as _, RunEvent, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use desktop::Desktop;

/// The one window.
const WINDOW: &str = "main";

/// Runs the program until it is quit, from its window or from the tray.
#[must_use]
pub fn run() -> ExitCode {
    let folder = start::data_folder();
    let _log = logging::start(folder.as_deref());
    match builder(folder).build(tauri::generate_context!()) {
        Ok(app) => {
            app.run(|app, event| happened(app, &event));
            ExitCode::SUCCESS
        }
        Err(fault) => {
            tracing::error!("the window could not be made: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn happened(app: &AppHandle, event: &RunEvent) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } if shell::close_requested(app) => api.prevent_close(),
        RunEvent::WindowEvent {
            event: WindowEvent::Destroyed,
            ..
        } => shell::window_gone(app),
        // No code: the last window is gone. Quitting and the system's end have theirs.
        RunEvent::ExitRequested { code, api, .. }
            if (code.is_none() && shell::goes_on(app)) || shell::settles_first(app, *code) =>
        {
            api.prevent_exit();
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => show_window(app),
        // A click on a link or a file; elsewhere these come as arguments of a start.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            for url in urls {
                match hand_over::asked(url.as_str(), Path::new("")) {
                    Some(wish) => shell::ask(app, wish),
                    None => show_window(app),
                }
            }
        }
        RunEvent::Exit => {
            // Not every end was asked about: the system's and a restart come straight here.
            if let Some(ninka) = app.state::<Desktop>().ninka_if_open() {
                tauri::async_runtime::block_on(ninka.settle());
            }
        }
        _ => {}
    }
}

fn builder(folder: Option<std::path::PathBuf>) -> tauri::Builder<tauri::Wry> {
    let mut builder = tauri::Builder::default()
        // First, so that a second start ends before it has opened anything.
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, folder| {
                let start = wish::parse(arguments.into_iter().skip(1), Path::new(&folder));
                match start.wish {
                    Some(wish) => shell::ask(app, wish),
                    None if start.hidden => {}
                    None => show_window(app),
                }
            },
        ))
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .arg(wish::HIDDEN)
                .build(),
        )
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init());
    if cfg!(not(target_os = "linux")) {
        // Window managers under Linux place windows themselves, and Wayland tells no position.
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().build());
    }
    builder
        .setup(move |app| {
            app.manage(Desktop::new(app.handle(), folder));
            app.manage(shell::Shell::default());
            app.manage(tray::Tray::default());
            notify::listen(app.handle());
            let start = wish::parse(std::env::args().skip(1), Path::new(""));
            if start.hidden {
                stay_hidden(app.handle());
            } else {
                tray::ensure(app.handle());
                open_window(app.handle())?;
            }
            if let Some(wish) = start.wish {
                shell::ask(app.handle(), wish);
            }
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::app_state,
            commands::accounts,
            commands::account,
            commands::save_account,
            commands::remove_account,
            commands::undo_switch,
            commands::revoke,
            commands::authorize,
            commands::follow_consent,
            commands::cancel_authorize,
            commands::consent_open,
            commands::consent_paste,
            commands::consent_device_code,
            commands::browsers,
            commands::approval,
            commands::check,
            commands::cancel_check,
            commands::last_check,
            commands::account_kind,
            commands::cancel_account_kind,
            commands::propose_servers,
            commands::cancel_propose_servers,
            commands::prove,
            hand_over::guided,
            hand_over::make_hand_over,
            hand_over::read_hand_over,
            hand_over::save_hand_over,
            hand_over::save_script,
            exchange::preview_import,
            exchange::import_accounts,
            exchange::export_accounts,
            backup::back_up,
            backup::inspect_backup,
            backup::restore_backup,
            operators::permissions_on,
            operators::permissions_off,
            operators::sign_in,
            operators::sign_out,
            operators::seen,
            operators::operators,
            operators::save_operator,
            operators::remove_operator,
            operators::change_password,
            operators::audit,
            operators::export_audit,
            commands::save_settings,
            commands::vault_retry,
            commands::vault_unlock,
            commands::vault_set_passphrase,
            commands::vault_use_session,
            commands::preview_mail,
            commands::history,
            commands::self_test,
            report::make_report,
            report::save_report,
            report::open_report,
            report::cases,
            report::open_case,
            report::keep_case,
            report::note_case,
            report::remove_case,
            report::keep_cases_for,
            commands::explain_code,
            commands::explain_error,
            commands::copy_text,
            commands::open_help,
            handbook::open_handbook,
            commands::log_fault,
            shell::shell_state,
            shell::take_wishes,
            shell::set_autostart,
            shell::autostart_offered,
            shell::close_window,
            shell::quit,
            practice::practice,
            practice::practice_set_fault,
            practice::practice_advance,
            practice::practice_reset,
            practice::restart,
        ])
}

/// Opens the data without a window. A desktop starts its programs in any order: the tray is waited
/// for, and where there is none in the end, the window is what remains.
fn stay_hidden(app: &AppHandle) {
    /// A desktop is complete within this time after the login.
    const TRIES: u32 = 30;
    const PAUSE: std::time::Duration = std::time::Duration::from_secs(2);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(problem) = app.state::<Desktop>().ninka().await {
            tracing::warn!(code = problem.code(), "hidden, and nothing can be done");
            show_window(&app);
            return;
        }
        for _ in 0..TRIES {
            let (tell, told) = tokio::sync::oneshot::channel();
            let main = app.clone();
            let asked = app.run_on_main_thread(move || {
                // Nobody waits once the program ends.
                tell.send(tray::ensure(&main)).ok();
            });
            if asked.is_err() || told.await.unwrap_or(true) {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        tracing::info!("no tray came: the window opens instead");
        show_window(&app);
    });
}

fn open_window(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("Ninka")
        .inner_size(1160.0, 780.0)
        .min_inner_size(900.0, 600.0)
        .center()
        .build()?;
    Ok(())
}

/// Brings the window to the front, and makes it anew where it was closed.
fn show_window(app: &AppHandle) {
    let main = app.clone();
    let asked = app.run_on_main_thread(move || {
        let Some(window) = main.get_webview_window(WINDOW) else {
            if let Err(fault) = open_window(&main) {
                tracing::error!("the window could not be made: {fault}");
            }
            return;
        };
        for outcome in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(fault) = outcome {
                tracing::warn!("the window could not be brought to the front: {fault}");
            }
        }
    });
    if let Err(fault) = asked {
        tracing::debug!("the program ends: {fault}");
    }
}
