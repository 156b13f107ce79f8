//! Every function of the façade with what it needs, or why it needs nothing; and that each permission
//! lets through exactly what it says.

use std::collections::BTreeSet;
use std::pin::Pin;

use tokio_util::sync::CancellationToken;

use super::super::{Ninka, StartMode};
use super::permissions::{CLERKS, Office, account, held, operator, secret};
use crate::account::{AccountId, Revision};
use crate::exchange::TableEncoding;
use crate::operators::Need::{self, Accounts, Full, Settings, SignedIn};
use crate::operators::Permission::{Edit, View};
use crate::operators::{OperatorId, Permission, Permissions};
use crate::problem::{Outcome, Problem};
use crate::view::{PurposeView, SettingsView};

type Call = for<'a> fn(&'a Ninka) -> Pin<Box<dyn Future<Output = Outcome<()>> + Send + 'a>>;

/// Calls a function with what does as little as possible.
macro_rules! calls {
    ($($name:ident: $need:expr => |$ninka:ident| $call:expr;)*) => {
        [$((stringify!($name), $need, (|$ninka: &Ninka| Box::pin(async move { $call.map(drop) })) as Call),)*]
    };
}

const NOBODY: AccountId = AccountId(4_711);

/// Every function that needs something. The next test finds one that is missing here.
fn needing() -> [(&'static str, Need, Call); 48] {
    calls! {
        accounts: Accounts(View) => |ninka| ninka.accounts().await;
        account: Accounts(View) => |ninka| ninka.account(NOBODY).await;
        account_by_address: Accounts(View) => |ninka| ninka.account_by_address("a@b.example").await;
        account_kind: Accounts(View) => |ninka| ninka.account_kind("x").await;
        propose_servers: Accounts(View) => |ninka| ninka.propose_servers("x", PurposeView::Sending).await;
        with_servers: Accounts(View) => |ninka| ninka.with_servers(account()).await;
        check: Accounts(View) => |ninka| ninka.check(&[NOBODY], &|_| {}).await;
        last_check: Accounts(View) => |ninka| ninka.last_check(NOBODY).await;
        history: Accounts(View) => |ninka| ninka.history(NOBODY).await;
        status: Accounts(View) => |ninka| ninka.status().await;
        browsers: Accounts(View) => |ninka| ninka.browsers().await;
        approval: Accounts(View) => |ninka| ninka.approval(NOBODY).await;
        export_accounts: Accounts(View) => |ninka| ninka.export_accounts(TableEncoding::Utf8).await;
        renew_now: Accounts(View) => |ninka| ninka.renew_now(&[NOBODY], &CancellationToken::new()).await;
        save_account: Accounts(Edit) => |ninka| ninka.save_account(account()).await;
        remove_account: Accounts(Edit) => |ninka| ninka.remove_account(NOBODY, Revision(1)).await;
        undo_switch: Accounts(Edit) => |ninka| ninka.undo_switch(NOBODY, Revision(1)).await;
        authorize: Accounts(Edit) => |ninka| ninka.authorize(NOBODY, &|_| {}).await;
        follow_consent: Accounts(Edit) => |ninka| ninka.follow_consent(NOBODY, &|_| {}).await;
        open_consent: Accounts(Edit) => |ninka| ninka.open_consent(NOBODY, None, false).await;
        paste_consent: Accounts(Edit) => |ninka| ninka.paste_consent(NOBODY, secret("x")).await;
        device_consent: Accounts(Edit) => |ninka| ninka.device_consent(NOBODY).await;
        revoke: Accounts(Edit) => |ninka| ninka.revoke(NOBODY).await;
        prove: Accounts(Edit) => |ninka| ninka.prove(NOBODY, &|_| {}).await;
        preview_import: Accounts(Edit) => |ninka| ninka.preview_import(b"x").await;
        import_accounts: Accounts(Edit) => |ninka| ninka.import_accounts(b"x").await;
        report: Accounts(View) => |ninka| ninka.report(NOBODY, &|_| {}).await;
        cases: Accounts(View) => |ninka| ninka.cases().await;
        case: Accounts(View) => |ninka| ninka.case(4_711).await;
        keep_case: Accounts(Edit) => |ninka| ninka.keep_case(b"x").await;
        note_case: Accounts(Edit) => |ninka| ninka.note_case(4_711, "x").await;
        remove_case: Accounts(Edit) => |ninka| ninka.remove_case(4_711).await;
        keep_cases_for: Settings(Edit) => |ninka| ninka.keep_cases_for(180).await;
        settings: Settings(View) => |ninka| ninka.settings().await;
        setting: Settings(View) => |ninka| ninka.setting("theme").await;
        save_settings: Settings(Edit) => |ninka| ninka.save_settings(shown()).await;
        set_setting: Settings(Edit) => |ninka| ninka.set_setting("theme", "dark").await;
        autostart_offered: Settings(Edit) => |ninka| ninka.autostart_offered().await;
        set_start_mode: Settings(Edit) => |ninka| ninka.set_start_mode(StartMode::Live).await;
        set_vault_passphrase: Settings(Edit) => |ninka| ninka.set_vault_passphrase(secret("x")).await;
        use_session_vault: Settings(Edit) => |ninka| ninka.use_session_vault().await;
        self_test: SignedIn => |ninka| { ninka.cancel_checks(); ninka.self_test(&|_| {}).await };
        change_password: SignedIn => |ninka| ninka.change_password(secret("x"), secret("y")).await;
        back_up: Full => |ninka| ninka.back_up(std::path::Path::new(""), secret("x")).await;
        inspect_backup: Full => |ninka| ninka.inspect_backup(std::path::Path::new(""), secret("x")).await;
        restore: Full => |ninka| ninka.restore(std::path::Path::new(""), secret("x")).await;
        operators: Full => |ninka| ninka.operators().await;
        audit: Full => |ninka| ninka.audit().await;
    }
}

/// Those whose call would end the test's own state; the guard is tried all the same.
fn ending() -> [(&'static str, Need, Call); 4] {
    calls! {
        export_audit: Full => |ninka| ninka.export_audit(TableEncoding::Utf8).await;
        save_operator: Full => |ninka| {
            let nobody = Some(OperatorId(4_711));
            ninka.save_operator(operator(nobody, "x", Permissions::FULL)).await
        };
        remove_operator: Full => |ninka| ninka.remove_operator(OperatorId(4_711)).await;
        switch_permissions_off: Full => |ninka| ninka.switch_permissions_off().await;
    }
}

/// What asks for nothing, and why.
const FREE: [(&str, &str); 39] = [
    ("open", "nobody can sign in before"),
    ("start_mode", "which mode, nothing else"),
    ("now", "the time"),
    ("cancel_checks", "stops what was begun"),
    ("cancel_all", "stops what was begun"),
    ("cancel_authorize", "stops what was begun"),
    ("cancel_account_kind", "stops what was begun"),
    ("cancel_propose_servers", "stops what was begun"),
    ("settle", "the end of the program"),
    ("is_renewing", "the end of the program"),
    ("close", "the end of the program"),
    ("language", "what the sign-in is written in"),
    ("app_view", "what the sign-in needs to be drawn"),
    ("background", "what closing the window does"),
    ("offers_autostart", "answers no without the permission"),
    ("retry_vault", "so that authorizations stay alive"),
    ("unlock_vault", "who knows the passphrase may"),
    ("run_renewals", "background: authorizations stay alive"),
    ("wake", "background: authorizations stay alive"),
    ("subscribe", "tells that something changed, not what"),
    ("finish_trials", "background: ends what was begun"),
    ("due_warnings", "background: warnings"),
    ("warnings_given", "background: warnings"),
    ("notice", "background: warnings"),
    ("attention", "numbers for the tray"),
    ("account_number", "a number, for the next"),
    (
        "shared_token",
        "other programs; a setting is the permission",
    ),
    ("explain_code", "the same for everybody, no data"),
    ("explain_error", "the same for everybody, no data"),
    ("preview", "the same for everybody, no data"),
    ("guided", "the same for everybody, no data"),
    ("make_hand_over", "out of what is given, no data"),
    ("read_hand_over", "out of what is given, no data"),
    ("hand_over_file", "reads a file that is named, no data"),
    ("open_report", "what a file says, no data"),
    ("operators_state", "who can sign in"),
    ("switch_permissions_on", "refused where they are on"),
    ("sign_in_operator", "the sign-in"),
    (
        "reset_operator",
        "for who owns the computer; kept in the audit list",
    ),
];

const OWN: [(&str, &str); 2] = [
    ("sign_out_operator", "only less is allowed afterwards"),
    ("seen", "only keeps whoever is signed in"),
];

fn shown() -> SettingsView {
    (&crate::settings::Settings::default()).into()
}

/// The façade's public functions, with the line that stands at their heads.
fn functions() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ninka");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&file)
            .unwrap()
            .replace("\r\n", "\n");
        for part in text.split("\nimpl Ninka {\n").skip(1) {
            let part = part.split("\n}\n").next().unwrap();
            for each in part.split("\n    pub ").skip(1) {
                let Some((_, rest)) = each.split_once("fn ") else {
                    continue;
                };
                let name = rest.split(['(', '<']).next().unwrap();
                let body = rest.split_once("{\n").map_or("", |(_, body)| body);
                let head = body.lines().next().unwrap_or_default().trim();
                found.push((name.to_owned(), head.to_owned()));
            }
        }
    }
    found
}

/// A new function of the façade fails here until it says what it needs, or why it needs nothing.
#[test]
fn every_function_says_what_it_needs_at_its_head() {
    let needing: Vec<_> = needing().into_iter().chain(ending()).collect();
    let mut seen = BTreeSet::new();
    for (name, head) in functions() {
        assert!(seen.insert(name.clone()), "{name} is there twice");
        let need = needing.iter().find(|(each, ..)| *each == name);
        let free = FREE.iter().chain(&OWN).find(|(each, _)| *each == name);
        match (need, free) {
            (Some((_, need, _)), None) => {
                let word = format!("{need:?}")
                    .replace("View", "Permission::View")
                    .replace("Edit", "Permission::Edit");
                let asks = format!("self.needs(Need::{word}).await?;");
                assert!(head.ends_with(&asks), "{name} begins with: {head}");
            }
            (None, Some((_, why))) => {
                assert!(!why.is_empty());
                assert!(!head.contains("self.needs("), "{name} needs something");
            }
            (None, None) => panic!("what does {name} need?"),
            (Some(_), Some(_)) => panic!("{name} is in both lists"),
        }
    }
    let listed = needing.iter().map(|(name, ..)| *name);
    let listed = listed.chain(FREE.iter().chain(&OWN).map(|(name, _)| *name));
    for name in listed {
        assert!(seen.contains(name), "{name} is gone");
    }
}

/// Each permission lets through exactly what it says, also when the command is sent straight.
#[tokio::test]
async fn what_is_not_permitted_does_not_run() {
    let office = Office::guarded().await;
    let all = [Permission::None, View, Edit];
    for accounts in all {
        for settings in all {
            let name = format!("{accounts:?} {settings:?}");
            office.clerk(&name, held(accounts, settings)).await;
        }
    }
    for accounts in all {
        for settings in all {
            let ninka = office.other().await;
            let held = held(accounts, settings);
            let name = format!("{accounts:?} {settings:?}");
            for (function, _, call) in needing() {
                let refused = call(&ninka).await.err();
                assert_eq!(refused, Some(Problem::SignInNeeded), "{function}");
            }
            let signed_in = ninka.sign_in_operator(&name, secret(CLERKS)).await;
            signed_in.unwrap();
            let others = ending().into_iter().filter(|_| held != Permissions::FULL);
            for (function, need, call) in needing().into_iter().chain(others) {
                let refused = matches!(call(&ninka).await, Err(Problem::NotPermitted { .. }));
                assert_eq!(refused, !held.allow(need), "{function} for {held:?}");
            }
            // Left by those who may register: the next round begins without it.
            if let Ok(Some(left)) = ninka.account_by_address("order@hana.example").await {
                let (id, revision) = (AccountId(left.row.id), Revision(left.revision));
                ninka.remove_account(id, revision).await.unwrap();
            }
            ninka.close().await;
        }
    }
    let ask = {
        let ninka = office.other().await;
        let name = "View View";
        ninka.sign_in_operator(name, secret(CLERKS)).await.unwrap();
        let Err(Problem::NotPermitted { ask }) = ninka.set_setting("theme", "light").await else {
            panic!("not refused");
        };
        ninka.close().await;
        ask
    };
    assert_eq!(ask, "Edit Edit / 山田");
}
