//! The words that a value may have, and the core's types that they stand for.
//! They are part of the command line's contract: none goes within a major version.

use clap::ValueEnum;
use ninka_core::cloud::MailProtocol;
use ninka_core::language::Language;
use ninka_core::view::PurposeView;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ProtocolWord {
    Pop3,
    Imap,
    Smtp,
}

impl From<ProtocolWord> for MailProtocol {
    fn from(word: ProtocolWord) -> Self {
        match word {
            ProtocolWord::Pop3 => Self::Pop3,
            ProtocolWord::Imap => Self::Imap,
            ProtocolWord::Smtp => Self::Smtp,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LanguageWord {
    Ja,
    En,
}

impl From<LanguageWord> for Language {
    fn from(word: LanguageWord) -> Self {
        match word {
            LanguageWord::Ja => Self::Ja,
            LanguageWord::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PurposeWord {
    Unspecified,
    Sending,
    OrderReceiving,
    RakutenSending,
}

impl From<PurposeWord> for PurposeView {
    fn from(word: PurposeWord) -> Self {
        match word {
            PurposeWord::Unspecified => Self::Unspecified,
            PurposeWord::Sending => Self::Sending,
            PurposeWord::OrderReceiving => Self::OrderReceiving,
            PurposeWord::RakutenSending => Self::RakutenSending,
        }
    }
}
