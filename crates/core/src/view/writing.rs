//! 文字コード and 文字化け対策 as the form shows and sends them, and the preview of a mail.

use super::{Deserialize, JsonSchema, Serialize, TS};
use crate::charset::{
    Change, ChangeKind, Charset, GarblingGuard, PreparedMail, PreparedText, Writing,
};

/// 文字コード
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum CharsetView {
    /// ISO-2022-JP
    #[serde(rename = "iso-2022-jp")]
    Iso2022Jp,
    /// UTF-8
    #[serde(rename = "utf-8")]
    Utf8,
    /// `Shift_JIS`
    ShiftJis,
}

/// 文字化け対策
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum GuardView {
    /// しない
    Off,
    /// 機種依存文字を置き換える
    Replace,
    /// 必要なときだけUTF-8で送る
    #[serde(rename = "utf8-when-needed")]
    Utf8WhenNeeded,
}

/// How an account's outgoing mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WritingView {
    /// 文字コード
    pub charset: CharsetView,
    /// 文字化け対策
    pub guard: GuardView,
}

/// A mail whose arrival is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct PreviewRequest {
    /// As typed.
    pub subject: String,
    /// As typed.
    pub body: String,
    /// As chosen.
    pub writing: WritingView,
}

/// A mail as it will arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PreviewView {
    /// The charset it goes out in.
    pub charset: CharsetView,
    /// The subject.
    pub subject: PreviewText,
    /// The body.
    pub body: PreviewText,
}

/// A text as it will arrive, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PreviewText {
    /// The pieces, in order; joined they are the text.
    pub pieces: Vec<PreviewPiece>,
}

/// A stretch of text that arrives as it was written, or one character that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PreviewPiece {
    /// What will be read.
    pub text: String,
    /// What was written, where that is another.
    pub written: Option<String>,
    /// How it changes; `null` for what stays.
    pub change: Option<ChangeView>,
}

/// How a character changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export)]
pub enum ChangeView {
    /// Looks the same.
    SameLook,
    /// Replaced.
    Replaced,
    /// 〓 arrives.
    Lost,
    /// May arrive as another.
    MachineDependent,
}

impl Default for WritingView {
    fn default() -> Self {
        Writing::default().into()
    }
}

impl From<Writing> for WritingView {
    fn from(writing: Writing) -> Self {
        let guard = match writing.guard {
            GarblingGuard::Off => GuardView::Off,
            GarblingGuard::Replace => GuardView::Replace,
            GarblingGuard::Utf8WhenNeeded => GuardView::Utf8WhenNeeded,
        };
        Self {
            charset: writing.charset.into(),
            guard,
        }
    }
}

impl From<WritingView> for Writing {
    fn from(view: WritingView) -> Self {
        let charset = match view.charset {
            CharsetView::Iso2022Jp => Charset::Iso2022Jp,
            CharsetView::Utf8 => Charset::Utf8,
            CharsetView::ShiftJis => Charset::ShiftJis,
        };
        let guard = match view.guard {
            GuardView::Off => GarblingGuard::Off,
            GuardView::Replace => GarblingGuard::Replace,
            GuardView::Utf8WhenNeeded => GarblingGuard::Utf8WhenNeeded,
        };
        Self { charset, guard }
    }
}

impl From<Charset> for CharsetView {
    fn from(charset: Charset) -> Self {
        match charset {
            Charset::Iso2022Jp => Self::Iso2022Jp,
            Charset::Utf8 => Self::Utf8,
            Charset::ShiftJis => Self::ShiftJis,
        }
    }
}

impl From<&PreparedMail> for PreviewView {
    fn from(mail: &PreparedMail) -> Self {
        Self {
            charset: mail.charset.into(),
            subject: (&mail.subject).into(),
            body: (&mail.body).into(),
        }
    }
}

impl From<&PreparedText> for PreviewText {
    fn from(prepared: &PreparedText) -> Self {
        let mut pieces = Vec::new();
        let mut rest = 0;
        let plain = |from: usize, to: usize, pieces: &mut Vec<PreviewPiece>| {
            if let Some(text) = prepared.text.get(from..to).filter(|text| !text.is_empty()) {
                pieces.push(PreviewPiece {
                    text: text.to_owned(),
                    written: None,
                    change: None,
                });
            }
        };
        for change in &prepared.changes {
            plain(rest, change.at, &mut pieces);
            pieces.push(change.into());
            rest = change.at + change.arrives.len();
        }
        plain(rest, prepared.text.len(), &mut pieces);
        Self { pieces }
    }
}

impl From<&Change> for PreviewPiece {
    fn from(change: &Change) -> Self {
        let kind = match change.kind {
            ChangeKind::SameLook => ChangeView::SameLook,
            ChangeKind::Replaced => ChangeView::Replaced,
            ChangeKind::Lost => ChangeView::Lost,
            ChangeKind::MachineDependent => ChangeView::MachineDependent,
        };
        Self {
            text: change.arrives.clone(),
            written: Some(change.written.clone()),
            change: Some(kind),
        }
    }
}
