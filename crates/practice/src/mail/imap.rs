//! A small IMAP4rev1 with Exchange Online's answers: enough for a check, and for looking into the
//! mailbox without changing it.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Protocol;
use super::wire::{Incoming, LINE_LIMIT, Wire};
use super::xoauth2::{self, Entry};
use crate::fault::Fault;
use crate::mailbox::Message;

const CAPABILITIES: &str =
    "* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID NAMESPACE";
const NOT_CONNECTED: &str = "BAD User is authenticated but not connected.";
/// Exchange lets a throttled user in, and refuses the next command.
const THROTTLED: &str = "BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds";
const MOST_REFUSALS: u32 = 5;

enum State {
    Closed,
    /// Signed in, but the mailbox does not open.
    Hollow,
    Open {
        address: String,
        selected: bool,
    },
}

enum Outcome {
    Go,
    Refused,
    End,
}

/// Serves one connection.
pub(super) async fn serve<S>(mut wire: Wire<S>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    wire.say("* OK Ninka practice IMAP4 service is ready.")
        .await?;
    let mut state = State::Closed;
    let mut refusals = 0;
    loop {
        let Some(line) = command(&mut wire).await? else {
            return wire.close().await;
        };
        match answer(&mut wire, &mut state, line.trim_end()).await? {
            Outcome::Go => {}
            Outcome::Refused => refusals += 1,
            Outcome::End => return wire.close().await,
        }
        if refusals >= MOST_REFUSALS {
            wire.say("* BYE Connection is closed. 14").await?;
            return wire.close().await;
        }
    }
}

/// A whole command; literals in it become quoted strings. Nothing when the client has gone or
/// sends too much.
async fn command<S>(wire: &mut Wire<S>) -> io::Result<Option<String>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut command = String::new();
    loop {
        let line = match wire.line().await? {
            Incoming::Line(line) => String::from_utf8_lossy(&line).into_owned(),
            Incoming::End => return Ok(None),
            Incoming::TooLong => {
                wire.say("* BYE Connection is closed. 12").await?;
                return Ok(None);
            }
        };
        let Some((before, size, waits)) = literal(&line) else {
            command.push_str(&line);
            return Ok(Some(command));
        };
        if size > LINE_LIMIT || command.len() + line.len() + size > 2 * LINE_LIMIT {
            wire.say("* BYE Connection is closed. 12").await?;
            return Ok(None);
        }
        if waits {
            wire.say("+ Ready for additional command text.").await?;
        }
        let Some(octets) = wire.octets(size).await? else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&octets).replace(['"', '\\', '\r', '\n'], "_");
        command.push_str(&format!("{before}\"{text}\""));
    }
}

/// `… {12}` or `… {12+}`: what stands before, the size, and whether the client waits.
fn literal(line: &str) -> Option<(&str, usize, bool)> {
    let (before, size) = line.strip_suffix('}')?.rsplit_once('{')?;
    let (digits, waits) = size
        .strip_suffix('+')
        .map_or((size, true), |digits| (digits, false));
    Some((before, digits.parse().ok()?, waits))
}

async fn answer<S>(wire: &mut Wire<S>, state: &mut State, line: &str) -> io::Result<Outcome>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut words = line.splitn(3, ' ');
    let tag = words.next().unwrap_or_default();
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    let rest = words.next().unwrap_or_default();
    if tag.is_empty() || name.is_empty() {
        wire.say("* BAD Command Error. 10").await?;
        return Ok(Outcome::Refused);
    }
    let plain = match (name.as_str(), &*state) {
        ("CAPABILITY", _) => format!("{CAPABILITIES}\r\n{tag} OK CAPABILITY completed."),
        ("NOOP", State::Closed | State::Open { .. }) => format!("{tag} OK NOOP completed."),
        ("ID", State::Closed | State::Open { .. }) => {
            format!("* ID (\"name\" \"Ninka practice\")\r\n{tag} OK ID completed.")
        }
        ("LOGOUT", _) => {
            wire.say(&format!(
                "* BYE Ninka practice IMAP4 server signing off.\r\n{tag} OK LOGOUT completed."
            ))
            .await?;
            return Ok(Outcome::End);
        }
        ("AUTHENTICATE", State::Closed) => {
            let (answer, entered) = authenticate(wire, rest).await?;
            let outcome = if matches!(entered, State::Closed) {
                Outcome::Refused
            } else {
                Outcome::Go
            };
            *state = entered;
            wire.say(&format!("{tag} {answer}")).await?;
            return Ok(outcome);
        }
        ("LOGIN", State::Closed) => {
            wire.say(&format!("{tag} NO LOGIN failed.")).await?;
            return Ok(Outcome::Refused);
        }
        (_, State::Open { .. }) if wire.tenant.faults.is(Fault::Throttled) => {
            let answer = format!("{tag} {THROTTLED}\r\n* BYE Connection closed. 14");
            wire.say(&answer).await?;
            return Ok(Outcome::End);
        }
        (_, State::Hollow) => format!("{tag} {NOT_CONNECTED}"),
        (_, State::Closed) => {
            wire.say(&format!("{tag} BAD Command received in Invalid state."))
                .await?;
            return Ok(Outcome::Refused);
        }
        (_, State::Open { address, selected }) => {
            if wire.tenant.faults.is(Fault::NotConnected) {
                format!("{tag} {NOT_CONNECTED}")
            } else {
                let (address, selected) = (address.clone(), *selected);
                let (octets, now_selected) =
                    in_mailbox(&wire.tenant.mailboxes, &address, selected, tag, &name, rest);
                *state = State::Open {
                    address,
                    selected: now_selected,
                };
                wire.send(&octets).await?;
                return Ok(Outcome::Go);
            }
        }
    };
    wire.say(&plain).await?;
    Ok(Outcome::Go)
}

async fn authenticate<S>(wire: &mut Wire<S>, rest: &str) -> io::Result<(&'static str, State)>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    const REFUSED: &str = "NO AUTHENTICATE failed.";
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let mechanism = mechanism.to_ascii_uppercase();
    if mechanism != "XOAUTH2" && mechanism != "PLAIN" {
        return Ok(("NO Unsupported authentication mechanism.", State::Closed));
    }
    let response = if initial.is_empty() {
        wire.say("+ ").await?;
        let Some(line) = wire.text().await? else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        line
    } else {
        initial.to_owned()
    };
    let tenant = &wire.tenant;
    if response.trim() == "*" {
        return Ok((
            "BAD The AUTH protocol exchange was canceled by the client.",
            State::Closed,
        ));
    }
    if mechanism == "PLAIN" {
        return Ok((REFUSED, State::Closed));
    }
    if tenant.faults.is(Fault::ImapOff) {
        return Ok((REFUSED, State::Closed));
    }
    Ok(match xoauth2::judge(tenant, Protocol::Imap, &response) {
        Entry::Granted(address) => (
            "OK AUTHENTICATE completed.",
            State::Open {
                address,
                selected: false,
            },
        ),
        Entry::OtherUser => ("OK AUTHENTICATE completed.", State::Hollow),
        Entry::Refused => (REFUSED, State::Closed),
    })
}

/// Commands that need the mailbox; gives the answer and whether INBOX is now selected.
fn in_mailbox(
    mailboxes: &crate::mailbox::Mailboxes,
    address: &str,
    selected: bool,
    tag: &str,
    name: &str,
    rest: &str,
) -> (Vec<u8>, bool) {
    let messages = mailboxes.messages(address);
    let done = format!("{tag} OK {name} completed.\r\n");
    let inbox = first_word(rest)
        .trim_matches('"')
        .eq_ignore_ascii_case("INBOX");
    let count = messages.len();
    let next = mailboxes.next_uid(address);
    let (by_uid, name, rest) = match name {
        "UID" => {
            let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            (true, name.to_ascii_uppercase(), rest)
        }
        _ => (false, name.to_owned(), rest),
    };
    let text = match name.as_str() {
        "NAMESPACE" => format!("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n{done}"),
        "LIST" | "LSUB" => format!("* {name} (\\HasNoChildren) \"/\" INBOX\r\n{done}"),
        "STATUS" if inbox => format!(
            "* STATUS INBOX (MESSAGES {count} UNSEEN {count} RECENT 0 UIDNEXT {next} \
             UIDVALIDITY 1)\r\n{done}"
        ),
        "SELECT" | "EXAMINE" if inbox => {
            let mode = if name == "SELECT" {
                "READ-WRITE"
            } else {
                "READ-ONLY"
            };
            let text = format!(
                "* {count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \
                 \\Draft)\r\n* OK [PERMANENTFLAGS ()] Nothing is kept.\r\n\
                 * OK [UIDVALIDITY 1] UIDs are valid.\r\n* OK [UIDNEXT {next}] Next.\r\n\
                 {tag} OK [{mode}] {name} completed.\r\n"
            );
            return (text.into_bytes(), true);
        }
        "STATUS" | "SELECT" | "EXAMINE" => format!("{tag} NO {rest} doesn't exist.\r\n"),
        "CLOSE" | "UNSELECT" if selected => return (done.into_bytes(), false),
        "CHECK" if selected => done,
        "SEARCH" if selected => {
            let number = |(at, message): (usize, &Arc<Message>)| {
                if by_uid {
                    message.uid.to_string()
                } else {
                    (at + 1).to_string()
                }
            };
            let found: Vec<String> = messages.iter().enumerate().map(number).collect();
            format!("* SEARCH {}\r\n{done}", found.join(" "))
        }
        "FETCH" if selected => {
            let mut octets = fetched(&messages, by_uid, rest);
            octets.extend_from_slice(done.as_bytes());
            return (octets, selected);
        }
        _ => format!("{tag} BAD Command Error. 10\r\n"),
    };
    (text.into_bytes(), selected)
}

fn first_word(rest: &str) -> &str {
    rest.split_ascii_whitespace().next().unwrap_or_default()
}

/// The fetched items of each message in the set. Nothing is marked as read, whatever is asked.
fn fetched(messages: &[Arc<Message>], by_uid: bool, rest: &str) -> Vec<u8> {
    let (set, items) = rest.split_once(' ').unwrap_or((rest, ""));
    let items = items.to_ascii_uppercase();
    let last = match by_uid {
        true => messages.last().map_or(0, |message| message.uid),
        false => u32::try_from(messages.len()).unwrap_or(u32::MAX),
    };
    let mut octets = Vec::new();
    for (number, message) in (1_u32..).zip(messages) {
        if !in_set(set, if by_uid { message.uid } else { number }, last) {
            continue;
        }
        let mut parts = vec![format!("UID {}", message.uid)];
        if items.contains("FLAGS") {
            parts.push("FLAGS ()".to_owned());
        }
        if items.contains("RFC822.SIZE") {
            parts.push(format!("RFC822.SIZE {}", message.raw.len()));
        }
        octets.extend_from_slice(format!("* {number} FETCH ({}", parts.join(" ")).as_bytes());
        let section = |name: &str, text: &[u8]| {
            [
                format!(" BODY[{name}] {{{}}}\r\n", text.len()).as_bytes(),
                text,
            ]
            .concat()
        };
        let wants = |name: &str| {
            [format!("BODY.PEEK[{name}]"), format!("BODY[{name}]")]
                .iter()
                .any(|item| items.contains(item.as_str()))
        };
        if wants("HEADER") {
            octets.extend(section("HEADER", message.header()));
        }
        if wants("TEXT") {
            octets.extend(section("TEXT", message.body()));
        }
        if wants("") {
            octets.extend(section("", &message.raw));
        }
        octets.extend_from_slice(b")\r\n");
    }
    octets
}

/// `1`, `2:4`, `3:*`, `1,5`.
fn in_set(set: &str, number: u32, last: u32) -> bool {
    let bound = |text: &str| {
        if text == "*" {
            Some(last)
        } else {
            text.parse().ok()
        }
    };
    set.split(',').any(|range| {
        let (from, to) = range.split_once(':').unwrap_or((range, range));
        match (bound(from), bound(to)) {
            (Some(from), Some(to)) => (from.min(to)..=from.max(to)).contains(&number),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_literals() {
        assert!(in_set("1:*", 3, 4) && in_set("2,4", 4, 4) && in_set("*", 4, 4));
        assert!(!in_set("1:2", 3, 4) && !in_set("x", 1, 4));
        assert_eq!(literal("a LOGIN {5}"), Some(("a LOGIN ", 5, true)));
        assert_eq!(literal("a LOGIN {5+}"), Some(("a LOGIN ", 5, false)));
        assert_eq!(literal("a NOOP"), None);
        assert_eq!(literal("a {99999999999999999999}"), None);
    }
}
