//! Everything that can stop a user, as data: a closed enum with stable codes and typed parameters.
//! The sentences are in `ui/locales` (`problem-<code>`); the build fails when one is missing, as
//! `text()` names constants that `build.rs` makes from the Japanese and English files.
//! What the servers of a check or Microsoft answered is not here but in `diagnosis`.

mod words;

use crate::account::{Field, FieldProblem};
use crate::diagnosis::Diagnosis;
use crate::handover::HandOverFault;
use crate::readout::{Place, Readout, Unreadable, Version};

/// Something a user can meet. Anything else is a fault and becomes [`Problem::Internal`].
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The form has faults; each stands at its field.
    Invalid {
        /// Which field, and what is wrong there.
        fields: Vec<(Field, FieldProblem)>,
    },
    /// The account is no longer in the store.
    AccountGone,
    /// Another window changed the account in the meantime.
    AccountChanged,
    /// A setting's value is not one of those it can have.
    SettingInvalid {
        /// The setting's name on the command line.
        key: String,
    },

    /// A file that was named cannot be read.
    FileUnreadable {
        /// Its place.
        path: String,
    },
    /// A file or folder that was named cannot be written to.
    FileUnwritable {
        /// Its place.
        path: String,
    },
    /// The file is no backup of this program's.
    NotABackup,
    /// The backup is cut off or was changed.
    BackupDamaged,
    /// The backup holds more than is read.
    BackupTooLarge,
    /// The backup's passphrase would take this computer too much memory and time.
    BackupTooCostly,
    /// A newer version wrote the backup.
    BackupNewer {
        /// Which.
        version: String,
    },
    /// There are accounts already, so none was brought back.
    RestoreNotEmpty {
        /// How many.
        count: i64,
    },
    /// The file is no support report of this program's.
    NotAReport,
    /// The report is cut off or was changed.
    ReportDamaged,
    /// The report holds more than is read.
    ReportTooLarge,
    /// A newer version wrote the report.
    ReportNewer {
        /// Which.
        version: String,
    },
    /// The support case is no longer kept.
    CaseGone,
    /// The file is no table of accounts.
    TableUnreadable,
    /// A hand-over link or file cannot be taken.
    HandOver(HandOverFault),
    /// A read-out code has another number of letters and digits than eight.
    CodeIncomplete {
        /// How many it has.
        found: usize,
    },
    /// A read-out code has a character that no code has.
    CodeCharacter {
        /// Which.
        character: char,
    },
    /// A read-out code was misheard or mistyped.
    CodeMistyped,
    /// A read-out code was made by a newer program.
    CodeNewer {
        /// That program's version.
        version: Version,
    },
    /// The table has more octets or rows than are read.
    TableTooLarge,
    /// Rows of the table have faults, so none was registered.
    TableHasFaults {
        /// How many.
        count: i64,
    },

    /// The database was written by a newer Ninka.
    DatabaseNewer {
        /// The version found.
        found: i64,
        /// The newest version this program knows.
        supported: i64,
    },
    /// The database cannot be opened or read.
    DatabaseUnreadable {
        /// Its place.
        path: String,
    },
    /// No room is left on the disk.
    DiskFull {
        /// The database's place.
        path: String,
    },
    /// The disk or folder cannot be written to.
    DiskReadOnly {
        /// The database's place.
        path: String,
    },
    /// Another process held the database for too long.
    DatabaseBusy,

    /// The operating system has no keyring, or none that answers.
    KeyringMissing,
    /// The keyring is locked and was not unlocked.
    KeyringLocked,
    /// The keyring refused.
    KeyringRefused {
        /// What it said; for the report.
        detail: String,
    },
    /// The keyring's key is not the one that sealed what is stored.
    KeyringKeyLost,
    /// The vault is under a passphrase that was not given yet.
    PassphraseNeeded,
    /// The passphrase is wrong.
    PassphraseWrong,
    /// The passphrase is too short.
    PassphraseTooShort {
        /// The least number of characters.
        least: i64,
    },

    /// Permissions are switched on already.
    PermissionsOn,
    /// Permissions are switched off: there are no operators.
    PermissionsOff,
    /// Permissions are switched on, and nobody is signed in.
    SignInNeeded,
    /// An operator's name or password is wrong.
    SignInRefused,
    /// After wrong passwords it is too early for another.
    SignInTooSoon {
        /// How long is to be waited.
        seconds: i64,
    },
    /// Whoever is signed in has no permission for it.
    NotPermitted {
        /// The names of those who can give it.
        ask: String,
    },
    /// It is no operator's name.
    OperatorNameInvalid,
    /// Another operator has the name.
    OperatorNameTaken,
    /// An operator's password is too short, or far too long.
    OperatorPasswordShort {
        /// The least number of characters.
        least: i64,
    },
    /// There is no such operator any more.
    OperatorGone,
    /// Nobody would be left who may change everything.
    LastFullOperator,

    /// No client id is set.
    ClientIdMissing,
    /// The account does not sign in by OAuth.
    NotOAuth,
    /// What the account had before it was switched to OAuth is no longer there.
    NothingToUndo,
    /// Access tokens are not handed to other programs: the setting is off.
    TokensNotShared,
    /// Neither 127.0.0.1 nor ::1 can be listened on.
    LoopbackUnavailable {
        /// What the system said.
        detail: String,
    },
    /// Our own request to the loopback port found no answer.
    LoopbackBlocked {
        /// The address and port that were asked.
        address: String,
    },
    /// A proxy answered in the loopback port's place.
    LoopbackProxied {
        /// The address and port that were asked.
        address: String,
        /// What it calls itself.
        by: String,
    },
    /// Another program answered in the loopback port's place.
    LoopbackTaken {
        /// The address and port that were asked.
        address: String,
        /// What it calls itself.
        by: String,
    },
    /// The system browser could not be started.
    BrowserNotOpened,
    /// Consent is being asked for this account already.
    ConsentInProgress,
    /// Nobody came back from the browser in time.
    ConsentTimedOut {
        /// How long was waited.
        minutes: i64,
    },
    /// No consent is waited for any more.
    ConsentOver,
    /// What was pasted is not the final address.
    PasteRefused(PasteFault),
    /// The sign-in service gives no codes for another device.
    DeviceCodeUnavailable {
        /// Its host.
        host: String,
    },
    /// The code was not used in time.
    DeviceCodeExpired,
    /// The consent by code cannot be kept: no refresh token came.
    DeviceRefreshTokenMissing,
    /// The user cancelled.
    Cancelled,
    /// Somebody else signed in.
    WrongAccountSignedIn {
        /// The account's address.
        expected: String,
        /// The address that signed in.
        actual: String,
    },
    /// Somebody else signed in for a shared mailbox.
    WrongPersonSignedIn {
        /// The shared mailbox.
        mailbox: String,
        /// The address of the person who signs in for it.
        expected: String,
        /// The address that signed in.
        actual: String,
    },
    /// Microsoft granted less than was asked for.
    ScopesMissing {
        /// The scopes that are missing, separated by spaces.
        scopes: String,
    },
    /// Microsoft gave no refresh token, so the consent could not be kept.
    RefreshTokenMissing,
    /// The id_token does not fit the request.
    IdTokenInvalid {
        /// Which claim.
        claim: String,
    },
    /// The sign-in server could not be reached, or did not answer like one.
    SignInUnreachable {
        /// Its host.
        host: String,
        /// What the network said; for the report.
        detail: String,
    },
    /// The account has no authorization yet.
    NotAuthorized,
    /// The account's password is not stored.
    PasswordMissing,
    /// A server that the purpose needs is neither entered nor known of the provider.
    ServerMissing {
        /// `pop3`, `imap` or `smtp`.
        protocol: String,
    },
    /// A server's or Microsoft's refusal, explained.
    Diagnosed(Box<Diagnosis>),

    /// A fault of the program. The reference stands in the log.
    Internal {
        /// Finds the entry in the log.
        reference: String,
    },
}

/// What was pasted instead of the final address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasteFault {
    /// No web address.
    NotAnAddress,
    /// The sign-in service's: the sign-in is not at its end yet.
    SignInPage,
    /// Some other place's.
    Elsewhere,
    /// Ours, without an answer in it.
    NoAnswer,
    /// Another attempt's.
    OtherAttempt,
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// At once.
    Now,
    /// After a while.
    Later,
    /// Not before something was changed.
    No,
}

/// A result whose error is for the user.
pub type Outcome<T> = Result<T, Problem>;

impl Problem {
    /// The stable code: kebab-case, except that a diagnosis has its cause's own name.
    #[must_use]
    pub fn code(&self) -> &'static str {
        if let Self::Diagnosed(diagnosis) = self {
            return diagnosis.cause().code();
        }
        self.text().trim_start_matches("problem-")
    }

    /// Whether trying again can help; mostly not before something was changed.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        let now = matches!(
            self,
            Self::DatabaseBusy
                | Self::KeyringLocked
                | Self::BrowserNotOpened
                | Self::ConsentTimedOut { .. }
                | Self::ConsentOver
                | Self::PasteRefused(_)
                | Self::DeviceCodeExpired
                | Self::DeviceRefreshTokenMissing
                | Self::Cancelled
                | Self::WrongAccountSignedIn { .. }
                | Self::WrongPersonSignedIn { .. }
                | Self::AccountChanged
                | Self::SignInNeeded
                | Self::SignInRefused
        );
        let later = matches!(
            self,
            Self::SignInUnreachable { .. }
                | Self::SignInTooSoon { .. }
                | Self::LoopbackUnavailable { .. }
                | Self::LoopbackBlocked { .. }
                | Self::LoopbackProxied { .. }
                | Self::LoopbackTaken { .. }
        );
        match (now, later) {
            (true, _) => Retry::Now,
            (false, true) => Retry::Later,
            (false, false) => Retry::No,
        }
    }

    /// The code that a person can read out over the phone; none for what is no failure of
    /// anything: a form with faults, what the user cancelled, and what somebody may not do.
    #[must_use]
    pub fn readout(&self) -> Option<Readout> {
        if let Self::Diagnosed(diagnosis) = self {
            return Some(diagnosis.readout());
        }
        let no_failure = matches!(
            self,
            Self::Invalid { .. }
                | Self::Cancelled
                | Self::SignInNeeded
                | Self::SignInRefused
                | Self::SignInTooSoon { .. }
                | Self::NotPermitted { .. }
                | Self::OperatorNameInvalid
                | Self::OperatorNameTaken
                | Self::OperatorPasswordShort { .. }
                | Self::LastFullOperator
        );
        (!no_failure).then(|| Readout::of(self.code(), Place::HERE, None, false))
    }

    /// Turns a fault of the program into a problem: the chain goes to the log under a reference
    /// that the user can name.
    #[must_use]
    pub fn internal(fault: &anyhow::Error) -> Self {
        let mut bytes = [0_u8; 4];
        let reference = match getrandom::fill(&mut bytes) {
            Ok(()) => format!("{:08X}", u32::from_be_bytes(bytes)),
            Err(_) => "00000000".to_owned(),
        };
        tracing::error!(%reference, "fault: {fault:#}");
        Self::Internal { reference }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(fault: anyhow::Error) -> Self {
        Self::internal(&fault)
    }
}

impl From<Unreadable> for Problem {
    fn from(why: Unreadable) -> Self {
        match why {
            Unreadable::Length { found } => Self::CodeIncomplete { found },
            Unreadable::Character { character } => Self::CodeCharacter { character },
            Unreadable::Mistyped => Self::CodeMistyped,
            Unreadable::Newer { version } => Self::CodeNewer { version },
        }
    }
}

impl From<Diagnosis> for Problem {
    fn from(diagnosis: Diagnosis) -> Self {
        Self::Diagnosed(Box::new(diagnosis))
    }
}
