//! The real window, driven through WebKitWebDriver: start, look, click, type, photograph, kill.
//! Needs a display, a session bus and a keyring; `cargo xtask test window` brings them.
//! What a person would do step by step is in `journey`.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::guard::Guard;
use crate::opened_browser::OpenedBrowser;
use crate::texts::closed_up;
use crate::{kept, wait};

const DRIVER: &str = "WebKitWebDriver";

/// Tells what passed between the page and the core since it was asked last, and goes on listening.
const RECORDER: &str = include_str!("recorder.js");

/// A page of the window is there within seconds, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

/// WebKit's driver takes its picture with the next painting, and waits for ever where a page at rest
/// has nothing to paint: a spot that nobody notices changes until the picture is taken.
const PAINTING: &str = "
    const spot = document.createElement('i');
    Object.assign(spot.style, { position: 'fixed', top: 0, left: 0, width: '1px', height: '1px' });
    (document.querySelector('dialog[open]') ?? document.body).append(spot);
    let on = false;
    const timer = setInterval(() => { spot.style.opacity = (on = !on) ? 0.01 : 0.02; }, 20);
    spot.style.background = '#888';
    window.painted = () => { clearInterval(timer); spot.remove(); };";
const PAINTED: &str = "window.painted();";

/// What lies where an element is to be clicked on.
const COVERS: &str = "
    const [element] = arguments;
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return `${over?.outerHTML.slice(0, 200)} at ${JSON.stringify(box)} of ${innerHeight}`;";

/// The program in its window, with folders of its own.
#[derive(Debug)]
pub struct Window {
    client: Client,
    folder: PathBuf,
    _driver: Guard,
}

impl Window {
    /// Starts the program on a data folder; it opens pages with `browser`.
    ///
    /// # Errors
    /// The program was not built, or the driver or the window did not start.
    pub async fn open(folder: &Path, browser: &OpenedBrowser, language: &str) -> Result<Self> {
        let program = program("ninka-desktop")?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let mut guard = Guard::new()?;
        let mut command = Command::new(DRIVER);
        command
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("NINKA_DATA_DIR", folder)
            .env("NINKA_LOG", kept::LOG)
            .envs(browser.environment())
            .env("LANG", format!("{language}.UTF-8"))
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            // The virtual display has no graphics card to share buffers with.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("LC_ALL")
            .env_remove("LANGUAGE");
        guard
            .spawn(DRIVER, command)
            .context("Debian: webkit2gtk-driver")?;
        guard.await_ready(DRIVER, || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok())
        })?;
        let mut capabilities = Capabilities::new();
        // No browserName: newer WebKitGTK reports another one and refuses.
        let options = json!({ "binary": program, "args": [] });
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .with_context(|| format!("the window: {}", wait::tail(&guard.log(DRIVER))))?;
        let window = Self {
            client,
            folder: folder.to_owned(),
            _driver: guard,
        };
        window.listen().await?;
        Ok(window)
    }

    /// Keeps what window and core told each other since the last time, for the scan of secrets;
    /// a new page begins to listen. Between two pages there is nobody to ask.
    async fn listen(&self) -> Result<()> {
        if let Ok(Value::Array(messages)) = self.client.execute(RECORDER, Vec::new()).await {
            kept::messages(&messages)?;
        }
        Ok(())
    }

    /// Makes the page anew, as a window that was closed into the tray is.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Waits for the element of a test id to be there.
    ///
    /// # Errors
    /// It does not come.
    pub async fn find(&self, test_id: &str) -> Result<Element> {
        self.css(&format!("[data-testid=\"{test_id}\"]")).await
    }

    /// Waits for an element by CSS.
    ///
    /// # Errors
    /// It does not come; the message holds what the window shows instead.
    pub async fn css(&self, selector: &str) -> Result<Element> {
        self.listen().await?;
        let wait = self.client.wait().at_most(LIMIT);
        match wait.for_element(Locator::Css(selector)).await {
            Ok(element) => Ok(element),
            Err(fault) => {
                let shown = self.shown().await.unwrap_or_default();
                Err(fault).with_context(|| format!("{selector} does not come; shown is:\n{shown}"))
            }
        }
    }

    /// Clicks on the element of a test id; brings it into the picture before, which the driver does
    /// not do where the element is covered or cut off at the window's edge.
    ///
    /// # Errors
    /// It is not there or cannot be clicked on; what lies over it is told, which the driver does not.
    pub async fn click(&self, test_id: &str) -> Result<()> {
        self.look_at(&format!("[data-testid=\"{test_id}\"]"))
            .await?;
        let element = self.find(test_id).await?;
        let Err(fault) = element.clone().click().await else {
            return Ok(());
        };
        let asked = vec![serde_json::to_value(&element)?];
        let covers = self.client.execute(COVERS, asked).await;
        let covers = covers.unwrap_or_default();
        Err(fault).with_context(|| format!("clicking on {test_id}; there is {covers}"))
    }

    /// Replaces the text of the field of a test id.
    ///
    /// # Errors
    /// It is not there or takes no text.
    pub async fn fill(&self, test_id: &str, text: &str) -> Result<()> {
        let field = self.find(test_id).await?;
        field.clear().await?;
        field
            .send_keys(text)
            .await
            .with_context(|| format!("typing into {test_id}"))
    }

    /// Chooses a value in the list of a test id.
    ///
    /// # Errors
    /// It is not there or has no such value.
    pub async fn choose(&self, test_id: &str, value: &str) -> Result<()> {
        self.find(test_id).await?.select_by_value(value).await?;
        Ok(())
    }

    /// The text that the element of a test id shows.
    ///
    /// # Errors
    /// It is not there.
    pub async fn text(&self, test_id: &str) -> Result<String> {
        Ok(self.find(test_id).await?.text().await?)
    }

    /// Waits until the element of a test id says all of these, however its lines are broken. What is
    /// shown may still be of before: only this is a question about what it says.
    ///
    /// # Errors
    /// It does not; the message holds what it says instead.
    pub async fn says(&self, test_id: &str, parts: &[&str]) -> Result<()> {
        let mut said = String::new();
        let waited = wait::until_async("a text", LIMIT, async || {
            // The element may be made anew while it is being read.
            said = self.text(test_id).await.unwrap_or_default();
            let shown = closed_up(&said);
            let all = parts.iter().all(|part| shown.contains(&closed_up(part)));
            Ok(all.then_some(()))
        })
        .await;
        waited.with_context(|| format!("{test_id} does not say {parts:?}, but:\n{said}"))
    }

    /// Waits until no element fits.
    ///
    /// # Errors
    /// One stays.
    pub async fn gone(&self, selector: &str) -> Result<()> {
        wait::until_async("an element to go", LIMIT, async || {
            let found = self.client.find_all(Locator::Css(selector)).await?;
            Ok(found.is_empty().then_some(()))
        })
        .await
        .with_context(|| format!("{selector} stays"))
    }

    /// Everything the window shows, as text.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn shown(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// Brings the first element that fits into the picture.
    ///
    /// # Errors
    /// It does not come.
    pub async fn look_at(&self, selector: &str) -> Result<()> {
        let element = serde_json::to_value(self.css(selector).await?)?;
        // The page itself never scrolls, only what is in it.
        let script = "arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' });
            document.scrollingElement.scrollTop = 0;";
        self.client.execute(script, vec![element]).await?;
        Ok(())
    }

    /// Hands a file to the file field of a test id, as its user would choose it.
    ///
    /// # Errors
    /// It is not there or takes no file.
    pub async fn choose_file(&self, test_id: &str, file: &Path) -> Result<()> {
        let field = self.find(test_id).await?;
        let path = file.to_str().context("the file's name")?;
        field
            .send_keys(path)
            .await
            .with_context(|| format!("choosing a file in {test_id}"))
    }

    /// What a script answers that is run in the page.
    ///
    /// # Errors
    /// It fails.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// A photograph of the window, as PNG.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn photograph(&self) -> Result<Vec<u8>> {
        self.client.execute(PAINTING, vec![]).await?;
        let picture = tokio::time::timeout(LIMIT, self.client.screenshot()).await;
        let picture = picture.context("the driver takes no photograph")??;
        self.client.execute(PAINTED, vec![]).await?;
        Ok(picture)
    }

    /// The program's processes.
    ///
    /// # Errors
    /// They cannot be listed.
    pub fn processes(&self) -> Result<Vec<String>> {
        processes_of(&self.folder)
    }

    /// Waits until the program has ended and started anew by itself.
    ///
    /// # Errors
    /// It does not.
    pub fn restarted(&self, before: &[String]) -> Result<()> {
        wait::until("the program's restart", LIMIT, || {
            let now = processes_of(&self.folder)?;
            let anew = !now.is_empty() && now.iter().all(|pid| !before.contains(pid));
            Ok(anew.then_some(()))
        })
    }

    /// Ends the program at once, as a power cut would.
    ///
    /// # Errors
    /// It was not running, or does not end.
    pub fn kill(self) -> Result<()> {
        ensure!(
            !kill(&self.folder)?.is_empty(),
            "the program is not running"
        );
        // The next start must not find the one before on the session bus.
        wait::until("the program's end", LIMIT, || {
            Ok(processes_of(&self.folder)?.is_empty().then_some(()))
        })
    }

    /// Closes the window as its user would.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn close(self) -> Result<()> {
        self.listen().await?;
        self.client.clone().close().await?;
        wait::until("the program's end", LIMIT, || {
            Ok(processes_of(&self.folder)?.is_empty().then_some(()))
        })
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A test that failed leaves its window; already gone is as good as ended.
        kill(&self.folder).ok();
        kept::data_at_the_end(&self.folder);
    }
}

fn kill(folder: &Path) -> Result<Vec<String>> {
    let found = processes_of(folder)?;
    for pid in &found {
        Command::new("kill").args(["-KILL", pid]).status()?;
    }
    Ok(found)
}

/// A program of the workspace, built beside this test.
///
/// # Errors
/// It was not built.
pub fn program(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own
        .ancestors()
        .find(|folder| {
            folder
                .file_name()
                .is_some_and(|n| n == "debug" || n == "release")
        })
        .context("not started from the target folder")?;
    let program = folder
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    ensure!(
        program.exists(),
        "{} is not built: cargo build --workspace",
        program.display()
    );
    Ok(program)
}

/// The processes of the program that use a data folder.
fn processes_of(folder: &Path) -> Result<Vec<String>> {
    let wanted = format!("NINKA_DATA_DIR={}", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        // Processes end while they are being looked at.
        let exe = fs::read_link(entry.path().join("exe")).unwrap_or_default();
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let ours = environment
            .split(|byte| *byte == 0)
            .any(|line| line == wanted.as_bytes());
        if ours && exe.file_name().is_some_and(|name| name == "ninka-desktop") {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(found)
}
