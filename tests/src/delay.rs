//! A long way to a server near by: every byte takes its time, in each direction the same, and the
//! client's turns are counted: a turn is what it says without having heard anything in between, so
//! that the turns are the round trips.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::wait;

/// A running way; ends on drop.
#[derive(Debug)]
pub struct LongWay {
    port: u16,
    counted: Arc<Counted>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Counted {
    turns: AtomicUsize,
    open: AtomicUsize,
    /// Whether the server was heard since the client spoke last.
    heard: AtomicBool,
}

impl LongWay {
    /// Leads to a port of this computer, `each` way so long.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn to(server: u16, each: Duration) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let counted = Arc::<Counted>::default();
        let record = Arc::clone(&counted);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let record = Arc::clone(&record);
                record.open.fetch_add(1, Ordering::SeqCst);
                // Nothing was said yet: the first turn is the client's, whoever speaks first.
                record.heard.store(true, Ordering::SeqCst);
                tokio::spawn(async move {
                    let _ended = lead(client, server, each, &record).await;
                    record.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(Self {
            port,
            counted,
            task,
        })
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The client's turns since the last time, once every connection has ended.
    ///
    /// # Errors
    /// When one does not end.
    pub async fn turns(&self) -> Result<usize> {
        let over = async {
            while self.counted.open.load(Ordering::SeqCst) > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(wait::PATIENCE, over).await?;
        Ok(self.counted.turns.swap(0, Ordering::SeqCst))
    }
}

impl Drop for LongWay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn lead(client: TcpStream, server: u16, each: Duration, counted: &Counted) -> Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server)).await?;
    for stream in [&client, &server] {
        stream.set_nodelay(true)?;
    }
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let said = || {
        if counted.heard.swap(false, Ordering::SeqCst) {
            counted.turns.fetch_add(1, Ordering::SeqCst);
        }
    };
    // Counted where the client is: what it hears, it has heard when it is written to it.
    let heard = || counted.heard.store(true, Ordering::SeqCst);
    tokio::join!(
        carry(from_client, to_server, each, said, || ()),
        carry(from_server, to_client, each, || (), heard),
    );
    Ok(())
}

/// Carries bytes over, each chunk as late as the way is long.
async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    each: Duration,
    read: impl Fn(),
    written: impl Fn(),
) {
    let (send, mut waiting) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let reading = async move {
        let mut chunk = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut chunk).await {
            read();
            let bytes = chunk.get(..count).unwrap_or_default().to_vec();
            if send.send((Instant::now() + each, bytes)).is_err() {
                break;
            }
        }
    };
    let writing = async move {
        while let Some((at, bytes)) = waiting.recv().await {
            tokio::time::sleep_until(at).await;
            // Before the write: the answer may come faster than this task goes on.
            written();
            if to.write_all(&bytes).await.is_err() {
                break;
            }
        }
        let _closed = to.shutdown().await;
    };
    tokio::join!(reading, writing);
}
