//! Which accounts are being authorized just now: one consent per account, several at once, each
//! with its own cancel, its own ear for what the user wishes, and what it has told so far, for whoever
//! comes later. Speaks to nobody outside.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::account::AccountId;
use crate::browsers::BrowserChoice;
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::view::ConsentEvent;

/// Wishes that may be pending; a user has one at a time.
const WISHES: usize = 4;

/// The consents that are under way. Cheap to clone; clones share the register.
#[derive(Debug, Clone, Default)]
pub struct Consents(Arc<Mutex<BTreeMap<AccountId, Entry>>>);

#[derive(Debug)]
struct Entry {
    cancel: CancellationToken,
    asks: mpsc::Sender<Ask>,
    told: watch::Receiver<Told>,
}

/// What a consent has told.
#[derive(Debug, Default)]
struct Told {
    events: Vec<ConsentEvent>,
    ended: Option<Outcome<()>>,
}

/// A place in the register, given back when dropped.
#[derive(Debug)]
pub struct ConsentPlace {
    register: Consents,
    account: AccountId,
    pub(super) cancel: CancellationToken,
    pub(super) asks: mpsc::Receiver<Ask>,
    told: Arc<watch::Sender<Told>>,
}

/// Where a consent tells what happens, for whoever comes later.
#[derive(Debug, Clone)]
pub struct Telling(Weak<watch::Sender<Told>>);

impl Telling {
    /// Tells.
    pub fn tell(&self, event: ConsentEvent) {
        if let Some(told) = self.0.upgrade() {
            told.send_modify(|told| told.events.push(event));
        }
    }
}

/// What a user wishes of a consent that is waited for.
#[derive(Debug)]
pub enum ConsentWish {
    /// Open the page again: in the default browser, or in one of the user's choice.
    Open(Option<BrowserChoice>),
    /// Take the final address, which was copied out of the browser.
    Paste(Secret),
    /// Get a code for another device.
    DeviceCode,
}

/// A wish, and where its answer goes.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) wish: ConsentWish,
    pub(super) reply: Reply,
}

/// Where the answer to a wish goes.
#[derive(Debug)]
pub(super) struct Reply(oneshot::Sender<Outcome<()>>);

impl Reply {
    /// Answers. Whoever wished may have gone.
    pub(super) fn say(self, answer: Outcome<()>) {
        drop(self.0.send(answer));
    }
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
        let (sender, asks) = mpsc::channel(WISHES);
        let (told, heard) = watch::channel(Told::default());
        let entry = Entry {
            cancel: cancel.clone(),
            asks: sender,
            told: heard,
        };
        places.insert(account, entry);
        Ok(ConsentPlace {
            register: self.clone(),
            account,
            cancel,
            asks,
            told: Arc::new(told),
        })
    }

    /// Asks something of an account's consent and waits for the answer.
    ///
    /// # Errors
    /// [`Problem::ConsentOver`] where none is waited for any more, or what became of the wish.
    pub async fn wish(&self, account: AccountId, wish: ConsentWish) -> Outcome<()> {
        let asks = self.places().get(&account).map(|entry| entry.asks.clone());
        let asks = asks.ok_or(Problem::ConsentOver)?;
        let (sender, answer) = oneshot::channel();
        let reply = Reply(sender);
        let asked = asks.send(Ask { wish, reply }).await;
        asked.map_err(|_| Problem::ConsentOver)?;
        answer.await.unwrap_or(Err(Problem::ConsentOver))
    }

    /// Hears what an account's consent has told so far and tells from now on, until its end.
    ///
    /// # Errors
    /// [`Problem::ConsentOver`] where none is under way, or it was given up; why it failed.
    pub async fn follow(
        &self,
        account: AccountId,
        progress: &(dyn Fn(ConsentEvent) + Send + Sync),
    ) -> Outcome<()> {
        let told = self.places().get(&account).map(|entry| entry.told.clone());
        let mut told = told.ok_or(Problem::ConsentOver)?;
        let mut heard = 0;
        loop {
            let (events, ended) = {
                let told = told.borrow_and_update();
                let events = told.events.get(heard..).unwrap_or_default();
                (events.to_vec(), told.ended.clone())
            };
            heard += events.len();
            events.into_iter().for_each(progress);
            // It is over when its place is free again.
            if told.changed().await.is_err() {
                return ended.unwrap_or(Err(Problem::ConsentOver));
            }
        }
    }

    /// Cancels an account's consent; tells whether there was one.
    pub fn cancel(&self, account: AccountId) -> bool {
        let places = self.places();
        let entry = places.get(&account);
        if let Some(entry) = entry {
            entry.cancel.cancel();
        }
        entry.is_some()
    }

    /// Cancels all of them, as the program ends.
    pub fn cancel_all(&self) {
        self.places()
            .values()
            .for_each(|entry| entry.cancel.cancel());
    }

    /// The accounts that are being authorized.
    #[must_use]
    pub fn under_way(&self) -> Vec<AccountId> {
        self.places().keys().copied().collect()
    }

    fn places(&self) -> MutexGuard<'_, BTreeMap<AccountId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConsentPlace {
    /// Where to tell what happens.
    #[must_use]
    pub fn telling(&self) -> Telling {
        Telling(Arc::downgrade(&self.told))
    }

    /// Says how it ended.
    pub fn end(&self, ended: Outcome<()>) {
        self.told.send_modify(|told| told.ended = Some(ended));
    }

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

    #[tokio::test]
    async fn whoever_comes_later_hears_all_of_it() {
        let consents = Consents::default();
        let account = AccountId(1);
        let place = consents.begin(account).unwrap();
        place.telling().tell(ConsentEvent::BrowserNotOpened);
        let heard = Mutex::new(Vec::new());
        let hear = |event| heard.lock().unwrap().push(event);
        let (ended, ()) = tokio::join!(consents.follow(account, &hear), async {
            tokio::task::yield_now().await;
            place.telling().tell(ConsentEvent::Returned);
            place.end(Err(Problem::Cancelled));
            drop(place);
        });
        assert_eq!(ended, Err(Problem::Cancelled));
        let all = [ConsentEvent::BrowserNotOpened, ConsentEvent::Returned];
        assert_eq!(*heard.lock().unwrap(), all);
        let over = consents.follow(account, &|_| {}).await;
        assert_eq!(over, Err(Problem::ConsentOver));
    }

    #[tokio::test]
    async fn a_wish_that_nobody_hears_any_more_is_answered() {
        let consents = Consents::default();
        let account = AccountId(1);
        let over = |outcome| assert_eq!(outcome, Err(Problem::ConsentOver));
        over(consents.wish(account, ConsentWish::DeviceCode).await);
        let place = consents.begin(account).unwrap();
        let (outcome, ()) = tokio::join!(consents.wish(account, ConsentWish::DeviceCode), async {
            tokio::task::yield_now().await;
            drop(place);
        });
        over(outcome);
    }
}
