//! The look-ups against a sign-in service on loopback and a DNS that is made up.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;

use super::super::mail::MailHosts;
use super::*;
use crate::cloud::Authority;
use crate::tls::{Trust, loopback_http_client};

const TENANT: &str = r#"{"NameSpaceType":"Managed","DomainName":"hana.example"}"#;

/// A DNS that counts its questions.
#[derive(Debug)]
struct Dns {
    hosts: MailHosts,
    asked: AtomicUsize,
    silent: bool,
}

impl MailHostsPort for Dns {
    fn mail_hosts<'a>(
        &'a self,
        _domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            if self.silent {
                std::future::pending::<()>().await;
            }
            self.hosts.clone()
        })
    }
}

fn dns(hosts: MailHosts) -> Arc<Dns> {
    Arc::new(Dns {
        hosts,
        asked: AtomicUsize::new(0),
        silent: false,
    })
}

fn exchange() -> MailHosts {
    Ok(vec!["hana-example.mail.protection.outlook.com".to_owned()])
}

/// A sign-in service that answers so, and its cloud.
async fn service(answer: impl Fn() -> Response + Clone + Send + Sync + 'static) -> Cloud {
    let handler = get(move || {
        let response = answer();
        async { response }
    });
    let router = Router::new().route("/common/userrealm/{user}", handler);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Cloud::Custom(Authority::new(&format!("http://{address}/common")).unwrap())
}

fn kinds(mail: &Arc<Dns>) -> Kinds {
    let http = loopback_http_client(&Trust::platform()).unwrap();
    Kinds::new(http, Some(Arc::clone(mail) as Arc<dyn MailHostsPort>))
}

#[tokio::test]
async fn a_domain_is_asked_for_once() {
    let cloud = service(|| TENANT.into_response()).await;
    let dns = dns(exchange());
    let kinds = kinds(&dns);
    assert_eq!(kinds.known("hana.example", &cloud), AccountKind::Unknown);
    let (first, second) = tokio::join!(
        kinds.signs("hana.example", &cloud),
        kinds.signs("HANA.example", &cloud)
    );
    assert_eq!(first, second);
    assert_eq!(first.kind(), AccountKind::Work);
    assert_eq!(first.mail_host, "hana-example.mail.protection.outlook.com");
    assert_eq!(dns.asked.load(Ordering::SeqCst), 1);
    assert_eq!(kinds.known("hana.example", &cloud), AccountKind::Work);
    assert_eq!(
        kinds.known("hana.example", &Cloud::Worldwide),
        AccountKind::Unknown
    );
}

#[tokio::test]
async fn an_answer_that_did_not_come_is_asked_for_again() {
    let cloud = service(|| StatusCode::SERVICE_UNAVAILABLE.into_response()).await;
    let dns = dns(Err(MailHostsUnknown::NoAnswer));
    let kinds = kinds(&dns);
    for _ in 0..2 {
        assert_eq!(
            kinds.signs("hana.example", &cloud).await.kind(),
            AccountKind::Unknown
        );
    }
    assert_eq!(dns.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_is_not_understood_is_no_answer() {
    let long = || vec![b' '; 64 * 1024].into_response();
    let elsewhere = || Redirect::temporary("http://127.0.0.1:1/").into_response();
    let page = || "<html>Sign in to the hotel's network</html>".into_response();
    let clouds = [
        service(long).await,
        service(elsewhere).await,
        service(page).await,
    ];
    for cloud in clouds {
        let signs = kinds(&dns(exchange())).signs("hana.example", &cloud).await;
        assert_eq!((signs.realm.found, signs.kind()), (None, AccountKind::Work));
    }
}

#[tokio::test]
async fn without_a_port_the_dns_is_not_asked() {
    let cloud = service(|| r#"{"NameSpaceType":"Unknown"}"#.into_response()).await;
    let http = loopback_http_client(&Trust::platform()).unwrap();
    let signs = Kinds::new(http, None).signs("hana.example", &cloud).await;
    assert_eq!((signs.mail.found, signs.kind()), (None, AccountKind::Other));
}

#[tokio::test]
async fn a_domain_that_does_not_exist_is_said_to_be_none() {
    let cloud = service(|| r#"{"NameSpaceType":"Unknown"}"#.into_response()).await;
    let dns = dns(Err(MailHostsUnknown::NoDomain));
    let signs = kinds(&dns).signs("hana.exmaple", &cloud).await;
    assert_eq!(signs.mail.found, Some(MailHome::NoDomain));
    assert_eq!(signs.kind(), AccountKind::Other);
}

#[tokio::test]
async fn nobody_is_waited_for_longer_than_the_deadline() {
    let dns = Arc::new(Dns {
        hosts: exchange(),
        asked: AtomicUsize::new(0),
        silent: true,
    });
    let cloud = service(|| TENANT.into_response()).await;
    let mut kinds = kinds(&dns);
    assert_eq!(kinds.deadline, Duration::from_secs(3));
    kinds.deadline = Duration::from_millis(300);
    let signs = kinds.signs("hana.example", &cloud).await;
    assert_eq!(
        (signs.realm.found, signs.mail.found),
        (Some(Realm::Organisation), None)
    );
    assert_eq!(signs.kind(), AccountKind::Unknown);
}
