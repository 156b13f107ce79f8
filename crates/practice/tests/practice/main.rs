//! The practice tenant seen from outside: by http as a browser and an application see it, and by
//! POP3, IMAP and SMTP over real TLS.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests are tests too; the exception for tests covers their functions only"
)]

mod application;
mod device;
mod dialogue;
mod faults;
mod imap;
mod pop3;
mod realm;
mod restart;
mod sign_in;
mod smtp;
mod tokens;
