//! 操作の記録: what was done, by its stable name, and the list as a table. No secret has a place in it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::exchange::{TableEncoding, write_table};
use crate::language::Language;
use crate::operators::{OperatorName, Permission, Permissions};
use crate::problem::Outcome;
use crate::settings::SettingKey;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Permissions were switched on.
    SwitchedOn,
    /// Permissions were switched off.
    SwitchedOff,
    /// A sign-in.
    SignedIn,
    /// A wrong password.
    SignInRefused,
    /// A sign-out, or the lock.
    SignedOut,
    /// A new operator.
    OperatorAdded,
    /// An operator's name or permissions.
    OperatorChanged,
    /// An operator was removed.
    OperatorRemoved,
    /// An operator's password, by the operator or by a full one.
    PasswordChanged,
    /// An operator's password, from the command line of this computer.
    PasswordReset,
    /// A new account.
    AccountAdded,
    /// An account's settings.
    AccountChanged,
    /// An account was removed.
    AccountRemoved,
    /// 元に戻す.
    SwitchUndone,
    /// An authorization was obtained.
    Authorized,
    /// An authorization was deleted.
    Revoked,
    /// A test mail was sent to the account itself.
    TestMail,
    /// Accounts were registered from a table.
    Imported,
    /// The accounts were written to a table.
    Exported,
    /// A sealed backup was made.
    BackedUp,
    /// A backup was brought back.
    Restored,
    /// Settings.
    SettingsChanged,
    /// The place of the vault's key.
    VaultChanged,
    /// This list was written to a table.
    AuditExported,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// The operator's name as it was then; `None` where nobody was signed in.
    pub who: Option<String>,
    /// What.
    pub what: Deed,
    /// A mail address, an operator, the names of settings.
    pub about: Option<String>,
    /// Whether it was in practice mode.
    pub practice: bool,
}

impl AuditEntry {
    /// What it was about, in words: permissions, settings and numbers have stable names in the list.
    #[must_use]
    pub fn said_about(&self, language: Language) -> Option<String> {
        let about = self.about.as_deref()?;
        let said = match self.what {
            Deed::OperatorAdded | Deed::OperatorChanged => operator(about, language),
            Deed::SettingsChanged => Some(settings(about, language)),
            Deed::Imported | Deed::Exported | Deed::Restored => about
                .parse::<u32>()
                .ok()
                .map(|count| language.text("audit-about-accounts", [("count", count)])),
            Deed::VaultChanged => ["passphrase", "session"]
                .contains(&about)
                .then(|| language.plain(&format!("audit-about-key-{about}"))),
            Deed::SwitchedOn
            | Deed::SwitchedOff
            | Deed::SignedIn
            | Deed::SignInRefused
            | Deed::SignedOut
            | Deed::OperatorRemoved
            | Deed::PasswordChanged
            | Deed::PasswordReset
            | Deed::AccountAdded
            | Deed::AccountChanged
            | Deed::AccountRemoved
            | Deed::SwitchUndone
            | Deed::Authorized
            | Deed::Revoked
            | Deed::TestMail
            | Deed::BackedUp
            | Deed::AuditExported => None,
        };
        Some(said.unwrap_or_else(|| about.to_owned()))
    }
}

/// What the list keeps of an operator and the permissions: `NAME: accounts=view settings=none`.
pub(crate) fn kept_of(name: &OperatorName, permissions: Permissions) -> String {
    let (accounts, settings) = (permissions.accounts.code(), permissions.settings.code());
    format!("{}: accounts={accounts} settings={settings}", name.as_str())
}

/// [`kept_of`] in words; a name may hold anything but stands first.
fn operator(about: &str, language: Language) -> Option<String> {
    let (name, permissions) = about.rsplit_once(": accounts=")?;
    let (accounts, settings) = permissions.split_once(" settings=")?;
    let word = |code: &str| {
        Permission::from_code(code).map(|_| language.plain(&format!("permission-{code}")))
    };
    Some(language.text(
        "audit-about-operator",
        [
            ("name", name.to_owned()),
            ("accounts", word(accounts)?),
            ("settings", word(settings)?),
        ],
    ))
}

/// The names of settings; one of another version is shown as it is.
fn settings(about: &str, language: Language) -> String {
    let words = about
        .split(' ')
        .map(|name| match SettingKey::from_name(name) {
            Ok(_) => language.plain(&format!("audit-about-setting-{name}")),
            Err(_) => name.to_owned(),
        });
    let comma = match language {
        Language::Ja => "、",
        Language::En => ", ",
    };
    words.collect::<Vec<_>>().join(comma)
}

impl Deed {
    /// Everything.
    pub const ALL: [Self; 24] = [
        Self::SwitchedOn,
        Self::SwitchedOff,
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
        Self::OperatorAdded,
        Self::OperatorChanged,
        Self::OperatorRemoved,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::AccountAdded,
        Self::AccountChanged,
        Self::AccountRemoved,
        Self::SwitchUndone,
        Self::Authorized,
        Self::Revoked,
        Self::TestMail,
        Self::Imported,
        Self::Exported,
        Self::BackedUp,
        Self::Restored,
        Self::SettingsChanged,
        Self::VaultChanged,
        Self::AuditExported,
    ];

    /// The stable name; `audit-what-<name>` is its text.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SwitchedOn => "switched-on",
            Self::SwitchedOff => "switched-off",
            Self::SignedIn => "signed-in",
            Self::SignInRefused => "sign-in-refused",
            Self::SignedOut => "signed-out",
            Self::OperatorAdded => "operator-added",
            Self::OperatorChanged => "operator-changed",
            Self::OperatorRemoved => "operator-removed",
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::AccountAdded => "account-added",
            Self::AccountChanged => "account-changed",
            Self::AccountRemoved => "account-removed",
            Self::SwitchUndone => "switch-undone",
            Self::Authorized => "authorized",
            Self::Revoked => "revoked",
            Self::TestMail => "test-mail",
            Self::Imported => "imported",
            Self::Exported => "exported",
            Self::BackedUp => "backed-up",
            Self::Restored => "restored",
            Self::SettingsChanged => "settings-changed",
            Self::VaultChanged => "vault-changed",
            Self::AuditExported => "audit-exported",
        }
    }

    /// Reads a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }

    /// The words.
    #[must_use]
    pub fn said(self, language: Language) -> String {
        language.plain(&format!("audit-what-{}", self.code()))
    }
}

/// Writes the list as a table, in the computer's own time zone.
///
/// # Errors
/// [`Problem::Internal`](crate::Problem::Internal) only: nothing outside memory is touched.
pub fn write(
    entries: &[AuditEntry],
    language: Language,
    encoding: TableEncoding,
) -> Outcome<Vec<u8>> {
    let head = ["at", "who", "what", "about", "practice"];
    let head = head.map(|column| language.plain(&format!("audit-column-{column}")));
    let rows = entries.iter().map(|entry| {
        let at = entry.at.to_zoned(TimeZone::system());
        [
            at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            entry.who.clone().unwrap_or_default(),
            entry.what.said(language),
            entry.said_about(language).unwrap_or_default(),
            if entry.practice {
                language.plain("audit-in-practice")
            } else {
                String::new()
            },
        ]
    });
    write_table(std::iter::once(head).chain(rows), encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_has_a_name_and_its_words() {
        for deed in Deed::ALL {
            assert_eq!(Deed::from_code(deed.code()), Some(deed));
            for language in [Language::Ja, Language::En] {
                assert!(!deed.said(language).starts_with("audit-"), "{deed:?}");
            }
        }
    }

    #[test]
    fn what_it_was_about_is_said_in_words() {
        let said = |what: Deed, about: &str, language: Language| {
            let entry = AuditEntry {
                at: Timestamp::UNIX_EPOCH,
                who: None,
                what,
                about: Some(about.to_owned()),
                practice: false,
            };
            entry.said_about(language).unwrap()
        };
        let (ja, en) = (Language::Ja, Language::En);
        for (what, about, language, words) in [
            (
                Deed::OperatorAdded,
                "花: 子: accounts=view settings=none",
                ja,
                "花: 子（メールアカウント：参照、設定：なし）",
            ),
            (Deed::OperatorChanged, "花子", ja, "花子"),
            (
                Deed::OperatorChanged,
                "花子: accounts=all settings=none",
                ja,
                "花子: accounts=all settings=none",
            ),
            (
                Deed::SettingsChanged,
                "theme lock-minutes",
                ja,
                "配色、操作がないときのロック",
            ),
            (
                Deed::SettingsChanged,
                "theme of-tomorrow",
                en,
                "Colours, of-tomorrow",
            ),
            (Deed::Imported, "12", ja, "12件"),
            (Deed::Restored, "1", en, "1 account"),
            (Deed::VaultChanged, "session", en, "Until Ninka is quit"),
            (Deed::VaultChanged, "elsewhere", en, "elsewhere"),
            (Deed::AccountAdded, "theme", en, "theme"),
        ] {
            assert_eq!(said(what, about, language), words);
        }
        for key in SettingKey::ALL {
            for language in [ja, en] {
                let words = said(Deed::SettingsChanged, key.name(), language);
                assert!(!words.starts_with("audit-"), "{words}");
            }
        }
    }

    #[test]
    fn the_table_is_for_spreadsheet_programs() {
        let entry = AuditEntry {
            at: Timestamp::from_second(1_790_000_000).unwrap(),
            who: Some("=山田".to_owned()),
            what: Deed::AccountRemoved,
            about: Some("order@hana.example".to_owned()),
            practice: true,
        };
        let table = write(&[entry], Language::Ja, TableEncoding::Utf8).unwrap();
        let text = String::from_utf8(table).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}日時,操作した人,操作,対象,練習");
        assert!(lines[1].ends_with(",'=山田,メールアカウントを削除,order@hana.example,練習"));
        assert_eq!(lines.len(), 3);
    }
}
