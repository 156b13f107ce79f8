//! A passphrase as the home of the data key: Argon2id turns it into the key that wraps the data
//! key. The parameters are kept with it, so that they can be raised without locking anybody out.

use anyhow::anyhow;
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::seal::{DataKey, Sealed, random};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;

/// The least number of characters of a passphrase.
pub const PASSPHRASE_LEAST: i64 = 12;

/// 64 MiB and three passes: RFC 9106's second recommendation but for the lanes, of which one
/// suffices. About a quarter of a second on a shop's computer.
pub(crate) const COST: Cost = Cost {
    memory_kib: 64 * 1024,
    passes: 3,
    lanes: 1,
};

/// The wrapped key's place in the sealing; it belongs to no account.
const FIELD: &str = "data-key";

/// What Argon2id is to spend.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

/// A data key wrapped by a passphrase, as it lies in the database.
pub(super) struct Wrapped {
    pub(super) key_id: Vec<u8>,
    pub(super) salt: Vec<u8>,
    pub(super) cost: Cost,
    pub(super) wrapped: Sealed,
}

/// Wraps a data key by a new passphrase. Takes as long as [`COST`] says, on a thread of its own.
pub(super) async fn wrap(key: &DataKey, passphrase: Secret) -> Outcome<Wrapped> {
    let least = PASSPHRASE_LEAST;
    let length = passphrase.expose().chars().count();
    if i64::try_from(length).is_ok_and(|length| length < least) {
        return Err(Problem::PassphraseTooShort { least });
    }
    let salt: [u8; 16] = random()?;
    let wrapping = derive(key.id().to_vec(), passphrase, salt.to_vec(), COST).await?;
    Ok(Wrapped {
        key_id: key.id().to_vec(),
        salt: salt.to_vec(),
        cost: COST,
        wrapped: wrapping.seal(0, FIELD, key.expose())?,
    })
}

/// Unwraps a data key.
pub(super) async fn unwrap(wrapped: &Wrapped, passphrase: Secret) -> Outcome<DataKey> {
    let (id, salt) = (wrapped.key_id.clone(), wrapped.salt.clone());
    let wrapping = derive(id, passphrase, salt, wrapped.cost).await?;
    let opened = wrapping.open(0, FIELD, &wrapped.wrapped);
    let key = opened.and_then(|key| DataKey::from_parts(&wrapped.key_id, &key));
    key.ok_or(Problem::PassphraseWrong)
}

async fn derive(
    id: Vec<u8>,
    passphrase: Secret,
    salt: Vec<u8>,
    cost: Cost,
) -> anyhow::Result<DataKey> {
    let key = stretch(passphrase, salt, cost).await?;
    DataKey::from_parts(&id, key.as_slice()).ok_or_else(|| anyhow!("a key of another length"))
}

/// What Argon2id makes of a secret that a person remembers. Takes as long as the cost says, on a
/// thread of its own.
pub(crate) async fn stretch(
    secret: Secret,
    salt: Vec<u8>,
    cost: Cost,
) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    let work = move || {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
            .map_err(|error| anyhow!("Argon2: {error}"))?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret.expose().as_bytes(), &salt, key.as_mut_slice())
            .map_err(|error| anyhow!("Argon2: {error}"))?;
        Ok(key)
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| anyhow!("Argon2: {error}"))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_passphrase_unwraps() {
        let key = DataKey::random().unwrap();
        let secret = |text: &str| Secret::new(text.to_owned());
        let wrapped = wrap(&key, secret("合言葉は長いほうがよいです"))
            .await
            .unwrap();
        let unwrapped = unwrap(&wrapped, secret("合言葉は長いほうがよいです")).await;
        assert_eq!(unwrapped.unwrap().expose(), key.expose());
        let wrong = unwrap(&wrapped, secret("合言葉は長いほうがよいでず")).await;
        assert_eq!(wrong.unwrap_err(), Problem::PassphraseWrong);
        let short = wrap(&key, secret("十一文字では足りません")).await;
        assert_eq!(
            short.err().unwrap(),
            Problem::PassphraseTooShort { least: 12 }
        );
    }
}
