//! How outgoing Japanese mail is written: 文字コード and 文字化け対策. A text is prepared first
//! (`guard`: what will arrive, and every character that changes on the way), then encoded
//! (`header`, `body`) and made a message (`message`). Nothing here sends anything.

mod body;
mod guard;
mod header;
mod message;
mod substitutes;
#[cfg(test)]
mod tests;

pub use guard::{Change, ChangeKind, PreparedMail, PreparedText, prepare};
pub use message::{MailToSelf, compose};

use encoding_rs::Encoding;

/// 文字コード: the charset outgoing mail is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Charset {
    /// ISO-2022-JP (RFC 1468), which Japanese mail programs of every age read.
    #[default]
    Iso2022Jp,
    /// UTF-8 (RFC 3629).
    Utf8,
    /// `Shift_JIS`, as Windows writes it.
    ShiftJis,
}

/// 文字化け対策: what happens to characters that the charset has no safe place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum GarblingGuard {
    /// Nothing: machine-dependent characters go out as they are, and may arrive as others.
    Off,
    /// They are replaced by ones that every program shows.
    #[default]
    Replace,
    /// The whole mail is sent as UTF-8 when it has any.
    Utf8WhenNeeded,
}

/// How an account's outgoing mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Writing {
    /// 文字コード.
    pub charset: Charset,
    /// 文字化け対策.
    pub guard: GarblingGuard,
}

impl GarblingGuard {
    /// Every guard, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Replace, Self::Utf8WhenNeeded, Self::Off];

    /// The name in the store and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Replace => "replace",
            Self::Utf8WhenNeeded => "utf8-when-needed",
        }
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|guard| guard.code() == code)
    }
}

impl Charset {
    /// Every charset, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Iso2022Jp, Self::Utf8, Self::ShiftJis];

    /// The name in the store and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Iso2022Jp => "iso-2022-jp",
            Self::Utf8 => "utf-8",
            Self::ShiftJis => "shift-jis",
        }
    }

    /// Reads a [`code`](Self::code) back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|charset| charset.code() == code)
    }

    /// The name in mail headers (IANA, preferred MIME name).
    #[must_use]
    pub const fn mime_name(self) -> &'static str {
        match self {
            Self::Iso2022Jp => "ISO-2022-JP",
            Self::Utf8 => "UTF-8",
            Self::ShiftJis => "Shift_JIS",
        }
    }

    const fn encoding(self) -> &'static Encoding {
        match self {
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Self::Utf8 => encoding_rs::UTF_8,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
        }
    }

    /// The octets of a text; `None` if it has a character that the charset lacks. In ISO-2022-JP
    /// they begin and end in ASCII (RFC 1468).
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        let (octets, _, lossy) = self.encoding().encode(text);
        (!lossy).then(|| octets.into_owned())
    }
}
