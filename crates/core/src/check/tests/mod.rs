//! Tests of the whole check: the machines without sockets (`machines`, `refusals`), and sessions against small
//! scripted servers on loopback (`dialogues` for what goes well, `hostile` for what does not).

mod dialogues;
mod hostile;
mod machines;
mod many;
mod probes;
mod refusals;
mod server;

#[cfg(target_os = "linux")]
pub(super) use server::dead_port;

use crate::account::{AccountId, Endpoint, Host, Port, TlsMode};
use crate::cloud::MailProtocol;
use crate::diagnosis::AccountKind;
use crate::secret::Secret;

use super::plan::{Plan, SignInWith, Target, TokenKnown};

/// A token as long as Microsoft's, and of no repeating parts.
fn token_of(length: usize) -> String {
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."[(state % 65) as usize]
    };
    (0..length).map(|_| char::from(next())).collect()
}

fn by_token(length: usize) -> SignInWith {
    SignInWith::Token {
        user: "order@hana.example".to_owned(),
        token: Secret::new(token_of(length)),
        known: TokenKnown {
            expires_in: Some(3000),
            ..TokenKnown::default()
        },
    }
}

pub(super) fn by_password(password: &str) -> SignInWith {
    SignInWith::Password {
        user: "order".to_owned(),
        password: Secret::new(password.to_owned()),
    }
}

pub(super) fn target(protocol: MailProtocol, host: &str, port: u16, tls: TlsMode) -> Target {
    Target {
        protocol,
        endpoint: Endpoint {
            host: Host::new(host).unwrap(),
            port: Port::new(i64::from(port)).unwrap(),
            tls,
        },
        needed: true,
        signs_in: true,
    }
}

fn plan(protocols: Vec<Target>, sign_in: SignInWith) -> Plan {
    Plan {
        account: AccountId(7),
        account_kind: AccountKind::Work,
        protocols,
        sign_in,
    }
}
