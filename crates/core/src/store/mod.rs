//! What the program keeps: one SQLite file with accounts, authorizations, verdicts and settings.
//! Everything secret in it is sealed by the [`Vault`], so that one transaction changes an account
//! and its secrets together. Any number of handles and processes may have it open at once.
//! Nothing here knows Microsoft, servers or screens.

mod accounts;
mod alive;
mod audit;
mod candidates;
mod cases;
mod check_reports;
mod copies;
mod database;
mod grants;
mod history;
mod keyring;
#[cfg(any(test, feature = "testing"))]
mod keyring_fake;
mod kinds;
mod operators;
mod passphrase;
mod renewals;
mod rows;
mod seal;
mod secrets;
mod shared;
mod switched;
mod system_keyring;
#[cfg(test)]
mod tests;
mod types;
mod vault;
mod vault_keys;
mod verdicts;
mod writing;

#[cfg(test)]
pub(crate) use tests::{DiskTrouble, bytes_on_disk};

pub use alive::Alive;
pub use candidates::Candidate;
pub use cases::StoredCase;
pub use copies::Copy;
pub(crate) use database::FILE;
pub use database::Store;
pub use history::{Happened, HistoryEntry};
pub use keyring::{KeyringEntry, KeyringFault, KeyringPort};
#[cfg(any(test, feature = "testing"))]
pub use keyring_fake::{KeyringMood, ScriptedKeyring};
pub(crate) use operators::{Attempt, NewOperator};
pub use passphrase::PASSPHRASE_LEAST;
pub(crate) use passphrase::{COST, Cost, stretch};
pub use renewals::{Failing, Stage, Warned};
pub use system_keyring::SystemKeyring;
pub use types::{Grant, GrantState, Refusal, Side, StoredAccount, Verdict};
pub use vault::{Vault, VaultState};
