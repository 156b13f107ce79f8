//! Asks what parts causes that look alike, beside a failed check: the port's first bytes, the
//! protocol's other ports, and hosts known to work. All at once, under one deadline, and nobody
//! signs in. What is asked is chosen by `diagnosis::worth_asking`; what it means is said there too.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::connect::{connect, millis};
use super::plan::Target;
use super::session::World;
use super::stream::{Connection, FirstBytes, encrypt};
use super::whose::Whose;
use crate::account::{Host, Servers};
use crate::clock::{Clock, SystemClock};
use crate::cloud::{Cloud, MailProtocol};
use crate::diagnosis::{CertificateFault, Found, Probe, ProbeKind, Spoken};

/// All probes together; a person is waiting for the answer.
const TOGETHER: Duration = Duration::from_secs(5);
/// How long a port may be silent before it is asked by a TLS hello.
const SILENT: Duration = Duration::from_secs(2);
/// A web server's answer to HEAD.
const MAX_HEAD: usize = 8 * 1024;
/// Of a port's first line.
const MAX_TEXT: usize = 120;

/// What may be asked beside a failed check.
#[derive(Debug, Clone, Default)]
pub struct Around {
    pub(super) known: Vec<KnownHost>,
    neighbours: Vec<Neighbour>,
    pub(super) whose: Option<Whose>,
}

/// A host that works as long as this computer's way to the internet does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownHost {
    /// Its name.
    pub host: Host,
    /// Its web port.
    pub port: u16,
    /// Whether the port speaks TLS; without it only a stand-in on this computer is asked.
    pub tls: bool,
}

/// A port where a protocol usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neighbour {
    /// The protocol.
    pub protocol: MailProtocol,
    /// The port.
    pub port: u16,
    /// Whether it speaks TLS from the start.
    pub tls: bool,
}

/// The usual ports. Source: RFC 8314 3.2, 3.3 and 7, RFC 6409 3.1.
const USUAL: [(MailProtocol, u16, bool); 7] = [
    (MailProtocol::Pop3, 995, true),
    (MailProtocol::Pop3, 110, false),
    (MailProtocol::Imap, 993, true),
    (MailProtocol::Imap, 143, false),
    (MailProtocol::Smtp, 465, true),
    (MailProtocol::Smtp, 587, false),
    (MailProtocol::Smtp, 25, false),
];

impl Around {
    /// A cloud's sign-in service and mail server as the known hosts. The usual ports are the
    /// neighbours, or those of a mail server on this computer.
    #[must_use]
    pub fn of(cloud: &Cloud, servers: &Servers) -> Self {
        let mut known = Vec::new();
        if let Ok(url) = url::Url::parse(&cloud.authority())
            && let Some(host) = url.host_str().and_then(Host::new)
            && let Some(port) = url.port_or_known_default()
        {
            let tls = url.scheme() == "https";
            known.push(KnownHost { host, port, tls });
        }
        let custom = matches!(cloud, Cloud::Custom(_));
        if let Some(mail) = servers.imap.as_ref().filter(|_| !custom) {
            known.push(KnownHost {
                host: mail.host.clone(),
                port: 443,
                tls: true,
            });
        }
        let usual = USUAL.map(|(protocol, port, tls)| Neighbour {
            protocol,
            port,
            tls,
        });
        Self {
            known,
            neighbours: usual.to_vec(),
            whose: None,
        }
    }

    /// These known hosts instead.
    #[must_use]
    pub fn with_known(mut self, known: Vec<KnownHost>) -> Self {
        self.known = known;
        self
    }

    /// These neighbours instead.
    #[must_use]
    pub fn with_neighbours(mut self, neighbours: Vec<Neighbour>) -> Self {
        self.neighbours = neighbours;
        self
    }
}

impl Around {
    /// And whose the accounts are.
    #[must_use]
    pub fn with_whose(mut self, whose: Whose) -> Self {
        self.whose = Some(whose);
        self
    }
}

/// What hosts and ports answered: asked once for all accounts of a check.
#[derive(Debug, Default)]
pub(super) struct Shared {
    known: OnceCell<Vec<Probe>>,
    ports: Mutex<BTreeMap<Port, Arc<OnceCell<Probe>>>>,
}

/// What is asked at which port of which host.
type Port = (ProbeKind, String, u16);

impl Shared {
    fn port(&self, port: Port) -> Arc<OnceCell<Probe>> {
        let mut ports = self.ports.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(ports.entry(port).or_default())
    }
}

/// Asks. Performs I/O; ends within five seconds, or at once when cancelled, with what came by then.
pub(super) async fn ask(
    kinds: &[ProbeKind],
    target: &Target,
    world: World<'_>,
    shared: &Shared,
) -> Vec<Probe> {
    let deadline = Instant::now() + TOGETHER;
    let own = own_ports(kinds, target, world, deadline, shared);
    let known = async {
        let wanted = kinds.iter().any(|kind| of_known_hosts(*kind));
        if !wanted {
            return Vec::new();
        }
        let asked = world.around.known.iter();
        let probes = shared.known.get_or_init(|| async {
            let asked = asked.map(|host| known_host(host, world, deadline));
            join_all(asked).await.into_iter().flatten().collect()
        });
        let wanted = |probe: &&Probe| kinds.contains(&probe.kind);
        probes.await.iter().filter(wanted).cloned().collect()
    };
    tokio::select! {
        biased;
        () = world.cancel.cancelled() => Vec::new(),
        (mut own, known) = async { tokio::join!(own, known) } => {
            own.extend(known);
            own
        }
    }
}

const fn of_known_hosts(kind: ProbeKind) -> bool {
    match kind {
        ProbeKind::FirstBytes
        | ProbeKind::NeighbourPort
        | ProbeKind::MailHosts
        | ProbeKind::UserRealm => false,
        ProbeKind::KnownName
        | ProbeKind::KnownHost
        | ProbeKind::KnownCertificate
        | ProbeKind::ClockDifference => true,
    }
}

/// The server's own port and its neighbours.
async fn own_ports(
    kinds: &[ProbeKind],
    target: &Target,
    world: World<'_>,
    deadline: Instant,
    shared: &Shared,
) -> Vec<Probe> {
    let own = target.endpoint.port.number();
    let mut ports = Vec::new();
    if kinds.contains(&ProbeKind::FirstBytes) {
        ports.push((ProbeKind::FirstBytes, own, false));
    }
    if kinds.contains(&ProbeKind::NeighbourPort) {
        let beside = world.around.neighbours.iter();
        let beside = beside.filter(|n| n.protocol == target.protocol && n.port != own);
        ports.extend(beside.map(|n| (ProbeKind::NeighbourPort, n.port, n.tls)));
    }
    if ports.is_empty() {
        return Vec::new();
    }
    let host = target.endpoint.host.as_str();
    let addresses = OnceCell::new();
    let asked = ports.into_iter().map(async |(kind, port, tls)| {
        let ask = async || {
            let resolve = async || world.resolver.resolve(host).await;
            let found = addresses.get_or_try_init(resolve);
            let Ok(Ok(addresses)) = tokio::time::timeout_at(deadline, found).await else {
                return Err(());
            };
            let since = Instant::now();
            let found = port_speaks(host, addresses, port, tls, world, deadline).await;
            Ok(probe(kind, host, port, since, found))
        };
        let cell = shared.port((kind, host.to_owned(), port));
        cell.get_or_try_init(ask).await.ok().cloned()
    });
    join_all(asked).await.into_iter().flatten().collect()
}

fn probe(kind: ProbeKind, host: &str, port: u16, since: Instant, found: Found) -> Probe {
    Probe {
        kind,
        host: host.to_owned(),
        port,
        ms: millis(since),
        found,
    }
}

pub(super) async fn reach(
    addresses: &[IpAddr],
    port: u16,
    deadline: Instant,
) -> Result<Connection, Found> {
    let mut attempts = Vec::new();
    match connect(addresses, port, deadline, &mut attempts).await {
        Some(stream) => Ok(Box::new(stream)),
        None => {
            let refused = attempts.iter().any(|attempt| {
                let failure = attempt.failure.as_ref();
                failure.is_some_and(|failure| failure.kind == io::ErrorKind::ConnectionRefused)
            });
            Err(if refused {
                Found::Refused
            } else {
                Found::NoAnswer
            })
        }
    }
}

/// What a port says: first listening, unless it is one of TLS; then by a TLS hello.
pub(super) async fn port_speaks(
    host: &str,
    addresses: &[IpAddr],
    port: u16,
    tls: bool,
    world: World<'_>,
    deadline: Instant,
) -> Found {
    let mut connection = match reach(addresses, port, deadline).await {
        Ok(connection) => connection,
        Err(found) => return found,
    };
    if !tls {
        let mut first = [0_u8; 512];
        let silent = deadline.min(Instant::now() + SILENT);
        match tokio::time::timeout_at(silent, connection.read(&mut first)).await {
            Ok(Ok(0) | Err(_)) => return Found::Closed,
            Ok(Ok(count)) => return said(first.get(..count).unwrap_or_default()),
            Err(_silent) => {}
        }
    }
    let first = FirstBytes::default();
    let (config, recording) = world.trust.recording_config();
    let hello = tokio::time::timeout_at(deadline, encrypt(connection, config, host, &first)).await;
    if let Some(clear) = first.in_the_clear() {
        return said(&clear);
    }
    let record = !first.bytes().is_empty() || !recording.arrived().certificates.is_empty();
    match hello {
        Ok(Ok(_)) => Found::Tls,
        Ok(Err(_)) | Err(_) if record => Found::Tls,
        Ok(Err(_)) => Found::Closed,
        Err(_) => Found::Silent,
    }
}

/// The first line, of what a person can read.
fn said(bytes: &[u8]) -> Found {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().next().unwrap_or_default();
    let line = line.chars().filter(|c| !c.is_control());
    Found::Speaks {
        spoken: Spoken::of(&text),
        text: line.take(MAX_TEXT).collect(),
    }
}

/// Everything that one conversation with a known host tells.
pub(super) async fn known_host(
    known: &KnownHost,
    world: World<'_>,
    deadline: Instant,
) -> Vec<Probe> {
    let name = known.host.as_str();
    let mut probes = Vec::new();
    let since = Instant::now();
    let resolved = tokio::time::timeout_at(deadline, world.resolver.resolve(name)).await;
    let addresses = match resolved {
        Ok(Ok(addresses)) => addresses,
        Ok(Err(_)) | Err(_) => Vec::new(),
    };
    // A name that needs no name server tells nothing of them.
    if name.parse::<IpAddr>().is_err() && name != "localhost" {
        let found = if addresses.is_empty() {
            Found::NotResolved
        } else {
            Found::Resolved
        };
        probes.push(probe(ProbeKind::KnownName, name, known.port, since, found));
    }
    let since = Instant::now();
    let connection = if addresses.is_empty() {
        Err(Found::NoAnswer)
    } else {
        reach(&addresses, known.port, deadline).await
    };
    let mut connection = match connection {
        Ok(connection) => {
            let found = Found::Connected;
            probes.push(probe(ProbeKind::KnownHost, name, known.port, since, found));
            connection
        }
        Err(found) => {
            probes.push(probe(ProbeKind::KnownHost, name, known.port, since, found));
            return probes;
        }
    };
    if known.tls {
        let since = Instant::now();
        let (found, encrypted) = certificate(connection, name, world, deadline).await;
        probes.extend(
            found.map(|found| probe(ProbeKind::KnownCertificate, name, known.port, since, found)),
        );
        // Nobody who shows a bad certificate is asked for the time.
        let Some(encrypted) = encrypted else {
            return probes;
        };
        connection = encrypted;
    }
    let since = Instant::now();
    let difference = tokio::time::timeout_at(deadline, clock_ahead(&mut connection, name)).await;
    if let Ok(Ok(Some(seconds))) = difference {
        let found = Found::ClockAhead { seconds };
        probes.push(probe(
            ProbeKind::ClockDifference,
            name,
            known.port,
            since,
            found,
        ));
    }
    probes
}

pub(super) async fn certificate(
    plain: Connection,
    name: &str,
    world: World<'_>,
    deadline: Instant,
) -> (Option<Found>, Option<Connection>) {
    let (config, recording) = world.trust.recording_config();
    let first = FirstBytes::default();
    let result = tokio::time::timeout_at(deadline, encrypt(plain, config, name, &first)).await;
    let arrived = recording.arrived();
    let Some(facts) = arrived.certificates.first() else {
        return (None, None);
    };
    let issuer = facts.issuer.clone();
    match (result, arrived.fault) {
        (Ok(Ok((connection, _))), _) => (Some(Found::Trusted { issuer }), Some(connection)),
        (_, Some(fault)) => (Some(Found::Untrusted { fault, issuer }), None),
        (Ok(Err(_)), None) => {
            let fault = CertificateFault::Other;
            (Some(Found::Untrusted { fault, issuer }), None)
        }
        (Err(_), None) => (None, None),
    }
}

/// By how many seconds this computer's clock is ahead of a web server's `Date` (RFC 9110 6.6.1).
/// Certificates are judged by the computer's clock, so it is that one that counts.
async fn clock_ahead(connection: &mut Connection, host: &str) -> io::Result<Option<i64>> {
    let request = format!("HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await?;
    connection.flush().await?;
    let mut head = Vec::new();
    let mut buffer = [0_u8; 1024];
    while head.len() < MAX_HEAD && !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = connection.read(&mut buffer).await?;
        if count == 0 {
            break;
        }
        head.extend_from_slice(buffer.get(..count).unwrap_or_default());
    }
    Ok(date_in(&String::from_utf8_lossy(&head))
        .map(|theirs| SystemClock.now().duration_since(theirs).as_secs()))
}

fn date_in(head: &str) -> Option<jiff::Timestamp> {
    let (_, date) = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("date"))?;
    let date = jiff::fmt::rfc2822::parse(date.trim()).ok()?;
    Some(date.timestamp())
}
