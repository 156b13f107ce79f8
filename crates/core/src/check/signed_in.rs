//! An open connection after the sign-in, for what is no check: handing over a test mail and looking
//! at what is in the mailbox (`proof`). Lines and literals come in bounded, each command has its
//! deadline, and a failure becomes the same evidence as one of a check.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connect::SystemResolver;
use super::deadlines::Deadlines;
use super::imap::literal;
use super::lines::Lines;
use super::machine::Fault;
use super::patience;
use super::places::{Place, Places};
use super::plan::{Plan, Target};
use super::probe::Around;
use super::run::evidence;
use super::scrub::Scrub;
use super::session::{self, CLOSED, World, ended, farewell};
use super::stream::Connection;
use super::track::Track;
use crate::diagnosis::{Evidence, FailureKind, Seen, Stage};
use crate::tls::Trust;

/// One read's buffer.
const READ: usize = 8 * 1024;

/// A connection that a server has let us in on.
pub(crate) struct SignedIn {
    connection: Connection,
    lines: Lines,
    scrub: Scrub,
    seen: Seen,
    cancel: CancellationToken,
    stage: Stage,
    deadline: Instant,
    /// Ours as long as the server may see the session.
    place: Option<Place>,
}

/// An IMAP response, whole.
#[derive(Debug, Default)]
pub(crate) struct Response {
    /// Its lines without the literals.
    pub(crate) text: Vec<u8>,
    /// The literals in it, in order.
    pub(crate) literals: Vec<Vec<u8>>,
}

/// Connects to the one server of a plan and signs in there, once there is a place at it. Performs
/// I/O.
///
/// # Errors
/// What went wrong, ready for the diagnosis.
pub(crate) async fn sign_in(
    plan: &Plan,
    target: &Target,
    trust: &Trust,
    around: &Around,
    places: &Places,
    cancel: &CancellationToken,
) -> Result<SignedIn, Box<Evidence>> {
    // Without a place it was cancelled, which the session finds at its first wait.
    let place = places.enter(target, &plan.sign_in, cancel).await;
    let world = World {
        trust,
        resolver: &SystemResolver,
        deadlines: Deadlines::default(),
        cancel,
        around,
    };
    let unseen = |_| {};
    let mut track = Track::start(plan.account, target, &unseen);
    match session::sign_in(target, &plan.sign_in, world, &mut track).await {
        Ok(mut connection) => {
            connection.place = place;
            Ok(connection)
        }
        Err(failed) => {
            let (fault, seen) = *failed;
            let evidence = Box::new(evidence(plan, target, fault, seen));
            heed(place.as_ref(), &evidence);
            Err(evidence)
        }
    }
}

/// A server that asks for patience gets fewer connections from now on, by whoever they are.
fn heed(place: Option<&Place>, evidence: &Evidence) {
    if let (Some(place), Some(patience)) = (place, patience::asked(evidence)) {
        let usual = Deadlines::default().again;
        place.asked_for_patience(patience.told.unwrap_or(usual).min(usual));
    }
}

impl SignedIn {
    pub(super) fn new(
        connection: Connection,
        (lines, scrub): (Lines, Scrub),
        seen: Seen,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            connection,
            lines,
            scrub,
            seen,
            cancel,
            stage: Stage::Mailbox,
            deadline: Instant::now(),
            place: None,
        }
    }

    /// Sends a command, or a mail, which has to be answered within `wait`; a failure from here on
    /// belongs to `stage`.
    ///
    /// # Errors
    /// The connection broke, or it was cancelled.
    pub(crate) async fn send(
        &mut self,
        octets: &[u8],
        stage: Stage,
        wait: Duration,
    ) -> Result<(), Fault> {
        self.stage = stage;
        self.deadline = Instant::now() + wait;
        self.lines.new_reply();
        let Self {
            connection,
            cancel,
            deadline,
            ..
        } = self;
        let written = async {
            connection.write_all(octets).await?;
            connection.flush().await
        };
        let written = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(self.cancelled()),
            written = tokio::time::timeout_at(*deadline, written) => written,
        };
        match written {
            Ok(Ok(())) => Ok(()),
            // What the server said before it closed says more than the pipe: it is read next.
            Ok(Err(error)) => {
                tracing::debug!(%error, "writing failed");
                Ok(())
            }
            Err(_elapsed) => Err(self.fault(FailureKind::TimedOut, b"the server takes nothing in")),
        }
    }

    /// The next line, without its end.
    ///
    /// # Errors
    /// The connection broke, the line is too long, the time is up, or it was cancelled.
    pub(crate) async fn line(&mut self) -> Result<Vec<u8>, Fault> {
        loop {
            match self.lines.next() {
                Ok(Some(line)) => return Ok(line),
                Ok(None) => self.read().await?,
                Err(too_long) => {
                    let text = format!("the server's reply is longer than {} bytes", too_long.0);
                    return Err(self.fault(FailureKind::TooLong, text.as_bytes()));
                }
            }
        }
    }

    /// One line of a listing whose number of lines is bounded by the caller.
    ///
    /// # Errors
    /// As [`line`](Self::line).
    pub(crate) async fn listed(&mut self) -> Result<Vec<u8>, Fault> {
        self.lines.new_reply();
        self.line().await
    }

    /// A whole IMAP response whose literals have `most` bytes together.
    ///
    /// # Errors
    /// As [`line`](Self::line).
    pub(crate) async fn response(&mut self, most: usize) -> Result<Response, Fault> {
        let mut response = Response::default();
        let mut room = most;
        loop {
            let line = self.listed().await?;
            response.text.extend_from_slice(&line);
            let Some(length) = literal(&line) else {
                return Ok(response);
            };
            if length > room {
                let text = format!("the server's reply is longer than {most} bytes");
                return Err(self.fault(FailureKind::TooLong, text.as_bytes()));
            }
            room -= length;
            let octets = loop {
                match self.lines.take(length) {
                    Some(octets) => break octets,
                    None => self.read().await?,
                }
            };
            response.literals.push(octets);
        }
    }

    /// A failure in the present stage, with what the server said.
    pub(crate) fn fault(&self, kind: FailureKind, text: &[u8]) -> Fault {
        Fault {
            stage: self.stage,
            kind,
            raw: self.scrub.text(text),
        }
    }

    /// What the diagnosis needs of a failure on this connection.
    pub(crate) fn evidence(&self, plan: &Plan, target: &Target, fault: Fault) -> Box<Evidence> {
        let mut seen = self.seen.clone();
        seen.failure = Some(fault.kind);
        let evidence = Box::new(evidence(plan, target, fault, seen));
        heed(self.place.as_ref(), &evidence);
        evidence
    }

    /// Takes leave; nobody waits for the answer.
    pub(crate) async fn leave(mut self, farewell_line: &str) {
        let line = format!("{farewell_line}\r\n");
        let sent = self
            .send(line.as_bytes(), self.stage, Duration::from_secs(2))
            .await;
        let Self {
            connection, place, ..
        } = self;
        if let Some(place) = &place {
            place.went_well();
        }
        if sent.is_ok() {
            tokio::spawn(async move {
                farewell(connection).await;
                // The next one must not meet a session that is still there.
                drop(place);
            });
        }
    }

    async fn read(&mut self) -> Result<(), Fault> {
        let mut buffer = [0_u8; READ];
        let read = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(self.cancelled()),
            read = tokio::time::timeout_at(self.deadline, self.connection.read(&mut buffer)) => read,
        };
        match read {
            Ok(Ok(0)) => Err(self.fault(FailureKind::Closed, CLOSED.as_bytes())),
            Ok(Ok(count)) => {
                self.lines.push(buffer.get(..count).unwrap_or_default());
                Ok(())
            }
            Ok(Err(error)) => Err(self.fault(FailureKind::Closed, ended(&error).as_bytes())),
            Err(_elapsed) => Err(self.fault(FailureKind::TimedOut, b"no answer in time")),
        }
    }

    fn cancelled(&self) -> Fault {
        self.fault(FailureKind::Cancelled, b"cancelled")
    }
}
