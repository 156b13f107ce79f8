//! The bytes between a machine and a server: plain, under TLS, or gone over to it. What arrives
//! first in the clear is remembered, so that a failed handshake can say what spoke instead.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A greeting's beginning is enough to know a protocol by.
const FIRST_BYTES: usize = 512;

/// Whatever bytes go over.
pub(super) trait Transport: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Transport for T {}

/// A connection.
pub(super) type Connection = Box<dyn Transport>;

/// The first bytes that came over a connection below TLS.
#[derive(Debug, Clone, Default)]
pub(super) struct FirstBytes(Arc<Mutex<Vec<u8>>>);

impl FirstBytes {
    /// The bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The bytes, unless they are TLS records (handshake or alert).
    pub(super) fn in_the_clear(&self) -> Option<Vec<u8>> {
        let bytes = self.bytes();
        let record = matches!(bytes.as_slice(), [0x15 | 0x16, 3, ..] | [0x15 | 0x16]);
        (!bytes.is_empty() && !record).then_some(bytes)
    }
}

/// Remembers the first bytes that come in.
struct Watched {
    inner: Connection,
    first: FirstBytes,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let ready = Pin::new(&mut self.inner).poll_read(context, buffer);
        if let Some(new) = buffer.filled().get(before..) {
            let mut kept = self.first.0.lock().unwrap_or_else(PoisonError::into_inner);
            let room = FIRST_BYTES.saturating_sub(kept.len());
            kept.extend(new.iter().take(room));
        }
        ready
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

/// Goes over to TLS. Performs I/O. Gives the connection and the TLS version.
pub(super) async fn encrypt(
    plain: Connection,
    config: Arc<ClientConfig>,
    host: &str,
    first: &FirstBytes,
) -> io::Result<(Connection, Option<String>)> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let watched = Watched {
        inner: plain,
        first: first.clone(),
    };
    let connector = tokio_rustls::TlsConnector::from(config);
    let tls = connector.connect(name, watched).await?;
    let version = tls.get_ref().1.protocol_version();
    let version = version.and_then(|version| version.as_str().map(str::to_owned));
    Ok((Box::new(tls), version))
}
