//! The mail servers: accept connections on loopback, speak TLS, hand over to a protocol. Each
//! connection has limits in size and time, and there are only so many at once.

mod imap;
mod pop3;
mod smtp;
mod wire;
mod xoauth2;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::certificates::Presented;
use crate::fault::Fault;
use crate::tenant::Tenant;
use wire::Wire;

/// So many connections to one server at once.
const MOST_CONNECTIONS: usize = 64;
const HANDSHAKE: Duration = Duration::from_secs(30);
/// A whole session, whatever it does.
const SESSION: Duration = Duration::from_secs(30 * 60);

/// A mail protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Pop3,
    Imap,
    Smtp,
}

/// The configuration of all three servers.
pub(crate) fn acceptor(tenant: &Arc<Tenant>) -> anyhow::Result<TlsAcceptor> {
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Presented(Arc::clone(tenant))));
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Serves until cancelled; then every session ends too.
pub(crate) async fn serve(
    protocol: Protocol,
    listener: TcpListener,
    acceptor: TlsAcceptor,
    tenant: Arc<Tenant>,
    end: CancellationToken,
) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut sessions = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = end.cancelled() => break,
            accepted = listener.accept() => accepted,
            Some(_) = sessions.join_next(), if !sessions.is_empty() => continue,
        };
        let Ok((stream, _)) = accepted else {
            // Out of descriptors, for example: others have to end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let place = Arc::clone(&places).try_acquire_owned();
        let (Ok(place), false) = (place, tenant.faults.is(Fault::ServerDown)) else {
            drop(stream);
            continue;
        };
        let (acceptor, tenant) = (acceptor.clone(), Arc::clone(&tenant));
        sessions.spawn(async move {
            let session = timeout(SESSION, session(protocol, stream, acceptor, tenant)).await;
            tracing::debug!(?protocol, ?session, "a mail session ended");
            drop(place);
        });
    }
}

async fn session(
    protocol: Protocol,
    stream: TcpStream,
    acceptor: TlsAcceptor,
    tenant: Arc<Tenant>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match protocol {
        Protocol::Pop3 => pop3::serve(Wire::new(tls(&acceptor, stream).await?, tenant)).await,
        Protocol::Imap => imap::serve(Wire::new(tls(&acceptor, stream).await?, tenant)).await,
        Protocol::Smtp => {
            let Some(plain) = smtp::before_tls(Wire::new(stream, Arc::clone(&tenant))).await?
            else {
                return Ok(());
            };
            smtp::serve(Wire::new(tls(&acceptor, plain).await?, tenant)).await
        }
    }
}

async fn tls(
    acceptor: &TlsAcceptor,
    stream: TcpStream,
) -> io::Result<tokio_rustls::server::TlsStream<TcpStream>> {
    timeout(HANDSHAKE, acceptor.accept(stream))
        .await
        .map_err(|_| io::ErrorKind::TimedOut)?
}
