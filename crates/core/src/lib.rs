//! Ninka's product, without a window. The shell, the command line and the tests call one façade,
//! [`Ninka`]; nothing else knows how the parts are joined.
//!
//! Data takes this way: `account` → `authorization` (consent, token, renewal) → `check` (plan,
//! steps, protocol machines) → `diagnosis` (evidence → causes) → `store` (SQLite, sealed secrets).
//!
//! # Invariants
//! A change that breaks one edits this list.
//!
//! - No token and no password crosses to the web view, to a log, to a report, to a command line or
//!   to disk unsealed. The one exception is asked for: `ninka token` prints an access token, never a
//!   refresh token, and only where the setting `share-tokens` is on.
//! - One random key in the operating system's keyring; everything secret is sealed with it, bound
//!   to its account and field, in the same SQLite database as the account, so that one transaction
//!   changes both.
//! - A renewed refresh token is durable before its access token is used. Only Microsoft's own
//!   `invalid_grant` costs an authorization, and only after what is stored was read again.
//! - One renewal at a time per account, also across processes. Work begun under an old revision of
//!   an account cannot write.
//! - The old authorization stays until the new one has passed: who signed in, what was granted, and
//!   a sign-in wherever mail is needed. What a new one cannot mend does not keep it out.
//! - The system browser, PKCE S256, `state` compared in constant time, a loopback listener on
//!   127.0.0.1 and `::1` bound before the browser opens, deaf to anything but our `state`,
//!   answering only after the code was redeemed. Never `prompt=consent`.
//! - A check never sends mail, never deletes, never marks as read. A test mail goes out only when
//!   asked for, and only to the account itself.
//! - A diagnosis never claims one cause where the evidence allows several.
//! - Every operation that can wait has a deadline, progress and a cancel; memory per connection is
//!   bounded whatever a server sends.
//! - Once permissions are switched on, every function of the façade asks for what it needs at its
//!   head; background work needs nobody. What needs nothing is listed with its reason in a test.
//! - Every text is in `ui/locales`, in Japanese and English, or the build fails.

pub mod account;
pub mod authorization;
pub mod backup;
pub mod browsers;
pub mod charset;
pub mod check;
pub mod clock;
pub mod cloud;
pub mod diagnosis;
pub mod exchange;
pub mod folders;
pub mod guided;
pub mod handover;
pub mod kind;
pub mod language;
mod ninka;
pub mod operators;
pub mod problem;
mod proof;
pub mod providers;
pub mod qr;
pub mod readout;
pub mod report;
pub mod secret;
pub mod settings;
pub mod store;
pub mod tls;
pub mod view;

/// Ids of the problems' texts, made from `ui/locales` by the build script.
mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use ninka::{
    Attention, Event, FixedProvider, Ninka, Notice, Options, SharedToken, StartMode, Warning,
};
pub use problem::{Outcome, Problem};
