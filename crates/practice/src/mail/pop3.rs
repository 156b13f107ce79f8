//! POP3 as Exchange Online speaks it to a work account: passwords are retired, XOAUTH2 wants two
//! lines.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Protocol;
use super::wire::{Incoming, Wire};
use super::xoauth2::{self, Entry};
use crate::fault::Fault;
use crate::mailbox::Message;

const NOT_VALID: &str = "-ERR Command is not valid in this state.";
const OAUTH_REFUSED: &str = "-ERR Authentication failure: unknown user name or bad password.";
const PASSWORD_REFUSED: &str = "-ERR Logon failure: unknown user name or bad password.";
/// As Outlook.com has said it to somebody who polled too often.
const THROTTLED: &str = "-ERR Exceeded the login limit for a 15 minute period. Reduce the frequency \
                         of requests to the POP3 server.";
const CAPABILITIES: &str = "+OK\r\nTOP\r\nUIDL\r\nSASL PLAIN XOAUTH2\r\nUSER\r\n.";
/// Passwords are tried so often on one connection.
const MOST_REFUSALS: u32 = 5;

/// The state after a good sign-in.
struct Open {
    address: String,
    messages: Vec<Arc<Message>>,
    deleted: BTreeSet<usize>,
}

/// What to do after a command.
enum Next {
    Go(String),
    SendAll(Vec<u8>),
    Close(String),
}

/// Serves one connection.
pub(super) async fn serve<S>(mut wire: Wire<S>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    wire.say("+OK Ninka practice POP3 service is ready.")
        .await?;
    let mut open: Option<Open> = None;
    let mut refusals = 0;
    loop {
        let line = match wire.line().await? {
            Incoming::Line(line) => String::from_utf8_lossy(&line).into_owned(),
            Incoming::TooLong => {
                wire.say("-ERR Protocol error. Connection is closed. 11")
                    .await?;
                return wire.close().await;
            }
            Incoming::End => return Ok(()),
        };
        let line = line.trim_end();
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        let command = command.to_ascii_uppercase();
        let next = match &mut open {
            Some(open) => opened(&wire, open, &command, rest),
            None if command == "AUTH" => {
                let (next, entered) = authenticate(&mut wire, rest).await?;
                open = entered;
                next
            }
            None => closed(&command),
        };
        match next {
            Next::Go(answer) => {
                refusals += u32::from(open.is_none() && answer.starts_with("-ERR"));
                wire.say(&answer).await?;
                if refusals >= MOST_REFUSALS {
                    return wire.close().await;
                }
            }
            Next::SendAll(octets) => wire.send(&octets).await?,
            Next::Close(answer) => {
                if let Some(open) = &open {
                    remove_deleted(&wire, open);
                }
                wire.say(&answer).await?;
                return wire.close().await;
            }
        }
    }
}

/// Before sign-in.
fn closed(command: &str) -> Next {
    let answer = match command {
        "CAPA" => CAPABILITIES,
        "USER" => "+OK",
        "PASS" => PASSWORD_REFUSED,
        "QUIT" => return Next::Close("+OK Ninka practice POP3 server signing off.".to_owned()),
        _ => NOT_VALID,
    };
    Next::Go(answer.to_owned())
}

async fn authenticate<S>(wire: &mut Wire<S>, rest: &str) -> io::Result<(Next, Option<Open>)>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let go = |answer: &str| (Next::Go(answer.to_owned()), None);
    let rest = rest.trim();
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let mechanism = mechanism.to_ascii_uppercase();
    if mechanism.is_empty() {
        return Ok(go("+OK\r\nPLAIN\r\nXOAUTH2\r\n."));
    }
    if mechanism != "XOAUTH2" && mechanism != "PLAIN" {
        return Ok(go("-ERR Unrecognized authentication type."));
    }
    if !initial.is_empty() {
        // Exchange wants the string on a line of its own.
        let answer = "-ERR Protocol error. Connection is closed. 10".to_owned();
        return Ok((Next::Close(answer), None));
    }
    wire.say("+ ").await?;
    let Some(response) = wire.text().await? else {
        return Err(io::ErrorKind::UnexpectedEof.into());
    };
    if response.trim() == "*" {
        return Ok(go(
            "-ERR The AUTH protocol exchange was canceled by the client.",
        ));
    }
    if mechanism == "PLAIN" {
        return Ok(go(PASSWORD_REFUSED));
    }
    let tenant = &wire.tenant;
    if tenant.faults.is(Fault::Throttled) {
        return Ok(go(THROTTLED));
    }
    match xoauth2::judge(tenant, Protocol::Pop3, &response) {
        Entry::Granted(address) if !tenant.faults.is(Fault::PopOff) => {
            let messages = tenant.mailboxes.messages(&address);
            let answer = Next::Go("+OK User successfully logged on.".to_owned());
            Ok((
                answer,
                Some(Open {
                    address,
                    messages,
                    deleted: BTreeSet::new(),
                }),
            ))
        }
        Entry::Granted(_) | Entry::OtherUser | Entry::Refused => Ok(go(OAUTH_REFUSED)),
    }
}

/// After sign-in.
fn opened<S>(wire: &Wire<S>, open: &mut Open, command: &str, rest: &str) -> Next {
    let go = |answer: String| Next::Go(answer);
    if command == "QUIT" {
        return Next::Close("+OK Ninka practice POP3 server signing off.".to_owned());
    }
    if wire.tenant.faults.is(Fault::NotConnected) {
        // No report tells what Exchange says here by POP; it is worded as for IMAP.
        return go("-ERR User is authenticated but not connected.".to_owned());
    }
    let mut words = rest.split_ascii_whitespace();
    let number: Option<usize> = words.next().and_then(|word| word.parse().ok());
    let asked = number.and_then(|number| open.message(number).map(|message| (number, message)));
    match (command, asked) {
        ("CAPA", _) => go(CAPABILITIES.to_owned()),
        ("NOOP", _) => go("+OK".to_owned()),
        ("STAT", _) => {
            let (count, size) = open.totals();
            go(format!("+OK {count} {size}"))
        }
        ("LIST", None) if rest.is_empty() => {
            go(open.listing(|message| message.raw.len().to_string()))
        }
        ("UIDL", None) if rest.is_empty() => go(open.listing(unique)),
        ("LIST", Some((number, message))) => go(format!("+OK {number} {}", message.raw.len())),
        ("UIDL", Some((number, message))) => go(format!("+OK {number} {}", unique(message))),
        ("RETR", Some((_, message))) => Next::SendAll(stuffed(&message.raw)),
        ("TOP", Some((_, message))) => {
            let lines: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            Next::SendAll(stuffed(&top(message, lines)))
        }
        ("DELE", Some((number, _))) => {
            open.deleted.insert(number);
            go("+OK".to_owned())
        }
        ("RSET", _) => {
            open.deleted.clear();
            go("+OK".to_owned())
        }
        ("LIST" | "UIDL" | "RETR" | "TOP" | "DELE", None) => {
            go("-ERR The specified message is out of range.".to_owned())
        }
        _ => go(NOT_VALID.to_owned()),
    }
}

impl Open {
    fn message(&self, number: usize) -> Option<&Arc<Message>> {
        let index = number.checked_sub(1)?;
        self.messages
            .get(index)
            .filter(|_| !self.deleted.contains(&number))
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &Arc<Message>)> {
        (1..=self.messages.len()).filter_map(|number| Some((number, self.message(number)?)))
    }

    fn totals(&self) -> (usize, usize) {
        let sizes = self.numbered().map(|(_, message)| message.raw.len());
        sizes.fold((0, 0), |(count, sum), size| (count + 1, sum + size))
    }

    fn listing(&self, value: impl Fn(&Message) -> String) -> String {
        let (count, size) = self.totals();
        let lines = self
            .numbered()
            .map(|(number, message)| format!("{number} {}", value(message)));
        let lines: String = lines.map(|line| format!("\r\n{line}")).collect();
        format!("+OK {count} {size}{lines}\r\n.")
    }
}

fn remove_deleted<S>(wire: &Wire<S>, open: &Open) {
    let uids = open
        .deleted
        .iter()
        .filter_map(|number| open.messages.get(number.checked_sub(1)?));
    let uids: Vec<u32> = uids.map(|message| message.uid).collect();
    if !uids.is_empty() {
        wire.tenant.mailboxes.remove(&open.address, &uids);
    }
}

fn unique(message: &Message) -> String {
    format!("practice-{:08}", message.uid)
}

fn top(message: &Message, lines: usize) -> Vec<u8> {
    let body = message
        .body()
        .split_inclusive(|octet| *octet == b'\n')
        .take(lines);
    [message.header(), &body.collect::<Vec<_>>().concat()].concat()
}

/// The answer with the mail, dots doubled where a line begins with one.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut answer = b"+OK\r\n".to_vec();
    for line in raw.split_inclusive(|octet| *octet == b'\n') {
        if line.first() == Some(&b'.') {
            answer.push(b'.');
        }
        answer.extend_from_slice(line);
    }
    if !answer.ends_with(b"\r\n") {
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(b".\r\n");
    answer
}
