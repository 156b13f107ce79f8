//! Runs one protocol's machine over a connection: resolves, connects, encrypts, reads and writes,
//! each step under its deadline and the cancel token, and tells the track as it goes.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connect::{Resolver, connect, described, worded};
use super::deadlines::Deadlines;
use super::machine::{Action, Fault, Machine, stage};
use super::plan::{SignInWith, Target};
use super::probe::Around;
use super::signed_in::SignedIn;
use super::stream::{Connection, FirstBytes, encrypt};
use super::track::Track;
use crate::account::TlsMode;
use crate::diagnosis::{CertificateFault, FailureKind, Seen, Stage};
use crate::tls::Trust;
use crate::view::StepName;

/// One read's buffer; with it and the machine's line limit, memory is bounded.
const READ: usize = 4 * 1024;
/// How long a connection is kept open for the server's answer to the farewell, after the outcome.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long a silent port is given to answer a TLS hello.
const HELLO: Duration = Duration::from_secs(3);

/// What a check needs of the world.
#[derive(Clone, Copy)]
pub(super) struct World<'a> {
    pub(super) trust: &'a Trust,
    pub(super) resolver: &'a dyn Resolver,
    pub(super) deadlines: Deadlines,
    pub(super) cancel: &'a CancellationToken,
    /// What may be asked beside a failed check.
    pub(super) around: &'a Around,
}

/// What came of a session.
pub(super) struct Ended {
    pub(super) seen: Seen,
    pub(super) messages: Option<u64>,
    pub(super) fault: Option<Fault>,
    /// Goes on until the server has answered the farewell and the session is over.
    pub(super) farewell: Option<JoinHandle<()>>,
}

/// Checks one protocol at one server. Performs I/O.
pub(super) async fn check(
    target: &Target,
    sign_in: &SignInWith,
    world: World<'_>,
    track: &mut Track<'_>,
) -> Ended {
    let mut session = Session::new(target, world);
    let mut machine = Machine::new(target, sign_in);
    let result = session.run(&mut machine, track).await;
    track.end(result.is_ok());
    let farewell = session.farewell.take();
    let seen = session.seen(machine, result.as_ref().err());
    let (messages, fault) = match result {
        Ok(Went { messages, .. }) => (messages, None),
        Err(fault) => (None, Some(fault)),
    };
    Ended {
        seen,
        messages,
        fault,
        farewell,
    }
}

/// Signs in and hands the open connection over. Performs I/O.
pub(super) async fn sign_in(
    target: &Target,
    sign_in: &SignInWith,
    world: World<'_>,
    track: &mut Track<'_>,
) -> Result<SignedIn, Box<(Fault, Seen)>> {
    let mut session = Session::new(target, world);
    let mut machine = Machine::to_sign_in(target, sign_in);
    let mut result = session.run(&mut machine, track).await;
    let open = match &mut result {
        Ok(went) => went.open.take(),
        Err(_) => None,
    };
    let (lines, scrub) = machine.take_over();
    let fault = match (result, open) {
        (Ok(_), Some(connection)) => {
            let seen = session.seen(machine, None);
            let cancel = world.cancel.clone();
            return Ok(SignedIn::new(connection, (lines, scrub), seen, cancel));
        }
        (Err(fault), _) => fault,
        (Ok(_), None) => machine.broken(FailureKind::Malformed, "the dialogue ended early"),
    };
    let seen = session.seen(machine, Some(&fault));
    Err(Box::new((fault, seen)))
}

/// What went well.
struct Went {
    messages: Option<u64>,
    /// The connection, where the dialogue ended with the sign-in.
    open: Option<Connection>,
}

struct Session<'a> {
    target: &'a Target,
    world: World<'a>,
    /// The present step's.
    deadline: Instant,
    seen: Seen,
    farewell: Option<JoinHandle<()>>,
}

/// Why a wait ended without a result.
enum Stopped {
    TimedOut,
    Cancelled,
}

impl<'a> Session<'a> {
    fn new(target: &'a Target, world: World<'a>) -> Self {
        Self {
            target,
            world,
            deadline: Instant::now(),
            seen: Seen::default(),
            farewell: None,
        }
    }

    /// What was seen on the way, from the connection up.
    fn seen(self, machine: Machine, fault: Option<&Fault>) -> Seen {
        let Self {
            target,
            seen: below,
            ..
        } = self;
        let mut seen = machine.into_seen();
        seen.host = target.endpoint.host.as_str().to_owned();
        seen.protocol = Some(target.protocol);
        seen.port = target.endpoint.port.number();
        seen.tls = Some(target.endpoint.tls);
        seen.addresses = below.addresses;
        seen.connects = below.connects;
        seen.certificates = below.certificates;
        seen.tls_version = below.tls_version;
        seen.cleartext = below.cleartext.or(seen.cleartext);
        seen.failure = fault.map(|fault| fault.kind);
        seen
    }

    async fn run(&mut self, machine: &mut Machine, track: &mut Track<'_>) -> Result<Went, Fault> {
        self.begin(StepName::Resolve, track);
        self.resolve().await?;
        self.begin(StepName::Connect, track);
        let mut connection = self.connect().await?;
        if self.target.endpoint.tls == TlsMode::Implicit {
            self.begin(StepName::Tls, track);
            connection = self.encrypt(connection, machine).await?;
        }
        let mut buffer = [0_u8; READ];
        let mut step = StepName::Greeting;
        loop {
            match machine.poll() {
                Action::Begin(next) => {
                    step = next;
                    self.begin(step, track);
                }
                Action::Send(line) => {
                    let written = async {
                        connection.write_all(line.expose().as_bytes()).await?;
                        connection.flush().await
                    };
                    match self.within(written).await {
                        Ok(Ok(())) => {}
                        // Whatever the server said before it closed says more than the pipe.
                        Ok(Err(error)) => {
                            tracing::debug!(%error, "writing failed");
                        }
                        Err(stopped) => return Err(self.stopped(step, &stopped, machine)),
                    }
                }
                Action::StartTls => {
                    connection = self.encrypt(connection, machine).await?;
                    machine.encrypted();
                }
                Action::Read => match self.within(connection.read(&mut buffer)).await {
                    Ok(Ok(0)) => return Err(machine.broken(FailureKind::Closed, CLOSED)),
                    Ok(Ok(count)) => machine.push(buffer.get(..count).unwrap_or_default()),
                    Ok(Err(error)) => {
                        return Err(machine.broken(FailureKind::Closed, &ended(&error)));
                    }
                    Err(Stopped::TimedOut) if machine.heard_nothing() => {
                        return Err(self.silence(connection, machine).await);
                    }
                    Err(stopped) => return Err(self.stopped(step, &stopped, machine)),
                },
                Action::Done { messages } => {
                    self.farewell = Some(tokio::spawn(farewell(connection)));
                    return Ok(Went {
                        messages,
                        open: None,
                    });
                }
                Action::SignedIn => {
                    return Ok(Went {
                        messages: None,
                        open: Some(connection),
                    });
                }
                Action::Fail(fault) => return Err(fault),
            }
        }
    }

    fn begin(&mut self, step: StepName, track: &mut Track<'_>) {
        self.deadline = Instant::now() + self.world.deadlines.of(step);
        track.begin(step);
    }

    async fn within<F: Future>(&self, work: F) -> Result<F::Output, Stopped> {
        tokio::select! {
            biased;
            () = self.world.cancel.cancelled() => Err(Stopped::Cancelled),
            done = tokio::time::timeout_at(self.deadline, work) => {
                done.map_err(|_elapsed| Stopped::TimedOut)
            }
        }
    }

    fn stopped(&self, step: StepName, stopped: &Stopped, machine: &Machine) -> Fault {
        match stopped {
            Stopped::Cancelled => machine.broken(FailureKind::Cancelled, "cancelled"),
            Stopped::TimedOut => {
                let seconds = self.world.deadlines.of(step).as_secs_f32();
                let text = format!("no answer within {seconds} s");
                machine.broken(FailureKind::TimedOut, &text)
            }
        }
    }

    async fn resolve(&mut self) -> Result<(), Fault> {
        let host = self.target.endpoint.host.as_str();
        let found = self.within(self.world.resolver.resolve(host)).await;
        let fault = |kind, raw| Fault {
            stage: Stage::Dns,
            kind,
            raw,
        };
        let failed = |text: &str| {
            let raw = format!("could not resolve {host}: {text}");
            Err(fault(FailureKind::NameNotResolved, raw))
        };
        match found {
            Ok(Ok(addresses)) if addresses.is_empty() => failed("no address"),
            Ok(Ok(addresses)) => {
                self.seen.addresses = addresses;
                Ok(())
            }
            Ok(Err(error)) => failed(&worded(error.kind(), &error.to_string())),
            Err(Stopped::TimedOut) => {
                let raw = format!("could not resolve {host}: the name servers do not answer");
                Err(fault(FailureKind::TimedOut, raw))
            }
            Err(Stopped::Cancelled) => Err(fault(FailureKind::Cancelled, "cancelled".to_owned())),
        }
    }

    async fn connect(&mut self) -> Result<Connection, Fault> {
        let mut attempts = Vec::new();
        let port = self.target.endpoint.port.number();
        let connected = tokio::select! {
            biased;
            () = self.world.cancel.cancelled() => Err(FailureKind::Cancelled),
            stream = connect(&self.seen.addresses, port, self.deadline, &mut attempts) => {
                stream.ok_or(FailureKind::NotConnected)
            }
        };
        self.seen.connects = attempts;
        match connected {
            Ok(stream) => Ok(Box::new(stream)),
            Err(kind) => Err(Fault {
                stage: Stage::Tcp,
                kind,
                raw: if kind == FailureKind::Cancelled {
                    "cancelled".to_owned()
                } else {
                    described(&self.seen.connects)
                },
            }),
        }
    }

    async fn encrypt(&mut self, plain: Connection, machine: &Machine) -> Result<Connection, Fault> {
        let first = FirstBytes::default();
        let (config, recording) = self.world.trust.recording_config();
        let host = self.target.endpoint.host.as_str();
        let result = self.within(encrypt(plain, config, host, &first)).await;
        let arrived = recording.arrived();
        self.seen.certificates = arrived.certificates;
        let (kind, raw) = match result {
            Ok(Ok((connection, version))) => {
                self.seen.tls_version = version;
                return Ok(connection);
            }
            Ok(Err(error)) => (
                handshake_fault(&error, arrived.fault),
                worded(error.kind(), &error.to_string()),
            ),
            Err(Stopped::Cancelled) => (FailureKind::Cancelled, "cancelled".to_owned()),
            Err(Stopped::TimedOut) => {
                let seconds = self.world.deadlines.tls.as_secs_f32();
                let text = format!("no answer to the TLS hello within {seconds} s");
                (FailureKind::TimedOut, text)
            }
        };
        let clear = first.in_the_clear();
        let kind = match (&clear, kind) {
            (Some(_), FailureKind::Handshake | FailureKind::Closed | FailureKind::TimedOut) => {
                FailureKind::PlainOnTls
            }
            (_, kind) => kind,
        };
        if let Some(clear) = clear {
            let text = machine.broken(kind, &String::from_utf8_lossy(&clear)).raw;
            self.seen.cleartext = Some(text);
        }
        let raw = machine.broken(kind, &raw).raw;
        Err(Fault {
            stage: stage(StepName::Tls),
            kind,
            raw,
        })
    }

    /// A port that said nothing: a TLS server waits for the client to begin. It is asked so, on
    /// the same connection, and whatever it answers under TLS decides.
    async fn silence(&mut self, connection: Connection, machine: &Machine) -> Fault {
        let waited = self.world.deadlines.greeting.as_secs_f32();
        self.deadline = Instant::now() + self.world.deadlines.tls.min(HELLO);
        let first = FirstBytes::default();
        let (config, recording) = self.world.trust.recording_config();
        let host = self.target.endpoint.host.as_str();
        let hello = self.within(encrypt(connection, config, host, &first)).await;
        let arrived = recording.arrived();
        let speaks_tls = matches!(hello, Ok(Ok(_)))
            || !arrived.certificates.is_empty()
            || matches!(first.bytes().as_slice(), [0x15 | 0x16, 3, ..]);
        self.seen.certificates = arrived.certificates;
        let (kind, text) = if speaks_tls {
            let text = format!("no greeting within {waited} s; the port speaks TLS");
            (FailureKind::TlsOnPlain, text)
        } else {
            let text = format!("no greeting within {waited} s");
            (FailureKind::TimedOut, text)
        };
        machine.broken(kind, &text)
    }
}

pub(super) const CLOSED: &str = "the server closed the connection";

/// How a connection ended, in words. A TLS library calls it an error when the end was not announced
/// (RFC 8446 6.1); servers that die or hurry do not announce it.
pub(super) fn ended(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        CLOSED.to_owned()
    } else {
        worded(error.kind(), &error.to_string())
    }
}

/// Waits a little for the answer to QUIT, so that the server does not see a torn connection.
pub(super) async fn farewell(mut connection: Connection) {
    let mut rest = [0_u8; 256];
    let end = async {
        while connection
            .read(&mut rest)
            .await
            .is_ok_and(|count| count > 0)
        {}
        connection.shutdown().await
    };
    if tokio::time::timeout(FAREWELL, end).await.is_err() {
        tracing::debug!("the server did not answer the farewell");
    }
}

fn handshake_fault(error: &io::Error, certificate: Option<CertificateFault>) -> FailureKind {
    if let Some(fault) = certificate {
        return FailureKind::Certificate(fault);
    }
    let closed = matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    );
    if closed {
        FailureKind::Closed
    } else {
        FailureKind::Handshake
    }
}
