//! Whole-product tests: real mail and sign-in servers, the real window, a real browser.
//! The library holds what the journeys share; the journeys themselves are in `tests/`.
//! Dovecot, Postfix and WebKitWebDriver run on Linux, so everything here is for Linux.

#![cfg(target_os = "linux")]

pub mod bench;
pub mod browser;
pub mod certificates;
pub mod course;
pub mod delay;
pub mod desktop;
pub mod dovecot;
pub mod guard;
pub mod idp;
pub mod journey;
pub mod kept;
pub mod notifications;
pub mod opened_browser;
pub mod postfix;
pub mod schemas;
pub mod shop;
pub mod terminal;
pub mod texts;
pub mod tour;
pub mod trouble;
pub mod wait;
pub mod window;
