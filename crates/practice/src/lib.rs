//! The practice tenant: a stand-in for Microsoft 365 in one process, for newcomers, for training and
//! for tests. Sign-in pages, tokens, POP3, IMAP and SMTP on loopback, with faults to switch on.
//!
//! It knows nothing of the product: the product meets it as it meets Microsoft, over the network.
//! Every password is accepted, every mail stays in memory, and nothing leaves the computer.

mod certificates;
mod clock;
mod fault;
mod folder;
mod grants;
mod http;
mod keys;
mod mail;
mod mailbox;
mod orders;
mod practice;
mod random;
mod register;
mod tenant;
mod texts;

pub use crate::fault::Fault;
pub use crate::practice::{Practice, PracticeOptions};
pub use crate::texts::PracticeLanguage;
