//! The whole sign-in in one process: a provider with faults to switch on, a browser that follows
//! redirects, a clock that can be moved, a store in a folder of its own.

/// The client of the product, past any proxy of the machine.
pub(super) fn http() -> reqwest::Client {
    crate::tls::loopback_http_client(&crate::tls::Trust::platform()).unwrap()
}
