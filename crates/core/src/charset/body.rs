//! Bodies on the wire: ISO-2022-JP in 7 bits, its lines ending in ASCII (RFC 1468) and under 998
//! octets (RFC 5322, section 2.1.1); the others as Base64 (RFC 2045, section 6.8).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Charset;

/// The longest line, without its CRLF.
const LINE: usize = 998;
/// The longest line of Base64.
const BASE64_LINE: usize = 76;

/// A body as it goes out, lines ending in CRLF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EncodedBody {
    /// The octets.
    pub(super) octets: Vec<u8>,
    /// Whether they are Base64; else they are 7 bits as they are.
    pub(super) base64: bool,
}

/// Encodes a body, its lines ending in LF, that was prepared for `charset`. A line that is too
/// long for 7 bits is broken between two characters. `None` if the charset lacks one of them.
pub(super) fn encode(text: &str, charset: Charset) -> Option<EncodedBody> {
    if charset == Charset::Iso2022Jp {
        return seven_bit(text, charset);
    }
    let octets = charset.encode(&text.replace('\n', "\r\n"))?;
    let encoded = STANDARD.encode(octets);
    let mut lines = Vec::with_capacity(encoded.len() + encoded.len() / 32 + 2);
    for line in encoded.as_bytes().chunks(BASE64_LINE) {
        lines.extend_from_slice(line);
        lines.extend_from_slice(b"\r\n");
    }
    Some(EncodedBody {
        octets: lines,
        base64: true,
    })
}

fn seven_bit(text: &str, charset: Charset) -> Option<EncodedBody> {
    let mut octets = Vec::with_capacity(text.len() * 2);
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        let whole = charset.encode(line)?;
        if whole.len() <= LINE {
            octets.extend(whole);
        } else {
            octets.extend(broken(line, charset)?);
        }
        octets.extend_from_slice(b"\r\n");
    }
    Some(EncodedBody {
        octets,
        base64: false,
    })
}

/// A long line as several.
fn broken(line: &str, charset: Charset) -> Option<Vec<u8>> {
    let (mut octets, mut pending, mut length) = (Vec::new(), String::new(), 0);
    for cluster in line.graphemes(true) {
        // Escapes on both sides at worst: the sum is never less than what a line takes.
        let more = charset.encode(cluster)?.len();
        if length + more > LINE {
            octets.extend(charset.encode(&pending)?);
            octets.extend_from_slice(b"\r\n");
            pending.clear();
            length = 0;
        }
        pending.push_str(cluster);
        length += more;
    }
    octets.extend(charset.encode(&pending)?);
    Some(octets)
}
