//! Makes what a server said fit to be shown, kept and sent on: printable, of a bounded length, and
//! without anything secret that was sent, should the server repeat it.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::secret::Secret;

/// The longest text kept of one reply.
pub(super) const MAX_RAW: usize = 2 * 1024;
/// A shared run of this length with a secret is no accident. Servers cut lines: half a token in an
/// error message is masked too.
const WINDOW: usize = 12;
/// Stands where something was taken out.
pub(crate) const MASK: &str = "[…]";

/// Knows the secrets of an account and takes them out of texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scrub {
    /// Secrets shorter than a window.
    short: Vec<Secret>,
    /// The hashes of every window of the others: a set of parts of a token would be one more copy.
    windows: HashSet<u64>,
    hasher: RandomState,
}

impl Scrub {
    /// Hides a password or a token, also when it comes back as Base64.
    pub(crate) fn hide(&mut self, secret: &Secret) {
        self.hide_as_sent(secret);
        self.hide_as_sent(&Secret::new(STANDARD.encode(secret.expose())));
    }

    /// Hides a text that was sent, in just that spelling.
    pub(super) fn hide_as_sent(&mut self, secret: &Secret) {
        if secret.expose().len() < WINDOW {
            self.short.push(secret.clone());
            return;
        }
        for window in secret.expose().as_bytes().windows(WINDOW) {
            self.windows.insert(self.hasher.hash_one(window));
        }
    }

    /// The text of what a server sent.
    pub(crate) fn text(&self, bytes: &[u8]) -> String {
        // Twice what is kept: a secret that is cut here is not shown at all.
        let bytes = bytes.get(..2 * MAX_RAW).unwrap_or(bytes);
        let text: String = String::from_utf8_lossy(bytes)
            .chars()
            .filter(|c| *c == '\n' || !c.is_control())
            .collect();
        let hidden = self.hidden(text.as_bytes());
        let mut shown = String::new();
        let mut masked = false;
        for (at, c) in text.char_indices() {
            if shown.len() > MAX_RAW - 2 * MASK.len() {
                break;
            }
            if hidden.iter().skip(at).take(c.len_utf8()).any(|h| *h) {
                if !masked {
                    shown.push_str(MASK);
                }
                masked = true;
            } else {
                masked = false;
                shown.push(c);
            }
        }
        shown.trim().to_owned()
    }

    /// Marks every byte that repeats a secret, or a long enough part of one.
    fn hidden(&self, text: &[u8]) -> Vec<bool> {
        let mut hidden = vec![false; text.len()];
        let mut mark = |at: usize, length: usize| {
            hidden
                .iter_mut()
                .skip(at)
                .take(length)
                .for_each(|h| *h = true);
        };
        for (at, window) in text.windows(WINDOW).enumerate() {
            if self.windows.contains(&self.hasher.hash_one(window)) {
                mark(at, WINDOW);
            }
        }
        for secret in &self.short {
            let secret = secret.expose().as_bytes();
            let length = secret.len();
            for (at, window) in text.windows(length.max(1)).enumerate() {
                if window == secret && (length >= 6 || stands_alone(text, at, length)) {
                    mark(at, length);
                }
            }
        }
        hidden
    }
}

/// A password of a few letters is hidden only as a word, or every text would be full of holes.
fn stands_alone(text: &[u8], at: usize, length: usize) -> bool {
    let open = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    open(at.checked_sub(1)) && open(Some(at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrub(secret: &str) -> Scrub {
        let mut scrub = Scrub::default();
        scrub.hide(&Secret::new(secret.to_owned()));
        scrub
    }

    #[test]
    fn what_was_sent_is_taken_out_whole_cut_and_encoded() {
        let token: String = (0..1500_u32)
            .map(|n| char::from(b'A' + (n * 7 % 26) as u8))
            .collect();
        let scrub = scrub(&token);
        let encoded = STANDARD.encode(&token);
        let (half, part) = (token.split_at(700).1, encoded.split_at(1900).1);
        for echo in [&token, half, &encoded, part] {
            let text = scrub.text(format!("-ERR no such command: {echo} here").as_bytes());
            assert_eq!(text, "-ERR no such command: […] here");
        }
    }

    #[test]
    fn short_passwords_and_other_alphabets() {
        assert_eq!(scrub("ab").text(b"-ERR abuse of ab"), "-ERR abuse of […]");
        assert_eq!(scrub("hunter2").text(b"x-hunter2x"), "x-[…]x");
        assert_eq!(
            scrub("花ひらく店の鍵").text("NO 花ひらく店の鍵です".as_bytes()),
            "NO […]です"
        );
        assert_eq!(scrub("").text(b"+OK"), "+OK");
    }

    #[test]
    fn control_characters_go_and_the_length_is_bounded() {
        let text = scrub("hunter2").text(b"\x1b[31m-ERR \0hun\x07ter2\r\nmore\xff");
        assert_eq!(text, "[31m-ERR […]\nmore\u{fffd}");
        let long = scrub("hunter2").text("あ".repeat(5000).as_bytes());
        assert!(long.len() <= MAX_RAW && long.len() > MAX_RAW - 16);
    }
}
