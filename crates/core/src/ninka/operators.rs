//! Permissions on and off, signing in and out, the operators and the audit list.

use super::Ninka;
use super::permit::Standing;
use crate::exchange::TableEncoding;
use crate::operators::{
    self, Deed, Need, Operator, OperatorId, OperatorName, Permissions, Verifier,
};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::{Attempt, NewOperator};
use crate::view::{AuditEntryView, AuditView, OperatorView, OperatorsView, SaveOperator};

/// The most entries that are shown.
const SHOWN: i64 = 1_000;
/// The most entries that are written to a table.
const WRITTEN: i64 = 200_000;

impl Ninka {
    /// Whether permissions are on, and who is signed in. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be read.
    pub async fn operators_state(&self) -> Outcome<OperatorsView> {
        Ok(match self.standing().await? {
            Standing::Off => OperatorsView::Off,
            Standing::SignedOut => {
                let operators = self.settings.operators().await?;
                let names = operators.into_iter().map(|operator| operator.name);
                OperatorsView::SignedOut {
                    names: names.collect(),
                }
            }
            Standing::SignedIn(session) => OperatorsView::SignedIn {
                operator: session.operator.into(),
                ask: self.whom_to_ask().await?,
            },
        })
    }

    /// Switches permissions on. Whoever does it is the first operator, may do everything, and is
    /// signed in. Performs I/O and takes a moment of work.
    ///
    /// # Errors
    /// [`Problem::PermissionsOn`]; [`Problem::OperatorNameInvalid`];
    /// [`Problem::OperatorPasswordShort`]; the data cannot be written.
    pub async fn switch_permissions_on(&self, name: &str, password: Secret) -> Outcome<()> {
        let new = new_operator(name, Permissions::FULL, password).await?;
        let entry = self.entry(&None, Deed::SwitchedOn, new.name.as_str());
        let id = self.settings.first_operator(&new, &entry).await?;
        let operator = Operator {
            id,
            name: new.name.as_str().to_owned(),
            permissions: new.permissions,
        };
        self.gate.enter(operator, self.now());
        Ok(())
    }

    /// Switches permissions off: the operators are removed, and everybody may do everything. The
    /// audit list stays. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Full`]; the data cannot be written.
    pub async fn switch_permissions_off(&self) -> Outcome<()> {
        let by = self.needs(Need::Full).await?;
        let entry = self.entry(&by, Deed::SwitchedOff, "");
        self.settings.remove_operators(&entry).await?;
        self.gate.leave();
        Ok(())
    }

    /// Signs an operator in, with the permissions as they are now. Wrong passwords make wait,
    /// longer and longer, also across processes and restarts. Performs I/O and takes a moment of
    /// work.
    ///
    /// # Errors
    /// [`Problem::PermissionsOff`]; [`Problem::SignInRefused`]; [`Problem::SignInTooSoon`]; the
    /// data cannot be read or written.
    pub async fn sign_in_operator(&self, name: &str, password: Secret) -> Outcome<()> {
        if matches!(self.standing().await?, Standing::Off) {
            return Err(Problem::PermissionsOff);
        }
        let name = OperatorName::new(name).ok_or(Problem::SignInRefused)?;
        let found = self.settings.operator_by_name(&name).await?;
        // A name that nobody has may be a password in the wrong field: it is not kept.
        let operator = found.ok_or(Problem::SignInRefused)?;
        self.prove_password(&operator, password).await?;
        let mut entry = self.entry(&None, Deed::SignedIn, "");
        entry.who = Some(operator.name.clone());
        self.settings.passed(operator.id, Some(&entry)).await?;
        self.gate.enter(operator, self.now());
        Ok(())
    }

    /// Signs out, as the lock does. What is going on goes on. Performs I/O.
    ///
    /// # Errors
    /// The data cannot be written; whoever was signed in is not any more.
    pub async fn sign_out_operator(&self) -> Outcome<()> {
        let Some(session) = self.gate.leave() else {
            return Ok(());
        };
        let entry = self.entry(&Some(session), Deed::SignedOut, "");
        self.settings.note_deed(&entry).await
    }

    /// Whoever is signed in is there, so that the lock waits.
    pub fn seen(&self) {
        self.gate.seen(self.now());
    }

    /// The operators by name. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Full`]; the data cannot be read.
    pub async fn operators(&self) -> Outcome<Vec<OperatorView>> {
        self.needs(Need::Full).await?;
        let operators = self.settings.operators().await?;
        Ok(operators.into_iter().map(Into::into).collect())
    }

    /// Adds an operator, or changes one: name, permissions, and the password if one is given. What
    /// changes takes effect at that operator's next sign-in. Performs I/O and takes a moment of
    /// work.
    ///
    /// # Errors
    /// As of [`Need::Full`]; [`Problem::PermissionsOff`]; [`Problem::OperatorNameInvalid`];
    /// [`Problem::OperatorNameTaken`]; [`Problem::OperatorPasswordShort`], also where a new one has
    /// none; [`Problem::OperatorGone`]; [`Problem::LastFullOperator`]; the data cannot be written.
    pub async fn save_operator(&self, request: SaveOperator) -> Outcome<Vec<OperatorView>> {
        let by = self.needs(Need::Full).await?;
        if by.is_none() {
            return Err(Problem::PermissionsOff);
        }
        let permissions = Permissions {
            accounts: request.accounts.into(),
            settings: request.settings.into(),
        };
        let password = request.password.map(Secret::new);
        let name = OperatorName::new(&request.name).ok_or(Problem::OperatorNameInvalid)?;
        let about = operators::kept_of(&name, permissions);
        if let Some(id) = request.id {
            let id = OperatorId(id);
            let verifier = match password {
                Some(password) => Some(Verifier::new(password).await?),
                None => None,
            };
            let before = self.settings.operators().await?;
            let same = before.iter().any(|before| {
                before.id == id && before.name == name.as_str() && before.permissions == permissions
            });
            if !same {
                let entry = self.entry(&by, Deed::OperatorChanged, &about);
                let change = (&name, permissions);
                self.settings.change_operator(id, change, &entry).await?;
            }
            if let Some(verifier) = verifier {
                let entry = self.entry(&by, Deed::PasswordChanged, name.as_str());
                self.settings
                    .put_operator_password(id, &verifier, &entry)
                    .await?;
            }
        } else {
            let password = password.unwrap_or_else(|| Secret::new(String::new()));
            let new = new_operator(&request.name, permissions, password).await?;
            let entry = self.entry(&by, Deed::OperatorAdded, &about);
            self.settings.add_operator(&new, &entry).await?;
        }
        self.operators().await
    }

    /// Removes an operator, who is signed in no longer. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Full`]; [`Problem::OperatorGone`]; [`Problem::LastFullOperator`]; the data
    /// cannot be written.
    pub async fn remove_operator(&self, id: OperatorId) -> Outcome<()> {
        let by = self.needs(Need::Full).await?;
        let operators = self.settings.operators().await?;
        let found = operators.into_iter().find(|operator| operator.id == id);
        let name = found.ok_or(Problem::OperatorGone)?.name;
        let entry = self.entry(&by, Deed::OperatorRemoved, &name);
        self.settings.remove_operator(id, &entry).await
    }

    /// Changes the password of whoever is signed in. Performs I/O and takes a moment of work.
    ///
    /// # Errors
    /// As of [`Need::SignedIn`]; [`Problem::PermissionsOff`]; [`Problem::SignInRefused`] and
    /// [`Problem::SignInTooSoon`] for the old one; [`Problem::OperatorPasswordShort`]; the data
    /// cannot be written.
    pub async fn change_password(&self, old: Secret, new: Secret) -> Outcome<()> {
        let by = self.needs(Need::SignedIn).await?;
        let session = by.as_ref().ok_or(Problem::PermissionsOff)?;
        self.prove_password(&session.operator, old).await?;
        self.settings.passed(session.operator.id, None).await?;
        let verifier = Verifier::new(new).await?;
        let name = session.operator.name.clone();
        let entry = self.entry(&by, Deed::PasswordChanged, &name);
        let id = session.operator.id;
        self.settings
            .put_operator_password(id, &verifier, &entry)
            .await
    }

    /// Gives an operator a new password and every permission without anybody's sign-in: for the
    /// owner of this computer who has lost the way in. Whoever can run programs as this user could
    /// change the file as well; this way it stands in the audit list. Performs I/O and takes a
    /// moment of work.
    ///
    /// # Errors
    /// [`Problem::PermissionsOff`]; [`Problem::OperatorGone`];
    /// [`Problem::OperatorPasswordShort`]; the data cannot be written.
    pub async fn reset_operator(&self, name: &str, password: Secret) -> Outcome<()> {
        if matches!(self.standing().await?, Standing::Off) {
            return Err(Problem::PermissionsOff);
        }
        let name = OperatorName::new(name).ok_or(Problem::OperatorGone)?;
        let found = self.settings.operator_by_name(&name).await?;
        let operator = found.ok_or(Problem::OperatorGone)?;
        let verifier = Verifier::new(password).await?;
        let entry = self.entry(&None, Deed::PasswordReset, &operator.name);
        self.settings
            .reset_operator(operator.id, &verifier, &entry)
            .await
    }

    /// The audit list, the newest first. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Full`]; the data cannot be read.
    pub async fn audit(&self) -> Outcome<AuditView> {
        self.needs(Need::Full).await?;
        let entries = self.settings.audit(SHOWN).await?;
        let language = self.language().await?;
        Ok(AuditView {
            kept_days: self.audit_kept().await?.as_hours() / 24,
            entries: entries
                .into_iter()
                .map(|entry| AuditEntryView::of(entry, language))
                .collect(),
        })
    }

    /// Writes the audit list as CSV, the newest first. Performs I/O.
    ///
    /// # Errors
    /// As of [`Need::Full`]; the data cannot be read.
    pub async fn export_audit(&self, encoding: TableEncoding) -> Outcome<Vec<u8>> {
        let by = self.needs(Need::Full).await?;
        let entries = self.settings.audit(WRITTEN).await?;
        let table = operators::write(&entries, self.language().await?, encoding)?;
        self.did(&by, Deed::AuditExported, "").await?;
        Ok(table)
    }

    /// Compares a password; a wrong one is kept, and makes the next wait.
    async fn prove_password(&self, operator: &Operator, password: Secret) -> Outcome<()> {
        let left = self.gate.closed_for(operator.id);
        if left.is_positive() {
            return Err(too_soon(left));
        }
        match self.settings.begin_attempt(operator.id, self.now()).await? {
            Attempt::Closed(left) => Err(too_soon(left)),
            Attempt::Open { verifier, next } => {
                if verifier.is(password).await? {
                    return Ok(());
                }
                self.gate.close(operator.id, next);
                let entry = self.entry(&None, Deed::SignInRefused, &operator.name);
                self.settings.note_deed(&entry).await?;
                Err(Problem::SignInRefused)
            }
        }
    }
}

/// Rounded up: whoever waits as long as was said is let in.
fn too_soon(left: jiff::SignedDuration) -> Problem {
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    Problem::SignInTooSoon {
        seconds: seconds.max(1),
    }
}

async fn new_operator(
    name: &str,
    permissions: Permissions,
    password: Secret,
) -> Outcome<NewOperator> {
    Ok(NewOperator {
        name: OperatorName::new(name).ok_or(Problem::OperatorNameInvalid)?,
        permissions,
        verifier: Verifier::new(password).await?,
    })
}
