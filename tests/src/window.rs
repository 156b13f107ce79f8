//! The real window, driven through WebKitWebDriver: start, look, click, type, photograph, kill.
//! Needs a display, a session bus and a keyring; `cargo xtask test window` brings them.
//! What a person would do step by step is in `journey`.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::opened_browser::OpenedBrowser;
use crate::ports::free_port;

/// A page of the window is there within seconds, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program in its window, with folders of its own.
pub struct Window {
    driver: Child,
    client: Client,
    folder: PathBuf,
}

impl Window {
    /// Starts the program on a data folder; what `browser` is, it opens pages with.
    ///
    /// # Errors
    /// The program was not built, or the driver or the window did not start.
    pub async fn open(folder: &Path, browser: &OpenedBrowser, language: &str) -> Result<Self> {
        let program = program("ninka-desktop")?;
        std::fs::create_dir_all(folder)?;
        let port = free_port()?;
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("NINKA_DATA_DIR", folder)
            .env("BROWSER", browser.script())
            .env("LANG", format!("{language}.UTF-8"))
            .env("LC_ALL", "C.UTF-8")
            .env("LANGUAGE", language)
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            // Software rendering: the virtual display has no graphics card to share buffers with.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("WebKitWebDriver (Debian: webkit2gtk-driver) cannot be started")?;
        let mut started = Started(Some(driver));
        crate::ports::wait_for(port, PATIENCE).await?;
        let options = json!({ "binary": program, "args": [] });
        let capabilities =
            serde_json::Map::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .context("the window did not start")?;
        let driver = started.0.take().context("just started")?;
        Ok(Self {
            driver,
            client,
            folder: folder.to_owned(),
        })
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
        let wait = self.client.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(selector)).await {
            Ok(element) => Ok(element),
            Err(fault) => {
                let shown = self.shown().await.unwrap_or_default();
                Err(fault).with_context(|| format!("{selector} does not come; shown is:\n{shown}"))
            }
        }
    }

    /// Clicks on the element of a test id.
    ///
    /// # Errors
    /// It is not there or cannot be clicked on.
    pub async fn click(&self, test_id: &str) -> Result<()> {
        self.find(test_id)
            .await?
            .click()
            .await
            .with_context(|| format!("clicking on {test_id}"))
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

    /// Waits until no element fits.
    ///
    /// # Errors
    /// One stays.
    pub async fn gone(&self, selector: &str) -> Result<()> {
        let end = tokio::time::Instant::now() + PATIENCE;
        while !self
            .client
            .find_all(Locator::Css(selector))
            .await?
            .is_empty()
        {
            ensure!(tokio::time::Instant::now() < end, "{selector} stays");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Everything the window shows, as text.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn shown(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("body")).await?.text().await?)
    }

    /// A photograph of the window, as PNG.
    ///
    /// # Errors
    /// The window is gone.
    pub async fn photograph(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Ends the program at once, as a power cut would.
    ///
    /// # Errors
    /// It was not running.
    pub async fn kill(mut self) -> Result<()> {
        let pids = processes_of(&self.folder)?;
        ensure!(!pids.is_empty(), "the program is not running");
        for pid in pids {
            Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .status()?;
        }
        self.end();
        // The next start waits for nothing that still holds the name on the session bus.
        let end = tokio::time::Instant::now() + PATIENCE;
        while !processes_of(&self.folder)?.is_empty() {
            ensure!(
                tokio::time::Instant::now() < end,
                "the program does not end"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Closes the window as its user would.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn close(mut self) -> Result<()> {
        self.client.clone().close().await?;
        self.end();
        Ok(())
    }

    fn end(&mut self) {
        // Already gone is as good as ended.
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        for pid in processes_of(&self.folder).unwrap_or_default() {
            Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .status()
                .ok();
        }
        self.end();
    }
}

/// Ends a driver whose window did not come.
struct Started(Option<Child>);

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(driver) = &mut self.0 {
            driver.kill().ok();
            driver.wait().ok();
        }
    }
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
fn processes_of(folder: &Path) -> Result<Vec<u32>> {
    let wanted = format!("NINKA_DATA_DIR={}", folder.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        // Processes end while they are being looked at.
        let exe = std::fs::read_link(entry.path().join("exe")).unwrap_or_default();
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        let ours = environment
            .split(|byte| *byte == 0)
            .any(|line| line == wanted.as_bytes());
        if ours && exe.file_name().is_some_and(|name| name == "ninka-desktop") {
            found.push(pid);
        }
    }
    Ok(found)
}
