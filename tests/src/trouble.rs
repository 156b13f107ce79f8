//! A connection with trouble on the way: stands between a client and a real server and, at a
//! chosen moment of the talk, ends the connection, breaks it off or falls silent.
//! Plain TCP: of a TLS talk it sees that it goes on, not what is said. Without trouble it is a way
//! to a server at another address under the name `localhost`, and remembers what clients sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// What went by.
#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    sent: Vec<u8>,
}

/// A running way with trouble; ends on drop.
#[derive(Debug)]
pub struct TroubledWay {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
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
        let seen = Arc::<Mutex<Seen>>::default();
        let record = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                lock(&record).connections += 1;
                let record = Arc::clone(&record);
                tokio::spawn(async move {
                    let _ended = lead(client, server, moment, trouble, &record).await;
                });
            }
        });
        Ok(Self {
            address,
            seen,
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
        lock(&self.seen).connections
    }

    /// Everything that clients sent.
    #[must_use]
    pub fn sent(&self) -> Vec<u8> {
        lock(&self.seen).sent.clone()
    }
}

impl Drop for TroubledWay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn lead(
    mut client: TcpStream,
    server: (&str, u16),
    moment: Moment,
    trouble: Trouble,
    seen: &Mutex<Seen>,
) -> Result<()> {
    let mut server = TcpStream::connect(server).await?;
    let last = match moment {
        Moment::Never => usize::MAX,
        Moment::AtOnce => return happen(client, trouble).await,
        Moment::AtClientChunk(last) => last,
    };
    let (mut from_client, mut from_server) = ([0; 4096], [0; 4096]);
    let mut chunks = 0;
    loop {
        tokio::select! {
            read = client.read(&mut from_client) => {
                let read = read?;
                let bytes = from_client.get(..read).unwrap_or_default();
                lock(seen).sent.extend_from_slice(bytes);
                chunks += 1;
                if read == 0 {
                    return Ok(());
                }
                if chunks == last {
                    return happen(client, trouble).await;
                }
                server.write_all(bytes).await?;
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
