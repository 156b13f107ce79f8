//! A server as it shows itself to anybody: what a check does up to the sign-in, for servers that
//! are only proposed. Nothing secret is at hand, so nothing can be sent.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::connect::{SystemResolver, millis};
use super::deadlines::Deadlines;
use super::plan::{SignInWith, Target};
use super::probe::Around;
use super::session::{self, World};
use super::track::Track;
use crate::account::{AccountId, Endpoint};
use crate::cloud::MailProtocol;
use crate::secret::Secret;
use crate::tls::Trust;

/// Each step's. A server that takes longer is one that somebody has to want.
const STEP: Duration = Duration::from_secs(4);

/// A server that speaks the protocol, over TLS that is in order where it has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Milliseconds until it had said what it can do.
    pub(crate) ms: u64,
    /// Whether it offers to sign in. POP3 and IMAP always do.
    pub(crate) offers_sign_in: bool,
}

/// Connects, encrypts, and listens to what the server can do; `None` when any of it fails.
/// Performs I/O; ends within the steps' deadlines, or at once when cancelled.
pub(crate) async fn reach(
    protocol: MailProtocol,
    endpoint: &Endpoint,
    trust: &Trust,
    cancel: &CancellationToken,
) -> Option<Reached> {
    let target = Target {
        protocol,
        endpoint: endpoint.clone(),
        needed: false,
        signs_in: false,
    };
    let nobody = SignInWith::Password {
        user: String::new(),
        password: Secret::new(String::new()),
    };
    let usual = Deadlines::default();
    let world = World {
        trust,
        resolver: &SystemResolver,
        deadlines: Deadlines {
            resolve: STEP,
            connect: STEP,
            tls: STEP,
            greeting: STEP,
            capability: STEP,
            ..usual
        },
        cancel,
        around: &Around::default(),
    };
    let since = Instant::now();
    let unseen = |_| {};
    let mut track = Track::start(AccountId(0), &target, &unseen);
    let ended = session::check(&target, &nobody, world, &mut track).await;
    if let Some(fault) = &ended.fault {
        tracing::debug!(stage = ?fault.stage, kind = ?fault.kind, "a proposed server does not answer");
        return None;
    }
    let listed = ended.seen.capabilities_tls.iter();
    let mut listed = listed.chain(&ended.seen.capabilities_plain);
    let auth = |line: &String| {
        line.get(..4)
            .is_some_and(|word| word.eq_ignore_ascii_case("AUTH"))
    };
    Some(Reached {
        ms: millis(since),
        offers_sign_in: protocol != MailProtocol::Smtp || listed.any(auth),
    })
}
