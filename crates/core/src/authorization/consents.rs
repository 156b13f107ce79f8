//! Which accounts are being authorized just now: one consent per account, several at once, each
//! with its own cancel. Nothing here waits or speaks to anyone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::account::AccountId;
use crate::problem::{Outcome, Problem};

/// The consents that are under way. Cheap to clone; clones share the register.
#[derive(Debug, Clone, Default)]
pub struct Consents(Arc<Mutex<BTreeMap<AccountId, CancellationToken>>>);

/// A place in the register, given back when dropped.
#[derive(Debug)]
pub struct ConsentPlace {
    register: Consents,
    account: AccountId,
    cancel: CancellationToken,
}

impl Consents {
    /// Takes an account's place, until the returned value is dropped.
    ///
    /// # Errors
    /// [`Problem::ConsentInProgress`] when it is taken.
    pub fn begin(&self, account: AccountId) -> Outcome<ConsentPlace> {
        let mut places = self.places();
        if places.contains_key(&account) {
            return Err(Problem::ConsentInProgress);
        }
        let cancel = CancellationToken::new();
        places.insert(account, cancel.clone());
        Ok(ConsentPlace {
            register: self.clone(),
            account,
            cancel,
        })
    }

    /// Cancels an account's consent; tells whether there was one.
    pub fn cancel(&self, account: AccountId) -> bool {
        let places = self.places();
        let cancel = places.get(&account);
        if let Some(cancel) = cancel {
            cancel.cancel();
        }
        cancel.is_some()
    }

    /// Cancels all of them, as the program ends.
    pub fn cancel_all(&self) {
        self.places().values().for_each(CancellationToken::cancel);
    }

    /// The accounts that are being authorized.
    #[must_use]
    pub fn under_way(&self) -> Vec<AccountId> {
        self.places().keys().copied().collect()
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<AccountId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConsentPlace {
    /// Ends the consent when cancelled.
    #[must_use]
    pub const fn cancel(&self) -> &CancellationToken {
        &self.cancel
    }
}

impl Drop for ConsentPlace {
    fn drop(&mut self) {
        self.register.places().remove(&self.account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_consent_for_an_account_and_several_at_once() {
        let consents = Consents::default();
        let (a, b) = (AccountId(1), AccountId(2));
        let first = consents.begin(a).unwrap();
        let second = consents.begin(b).unwrap();
        assert_eq!(consents.begin(a).unwrap_err(), Problem::ConsentInProgress);
        assert!(consents.cancel(b) && second.cancel().is_cancelled());
        assert!(!first.cancel().is_cancelled());
        drop(second);
        assert!(!consents.cancel(b), "its place is free again");
        assert_eq!(consents.under_way(), [a]);
        consents.cancel_all();
        assert!(first.cancel().is_cancelled());
        drop(first);
        assert!(consents.begin(a).is_ok());
    }
}
