//! From a name to a connection: the system's resolver, then IPv6 and IPv4 side by side (RFC 8305,
//! "happy eyeballs"). Every attempt's end is kept: it tells a closed port from a blocked one, and a
//! computer without IPv6 from a server without it.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::diagnosis::{ConnectAttempt, ConnectFailure};

/// RFC 8305 5: the recommended wait before the next address is tried beside the first.
const STAGGER: Duration = Duration::from_millis(250);
/// Addresses tried; Microsoft's names have eight of each family.
const MAX_ADDRESSES: usize = 16;

/// Finds a name's addresses.
pub(crate) trait Resolver: Send + Sync {
    /// The addresses of `host`, in the order they should be tried. Performs I/O.
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;
}

/// The operating system's resolver: the hosts file and the shop's own settings count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve<'a>(
        &'a self,
        host: &'a str,
    ) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move {
            if let Ok(address) = host.parse() {
                return Ok(vec![address]);
            }
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The addresses in the order of attempts: the resolver's, with the families taking turns.
pub(super) fn interleaved(addresses: &[IpAddr]) -> Vec<IpAddr> {
    let mut unique: Vec<IpAddr> = Vec::new();
    for address in addresses {
        if !unique.contains(address) {
            unique.push(*address);
        }
    }
    let first_is_v6 = unique.first().is_some_and(IpAddr::is_ipv6);
    let (mut first, mut second): (VecDeque<_>, VecDeque<_>) = unique
        .into_iter()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let mut order = Vec::new();
    while !(first.is_empty() && second.is_empty()) && order.len() < MAX_ADDRESSES {
        order.extend(first.pop_front());
        order.extend(second.pop_front());
    }
    order
}

/// Connects to the first address that answers. Every attempt goes to `attempts` in the order they
/// ended; those still open when another answered, or at `deadline`, are there as timed out.
/// Performs I/O.
pub(super) async fn connect(
    addresses: &[IpAddr],
    port: u16,
    deadline: Instant,
    attempts: &mut Vec<ConnectAttempt>,
) -> Option<TcpStream> {
    let started = Instant::now();
    let mut waiting: VecDeque<SocketAddr> = interleaved(addresses)
        .into_iter()
        .map(|address| SocketAddr::new(address, port))
        .collect();
    let mut open: Vec<(SocketAddr, Instant)> = Vec::new();
    let mut running = FuturesUnordered::new();
    let mut next_at = started;
    loop {
        let may_start = !waiting.is_empty();
        if running.is_empty() && !may_start {
            return None;
        }
        tokio::select! {
            biased;
            () = tokio::time::sleep_until(deadline) => {
                attempts.extend(open.into_iter().map(|(address, since)| unanswered(address, since)));
                return None;
            }
            Some((address, since, result)) = running.next(), if !running.is_empty() => {
                open.retain(|(other, _)| *other != address);
                let result: io::Result<TcpStream> = result;
                let failure = result.as_ref().err().map(|error| ConnectFailure {
                    kind: error.kind(),
                    text: error.to_string(),
                });
                let attempt = ConnectAttempt { address, ms: millis(since), failure };
                if let Ok(stream) = result {
                    let open = open.into_iter();
                    attempts.extend(open.map(|(address, since)| unanswered(address, since)));
                    attempts.push(attempt);
                    // Without it a two-line sign-in waits for a delayed acknowledgement.
                    stream.set_nodelay(true).ok();
                    return Some(stream);
                }
                attempts.push(attempt);
                // Nobody waits for an address that has failed already.
                next_at = Instant::now();
            }
            () = tokio::time::sleep_until(next_at), if may_start => {
                if let Some(address) = waiting.pop_front() {
                    let since = Instant::now();
                    open.push((address, since));
                    running.push(async move { (address, since, TcpStream::connect(address).await) });
                    next_at = since + STAGGER;
                }
            }
        }
    }
}

fn unanswered(address: SocketAddr, since: Instant) -> ConnectAttempt {
    ConnectAttempt {
        address,
        ms: millis(since),
        failure: Some(ConnectFailure {
            kind: io::ErrorKind::TimedOut,
            text: "connection timed out".to_owned(),
        }),
    }
}

/// Milliseconds since a moment.
pub(super) fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// What is shown of attempts that all failed.
pub(super) fn described(attempts: &[ConnectAttempt]) -> String {
    let line = |attempt: &ConnectAttempt| {
        let failure = attempt.failure.as_ref()?;
        let text = worded(failure.kind, &failure.text);
        Some(format!("{}: {text}", attempt.address))
    };
    let lines: Vec<String> = attempts.iter().filter_map(line).collect();
    lines.join("\n")
}

/// A system's text follows its language: the kind of the error goes before it, unless it says so
/// itself or has no kind worth naming.
pub(super) fn worded(kind: io::ErrorKind, text: &str) -> String {
    let name = kind.to_string();
    let nameless = matches!(kind, io::ErrorKind::Other | io::ErrorKind::InvalidData)
        || name.starts_with("uncategorized");
    if nameless || text.to_ascii_lowercase().contains(&name) {
        text.to_owned()
    } else {
        format!("{name}: {text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(list: &[&str]) -> Vec<IpAddr> {
        list.iter().map(|a| a.parse().unwrap()).collect()
    }

    #[test]
    fn families_take_turns_and_nothing_is_tried_twice() {
        let found = addresses(&["::1", "::2", "::2", "127.0.0.1", "::3", "127.0.0.2"]);
        let order = addresses(&["::1", "127.0.0.1", "::2", "127.0.0.2", "::3"]);
        assert_eq!(interleaved(&found), order);
        assert!(interleaved(&[]).is_empty());
    }

    #[tokio::test]
    async fn a_dead_address_does_not_hold_up_a_living_one() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        // 192.0.2.0/24 is kept for documentation (RFC 5737): nobody answers, or nobody can be
        // reached; either way the other address must win.
        let found = addresses(&["192.0.2.1", "127.0.0.1"]);
        let mut attempts = Vec::new();
        let deadline = Instant::now() + Duration::from_secs(5);
        let stream = connect(&found, port, deadline, &mut attempts)
            .await
            .unwrap();
        assert_eq!(
            stream.peer_addr().unwrap().to_string(),
            format!("127.0.0.1:{port}")
        );
        assert!(attempts.last().unwrap().failure.is_none());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_silent_address_costs_the_stagger_and_no_more() {
        let living = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = living.local_addr().unwrap().port();
        let dead = format!("127.0.0.2:{port}").parse().unwrap();
        let _dead = super::super::tests::dead_port(dead).await;

        let found = addresses(&["127.0.0.2", "127.0.0.1"]);
        let mut attempts = Vec::new();
        let begun = Instant::now();
        let deadline = begun + Duration::from_secs(10);
        let stream = connect(&found, port, deadline, &mut attempts).await;
        let took = begun.elapsed();
        assert_eq!(stream.unwrap().peer_addr().unwrap().ip(), found[1]);
        assert!(took >= STAGGER && took < 4 * STAGGER, "{took:?}");
        let failures = attempts.iter().map(|attempt| {
            let kind = attempt.failure.as_ref().map(|failure| failure.kind);
            (attempt.address.ip(), kind)
        });
        let failures: Vec<_> = failures.collect();
        assert_eq!(
            failures,
            [(found[0], Some(io::ErrorKind::TimedOut)), (found[1], None)]
        );
    }

    #[tokio::test]
    async fn every_failure_is_kept() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut attempts = Vec::new();
        let deadline = Instant::now() + Duration::from_secs(10);
        let stream = connect(&addresses(&["127.0.0.1"]), port, deadline, &mut attempts).await;
        assert!(stream.is_none());
        let failure = attempts[0].failure.as_ref().unwrap();
        assert_eq!(failure.kind, io::ErrorKind::ConnectionRefused);
        assert!(
            described(&attempts).contains("onnection refused"),
            "{attempts:?}"
        );
    }
}
