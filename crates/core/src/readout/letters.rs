//! Thirty-five bits as eight letters and digits of Crockford's alphabet, which has no I, L, O and U.
//! The eighth is a check character: Crockford's own needs signs that nobody can read out, so this
//! is a Reed-Solomon check over GF(32). It finds every single wrong character and every two that
//! changed places, also apart.

use unicode_normalization::UnicodeNormalization as _;

use super::Version;

/// Source: Douglas Crockford, Base 32.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
/// Letters and digits, the check character among them.
const LENGTH: usize = 8;

/// Why a text is no code that this program can explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It has another number of letters and digits than eight.
    Length {
        /// How many it has; nine stands for nine or more.
        found: usize,
    },
    /// A character that no code has.
    Character {
        /// Which.
        character: char,
    },
    /// The check character does not fit: something was misheard or mistyped.
    Mistyped,
    /// A newer program made it.
    Newer {
        /// That program's version.
        version: Version,
    },
}

/// The letters of the low 35 bits.
pub(super) fn write(bits: u64) -> [char; LENGTH] {
    let mut values = [0_u8; LENGTH];
    for (at, value) in values.iter_mut().take(LENGTH - 1).enumerate() {
        let shift = 5 * (LENGTH - 2 - at);
        *value = u8::try_from(bits >> shift & 31).unwrap_or_default();
    }
    let [data @ .., check] = &mut values;
    *check = check_of(data);
    values.map(|value| ALPHABET.get(usize::from(value)).copied().unwrap_or('0'))
}

/// The bits of a text as people type it.
pub(super) fn read(text: &str) -> Result<u64, Unreadable> {
    let mut values = Vec::with_capacity(LENGTH);
    for character in text.nfkc() {
        if let Some(value) = value(character)? {
            values.push(value);
        }
        // One too many is enough to know.
        if values.len() > LENGTH {
            break;
        }
    }
    let found = values.len();
    let Some((check, data)) = values.split_last().filter(|_| found == LENGTH) else {
        return Err(Unreadable::Length { found });
    };
    if check_of(data) != *check {
        return Err(Unreadable::Mistyped);
    }
    Ok(data
        .iter()
        .fold(0, |bits, value| bits << 5 | u64::from(*value)))
}

/// A letter's value; `None` for what may stand between letters.
fn value(character: char) -> Result<Option<u8>, Unreadable> {
    let upper = character.to_ascii_uppercase();
    let meant = match upper {
        'O' => '0',
        'I' | 'L' => '1',
        // Every dash that a keyboard or a word processor makes, the Japanese long vowel too.
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{30FB}' | '.' | '_' => {
            return Ok(None);
        }
        _ if upper.is_whitespace() => return Ok(None),
        _ => upper,
    };
    let at = ALPHABET.iter().position(|letter| *letter == meant);
    match at.and_then(|at| u8::try_from(at).ok()) {
        Some(value) => Ok(Some(value)),
        None => Err(Unreadable::Character { character }),
    }
}

/// The value that makes the polynomial vanish at the generator of GF(32): each place weighs
/// another power of it, so one change never cancels, and no exchange of two does.
fn check_of(data: &[u8]) -> u8 {
    let sum = data.iter().fold(0, |sum, value| times_x(sum) ^ value);
    times_x(sum)
}

/// Times x in `GF(2)[x]` modulo the primitive polynomial x^5 + x^2 + 1.
const fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}
