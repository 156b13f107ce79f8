//! The columns of the table, by their Japanese and English names, and the words that stand for
//! choices. Read are both languages and the names of the command line; written is one language.

use crate::account::{Field, Purpose, TlsMode};
use crate::charset::{Charset, GarblingGuard};
use crate::language::Language;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Address,
    Name,
    Purpose,
    SignIn,
    SignsIn,
    User,
    Pop3Host,
    Pop3Port,
    Pop3Tls,
    ImapHost,
    ImapPort,
    ImapTls,
    SmtpHost,
    SmtpPort,
    SmtpTls,
    Charset,
    Guard,
}

impl Column {
    /// In the order they are written in.
    pub(super) const ALL: [Self; 17] = [
        Self::Address,
        Self::Name,
        Self::Purpose,
        Self::SignIn,
        Self::SignsIn,
        Self::User,
        Self::Pop3Host,
        Self::Pop3Port,
        Self::Pop3Tls,
        Self::ImapHost,
        Self::ImapPort,
        Self::ImapTls,
        Self::SmtpHost,
        Self::SmtpPort,
        Self::SmtpTls,
        Self::Charset,
        Self::Guard,
    ];

    /// The Japanese and the English name.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Address => ["メールアドレス", "Address"],
            Self::Name => ["名称", "Name"],
            Self::Purpose => ["用途", "Purpose"],
            Self::SignIn => ["認証方式", "Sign-in"],
            Self::SignsIn => [
                "共有メールボックスにサインインする人",
                "Signs in for the shared mailbox",
            ],
            Self::User => ["アカウント", "Account"],
            Self::Pop3Host => ["POPサーバー", "POP server"],
            Self::Pop3Port => ["POPポート", "POP port"],
            Self::Pop3Tls => ["POP暗号化", "POP encryption"],
            Self::ImapHost => ["IMAPサーバー", "IMAP server"],
            Self::ImapPort => ["IMAPポート", "IMAP port"],
            Self::ImapTls => ["IMAP暗号化", "IMAP encryption"],
            Self::SmtpHost => ["SMTPサーバー", "SMTP server"],
            Self::SmtpPort => ["SMTPポート", "SMTP port"],
            Self::SmtpTls => ["SMTP暗号化", "SMTP encryption"],
            Self::Charset => ["文字コード", "Character set"],
            Self::Guard => ["文字化け対策", "Garbling guard"],
        }
    }

    pub(super) const fn name(self, language: Language) -> &'static str {
        let [ja, en] = self.names();
        match language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    /// The column of that name in either language, whatever its case and width.
    pub(super) fn of(name: &str) -> Option<Self> {
        let wanted = plain(name);
        let is = |column: &Self| column.names().iter().any(|name| plain(name) == wanted);
        Self::ALL.into_iter().find(is)
    }

    /// Where a fault in it stands.
    pub(super) const fn field(self) -> Field {
        match self {
            Self::Address => Field::Address,
            Self::Name => Field::Name,
            Self::Purpose => Field::Purpose,
            Self::SignIn => Field::OAuth,
            Self::SignsIn => Field::SignsIn,
            Self::User => Field::User,
            Self::Pop3Host => Field::Pop3Host,
            Self::Pop3Port => Field::Pop3Port,
            Self::Pop3Tls => Field::Pop3Tls,
            Self::ImapHost => Field::ImapHost,
            Self::ImapPort => Field::ImapPort,
            Self::ImapTls => Field::ImapTls,
            Self::SmtpHost => Field::SmtpHost,
            Self::SmtpPort => Field::SmtpPort,
            Self::SmtpTls => Field::SmtpTls,
            Self::Charset => Field::Charset,
            Self::Guard => Field::Guard,
        }
    }
}

/// A choice by its words: the first two are written, in Japanese and English; all are read.
pub(super) struct Choice<T: 'static> {
    rows: &'static [(T, &'static [&'static str])],
}

impl<T: Copy + PartialEq> Choice<T> {
    pub(super) fn read(&self, word: &str) -> Option<T> {
        let wanted = plain(word);
        let is = |words: &[&str]| words.iter().any(|word| plain(word) == wanted);
        self.rows
            .iter()
            .find(|(_, words)| is(words))
            .map(|(choice, _)| *choice)
    }

    pub(super) fn word(&self, choice: T, language: Language) -> &'static str {
        let words = self
            .rows
            .iter()
            .find(|(each, _)| *each == choice)
            .map(|(_, words)| *words);
        let at = match language {
            Language::Ja => 0,
            Language::En => 1,
        };
        words
            .and_then(|words| words.get(at))
            .copied()
            .unwrap_or_default()
    }
}

pub(super) const PURPOSES: Choice<Purpose> = Choice {
    rows: &[
        (Purpose::Unspecified, &["未指定", "Unspecified"]),
        (Purpose::Sending, &["送信", "Sending"]),
        (
            Purpose::OrderReceiving,
            &["注文受信", "Order receiving", "order-receiving"],
        ),
        (
            Purpose::RakutenSending,
            &["楽天市場注文の送信", "Rakuten sending", "rakuten-sending"],
        ),
    ],
};

/// `true`: by OAuth.
pub(super) const SIGN_INS: Choice<bool> = Choice {
    rows: &[
        (true, &["OAuth", "OAuth"]),
        (false, &["パスワード", "Password"]),
    ],
};

/// A shared mailbox for which anybody with access signs in.
pub(super) const ANYBODY: Choice<()> = Choice {
    rows: &[((), &["誰でも", "Anybody", "だれでも"])],
};

pub(super) const TLS_MODES: Choice<TlsMode> = Choice {
    rows: &[
        (
            TlsMode::Implicit,
            &["SSL/TLS", "SSL/TLS", "SSL", "TLS", "implicit"],
        ),
        (TlsMode::StartTls, &["STARTTLS", "STARTTLS"]),
        (TlsMode::None, &["なし", "None"]),
    ],
};

pub(super) const CHARSETS: Choice<Charset> = Choice {
    rows: &[
        (Charset::Iso2022Jp, &["ISO-2022-JP", "ISO-2022-JP", "JIS"]),
        (Charset::Utf8, &["UTF-8", "UTF-8"]),
        (
            Charset::ShiftJis,
            &["Shift_JIS", "Shift_JIS", "shift-jis", "SJIS"],
        ),
    ],
};

pub(super) const GUARDS: Choice<GarblingGuard> = Choice {
    rows: &[
        (GarblingGuard::Replace, &["置き換える", "Replace"]),
        (
            GarblingGuard::Utf8WhenNeeded,
            &["必要なときUTF-8", "UTF-8 when needed", "utf8-when-needed"],
        ),
        (GarblingGuard::Off, &["しない", "Off"]),
    ],
};

/// As compared: half and full width, upper and lower case are the same.
fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    word.trim().nfkc().flat_map(char::to_lowercase).collect()
}
