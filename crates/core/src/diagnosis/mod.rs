//! From evidence to causes. `diagnose` is pure: what was seen goes in, the ranked causes that the
//! evidence leaves open come out. It claims one cause only where the evidence allows no other.
//! The causes themselves are listed in `causes.tsv`; the build makes [`Cause`] from it.

mod admin;
mod evidence;
mod guess;
mod jsonl;
mod known;
#[cfg(test)]
mod look_alikes;
mod probe;
mod probed;
mod reading;
mod rules;
mod seen;
#[cfg(test)]
mod tests;
mod token_facts;
mod who;

pub use admin::{AdminRequest, admin_message, approval_link};
pub use evidence::{AccountKind, Evidence, Known, Protocol, SignIn, Stage};
pub use guess::{Explained, explain, explain_text};
pub use jsonl::{JsonlAnswer, JsonlFault, answer_line};
pub use probe::{Found, Probe, ProbeKind, Spoken, worth_asking};
pub use seen::{
    CertificateFacts, CertificateFault, ConnectAttempt, ConnectFailure, FailureKind, Reply, Seen,
};
pub use token_facts::{CONSUMERS, TokenClaims, TokenFacts};

use crate::readout::{Place, Readout};

include!(concat!(env!("OUT_DIR"), "/causes.rs"));

impl Cause {
    /// The cause of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.code() == code)
    }
}

/// Who can put a cause right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fixer {
    /// The shop: the person at the screen.
    Owner,
    /// The Microsoft 365 administrator.
    TenantAdmin,
    /// The mail provider.
    MailProvider,
    /// Whoever runs the shop's network.
    NetworkAdmin,
    /// The publisher of this program.
    AppPublisher,
    /// Nobody: time.
    Wait,
}

impl Fixer {
    /// Everyone who can put something right.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::TenantAdmin,
        Self::MailProvider,
        Self::NetworkAdmin,
        Self::AppPublisher,
        Self::Wait,
    ];

    /// The fixer of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fixer| fixer.code() == code)
    }

    /// The name on the wire and in `causes.tsv`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::TenantAdmin => "tenant_admin",
            Self::MailProvider => "mail_provider",
            Self::NetworkAdmin => "network_admin",
            Self::AppPublisher => "app_publisher",
            Self::Wait => "wait",
        }
    }
}

/// What the evidence allows to be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Every cause that is still open, the likeliest first; never empty.
    candidates: Vec<Cause>,
    /// Whether the first is the only one.
    certain: bool,
    /// Who can put it right.
    who_fixes: Fixer,
    /// What the server said, as it came (secrets never are in it).
    raw: String,
    /// Where it failed.
    place: Place,
}

impl Diagnosis {
    /// A diagnosis as it was recorded; without a candidate it is of an unknown cause.
    #[must_use]
    pub fn recorded(candidates: Vec<Cause>, certain: bool, who_fixes: Fixer, raw: String) -> Self {
        Self {
            certain: certain && candidates.len() == 1,
            candidates,
            who_fixes,
            raw,
            place: Place::HERE,
        }
    }

    /// The likeliest cause.
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.candidates.first().copied().unwrap_or(Cause::Unknown)
    }

    /// Every cause that is still open, the likeliest first.
    #[must_use]
    pub fn candidates(&self) -> &[Cause] {
        &self.candidates
    }

    /// Whether the evidence allows no other cause than [`cause`](Self::cause).
    #[must_use]
    pub const fn certain(&self) -> bool {
        self.certain
    }

    /// Who can put it right.
    #[must_use]
    pub const fn who_fixes(&self) -> Fixer {
        self.who_fixes
    }

    /// What the server said.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The code that a person can read out over the phone.
    #[must_use]
    pub fn readout(&self) -> Readout {
        let several = self.candidates.len() > 1;
        Readout::of(
            self.cause().code(),
            self.place,
            Some(self.who_fixes),
            several,
        )
    }
}

/// Names the causes that the evidence leaves open.
///
/// Pure and total: any text gets an answer, in time linear in its length.
#[must_use]
pub fn diagnose(evidence: &Evidence) -> Diagnosis {
    let reading = reading::read(&evidence.raw);
    let mut candidates = known::seen(evidence);
    if candidates.is_empty() {
        candidates = rules::weigh(evidence, &reading);
    }
    let mut candidates = probed::narrow(known::narrow(candidates, evidence), evidence);
    if candidates.is_empty() {
        candidates.push(Cause::Unknown);
    }
    let likeliest = candidates.first().copied().unwrap_or(Cause::Unknown);
    Diagnosis {
        certain: candidates.len() == 1 && likeliest != Cause::Unknown,
        who_fixes: who::who(likeliest, evidence, &reading),
        candidates,
        raw: reading::cut(&evidence.raw).into_owned(),
        place: Place {
            stage: Some(evidence.stage),
            protocol: Some(evidence.protocol),
            kind: evidence.account_kind,
        },
    }
}
