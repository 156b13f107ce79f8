//! Whether a browser on this computer can reach our port: a real request of our own, which has to
//! come back with what only our listener knows. Says by name who swallows it where it does not.

use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use oauth2::CsrfToken;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::problem::{Outcome, Problem};

/// How long the listener may take to answer. Within one computer it is a matter of milliseconds;
/// security software that looks into a connection for the first time takes its while.
pub const LOOPBACK_PATIENCE: Duration = Duration::from_secs(4);

/// Carries the proof in our listener's answer.
pub(super) const PROOF: &str = "ninka-loopback";
/// What is shown of an answer that is not ours.
const MAX_NAME: usize = 60;

/// What is asked for and what must come back: nobody else knows either.
#[derive(Debug)]
pub(super) struct SelfTest {
    /// The path that is asked for.
    pub(super) path: String,
    /// What the answer must carry.
    pub(super) proof: String,
}

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
enum Lost {
    /// Nothing came: a firewall, or security software.
    Silent,
    /// A proxy answered.
    Proxy(String),
    /// Some other program answered.
    Program(String),
}

impl SelfTest {
    /// A new one, with 16 random bytes each.
    pub(super) fn new() -> Self {
        let random = || CsrfToken::new_random_len(16).secret().clone();
        Self {
            path: format!("/{}", random()),
            proof: random(),
        }
    }

    /// Asks each address, past every proxy, as browsers do with addresses of this computer.
    ///
    /// # Errors
    /// The first that did not come back, by the name of who is in between.
    pub(super) async fn comes_back(
        &self,
        addresses: &[SocketAddr],
        patience: Duration,
    ) -> Outcome<()> {
        for address in addresses {
            // No patience at all is never enough, however fast this computer is.
            let asked = match patience {
                Duration::ZERO => Err(Lost::Silent),
                _ => tokio::time::timeout(patience, self.ask(*address))
                    .await
                    .unwrap_or(Err(Lost::Silent)),
            };
            let lost = match asked {
                Ok(()) => continue,
                Err(lost) => lost,
            };
            tracing::warn!(%address, ?lost, "the loopback port does not come back");
            let address = address.to_string();
            return Err(match lost {
                Lost::Silent => Problem::LoopbackBlocked { address },
                Lost::Proxy(by) => Problem::LoopbackProxied { address, by },
                Lost::Program(by) => Problem::LoopbackTaken { address, by },
            });
        }
        Ok(())
    }

    async fn ask(&self, address: SocketAddr) -> Result<(), Lost> {
        let silent = |_| Lost::Silent;
        let stream = TcpStream::connect(address)
            .await
            .map_err(|_| Lost::Silent)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(silent)?;
        // Ends with this function, whatever the other side does.
        let mut tasks = JoinSet::new();
        tasks.spawn(connection);
        let request = Request::get(&self.path)
            .header(header::HOST, format!("localhost:{}", address.port()))
            .body(Empty::<Bytes>::new())
            .map_err(|_| Lost::Silent)?;
        let response = sender.send_request(request).await.map_err(silent)?;
        self.judge(&response)
    }

    fn judge(&self, response: &Response<Incoming>) -> Result<(), Lost> {
        let headers = response.headers();
        if headers.get(PROOF).is_some_and(|proof| proof == &self.proof) {
            return Ok(());
        }
        let status = response.status();
        let proxy = headers.contains_key(header::VIA)
            || headers.keys().any(|name| {
                name.as_str().starts_with("proxy-") || name.as_str().starts_with("x-squid")
            })
            || status == StatusCode::PROXY_AUTHENTICATION_REQUIRED
            || status == StatusCode::BAD_GATEWAY
            || status == StatusCode::GATEWAY_TIMEOUT;
        if proxy {
            return Err(Lost::Proxy(name(
                headers,
                &[header::VIA, header::SERVER],
                status,
            )));
        }
        Err(Lost::Program(name(headers, &[header::SERVER], status)))
    }
}

/// What the other side calls itself; its status where it does not.
fn name(headers: &HeaderMap, from: &[header::HeaderName], status: StatusCode) -> String {
    let told = from
        .iter()
        .filter_map(|header| headers.get(header)?.to_str().ok())
        .find(|told| !told.trim().is_empty());
    match told {
        Some(told) => told.chars().take(MAX_NAME).collect(),
        None => format!("HTTP {}", status.as_u16()),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Somebody who answers every request the same way, or not at all.
    async fn somebody(answer: Option<&'static str>) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 1024];
                let read = stream.read(&mut asked).await;
                if let (Ok(_), Some(answer)) = (read, answer) {
                    stream.write_all(answer.as_bytes()).await.unwrap();
                } else {
                    held.push(stream);
                }
            }
        });
        address
    }

    async fn asked(address: SocketAddr) -> Problem {
        SelfTest::new()
            .comes_back(&[address], Duration::from_millis(400))
            .await
            .unwrap_err()
    }

    #[tokio::test]
    async fn who_swallows_the_request_is_named() {
        let closed = {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
            listener.local_addr().unwrap()
        };
        for silent in [closed, somebody(None).await] {
            let address = silent.to_string();
            assert_eq!(asked(silent).await, Problem::LoopbackBlocked { address });
        }
        for (answer, by) in [
            (
                "HTTP/1.1 403 Forbidden\r\nVia: 1.1 shop-proxy (squid)\r\nServer: squid\r\n\
                 Content-Length: 0\r\n\r\n",
                "1.1 shop-proxy (squid)",
            ),
            (
                "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
                "HTTP 407",
            ),
            (
                "HTTP/1.1 502 Bad\r\nServer: gate\r\nContent-Length: 0\r\n\r\n",
                "gate",
            ),
        ] {
            let proxy = somebody(Some(answer)).await;
            let (address, by) = (proxy.to_string(), by.to_owned());
            assert_eq!(asked(proxy).await, Problem::LoopbackProxied { address, by });
        }
        for (answer, by) in [
            (
                "HTTP/1.1 200 OK\r\nServer: Shop Shield 3\r\nContent-Length: 0\r\n\r\n",
                "Shop Shield 3",
            ),
            // What guesses the header still does not know what is in it.
            (
                "HTTP/1.1 204 No\r\nNinka-Loopback: guessed\r\n\r\n",
                "HTTP 204",
            ),
        ] {
            let program = somebody(Some(answer)).await;
            let (address, by) = (program.to_string(), by.to_owned());
            assert_eq!(asked(program).await, Problem::LoopbackTaken { address, by });
        }
    }
}
