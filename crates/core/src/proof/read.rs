//! What a mail says of itself, decoded as a mail program would: date, sender's domain, subject and
//! text. Subjects that break the rules are read where that can be done without guessing, and are
//! marked as broken either way.

use encoding_rs::{Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};
use mail_parser::{HeaderName, Message, MessageParser};

/// The longest subject that is shown, in characters.
const SUBJECT_MAX: usize = 300;

/// A mail, or its header, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ReadMail {
    /// Its `Date`, Unix seconds; `None` if it has none.
    pub(crate) at: Option<i64>,
    /// The part of the sender's address after the `@`; empty if there is none.
    pub(crate) sender_domain: String,
    /// The subject, decoded as well as can be.
    pub(crate) subject: String,
    /// Whether the subject is written as the rules say and has all its characters.
    pub(crate) subject_sound: bool,
    /// The text, its lines ending in LF; empty when only the header was read.
    pub(crate) body: String,
}

/// Whether a mail carries the token: in one of its Message-IDs, or in its subject.
pub(super) fn bears(head: &[u8], token: &str) -> bool {
    head.windows(token.len().max(1))
        .any(|window| window == token.as_bytes())
        || read(head).subject.contains(token)
}

/// Reads a mail or its header.
pub(super) fn read(mail: &[u8]) -> ReadMail {
    let Some(message) = MessageParser::default().parse(mail) else {
        return ReadMail::default();
    };
    let (subject, subject_sound) = subject(&message);
    let sender = message
        .from()
        .and_then(|from| from.first()?.address.as_deref()?.rsplit_once('@'))
        .map(|(_, domain)| domain.to_ascii_lowercase());
    ReadMail {
        at: message.date().map(mail_parser::DateTime::to_timestamp),
        sender_domain: sender.unwrap_or_default(),
        subject: subject.chars().take(SUBJECT_MAX).collect(),
        subject_sound,
        body: message
            .body_text(0)
            .unwrap_or_default()
            .replace("\r\n", "\n"),
    }
}

fn subject(message: &Message<'_>) -> (String, bool) {
    let raw = message
        .headers()
        .iter()
        .find(|header| header.name == HeaderName::Subject)
        .and_then(|header| {
            let range = usize::try_from(header.offset_start).ok()?
                ..usize::try_from(header.offset_end).ok()?;
            message.raw_message.get(range)
        })
        .unwrap_or_default();
    // RFC 5322 knows ASCII only; old programs write their own charset in without a word.
    if raw.iter().any(|byte| !byte.is_ascii() || *byte == 0x1b) {
        return (unlabelled(raw), false);
    }
    let text = clean(message.subject().unwrap_or_default());
    let undecoded = text.contains("=?");
    let whole = !undecoded && !text.contains(char::REPLACEMENT_CHARACTER);
    (text, whole)
}

/// A header in a charset that nobody named: the first that it is right in.
fn unlabelled(raw: &[u8]) -> String {
    let fits = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(raw)
    };
    let charset = if raw.contains(&0x1b) {
        fits(ISO_2022_JP)
    } else {
        fits(UTF_8).or_else(|| fits(SHIFT_JIS))
    };
    charset.map_or_else(|| clean(&String::from_utf8_lossy(raw)), |text| clean(&text))
}

/// One line without control characters.
fn clean(text: &str) -> String {
    let line: String = text
        .chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject_of(raw: &[u8]) -> (String, bool) {
        let mail = [
            b"Date: Mon, 23 Nov 2026 09:30:00 +0900\r\nSubject: ",
            raw,
            b"\r\n\r\n",
        ]
        .concat();
        let read = read(&mail);
        (read.subject, read.subject_sound)
    }

    #[test]
    fn subjects_are_read_in_every_charset_of_the_shop() {
        let sjis = SHIFT_JIS.encode("ご注文").0;
        let jis = ISO_2022_JP.encode("ご注文").0;
        for (raw, sound) in [
            ("=?UTF-8?B?44GU5rOo5paH?=".as_bytes(), true),
            (b"=?ISO-2022-JP?B?GyRCJDRDbUo4GyhC?=", true),
            (b"=?Shift_JIS?B?grKSjZW2?=", true),
            (&sjis, false),
            (&jis, false),
            ("ご注文".as_bytes(), false),
        ] {
            assert_eq!(subject_of(raw), ("ご注文".to_owned(), sound), "{raw:?}");
        }
        assert_eq!(subject_of(b"Order 5"), ("Order 5".to_owned(), true));
    }

    #[test]
    fn a_broken_subject_is_marked_and_shown_as_far_as_it_goes() {
        for raw in [
            b"=?UTF-8?B?44GU5g==?=".as_slice(),
            b"=?UTF-8?B?44GU5rOo5paH",
            b"\xff\xfe\xfd",
        ] {
            let (_, sound) = subject_of(raw);
            assert!(!sound, "{raw:?}");
        }
    }

    #[test]
    fn date_and_sender() {
        let read = read(
            b"From: \"Cart\" <cart@Shop.Example>\r\nDate: Mon, 23 Nov 2026 09:30:00 +0900\r\n\r\n",
        );
        assert_eq!(read.sender_domain, "shop.example");
        assert_eq!(read.at, Some(1_795_393_800));
        assert!(read.subject_sound && read.subject.is_empty());
        assert_eq!(
            super::read(b"\x00\xff"),
            ReadMail {
                subject_sound: true,
                ..ReadMail::default()
            }
        );
    }

    #[test]
    fn the_token_is_found_in_ids_and_in_encoded_subjects() {
        assert!(bears(b"Message-ID: <k7f3@hana.example>\r\n\r\n", "k7f3"));
        assert!(bears(b"Subject: =?UTF-8?B?44GUIGs3ZjM=?=\r\n\r\n", "k7f3"));
        assert!(!bears(b"Subject: k7f\r\n 3\r\n\r\n", "k7f3"));
    }
}
