//! The desktop's notifications on Linux: a server on the session bus that keeps what programs show,
//! and clicks on it as the user would (the Desktop Notifications Specification).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context as _, Result};
use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedValue;

use crate::wait;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification is there within seconds, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

/// A notification that a program showed.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its heading.
    pub title: String,
    /// Its sentences.
    pub body: String,
    /// Its actions: the name and the word of each, one after the other.
    pub actions: Vec<String>,
    number: u32,
}

/// The server; it goes when this is dropped.
pub struct Notifications {
    bus: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

struct Server(Arc<Mutex<Vec<Shown>>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification's")]
    fn notify(
        &self,
        _app_name: &str,
        _replaces: u32,
        _icon: &str,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let Ok(mut shown) = self.0.lock() else {
            return 0;
        };
        let number = u32::try_from(shown.len()).unwrap_or_default() + 1;
        shown.push(Shown {
            title,
            body,
            actions,
            number,
        });
        number
    }

    fn close_notification(&self, _number: u32) {}

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("ninka-tests", "Ninka", "1", "1.2")
    }
}

impl Notifications {
    /// Begins to show notifications.
    ///
    /// # Errors
    /// There is no session bus, or it has a server already.
    pub fn open() -> Result<Self> {
        let shown = Arc::<Mutex<Vec<Shown>>>::default();
        let bus = connection::Builder::session()?
            .serve_at(PATH, Server(Arc::clone(&shown)))?
            .name(NAME)?
            .build()?;
        Ok(Self { bus, shown })
    }

    /// Everything that was shown so far.
    #[must_use]
    pub fn all(&self) -> Vec<Shown> {
        self.shown
            .lock()
            .map(|shown| shown.clone())
            .unwrap_or_default()
    }

    /// Waits for the first notification with a word in its heading.
    ///
    /// # Errors
    /// It does not come.
    pub fn with(&self, word: &str) -> Result<Shown> {
        wait::until("a notification", LIMIT, || {
            Ok(self
                .all()
                .into_iter()
                .find(|shown| shown.title.contains(word)))
        })
        .with_context(|| format!("{word}: {:?}", self.all()))
    }

    /// Presses one of its actions; `default` is a click on the notification itself.
    ///
    /// # Errors
    /// The bus is gone.
    pub fn press(&self, shown: &Shown, action: &str) -> Result<()> {
        let pressed = &(shown.number, action);
        self.bus
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", pressed)?;
        Ok(())
    }
}
