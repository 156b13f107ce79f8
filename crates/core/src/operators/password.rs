//! An operator's password: what is kept of it, and how long a wrong one makes wait.

use jiff::SignedDuration;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{PASSWORD_LEAST, PASSWORD_MOST};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::{COST, Cost, stretch};

/// Wrong passwords that cost no wait: anybody mistypes.
const FREE: i64 = 2;
/// The wait after one more, in seconds; it doubles with each.
const FIRST_WAIT: i64 = 5;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 15 * 60;

/// What is kept of a password: enough to recognise it, not to find it out.
pub(crate) struct Verifier {
    pub(crate) salt: Vec<u8>,
    pub(crate) cost: Cost,
    pub(crate) hash: Zeroizing<Vec<u8>>,
}

impl Verifier {
    /// Of a new password. Takes a moment of work, on a thread of its own.
    ///
    /// # Errors
    /// [`Problem::OperatorPasswordShort`], also for one of thousands of characters.
    pub(crate) async fn new(password: Secret) -> Outcome<Self> {
        let length = password.expose().chars().count();
        let fits = i64::try_from(length).is_ok_and(|length| length >= PASSWORD_LEAST)
            && length <= PASSWORD_MOST;
        if !fits {
            let least = PASSWORD_LEAST;
            return Err(Problem::OperatorPasswordShort { least });
        }
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(|fault| anyhow::anyhow!("random: {fault}"))?;
        let hash = stretch(password, salt.to_vec(), cost()).await?;
        Ok(Self {
            salt: salt.to_vec(),
            cost: cost(),
            hash: Zeroizing::new(hash.to_vec()),
        })
    }

    /// Whether it is this password. Takes as long as making it did.
    ///
    /// # Errors
    /// Never but by a fault of the program.
    pub(crate) async fn is(&self, password: Secret) -> Outcome<bool> {
        if password.expose().chars().count() > PASSWORD_MOST {
            return Ok(false);
        }
        let hash = stretch(password, self.salt.clone(), self.cost).await?;
        Ok(hash.as_slice().ct_eq(&self.hash).into())
    }
}

/// The vault's own cost; in this crate's tests next to nothing.
const fn cost() -> Cost {
    if cfg!(test) {
        Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        }
    } else {
        COST
    }
}

/// How long nobody may try after so many wrong passwords in a row.
pub(crate) fn wait_after(wrong: i64) -> SignedDuration {
    if wrong <= FREE {
        return SignedDuration::ZERO;
    }
    let doublings = u32::try_from(wrong - FREE - 1).unwrap_or(u32::MAX).min(20);
    SignedDuration::from_secs((FIRST_WAIT << doublings).min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (0..12).map(|wrong| wait_after(wrong).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900]);
        assert_eq!(wait_after(i64::MAX).as_secs(), 900);
    }

    #[tokio::test]
    async fn only_the_password_is_recognised() {
        let secret = |text: &str| Secret::new(text.to_owned());
        let kept = Verifier::new(secret("花屋のひみつの言葉")).await.unwrap();
        assert!(kept.is(secret("花屋のひみつの言葉")).await.unwrap());
        assert!(!kept.is(secret("花屋のひみつの言葉 ")).await.unwrap());
        assert!(!kept.is(secret(&"x".repeat(100_000))).await.unwrap());
        let other = Verifier::new(secret("花屋のひみつの言葉")).await.unwrap();
        assert_ne!(kept.salt, other.salt);
        assert_ne!(*kept.hash, *other.hash);
        for bad in ["七文字の言葉だ", &"x".repeat(1_001)] {
            let refused = Verifier::new(secret(bad)).await.err();
            assert_eq!(refused, Some(Problem::OperatorPasswordShort { least: 8 }));
        }
    }
}
