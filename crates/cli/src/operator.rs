//! Signing in at the terminal, and `ninka operator …`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ninka_core::exchange::TableEncoding;
use ninka_core::operators::{Deed, OperatorId, Permission};
use ninka_core::secret::Secret;
use ninka_core::view::{AuditEntryView, OperatorView, OperatorsView, PermissionView, SaveOperator};
use ninka_core::{Ninka, Problem};

use crate::arguments::{OperatorCommand, PermissionWord};
use crate::output::Output;
use crate::{Ended, Verdict, typed};

/// Signs in where that is needed: the name from the command line or the terminal, the password
/// from the terminal or the first line of the standard input.
pub(crate) async fn sign_in(
    name: Option<String>,
    ninka: &Ninka,
    output: &Output,
) -> Result<(), Problem> {
    if !matches!(
        ninka.operators_state().await?,
        OperatorsView::SignedOut { .. }
    ) {
        return Ok(());
    }
    let name = match name {
        Some(name) => name,
        None if typed::is_terminal() => {
            output.progress(&output.language().plain("cli-operator-name"));
            typed::line()?
        }
        // What is there may be meant for the command.
        None => return Err(Problem::SignInNeeded),
    };
    let password = typed::secret(&named("cli-operator-password", &name, output))?;
    ninka.sign_in_operator(&name, password).await
}

pub(crate) async fn run(command: OperatorCommand, ninka: &Ninka, output: &Output) -> Ended {
    match command {
        OperatorCommand::On { name } => {
            let password = new_password(&name, output)?;
            ninka.switch_permissions_on(&name, password).await?;
            output.line(&named("cli-operator-on", &name, output));
        }
        OperatorCommand::Off => {
            ninka.switch_permissions_off().await?;
            output.line(&output.language().plain("cli-operator-off"));
        }
        OperatorCommand::List { json } => show(&ninka.operators().await?, json, output)?,
        OperatorCommand::Add {
            name,
            accounts,
            settings,
            json,
        } => {
            // Asks for a password only where it is of use.
            ninka.operators().await?;
            let password = new_password(&name, output)?;
            let request = SaveOperator {
                id: None,
                name,
                accounts: accounts.into(),
                settings: settings.into(),
                password: Some(password.expose().to_owned()),
            };
            show(&ninka.save_operator(request).await?, json, output)?;
        }
        OperatorCommand::Edit {
            name,
            rename,
            accounts,
            settings,
            password,
            json,
        } => {
            let there = find(&name, ninka).await?;
            let password = if password {
                Some(new_password(&there.name, output)?.expose().to_owned())
            } else {
                None
            };
            let request = SaveOperator {
                id: Some(there.id),
                name: rename.unwrap_or(there.name),
                accounts: accounts.map_or(there.accounts, Into::into),
                settings: settings.map_or(there.settings, Into::into),
                password,
            };
            show(&ninka.save_operator(request).await?, json, output)?;
        }
        OperatorCommand::Remove { name } => {
            let id = OperatorId(find(&name, ninka).await?.id);
            ninka.remove_operator(id).await?;
        }
        OperatorCommand::Password => {
            let OperatorsView::SignedIn { operator, .. } = ninka.operators_state().await? else {
                return Err(Problem::PermissionsOff);
            };
            let old = typed::secret(&named("cli-operator-password", &operator.name, output))?;
            let new = new_password(&operator.name, output)?;
            ninka.change_password(old, new).await?;
        }
        OperatorCommand::Reset { name } => {
            let password = new_password(&name, output)?;
            ninka.reset_operator(&name, password).await?;
            output.line(&named("cli-operator-reset", &name, output));
        }
        OperatorCommand::Audit { csv, json } => audit((csv, json), ninka, output).await?,
    }
    Ok(Verdict::Well)
}

async fn audit((csv, json): (bool, bool), ninka: &Ninka, output: &Output) -> Result<(), Problem> {
    if csv {
        let table = ninka.export_audit(TableEncoding::Utf8).await?;
        output.octets(&table);
        return Ok(());
    }
    let audit = ninka.audit().await?;
    if json {
        return output.json(&audit);
    }
    for AuditEntryView {
        at,
        who,
        what,
        about_said,
        practice,
        ..
    } in &audit.entries
    {
        let at = Timestamp::from_second(*at).unwrap_or_default();
        let at = at.to_zoned(TimeZone::system());
        let language = output.language();
        let what = match Deed::from_code(what) {
            Some(deed) => deed.said(language),
            None => what.clone(),
        };
        let practice = if *practice {
            language.plain("audit-in-practice")
        } else {
            String::new()
        };
        let cells = [
            &at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            who.as_deref().unwrap_or("-"),
            &what,
            about_said.as_deref().unwrap_or_default(),
            &practice,
        ];
        output.line(cells.join("\t").trim_end());
    }
    Ok(())
}

async fn find(name: &str, ninka: &Ninka) -> Result<OperatorView, Problem> {
    let name = name.trim().to_lowercase();
    let operators = ninka.operators().await?;
    let found = operators
        .into_iter()
        .find(|operator| operator.name.to_lowercase() == name);
    found.ok_or(Problem::OperatorGone)
}

fn show(operators: &[OperatorView], json: bool, output: &Output) -> Result<(), Problem> {
    if json {
        return output.json(&operators);
    }
    for operator in operators {
        let word = |permission: PermissionView| Permission::from(permission).code();
        let (accounts, settings) = (word(operator.accounts), word(operator.settings));
        output.line(&format!("{}\t{accounts}\t{settings}", operator.name));
    }
    Ok(())
}

fn new_password(name: &str, output: &Output) -> Result<Secret, Problem> {
    let again = output.language().plain("cli-operator-again");
    let prompt = named("cli-operator-new-password", name, output);
    typed::new_secret(&prompt, &again)?.ok_or_else(|| {
        output.progress(&output.language().plain("cli-operator-differs"));
        Problem::Cancelled
    })
}

fn named(text: &str, name: &str, output: &Output) -> String {
    output.language().text(text, [("name", name)])
}

impl From<PermissionWord> for PermissionView {
    fn from(word: PermissionWord) -> Self {
        match word {
            PermissionWord::Edit => Self::Edit,
            PermissionWord::View => Self::View,
            PermissionWord::None => Self::None,
        }
    }
}
