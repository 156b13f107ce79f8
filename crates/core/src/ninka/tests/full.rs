//! A disk that is full, or can only be read: told as such, and nothing is lost by it. SQLite's own
//! limits answer here as on such a disk, on every system; `tests` has a real one.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tempfile::TempDir;

use super::ledger::Ledger;
use super::{AtOnce, Ninka, Place};
use crate::account::{AccountId, Revision};
use crate::problem::Problem;
use crate::store::DiskTrouble;
use crate::view::{AuthorizationState, CheckReport, PurposeView, SaveAccount, WritingView};

const ORDER: &str = "order@hana.example";

/// A shop with one authorized account.
pub(super) struct Shop {
    pub(super) ninka: Ninka,
    pub(super) ledger: Arc<Ledger>,
    pub(super) browser: Arc<AtOnce>,
    pub(super) account: AccountId,
    folder: TempDir,
}

impl Shop {
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, browser) = (Ledger::start().await, Arc::<AtOnce>::default());
        let place = Place {
            folder: folder.path().to_owned(),
            authority: ledger.authority(),
            pop3: ledger.pop3,
            certificate: ledger.certificate.clone(),
            clock: ledger.clock.clone(),
        };
        let ninka = place.open(Arc::clone(&browser)).await;
        let saved = ninka.save_account(order(ORDER)).await.unwrap();
        let account = AccountId(saved.row.id);
        ninka.authorize(account, &|_| {}).await.unwrap();
        ledger.grow();
        Self {
            ninka,
            ledger,
            browser,
            account,
            folder,
        }
    }

    pub(super) async fn check(&self) -> CheckReport {
        let reports = self.ninka.check(&[self.account], &|_| {}).await;
        let report = reports.unwrap().remove(0);
        let kept = self.ninka.last_check(self.account).await.unwrap();
        assert_eq!(kept.as_ref() == Some(&report), report.saw_a_server());
        report
    }

    pub(super) async fn token(&self) -> String {
        let grant = self.ninka.store.grant(&self.ninka.vault, self.account);
        let grant = grant.await.unwrap().unwrap();
        grant.refresh_token.expose().to_owned()
    }

    async fn is_authorized(&self) -> bool {
        let view = self.ninka.account(self.account).await.unwrap();
        matches!(
            view.row.authorization,
            AuthorizationState::Authorized { .. } | AuthorizationState::Failing { .. }
        )
    }

    fn full(&self) -> Problem {
        Problem::DiskFull { path: self.file() }
    }

    fn read_only(&self) -> Problem {
        Problem::DiskReadOnly { path: self.file() }
    }

    fn file(&self) -> String {
        let file = self.folder.path().join("店").join("ninka.db");
        file.display().to_string()
    }

    fn place(&self) -> Place {
        Place {
            folder: self.folder.path().to_owned(),
            authority: self.ledger.authority(),
            pop3: self.ledger.pop3,
            certificate: self.ledger.certificate.clone(),
            clock: self.ledger.clock.clone(),
        }
    }

    /// Another process on the same data.
    pub(super) async fn another_process(&self) -> Ninka {
        self.place().open(Arc::clone(&self.browser)).await
    }

    /// The process is killed; another one goes on.
    pub(super) fn killed(self, other: Ninka) -> Self {
        let Self { ninka, .. } = self;
        drop(ninka);
        Self {
            ninka: other,
            ..self
        }
    }

    /// The process is killed, and then another one is started.
    pub(super) async fn started_again(self) -> Self {
        let place = self.place();
        let Self { ninka, browser, .. } = self;
        drop(ninka);
        let ninka = place.open(Arc::clone(&browser)).await;
        Self {
            ninka,
            browser,
            ..self
        }
    }

    /// Gives the account another name.
    pub(super) async fn rename(&self) {
        let mut renamed = order(ORDER);
        renamed.id = Some(self.account.0);
        renamed.name = "新しい名前".to_owned();
        self.ninka.save_account(renamed).await.unwrap();
    }

    pub(super) async fn close(self) {
        self.ninka.close().await;
        self.folder.close().unwrap();
    }
}

fn order(address: &str) -> SaveAccount {
    SaveAccount {
        id: None,
        revision: None,
        address: address.to_owned(),
        name: "本店".to_owned(),
        purpose: PurposeView::OrderReceiving,
        oauth: true,
        signs_in: None,
        user: String::new(),
        password: None,
        pop3: None,
        imap: None,
        smtp: None,
        writing: WritingView::default(),
    }
}

/// What kept a check from being made.
fn obstacle(report: &CheckReport) -> Option<&str> {
    report
        .protocols
        .iter()
        .find_map(|part| part.obstacle.as_ref())
        .map(|obstacle| obstacle.code.as_str())
}

pub(super) fn passed(report: &CheckReport) -> bool {
    report.protocols.iter().any(|part| part.messages == Some(3))
}

#[tokio::test]
async fn a_renewal_that_finds_no_room_is_kept_and_saved_later() {
    let shop = Shop::open().await;
    assert!(passed(&shop.check().await));
    let before = shop.token().await;
    shop.ninka.store.meets(DiskTrouble::Full).await;
    assert_eq!(obstacle(&shop.check().await), Some("disk-full"));
    assert_eq!(shop.token().await, before);
    shop.ninka.store.meets(DiskTrouble::Full).await;
    assert_eq!(obstacle(&shop.check().await), Some("disk-full"));
    assert!(shop.is_authorized().await);
    shop.ninka.store.meets(DiskTrouble::Gone).await;
    // Whatever comes between: the token that waits is not forgotten.
    shop.rename().await;
    assert!(passed(&shop.check().await));
    assert_ne!(shop.token().await, before);
    assert!(
        !shop.ledger.used_twice(),
        "a strict service would have revoked it"
    );
    shop.close().await;
}

#[tokio::test]
async fn a_consent_that_finds_no_room_leaves_the_old_one() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    *shop.browser.fills.lock().unwrap() = Some(shop.ninka.store.clone());
    let ended = shop.ninka.authorize(shop.account, &|_| {}).await;
    assert_eq!(ended.unwrap_err(), shop.full());
    assert_eq!(shop.token().await, before);
    shop.ninka.store.meets(DiskTrouble::Gone).await;
    assert!(passed(&shop.check().await));
    shop.ninka.authorize(shop.account, &|_| {}).await.unwrap();
    shop.close().await;
}

#[tokio::test]
async fn an_account_is_saved_whole_or_not_at_all_and_removing_still_works() {
    let shop = Shop::open().await;
    shop.ninka.store.meets(DiskTrouble::Full).await;
    let mut saved = 1;
    let refused = loop {
        let account = order(&format!("order-{saved}@hana.example"));
        match shop.ninka.save_account(account).await {
            Ok(_) => saved += 1,
            Err(problem) => break problem,
        }
        assert!(saved < 1_000, "there is room for everything");
    };
    assert_eq!(refused, shop.full());
    let list = shop.ninka.accounts().await.unwrap();
    assert_eq!(list.len(), saved);
    let first = list.iter().find(|row| row.address != ORDER).unwrap();
    let removed = shop.ninka.remove_account(AccountId(first.id), Revision(1));
    removed.await.unwrap();
    shop.ninka.store.meets(DiskTrouble::Gone).await;
    let account = order(&format!("order-{saved}@hana.example"));
    shop.ninka.save_account(account).await.unwrap();
    assert!(passed(&shop.check().await));
    shop.close().await;
}

#[tokio::test]
async fn a_disk_that_can_only_be_read_is_told_before_anything_is_asked_of_microsoft() {
    let shop = Shop::open().await;
    let before = shop.token().await;
    let opened = shop.browser.opened.load(Ordering::SeqCst);
    shop.ninka.store.meets(DiskTrouble::ReadOnly).await;
    let ended = shop.ninka.authorize(shop.account, &|_| {}).await;
    assert_eq!(ended.unwrap_err(), shop.read_only());
    assert_eq!(shop.browser.opened.load(Ordering::SeqCst), opened);
    assert_eq!(obstacle(&shop.check().await), Some("disk-read-only"));
    let saved = shop.ninka.save_account(order("info@hana.example")).await;
    assert_eq!(saved.unwrap_err(), shop.read_only());
    let removed = shop.ninka.remove_account(shop.account, Revision(1)).await;
    assert_eq!(removed.unwrap_err(), shop.read_only());
    assert_eq!(shop.token().await, before);
    shop.ninka.store.meets(DiskTrouble::Gone).await;
    assert!(passed(&shop.check().await));
    assert!(!shop.ledger.used_twice());
    shop.close().await;
}
