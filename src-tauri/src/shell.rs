//! The program around its window: what is asked of the window from outside, closing it while the
//! program goes on, quitting, and starting with the system.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use ninka_core::Problem;
use ninka_core::language::Language;
use ninka_core::settings::Background;
use ninka_core::view::{ShellView, WishView};
use tauri::{AppHandle, Emitter as _, Manager as _, State};
use tauri_plugin_autostart::ManagerExt as _;

use crate::commands::Answer;
use crate::desktop::Desktop;
use crate::{WINDOW, handbook, notify, show_window, tray};

/// Tells the window that there is a wish to take.
const WISHED: &str = "wished";

/// Tells the window that the program ends as soon as a renewal is written.
const ENDING: &str = "ending";

/// Nobody has asked the program to end.
const RUNNING: u8 = 0;
/// It waits for renewals under way.
const SETTLING: u8 = 1;
/// It ends now.
const SETTLED: u8 = 2;

/// More wishes than this are not kept for a window that does not take them.
const MOST: usize = 8;

/// The state of the program around its window.
#[derive(Default)]
pub(crate) struct Shell {
    wishes: Mutex<Vec<WishView>>,
    /// Whether the window's page listens: until then closing cannot be talked about.
    listening: AtomicBool,
    /// Closing the window quits, by the user's choice.
    quits: AtomicBool,
    /// How far the end is.
    end: AtomicU8,
}

impl Shell {
    /// Takes over the setting.
    pub(crate) fn set_background(&self, background: Background) {
        self.quits.store(!background.goes_on(), Ordering::Relaxed);
    }

    /// Asks the window for something; it takes it when it can.
    fn wish(&self, wish: WishView) {
        if let Ok(mut wishes) = self.wishes.lock()
            && wishes.len() < MOST
            && !wishes.contains(&wish)
        {
            wishes.push(wish);
        }
    }
}

/// Whether the program goes on when its window is closed.
pub(crate) fn goes_on(app: &AppHandle) -> bool {
    // On macOS a program without a window is usual: the Dock opens it again.
    let reachable = cfg!(target_os = "macos") || tray::ensure(app);
    reachable && !app.state::<Shell>().quits.load(Ordering::Relaxed)
}

/// Shows the window and asks it for something.
pub(crate) fn ask(app: &AppHandle, wish: WishView) {
    app.state::<Shell>().wish(wish);
    show_window(app);
    if let Err(fault) = app.emit(WISHED, ()) {
        tracing::warn!("the window was not told of a wish: {fault}");
    }
}

/// The window's close button was pressed. Answers whether it stays for now: what is not saved is
/// asked about first, and who does not know that the program goes on is told.
pub(crate) fn close_requested(app: &AppHandle) -> bool {
    let shell = app.state::<Shell>();
    if !shell.listening.load(Ordering::Relaxed) {
        return false;
    }
    shell.wish(WishView::Close {
        goes_on: goes_on(app),
    });
    // A page that cannot be reached has nothing to keep.
    app.emit(WISHED, ()).is_ok()
}

/// The window is gone, with the page in it.
pub(crate) fn window_gone(app: &AppHandle) {
    let shell = app.state::<Shell>();
    shell.listening.store(false, Ordering::Relaxed);
    if let Ok(mut wishes) = shell.wishes.lock() {
        wishes.clear();
    }
}

/// Whether the end has to wait for a renewal under way, whose new token would be lost; then the
/// program ends by itself a little later, and the window says so.
pub(crate) fn settles_first(app: &AppHandle, code: Option<i32>) -> bool {
    let Some(ninka) = app.state::<Desktop>().shared_ninka() else {
        return false;
    };
    let shell = app.state::<Shell>();
    if shell.end.load(Ordering::Relaxed) == RUNNING && ninka.is_renewing() {
        shell.end.store(SETTLING, Ordering::Relaxed);
        if let Err(fault) = app.emit(ENDING, ()) {
            tracing::debug!("no window was told of the end: {fault}");
        }
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            ninka.settle().await;
            app.state::<Shell>().end.store(SETTLED, Ordering::Relaxed);
            app.exit(code.unwrap_or_default());
        });
    }
    shell.end.load(Ordering::Relaxed) == SETTLING
}

/// Quits, after asking where something would no longer be renewed.
pub(crate) async fn quit_or_ask(app: &AppHandle) {
    let renewed = match app.state::<Desktop>().ninka_if_open() {
        Some(ninka) => ninka.attention().await.is_ok_and(|found| found.renewed),
        None => false,
    };
    if renewed {
        ask(app, WishView::Quit);
    } else {
        app.exit(0);
    }
}

/// The language of the tray's words; the system's until the settings are open.
pub(crate) async fn language(app: &AppHandle) -> Language {
    match app.state::<Desktop>().ninka_if_open() {
        Some(ninka) => ninka
            .language()
            .await
            .unwrap_or_else(|_| Language::of_system()),
        None => Language::of_system(),
    }
}

#[tauri::command]
pub(crate) async fn shell_state(app: AppHandle) -> Answer<ShellView> {
    Ok(view(&app).await)
}

/// What was asked of the window; it is handed over once. From the first call on the page listens.
#[tauri::command]
pub(crate) fn take_wishes(shell: State<'_, Shell>) -> Answer<Vec<WishView>> {
    shell.listening.store(true, Ordering::Relaxed);
    let mut wishes = shell
        .wishes
        .lock()
        .map_err(|_| Problem::from(anyhow::anyhow!("a wish was lost")))?;
    Ok(std::mem::take(&mut *wishes))
}

/// Starts the program with the system, hidden, or no longer.
#[tauri::command]
pub(crate) async fn set_autostart(on: bool, app: AppHandle) -> Answer<ShellView> {
    // Asks first whether it may be changed.
    app.state::<Desktop>()
        .ninka()
        .await?
        .autostart_offered()
        .await?;
    let autostart = app.autolaunch();
    let outcome = if on {
        autostart.enable()
    } else {
        autostart.disable()
    };
    outcome.map_err(|fault| Problem::from(anyhow::anyhow!("starting with the system: {fault}")))?;
    Ok(view(&app).await)
}

/// Starting with the system was offered: it is not offered again.
#[tauri::command]
pub(crate) async fn autostart_offered(app: AppHandle) -> Answer<()> {
    offered(&app).await;
    Ok(())
}

async fn offered(app: &AppHandle) {
    if let Some(ninka) = app.state::<Desktop>().ninka_if_open()
        && let Err(problem) = ninka.autostart_offered().await
    {
        tracing::warn!(
            code = problem.code(),
            "it may be offered twice to start with the system"
        );
    }
}

/// Closes the window and its page; where the program does not go on, it ends.
#[tauri::command]
pub(crate) fn close_window(app: AppHandle) -> Answer<()> {
    if let Some(window) = app.get_webview_window(WINDOW) {
        window
            .destroy()
            .map_err(|fault| Problem::from(anyhow::anyhow!(fault)))?;
    }
    Ok(())
}

/// Ends the program; the window has asked what had to be asked.
#[tauri::command]
pub(crate) fn quit(app: AppHandle) {
    app.exit(0);
}

async fn view(app: &AppHandle) -> ShellView {
    let autostart = app.autolaunch().is_enabled();
    if let Err(fault) = &autostart {
        tracing::warn!("whether the program starts with the system is unknown: {fault}");
    }
    let offers = match app.state::<Desktop>().ninka_if_open() {
        Some(ninka) => ninka.offers_autostart().await.unwrap_or(false),
        None => false,
    };
    let notifications = tauri::async_runtime::spawn_blocking(notify::available);
    ShellView {
        offers_autostart: offers && matches!(autostart, Ok(false)),
        tray: cfg!(target_os = "macos") || tray::ensured(app),
        autostart: autostart.ok(),
        notifications: notifications.await.unwrap_or(false),
        handbook: handbook::folder(app).is_some(),
    }
}
