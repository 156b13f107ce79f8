//! Whose account an address is, asked of the practice tenant, which notes every question.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::pin::Pin;
use std::sync::Arc;

use anyhow::bail;
use ninka_core::account::AccountId;
use ninka_core::authorization::BrowserPort;
use ninka_core::cloud::{Authority, Cloud};
use ninka_core::kind::{MailHosts, MailHostsPort};
use ninka_core::store::ScriptedKeyring;
use ninka_core::view::{
    EndpointView, KindFound, KindName, ProbeFound, ProbeName, PurposeView, SaveAccount, TlsView,
    WritingView,
};
use ninka_core::{FixedProvider, Ninka, Options};
use ninka_practice::{Practice, PracticeOptions};
use ninka_tests::shop::good;
use tempfile::TempDir;

const WORK: &str = "new@hana-shop.example";

/// Ninka in practice, without a window.
struct Shop {
    ninka: Ninka,
    practice: Arc<Practice>,
    _folder: TempDir,
}

#[derive(Debug)]
struct NoBrowser;

impl BrowserPort for NoBrowser {
    fn open(&self, _url: &str) -> anyhow::Result<()> {
        bail!("nobody consents here")
    }
}

#[derive(Debug)]
struct Dns(Arc<Practice>);

impl MailHostsPort for Dns {
    fn mail_hosts<'a>(
        &'a self,
        domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>> {
        Box::pin(std::future::ready(Ok(self.0.mail_hosts(domain))))
    }
}

impl Shop {
    async fn open() -> Self {
        let practice = Practice::start(PracticeOptions::default()).await.unwrap();
        let practice = Arc::new(practice);
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(ScriptedKeyring::default());
        let provider = FixedProvider {
            client_id: practice.client_id().to_owned(),
            cloud: Cloud::Custom(Authority::new(&practice.authority()).unwrap()),
            servers: ninka_core::account::Servers::default(),
            withdrawal: Some(practice.withdrawal_page()),
            extra_trust: Some(("localhost".to_owned(), practice.ca_der())),
        };
        let mut options = Options::new(folder.path().to_owned(), keyring, Arc::new(NoBrowser))
            .practice(folder.path().join("practice"), provider);
        options.mail_hosts = Some(Arc::new(Dns(Arc::clone(&practice))));
        Self {
            ninka: good(Ninka::open(options).await).unwrap(),
            practice,
            _folder: folder,
        }
    }

    async fn found(&self, address: &str) -> (KindName, KindFound) {
        let view = good(self.ninka.account_kind(address).await).unwrap();
        (view.kind, view.found)
    }

    /// An account that receives with a password from the practice tenant.
    async fn by_password(&self, address: &str) -> AccountId {
        let pop3 = EndpointView {
            host: "localhost".to_owned(),
            port: self.practice.pop3().into(),
            tls: TlsView::Implicit,
        };
        let request = SaveAccount {
            id: None,
            revision: None,
            address: address.to_owned(),
            name: String::new(),
            purpose: PurposeView::OrderReceiving,
            oauth: false,
            signs_in: None,
            user: String::new(),
            password: Some("himitsu-4649".to_owned()),
            pop3: Some(pop3),
            imap: None,
            smtp: None,
            writing: WritingView::default(),
        };
        AccountId(good(self.ninka.save_account(request).await).unwrap().row.id)
    }
}

#[tokio::test]
async fn an_address_is_work_personal_or_not_microsofts() {
    let shop = Shop::open().await;
    assert_eq!(shop.found(WORK).await, (KindName::Work, KindFound::Work));
    let view = good(shop.ninka.account_kind(WORK).await).unwrap();
    let limits = view.password.unwrap();
    assert!(limits.reception.past && !limits.reception.by_default);
    assert!(limits.sending.by_default);
    let personal = (KindName::Personal, KindFound::Personal);
    assert_eq!(shop.found("taro@kojin.example").await, personal);
    let other = good(shop.ninka.account_kind("info@elsewhere.example").await).unwrap();
    assert_eq!((other.kind, other.password), (KindName::Other, None));
    // Asked once each, and only about the domain.
    assert_eq!(
        shop.practice.asked_about().len(),
        6,
        "{:?}",
        shop.practice.asked_about()
    );
}

#[tokio::test]
async fn a_domain_that_everybody_knows_is_asked_of_nobody() {
    let shop = Shop::open().await;
    let personal = (KindName::Personal, KindFound::Personal);
    assert_eq!(shop.found("taro@outlook.jp").await, personal);
    assert_eq!(shop.found("not an address").await.0, KindName::Unknown);
    assert!(shop.practice.asked_about().is_empty());
}

#[tokio::test]
async fn switched_off_nobody_is_asked() {
    let shop = Shop::open().await;
    good(shop.ninka.set_setting("ask-account-kind", "off").await).unwrap();
    let nothing = (KindName::Unknown, KindFound::NotAsked);
    assert_eq!(shop.found(WORK).await, nothing);
    let id = shop.by_password(WORK).await;
    let report = good(shop.ninka.check(&[id], &|_| {}).await).unwrap();
    let pop3 = &report[0].protocols[0];
    assert!(
        pop3.problem.is_some() && pop3.probes.is_empty(),
        "{pop3:#?}"
    );
    assert!(shop.practice.asked_about().is_empty());
}

#[tokio::test]
async fn a_failed_check_asks_whose_the_account_is_and_keeps_it() {
    let shop = Shop::open().await;
    let id = shop.by_password(WORK).await;
    assert!(shop.practice.asked_about().is_empty());
    let report = good(shop.ninka.check(&[id], &|_| {}).await).unwrap();
    let pop3 = &report[0].protocols[0];
    let probes: Vec<_> = pop3
        .probes
        .iter()
        .map(|probe| (probe.asked, probe.found))
        .collect();
    assert_eq!(
        probes,
        [
            (ProbeName::MailHosts, ProbeFound::MailWork),
            (ProbeName::UserRealm, ProbeFound::RealmWork)
        ],
        "{pop3:#?}"
    );
    assert_eq!(shop.practice.asked_about().len(), 2);
    // From now on it is known, also where nobody answers.
    good(shop.ninka.set_setting("ask-account-kind", "off").await).unwrap();
    assert_eq!(shop.found(WORK).await, (KindName::Work, KindFound::Work));
    let report = good(shop.ninka.check(&[id], &|_| {}).await).unwrap();
    assert!(report[0].protocols[0].probes.is_empty());
    assert_eq!(shop.practice.asked_about().len(), 2);
}
