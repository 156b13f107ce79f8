//! Lines over a stream, with a limit in size and a deadline. While the fault "slow" is on, every
//! answer waits.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::fault::Fault;
use crate::http::SLOWNESS;
use crate::tenant::Tenant;

/// Room for an XOAUTH2 line with a token of some 40,000 characters.
pub(crate) const LINE_LIMIT: usize = 64 * 1024;
/// A client that says nothing for as long as this has gone.
const IDLE: Duration = Duration::from_secs(10 * 60);
const WRITE: Duration = Duration::from_secs(60);

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// A line without its end.
    Line(Vec<u8>),
    /// More than the limit without an end.
    TooLong,
    /// Nothing more comes.
    End,
}

/// A connection seen as lines.
#[derive(Debug)]
pub(crate) struct Wire<S> {
    stream: S,
    /// Read but not yet used.
    waiting: Vec<u8>,
    pub(crate) tenant: Arc<Tenant>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(crate) fn new(stream: S, tenant: Arc<Tenant>) -> Self {
        Self {
            stream,
            waiting: Vec::new(),
            tenant,
        }
    }

    /// The next line.
    pub(crate) async fn line(&mut self) -> io::Result<Incoming> {
        let mut searched = 0;
        loop {
            let rest = self.waiting.get(searched..).unwrap_or_default();
            if let Some(at) = rest.iter().position(|octet| *octet == b'\n') {
                let mut line: Vec<u8> = self.waiting.drain(..=searched + at).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(Incoming::Line(line));
            }
            searched = self.waiting.len();
            if searched > LINE_LIMIT {
                return Ok(Incoming::TooLong);
            }
            if !self.more().await? {
                return Ok(Incoming::End);
            }
        }
    }

    /// The next line as text; anything else ends the session.
    pub(crate) async fn text(&mut self) -> io::Result<Option<String>> {
        match self.line().await? {
            Incoming::Line(line) => Ok(Some(String::from_utf8_lossy(&line).into_owned())),
            Incoming::TooLong => Err(io::ErrorKind::InvalidData.into()),
            Incoming::End => Ok(None),
        }
    }

    /// So many octets, whatever they are.
    pub(crate) async fn octets(&mut self, count: usize) -> io::Result<Option<Vec<u8>>> {
        while self.waiting.len() < count {
            if !self.more().await? {
                return Ok(None);
            }
        }
        Ok(Some(self.waiting.drain(..count).collect()))
    }

    async fn more(&mut self) -> io::Result<bool> {
        let mut chunk = [0_u8; 4096];
        let read = timeout(IDLE, self.stream.read(&mut chunk)).await;
        let count = read.map_err(|_| io::ErrorKind::TimedOut)??;
        self.waiting
            .extend_from_slice(chunk.get(..count).unwrap_or_default());
        Ok(count > 0)
    }

    /// Sends an answer of one or several lines; the last line's end is added.
    pub(crate) async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.send(format!("{answer}\r\n").as_bytes()).await
    }

    /// Sends octets as they are.
    pub(crate) async fn send(&mut self, octets: &[u8]) -> io::Result<()> {
        if self.tenant.faults.is(Fault::Slow) {
            tokio::time::sleep(SLOWNESS).await;
        }
        let write = async {
            self.stream.write_all(octets).await?;
            self.stream.flush().await
        };
        timeout(WRITE, write)
            .await
            .map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// Says goodbye to the stream, so that the client sees a proper end.
    pub(crate) async fn close(mut self) -> io::Result<()> {
        let ended = timeout(Duration::from_secs(5), self.stream.shutdown()).await;
        ended.map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// The bare stream for TLS. What came in before the handshake is thrown away: nobody knows
    /// who sent it.
    pub(crate) fn into_stream(self) -> S {
        self.stream
    }
}

/// What Exchange puts at the end of an SMTP answer, with a server name of the practice tenant's.
pub(crate) fn server_mark(now: Timestamp) -> String {
    let id = now.as_millisecond().unsigned_abs();
    format!(
        "[PRACTICE.JPNP000.HANA-SHOP.EXAMPLE {} {id:016X}]",
        now.strftime("%Y-%m-%dT%H:%M:%S.%3fZ")
    )
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;

    use super::*;
    use crate::texts::PracticeLanguage;

    #[tokio::test]
    async fn lines_come_whole_however_they_are_cut() {
        let tenant = Tenant::open(None, PracticeLanguage::En).unwrap();
        let (mut client, server) = duplex(64);
        let mut wire = Wire::new(server, tenant);
        let writer = tokio::spawn(async move {
            for octet in b"USER a\r\nQUIT\nrest" {
                client.write_all(&[*octet]).await.unwrap();
            }
        });
        assert_eq!(
            wire.line().await.unwrap(),
            Incoming::Line(b"USER a".to_vec())
        );
        assert_eq!(wire.line().await.unwrap(), Incoming::Line(b"QUIT".to_vec()));
        assert_eq!(wire.line().await.unwrap(), Incoming::End);
        writer.await.unwrap();
    }

    #[tokio::test]
    async fn an_endless_line_is_cut_short() {
        let tenant = Tenant::open(None, PracticeLanguage::En).unwrap();
        let (mut client, server) = duplex(4096);
        let mut wire = Wire::new(server, tenant);
        let writer =
            tokio::spawn(async move { while client.write_all(&[b'a'; 4096]).await.is_ok() {} });
        assert_eq!(wire.line().await.unwrap(), Incoming::TooLong);
        assert!(wire.waiting.len() <= LINE_LIMIT + 4096);
        drop(wire);
        writer.await.unwrap();
    }
}
