//! The system browser, through the opener plugin. Called from Rust only: the window has no
//! permission to open anything. What is opened is checked here, as the plugin does not.

use ninka_core::authorization::BrowserPort;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt as _;

/// Opens Microsoft's page in the default browser.
#[derive(Debug)]
pub(crate) struct SystemBrowser {
    app: AppHandle,
}

impl SystemBrowser {
    /// A browser for this program.
    pub(crate) fn new(app: &AppHandle) -> Self {
        Self { app: app.clone() }
    }
}

impl BrowserPort for SystemBrowser {
    fn open(&self, url: &str) -> anyhow::Result<()> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            anyhow::bail!("not a web address");
        }
        Ok(self.app.opener().open_url(url, None::<&str>)?)
    }
}
