//! Looking into a mailbox by POP3: UIDL tells what is new, TOP reads it (RFC 1939). RETR is never
//! sent, as servers mark by it; DELE never.

use std::collections::BTreeSet;

use super::{COMMAND, MAIL_MAX, read};
use crate::check::{Fault, SignedIn};
use crate::diagnosis::{FailureKind, Stage};

/// A mailbox with more mails is looked into all the same: only its newest ones are remembered.
const MOST: usize = 100_000;
/// RFC 1939, section 7: 1 to 70 characters; some servers send more.
const UID_MAX: usize = 256;
/// New mails read in one look.
const NEW_MAX: usize = 50;
/// Lines of the body that are fetched; the test mail has fewer.
const BODY_LINES: u32 = 100;

/// The mails that were there before.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeSet<Vec<u8>>);

impl Known {
    /// What is in the mailbox now.
    pub(super) async fn of(connection: &mut SignedIn) -> Result<Self, Fault> {
        let listed = uids(connection).await?;
        Ok(Self(listed.into_iter().map(|(_, uid)| uid).collect()))
    }
}

/// Looks through what is new for the mail with the token, and reads it.
pub(super) async fn find(
    connection: &mut SignedIn,
    known: &mut Known,
    token: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    let listed = uids(connection).await?;
    let new = listed.into_iter().filter(|(_, uid)| !known.0.contains(uid));
    let new: Vec<_> = new.collect();
    for (number, uid) in new.into_iter().rev().take(NEW_MAX) {
        let head = top(connection, number, 0).await?;
        if read::bears(&head, token) {
            return Ok(Some(top(connection, number, BODY_LINES).await?));
        }
        known.0.insert(uid);
    }
    Ok(None)
}

/// The heads of the newest mails.
pub(super) async fn newest(connection: &mut SignedIn, most: u32) -> Result<Vec<Vec<u8>>, Fault> {
    connection
        .send(b"STAT\r\n", Stage::Mailbox, COMMAND)
        .await?;
    let line = ok(connection).await?;
    let count = str::from_utf8(&line).ok().and_then(|text| {
        let count = text.split_ascii_whitespace().nth(1)?;
        count.parse::<u32>().ok()
    });
    let Some(count) = count else {
        return Err(connection.fault(FailureKind::Malformed, &line));
    };
    let mut heads = Vec::new();
    for number in (count.saturating_sub(most) + 1..=count).rev() {
        heads.push(top(connection, number, 0).await?);
    }
    Ok(heads)
}

/// Every mail's number and unique id, in the server's order.
async fn uids(connection: &mut SignedIn) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
    connection
        .send(b"UIDL\r\n", Stage::Mailbox, COMMAND)
        .await?;
    ok(connection).await?;
    let mut found = Vec::new();
    for _ in 0..MOST {
        let line = connection.listed().await?;
        if line == b"." {
            return Ok(found);
        }
        let entry = str::from_utf8(&line).ok().and_then(|text| {
            let (number, uid) = text.trim().split_once(' ')?;
            let uid = uid.trim().as_bytes().get(..UID_MAX.min(uid.trim().len()))?;
            Some((number.parse().ok()?, uid.to_vec()))
        });
        match entry {
            Some(entry) => found.push(entry),
            None => return Err(connection.fault(FailureKind::Malformed, &line)),
        }
    }
    let text = format!("more than {MOST} mails");
    Err(connection.fault(FailureKind::TooLong, text.as_bytes()))
}

/// A mail's header and the first lines of its body.
async fn top(connection: &mut SignedIn, number: u32, lines: u32) -> Result<Vec<u8>, Fault> {
    let command = format!("TOP {number} {lines}\r\n");
    connection
        .send(command.as_bytes(), Stage::Receive, COMMAND)
        .await?;
    ok(connection).await?;
    let mut mail = Vec::new();
    // What is over the limit is read, as the connection goes on, and dropped.
    let mut dropped = 0;
    loop {
        let line = connection.listed().await?;
        if line == b"." {
            return Ok(mail);
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if mail.len() + line.len() < MAIL_MAX {
            mail.extend_from_slice(line);
            mail.extend_from_slice(b"\r\n");
        } else {
            dropped += line.len();
        }
        if dropped > 16 * MAIL_MAX {
            let text = "the server's reply has no end";
            return Err(connection.fault(FailureKind::TooLong, text.as_bytes()));
        }
    }
}

async fn ok(connection: &mut SignedIn) -> Result<Vec<u8>, Fault> {
    let line = connection.line().await?;
    if line.starts_with(b"+OK") {
        return Ok(line);
    }
    let kind = if line.starts_with(b"-ERR") {
        FailureKind::Refused
    } else {
        FailureKind::Malformed
    };
    Err(connection.fault(kind, &line))
}
