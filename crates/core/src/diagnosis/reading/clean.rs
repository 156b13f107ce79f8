//! Makes a pasted text readable for the parsers: cut to a bounded length, escapes of logs, of JSON
//! and of addresses undone, wide letters and quotes made plain, white space collapsed. What is
//! shown to people is never this text but the one that came.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// No honest reply is longer; a pasted log may be, and its failure stands at the end.
pub(crate) const MAX_INPUT: usize = 64 * 1024;
/// What is kept of the beginning of a longer text, where the command and the server are named.
const KEPT_HEAD: usize = 8 * 1024;
/// The narrowest terminal, in characters.
const LEAST_WIDTH: usize = 40;

/// The text with its lines kept.
pub(super) fn clean(raw: &str) -> String {
    let text = cut(raw);
    let text = undo_wrapping(&text);
    let text = undo_escapes(&text);
    let text = without_colours(&text);
    let text = undo_entities(&text);
    let text = undo_percent(&text);
    plain_letters(&text)
}

/// The text in one line, for patterns that a mail program may have wrapped.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// What a program lists of possible reasons tells nothing of this failure: MailKit names expired,
/// self-signed and untrusted certificates at every handshake that fails, .NET both encryption and
/// signing in at every refusal to send.
pub(super) fn without_guesses(line: &str) -> Cow<'_, str> {
    static GUESSES: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(concat!(
            r"(?:this usually means that the ssl|one possibility is that you are trying)",
            r".*?(?:which does not support ssl/tls\.|possible solutions\.?|--->|$)",
            r"|(?:possible (?:reasons|causes)|for one or more of the following reasons):?.*?(?:--->|$)",
            // .NET's own sentence for every 530, before it quotes the server.
            r"|the smtp server requires a secure connection or the client (?:was|is) not authenticated\.? ?the server response (?:was|is):?",
            r"|smtp サーバーに.{0,40}接続が必要.{0,30}認証されて.{0,30}応答(?:は|:)?",
            r"|this (?:could|may|might) (?:mean|be (?:caused|because|due))[^.]*(?:\.|$)",
        ))
    });
    GUESSES.replace_all(line, " ")
}

/// The text, or its beginning and its end when it is longer than [`MAX_INPUT`].
pub(crate) fn cut(raw: &str) -> Cow<'_, str> {
    if raw.len() <= MAX_INPUT {
        return Cow::Borrowed(raw);
    }
    let head = (0..=KEPT_HEAD).rev().find(|&at| raw.is_char_boundary(at));
    let from = raw.len() - (MAX_INPUT - KEPT_HEAD);
    let tail = (from..=raw.len()).find(|&at| raw.is_char_boundary(at));
    let head = head.and_then(|at| raw.get(..at)).unwrap_or_default();
    let tail = tail.and_then(|at| raw.get(at..)).unwrap_or_default();
    Cow::Owned(format!("{head}\n{tail}"))
}

/// A terminal breaks a long line wherever it is full: every line but the last is as long as the first.
fn undo_wrapping(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.lines().collect();
    let Some((last, full @ [first, _, ..])) = lines.split_last() else {
        return Cow::Borrowed(text);
    };
    let width = first.chars().count();
    let wrapped = full.iter().all(|line| line.chars().count() == width);
    if width < LEAST_WIDTH || !wrapped || last.chars().count() > width {
        return Cow::Borrowed(text);
    }
    Cow::Owned(lines.concat())
}

/// `\r\n`, `\"`, `\/`, `\u3042` and the `\xe3\x81` of printed bytes.
fn undo_escapes(text: &str) -> String {
    static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(r#"(?:\\x[0-9A-Fa-f]{2})+|(?:\\u[0-9A-Fa-f]{4})+|\\[rnt"'/]"#)
    });
    // A log within a log has them twice and more.
    static DEEPER: LazyLock<Regex> =
        LazyLock::new(|| super::regex(r#"\\{2,}([rnt"'/]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})"#));
    let text = DEEPER.replace_all(text, "\\$1");
    let undone = ESCAPE.replace_all(&text, |found: &Captures<'_>| {
        let escape = found.get(0).map_or("", |whole| whole.as_str());
        if escape.starts_with("\\x") {
            let bytes: Vec<u8> = hex_units(escape, "\\x")
                .filter_map(|unit| u8::try_from(unit).ok())
                .collect();
            return match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(other) => String::from_utf8_lossy(other.as_bytes()).into_owned(),
            };
        }
        if escape.starts_with("\\u") {
            let units: Vec<u16> = hex_units(escape, "\\u").collect();
            return String::from_utf16_lossy(&units);
        }
        match escape.chars().nth(1) {
            Some(plain @ ('"' | '\'' | '/')) => plain.to_string(),
            Some('t') => " ".to_owned(),
            _ => "\n".to_owned(),
        }
    });
    undone.into_owned()
}

/// The colours of a terminal, which lie between a word and its end.
fn without_colours(text: &str) -> Cow<'_, str> {
    static COLOUR: LazyLock<Regex> =
        LazyLock::new(|| super::regex(r"(?:\x1b|\\033|\\e)\[[0-9;]{0,16}m"));
    COLOUR.replace_all(text, "")
}

fn hex_units<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = u16> + 'a {
    text.split(prefix)
        .filter_map(|digits| u16::from_str_radix(digits, 16).ok())
}

fn undo_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, letter)| {
        text.replace(entity, letter)
    });
    Cow::Owned(plain)
}

/// An answer in an address (`error=…&error_description=AADSTS65004%3a+User+declined`).
fn undo_percent(text: &str) -> Cow<'_, str> {
    static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        super::regex(r"(?i)\b(error(_description|_subcode)?)=[^\s&]*(%[0-9a-f]{2}|\+)")
    });
    static PERCENT: LazyLock<Regex> = LazyLock::new(|| super::regex(r"(?:%[0-9A-Fa-f]{2})+"));
    if !IN_ADDRESS.is_match(text) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    let decoded = PERCENT.replace_all(&spaced, |found: &Captures<'_>| {
        let escape = found.get(0).map_or("", |whole| whole.as_str());
        let bytes: Vec<u8> = hex_units(escape, "%")
            .filter_map(|unit| u8::try_from(unit).ok())
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Cow::Owned(decoded.into_owned())
}

/// Wide ASCII (`535`), typographic quotes and odd spaces as their plain letters.
fn plain_letters(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => u32::from(letter)
                .checked_sub(0xfee0)
                .and_then(char::from_u32)
                .unwrap_or(letter),
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{00b4}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{3000}' | '\u{00a0}' | '\u{200b}' | '\u{feff}' | '\t' => ' ',
            '\u{2010}'..='\u{2013}' => '-',
            '\r' => '\n',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_entities_and_wide_letters_are_undone() {
        assert_eq!(one_line(&clean("a\\r\\nb\\t\\\"c\\\"")), "a b \"c\"");
        assert_eq!(clean("\\u8a8d\\u8a3c \\xe8\\xaa\\x8d"), "認証 認");
        assert_eq!(clean(r#"{\\\"a\\\":\\\\u8a8d\\n"#), "{\"a\":認\n");
        assert_eq!(clean("\u{1b}[31merror\u{1b}[0m \\x1b[1mb"), "error b");
        assert_eq!(clean("535 5.7.8 doesn’t"), "535 5.7.8 doesn't");
        assert_eq!(clean("inactivity.&nbsp;The"), "inactivity. The");
        assert_eq!(
            clean("error=consent_required&error_description=AADSTS65004%3a+User+declined"),
            "error=consent_required&error_description=AADSTS65004: User declined"
        );
        assert_eq!(clean("1+1 = 100%25"), "1+1 = 100%25");
    }

    #[test]
    fn a_line_that_a_terminal_broke_is_whole_again() {
        let line = "error: ".repeat(20);
        let letters: Vec<char> = line.chars().collect();
        let lines: Vec<String> = letters
            .chunks(60)
            .map(|part| part.iter().collect())
            .collect();
        assert_eq!(clean(&lines.join("\n")), line);
        let honest = "535 5.7.3 Authentication unsuccessful\nQUIT\n221 bye";
        assert_eq!(clean(honest), honest);
    }

    #[test]
    fn lists_of_possible_reasons_are_not_read() {
        let line = "an error occurred while attempting to establish an ssl or tls connection. \
            this usually means that the ssl certificate presented by the server is not trusted by \
            the system for one or more of the following reasons: 1. the server is using a \
            self-signed certificate. 4. the certificate is expired. ---> the handshake failed";
        let rest = without_guesses(line);
        assert!(
            !rest.contains("expired") && rest.contains("the handshake failed"),
            "{rest}"
        );
    }

    #[test]
    fn a_long_text_keeps_its_beginning_and_its_end() {
        let long = format!("初め{}終わり", "あ".repeat(100_000));
        let short = cut(&long);
        assert!(short.len() <= MAX_INPUT + 1);
        assert!(short.starts_with("初め") && short.ends_with("終わり"));
    }
}
