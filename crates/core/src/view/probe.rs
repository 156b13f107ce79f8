//! A probe's outcome as it is shown and reported.

use super::{ProbeFound, ProbeName, ProbeView};
use crate::cloud::MailProtocol;
use crate::diagnosis::{Found, Probe, ProbeKind, Spoken};
use crate::kind::{MailHome, Realm};

/// Less than this is a clock nobody would call wrong, seconds.
const RIGHT: u64 = 60;

impl From<ProbeKind> for ProbeName {
    fn from(kind: ProbeKind) -> Self {
        match kind {
            ProbeKind::FirstBytes => Self::FirstBytes,
            ProbeKind::NeighbourPort => Self::NeighbourPort,
            ProbeKind::KnownName => Self::KnownName,
            ProbeKind::KnownHost => Self::KnownHost,
            ProbeKind::KnownCertificate => Self::KnownCertificate,
            ProbeKind::ClockDifference => Self::ClockDifference,
            ProbeKind::MailHosts => Self::MailHosts,
            ProbeKind::UserRealm => Self::UserRealm,
        }
    }
}

impl From<&Probe> for ProbeView {
    fn from(probe: &Probe) -> Self {
        let (found, detail) = match &probe.found {
            Found::Tls => (ProbeFound::Tls, String::new()),
            Found::Speaks { spoken, text } => (ProbeFound::from(*spoken), text.clone()),
            Found::Silent => (ProbeFound::Silent, String::new()),
            Found::Closed => (ProbeFound::Closed, String::new()),
            Found::Connected => (ProbeFound::Connected, String::new()),
            Found::Refused => (ProbeFound::Refused, String::new()),
            Found::NoAnswer => (ProbeFound::NoAnswer, String::new()),
            Found::Resolved => (ProbeFound::Resolved, String::new()),
            Found::NotResolved => (ProbeFound::NotResolved, String::new()),
            Found::Trusted { issuer } => (ProbeFound::Trusted, issuer.clone()),
            Found::Untrusted { issuer, .. } => (ProbeFound::Untrusted, issuer.clone()),
            Found::ClockAhead { seconds } => {
                let off = seconds.unsigned_abs();
                let found = match (off < RIGHT, *seconds > 0) {
                    (true, _) => ProbeFound::ClockRight,
                    (false, true) => ProbeFound::ClockAhead,
                    (false, false) => ProbeFound::ClockBehind,
                };
                (found, off.to_string())
            }
            Found::MailGoes { home, host } => (ProbeFound::from(*home), host.clone()),
            Found::Realm(Realm::Organisation) => (ProbeFound::RealmWork, String::new()),
            Found::Realm(Realm::Personal) => (ProbeFound::RealmPersonal, String::new()),
            Found::Realm(Realm::Nobody) => (ProbeFound::RealmNobody, String::new()),
        };
        Self {
            asked: probe.kind.into(),
            host: probe.host.clone(),
            port: probe.port,
            found,
            detail,
            ms: probe.ms,
        }
    }
}

impl From<MailHome> for ProbeFound {
    fn from(home: MailHome) -> Self {
        match home {
            MailHome::ExchangeOnline => Self::MailWork,
            MailHome::OutlookCom => Self::MailPersonal,
            MailHome::Filter | MailHome::Elsewhere => Self::MailElsewhere,
            MailHome::NoDomain => Self::NoDomain,
        }
    }
}

impl From<Spoken> for ProbeFound {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Mail(MailProtocol::Pop3) => Self::Pop3,
            Spoken::Mail(MailProtocol::Imap) => Self::Imap,
            Spoken::Mail(MailProtocol::Smtp) => Self::Smtp,
            Spoken::Web => Self::Web,
            Spoken::Other => Self::Other,
        }
    }
}
