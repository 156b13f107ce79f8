//! The shell: the window and thin commands. A command parses, calls one function of the façade and
//! converts the answer; no product logic is here, and nothing outside this crate knows Tauri.
#![expect(
    clippy::result_large_err,
    reason = "an answer goes straight to the web view; boxing the problem would only be undone"
)]

mod browser;
#[cfg(test)]
mod command_names;
mod commands;
mod desktop;
mod logging;
#[cfg(test)]
mod parity;
mod practice;
mod start;

use std::process::ExitCode;

use tauri::{Manager as _, RunEvent, WebviewUrl, WebviewWindowBuilder};

use desktop::Desktop;

/// The one window.
const WINDOW: &str = "main";

/// Runs the program until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let folder = start::data_folder();
    let _log = logging::start(folder.as_deref());
    match builder(folder).build(tauri::generate_context!()) {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event
                    && let Some(ninka) = app.state::<Desktop>().ninka_if_open()
                {
                    ninka.cancel_all();
                }
            });
            ExitCode::SUCCESS
        }
        Err(fault) => {
            tracing::error!("the window could not be made: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn builder(folder: Option<std::path::PathBuf>) -> tauri::Builder<tauri::Wry> {
    let mut builder = tauri::Builder::default()
        // First, so that a second start ends before it has opened anything.
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _folder| show_window(app),
        ))
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init());
    if cfg!(not(target_os = "linux")) {
        // Window managers under Linux place windows themselves, and Wayland tells no position.
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().build());
    }
    builder
        .setup(move |app| {
            app.manage(Desktop::new(app.handle(), folder));
            WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
                .title("Ninka")
                .inner_size(1160.0, 780.0)
                .min_inner_size(900.0, 600.0)
                .center()
                .build()?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            commands::app_state,
            commands::accounts,
            commands::account,
            commands::save_account,
            commands::remove_account,
            commands::authorize,
            commands::cancel_authorize,
            commands::check,
            commands::cancel_check,
            commands::save_settings,
            commands::vault_retry,
            commands::vault_unlock,
            commands::vault_set_passphrase,
            commands::vault_use_session,
            commands::preview_mail,
            commands::copy_text,
            commands::open_help,
            commands::log_fault,
            practice::practice,
            practice::practice_set_fault,
            practice::practice_advance,
            practice::practice_reset,
            practice::restart,
        ])
}

/// Brings the window to the front: after consent, and when the program is started again.
fn show_window(app: &tauri::AppHandle) {
    let Some(window) = app.get_webview_window(WINDOW) else {
        return;
    };
    for outcome in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(fault) = outcome {
            tracing::warn!("the window could not be brought to the front: {fault}");
        }
    }
}
