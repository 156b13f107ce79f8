//! Both look-ups at once, under one deadline, kept per domain while the program runs. Answers that
//! did not come are not kept: the next time they are asked for again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::{Instant, timeout_at};

use super::mail::{self, MailHome, MailHostsPort, MailHostsUnknown};
use super::{AccountKind, Realm, decide, realm};
use crate::cloud::Cloud;

/// Somebody is typing, or a check waits for its explanation.
const DEADLINE: Duration = Duration::from_secs(3);
/// A tenant can be made meanwhile, and mail can move.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// Domains kept at once; a shop has a handful.
const MAX_KEPT: usize = 512;

/// What was found out about a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// Whose it is at Microsoft's.
    pub realm: Answered<Realm>,
    /// Where its mail goes.
    pub mail: Answered<MailHome>,
    /// The best of the hosts that take its mail; empty where nobody told.
    pub mail_host: String,
}

/// A look-up's answer and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered<T> {
    /// What came; `None` when nothing came in time that is understood.
    pub found: Option<T>,
    /// Milliseconds.
    pub ms: u64,
}

/// The two look-ups with what they have found out so far.
#[derive(Debug, Clone)]
pub struct Kinds {
    http: reqwest::Client,
    mail: Option<Arc<dyn MailHostsPort>>,
    deadline: Duration,
    kept: Arc<Mutex<Kept>>,
}

type Kept = BTreeMap<(String, String), Entry>;

#[derive(Debug, Clone)]
struct Entry {
    since: Instant,
    /// Who asks for a domain that is being asked for waits for the same answer.
    signs: Arc<OnceCell<Signs>>,
}

impl Signs {
    /// The kind of account that they speak for.
    #[must_use]
    pub const fn kind(&self) -> AccountKind {
        decide(self.realm.found, self.mail.found)
    }

    const fn complete(&self) -> bool {
        self.realm.found.is_some() && self.mail.found.is_some()
    }
}

impl Kinds {
    /// The look-ups, with the client for the sign-in service. Without a port for the DNS it is not
    /// asked.
    #[must_use]
    pub fn new(http: reqwest::Client, mail: Option<Arc<dyn MailHostsPort>>) -> Self {
        Self {
            http,
            mail,
            deadline: DEADLINE,
            kept: Arc::default(),
        }
    }

    /// What is known of a domain from before, without asking.
    #[must_use]
    pub fn known(&self, domain: &str, cloud: &Cloud) -> AccountKind {
        let kept = self.lock();
        let entry = kept.get(&key(domain, cloud));
        entry
            .and_then(|entry| entry.signs.get())
            .map_or(AccountKind::Unknown, Signs::kind)
    }

    /// Finds out about a domain. Performs I/O; ends within three seconds. Dropping the future gives
    /// it up.
    pub async fn signs(&self, domain: &str, cloud: &Cloud) -> Signs {
        let key = key(domain, cloud);
        let cell = self.entry(&key);
        let signs = cell.get_or_init(|| self.ask(domain, cloud)).await.clone();
        if !signs.complete() {
            let mut kept = self.lock();
            if kept
                .get(&key)
                .is_some_and(|entry| Arc::ptr_eq(&entry.signs, &cell))
            {
                kept.remove(&key);
            }
        }
        signs
    }

    async fn ask(&self, domain: &str, cloud: &Cloud) -> Signs {
        let since = Instant::now();
        let deadline = since + self.deadline;
        let realm = async {
            let asked = timeout_at(deadline, realm::ask(domain, cloud, &self.http)).await;
            Answered {
                found: asked.ok().flatten(),
                ms: millis(since),
            }
        };
        let mail = async {
            let asked = async {
                match &self.mail {
                    Some(port) => port.mail_hosts(domain).await,
                    None => Err(MailHostsUnknown::NoAnswer),
                }
            };
            let hosts = timeout_at(deadline, asked).await;
            let hosts = hosts.unwrap_or(Err(MailHostsUnknown::NoAnswer));
            let (found, host) = match hosts {
                Ok(hosts) => (
                    Some(mail::home(&hosts)),
                    // Without an MX record the domain itself is the host (RFC 5321, section 5.1).
                    hosts
                        .into_iter()
                        .next()
                        .unwrap_or_else(|| domain.to_owned()),
                ),
                Err(MailHostsUnknown::NoDomain) => (Some(MailHome::NoDomain), String::new()),
                Err(MailHostsUnknown::NoAnswer) => (None, String::new()),
            };
            let ms = millis(since);
            (Answered { found, ms }, host)
        };
        let (realm, (mail, mail_host)) = tokio::join!(realm, mail);
        Signs {
            realm,
            mail,
            mail_host,
        }
    }

    fn entry(&self, key: &(String, String)) -> Arc<OnceCell<Signs>> {
        let now = Instant::now();
        let mut kept = self.lock();
        kept.retain(|_, entry| now.duration_since(entry.since) < KEPT);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        let entry = kept.entry(key.clone()).or_insert_with(|| Entry {
            since: now,
            signs: Arc::default(),
        });
        Arc::clone(&entry.signs)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Each cloud has its own answer.
fn key(domain: &str, cloud: &Cloud) -> (String, String) {
    (cloud.authority(), domain.to_ascii_lowercase())
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "lookup_tests.rs"]
mod tests;
