//! Microsoft's consent: asking for it in the system browser, and keeping it alive.
//!
//! A consent is held as a [`Grant`], whose refresh token buys access tokens. [`consent()`] gets one,
//! [`AccessTokens`] buys the tokens
//! and so keeps it alive, [`AuthorizationState`] tells how it stands. What a refusal means is `diagnosis`'s, and the
//! sealed keeping is `store`'s.

mod answer;
mod consent;
mod consents;
mod endpoints;
mod id_token;
mod loopback;
mod network;
mod page;
mod renewal;
mod retry_after;
mod schedule;
mod self_test;
mod state;
#[cfg(test)]
mod tests;
mod token;
mod warning;

pub use consent::{
    BrowserPort, ConsentPorts, ConsentRequest, HELP_AFTER, PATIENCE, Signer, consent,
};
pub use consents::{ConsentPlace, ConsentWish, Consents};
pub use network::NetworkWatch;
pub use renewal::{AccessToken, AccessTokens, Hindrance, Need};
pub use retry_after::RetryAfter;
pub use schedule::{Held, Schedule, turn};
pub use self_test::LOOPBACK_PATIENCE;
pub use state::{AuthorizationState, LIFETIME, Life, Standing};
pub use warning::{due, stage, warned};

#[doc(no_inline)]
pub use crate::store::{Failing, Grant, GrantState, Refusal, Stage, Warned};
