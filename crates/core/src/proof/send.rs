//! Handing the test mail over (RFC 5321, 3.3): MAIL, RCPT, DATA. The one place of the product that
//! sends mail. Sender and recipient are the same value: there is no way to name another.

use std::time::Duration;

use super::{COMMAND, TestMail};
use crate::charset::{MailToSelf, compose};
use crate::check::{Fault, SignedIn};
use crate::diagnosis::{FailureKind, Stage};

/// Servers that look through a mail before they take it; RFC 5321 (4.5.3.2.6) allows minutes.
const TAKING: Duration = Duration::from_secs(90);
/// The most of a reply that is kept.
const REPLY_LINES: usize = 50;

/// Sends the mail to its own address.
///
/// # Errors
/// What the server refused, at its stage.
pub(super) async fn to_self(connection: &mut SignedIn, mail: TestMail<'_>) -> Result<(), Fault> {
    let composed = compose(&MailToSelf {
        address: mail.address,
        id: mail.token,
        at: mail.at,
        mail: mail.mail,
    });
    let octets = match composed {
        Ok(message) => stuffed(&message.formatted()),
        Err(problem) => {
            return Err(connection.fault(FailureKind::Malformed, problem.code().as_bytes()));
        }
    };
    let itself = mail.address.as_str();
    let dialogue = [
        (
            format!("MAIL FROM:<{itself}>\r\n"),
            Stage::SendMailFrom,
            250,
        ),
        (format!("RCPT TO:<{itself}>\r\n"), Stage::SendRcpt, 250),
        ("DATA\r\n".to_owned(), Stage::SendData, 354),
    ];
    for (command, stage, wanted) in dialogue {
        connection.send(command.as_bytes(), stage, COMMAND).await?;
        expect(connection, wanted).await?;
    }
    connection.send(&octets, Stage::SendData, TAKING).await?;
    expect(connection, 250).await
}

/// Reads a whole reply. 251 says that the mail will be forwarded: it is taken all the same.
async fn expect(connection: &mut SignedIn, wanted: u16) -> Result<(), Fault> {
    let mut reply = Vec::new();
    for _ in 0..REPLY_LINES {
        let line = connection.line().await?;
        if !reply.is_empty() {
            reply.push(b'\n');
        }
        reply.extend_from_slice(&line);
        let code = line
            .get(..3)
            .and_then(|code| str::from_utf8(code).ok()?.parse::<u16>().ok());
        match (code, line.get(3)) {
            (Some(_), Some(b'-')) => {}
            (Some(code), None | Some(b' ')) => {
                let fits = code == wanted || (wanted == 250 && code == 251);
                let kind = if (400..600).contains(&code) {
                    FailureKind::Refused
                } else {
                    FailureKind::Malformed
                };
                return if fits {
                    Ok(())
                } else {
                    Err(connection.fault(kind, &reply))
                };
            }
            _ => break,
        }
    }
    Err(connection.fault(FailureKind::Malformed, &reply))
}

/// The mail as it goes over the wire: a line that begins with a dot gets another (RFC 5321,
/// 4.5.2), and a dot alone ends it.
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(mail.len() + 16);
    let mut begins = true;
    for byte in mail {
        if begins && *byte == b'.' {
            octets.push(b'.');
        }
        octets.push(*byte);
        begins = *byte == b'\n';
    }
    if !octets.ends_with(b"\r\n") {
        octets.extend_from_slice(b"\r\n");
    }
    octets.extend_from_slice(b".\r\n");
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_at_the_beginning_of_a_line_are_doubled() {
        assert_eq!(stuffed(b"a\r\n.b\r\n..\r\n"), b"a\r\n..b\r\n...\r\n.\r\n");
        assert_eq!(stuffed(b".a"), b"..a\r\n.\r\n");
    }
}
