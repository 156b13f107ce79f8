//! How many connections a server gets at once, over all checks of the program: so many per host,
//! one per protocol and mailbox. A host that asks for patience gets fewer, later and further
//! apart; as its good answers come in, more again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::plan::{SignInWith, Target};
use crate::cloud::MailProtocol;

/// Connections to one host at once. Exchange counts per mailbox; other servers per address, from
/// 10 (Dovecot's default for IMAP and POP3) to 50 (Postfix').
const AT_ONCE: usize = 10;
/// Good answers after which a host that had asked for patience gets one more connection.
const GOOD_IN_A_ROW: usize = 10;
/// The gap between two connections after the first call for patience, and the widest.
const GAP: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// The places at every host. Cheap to clone; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Places(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    hosts: Mutex<BTreeMap<String, Arc<AtHost>>>,
    mailboxes: Mutex<BTreeMap<Mailbox, Arc<tokio::sync::Mutex<()>>>>,
}

type Mailbox = (MailProtocol, String, u16, String);

#[derive(Debug)]
struct AtHost {
    places: Arc<Semaphore>,
    pace: Mutex<Pace>,
}

#[derive(Debug)]
struct Pace {
    /// Connections at once, as things are.
    most: usize,
    /// Places there are; those over `most` go when they are given back.
    places: usize,
    /// Good answers since it last changed.
    good: usize,
    /// Between two connections.
    gap: Duration,
    /// Before this moment no connection begins.
    next: Instant,
    /// When it was slowed down last: what had begun before was not yet heeding it.
    slowed: Option<Instant>,
}

/// A place at a host; given back on drop.
#[derive(Debug)]
pub(super) struct Place {
    at: Arc<AtHost>,
    begun: Instant,
    permit: Option<OwnedSemaphorePermit>,
    _mailbox: OwnedMutexGuard<()>,
}

impl Places {
    /// Waits for a place; `None` when cancelled. The mailbox comes first, so that nobody holds a
    /// host's place while waiting for another's session to end.
    pub(super) async fn enter(
        &self,
        target: &Target,
        sign_in: &SignInWith,
        cancel: &CancellationToken,
    ) -> Option<Place> {
        let entered = async {
            let mailbox = self.mailbox(target, sign_in).lock_owned().await;
            let at = self.host(target);
            let permit = Arc::clone(&at.places).acquire_owned().await.ok()?;
            let begins = lock(&at.pace).turn();
            tokio::time::sleep_until(begins).await;
            Some(Place {
                begun: Instant::now(),
                at,
                permit: Some(permit),
                _mailbox: mailbox,
            })
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => None,
            place = entered => place,
        }
    }

    fn mailbox(&self, target: &Target, sign_in: &SignInWith) -> Arc<tokio::sync::Mutex<()>> {
        let (SignInWith::Token { user, .. } | SignInWith::Password { user, .. }) = sign_in;
        let host = target.endpoint.host.as_str().to_owned();
        let port = target.endpoint.port.number();
        let key = (target.protocol, host, port, user.to_lowercase());
        let mut mailboxes = lock(&self.0.mailboxes);
        mailboxes.retain(|_, mailbox| Arc::strong_count(mailbox) > 1);
        Arc::clone(mailboxes.entry(key).or_default())
    }

    fn host(&self, target: &Target) -> Arc<AtHost> {
        let host = target.endpoint.host.as_str().to_owned();
        Arc::clone(lock(&self.0.hosts).entry(host).or_default())
    }
}

impl Place {
    /// The host answered without complaint.
    pub(super) fn went_well(&self) {
        let mut pace = lock(&self.at.pace);
        if pace.most == AT_ONCE && pace.gap.is_zero() {
            return;
        }
        pace.good += 1;
        if pace.good >= GOOD_IN_A_ROW {
            pace.good = 0;
            pace.gap = if pace.gap <= GAP.0 {
                Duration::ZERO
            } else {
                pace.gap / 2
            };
            if pace.most < AT_ONCE {
                pace.most += 1;
                if pace.places < pace.most {
                    pace.places += 1;
                    self.at.places.add_permits(1);
                }
            }
        }
    }

    /// The host asked for patience: half as many from now on, at a distance, and the next not
    /// before `pause` is over.
    pub(super) fn asked_for_patience(&self, pause: Duration) {
        let mut pace = lock(&self.at.pace);
        pace.good = 0;
        if pace.slowed.is_some_and(|slowed| slowed > self.begun) {
            return;
        }
        let now = Instant::now();
        pace.slowed = Some(now);
        pace.most = (pace.most / 2).max(1);
        pace.gap = (pace.gap * 2).clamp(GAP.0, GAP.1);
        pace.next = pace.next.max(now + pause);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut pace = lock(&self.at.pace);
        if pace.places > pace.most
            && let Some(permit) = self.permit.take()
        {
            permit.forget();
            pace.places -= 1;
        }
    }
}

impl Pace {
    /// The moment when the next connection may begin.
    fn turn(&mut self) -> Instant {
        let begins = self.next.max(Instant::now());
        self.next = begins + self.gap;
        begins
    }
}

impl Default for AtHost {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE)),
            pace: Mutex::new(Pace {
                most: AT_ONCE,
                places: AT_ONCE,
                good: 0,
                gap: Duration::ZERO,
                next: Instant::now(),
                slowed: None,
            }),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{by_password, target};
    use super::*;
    use crate::account::TlsMode;

    fn at(port: u16) -> Target {
        target(MailProtocol::Pop3, "mail.hana.example", port, TlsMode::None)
    }

    fn of(user: &str) -> SignInWith {
        let SignInWith::Password { password, .. } = by_password("p") else {
            unreachable!()
        };
        SignInWith::Password {
            user: user.to_owned(),
            password,
        }
    }

    async fn enter(places: &Places, target: &Target, user: &str) -> Option<Place> {
        let (sign_in, cancel) = (of(user), CancellationToken::new());
        let entered = places.enter(target, &sign_in, &cancel);
        tokio::time::timeout(Duration::from_millis(10), entered)
            .await
            .ok()
            .flatten()
    }

    #[tokio::test]
    async fn a_mailbox_has_one_session_and_a_host_its_number() {
        let places = Places::default();
        let first = enter(&places, &at(110), "a").await.unwrap();
        assert!(enter(&places, &at(110), "A").await.is_none());
        let other_port = enter(&places, &at(995), "a").await.unwrap();
        drop(first);
        let mut held = vec![other_port, enter(&places, &at(110), "a").await.unwrap()];
        for number in held.len()..AT_ONCE {
            held.push(enter(&places, &at(110), &number.to_string()).await.unwrap());
        }
        assert!(enter(&places, &at(110), "more").await.is_none());
        held.pop();
        assert!(enter(&places, &at(110), "more").await.is_some());
        assert!(lock(&places.0.mailboxes).len() <= AT_ONCE + 2);
    }

    #[tokio::test]
    async fn a_host_that_asks_for_patience_gets_fewer_and_later() {
        let places = Places::default();
        let mut held = Vec::new();
        for number in 0..AT_ONCE {
            held.push(enter(&places, &at(110), &number.to_string()).await.unwrap());
        }
        // All of them say the same: that is one call for patience.
        tokio::time::sleep(Duration::from_millis(1)).await;
        let pause = Duration::from_millis(200);
        held.iter()
            .for_each(|place| place.asked_for_patience(pause));
        held.clear();
        assert!(enter(&places, &at(110), "a").await.is_none(), "the pause");
        tokio::time::sleep(pause).await;
        let mut held = Vec::new();
        for number in 0..AT_ONCE {
            tokio::time::sleep(GAP.0).await;
            held.extend(enter(&places, &at(110), &number.to_string()).await);
        }
        assert_eq!(held.len(), AT_ONCE / 2);
        for _ in 0..GOOD_IN_A_ROW * AT_ONCE {
            held.iter().for_each(Place::went_well);
        }
        held.clear();
        for number in 0..AT_ONCE {
            held.push(enter(&places, &at(110), &number.to_string()).await.unwrap());
        }
    }

    #[tokio::test]
    async fn whoever_waits_can_be_cancelled() {
        let places = Places::default();
        let _held = enter(&places, &at(110), "a").await.unwrap();
        let cancel = CancellationToken::new();
        cancel.cancel();
        assert!(places.enter(&at(110), &of("a"), &cancel).await.is_none());
    }
}
