//! Chromium as the system's browser: the program under test opens it by itself, through `$BROWSER`,
//! and the test then takes hold of it by its debugging port and does what a person would do there.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::ports::{free_port, wait_for};

/// A browser starts within seconds, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// A browser that is started by whoever opens a page.
pub struct OpenedBrowser {
    folder: TempDir,
    debugging: u16,
}

/// The browser's page, after it was opened.
pub struct Page {
    driver: Child,
    /// The session with the browser.
    pub client: Client,
}

impl OpenedBrowser {
    /// Prepares a browser; nothing is started before a page is opened.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn prepare() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let debugging = free_port()?;
        let profile = folder.path().join("profile");
        let script = folder.path().join("browser");
        // The lock of a profile makes a second start hand its page to the first and end, so that
        // opening a page again works as with any browser.
        std::fs::write(
            &script,
            format!(
                "#!/bin/sh\nexec chromium --headless=new --no-sandbox --disable-gpu --disable-quic \
                 --no-first-run --disable-background-networking --disable-component-update \
                 --disable-sync --password-store=basic --window-size=1000,800 \
                 --remote-debugging-port={debugging} --user-data-dir='{}' \"$1\" \
                 >/dev/null 2>&1\n",
                profile.display()
            ),
        )?;
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755))?;
        Ok(Self { folder, debugging })
    }

    /// What `$BROWSER` has to be.
    #[must_use]
    pub fn script(&self) -> PathBuf {
        self.folder.path().join("browser")
    }

    /// Waits until a page was opened and takes hold of it.
    ///
    /// # Errors
    /// No page was opened in time, or chromedriver is missing.
    pub async fn page(&self) -> Result<Page> {
        wait_for(self.debugging, PATIENCE)
            .await
            .context("no browser was opened")?;
        let port = free_port()?;
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver (Debian: chromium-driver) cannot be started")?;
        wait_for(port, PATIENCE).await?;
        let options = json!({ "debuggerAddress": format!("127.0.0.1:{}", self.debugging) });
        let capabilities = serde_json::Map::from_iter([("goog:chromeOptions".to_owned(), options)]);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok(Page { driver, client })
    }

    /// Ends the browser, as a person closes it.
    pub fn end(&self) {
        let profile = self.folder.path().join("profile");
        for pid in processes_with(&profile) {
            // Already gone is as good as ended.
            Command::new("kill")
                .args(["-KILL", &pid.to_string()])
                .status()
                .ok();
        }
    }
}

impl Drop for OpenedBrowser {
    fn drop(&mut self) {
        self.end();
    }
}

impl Page {
    /// Waits for an element by CSS and clicks on it.
    ///
    /// # Errors
    /// It does not come.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let wait = self.client.wait().at_most(PATIENCE);
        let found = wait.for_element(Locator::Css(selector)).await;
        let element = match found {
            Ok(element) => element,
            Err(fault) => {
                let shown = self.client.source().await.unwrap_or_default();
                return Err(fault).with_context(|| format!("no {selector} on the page:\n{shown}"));
            }
        };
        element.click().await?;
        Ok(())
    }

    /// Waits for a text field and types into it.
    ///
    /// # Errors
    /// It does not come.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let wait = self.client.wait().at_most(PATIENCE);
        let field = wait.for_element(Locator::Css(selector)).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Waits until the page shows a text.
    ///
    /// # Errors
    /// It does not; the message holds what it shows.
    pub async fn wait_for_text(&self, text: &str) -> Result<()> {
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            let shown = match self.client.find(Locator::Css("body")).await {
                Ok(body) => body.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if shown.contains(text) {
                return Ok(());
            }
            ensure!(
                tokio::time::Instant::now() < end,
                "no “{text}” on the page: {shown}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// A photograph of the page, as PNG.
    ///
    /// # Errors
    /// The browser is gone.
    pub async fn photograph(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.driver.kill().ok();
        self.driver.wait().ok();
    }
}

/// The processes that were started with a profile folder.
fn processes_with(profile: &Path) -> Vec<u32> {
    let wanted = format!("--user-data-dir={}", profile.display());
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| {
            // Processes end while they are being looked at.
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(&wanted)
        })
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}
