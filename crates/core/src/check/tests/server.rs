//! A small scripted server on loopback, its throw-away authority, and what a check is run with.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::super::connect::{Resolver, SystemResolver};
use super::super::deadlines::Deadlines;
use super::super::outcome::CheckOutcome;
use super::super::plan::Plan;
use super::super::probe::Around;
use super::super::run::{Servers, run_in};
use super::super::session::World;
use crate::tls::Trust;
use crate::view::CheckEvent;

/// A connection as the script sees it.
pub(super) type Wire = Box<dyn Both>;

pub(super) trait Both: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

/// An authority that nobody knows.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
}

impl Authority {
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Test Authority");
        let key = KeyPair::generate().unwrap();
        let der = params.self_signed(&key).unwrap().der().clone();
        Self {
            issuer: Issuer::new(params, key),
            der,
        }
    }

    pub(super) fn trust(&self) -> Trust {
        Trust::only([self.der.clone()]).unwrap()
    }

    pub(super) fn der(&self) -> CertificateDer<'static> {
        self.der.clone()
    }

    /// A server for `name`, valid from and until these years.
    pub(super) fn acceptor(&self, name: &str, years: (i32, i32)) -> TlsAcceptor {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    /// A server for `localhost` that is valid now.
    pub(super) fn good(&self) -> TlsAcceptor {
        self.acceptor("localhost", (2020, 2090))
    }
}

/// Serves every connection with `serve`; gives the port.
pub(super) async fn serve<F, R>(serve: F) -> u16
where
    F: Fn(TcpStream) -> R + Send + Sync + 'static,
    R: Future<Output = io::Result<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    port
}

/// A port that is really dead as long as the value lives: the queue of those who wait to be
/// accepted is full, so that the system drops what comes. Other systems refuse then, or have only
/// one loopback address.
#[cfg(target_os = "linux")]
pub(in super::super) async fn dead_port(at: std::net::SocketAddr) -> (TcpListener, Vec<TcpStream>) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(at).unwrap();
    let dead = socket.listen(0).unwrap();
    let at = dead.local_addr().unwrap();
    let mut held = Vec::new();
    let connect = || tokio::time::timeout(Duration::from_millis(200), TcpStream::connect(at));
    while let Ok(Ok(stream)) = connect().await {
        held.push(stream);
    }
    (dead, held)
}

/// One line of the client's, without its end; nothing at the end of the connection.
pub(super) async fn line(wire: &mut Wire) -> io::Result<String> {
    let mut line = Vec::new();
    loop {
        let byte = wire.read_u8().await?;
        if byte == b'\n' {
            return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
        }
        line.push(byte);
    }
}

/// Writes a text, in pieces of `piece` bytes.
pub(super) async fn say(wire: &mut Wire, text: &str, piece: usize) -> io::Result<()> {
    for part in text.as_bytes().chunks(piece) {
        wire.write_all(part).await?;
        wire.flush().await?;
    }
    Ok(())
}

/// Replies as a script says until it is at its end; then it waits for the client to go.
pub(super) async fn recite(wire: &mut Wire, script: &[String], piece: usize) -> io::Result<()> {
    for (at, reply) in script.iter().enumerate() {
        if at > 0 {
            line(wire).await?;
        }
        say(wire, reply, piece).await?;
    }
    while line(wire).await.is_ok() {}
    Ok(())
}

/// A name that leads to loopback, however this computer resolves it.
#[derive(Debug, Clone)]
pub(super) struct Fixed(pub(super) Vec<&'static str>);

impl Resolver for Fixed {
    fn resolve<'a>(
        &'a self,
        _host: &'a str,
    ) -> std::pin::Pin<Box<dyn Future<Output = io::Result<Vec<std::net::IpAddr>>> + Send + 'a>>
    {
        let addresses = self.0.iter().map(|a| a.parse().unwrap()).collect();
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// Runs a check with short deadlines; gives its outcome and its events.
pub(super) async fn run_check(plan: &Plan, trust: &Trust) -> (CheckOutcome, Vec<CheckEvent>) {
    run_with(
        plan,
        trust,
        &SystemResolver,
        Deadlines::all(Duration::from_secs(10)),
        &CancellationToken::new(),
    )
    .await
}

pub(super) async fn run_with(
    plan: &Plan,
    trust: &Trust,
    resolver: &dyn Resolver,
    deadlines: Deadlines,
    cancel: &CancellationToken,
) -> (CheckOutcome, Vec<CheckEvent>) {
    let events = Mutex::new(Vec::new());
    let world = World {
        trust,
        resolver,
        deadlines,
        cancel,
        around: &Around::default(),
    };
    let progress = |event| events.lock().unwrap().push(event);
    let outcome = run_in(plan, world, &progress, &Servers::default()).await;
    (outcome, events.into_inner().unwrap())
}
