//! Looking into a mailbox by IMAP: EXAMINE opens it read-only, and BODY.PEEK reads without marking
//! (RFC 9051, 6.3.3 and 6.4.5). SELECT and STORE are never sent.

use super::{COMMAND, MAIL_MAX, read};
use crate::check::{Fault, Response, SignedIn};
use crate::diagnosis::{FailureKind, Stage};

/// The command that ends the session.
pub(super) const FAREWELL: &str = "p9 LOGOUT";
/// How many of the newest mails a test mail is looked for among: the shop gets others meanwhile.
const AMONG: u32 = 50;
/// Untagged responses taken in for one command; a server may tell of flags in between.
const RESPONSES: usize = 1_000;
/// What tells the test mail from others. Exchange may give a mail another Message-ID and keep the
/// first one in a field of its own.
const TELLING: &str =
    "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-MICROSOFT-ORIGINAL-MESSAGE-ID SUBJECT)]";

/// Opens the inbox read-only; answers how many mails are in it.
pub(super) async fn open(connection: &mut SignedIn) -> Result<u32, Fault> {
    let responses = ask(connection, "EXAMINE INBOX", Stage::Mailbox).await?;
    let exists = responses.iter().find_map(|response| {
        let text = str::from_utf8(&response.text).ok()?;
        let mut words = text.strip_prefix("* ")?.split_ascii_whitespace();
        let count = words.next()?.parse().ok()?;
        words
            .next()?
            .eq_ignore_ascii_case("EXISTS")
            .then_some(count)
    });
    exists.ok_or_else(|| connection.fault(FailureKind::Malformed, b"no EXISTS"))
}

/// Looks among the newest mails for the one with the token, and reads it.
pub(super) async fn find(connection: &mut SignedIn, token: &str) -> Result<Option<Vec<u8>>, Fault> {
    let count = open(connection).await?;
    if count == 0 {
        return Ok(None);
    }
    let first = count.saturating_sub(AMONG) + 1;
    let heads = fetch(connection, &format!("{first}:{count}"), TELLING).await?;
    let found = heads.into_iter().find(|(_, head)| read::bears(head, token));
    let Some((number, _)) = found else {
        return Ok(None);
    };
    let whole = format!("BODY.PEEK[]<0.{MAIL_MAX}>");
    let mail = fetch(connection, &number.to_string(), &whole).await?;
    Ok(mail.into_iter().map(|(_, mail)| mail).next())
}

/// The heads of the newest mails.
pub(super) async fn newest(connection: &mut SignedIn, most: u32) -> Result<Vec<Vec<u8>>, Fault> {
    let count = open(connection).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let first = count.saturating_sub(most) + 1;
    let shown = "BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)]";
    let heads = fetch(connection, &format!("{first}:{count}"), shown).await?;
    Ok(heads.into_iter().rev().map(|(_, head)| head).collect())
}

/// Fetches one item of several mails: their numbers and what came.
async fn fetch(
    connection: &mut SignedIn,
    numbers: &str,
    item: &str,
) -> Result<Vec<(u32, Vec<u8>)>, Fault> {
    let command = format!("FETCH {numbers} ({item})");
    let responses = ask(connection, &command, Stage::Receive).await?;
    Ok(responses.into_iter().filter_map(fetched).collect())
}

/// The number and the literal of a FETCH response.
fn fetched(response: Response) -> Option<(u32, Vec<u8>)> {
    let text = str::from_utf8(&response.text).ok()?;
    let mut words = text.strip_prefix("* ")?.split_ascii_whitespace();
    let number = words.next()?.parse().ok()?;
    words.next()?.eq_ignore_ascii_case("FETCH").then(|| {
        (
            number,
            response.literals.into_iter().next().unwrap_or_default(),
        )
    })
}

/// Sends a command; answers the untagged responses before its end.
async fn ask(
    connection: &mut SignedIn,
    command: &str,
    stage: Stage,
) -> Result<Vec<Response>, Fault> {
    // The sign-in's tags are `n` and a number; one tag is enough for commands one by one.
    let line = format!("p1 {command}\r\n");
    connection.send(line.as_bytes(), stage, COMMAND).await?;
    let (mut responses, mut room) = (Vec::new(), 4 * MAIL_MAX);
    while responses.len() < RESPONSES {
        let response = connection.response(room).await?;
        if let Some(status) = response.text.strip_prefix(b"p1 ") {
            return if status.to_ascii_uppercase().starts_with(b"OK") {
                Ok(responses)
            } else {
                Err(connection.fault(FailureKind::Refused, &response.text))
            };
        }
        if response.text.to_ascii_uppercase().starts_with(b"* BYE") {
            return Err(connection.fault(FailureKind::Refused, &response.text));
        }
        if !response.text.starts_with(b"* ") {
            return Err(connection.fault(FailureKind::Malformed, &response.text));
        }
        let octets: usize = response.literals.iter().map(Vec::len).sum();
        room = room.saturating_sub(octets);
        responses.push(response);
    }
    let text = "the server's reply has no end";
    Err(connection.fault(FailureKind::TooLong, text.as_bytes()))
}
