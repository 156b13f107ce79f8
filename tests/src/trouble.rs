//! A connection with trouble on the way: stands between a client and a real server and, at a
//! chosen moment of the talk, ends the connection, breaks it off or falls silent.
//! Plain TCP: of a TLS talk it sees that it goes on, not what is said. Without trouble it is a way
//! to a server at another address under the name `localhost`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::certificates::Shown;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server's end closes, as when a server is shut down.
    Close,
    /// The connection is reset, as when a machine or a firewall drops it.
    Reset,
    /// Nothing comes any more, and the connection stays open.
    Silence,
}

/// When it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// At no time.
    Never,
    /// Before the server's first byte.
    AtOnce,
    /// When the client has sent so many chunks, before the server gets the last of them.
    AtClientChunk(usize),
}

/// A running way with trouble; ends on drop.
#[derive(Debug)]
pub struct TroubledWay {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl TroubledWay {
    /// Leads to a server that shows a certificate, without trouble.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn to_showing(shown: Shown, port: u16) -> Result<Self> {
        Self::start((shown.host(), port), Moment::Never, Trouble::Close).await
    }

    /// Leads to a server's port.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn to(port: u16, moment: Moment, trouble: Trouble) -> Result<Self> {
        Self::start((Shown::Good.host(), port), moment, trouble).await
    }

    async fn start(server: (&'static str, u16), moment: Moment, trouble: Trouble) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move {
                    let _ended = lead(client, server, moment, trouble).await;
                });
            }
        });
        Ok(Self {
            address,
            connections,
            task,
        })
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many clients came.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

impl Drop for TroubledWay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn lead(
    mut client: TcpStream,
    server: (&str, u16),
    moment: Moment,
    trouble: Trouble,
) -> Result<()> {
    let mut server = TcpStream::connect(server).await?;
    let last = match moment {
        Moment::Never => {
            tokio::io::copy_bidirectional(&mut client, &mut server).await?;
            return Ok(());
        }
        Moment::AtOnce => return happen(client, trouble).await,
        Moment::AtClientChunk(last) => last,
    };
    let (mut from_client, mut from_server) = ([0; 4096], [0; 4096]);
    let mut chunks = 0;
    loop {
        tokio::select! {
            read = client.read(&mut from_client) => {
                let read = read?;
                chunks += 1;
                if read == 0 {
                    return Ok(());
                }
                if chunks == last {
                    return happen(client, trouble).await;
                }
                server.write_all(from_client.get(..read).unwrap_or_default()).await?;
            }
            read = server.read(&mut from_server) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                client.write_all(from_server.get(..read).unwrap_or_default()).await?;
            }
        }
    }
}

async fn happen(mut client: TcpStream, trouble: Trouble) -> Result<()> {
    match trouble {
        Trouble::Close => client.shutdown().await?,
        Trouble::Reset => client.set_zero_linger()?,
        // Until the client gives up.
        Trouble::Silence => while client.read(&mut [0; 512]).await? > 0 {},
    }
    Ok(())
}
