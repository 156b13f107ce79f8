//! Chromium as the system's default browser: the program under test opens it by itself, the way
//! the desktop would, and the test then takes hold of it by its debugging port and does what a
//! person would do there.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use tempfile::TempDir;
use url::Url;

use crate::browser::{ARGUMENTS, Browser, WITHOUT_LOCALHOST};
use crate::wait;

/// A browser starts within seconds, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

/// A browser that is started by whoever opens a page.
#[derive(Debug)]
pub struct OpenedBrowser {
    folder: TempDir,
    debugging: u16,
}

impl OpenedBrowser {
    /// Prepares a browser; nothing is started before a page is opened.
    ///
    /// # Errors
    /// The folder cannot be written, or no port is free.
    pub fn prepare() -> Result<Self> {
        Self::with("")
    }

    /// Prepares one that finds nothing under the name `localhost`.
    ///
    /// # Errors
    /// The folder cannot be written, or no port is free.
    pub fn prepare_without_localhost() -> Result<Self> {
        Self::with(&format!("'{WITHOUT_LOCALHOST}'"))
    }

    fn with(argument: &str) -> Result<Self> {
        let chromium = installed("chromium")?;
        let folder = tempfile::tempdir()?;
        let debugging = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port();
        let browser = Self { folder, debugging };
        // A profile in use hands a second page to the browser that runs, as with any browser.
        let line = format!(
            "#!/bin/sh\nexec '{}' {} --window-size=1000,800 --password-store=basic \
             --remote-debugging-port={debugging} '{}' {argument} \"$@\" >/dev/null 2>&1\n",
            chromium.display(),
            ARGUMENTS.join(" "),
            browser.profile_argument(),
        );
        fs::write(browser.script(), line)?;
        fs::set_permissions(browser.script(), fs::Permissions::from_mode(0o755))?;
        // Found by the program among the installed browsers, before the system's own.
        fs::create_dir_all(browser.commands())?;
        std::os::unix::fs::symlink(browser.script(), browser.commands().join("chromium"))?;
        // What `xdg-open` looks for, before it would find an installed browser.
        let applications = browser.folder.path().join("data/applications");
        fs::create_dir_all(&applications)?;
        fs::create_dir_all(browser.folder.path().join("config"))?;
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Test browser\nExec={} %u\n\
             MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n",
            browser.script().display()
        );
        fs::write(applications.join("test-browser.desktop"), entry)?;
        fs::write(
            browser.folder.path().join("config/mimeapps.list"),
            "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n\
             x-scheme-handler/https=test-browser.desktop\ntext/html=test-browser.desktop\n",
        )?;
        Ok(browser)
    }

    /// The environment in which this is the default browser.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, PathBuf); 4] {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = std::iter::once(self.commands());
        // A folder with a colon in its name cannot be in the path anyway.
        let path = std::env::join_paths(own.chain(std::env::split_paths(&path)));
        [
            ("PATH", path.unwrap_or_default().into()),
            ("BROWSER", self.script()),
            ("XDG_CONFIG_HOME", self.folder.path().join("config")),
            ("XDG_DATA_HOME", self.folder.path().join("data")),
        ]
    }

    /// Whether the browser runs with an argument.
    #[must_use]
    pub fn runs_with(&self, argument: &str) -> bool {
        self.lines().any(|(_, line)| line.contains(argument))
    }

    fn commands(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    fn script(&self) -> PathBuf {
        self.folder.path().join("browser")
    }

    /// Waits until a sign-in page was opened and takes hold of it.
    ///
    /// # Errors
    /// No page was opened in time, or ChromeDriver is missing.
    pub async fn page(&self) -> Result<Browser> {
        // What an earlier consent left open has its answer in the address already.
        let answered = |url: &Url| url.query().is_some_and(|query| query.contains("code="));
        self.page_where(|url| url.scheme() == "http" && !answered(url))
            .await
    }

    /// Waits until a file of this computer was opened whose path ends so, and takes hold of it.
    ///
    /// # Errors
    /// No such page was opened in time, or ChromeDriver is missing.
    pub async fn file_page(&self, end: &str) -> Result<Browser> {
        self.page_where(|url| url.scheme() == "file" && url.path().ends_with(end))
            .await
    }

    async fn page_where(&self, wanted: impl Fn(&Url) -> bool) -> Result<Browser> {
        wait::until_async("the browser that the program opens", LIMIT, async || {
            Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, self.debugging)).ok())
        })
        .await?;
        let address = format!("127.0.0.1:{}", self.debugging);
        let page = Browser::attach(&address)
            .await
            .context("taking hold of the browser")?;
        wait::until_async("the page", LIMIT, async || {
            for window in page.client().windows().await? {
                // A page may go while it is being looked at.
                let shown = page.client().switch_to_window(window).await;
                let url = shown.and(page.client().current_url().await);
                if url.is_ok_and(|url| wanted(&url)) {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await?;
        Ok(page)
    }

    /// Ends the browser, as a person closes it.
    pub fn end(&self) {
        for (pid, _) in self.lines() {
            Command::new("kill").args(["-KILL", &pid]).status().ok();
        }
    }

    /// The browser's processes, with their command lines.
    fn lines(&self) -> impl Iterator<Item = (String, String)> {
        let wanted = self.profile_argument();
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        entries.filter_map(move |entry| {
            // Processes end while they are being looked at.
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            // Chromium rewrites its own line, so that its parts are not always apart.
            let line = String::from_utf8_lossy(&line).into_owned();
            let pid = entry.file_name().into_string().ok()?;
            line.contains(&wanted).then_some((pid, line))
        })
    }

    fn profile_argument(&self) -> String {
        format!(
            "--user-data-dir={}",
            self.folder.path().join("profile").display()
        )
    }
}

/// Where a command of the system's is.
fn installed(name: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = places.find(|place| place.is_file());
    found.with_context(|| format!("{name} is not installed"))
}

impl Drop for OpenedBrowser {
    fn drop(&mut self) {
        self.end();
    }
}
