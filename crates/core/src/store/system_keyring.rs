//! The keyring of the operating system: Credential Manager, Keychain, or the Secret Service.
//! Every call connects anew, so that a keyring which hung or was started later does not matter.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::keyring::{KeyringEntry, KeyringFault, KeyringPort};

/// The keyring of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

impl KeyringPort for SystemKeyring {
    fn read(&self, entry: &KeyringEntry) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringFault> {
        match open(entry)?.get_secret() {
            Ok(key) => Ok(Some(Zeroizing::new(key))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    fn write(&self, entry: &KeyringEntry, key: &[u8]) -> Result<(), KeyringFault> {
        open(entry)?.set_secret(key).map_err(|error| fault(&error))
    }

    fn delete(&self, entry: &KeyringEntry) -> Result<(), KeyringFault> {
        match open(entry)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

fn open(entry: &KeyringEntry) -> Result<Entry, KeyringFault> {
    let store = connect().map_err(|error| {
        tracing::warn!("no keyring: {error}");
        KeyringFault::Missing
    })?;
    store
        .build(&entry.service, &entry.user, None)
        .map_err(|error| fault(&error))
}

#[cfg(target_os = "linux")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(windows)]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(not(any(target_os = "linux", windows, target_os = "macos")))]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the keyrings' errors are open-ended"
)]
fn fault(error: &Error) -> KeyringFault {
    match error {
        Error::NoStorageAccess(_) => KeyringFault::Locked,
        Error::NoDefaultStore => KeyringFault::Missing,
        // The bytes of a damaged entry are not for a message.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyringFault::Refused("the entry is damaged".to_owned())
        }
        other => KeyringFault::Refused(other.to_string()),
    }
}
