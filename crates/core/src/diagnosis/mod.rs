//! From evidence to causes. `diagnose` is pure: what was seen goes in, the ranked causes that the
//! evidence leaves open come out. It claims one cause only where the evidence allows no other.
//! The causes themselves are listed in `causes.tsv`; the build makes [`Cause`] from it.

mod evidence;
mod seen;

pub use evidence::{AccountKind, Evidence, Known, Protocol, SignIn, Stage};
pub use seen::{
    CertificateFacts, CertificateFault, ConnectAttempt, ConnectFailure, FailureKind, Reply, Seen,
};

include!(concat!(env!("OUT_DIR"), "/causes.rs"));

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
}

impl Diagnosis {
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
}

/// Names the causes that the evidence leaves open.
#[must_use]
pub fn diagnose(evidence: &Evidence) -> Diagnosis {
    Diagnosis {
        candidates: vec![Cause::Unknown],
        certain: false,
        who_fixes: Fixer::Owner,
        raw: evidence.raw.clone(),
    }
}
