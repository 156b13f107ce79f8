//! 文字化け対策: tells for every character how it will arrive. A character is safe in a Japanese
//! charset when it is ASCII or stands in JIS X 0208 itself; what vendors added beside it (NEC's row
//! 13, IBM's extensions) is read differently by different systems, and the rest has no place.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::substitutes::{GETA, look_alike, substitute};
use super::{Charset, GarblingGuard};

/// A subject and a body as they will arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedMail {
    /// The charset they go out in: the one chosen, or UTF-8 where the guard says so.
    pub charset: Charset,
    /// The subject; one line.
    pub subject: PreparedText,
    /// The body; its lines end in LF.
    pub body: PreparedText,
}

/// A text as it will arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedText {
    /// What will be read.
    pub text: String,
    /// Every character that is another one than was written, or may become one, in order.
    pub changes: Vec<Change>,
}

/// One character that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands in [`PreparedText::text`]: its first byte.
    pub at: usize,
    /// What was written.
    pub written: String,
    /// What will be read; for [`ChangeKind::MachineDependent`] what may be read, at best.
    pub arrives: String,
    /// How it changes.
    pub kind: ChangeKind,
}

/// How a character changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Written another way, and looks the same: look-alike pairs, half-width katakana made full
    /// width, marks joined to their letter, selectors of a variant left out.
    SameLook,
    /// Replaced by characters that every program shows.
    Replaced,
    /// There is nothing to replace it by: 〓 arrives.
    Lost,
    /// Goes out as it is, and arrives only where the reader's system is of the same make.
    MachineDependent,
}

/// Prepares a mail. Line ends of the body may be CRLF, CR or LF; those of the subject become
/// spaces.
#[must_use]
pub fn prepare(subject: &str, body: &str, charset: Charset, guard: GarblingGuard) -> PreparedMail {
    let subject = one_line(subject);
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    let mail = PreparedMail {
        charset,
        subject: prepared(&subject, charset, guard),
        body: prepared(&body, charset, guard),
    };
    if guard == GarblingGuard::Utf8WhenNeeded && (mail.subject.garbles() || mail.body.garbles()) {
        return prepare(&subject, &body, Charset::Utf8, guard);
    }
    mail
}

impl PreparedText {
    /// Whether anything in it would be more than another way of writing the same.
    fn garbles(&self) -> bool {
        let harmless = |change: &Change| change.kind == ChangeKind::SameLook;
        !self.changes.iter().all(harmless)
    }
}

fn one_line(text: &str) -> String {
    let line = text.replace("\r\n", " ");
    line.replace(['\r', '\n'], " ").trim().to_owned()
}

fn prepared(text: &str, charset: Charset, guard: GarblingGuard) -> PreparedText {
    let mut made = PreparedText {
        text: String::with_capacity(text.len()),
        changes: Vec::new(),
    };
    for cluster in text.graphemes(true) {
        let (arrives, kind) = arrival(cluster, charset, guard);
        if let Some(kind) = kind {
            made.changes.push(Change {
                at: made.text.len(),
                written: cluster.to_owned(),
                arrives: arrives.clone(),
                kind,
            });
        }
        made.text.push_str(&arrives);
    }
    made
}

/// How one character arrives, with the marks that belong to it.
fn arrival(cluster: &str, charset: Charset, guard: GarblingGuard) -> (String, Option<ChangeKind>) {
    if charset == Charset::Utf8 {
        return (cluster.to_owned(), None);
    }
    if cluster.is_ascii() {
        return plain(cluster);
    }
    let widen = charset == Charset::Iso2022Jp || guard != GarblingGuard::Off;
    let same = same_look(cluster, widen);
    let kind = (same != cluster).then_some(ChangeKind::SameLook);
    if same.chars().all(|letter| is_safe(letter, charset)) {
        return (same, kind);
    }
    if guard == GarblingGuard::Off {
        if charset.encode(&same).is_some() {
            return (same, Some(ChangeKind::MachineDependent));
        }
        return (GETA.to_owned(), Some(ChangeKind::Lost));
    }
    let replaced = substitute(&same);
    if !replaced.is_empty() && replaced.chars().all(|letter| is_safe(letter, charset)) {
        return (replaced, Some(ChangeKind::Replaced));
    }
    (GETA.to_owned(), Some(ChangeKind::Lost))
}

/// ASCII, with the control characters taken out that are no text: a stray escape would switch an
/// ISO-2022-JP reader over, a NUL ends lines.
fn plain(cluster: &str) -> (String, Option<ChangeKind>) {
    let kept: String = cluster
        .chars()
        .filter(|letter| !letter.is_ascii_control() || matches!(letter, '\n' | '\t'))
        .collect();
    let kind = (kept != cluster).then_some(ChangeKind::SameLook);
    (kept, kind)
}

/// The same in another writing: marks joined to their letter, selectors left out, the look-alikes
/// that the charsets know, and half-width katakana made full width.
fn same_look(cluster: &str, widen: bool) -> String {
    let joined = cluster.chars().filter(|letter| !is_selector(*letter)).nfc();
    let known: String = joined.map(look_alike).collect();
    if widen && known.chars().any(is_half_width_kana) {
        return known.nfkc().collect();
    }
    known
}

/// U+FF61 to U+FF9F.
const fn is_half_width_kana(letter: char) -> bool {
    matches!(letter, '\u{ff61}'..='\u{ff9f}')
}

/// Selects the look of the character before it, or is of no width: it has no place in a Japanese
/// charset, and what stays is the character.
const fn is_selector(letter: char) -> bool {
    matches!(
        letter,
        '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{20e3}'
            | '\u{feff}'
            | '\u{00ad}'
    )
}

/// Whether every system reads the character the same: ASCII, JIS X 0208's rows 1 to 8 and 16 to
/// 84, and in `Shift_JIS` half-width katakana.
fn is_safe(letter: char, charset: Charset) -> bool {
    if letter.is_ascii() {
        return true;
    }
    if is_half_width_kana(letter) {
        return charset == Charset::ShiftJis;
    }
    let octets = Charset::Iso2022Jp.encode(letter.encode_utf8(&mut [0; 4]));
    // ESC $ B, row, cell, ESC ( B.
    match octets.as_deref() {
        Some([0x1b, b'$', b'B', row, _, 0x1b, b'(', b'B']) => {
            matches!(row.wrapping_sub(0x20), 1..=8 | 16..=84)
        }
        _ => false,
    }
}
