//! Permissions: who may see and change what, once they are switched on. Without any operator they
//! are off and everybody may do everything. What each function of the façade needs stands at its
//! head in `ninka`; the rows are in `store`.

mod audit;
mod gate;
mod password;

pub(crate) use audit::kept_of;
pub use audit::{AuditEntry, Deed, write};
pub(crate) use gate::{Gate, Session};
pub(crate) use password::{Verifier, wait_after};

/// The least number of characters of an operator's password.
pub const PASSWORD_LEAST: i64 = 8;
/// The most characters of a password: what is hashed has a limit.
pub(crate) const PASSWORD_MOST: usize = 1_000;
/// The most characters of an operator's name.
const NAME_MOST: usize = 40;

/// An operator's number. It is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperatorId(pub i64);

/// What an operator may do with the mail accounts, or with the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// なし
    None,
    /// 参照
    View,
    /// 更新
    Edit,
}

/// An operator's permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions {
    /// For mail accounts.
    pub accounts: Permission,
    /// For settings.
    pub settings: Permission,
}

/// What a function of the façade asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// That somebody is signed in.
    SignedIn,
    /// This much for mail accounts.
    Accounts(Permission),
    /// This much for settings.
    Settings(Permission),
    /// 更新 for both.
    Full,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// The number.
    pub id: OperatorId,
    /// The name.
    pub name: String,
    /// What is stored; somebody who is signed in has what was stored then.
    pub permissions: Permissions,
}

/// An operator's name: trimmed, of 1 to 40 characters, without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorName(String);

impl OperatorName {
    /// `None` where it is no name.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty()
            && text.chars().count() <= NAME_MOST
            && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is compared: whatever its case.
    pub(crate) fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl Permission {
    /// Every permission, the least first.
    pub const ALL: [Self; 3] = [Self::None, Self::View, Self::Edit];

    /// The word in the store and on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::View => "view",
            Self::Edit => "edit",
        }
    }

    /// Reads a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.code() == code)
    }
}

impl Permissions {
    /// 更新 for everything.
    pub const FULL: Self = Self {
        accounts: Permission::Edit,
        settings: Permission::Edit,
    };

    /// Whether they are enough.
    #[must_use]
    pub fn allow(self, need: Need) -> bool {
        match need {
            Need::SignedIn => true,
            Need::Accounts(permission) => self.accounts >= permission,
            Need::Settings(permission) => self.settings >= permission,
            Need::Full => self == Self::FULL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_allows_what_less_allows() {
        for accounts in Permission::ALL {
            for settings in Permission::ALL {
                let held = Permissions { accounts, settings };
                assert!(held.allow(Need::SignedIn));
                for needed in Permission::ALL {
                    assert_eq!(held.allow(Need::Accounts(needed)), accounts >= needed);
                    assert_eq!(held.allow(Need::Settings(needed)), settings >= needed);
                }
                let both = accounts == Permission::Edit && settings == Permission::Edit;
                assert_eq!(held.allow(Need::Full), both);
            }
        }
    }

    #[test]
    fn a_name_is_short_and_can_be_shown() {
        let name = OperatorName::new(" 山田 Hanako ").unwrap();
        assert_eq!(
            (name.as_str(), &*name.key()),
            ("山田 Hanako", "山田 hanako")
        );
        for bad in ["", " \t", "a\nb", &"あ".repeat(41)] {
            assert_eq!(OperatorName::new(bad), None);
        }
    }
}
