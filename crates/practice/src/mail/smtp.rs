//! SMTP submission as Exchange Online speaks it: STARTTLS first, then XOAUTH2. Mail to the tenant's
//! own addresses is delivered there, all other mail is refused: nothing leaves the computer.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

use super::Protocol;
use super::wire::{Incoming, Wire, server_mark};
use super::xoauth2::{self, Entry};
use crate::clock::spaced;
use crate::fault::Fault;
use crate::tenant::{DOMAIN, Tenant};

const SIZE_LIMIT: usize = 10 * 1024 * 1024;
const MOST_RECIPIENTS: usize = 50;
const MOST_REFUSALS: u32 = 10;
const UNKNOWN: &str = "500 5.3.3 Unrecognized command";

/// A mail in the making.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

fn greeting(tenant: &Tenant) -> String {
    let at = tenant.clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000");
    format!("220 smtp.{DOMAIN} Ninka practice ESMTP service ready at {at}")
}

fn hello(own: &[&str]) -> String {
    let mut lines = vec![format!("smtp.{DOMAIN} Hello"), format!("SIZE {SIZE_LIMIT}")];
    lines.extend(["PIPELINING", "DSN", "ENHANCEDSTATUSCODES"].map(str::to_owned));
    lines.extend(own.iter().map(|line| (*line).to_owned()));
    lines.push("8BITMIME".to_owned());
    let last = lines.len() - 1;
    let mark = |at: usize| if at == last { ' ' } else { '-' };
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("250{}{line}", mark(at)));
    lines.collect::<Vec<_>>().join("\r\n")
}

/// Before TLS; gives the stream when the client asks for it.
pub(super) async fn before_tls<S>(mut wire: Wire<S>) -> io::Result<Option<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let greeting = greeting(&wire.tenant);
    wire.say(&greeting).await?;
    for _ in 0..MOST_REFUSALS {
        let Some((command, _)) = next(&mut wire).await? else {
            return Ok(None);
        };
        let answer = match command.as_str() {
            "EHLO" => hello(&["STARTTLS"]),
            "HELO" => format!("250 smtp.{DOMAIN} Hello"),
            "NOOP" | "RSET" => "250 2.0.0 OK".to_owned(),
            "STARTTLS" => {
                wire.say("220 2.0.0 SMTP server ready").await?;
                return Ok(Some(wire.into_stream()));
            }
            "QUIT" => break,
            "AUTH" => format!("504 5.7.4 Unrecognized authentication type {}", mark(&wire)),
            "MAIL" => format!(
                "530 5.7.57 Client not authenticated to send mail. {}",
                mark(&wire)
            ),
            _ => UNKNOWN.to_owned(),
        };
        wire.say(&answer).await?;
    }
    wire.say("221 2.0.0 Service closing transmission channel")
        .await?;
    wire.close().await?;
    Ok(None)
}

/// After TLS.
pub(super) async fn serve<S>(mut wire: Wire<S>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut user: Option<String> = None;
    let mut envelope = Envelope::default();
    let mut refusals = 0;
    while let Some((command, rest)) = next(&mut wire).await? {
        let answer = match command.as_str() {
            "EHLO" => hello(&["AUTH LOGIN XOAUTH2"]),
            "HELO" => format!("250 smtp.{DOMAIN} Hello"),
            "NOOP" => "250 2.0.0 OK".to_owned(),
            "RSET" => {
                envelope = Envelope::default();
                "250 2.0.0 Resetting".to_owned()
            }
            "QUIT" => break,
            "AUTH" if user.is_none() => {
                let (answer, entered) = authenticate(&mut wire, &rest).await?;
                user = entered;
                answer
            }
            "MAIL" => mail_from(&wire, user.as_deref(), &mut envelope, &rest),
            "RCPT" => rcpt_to(&wire, &mut envelope, &rest),
            "DATA" if !envelope.to.is_empty() => {
                let answer = data(&mut wire, &envelope).await?;
                envelope = Envelope::default();
                answer
            }
            "AUTH" | "DATA" => "503 5.5.1 Bad sequence of commands".to_owned(),
            _ => UNKNOWN.to_owned(),
        };
        refusals += u32::from(answer.starts_with('5'));
        wire.say(&answer).await?;
        if refusals >= MOST_REFUSALS {
            break;
        }
    }
    wire.say("221 2.0.0 Service closing transmission channel")
        .await?;
    wire.close().await
}

/// The next command in capitals with its arguments.
async fn next<S>(wire: &mut Wire<S>) -> io::Result<Option<(String, String)>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let line = match wire.line().await? {
        Incoming::Line(line) => String::from_utf8_lossy(&line).into_owned(),
        Incoming::TooLong => {
            wire.say("500 5.5.2 Line too long").await?;
            return Ok(None);
        }
        Incoming::End => return Ok(None),
    };
    let line = line.trim_end();
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    Ok(Some((command.to_ascii_uppercase(), rest.trim().to_owned())))
}

fn mark<S>(wire: &Wire<S>) -> String {
    server_mark(wire.tenant.clock.now())
}

async fn authenticate<S>(wire: &mut Wire<S>, rest: &str) -> io::Result<(String, Option<String>)>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let mechanism = mechanism.to_ascii_uppercase();
    let prompts: &[&str] = match mechanism.as_str() {
        "XOAUTH2" => &["334 "],
        // "Username:" and "Password:".
        "LOGIN" => &["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"],
        _ => {
            let answer = format!("504 5.7.4 Unrecognized authentication type {}", mark(wire));
            return Ok((answer, None));
        }
    };
    let mut responses: Vec<String> = Some(initial)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .into_iter()
        .collect();
    for prompt in prompts.iter().skip(responses.len()) {
        wire.say(prompt).await?;
        let Some(response) = wire.text().await? else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        if response.trim() == "*" {
            return Ok(("501 5.7.0 Authentication canceled".to_owned(), None));
        }
        responses.push(response);
    }
    let (tenant, mark) = (&wire.tenant, mark(wire));
    let off = |whose: &str| {
        format!(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the \
             {whose}. Visit https://aka.ms/smtp_auth_disabled for more information. {mark}"
        )
    };
    let answer = if tenant.faults.is(Fault::SmtpAuthOffTenant) {
        off("Tenant")
    } else if tenant.faults.is(Fault::SmtpAuthOffMailbox) {
        off("Mailbox")
    } else if tenant.faults.is(Fault::Throttled) {
        format!(
            "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. {mark}"
        )
    } else if mechanism == "LOGIN" {
        format!("535 5.7.139 Authentication unsuccessful, basic authentication is disabled. {mark}")
    } else {
        let response = responses.first().map(String::as_str).unwrap_or_default();
        match xoauth2::judge(tenant, Protocol::Smtp, response) {
            Entry::Granted(user) => {
                return Ok(("235 2.7.0 Authentication successful".to_owned(), Some(user)));
            }
            Entry::OtherUser | Entry::Refused => {
                format!("535 5.7.3 Authentication unsuccessful {mark}")
            }
        }
    };
    Ok((answer, None))
}

fn mail_from<S>(wire: &Wire<S>, user: Option<&str>, envelope: &mut Envelope, rest: &str) -> String {
    let Some(user) = user else {
        return format!(
            "530 5.7.57 Client not authenticated to send mail. {}",
            mark(wire)
        );
    };
    let Some(from) = path(rest, "FROM:") else {
        return "501 5.5.4 Invalid arguments".to_owned();
    };
    if !from.eq_ignore_ascii_case(user) {
        let mark = mark(wire);
        return format!(
            "550 5.7.60 SMTP; Client does not have permissions to send as this sender {mark}"
        );
    }
    *envelope = Envelope {
        from: Some(from),
        to: Vec::new(),
    };
    "250 2.1.0 Sender OK".to_owned()
}

fn rcpt_to<S>(wire: &Wire<S>, envelope: &mut Envelope, rest: &str) -> String {
    if envelope.from.is_none() {
        return "503 5.5.2 Need mail command".to_owned();
    }
    let Some(to) = path(rest, "TO:") else {
        return "501 5.5.4 Invalid arguments".to_owned();
    };
    if envelope.to.len() >= MOST_RECIPIENTS {
        return "452 4.5.3 Too many recipients".to_owned();
    }
    match Tenant::own_address(&to) {
        Some(to) => {
            envelope.to.push(to);
            "250 2.1.5 Recipient OK".to_owned()
        }
        None => format!(
            "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain {}",
            mark(wire)
        ),
    }
}

/// `FROM:<address> SIZE=…`
fn path(rest: &str, keyword: &str) -> Option<String> {
    let (word, path) = rest.split_at_checked(keyword.len())?;
    let path = path.trim_start().strip_prefix('<')?;
    let (address, _) = path.split_once('>')?;
    word.eq_ignore_ascii_case(keyword)
        .then(|| address.to_owned())
}

async fn data<S>(wire: &mut Wire<S>, envelope: &Envelope) -> io::Result<String>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    wire.say("354 Start mail input; end with <CRLF>.<CRLF>")
        .await?;
    let mut raw = Vec::new();
    let mut too_large = false;
    loop {
        let line = match wire.line().await? {
            Incoming::Line(line) => line,
            Incoming::TooLong => return Err(io::ErrorKind::InvalidData.into()),
            Incoming::End => return Err(io::ErrorKind::UnexpectedEof.into()),
        };
        if line == b"." {
            break;
        }
        too_large |= raw.len() + line.len() > SIZE_LIMIT;
        if !too_large {
            let line = line.strip_prefix(b".").unwrap_or(&line);
            raw.extend_from_slice(line);
            raw.extend_from_slice(b"\r\n");
        }
    }
    if too_large {
        return Ok("552 5.3.4 Message size exceeds fixed maximum message size".to_owned());
    }
    let tenant = &wire.tenant;
    let at = spaced(tenant.clock.now());
    let from = envelope.from.as_deref().unwrap_or_default();
    for to in &envelope.to {
        let header = format!(
            "Return-Path: <{from}>\r\nReceived: by smtp.{DOMAIN} (practice) for <{to}>; {at}\r\n"
        );
        tenant
            .mailboxes
            .deliver(to, [header.as_bytes(), &raw].concat());
    }
    Ok(format!("250 2.0.0 OK {}", mark(wire)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_or_refused() {
        assert_eq!(path("FROM:<a@b> SIZE=5", "FROM:").as_deref(), Some("a@b"));
        assert_eq!(path("to: <a@b>", "TO:").as_deref(), Some("a@b"));
        for bad in ["FROM:a@b", "TO:<a@b>", "", "FROM:<a@b", "FROMあ"] {
            assert_eq!(path(bad, "FROM:"), None, "{bad}");
        }
    }

    #[test]
    fn the_hello_ends_once() {
        let hello = hello(&["STARTTLS"]);
        assert!(hello.contains("\r\n250-STARTTLS\r\n") && hello.ends_with("\r\n250 8BITMIME"));
    }
}
