//! The practice bar's commands, and the change between practice and the real thing.
//! Outside practice mode they answer `not-practicing` by way of a refused setting.

use std::time::Duration;

use ninka_core::view::PracticeView;
use ninka_core::{Problem, StartMode};
use ninka_practice::{Fault, Practice};
use tauri::{AppHandle, State};

use crate::commands::Answer;
use crate::desktop::Desktop;

const DAY: Duration = Duration::from_secs(86_400);

#[tauri::command]
pub(crate) async fn practice(desktop: State<'_, Desktop>) -> Answer<PracticeView> {
    view(&desktop).await
}

#[tauri::command]
pub(crate) async fn practice_set_fault(
    fault: Option<String>,
    desktop: State<'_, Desktop>,
) -> Answer<PracticeView> {
    let fault = match fault {
        Some(code) => Some(
            Fault::from_code(&code).ok_or_else(|| Problem::SettingInvalid {
                key: "fault".to_owned(),
            })?,
        ),
        None => None,
    };
    tenant(&desktop)?.set_fault(fault);
    view(&desktop).await
}

#[tauri::command]
pub(crate) async fn practice_advance(
    days: u32,
    desktop: State<'_, Desktop>,
) -> Answer<PracticeView> {
    tenant(&desktop)?.advance(DAY * days.min(3_650));
    // As after a sleep: what became due in the meantime is renewed, or found to have lapsed.
    desktop.ninka().await?.wake();
    view(&desktop).await
}

#[tauri::command]
pub(crate) async fn practice_reset(desktop: State<'_, Desktop>) -> Answer<PracticeView> {
    tenant(&desktop)?.reset();
    view(&desktop).await
}

/// Starts the program anew, in practice mode or for real.
#[tauri::command]
pub(crate) async fn restart(
    practice: bool,
    app: AppHandle,
    desktop: State<'_, Desktop>,
) -> Answer<()> {
    let mode = if practice {
        StartMode::Practice
    } else {
        StartMode::Live
    };
    desktop.ninka().await?.set_start_mode(mode).await?;
    app.request_restart();
    Ok(())
}

fn tenant(desktop: &Desktop) -> Answer<&Practice> {
    Ok(desktop.practice().ok_or_else(|| Problem::SettingInvalid {
        key: "practice".to_owned(),
    })?)
}

async fn view(desktop: &Desktop) -> Answer<PracticeView> {
    let tenant = tenant(desktop)?;
    let ninka = desktop.ninka().await?;
    Ok(PracticeView {
        fault: tenant.fault().map(|fault| fault.code().to_owned()),
        faults: Fault::ALL
            .iter()
            .map(|fault| fault.code().to_owned())
            .collect(),
        ahead_days: tenant.ahead_seconds() / 86_400,
        now: ninka.now().as_second(),
        addresses: {
            let shared = tenant.shared_mailbox().to_owned();
            tenant.addresses().into_iter().chain([shared]).collect()
        },
        live_client_id: ninka.app_view().await?.settings.client_id,
    })
}
