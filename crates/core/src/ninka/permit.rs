//! What every function of the façade asks at its head, and what it leaves in the audit list.
//! Background work asks nothing: authorizations stay alive while nobody is signed in.

use jiff::{SignedDuration, Timestamp};

use super::Ninka;
use crate::operators::{AuditEntry, Deed, Need, Permissions, Session};
use crate::problem::{Outcome, Problem};
use crate::settings::Settings;

/// The least time that the audit list is kept: a year and a month.
const AUDIT_KEPT: SignedDuration = SignedDuration::from_hours(24 * 396);

impl Ninka {
    /// Goes on only where whoever is signed in may do this, or permissions are off; tells who it
    /// is. Performs I/O.
    ///
    /// # Errors
    /// [`Problem::SignInNeeded`]; [`Problem::NotPermitted`] with whom to ask; the data cannot be
    /// read.
    pub(super) async fn needs(&self, need: Need) -> Outcome<By> {
        let session = match self.standing().await? {
            Standing::Off => return Ok(None),
            Standing::SignedOut => return Err(Problem::SignInNeeded),
            Standing::SignedIn(session) => session,
        };
        if session.operator.permissions.allow(need) {
            return Ok(Some(session));
        }
        let ask = self.whom_to_ask().await?.join(" / ");
        Err(Problem::NotPermitted { ask })
    }

    /// Who is signed in. A removed operator is not, and neither is one who has been away.
    pub(super) async fn standing(&self) -> Outcome<Standing> {
        let idle = Settings::load(&self.settings).await?.locks_after();
        let session = self.gate.session(self.now(), idle);
        let id = session.as_ref().map(|session| session.operator.id);
        let (on, there) = self.settings.stands(id).await?;
        Ok(match session {
            _ if !on => Standing::Off,
            Some(session) if there => Standing::SignedIn(session),
            Some(_) | None => Standing::SignedOut,
        })
    }

    /// The operators who may change everything, by name.
    pub(super) async fn whom_to_ask(&self) -> Outcome<Vec<String>> {
        let operators = self.settings.operators().await?;
        let full = operators
            .into_iter()
            .filter(|operator| operator.permissions == Permissions::FULL);
        Ok(full.map(|operator| operator.name).collect())
    }

    /// Keeps what was done, and by whom; nothing where permissions were off. Performs I/O.
    pub(super) async fn did(&self, by: &By, what: Deed, about: &str) -> Outcome<()> {
        if by.is_none() {
            return Ok(());
        }
        let entry = self.entry(by, what, about);
        self.settings.note_deed(&entry).await
    }

    /// An entry of the audit list, as of now.
    pub(super) fn entry(&self, by: &By, what: Deed, about: &str) -> AuditEntry {
        AuditEntry {
            at: self.now(),
            who: by.as_ref().map(|session| session.operator.name.clone()),
            what,
            about: Some(about.to_owned()).filter(|about| !about.is_empty()),
            practice: self.provider.is_some(),
        }
    }

    /// Forgets what is older than the history and a year. Practice has a clock of its own, which
    /// must not age what is real. Performs I/O.
    pub(super) async fn prune_audit(&self) -> Outcome<()> {
        if self.provider.is_some() {
            return Ok(());
        }
        let kept = self.audit_kept().await?;
        let before = self.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
        self.settings.forget_audit(before).await
    }

    /// For how long the audit list is kept.
    pub(super) async fn audit_kept(&self) -> Outcome<SignedDuration> {
        let history = Settings::load(&self.settings).await?.history_kept();
        Ok(history.max(AUDIT_KEPT))
    }
}

/// Who asks; `None` where permissions are off.
pub(super) type By = Option<Session>;

/// Whether permissions are on, and who is signed in.
pub(super) enum Standing {
    /// Everybody may do everything.
    Off,
    /// Nobody is.
    SignedOut,
    /// Somebody is.
    SignedIn(Session),
}
