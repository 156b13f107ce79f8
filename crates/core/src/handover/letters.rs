//! The characters of a link: percent-encoding without any freedom, and no character that is not
//! seen or that turns others around.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The longest name of a field.
const LONGEST_KEY: usize = 20;

/// Percent-encodes a value.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// A value as it was before [`encode`]; `None` where that could not have made it.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                digits.iter().all(u8::is_ascii_hexdigit)
            }
            b'-' | b'.' | b'_' | b'~' => true,
            other => other.is_ascii_alphanumeric(),
        };
        if !fits {
            return None;
        }
    }
    let value = percent_decode_str(text).decode_utf8().ok()?;
    visible(&value).then(|| value.into_owned())
}

/// Whether it could be the name of a field.
pub(super) fn is_key(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=LONGEST_KEY).contains(&text.len()) && text.bytes().all(letter)
}

/// Whether every character is one that is seen, and none changes how others are read: no control
/// characters, no marks of direction, nothing of no width, nothing for private use.
pub(super) fn visible(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || hides(c))
}

/// Source: the Unicode Character Database, categories Cf, Zl, Zp and Co, the noncharacters, and the
/// fillers of Hangul that show nothing.
const fn hides(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}'
        | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}' | '\u{110BD}' | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E00FF}' | '\u{F0000}'..)
}
