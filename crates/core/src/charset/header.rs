//! Header values as encoded words (RFC 2047): each word is complete in itself, never ends inside a
//! character, and has 75 characters at most; the words are folded at spaces (RFC 5322).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Charset;

/// The longest encoded word (RFC 2047, section 2), and the longest line that has one.
const WORD: usize = 75;
/// The longest line of plain text before it is folded (RFC 5322, section 2.1.1).
const LINE: usize = 78;

/// The value of a header that is called `name`, folded; the text has been prepared for `charset`.
/// `None` if the charset lacks one of its characters.
pub(super) fn encode(name: &str, text: &str, charset: Charset) -> Option<String> {
    let used = name.len() + ": ".len();
    if is_plain(text)
        && let Some(folded) = fold(text, used)
    {
        return Some(folded);
    }
    let mut words: Vec<String> = Vec::new();
    let mut pending = String::new();
    for cluster in text.graphemes(true) {
        // A cluster of many marks may be longer than a word: then the letter is what stays whole.
        let pieces: Vec<String> = if word(cluster, charset)?.len() <= WORD - used.min(WORD / 2) {
            vec![cluster.to_owned()]
        } else {
            cluster.chars().map(String::from).collect()
        };
        for piece in pieces {
            let room = if words.is_empty() {
                WORD - used.min(WORD / 2)
            } else {
                WORD
            };
            let longer = format!("{pending}{piece}");
            if word(&longer, charset)?.len() <= room || pending.is_empty() {
                pending = longer;
            } else {
                words.push(word(&pending, charset)?);
                pending = piece;
            }
        }
    }
    words.push(word(&pending, charset)?);
    Some(words.join("\r\n "))
}

/// Whether it can stand in a header as it is, and cannot be taken for encoded words.
fn is_plain(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, ' '..='~')) && !text.contains("=?")
}

/// Plain text folded at its spaces; `None` where there are too few of them.
fn fold(text: &str, used: usize) -> Option<String> {
    let (mut folded, mut column) = (String::with_capacity(text.len()), used);
    for word in text.split_inclusive(' ') {
        if column > used && column + word.trim_end().len() > LINE {
            // The space before the word goes to the next line's beginning.
            let space = folded.pop();
            folded.push_str("\r\n");
            folded.extend(space);
            column = 1;
        }
        folded.push_str(word);
        column += word.len();
        if column > LINE + 1 {
            return None;
        }
    }
    Some(folded)
}

fn word(text: &str, charset: Charset) -> Option<String> {
    let octets = charset.encode(text)?;
    Some(format!(
        "=?{}?B?{}?=",
        charset.mime_name(),
        STANDARD.encode(octets)
    ))
}
