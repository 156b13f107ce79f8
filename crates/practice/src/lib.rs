//! The practice tenant: a stand-in for Microsoft 365 in one process, for newcomers, for training and
//! for tests. Sign-in pages, tokens, POP3, IMAP and SMTP, with faults to switch on.
