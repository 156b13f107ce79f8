//! Sealing with XChaCha20-Poly1305 under the data key. A sealed value opens only for the account,
//! the field and the key it was sealed for: a row moved elsewhere does not open.

use anyhow::anyhow;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

/// Bound into every sealed value, so that a later form cannot be taken for this one.
const VERSION: &[u8] = b"ninka sealed 1";

/// What a check value says.
const CHECK: &[u8] = b"this is the right key";

/// The field of check values and of wrapped keys; they belong to no account.
const CHECK_FIELD: &str = "check";

/// The data key. Wiped when dropped.
pub(super) struct DataKey {
    id: [u8; 16],
    key: Zeroizing<[u8; 32]>,
}

/// A sealed value as it lies in the database.
pub(super) struct Sealed {
    pub(super) nonce: Vec<u8>,
    pub(super) sealed: Vec<u8>,
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}

impl DataKey {
    /// A new random key with a new id.
    pub(super) fn random() -> anyhow::Result<Self> {
        Ok(Self {
            id: random()?,
            key: Zeroizing::new(random()?),
        })
    }

    /// A key that was kept; `None` if it has another length.
    pub(super) fn from_parts(id: &[u8], key: &[u8]) -> Option<Self> {
        let mut kept = Zeroizing::new([0; 32]);
        if key.len() != kept.len() {
            return None;
        }
        kept.copy_from_slice(key);
        Some(Self {
            id: id.try_into().ok()?,
            key: kept,
        })
    }

    pub(super) const fn id(&self) -> &[u8] {
        &self.id
    }

    /// The id as text, for the name of the keyring's entry.
    pub(super) fn name(id: &[u8]) -> String {
        id.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The key itself, for the keyring and for wrapping it.
    pub(super) fn expose(&self) -> &[u8] {
        self.key.as_slice()
    }

    pub(super) fn seal(&self, account: i64, field: &str, plain: &[u8]) -> anyhow::Result<Sealed> {
        let nonce: [u8; 24] = random()?;
        let aad = self.aad(account, field);
        let payload = Payload {
            msg: plain,
            aad: &aad,
        };
        let sealed = self.cipher().encrypt(XNonce::from_slice(&nonce), payload);
        Ok(Sealed {
            nonce: nonce.to_vec(),
            sealed: sealed.map_err(|_| anyhow!("the value could not be sealed"))?,
        })
    }

    /// Opens a sealed value; `None` if it was sealed by another key, for another place, or changed.
    pub(super) fn open(
        &self,
        account: i64,
        field: &str,
        sealed: &Sealed,
    ) -> Option<Zeroizing<Vec<u8>>> {
        if sealed.nonce.len() != 24 {
            return None;
        }
        let aad = self.aad(account, field);
        let payload = Payload {
            msg: &sealed.sealed,
            aad: &aad,
        };
        let nonce = XNonce::from_slice(&sealed.nonce);
        let plain = self.cipher().decrypt(nonce, payload).ok()?;
        Some(Zeroizing::new(plain))
    }

    /// A value that only this key opens.
    pub(super) fn check_value(&self) -> anyhow::Result<Sealed> {
        self.seal(0, CHECK_FIELD, CHECK)
    }

    /// Whether this key is the one that made the check value.
    pub(super) fn fits(&self, check: &Sealed) -> bool {
        let opened = self.open(0, CHECK_FIELD, check);
        opened.is_some_and(|plain| plain.as_slice() == CHECK)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(Key::from_slice(self.key.as_slice()))
    }

    /// Every part has a fixed length but the last, so no two places share their bytes.
    fn aad(&self, account: i64, field: &str) -> Vec<u8> {
        [VERSION, &account.to_be_bytes(), &self.id, field.as_bytes()].concat()
    }
}

pub(super) fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_in_its_place_and_unchanged() {
        let key = DataKey::random().unwrap();
        let sealed = key.seal(7, "password", "ひみつ".as_bytes()).unwrap();
        let opened = key.open(7, "password", &sealed).unwrap();
        assert_eq!(opened.as_slice(), "ひみつ".as_bytes());
        assert!(key.open(8, "password", &sealed).is_none());
        assert!(key.open(7, "refresh-token", &sealed).is_none());
        let other_id = DataKey::from_parts(&[9; 16], key.expose()).unwrap();
        assert!(other_id.open(7, "password", &sealed).is_none());
        let other_key = DataKey::from_parts(key.id(), &[1; 32]).unwrap();
        assert!(other_key.open(7, "password", &sealed).is_none());
        for at in 0..sealed.sealed.len() {
            let mut changed = sealed.sealed.clone();
            changed[at] ^= 1;
            let changed = Sealed {
                nonce: sealed.nonce.clone(),
                sealed: changed,
            };
            assert!(key.open(7, "password", &changed).is_none(), "{at}");
        }
    }

    #[test]
    fn a_check_value_fits_its_key_only() {
        let key = DataKey::random().unwrap();
        let check = key.check_value().unwrap();
        assert!(key.fits(&check));
        assert!(
            !DataKey::from_parts(key.id(), &[1; 32])
                .unwrap()
                .fits(&check)
        );
        assert!(DataKey::from_parts(key.id(), &[1; 31]).is_none());
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let key = DataKey::random().unwrap();
        let (one, two) = (key.check_value().unwrap(), key.check_value().unwrap());
        assert_ne!(one.nonce, two.nonce);
        assert_ne!(one.sealed, two.sealed);
    }
}
