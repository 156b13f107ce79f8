//! `ninka account add|edit|list|show|revoke|undo-switch|remove`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ninka_core::account::{AccountId, Revision};
use ninka_core::cloud::MailProtocol;
use ninka_core::language::Language;
use ninka_core::view::{
    AccountRow, AccountView, AuthorizationState, ProblemView, PurposeView, SaveAccount, ServerNeed,
    ServerWay, SideView,
};
use ninka_core::{Ninka, Problem};

use crate::arguments::{AccountCommand, AddArguments, EditArguments};
use crate::check::word;
use crate::output::Output;
use crate::{Ended, Verdict, typed};

pub(crate) async fn run(command: AccountCommand, ninka: &Ninka, output: &Output) -> Ended {
    match command {
        AccountCommand::Add(arguments) => {
            let json = arguments.json;
            let wanted = ninka.with_servers(draft(arguments)?).await?;
            let saved = ninka.save_account(wanted).await?;
            if json {
                output.json(&saved)?
            } else {
                output.line(&line(&saved.row, output))
            }
        }
        AccountCommand::Edit(arguments) => {
            let json = arguments.json;
            let account = find(ninka, &arguments.address).await?;
            let saved = ninka.save_account(edited(account, arguments)).await?;
            if json {
                output.json(&saved)?
            } else {
                show(&saved, output)
            }
        }
        AccountCommand::Servers {
            address,
            purpose,
            json,
        } => {
            return servers(&address, purpose.into(), json, ninka, output).await;
        }
        AccountCommand::List { json } => {
            let rows = ninka.accounts().await?;
            if json {
                output.json(&rows)?;
            } else {
                rows.iter().for_each(|row| output.line(&line(row, output)));
            }
        }
        AccountCommand::Show { address, json } => {
            let account = find(ninka, &address).await?;
            if json {
                output.json(&account)?
            } else {
                show(&account, output)
            }
        }
        AccountCommand::Revoke { address, json } => {
            let account = find(ninka, &address).await?;
            let revoked = ninka.revoke(AccountId(account.row.id)).await?;
            if json {
                output.json(&revoked.account)?
            } else {
                let done = match &revoked.page {
                    Some(_) => "revoke-done",
                    None => "revoke-done-elsewhere",
                };
                output.line(&output.language().plain(done));
                revoked.page.iter().for_each(|page| output.line(page));
            }
        }
        AccountCommand::UndoSwitch { address, json } => {
            let account = find(ninka, &address).await?;
            let (id, revision) = (AccountId(account.row.id), Revision(account.revision));
            let undone = ninka.undo_switch(id, revision).await?;
            if json {
                output.json(&undone)?
            } else {
                show(&undone, output)
            }
        }
        AccountCommand::Remove { address, json } => {
            let account = find(ninka, &address).await?;
            let (id, revision) = (AccountId(account.row.id), Revision(account.revision));
            let page = ninka.remove_account(id, revision).await?;
            if json {
                output.json(&account.row)?
            } else {
                output.line(&line(&account.row, output));
                if let Some(page) = page {
                    output.progress(&output.language().plain("remove-withdraw"));
                    output.line(&page);
                }
            }
        }
    }
    Ok(Verdict::Well)
}

/// What is proposed for an address. That nothing answers is no success: a script goes by it.
async fn servers(
    address: &str,
    purpose: PurposeView,
    json: bool,
    ninka: &Ninka,
    output: &Output,
) -> Ended {
    let proposal = ninka.propose_servers(address, purpose).await?;
    if json {
        output.json(&proposal)?;
    } else {
        let language = output.language();
        proposal.provider.iter().for_each(|name| output.line(name));
        for found in &proposal.servers {
            let tls = ninka_core::account::TlsMode::from(found.server.tls).code();
            let (host, port) = (&found.server.host, found.server.port);
            let protocol = MailProtocol::from(found.protocol).code();
            let way = language.plain(way(found.way));
            output.line(&format!("{protocol}\t{host}:{port}\t{tls}\t{way}"));
        }
        if proposal.servers.is_empty() {
            output.progress(&language.plain("servers-none"));
        }
        for silent in &proposal.silent {
            output.progress(&language.text("servers-silent", [("server", silent.clone())]));
        }
        for need in &proposal.needs {
            output.progress(&language.plain(need_text(*need)));
        }
        if !proposal.asked {
            output.progress(&language.plain("servers-not-asked"));
        }
    }
    Ok(if proposal.servers.is_empty() {
        Verdict::Failed
    } else {
        Verdict::Well
    })
}

const fn way(way: ServerWay) -> &'static str {
    match way {
        ServerWay::Known => "servers-way-known",
        ServerWay::Domain => "servers-way-domain",
        ServerWay::Mozilla => "servers-way-mozilla",
        ServerWay::Services => "servers-way-services",
        ServerWay::MailHosts => "servers-way-mail-hosts",
        ServerWay::DomainInTheClear => "servers-way-domain-in-the-clear",
    }
}

const fn need_text(need: ServerNeed) -> &'static str {
    match need {
        ServerNeed::AppPassword => "servers-need-app-password",
        ServerNeed::SwitchOnPop => "servers-need-switch-on-pop",
        ServerNeed::OwnPassword => "servers-need-own-password",
        ServerNeed::OAuth => "servers-need-oauth",
        ServerNeed::PopBeforeSmtp => "servers-need-pop-before-smtp",
    }
}

/// The account of an address.
pub(crate) async fn find(ninka: &Ninka, address: &str) -> Result<AccountView, Problem> {
    ninka
        .account_by_address(address)
        .await?
        .ok_or(Problem::AccountGone)
}

/// What happened to an account, a line each.
pub(crate) async fn history(address: &str, json: bool, ninka: &Ninka, output: &Output) -> Ended {
    let id = AccountId(find(ninka, address).await?.row.id);
    let history = ninka.history(id).await?;
    if json {
        output.json(&history)?;
        return Ok(Verdict::Well);
    }
    for entry in &history.entries {
        let at = Timestamp::from_second(entry.at).unwrap_or_default();
        let outcome = match &entry.cause {
            Some(cause) => cause.clone(),
            None if entry.changed.is_empty() => "ok".to_owned(),
            None => entry.changed.join(" "),
        };
        output.line(&format!("{at}\t{}\t{outcome}", word(&entry.what)));
    }
    Ok(Verdict::Well)
}

fn draft(arguments: AddArguments) -> Result<SaveAccount, Problem> {
    let password = if arguments.password_stdin {
        Some(typed::line()?)
    } else {
        None
    };
    let [pop3, imap, smtp] = arguments.servers.endpoints();
    Ok(SaveAccount {
        id: None,
        revision: None,
        address: arguments.address,
        name: arguments.name,
        purpose: arguments.purpose.into(),
        oauth: arguments.oauth,
        signs_in: arguments.shared.then_some(arguments.signs_in),
        user: arguments.account,
        password,
        pop3,
        imap,
        smtp,
        writing: ninka_core::view::WritingView::default(),
    })
}

/// An account with what is to be changed.
fn edited(account: AccountView, arguments: EditArguments) -> SaveAccount {
    let mut request = SaveAccount::from(account);
    if let Some(name) = arguments.name {
        request.name = name;
    }
    if let Some(purpose) = arguments.purpose {
        request.purpose = purpose.into();
    }
    if arguments.own {
        request.signs_in = None;
    } else if let Some(person) = arguments.signs_in {
        request.signs_in = Some(person);
    } else if arguments.shared {
        request.signs_in.get_or_insert_default();
    }
    request
}

/// One account: what a script cuts out of it, and at the end what a person has to know.
pub(crate) fn line(row: &AccountRow, output: &Output) -> String {
    let sign_in = if row.oauth { "oauth" } else { "password" };
    let purpose = ninka_core::account::Purpose::from(row.purpose).code();
    let (days, reception, sending) = (
        authorization(&row.authorization),
        side(&row.reception),
        side(&row.sending),
    );
    [
        &row.address,
        &row.name,
        purpose,
        sign_in,
        &days,
        reception,
        sending,
        &words(row, output.language()),
    ]
    .join("\t")
}

fn authorization(state: &AuthorizationState) -> String {
    match state {
        AuthorizationState::None => "-".to_owned(),
        AuthorizationState::Authorized { days_left, .. } => format!("{days_left}d"),
        AuthorizationState::Failing { days_left, .. } => format!("{days_left}d failing"),
        AuthorizationState::Lapsed { .. } => "lapsed".to_owned(),
        AuthorizationState::Refused { .. } => "refused".to_owned(),
        AuthorizationState::BeingAuthorized { before } => authorization(before),
    }
}

/// How the authorization stands, what will happen when, and what has stopped; empty for an account
/// that signs in by password.
fn words(row: &AccountRow, language: Language) -> String {
    if !row.oauth {
        return String::new();
    }
    let said = |problem: &ProblemView| {
        let params = problem.params.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        language.text(&problem.text, params)
    };
    let stopped = language.plain(match row.purpose {
        PurposeView::OrderReceiving => "notice-stopped-orders",
        PurposeView::Sending | PurposeView::RakutenSending => "notice-stopped-sending",
        PurposeView::Unspecified => "notice-stopped-both",
    });
    match row.authorization.settled() {
        // `settled` answers no `BeingAuthorized`.
        AuthorizationState::None | AuthorizationState::BeingAuthorized { .. } => {
            language.plain("cli-authorization-none")
        }
        AuthorizationState::Authorized {
            next_renewal,
            valid_until,
            ..
        } => {
            let (next, until) = (date(*next_renewal), date(*valid_until));
            language.text("cli-authorization-good", [("next", next), ("until", until)])
        }
        AuthorizationState::Failing {
            since,
            next_try,
            valid_until,
            problem,
            ..
        } => {
            let params = [
                ("since", moment(*since)),
                ("next", moment(*next_try)),
                ("until", date(*valid_until)),
                ("problem", said(problem)),
            ];
            language.text("cli-authorization-failing", params)
        }
        AuthorizationState::Lapsed { since } => {
            let lapsed = language.text("cli-authorization-lapsed", [("since", date(*since))]);
            format!("{lapsed} {stopped}")
        }
        AuthorizationState::Refused { since, problem } => {
            let params = [("since", date(*since)), ("problem", said(problem))];
            let refused = language.text("cli-authorization-refused", params);
            format!("{refused} {stopped}")
        }
    }
}

fn date(seconds: i64) -> String {
    local(seconds, "%Y-%m-%d")
}

fn moment(seconds: i64) -> String {
    local(seconds, "%Y-%m-%d %H:%M")
}

/// A time of the computer's own time zone.
fn local(seconds: i64, format: &str) -> String {
    let at = Timestamp::from_second(seconds).unwrap_or_default();
    at.to_zoned(TimeZone::system()).strftime(format).to_string()
}

const fn side(side: &SideView) -> &'static str {
    match side {
        SideView::Unchecked => "unchecked",
        SideView::Ok { .. } => "ok",
        SideView::NotNeeded => "not_needed",
        SideView::Failed { .. } => "failed",
    }
}

fn show(account: &AccountView, output: &Output) {
    output.line(&line(&account.row, output));
    if let Some(person) = &account.row.signs_in {
        let anybody = || output.language().plain("cli-signs-in-open");
        let person = Some(person.clone()).filter(|person| !person.is_empty());
        let label = output.language().plain("cli-signs-in");
        output.line(&format!("{label}\t{}", person.unwrap_or_else(anybody)));
    }
    let servers = [
        ("pop3", &account.pop3),
        ("imap", &account.imap),
        ("smtp", &account.smtp),
    ];
    for (protocol, server) in servers {
        if let Some(server) = server {
            let tls = ninka_core::account::TlsMode::from(server.tls).code();
            output.line(&format!(
                "{protocol}\t{}:{}\t{tls}",
                server.host, server.port
            ));
        }
    }
}
