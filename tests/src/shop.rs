//! A shop's Ninka in this process: the product's façade on a folder of its own, with the bench as
//! its provider and a real browser in the hands of a visitor. What a test does with it, and what
//! it expects, is in the test.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use ninka_core::account::AccountId;
use ninka_core::authorization::BrowserPort;
use ninka_core::clock::ShiftedClock;
use ninka_core::secret::Secret;
use ninka_core::store::{KeyringMood, ScriptedKeyring};
use ninka_core::tls::Trust;
use ninka_core::view::{
    AccountView, CheckReport, EndpointView, Protocol, ProtocolReport, PurposeView, SaveAccount,
    TlsView, WritingView,
};
use ninka_core::{Ninka, Options, Outcome};
use rustls_pki_types::CertificateDer;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

use crate::bench::{Bench, User};
use crate::browser::Browser;
use crate::idp::CLIENT_ID;
use crate::kept;

/// The product with its data.
#[derive(Debug)]
pub struct Shop {
    /// The product.
    pub ninka: Arc<Ninka>,
    opened: UnboundedReceiver<String>,
    data: Arc<Data>,
}

/// What stays when the product is closed.
#[derive(Debug)]
struct Data {
    folder: TempDir,
    keyring: Arc<ScriptedKeyring>,
    passphrase: Option<&'static str>,
    authority: Vec<u8>,
    clock: Arc<ShiftedClock>,
}

impl Drop for Data {
    fn drop(&mut self) {
        kept::data_at_the_end(self.folder.path());
    }
}

/// Hands the page over to whoever plays the user.
#[derive(Debug)]
struct HandedOver(UnboundedSender<String>);

impl BrowserPort for HandedOver {
    fn open(&self, url: &str) -> Result<()> {
        Ok(self.0.send(url.to_owned())?)
    }
}

/// The servers of an account.
#[derive(Debug, Clone, Default)]
pub struct Servers {
    /// POP3.
    pub pop3: Option<EndpointView>,
    /// IMAP.
    pub imap: Option<EndpointView>,
    /// SMTP.
    pub smtp: Option<EndpointView>,
}

/// A server on this computer, by name.
#[must_use]
pub fn at(port: u16, tls: TlsView) -> Option<EndpointView> {
    Some(EndpointView {
        host: "localhost".to_owned(),
        port: port.into(),
        tls,
    })
}

impl Servers {
    /// POP3 and SMTP as an order system uses them: POP3 in TLS, submission with STARTTLS.
    #[must_use]
    pub fn usual(bench: &Bench) -> Self {
        Self {
            pop3: at(bench.ports.pop3s, TlsView::Implicit),
            imap: None,
            smtp: at(bench.ports.smtp, TlsView::Starttls),
        }
    }
}

impl Shop {
    /// Opens a new shop's Ninka, set to the bench's provider.
    ///
    /// # Errors
    /// When the product cannot be opened.
    pub async fn open(bench: &Bench) -> Result<Self> {
        Self::open_in(bench, tempfile::tempdir()?, None).await
    }

    /// Opens one in a folder of the test's own, under a passphrase where one is given: then other
    /// processes can open it too.
    ///
    /// # Errors
    /// When the product cannot be opened.
    pub async fn open_in(
        bench: &Bench,
        folder: TempDir,
        passphrase: Option<&'static str>,
    ) -> Result<Self> {
        let keyring = Arc::<ScriptedKeyring>::default();
        if passphrase.is_some() {
            keyring.set_mood(KeyringMood::Missing);
        }
        let data = Arc::new(Data {
            folder,
            keyring,
            passphrase,
            authority: bench.certificates.authority_der().to_vec(),
            clock: Arc::default(),
        });
        let shop = Self::on(data).await?;
        let ninka = &shop.ninka;
        good(ninka.set_setting("client-id", CLIENT_ID).await)?;
        good(ninka.set_setting("authority", &bench.idp.authority()).await)?;
        Ok(shop)
    }

    /// Opens another Ninka on the same data: a second window, or the program started again.
    ///
    /// # Errors
    /// When the product cannot be opened.
    pub async fn again(&self) -> Result<Self> {
        Self::on(Arc::clone(&self.data)).await
    }

    async fn on(data: Arc<Data>) -> Result<Self> {
        kept::traces()?;
        if let Some(passphrase) = data.passphrase {
            kept::secret("passphrase", passphrase)?;
        }
        let (hand, opened) = unbounded_channel();
        let folder = data.folder.path().to_owned();
        let mut options = Options::new(folder, data.keyring.clone(), Arc::new(HandedOver(hand)));
        options.clock = data.clock.clone();
        options.passphrase = data.passphrase.map(|text| Secret::new(text.to_owned()));
        options.trust = good(Trust::only([CertificateDer::from(data.authority.clone())]))?;
        let ninka = Arc::new(good(Ninka::open(options).await)?);
        Ok(Self {
            ninka,
            opened,
            data,
        })
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.data.folder.path()
    }

    /// Turns the product's clock on by days; the servers' stay.
    pub fn days_pass(&self, days: i64) {
        self.data.clock.advance(days * 24 * 60 * 60);
    }

    /// Registers an account that signs in by consent.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn oauth_account(&self, user: User, servers: Servers) -> Result<AccountId> {
        let mut account = new_account(user, servers);
        account.oauth = true;
        account.password = None;
        self.save(account).await
    }

    /// Registers an account that signs in by consent, and gets that in a browser of its own.
    ///
    /// # Errors
    /// When it does not end well.
    pub async fn authorized_account(&mut self, user: User, servers: Servers) -> Result<AccountId> {
        let id = self.oauth_account(user, servers).await?;
        let browser = Browser::headless().await?;
        self.authorize_as(id, &browser, user).await?;
        browser.close().await?;
        Ok(id)
    }

    /// Registers an account that signs in by password.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn password_account(&self, user: User, servers: Servers) -> Result<AccountId> {
        self.save(new_account(user, servers)).await
    }

    /// Saves an account as the form would.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn save(&self, account: SaveAccount) -> Result<AccountId> {
        if let Some(password) = &account.password {
            kept::secret("password", password)?;
        }
        let saved = good(self.ninka.save_account(account).await)?;
        Ok(AccountId(saved.row.id))
    }

    /// Changes an account's servers and nothing else.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn move_to(&self, id: AccountId, servers: Servers) -> Result<()> {
        let shown = good(self.ninka.account(id).await)?;
        self.save(SaveAccount {
            pop3: servers.pop3,
            imap: servers.imap,
            smtp: servers.smtp,
            ..shown.into()
        })
        .await
        .map(|_| ())
    }

    /// Authorizes: the visitor stands before the page that the product opened. Tells how it ended,
    /// and the text that the product showed in the browser at the end.
    ///
    /// # Errors
    /// When the product opened no page, the visitor failed, or the browser did not come back.
    pub async fn authorize(
        &mut self,
        id: AccountId,
        browser: &Browser,
        visitor: impl AsyncFnOnce(&Browser) -> Result<()>,
    ) -> Result<(Outcome<AccountView>, String)> {
        let ninka = Arc::clone(&self.ninka);
        let asked = tokio::spawn(async move { ninka.authorize(id, &|_| {}).await });
        let opened = tokio::time::timeout(Duration::from_secs(30), self.opened.recv());
        let page = match opened.await {
            Ok(page) => page.context("the product is gone")?,
            Err(_) => anyhow::bail!("no page was opened: {:?}", asked.await?),
        };
        browser.open(&page).await?;
        visitor(browser).await?;
        let back = redirect_of(&page)?;
        let host = back.host_str().context("no host")?;
        let text = browser.text_at(host, back.port()).await?;
        Ok((asked.await?, text))
    }

    /// Authorizes as the user itself, who signs in and accepts.
    ///
    /// # Errors
    /// When it does not end well.
    pub async fn authorize_as(
        &mut self,
        id: AccountId,
        browser: &Browser,
        user: User,
    ) -> Result<AccountView> {
        let (ended, text) = self
            .authorize(id, browser, async |browser| {
                browser.sign_in(user.address, user.password).await?;
                browser.accept().await
            })
            .await?;
        good(ended).context(text)
    }

    /// Checks one account.
    ///
    /// # Errors
    /// When the check could not be made at all.
    pub async fn check(&self, id: AccountId) -> Result<CheckReport> {
        let reports = good(self.ninka.check(&[id], &|_| {}).await)?;
        reports.into_iter().next().context("no report")
    }
}

/// Where the page that the product opened will send the browser.
///
/// # Errors
/// When the page's address names no redirect.
pub fn redirect_of(page: &str) -> Result<Url> {
    let page = Url::parse(page)?;
    let (_, redirect) = page
        .query_pairs()
        .find(|(name, _)| name == "redirect_uri")
        .context("no redirect_uri")?;
    Ok(Url::parse(&redirect)?)
}

/// A protocol's part of a report.
///
/// # Errors
/// When it was not tried; with the whole report.
pub fn part(report: &CheckReport, protocol: Protocol) -> Result<&ProtocolReport> {
    report
        .protocols
        .iter()
        .find(|part| part.protocol == protocol)
        .with_context(|| format!("{report:#?}"))
}

/// A problem as a failure of the test.
///
/// # Errors
/// The problem, spelled out.
pub fn good<T>(outcome: Outcome<T>) -> Result<T> {
    outcome.map_err(|problem| anyhow::anyhow!("{problem:#?}"))
}

fn new_account(user: User, servers: Servers) -> SaveAccount {
    let reception = servers.pop3.is_some() || servers.imap.is_some();
    SaveAccount {
        id: None,
        revision: None,
        address: user.address.to_owned(),
        name: "\u{672c}\u{5e97}".to_owned(),
        purpose: match (reception, servers.smtp.is_some()) {
            (true, false) => PurposeView::OrderReceiving,
            (false, true) => PurposeView::Sending,
            (true, true) | (false, false) => PurposeView::Unspecified,
        },
        oauth: false,
        signs_in: None,
        user: String::new(),
        password: Some(user.password.to_owned()),
        pop3: servers.pop3,
        imap: servers.imap,
        smtp: servers.smtp,
        writing: WritingView::default(),
    }
}
