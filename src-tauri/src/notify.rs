//! Notifications of the system: a warning that is due is shown once, and a click on it leads to its
//! account. What is due and in what words is the façade's matter. Where the system shows none, the
//! warning stays due, and the window's list and the tray say the same.

use ninka_core::Notice;
use ninka_core::view::WishView;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::{Action, ActionPerformed, ActionType, NotificationExt as _};

use crate::desktop::Desktop;
use crate::{shell, show_window};

/// The one kind of notification that has buttons.
const KIND: &str = "authorization";
/// The buttons' names.
const AUTHORIZE: &str = "authorize";
const GUIDE: &str = "guide";
/// Where a notification carries its account.
const ADDRESS: &str = "address";

/// Listens to clicks on notifications from now on.
pub(crate) fn listen(app: &AppHandle) {
    let handle = app.clone();
    let listening = app
        .notification()
        .on_action(move |performed| clicked(&handle, performed));
    if let Err(fault) = listening {
        tracing::warn!("clicks on notifications are not heard: {fault}");
    }
}

/// Shows the warnings that are due, and keeps that they were given.
pub(crate) async fn warn(app: &AppHandle) {
    let desktop = app.state::<Desktop>();
    let Some(ninka) = desktop.ninka_if_open() else {
        return;
    };
    let due = match ninka.due_warnings().await {
        Ok(due) => due,
        Err(problem) => {
            tracing::warn!(code = problem.code(), "the warnings cannot be read");
            return;
        }
    };
    let Some(notice) = ninka.notice(&due, shell::language(app).await) else {
        return;
    };
    if !tauri::async_runtime::spawn_blocking(available)
        .await
        .unwrap_or(false)
    {
        tracing::debug!("the system shows no notifications");
        return;
    }
    if let Err(fault) = show(app, notice) {
        tracing::warn!("a notification was not shown: {fault}");
        return;
    }
    if let Err(problem) = ninka.warnings_given(&due).await {
        tracing::warn!(
            code = problem.code(),
            "that a warning was given is not kept"
        );
    }
}

fn show(app: &AppHandle, notice: Notice) -> tauri_plugin_notification::Result<()> {
    let notifications = app.notification();
    let mut builder = notifications
        .builder()
        .title(notice.title)
        .body(notice.body);
    if let Some([authorize, guide]) = notice.buttons {
        let buttons = [(AUTHORIZE, authorize), (GUIDE, guide)];
        let buttons = buttons.map(|(name, word)| Action::builder(name, word).build());
        let kind = ActionType::builder(KIND).actions(buttons.into()).build();
        notifications.register_action_types(vec![kind])?;
        builder = builder.action_type_id(KIND);
    }
    if let Some(address) = notice.address {
        builder = builder.extra(ADDRESS, address);
    }
    builder.show()
}

fn clicked(app: &AppHandle, performed: &ActionPerformed) {
    let address = performed
        .notification()
        .and_then(|notification| notification.extra().get(ADDRESS)?.as_str());
    match address {
        Some(address) => {
            let address = address.to_owned();
            let wish = match performed.action_id() {
                GUIDE => WishView::Guide { address },
                action => WishView::Account {
                    address,
                    authorize: action == AUTHORIZE,
                },
            };
            shell::ask(app, wish);
        }
        None => show_window(app),
    }
}

/// Whether the system shows notifications: on Linux, whether a program on the session bus answers to
/// the name of the Desktop Notifications Specification or would be started for it. On Windows and
/// macOS the user may have switched them off, which programs are not told.
#[cfg(target_os = "linux")]
pub(crate) fn available() -> bool {
    let asked = zbus::blocking::Connection::session().and_then(|bus| {
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        let name = zbus::names::BusName::try_from("org.freedesktop.Notifications")?;
        let startable = names.list_activatable_names()?;
        Ok(startable.iter().any(|each| each.as_str() == name.as_str())
            || names.name_has_owner(name)?)
    });
    asked.unwrap_or_else(|fault| {
        tracing::debug!("no session bus, no notifications: {fault}");
        false
    })
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn available() -> bool {
    true
}
