//! The forms in which a secret could lie somewhere: as it is, encoded, escaped, in wide characters,
//! or wrapped into a sign-in (RFC 4616, XOAUTH2), which is Base64 at one of three offsets.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// From this length on pieces stand for the whole, so that a cut-off token is found as well.
const LONG: usize = 64;
/// Of a random token this much is not found by chance.
const PIECE: usize = 18;

/// What of a secret is looked for: all of a short one, pieces of a long one. A token that begins
/// as all of its kind do is told by what follows.
fn pieces(secret: &str) -> Vec<&str> {
    let length = secret.len();
    if length < LONG {
        return vec![secret];
    }
    // Long ones are tokens and codes, which are ASCII; where one is not, it is looked for as a whole.
    let from = [length / 3, length * 2 / 3, length - PIECE];
    let cut = from.map(|from| secret.get(from..from + PIECE));
    if cut.iter().any(Option::is_none) {
        return vec![secret];
    }
    cut.into_iter().flatten().collect()
}

/// Every form of every piece.
pub(super) fn of(secret: &str) -> BTreeSet<Vec<u8>> {
    pieces(secret).into_iter().flat_map(of_piece).collect()
}

fn of_piece(piece: &str) -> Vec<Vec<u8>> {
    let octets = piece.as_bytes();
    let hex = |upper: bool| {
        octets.iter().fold(String::new(), |mut text, octet| {
            let _infallible = if upper {
                write!(text, "{octet:02X}")
            } else {
                write!(text, "{octet:02x}")
            };
            text
        })
    };
    let escaped = |keep: &dyn Fn(u8) -> bool, upper: bool| {
        octets.iter().fold(String::new(), |mut text, &octet| {
            let _infallible = match (keep(octet), upper) {
                (true, _) => write!(text, "{}", char::from(octet)),
                (false, true) => write!(text, "%{octet:02X}"),
                (false, false) => write!(text, "%{octet:02x}"),
            };
            text
        })
    };
    let unreserved = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
    let form = |octet: u8| unreserved(octet) || octet == b' ';
    let json = serde_json::to_string(piece).unwrap_or_default();
    let json = json.trim_matches('"').to_owned();
    let ascii_json: String = json.chars().map(ascii).collect();
    let wide = |little: bool| -> Vec<u8> {
        piece
            .encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let mut forms = vec![
        octets.to_vec(),
        hex(false).into(),
        hex(true).into(),
        escaped(&unreserved, true).into(),
        escaped(&unreserved, false).into(),
        escaped(&form, true).replace(' ', "+").into(),
        json.replace('/', "\\/").into(),
        // A line of JSON within JSON, as logs and messages have it.
        json.replace('\\', "\\\\").replace('"', "\\\"").into(),
        json.into(),
        ascii_json.into(),
        piece.escape_debug().to_string().into(),
        piece.escape_default().to_string().into(),
        piece
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;")
            .into(),
        wide(true),
        wide(false),
    ];
    for offset in 0..3 {
        forms.push(based(&STANDARD_NO_PAD, octets, offset));
        forms.push(based(&URL_SAFE_NO_PAD, octets, offset));
    }
    forms
}

fn ascii(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_string();
    }
    let mut units = [0; 2];
    let units = letter.encode_utf16(&mut units);
    units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// Base64 of the octets with so many others before them: the letters that depend on them alone.
fn based(engine: &impl base64::Engine, octets: &[u8], offset: usize) -> Vec<u8> {
    let mut all = vec![0; offset];
    all.extend_from_slice(octets);
    let text = engine.encode(&all).into_bytes();
    let from = (offset * 8).div_ceil(6);
    let to = all.len() * 8 / 6;
    text.get(from..to).unwrap_or_default().to_vec()
}
