//! Microsoft's consent: asking for it in the system browser, and keeping it alive.
//!
//! A consent is held as a [`Grant`], whose refresh token buys access tokens. [`consent`] gets one,
//! [`AuthorizationState`] tells how it stands. What a refusal means is `diagnosis`'s, and the
//! sealed keeping is `store`'s.

mod consent;
mod consents;
mod grant;
mod state;

pub use consent::{BrowserPort, ConsentPorts, ConsentRequest, PATIENCE, consent};
pub use consents::{ConsentPlace, Consents};
pub use grant::{Grant, GrantState, Refusal};
pub use state::{AuthorizationState, LIFETIME};
