//! Order-mail proof: a test mail from the account to itself, in its own charset, and the wait until
//! it is in the mailbox; or, where nothing may be sent, a look at what came in last. Reception is
//! read only: nothing is deleted and nothing is marked as read. Which account, which servers and
//! which words: the façade's matter (`ninka::proof`).

mod imap;
mod pop3;
mod read;
mod send;
#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::account::MailAddress;
use crate::charset::PreparedMail;
use crate::check::{Around, Fault, Places, Plan, SignedIn, Target, sign_in};
use crate::cloud::MailProtocol;
use crate::diagnosis::{Evidence, FailureKind};
use crate::tls::Trust;
use crate::view::ProofEvent;

pub(crate) use read::ReadMail;

/// How long a test mail is waited for. Submission queues of the large providers take seconds; what
/// takes longer than this is worth knowing, whatever comes of it.
const PATIENCE: Duration = Duration::from_secs(120);
/// The pauses between two looks grow by half from the first to the last: a mail is there at once or
/// late, and providers count sign-ins.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(12));
/// A command that lists or fetches.
const COMMAND: Duration = Duration::from_secs(30);
/// The most of a mail that is read: the test mail has less than 4 KiB, headers have some 10.
const MAIL_MAX: usize = 96 * 1024;
/// How many of the newest mails are shown.
const NEWEST: u32 = 10;

/// What a proof needs of the world.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) trust: &'a Trust,
    pub(crate) around: &'a Around,
    /// Shared with the checks: a mailbox has one session at a time, a server so many.
    pub(crate) places: &'a Places,
    pub(crate) cancel: &'a CancellationToken,
    pub(crate) progress: &'a (dyn Fn(ProofEvent) + Send + Sync),
}

/// The test mail. It has one address, so there is nobody else it could go to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TestMail<'a> {
    /// Who sends it and gets it.
    pub(crate) address: &'a MailAddress,
    /// What it is known by again, whatever happens to its Message-ID: letters and digits, in the
    /// Message-ID and in the subject.
    pub(crate) token: &'a str,
    /// When it was written.
    pub(crate) at: Timestamp,
    /// Subject and body, prepared for the account's charset.
    pub(crate) mail: &'a PreparedMail,
}

/// How a proof ended.
#[derive(Debug)]
pub(crate) enum Ended {
    /// It is in the mailbox.
    Arrived {
        /// From handing it over to finding it.
        took: Duration,
        /// As it lies there.
        mail: ReadMail,
    },
    /// The server took it, and it was not in the mailbox in time.
    NotArrived {
        /// How long it was waited for.
        waited: Duration,
    },
    /// The server took it, and nobody may look into the mailbox.
    Sent,
}

/// Why a proof could not end.
#[derive(Debug)]
pub(crate) struct Failed {
    /// On which connection.
    pub(crate) target: Target,
    /// Whether the test mail had been handed over.
    pub(crate) sent: bool,
    /// For the diagnosis.
    pub(crate) evidence: Box<Evidence>,
}

impl Failed {
    /// Whether the user stopped it.
    pub(crate) fn cancelled(&self) -> bool {
        self.evidence.seen.failure == Some(FailureKind::Cancelled)
    }
}

/// What is known of the mailbox from the last look.
enum Known {
    Pop3(pop3::Known),
    Imap,
}

/// Sends the test mail and waits until it is in the mailbox. The mailbox is looked into first, so
/// that nothing is sent whose arrival could not be seen. Performs I/O.
///
/// # Errors
/// What a server refused, or why it could not be reached.
pub(crate) async fn prove(
    plan: &Plan,
    (sending, reception): (&Target, Option<&Target>),
    mail: TestMail<'_>,
    world: World<'_>,
) -> Result<Ended, Box<Failed>> {
    let failed = |target: &Target, sent: bool| {
        let target = target.clone();
        move |evidence| {
            Box::new(Failed {
                target,
                sent,
                evidence,
            })
        }
    };
    let mut known = match reception {
        Some(target) => {
            (world.progress)(ProofEvent::Looking);
            Some(
                before(plan, target, world)
                    .await
                    .map_err(failed(target, false))?,
            )
        }
        None => None,
    };
    (world.progress)(ProofEvent::Sending);
    hand_over(plan, sending, mail, world)
        .await
        .map_err(failed(sending, false))?;
    let since = Instant::now();
    let (Some(target), Some(known)) = (reception, known.as_mut()) else {
        return Ok(Ended::Sent);
    };
    let (mut pause, longest) = PAUSES;
    let mut looks = 0;
    loop {
        looks += 1;
        (world.progress)(ProofEvent::Waiting {
            looks,
            ms: u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
        let looked = look(plan, target, known, mail.token, world).await;
        let failure = match looked {
            Ok(Some(found)) => {
                return Ok(Ended::Arrived {
                    took: since.elapsed(),
                    mail: found,
                });
            }
            Ok(None) => None,
            // The shop's order system may hold the mailbox just now, or a server may be busy: the
            // next look tells. What is still so in the end is the answer.
            Err(evidence) => Some(failed(target, true)(evidence)),
        };
        if let Some(failed) = failure {
            if failed.cancelled() || since.elapsed() + pause > PATIENCE {
                return Err(failed);
            }
        } else if since.elapsed() + pause > PATIENCE {
            return Ok(Ended::NotArrived {
                waited: since.elapsed(),
            });
        }
        tokio::select! {
            biased;
            // The next look ends at once then, and says so.
            () = world.cancel.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 3 / 2).min(longest);
    }
}

/// The newest mails of a mailbox, the newest first. Performs I/O.
///
/// # Errors
/// What the server refused, or why it could not be reached.
pub(crate) async fn newest(
    plan: &Plan,
    target: &Target,
    world: World<'_>,
) -> Result<Vec<ReadMail>, Box<Failed>> {
    (world.progress)(ProofEvent::Looking);
    let found = on(plan, target, world, async |connection| {
        match target.protocol {
            MailProtocol::Imap => imap::newest(connection, NEWEST).await,
            MailProtocol::Pop3 | MailProtocol::Smtp => pop3::newest(connection, NEWEST).await,
        }
    });
    let mails = found.await.map_err(|evidence| {
        Box::new(Failed {
            target: target.clone(),
            sent: false,
            evidence,
        })
    })?;
    let mut mails: Vec<_> = mails.iter().map(|mail| read::read(mail)).collect();
    mails.sort_by_key(|mail| std::cmp::Reverse(mail.at));
    Ok(mails)
}

async fn before(plan: &Plan, target: &Target, world: World<'_>) -> Result<Known, Box<Evidence>> {
    on(plan, target, world, async |connection| {
        match target.protocol {
            MailProtocol::Imap => {
                imap::open(connection).await?;
                Ok(Known::Imap)
            }
            MailProtocol::Pop3 | MailProtocol::Smtp => {
                Ok(Known::Pop3(pop3::Known::of(connection).await?))
            }
        }
    })
    .await
}

async fn look(
    plan: &Plan,
    target: &Target,
    known: &mut Known,
    token: &str,
    world: World<'_>,
) -> Result<Option<ReadMail>, Box<Evidence>> {
    let found = on(plan, target, world, async |connection| match known {
        Known::Imap => imap::find(connection, token).await,
        Known::Pop3(known) => pop3::find(connection, known, token).await,
    });
    Ok(found.await?.as_deref().map(read::read))
}

async fn hand_over(
    plan: &Plan,
    target: &Target,
    mail: TestMail<'_>,
    world: World<'_>,
) -> Result<(), Box<Evidence>> {
    on(plan, target, world, async |connection| {
        send::to_self(connection, mail).await
    })
    .await
}

/// Signs in at a server, does one thing there and takes leave.
async fn on<T>(
    plan: &Plan,
    target: &Target,
    world: World<'_>,
    errand: impl AsyncFnOnce(&mut SignedIn) -> Result<T, Fault>,
) -> Result<T, Box<Evidence>> {
    let World {
        trust,
        around,
        places,
        cancel,
        ..
    } = world;
    let mut connection = sign_in(plan, target, trust, around, places, cancel).await?;
    match errand(&mut connection).await {
        Ok(done) => {
            connection
                .leave(match target.protocol {
                    MailProtocol::Imap => imap::FAREWELL,
                    MailProtocol::Pop3 | MailProtocol::Smtp => "QUIT",
                })
                .await;
            Ok(done)
        }
        Err(fault) => Err(connection.evidence(plan, target, fault)),
    }
}
