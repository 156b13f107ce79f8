//! Asks beside a failed check whose account it is. Nobody signs in; the domain's answers are shared
//! by all accounts of the domain, and with the form.

use std::collections::BTreeMap;

use super::session::World;
use crate::account::AccountId;
use crate::cloud::Cloud;
use crate::diagnosis::{AccountKind, Found, Probe, ProbeKind};
use crate::kind::{Kinds, Signs};

/// The look-ups, and the domains of the accounts whose owners are not known yet.
#[derive(Debug, Clone)]
pub struct Whose {
    /// The look-ups.
    pub kinds: Kinds,
    /// Where Microsoft is asked.
    pub cloud: Cloud,
    /// The domains, by account.
    pub domains: BTreeMap<AccountId, String>,
}

/// Leaves out the questions that nobody is to be asked.
pub(super) fn allowed(kinds: &mut Vec<ProbeKind>, account: AccountId, world: World<'_>) {
    let whose = world.around.whose.as_ref();
    if !whose.is_some_and(|whose| whose.domains.contains_key(&account)) {
        kinds.retain(|kind| !of_whose(*kind));
    }
}

/// Asks, if that is among the questions. Performs I/O; ends within three seconds, or at once when
/// cancelled.
pub(super) async fn ask(
    kinds: &[ProbeKind],
    account: AccountId,
    world: World<'_>,
) -> (Vec<Probe>, AccountKind) {
    let nothing = (Vec::new(), AccountKind::Unknown);
    let Some(whose) = &world.around.whose else {
        return nothing;
    };
    let domain = whose.domains.get(&account);
    let Some(domain) = domain.filter(|_| kinds.iter().any(|kind| of_whose(*kind))) else {
        return nothing;
    };
    tokio::select! {
        biased;
        () = world.cancel.cancelled() => nothing,
        signs = whose.kinds.signs(domain, &whose.cloud) => (probes(domain, &signs), signs.kind()),
    }
}

const fn of_whose(kind: ProbeKind) -> bool {
    match kind {
        ProbeKind::MailHosts | ProbeKind::UserRealm => true,
        ProbeKind::FirstBytes
        | ProbeKind::NeighbourPort
        | ProbeKind::KnownName
        | ProbeKind::KnownHost
        | ProbeKind::KnownCertificate
        | ProbeKind::ClockDifference => false,
    }
}

/// Both answers as probes; the port is that of the DNS and of the web.
fn probes(domain: &str, signs: &Signs) -> Vec<Probe> {
    let mail = signs.mail.found.map(|home| Found::MailGoes {
        home,
        host: signs.mail_host.clone(),
    });
    let probe = |kind, port, found: Option<Found>, ms| Probe {
        kind,
        host: domain.to_owned(),
        port,
        ms,
        found: found.unwrap_or(Found::NoAnswer),
    };
    let realm = signs.realm.found.map(Found::Realm);
    vec![
        probe(ProbeKind::MailHosts, 53, mail, signs.mail.ms),
        probe(ProbeKind::UserRealm, 443, realm, signs.realm.ms),
    ]
}
