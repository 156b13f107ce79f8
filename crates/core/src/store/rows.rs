//! From the text and numbers of a row to the product's types. The tables' CHECKs let nothing else
//! in, so a row that cannot be read is a fault of the program, not a problem of the user's.

use anyhow::{Context as _, anyhow};
use jiff::Timestamp;

use crate::account::{Endpoint, Host, Port, TlsMode};
use crate::cloud::MailProtocol;

pub(super) fn time(seconds: i64) -> anyhow::Result<Timestamp> {
    Timestamp::from_second(seconds).context("a time in the database")
}

pub(super) fn protocol(code: &str) -> anyhow::Result<MailProtocol> {
    [MailProtocol::Pop3, MailProtocol::Imap, MailProtocol::Smtp]
        .into_iter()
        .find(|protocol| protocol.code() == code)
        .ok_or_else(|| anyhow!("no such protocol in the database: {code}"))
}

pub(super) fn endpoint(host: &str, port: i64, tls: &str) -> anyhow::Result<Endpoint> {
    let endpoint = || {
        Some(Endpoint {
            host: Host::new(host)?,
            port: Port::new(port)?,
            tls: TlsMode::from_code(tls)?,
        })
    };
    endpoint().ok_or_else(|| anyhow!("no such server in the database: {host}:{port} {tls}"))
}

/// Scopes never contain a space (RFC 6749 3.3).
pub(super) fn scopes(text: &str) -> Vec<String> {
    text.split_ascii_whitespace().map(str::to_owned).collect()
}
