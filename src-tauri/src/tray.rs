//! The sign in the tray (Windows' notification area, macOS' menu bar) and its menu. Under Linux a
//! desktop may have no such place, or lack the library: the program then does without.

use std::sync::{Mutex, MutexGuard, PoisonError};

use ninka_core::Problem;
use ninka_core::language::Language;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
#[cfg(not(target_os = "linux"))]
use tauri::tray::{MouseButton, MouseButtonState, TrayIconEvent};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager as _, Wry};

use crate::desktop::Desktop;
use crate::{shell, sign};

/// The tray, once there is one.
#[derive(Default)]
pub(crate) struct Tray(Mutex<Option<Parts>>);

struct Parts {
    icon: TrayIcon,
    open: MenuItem<Wry>,
    check: MenuItem<Wry>,
    attention: MenuItem<Wry>,
    practice: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

impl Tray {
    fn parts(&self) -> MutexGuard<'_, Option<Parts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the sign is in the tray.
pub(crate) fn ensured(app: &AppHandle) -> bool {
    app.state::<Tray>().parts().is_some() && place()
}

/// Puts the sign into the tray unless it is there; answers whether it is. A desktop's tray may come
/// later than the program, or go. Must be called on the main thread.
pub(crate) fn ensure(app: &AppHandle) -> bool {
    if !place() {
        return false;
    }
    let tray = app.state::<Tray>();
    if tray.parts().is_some() {
        return true;
    }
    // The library is loaded at the first use, and its absence is a panic there.
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| build(app)));
    match built {
        Ok(Ok(parts)) => {
            *tray.parts() = Some(parts);
            refresh(app);
            true
        }
        Ok(Err(fault)) => {
            tracing::warn!("there is no sign in the tray: {fault}");
            false
        }
        Err(_) => {
            tracing::warn!("there is no sign in the tray: libayatana-appindicator3 is missing");
            false
        }
    }
}

/// Whether the desktop has a place for signs: on Linux, whether a program on the session bus
/// answers to the name of the StatusNotifierItem specification.
#[cfg(target_os = "linux")]
fn place() -> bool {
    let asked = zbus::blocking::Connection::session().and_then(|bus| {
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        let watcher = zbus::names::BusName::try_from("org.kde.StatusNotifierWatcher")?;
        Ok(names.name_has_owner(watcher)?)
    });
    asked.unwrap_or_else(|fault| {
        tracing::debug!("no session bus, no tray: {fault}");
        false
    })
}

#[cfg(not(target_os = "linux"))]
const fn place() -> bool {
    true
}

fn build(app: &AppHandle) -> tauri::Result<Parts> {
    let item = |id: &str, enabled| MenuItem::with_id(app, id, " ", enabled, None::<&str>);
    let open = item("open", true)?;
    let check = item("check", true)?;
    let attention = item("attention", false)?;
    let practice = item("practice", false)?;
    let quit = item("quit", true)?;
    let line = || PredefinedMenuItem::separator(app);
    let menu = Menu::with_items(app, &[&open, &check, &line()?, &attention])?;
    if app.state::<Desktop>().practice().is_some() {
        menu.append(&practice)?;
    }
    menu.append_items(&[&line()?, &quit])?;
    let builder = TrayIconBuilder::with_id("ninka")
        .menu(&menu)
        .icon(sign::sign(false))
        .icon_as_template(cfg!(target_os = "macos"))
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()));
    // Windows opens at a click; macOS and Linux show the menu.
    #[cfg(not(target_os = "linux"))]
    let builder = builder.on_tray_icon_event(|icon, event| {
        if cfg!(windows)
            && let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
        {
            crate::show_window(icon.app_handle());
        }
    });
    Ok(Parts {
        icon: builder.build(app)?,
        open,
        check,
        attention,
        practice,
        quit,
    })
}

fn chosen(app: &AppHandle, id: &str) {
    match id {
        "open" => crate::show_window(app),
        "check" => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move { check_all(&app).await });
        }
        "quit" => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move { shell::quit_or_ask(&app).await });
        }
        _ => {}
    }
}

/// Checks every account without opening the window; the sign says what came of it.
async fn check_all(app: &AppHandle) {
    let desktop = app.state::<Desktop>();
    let outcome = match desktop.ninka().await {
        Ok(ninka) => ninka.check(&[], &|_| ()).await.map(|_| ()),
        Err(problem) => Err(problem),
    };
    if let Err(problem) = outcome {
        tracing::warn!(code = problem.code(), "the check from the tray failed");
        if matches!(problem, Problem::SignInNeeded) {
            crate::show_window(app);
        }
    }
    crate::commands::announce(app);
}

/// Shows in the tray how things stand, in the language of the settings.
pub(crate) fn refresh(app: &AppHandle) {
    if app.state::<Tray>().parts().is_none() {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let waiting = match app.state::<Desktop>().ninka_if_open() {
            Some(ninka) => ninka.attention().await.map_or(0, |found| found.waiting),
            None => 0,
        };
        let language = shell::language(&app).await;
        let main = app.clone();
        let shown = app.run_on_main_thread(move || {
            if let Some(parts) = &*main.state::<Tray>().parts()
                && let Err(fault) = parts.show(language, waiting)
            {
                tracing::warn!("the tray was not brought up to date: {fault}");
            }
        });
        if let Err(fault) = shown {
            tracing::debug!("the program ends: {fault}");
        }
    });
}

impl Parts {
    fn show(&self, language: Language, waiting: usize) -> tauri::Result<()> {
        let attention = match waiting {
            0 => language.plain("tray-calm"),
            count => language.text("tray-attention", [("count", count)]),
        };
        self.open.set_text(language.plain("tray-open"))?;
        self.check.set_text(language.plain("tray-check"))?;
        self.practice.set_text(language.plain("tray-practice"))?;
        self.quit.set_text(language.plain("tray-quit"))?;
        self.icon.set_tooltip(Some(format!("Ninka: {attention}")))?;
        self.attention.set_text(attention)?;
        let sign = sign::sign(waiting > 0);
        if cfg!(target_os = "macos") {
            self.icon.set_icon_with_as_template(Some(sign), true)
        } else {
            self.icon.set_icon(Some(sign))
        }
    }
}
