//! The whole sign-in in one process: a provider with faults to switch on, a browser that follows
//! redirects, a clock that can be moved, a store in a folder of its own.

mod consent;
mod provider;
mod renewal;
mod simulation;
mod strays;
mod ways;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use self::provider::{CLIENT, Provider};
use super::*;
use crate::account::{AccountDraft, AccountId, MailAddress, Purpose, Revision};
use crate::browsers::BrowserChoice;
use crate::clock::{Clock as _, ShiftedClock};
use crate::cloud::{Authority, Cloud, MailProtocol};
use crate::language::Language;
use crate::problem::Outcome;
use crate::store::{KeyringEntry, ScriptedKeyring, Store, Vault};
use crate::view::ConsentEvent;

/// The client of the product, past any proxy of the machine.
pub(super) fn http() -> reqwest::Client {
    crate::tls::loopback_http_client(&crate::tls::Trust::platform()).unwrap()
}

/// What a page in the browser was.
#[derive(Debug)]
struct Page {
    status: u16,
    text: String,
}

/// What the browser does when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Signs in and follows the redirect.
    Follows,
    /// Signs in, and posts the answer as a form.
    Posts,
    /// Shows the page and is closed.
    Closes,
    /// Does not start.
    Fails,
}

#[derive(Debug)]
struct Browser {
    habit: Habit,
    pages: mpsc::UnboundedSender<Page>,
    chosen: mpsc::UnboundedSender<BrowserChoice>,
}

impl BrowserPort for Browser {
    fn open(&self, url: &str) -> anyhow::Result<()> {
        if self.habit == Habit::Fails {
            anyhow::bail!("no browser");
        }
        if self.habit != Habit::Closes {
            let (url, habit, pages) = (url.to_owned(), self.habit, self.pages.clone());
            tokio::runtime::Handle::current().spawn(async move {
                let answer = sign_in(&url).await;
                let page = match habit {
                    Habit::Posts => post(&answer).await,
                    Habit::Follows | Habit::Closes | Habit::Fails => visit(&answer).await,
                };
                drop(pages.send(page));
            });
        }
        Ok(())
    }

    fn open_in(&self, choice: BrowserChoice, url: &str) -> anyhow::Result<()> {
        if choice.browser == crate::browsers::Browser::Safari {
            anyhow::bail!("not there");
        }
        self.chosen.send(choice)?;
        self.open(url)
    }
}

/// Signs in at the provider; gives the address it sends the browser to.
async fn sign_in(url: &str) -> String {
    let response = http().get(url).send().await.unwrap();
    let status = response.status();
    let location = response.headers().get("location").cloned();
    let Some(location) = location else {
        panic!("{status}: {}", response.text().await.unwrap())
    };
    location.to_str().unwrap().to_owned()
}

async fn visit(url: &str) -> Page {
    page_of(http().get(url).send().await.unwrap()).await
}

/// Brings an answer as `response_mode=form_post` does.
async fn post(url: &str) -> Page {
    let (address, query) = url.split_once('?').unwrap();
    let request = http()
        .post(address)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(query.to_owned());
    page_of(request.send().await.unwrap()).await
}

async fn page_of(response: reqwest::Response) -> Page {
    Page {
        status: response.status().as_u16(),
        text: response.text().await.unwrap(),
    }
}

/// One shop with one account, and everything around it.
struct World {
    provider: Arc<Provider>,
    clock: Arc<ShiftedClock>,
    store: Store,
    vault: Vault,
    account: AccountId,
    revision: Revision,
    events: Mutex<Vec<ConsentEvent>>,
    opened: mpsc::UnboundedSender<String>,
    urls: tokio::sync::Mutex<mpsc::UnboundedReceiver<String>>,
    pages: mpsc::UnboundedSender<Page>,
    shown: tokio::sync::Mutex<mpsc::UnboundedReceiver<Page>>,
    consents: Consents,
    chosen: mpsc::UnboundedSender<BrowserChoice>,
    choices: tokio::sync::Mutex<mpsc::UnboundedReceiver<BrowserChoice>>,
    cancel: CancellationToken,
    folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let clock = Arc::new(ShiftedClock::default());
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let entry = KeyringEntry {
            service: "ninka-test".to_owned(),
            user: "key".to_owned(),
        };
        let keyring = Arc::new(ScriptedKeyring::default());
        let vault = Vault::open(&store, keyring, entry).await;
        let draft = AccountDraft {
            address: "order@hana.example".to_owned(),
            name: "花屋".to_owned(),
            purpose: Purpose::Unspecified,
            oauth: true,
            signs_in: None,
            user: String::new(),
            password: None,
            pop3: None,
            imap: None,
            smtp: None,
            writing: crate::charset::Writing::default(),
        };
        let draft = draft.check(false).unwrap();
        let account = store
            .insert_account(&vault, &draft, clock.now())
            .await
            .unwrap();
        let revision = store.account(account).await.unwrap().account.revision;
        let (opened, urls) = mpsc::unbounded_channel();
        let (pages, shown) = mpsc::unbounded_channel();
        let (chosen, choices) = mpsc::unbounded_channel();
        Self {
            provider: Provider::start(Arc::clone(&clock)).await,
            clock,
            store,
            vault,
            account,
            revision,
            events: Mutex::default(),
            opened,
            urls: urls.into(),
            pages,
            shown: shown.into(),
            consents: Consents::default(),
            chosen,
            choices: choices.into(),
            cancel: CancellationToken::new(),
            folder,
        }
    }

    fn request(&self) -> ConsentRequest {
        let address = MailAddress::new("Order@Hana.example").unwrap();
        let cloud = Cloud::Custom(Authority::new(&self.provider.base).unwrap());
        let mut request = ConsentRequest::new(address, CLIENT.to_owned(), cloud);
        request.protocols = vec![MailProtocol::Smtp, MailProtocol::Pop3];
        request.patience = Duration::from_secs(20);
        request
    }

    /// Asks for consent with a browser of some habit, and stores what comes.
    async fn consent(&self, habit: Habit) -> Outcome<()> {
        self.consent_to(&self.request(), habit).await
    }

    async fn consent_to(&self, request: &ConsentRequest, habit: Habit) -> Outcome<()> {
        let ports = ConsentPorts {
            http: http(),
            clock: self.clock.clone(),
            browser: Arc::new(Browser {
                habit,
                pages: self.pages.clone(),
                chosen: self.chosen.clone(),
            }),
        };
        let progress = |event: ConsentEvent| {
            if let ConsentEvent::Opening { url, .. } | ConsentEvent::LoopbackFailed { url, .. } =
                &event
            {
                self.opened.send(url.clone()).unwrap();
            }
            self.events.lock().unwrap().push(event);
        };
        let store = async |grant: Grant| {
            let (id, revision) = (self.account, self.revision);
            self.store
                .put_grant(&self.vault, id, revision, &grant)
                .await
        };
        let mut place = self.consents.begin(self.account)?;
        consent(request, &ports, &progress, &mut place, store).await
    }

    /// The link of a consent that has begun.
    async fn url(&self) -> String {
        self.urls.lock().await.recv().await.unwrap()
    }

    /// The page the browser showed in the end.
    async fn page(&self) -> Page {
        self.shown.lock().await.recv().await.unwrap()
    }

    /// The events' names.
    fn events(&self) -> Vec<&'static str> {
        let name = |event: &ConsentEvent| match event {
            ConsentEvent::Opening { .. } => "opening",
            ConsentEvent::LoopbackFailed { .. } => "loopback-failed",
            ConsentEvent::BrowserNotOpened => "browser-not-opened",
            ConsentEvent::Deadline { .. } => "deadline",
            ConsentEvent::DeviceCode { .. } => "device-code",
            ConsentEvent::DeviceEnded { .. } => "device-ended",
            ConsentEvent::Returned => "returned",
            ConsentEvent::Checking => "checking",
        };
        self.events.lock().unwrap().iter().map(name).collect()
    }

    async fn stored(&self) -> Option<Grant> {
        self.store.grant(&self.vault, self.account).await.unwrap()
    }

    fn tokens(&self) -> AccessTokens {
        let (store, vault) = (self.store.clone(), self.vault.clone());
        AccessTokens::new(store, vault, http(), self.clock.clone()).unwrap()
    }
}

/// A parameter of an address.
fn parameter(url: &str, name: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    let found = url.query_pairs().find(|(key, _)| key == name);
    found.unwrap().1.into_owned()
}
