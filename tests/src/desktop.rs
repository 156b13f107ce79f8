//! The desktop around the program on Linux: a tray that programs put their signs into, its menus,
//! the windows on the display, and the program started as its user or the login would start it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;
use zbus::blocking::{Connection, Proxy, connection};
use zbus::names::OwnedUniqueName;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};

use crate::window::program;
use crate::{kept, wait};

/// A window or a sign is there within seconds, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

const ITEM: &str = "org.kde.StatusNotifierItem";

/// A place for signs on the session bus (the StatusNotifierItem specification's watcher).
pub struct Tray {
    bus: Connection,
    signs: Arc<Mutex<Vec<Sign>>>,
}

#[derive(Clone)]
struct Sign {
    sender: OwnedUniqueName,
    path: String,
}

struct Watcher(Arc<Mutex<Vec<Sign>>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(
        &self,
        service: &str,
        #[zbus(header)] header: zbus::message::Header<'_>,
    ) {
        if let (Some(sender), Ok(mut signs)) = (header.sender(), self.0.lock()) {
            let path = service.to_owned();
            let sender = sender.to_owned().into();
            signs.push(Sign { sender, path });
        }
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl Tray {
    /// Opens the tray; it closes when this is dropped.
    ///
    /// # Errors
    /// There is no session bus, or it has a tray already.
    pub fn open() -> Result<Self> {
        let signs = Arc::<Mutex<Vec<Sign>>>::default();
        let bus = connection::Builder::session()?
            .serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&signs)))?
            .name("org.kde.StatusNotifierWatcher")?
            .build()?;
        Ok(Self { bus, signs })
    }

    /// The words of the menu at the last sign that was put here, once one of them is `wanted`.
    ///
    /// # Errors
    /// There is no sign, or the word does not come.
    pub fn menu(&self, wanted: &str) -> Result<Vec<(i32, String)>> {
        wait::until(wanted, LIMIT, || {
            let Some(menu) = self.proxy()? else {
                return Ok(None);
            };
            type Items = Vec<(i32, HashMap<String, OwnedValue>)>;
            type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));
            let no_names: Vec<&str> = Vec::new();
            let layout: zbus::Result<Layout> = menu.call("GetLayout", &(0_i32, 1_i32, no_names));
            let Ok((_, (_, _, children))) = layout else {
                return Ok(None);
            };
            let ids: Vec<i32> = children
                .iter()
                .filter_map(|child| {
                    let item: &Structure<'_> = child.downcast_ref().ok()?;
                    item.fields().first()?.downcast_ref().ok()
                })
                .collect();
            let asked: zbus::Result<Items> = menu.call("GetGroupProperties", &(ids, vec!["label"]));
            // A program that has just ended, or has not filled its menu yet.
            let items = asked.unwrap_or_default();
            let words: Vec<(i32, String)> = items
                .into_iter()
                .filter_map(|(id, properties)| {
                    let label: &str = properties.get("label")?.downcast_ref().ok()?;
                    Some((id, label.to_owned()))
                })
                .collect();
            let there = words.iter().any(|(_, word)| word == wanted);
            Ok(there.then_some(words))
        })
    }

    /// Chooses a word of the menu.
    ///
    /// # Errors
    /// It is not there.
    pub fn choose(&self, word: &str) -> Result<()> {
        let words = self.menu(word)?;
        let (id, _) = words
            .iter()
            .find(|(_, each)| each == word)
            .context("the word went")?;
        let menu = self.proxy()?.context("the sign went")?;
        let nothing = Value::from(0_i32);
        let () = menu.call("Event", &(*id, "clicked", nothing, 0_u32))?;
        Ok(())
    }

    fn proxy(&self) -> Result<Option<Proxy<'static>>> {
        let last = self
            .signs
            .lock()
            .ok()
            .and_then(|signs| signs.last().cloned());
        let Some(Sign { sender, path }) = last else {
            return Ok(None);
        };
        let item = Proxy::new(&self.bus, sender.clone(), path, ITEM)?;
        // The last sign may be that of a program that has ended.
        let Ok(menu) = item.get_property::<OwnedObjectPath>("Menu") else {
            return Ok(None);
        };
        Ok(Some(Proxy::new(
            &self.bus,
            sender,
            menu,
            "com.canonical.dbusmenu",
        )?))
    }
}

/// The program without a driver.
#[derive(Debug)]
pub struct Running {
    child: Child,
    folder: PathBuf,
}

impl Running {
    /// Starts the program on a data folder.
    ///
    /// # Errors
    /// It was not built or cannot be started.
    pub fn start(folder: &Path, arguments: &[&str]) -> Result<Self> {
        let child = Command::new(program("ninka-desktop")?)
            .args(arguments)
            .env("NINKA_DATA_DIR", folder)
            .env("NINKA_LOG", kept::LOG)
            .env("LANG", "ja_JP.UTF-8")
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("LC_ALL")
            .env_remove("LANGUAGE")
            .stdin(Stdio::null())
            .spawn()?;
        let folder = folder.to_owned();
        Ok(Self { child, folder })
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// It goes on.
    pub fn ended(&mut self) -> Result<()> {
        wait::until("the program's end", LIMIT, || Ok(self.child.try_wait()?)).map(|_| ())
    }

    /// Waits until the program runs without any page: no process of the web view is left.
    ///
    /// # Errors
    /// It ended, or keeps its page.
    pub fn without_page(&mut self) -> Result<()> {
        wait::until("the page's end", LIMIT, || {
            ensure!(self.child.try_wait()?.is_none(), "the program ended");
            let pages = self
                .tree()?
                .into_iter()
                .filter(|pid| name_of(pid).starts_with("WebKitWebProces"));
            Ok((pages.count() == 0).then_some(()))
        })
    }

    /// What the program and its children occupy, in MiB: the sum of their proportional shares.
    ///
    /// # Errors
    /// The processes cannot be listed.
    pub fn memory(&self) -> Result<u64> {
        let shares = self.tree()?.into_iter().filter_map(|pid| {
            let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
            let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        });
        Ok(shares.sum::<u64>() / 1024)
    }

    fn tree(&self) -> Result<Vec<String>> {
        let mut parents = Vec::new();
        for entry in std::fs::read_dir("/proc")? {
            let pid = entry?.file_name().to_string_lossy().into_owned();
            // Processes end while they are being looked at.
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            let after_name = stat.rsplit_once(')').map(|(_, rest)| rest.to_owned());
            let parent =
                after_name.and_then(|rest| Some(rest.split_whitespace().nth(1)?.to_owned()));
            if let Some(parent) = parent {
                parents.push((pid, parent));
            }
        }
        let mut tree = vec![self.child.id().to_string()];
        loop {
            let more: Vec<String> = parents
                .iter()
                .filter(|(pid, parent)| tree.contains(parent) && !tree.contains(pid))
                .map(|(pid, _)| pid.clone())
                .collect();
            if more.is_empty() {
                return Ok(tree);
            }
            tree.extend(more);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed leaves its program; already ended is as good.
        self.child.kill().ok();
        self.child.wait().ok();
        kept::data_at_the_end(&self.folder);
    }
}

fn name_of(pid: &str) -> String {
    std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default()
}

/// The display, as a window manager sees it.
pub struct Display {
    connection: RustConnection,
    root: Window,
}

impl Display {
    /// Connects to the display of the session.
    ///
    /// # Errors
    /// There is none.
    pub fn open() -> Result<Self> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection
            .setup()
            .roots
            .get(screen)
            .context("the display has no screen")?
            .root;
        Ok(Self { connection, root })
    }

    /// Waits for the program's window to be shown.
    ///
    /// # Errors
    /// It does not come.
    pub fn window(&self) -> Result<u32> {
        wait::until("the window", LIMIT, || self.find())
    }

    /// Whether the program's window is shown now.
    ///
    /// # Errors
    /// The display does not answer.
    pub fn shows(&self) -> Result<bool> {
        Ok(self.find()?.is_some())
    }

    /// Presses the window's close button.
    ///
    /// # Errors
    /// The display does not answer.
    pub fn close(&self, window: u32) -> Result<()> {
        let atom = |name: &[u8]| -> Result<u32> {
            Ok(self.connection.intern_atom(false, name)?.reply()?.atom)
        };
        let message = [atom(b"WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
        let event = ClientMessageEvent::new(32, window, atom(b"WM_PROTOCOLS")?, message);
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, event)?
            .check()?;
        Ok(())
    }

    fn find(&self) -> Result<Option<u32>> {
        for window in self.connection.query_tree(self.root)?.reply()?.children {
            // Windows go while they are being looked at.
            let shown = self
                .connection
                .get_window_attributes(window)?
                .reply()
                .is_ok_and(|found| found.map_state == MapState::VIEWABLE);
            let name = self
                .connection
                .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?
                .reply()
                .map(|found| found.value)
                .unwrap_or_default();
            if shown && name == b"Ninka" {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }
}
