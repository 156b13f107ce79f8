//! The mailboxes: made when first opened, with a few order mails in them, and kept in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::orders;
use crate::tenant::lock;

/// A mailbox holds so many; the oldest goes first.
const MOST_MESSAGES: usize = 500;
const MOST_MAILBOXES: usize = 200;

/// A mail as it lies in the mailbox.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) uid: u32,
    /// The whole mail, with CRLF at every line's end.
    pub(crate) raw: Vec<u8>,
}

impl Message {
    /// The header fields with the empty line after them.
    pub(crate) fn header(&self) -> &[u8] {
        let end = self.raw.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.map_or(self.raw.len(), |at| at + 4);
        self.raw.get(..end).unwrap_or_default()
    }

    /// What follows the header.
    pub(crate) fn body(&self) -> &[u8] {
        self.raw.get(self.header().len()..).unwrap_or_default()
    }
}

#[derive(Debug)]
struct Mailbox {
    messages: Vec<Arc<Message>>,
    next_uid: u32,
}

/// All mailboxes by address.
#[derive(Debug)]
pub(crate) struct Mailboxes {
    inner: Mutex<(Timestamp, BTreeMap<String, Mailbox>)>,
}

impl Mailboxes {
    /// The order mails are dated a little before `now`.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            inner: Mutex::new((now, BTreeMap::new())),
        }
    }

    pub(crate) fn reset(&self, now: Timestamp) {
        *lock(&self.inner) = (now, BTreeMap::new());
    }

    /// The mails of an address, oldest first.
    pub(crate) fn messages(&self, address: &str) -> Vec<Arc<Message>> {
        self.with(address, |mailbox| mailbox.messages.clone())
    }

    pub(crate) fn next_uid(&self, address: &str) -> u32 {
        self.with(address, |mailbox| mailbox.next_uid)
    }

    /// Puts a mail into the mailbox.
    pub(crate) fn deliver(&self, address: &str, raw: Vec<u8>) {
        self.with(address, |mailbox| mailbox.add(raw));
    }

    /// Removes mails for good.
    pub(crate) fn remove(&self, address: &str, uids: &[u32]) {
        self.with(address, |mailbox| {
            mailbox
                .messages
                .retain(|message| !uids.contains(&message.uid));
        });
    }

    fn with<T>(&self, address: &str, act: impl FnOnce(&mut Mailbox) -> T) -> T {
        let mut inner = lock(&self.inner);
        let (begun, mailboxes) = &mut *inner;
        if mailboxes.len() >= MOST_MAILBOXES && !mailboxes.contains_key(address) {
            mailboxes.clear();
        }
        let mailbox = mailboxes.entry(address.to_owned()).or_insert_with(|| {
            let mut mailbox = Mailbox {
                messages: Vec::new(),
                next_uid: 1,
            };
            orders::made_for(address, *begun)
                .into_iter()
                .for_each(|raw| mailbox.add(raw));
            mailbox
        });
        act(mailbox)
    }
}

impl Mailbox {
    fn add(&mut self, raw: Vec<u8>) {
        if self.messages.len() >= MOST_MESSAGES {
            self.messages.remove(0);
        }
        self.messages.push(Arc::new(Message {
            uid: self.next_uid,
            raw,
        }));
        self.next_uid += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_begins_with_orders_and_takes_mail() {
        let mailboxes = Mailboxes::new(Timestamp::UNIX_EPOCH);
        let begun = mailboxes.messages("order@hana-shop.example").len();
        assert!(begun >= 4);
        mailboxes.deliver(
            "order@hana-shop.example",
            b"Subject: x\r\n\r\nhello\r\n".to_vec(),
        );
        let messages = mailboxes.messages("order@hana-shop.example");
        let last = messages.last().unwrap();
        assert_eq!(last.header(), b"Subject: x\r\n\r\n");
        assert_eq!(last.body(), b"hello\r\n");
        mailboxes.remove("order@hana-shop.example", &[last.uid]);
        assert_eq!(mailboxes.messages("order@hana-shop.example").len(), begun);
        assert_eq!(mailboxes.messages("info@hana-shop.example").len(), begun);
    }
}
