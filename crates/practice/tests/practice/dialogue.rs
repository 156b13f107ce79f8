//! A mail client of a few lines, on real TLS.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ninka_practice::Practice;
use rustls::crypto::ring::default_provider;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const PATIENCE: Duration = Duration::from_secs(20);

/// A line-wise conversation.
pub(crate) struct Dialogue {
    stream: BufReader<TlsStream<TcpStream>>,
}

pub(crate) fn xoauth2(user: &str, token: &str) -> String {
    STANDARD.encode(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"))
}

/// A TLS handshake that trusts the practice authority only.
pub(crate) async fn tls(
    practice: &Practice,
    stream: TcpStream,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(practice.ca_der()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

impl Dialogue {
    /// Connects with TLS and reads the greeting.
    pub(crate) async fn greeted(practice: &Practice, port: u16) -> (Self, String) {
        let mut dialogue = Self::over(tls(practice, connect(port).await).await.unwrap());
        let greeting = dialogue.line().await;
        (dialogue, greeting)
    }

    pub(crate) fn over(stream: TlsStream<TcpStream>) -> Self {
        Self {
            stream: BufReader::new(stream),
        }
    }

    pub(crate) async fn line(&mut self) -> String {
        let mut line = String::new();
        timeout(PATIENCE, self.stream.read_line(&mut line))
            .await
            .unwrap()
            .unwrap();
        line.trim_end_matches("\r\n").to_owned()
    }

    pub(crate) async fn send(&mut self, octets: &[u8]) {
        self.stream.get_mut().write_all(octets).await.unwrap();
        self.stream.get_mut().flush().await.unwrap();
    }

    /// A command and the first line of its answer.
    pub(crate) async fn ask(&mut self, command: &str) -> String {
        self.send(format!("{command}\r\n").as_bytes()).await;
        self.line().await
    }

    /// Lines up to and without the one that satisfies.
    pub(crate) async fn until(&mut self, last: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            if last(&line) {
                return lines;
            }
            assert!(!line.is_empty() || lines.len() < 1_000, "no end: {lines:?}");
            lines.push(line);
        }
    }

    /// Whether the server has hung up.
    pub(crate) async fn ended(&mut self) -> bool {
        let mut rest = Vec::new();
        let read = timeout(PATIENCE, self.stream.read_to_end(&mut rest))
            .await
            .unwrap();
        read.is_err() || rest.is_empty()
    }
}

pub(crate) async fn connect(port: u16) -> TcpStream {
    TcpStream::connect(("127.0.0.1", port)).await.unwrap()
}
