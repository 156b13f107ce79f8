//! Servers for an address: found at a web server, in SRV and MX records, and tried at Dovecot and
//! Postfix without a password. The DNS is played, everything else is real.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also in a function that two tests share"
)]

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::bail;
use ninka_core::authorization::BrowserPort;
use ninka_core::cloud::{Authority, Cloud};
use ninka_core::kind::{MailHosts, MailHostsPort, MailHostsUnknown};
use ninka_core::providers::{NoServices, Outside, Pages, Service, ServicesPort};
use ninka_core::store::ScriptedKeyring;
use ninka_core::tls::Trust;
use ninka_core::view::{
    ProposalView, PurposeView, SaveAccount, ServerNeed, ServerWay, UserNameView, WritingView,
};
use ninka_core::{FixedProvider, Ninka, Options};
use ninka_tests::bench::{Bench, shared};
use ninka_tests::shop::good;
use rustls_pki_types::CertificateDer;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug)]
struct NoBrowser;

impl BrowserPort for NoBrowser {
    fn open(&self, _url: &str) -> anyhow::Result<()> {
        bail!("nobody consents here")
    }
}

/// What the DNS answers.
#[derive(Debug, Default, Clone)]
struct Dns {
    services: BTreeMap<String, (u16, &'static str)>,
    mail: BTreeMap<&'static str, &'static str>,
}

impl ServicesPort for Dns {
    fn services<'a>(
        &'a self,
        name: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<Service>, NoServices>> + Send + 'a>> {
        let found = self.services.get(name).map(|(port, host)| Service {
            priority: 0,
            port: *port,
            host: (*host).to_owned(),
        });
        Box::pin(std::future::ready(Ok(found.into_iter().collect())))
    }
}

impl MailHostsPort for Dns {
    fn mail_hosts<'a>(
        &'a self,
        domain: &'a str,
    ) -> Pin<Box<dyn Future<Output = MailHosts> + Send + 'a>> {
        let host = self.mail.get(domain).map(|host| vec![(*host).to_owned()]);
        Box::pin(std::future::ready(host.ok_or(MailHostsUnknown::NoDomain)))
    }
}

/// A web server that hands out pages by their path; `slow` never ends, `endless` never stops.
struct Web {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    async fn start(pages: Vec<(&'static str, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (pages, heard) = (Arc::new(pages), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&pages), Arc::clone(&heard)));
            }
        });
        Self { base, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(
    mut stream: TcpStream,
    pages: Arc<Vec<(&'static str, String)>>,
    asked: Arc<Mutex<Vec<String>>>,
) {
    let mut head = Vec::new();
    let mut buffer = [0_u8; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(path.clone());
    let page = pages.iter().find(|(known, _)| path == *known);
    let text = page.map(|(_, text)| text.as_str());
    let whole = |status: &str, body: &str| {
        format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let reply = match text {
        None => whole("404 Not Found", ""),
        Some("slow") => {
            let begin = "HTTP/1.1 200 OK\r\n\r\n<clientConfig>";
            stream.write_all(begin.as_bytes()).await.ok();
            tokio::time::sleep(Duration::from_secs(60)).await;
            return;
        }
        Some("endless") => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok();
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
            return;
        }
        Some(to) if to.starts_with('/') => {
            format!(
                "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        }
        Some(text) => whole("200 OK", text),
    };
    stream.write_all(reply.as_bytes()).await.ok();
}

/// A file for mail programs: protocol, host, port and the word for the encryption.
fn file(servers: &[(&str, &str, u16, &str)]) -> String {
    let server = |(protocol, host, port, tls): &(&str, &str, u16, &str)| {
        let tag = if *protocol == "smtp" {
            "outgoingServer"
        } else {
            "incomingServer"
        };
        format!(
            "<{tag} type=\"{protocol}\"><hostname>{host}</hostname><port>{port}</port>\
             <socketType>{tls}</socketType><username>%EMAILADDRESS%</username>\
             <authentication>password-cleartext</authentication></{tag}>"
        )
    };
    let servers: String = servers.iter().map(server).collect();
    format!(
        "<clientConfig version=\"1.1\"><emailProvider id=\"x\">\
         <displayName>Hana Mail</displayName>{servers}</emailProvider></clientConfig>"
    )
}

/// Ninka beside a sign-in service on this computer, that may ask these for servers.
async fn open(bench: &Bench, web: &Web, dns: &Dns) -> (Ninka, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Arc::new(ScriptedKeyring::default());
    let provider = FixedProvider {
        client_id: "client".to_owned(),
        cloud: Cloud::Custom(Authority::new("http://127.0.0.1:1").unwrap()),
        servers: ninka_core::account::Servers::default(),
        extra_trust: None,
        withdrawal: None,
    };
    let accounts = folder.path().join("accounts");
    let mut options = Options::new(folder.path().to_owned(), keyring, Arc::new(NoBrowser))
        .practice(accounts, provider);
    let authority = CertificateDer::from(bench.certificates.authority_der().to_vec());
    options.trust = Trust::only([authority]).unwrap();
    options.outside = Some(Outside {
        pages: Pages::on_this_computer(&web.base),
        services: Arc::new(dns.clone()),
        mail_hosts: Arc::new(dns.clone()),
    });
    (good(Ninka::open(options).await).unwrap(), folder)
}

/// Where each protocol is, and how that was found.
fn shown(proposal: &ProposalView) -> Vec<(i64, ServerWay)> {
    let servers = proposal.servers.iter();
    servers
        .map(|found| (found.server.port, found.way))
        .collect()
}

#[tokio::test]
async fn what_answers_is_proposed_in_the_order_of_trust() {
    let bench = shared().await;
    let ports = bench.ports;
    let good_file = file(&[
        ("pop3", "localhost", ports.pop3s, "SSL"),
        ("smtp", "localhost", ports.smtp, "STARTTLS"),
    ]);
    let web = Web::start(vec![
        ("/own/hana.example", "/moved".to_owned()),
        ("/moved", good_file),
        // A closed port, another protocol's port, and one with the wrong encryption.
        (
            "/own/wrong.example",
            file(&[
                ("pop3", "localhost", 1, "SSL"),
                ("imap", "localhost", ports.smtps, "SSL"),
                ("smtp", "localhost", ports.smtps, "STARTTLS"),
            ]),
        ),
        (
            "/list/wrong.example",
            file(&[("imap", "localhost", ports.imaps, "SSL")]),
        ),
        (
            "/clear/open.example",
            file(&[("smtp", "localhost", ports.smtp_without_auth, "STARTTLS")]),
        ),
        (
            "/own/ip.example",
            file(&[("pop3", "127.0.0.1", ports.pop3s, "SSL")]),
        ),
    ])
    .await;
    let mut dns = Dns::default();
    dns.services.insert(
        "_submissions._tcp.wrong.example".to_owned(),
        (ports.smtps, "localhost."),
    );
    dns.mail.insert("shop.example", "mx01.kagoya.net");
    let (ninka, _folder) = open(&bench, &web, &dns).await;
    let both = PurposeView::Unspecified;

    let own = good(ninka.propose_servers("order@hana.example", both).await).unwrap();
    let domain = ServerWay::Domain;
    assert_eq!(
        shown(&own),
        [(ports.pop3s.into(), domain), (ports.smtp.into(), domain)]
    );
    assert_eq!(own.provider.as_deref(), Some("Hana Mail"));
    assert_eq!((own.user, own.fill.as_str()), (UserNameView::Address, ""));
    assert!(
        own.servers
            .iter()
            .all(|found| found.ms.is_some() && !found.foreign)
    );
    assert!(own.needs.is_empty(), "{:?}", own.needs);

    // What does not answer gives way, side by side and source by source.
    let wrong = good(ninka.propose_servers("order@wrong.example", both).await).unwrap();
    assert_eq!(
        shown(&wrong),
        [
            (ports.imaps.into(), ServerWay::Mozilla),
            (ports.smtps.into(), ServerWay::Services)
        ]
    );
    assert!(wrong.servers[1].foreign, "{wrong:#?}");
    assert_eq!(wrong.silent.len(), 3, "{:?}", wrong.silent);

    // A server that offers no sign-in is said to be one.
    let open_relay = good(ninka.propose_servers("order@open.example", both).await).unwrap();
    assert_eq!(
        shown(&open_relay),
        [(ports.smtp_without_auth.into(), ServerWay::DomainInTheClear)]
    );
    assert_eq!(open_relay.needs, [ServerNeed::PopBeforeSmtp]);

    let address = good(ninka.propose_servers("order@ip.example", both).await).unwrap();
    assert!(
        address.servers.is_empty() && address.silent.is_empty(),
        "{address:#?}"
    );
    let orders = PurposeView::OrderReceiving;
    let orders = good(ninka.propose_servers("order@hana.example", orders).await).unwrap();
    assert_eq!(shown(&orders), [(ports.pop3s.into(), domain)]);
    let asked = web.asked();
    assert!(
        asked
            .iter()
            .all(|path| !path.contains('@') && !path.contains("order")),
        "{asked:?}"
    );
}

#[tokio::test]
async fn an_account_without_servers_gets_those_that_are_beyond_doubt() {
    let bench = shared().await;
    let ports = bench.ports;
    let web = Web::start(vec![(
        "/own/hana.example",
        file(&[("pop3", "localhost", ports.pop3s, "SSL")]),
    )])
    .await;
    let mut dns = Dns::default();
    dns.services.insert(
        "_submissions._tcp.hana.example".to_owned(),
        (ports.smtps, "localhost"),
    );
    let (ninka, _folder) = open(&bench, &web, &dns).await;
    let account = |oauth| SaveAccount {
        id: None,
        revision: None,
        address: "order@hana.example".to_owned(),
        name: String::new(),
        purpose: PurposeView::Unspecified,
        oauth,
        signs_in: None,
        user: String::new(),
        password: Some("himitsu".to_owned()),
        pop3: None,
        imap: None,
        smtp: None,
        writing: WritingView::default(),
    };
    let filled = good(ninka.with_servers(account(false)).await).unwrap();
    assert_eq!(filled.pop3.unwrap().port, i64::from(ports.pop3s));
    // SRV records can be forged, and nobody has looked at this one.
    assert!(filled.smtp.is_none() && filled.imap.is_none());
    assert!(
        good(ninka.with_servers(account(true)).await)
            .unwrap()
            .pop3
            .is_none()
    );
}

#[tokio::test]
async fn hostile_and_slow_pages_hold_nobody_up() {
    let bench = shared().await;
    let web = Web::start(vec![
        ("/own/slow.example", "slow".to_owned()),
        ("/list/slow.example", "endless".to_owned()),
        ("/clear/slow.example", "/clear/slow.example".to_owned()),
        (
            "/own/laughs.example",
            "<!DOCTYPE c [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><clientConfig>&b;</clientConfig>".to_owned(),
        ),
    ])
    .await;
    let dns = Dns::default();
    let (ninka, _folder) = open(&bench, &web, &dns).await;
    let ninka = Arc::new(ninka);
    let both = PurposeView::Unspecified;
    let begun = Instant::now();
    let slow = good(ninka.propose_servers("order@slow.example", both).await).unwrap();
    assert!(slow.servers.is_empty() && slow.asked);
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
    let laughs = good(ninka.propose_servers("order@laughs.example", both).await).unwrap();
    assert!(laughs.servers.is_empty());

    let waiting = Arc::clone(&ninka);
    let search = tokio::spawn(async move { waiting.propose_servers("a@slow.example", both).await });
    while web
        .asked()
        .iter()
        .filter(|path| *path == "/own/slow.example")
        .count()
        < 2
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let begun = Instant::now();
    ninka.cancel_propose_servers();
    let given_up = search.await.unwrap();
    assert_eq!(given_up.unwrap_err().code(), "cancelled");
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn switched_off_nobody_is_asked_and_nothing_is_tried() {
    let bench = shared().await;
    let web = Web::start(Vec::new()).await;
    let (ninka, _folder) = open(&bench, &web, &Dns::default()).await;
    good(ninka.set_setting("ask-account-kind", "off").await).unwrap();
    let both = PurposeView::Unspecified;
    let unknown = good(ninka.propose_servers("order@hana.example", both).await).unwrap();
    assert!(unknown.servers.is_empty() && !unknown.asked);
    let known = good(ninka.propose_servers("hanako@yahoo.co.jp", both).await).unwrap();
    assert_eq!(
        shown(&known),
        [(995, ServerWay::Known), (465, ServerWay::Known)]
    );
    assert!(known.servers.iter().all(|found| found.ms.is_none()));
    assert_eq!(
        (known.user, known.fill.as_str()),
        (UserNameView::Local, "hanako")
    );
    assert_eq!(known.needs, [ServerNeed::SwitchOnPop]);
    let relay = PurposeView::RakutenSending;
    let relay = good(ninka.propose_servers("order@hana.example", relay).await).unwrap();
    assert_eq!(relay.servers[0].server.host, "sub.fw.rakuten.ne.jp");
    assert!(web.asked().is_empty());
}
