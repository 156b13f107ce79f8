//! A real Chromium, driven through ChromeDriver: started here, without a window, or one that the
//! product itself opened. Knows the sign-in and consent pages of oidc-provider and of the practice
//! tenant, and nothing of what is tested with it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::guard::Guard;
use crate::kept;
use crate::wait;

const LIMIT: Duration = Duration::from_secs(30);

const DRIVER: &str = "chromedriver";

/// How often ChromeDriver is started until it finds a free port.
const ATTEMPTS: u32 = 5;

/// Nothing of its own on the network, no questions, no memory of earlier runs.
pub(crate) const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    // Chromium's sandbox does not work for root, as which the servers of the tests run.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

/// Swallows everything that goes to `localhost`, as a firewall would.
pub(crate) const WITHOUT_LOCALHOST: &str = "--host-resolver-rules=MAP localhost ~NOTFOUND";

/// A browser; ends on drop, but one that was attached to goes on.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    _driver: Guard,
}

/// Which page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// oidc-provider asks for name and password at once.
    ProviderSignIn,
    /// oidc-provider asks for consent.
    ProviderConsent,
    /// The practice tenant lists accounts.
    Picker,
    /// The practice tenant asks for an address.
    Address,
    /// The practice tenant asks for a password.
    Password,
    /// The practice tenant asks for consent.
    Consent,
    /// The practice tenant asks for an administrator, and leads no further.
    Approval,
}

impl Page {
    const ALL: [(Self, &str); 7] = [
        (Self::ProviderSignIn, "input[name=login]"),
        (Self::ProviderConsent, "input[name=prompt][value=consent]"),
        (Self::Consent, "#accept"),
        (Self::Password, "#password"),
        (Self::Address, "#address"),
        (Self::Picker, "[data-address]"),
        (Self::Approval, ".buttons > #back"),
    ];
}

impl Browser {
    /// Starts a new one without a window and without a past.
    ///
    /// # Errors
    /// When Chromium or ChromeDriver cannot be started.
    pub async fn headless() -> Result<Self> {
        let guard = Guard::new()?;
        let profile = guard.folder().join("profile");
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&own| own.to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        Self::connect(guard, json!({ "args": arguments })).await
    }

    /// Starts one that finds nothing under the name `localhost`: what comes back there is swallowed.
    ///
    /// # Errors
    /// When Chromium or ChromeDriver cannot be started.
    pub async fn without_localhost() -> Result<Self> {
        let guard = Guard::new()?;
        let profile = guard.folder().join("profile");
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&own| own.to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(WITHOUT_LOCALHOST.to_owned());
        Self::connect(guard, json!({ "args": arguments })).await
    }

    /// Takes over one that runs with `--remote-debugging-port`.
    ///
    /// # Errors
    /// When nothing answers at the address (`127.0.0.1:PORT`).
    pub async fn attach(debugger_address: &str) -> Result<Self> {
        let options = json!({ "debuggerAddress": debugger_address });
        Self::connect(Guard::new()?, options).await
    }

    async fn connect(mut guard: Guard, options: Value) -> Result<Self> {
        // ChromeDriver takes a free port of 127.0.0.1 and then the same of ::1, which may be taken.
        let mut started = driver(&mut guard, 1);
        for attempt in 2..=ATTEMPTS {
            if started.is_ok() {
                break;
            }
            started = driver(&mut guard, attempt);
        }
        let (port, log) = started?;
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .with_context(|| wait::tail(&log))?;
        Ok(Self {
            client,
            _driver: guard,
        })
    }

    /// Goes to a page.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.client.goto(url).await?)
    }

    /// Asks for another account than the page suggests.
    ///
    /// # Errors
    /// The page does not offer it.
    pub async fn other_account(&self) -> Result<()> {
        self.click("#other").await
    }

    /// Signs in, through whichever pages the provider shows, up to the question of consent or to
    /// the page that asks for an administrator instead.
    ///
    /// # Errors
    /// When none of the pages known here comes.
    pub async fn sign_in(&self, address: &str, password: &str) -> Result<()> {
        kept::secret("password", password)?;
        loop {
            match self.page().await? {
                Page::ProviderSignIn => {
                    self.fill("input[name=login]", address).await?;
                    self.fill("input[name=password]", password).await?;
                    self.click("button[type=submit]").await?;
                }
                Page::Picker => {
                    let own = format!("[data-address=\"{address}\"]");
                    let known = self.found(&own).await?;
                    self.click(if known { &own } else { "#other" }).await?;
                }
                Page::Address => {
                    self.fill("#address", address).await?;
                    self.click("#next").await?;
                }
                Page::Password => {
                    self.fill("#password", password).await?;
                    self.click("#next").await?;
                }
                Page::ProviderConsent | Page::Consent | Page::Approval => return Ok(()),
            }
        }
    }

    /// Enters a code from another device, up to the sign-in.
    ///
    /// # Errors
    /// When the page does not ask for one.
    pub async fn enter_code(&self, code: &str) -> Result<()> {
        if self.found("#code").await? {
            self.fill("#code", code).await?;
            return self.click("#next").await;
        }
        self.type_code(code).await?;
        self.click("button[type=submit][autofocus]").await
    }

    /// Enters a code at oidc-provider and takes it back at its question.
    ///
    /// # Errors
    /// When the pages do not come.
    pub async fn refuse_code(&self, code: &str) -> Result<()> {
        self.type_code(code).await?;
        self.click("button[name=abort]").await
    }

    async fn type_code(&self, code: &str) -> Result<()> {
        self.fill("input[name=user_code]", code).await?;
        self.click("button[type=submit]").await
    }

    /// The address at which the browser stands that could not come back.
    ///
    /// # Errors
    /// It does not get there.
    pub async fn stranded(&self) -> Result<String> {
        wait::until_async("the address that is not reached", LIMIT, async || {
            let url = self.client.current_url().await?;
            Ok((url.host_str() == Some("localhost")).then(|| url.to_string()))
        })
        .await
    }

    /// Consents.
    ///
    /// # Errors
    /// When consent is not asked for.
    pub async fn accept(&self) -> Result<()> {
        match self.page().await? {
            Page::ProviderConsent => self.click("button[type=submit]").await,
            Page::Consent => self.click("#accept").await,
            other @ (Page::ProviderSignIn
            | Page::Picker
            | Page::Address
            | Page::Password
            | Page::Approval) => {
                bail!("{other:?} is shown, and not the question of consent")
            }
        }
    }

    /// Declines.
    ///
    /// # Errors
    /// When there is no way to.
    pub async fn decline(&self) -> Result<()> {
        match self.page().await? {
            Page::ProviderSignIn | Page::ProviderConsent => self.click("a[href$=abort]").await,
            Page::Consent => self.click("#decline").await,
            other @ (Page::Picker | Page::Address | Page::Password | Page::Approval) => {
                bail!("{other:?} is shown, and not the question of consent")
            }
        }
    }

    /// Goes back from the page that asks for an administrator, without one.
    ///
    /// # Errors
    /// When that page is not shown.
    pub async fn go_without_approval(&self) -> Result<()> {
        self.click(".buttons > #back").await
    }

    /// The text of the page, once it is at this host name and port.
    ///
    /// # Errors
    /// When it does not get there.
    pub async fn text_at(&self, host: &str, port: Option<u16>) -> Result<String> {
        wait::until_async("the page", LIMIT, async || {
            let url = self.client.current_url().await?;
            let there =
                url.host_str() == Some(host) && port.is_none_or(|own| url.port() == Some(own));
            if !there {
                return Ok(None);
            }
            // Between two documents there is no body.
            let Ok(body) = self.client.find(Locator::Css("body")).await else {
                return Ok(None);
            };
            Ok(body
                .text()
                .await
                .ok()
                .filter(|text| !text.trim().is_empty()))
        })
        .await
    }

    /// Waits until the page shows a text.
    ///
    /// # Errors
    /// When it does not; with what it shows.
    pub async fn shows(&self, text: &str) -> Result<()> {
        let mut last = String::new();
        let shown = wait::until_async(text, LIMIT, async || {
            // Between two documents there is no body.
            if let Ok(body) = self.client.find(Locator::Css("body")).await {
                last = body.text().await.unwrap_or_default();
            }
            Ok(last.contains(text).then_some(()))
        })
        .await;
        shown.with_context(|| format!("the page shows: {last}"))
    }

    /// A photograph of the page, as PNG.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn photograph(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// For what is not here.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the session, and a browser that was started here.
    ///
    /// # Errors
    /// When ChromeDriver is gone.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    async fn found(&self, selector: &str) -> Result<bool> {
        Ok(!self
            .client
            .find_all(Locator::Css(selector))
            .await?
            .is_empty())
    }

    /// Waits for one of the pages known here.
    async fn page(&self) -> Result<Page> {
        let shown = wait::until_async("a sign-in page", LIMIT, async || {
            for (page, selector) in Page::ALL {
                for element in self.client.find_all(Locator::Css(selector)).await? {
                    // A hidden field of oidc-provider's tells its page; elsewhere what is hidden
                    // belongs to a page to come. An element of the page before may be stale.
                    let counts = page == Page::ProviderConsent
                        || element.is_displayed().await.unwrap_or(false);
                    if counts {
                        return Ok(Some(page));
                    }
                }
            }
            Ok(None)
        })
        .await;
        match shown {
            Ok(page) => Ok(page),
            Err(fault) => {
                let url = self.client.current_url().await?;
                let source = self.client.source().await?;
                Err(fault.context(format!("at {url}:\n{source}")))
            }
        }
    }

    async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let field = self.client.find(Locator::Css(selector)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Clicks, and waits until the page that was clicked on is gone, so that the next question is
    /// not answered by it.
    async fn click(&self, selector: &str) -> Result<()> {
        let before = self.client.find(Locator::Css("html")).await?;
        self.client
            .find(Locator::Css(selector))
            .await?
            .click()
            .await?;
        wait::until_async("the next page", LIMIT, async || {
            Ok(before.tag_name().await.is_err().then_some(()))
        })
        .await
    }
}

/// Starts ChromeDriver; the port it listens on, and its log.
fn driver(guard: &mut Guard, attempt: u32) -> Result<(u16, PathBuf)> {
    let name = format!("{DRIVER}-{attempt}");
    let mut command = Command::new(DRIVER);
    command.arg("--port=0");
    guard.spawn(&name, command)?;
    let log = guard.log(&name);
    let port = guard.await_ready(&name, || {
        let text = fs::read_to_string(&log)?;
        let told = text.split("started successfully on port ").nth(1);
        Ok(told.and_then(|rest| rest.split('.').next()?.parse().ok()))
    })?;
    Ok((port, log))
}
