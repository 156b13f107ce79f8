//! Permissions: what operators may and may not, the wait, the lock and the audit list. What each
//! function needs is in `needs`.

use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;

use super::super::{Ninka, Options};
use super::AtOnce;
use crate::account::{AccountId, Revision};
use crate::clock::ShiftedClock;
use crate::exchange::TableEncoding;
use crate::operators::Permission::{Edit, View};
use crate::operators::{Deed, OperatorId, Permission, Permissions};
use crate::problem::{Outcome, Problem};
use crate::secret::Secret;
use crate::store::ScriptedKeyring;
use crate::view::{
    OperatorsView, PermissionView, PurposeView, SaveAccount, SaveOperator, WritingView,
};

const OWNER: &str = "山田";
const OWNERS: &str = "店主だけの長い言葉";
pub(super) const CLERKS: &str = "店員さんの長い言葉";

/// A program with a clock of its own.
pub(super) struct Office {
    pub(super) ninka: Ninka,
    clock: Arc<ShiftedClock>,
    keyring: Arc<ScriptedKeyring>,
    folder: TempDir,
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (clock, keyring) = (Arc::<ShiftedClock>::default(), Arc::default());
        let ninka = open(&folder, &clock, &keyring).await;
        Self {
            ninka,
            clock,
            keyring,
            folder,
        }
    }

    /// Another process on the same data.
    pub(super) async fn other(&self) -> Ninka {
        open(&self.folder, &self.clock, &self.keyring).await
    }

    /// Permissions are on, and the owner is signed in.
    pub(super) async fn guarded() -> Self {
        let office = Self::open().await;
        let on = office.ninka.switch_permissions_on(OWNER, secret(OWNERS));
        on.await.unwrap();
        office
    }

    /// Adds an operator, and answers the number.
    pub(super) async fn clerk(&self, name: &str, permissions: Permissions) -> OperatorId {
        let saved = self.ninka.save_operator(operator(None, name, permissions));
        let saved = saved.await.unwrap();
        let found = saved.iter().find(|operator| operator.name == name);
        OperatorId(found.unwrap().id)
    }
}

async fn open(
    folder: &TempDir,
    clock: &Arc<ShiftedClock>,
    keyring: &Arc<ScriptedKeyring>,
) -> Ninka {
    let browser = Arc::<AtOnce>::default();
    let keyring = Arc::clone(keyring) as Arc<dyn crate::store::KeyringPort>;
    let mut options = Options::new(folder.path().to_owned(), keyring, browser);
    options.clock = Arc::clone(clock) as crate::clock::SharedClock;
    Ninka::open(options).await.unwrap()
}

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(super) fn operator(
    id: Option<OperatorId>,
    name: &str,
    permissions: Permissions,
) -> SaveOperator {
    SaveOperator {
        id: id.map(|id| id.0),
        name: name.to_owned(),
        accounts: permissions.accounts.into(),
        settings: permissions.settings.into(),
        password: id.is_none().then(|| CLERKS.to_owned()),
    }
}

pub(super) const fn held(accounts: Permission, settings: Permission) -> Permissions {
    Permissions { accounts, settings }
}

pub(super) fn account() -> SaveAccount {
    SaveAccount {
        id: None,
        revision: None,
        address: "order@hana.example".to_owned(),
        name: "本店".to_owned(),
        purpose: PurposeView::OrderReceiving,
        oauth: true,
        signs_in: None,
        user: String::new(),
        password: None,
        pop3: None,
        imap: None,
        smtp: None,
        writing: WritingView::default(),
    }
}

#[tokio::test]
async fn without_operators_everybody_may_do_everything() {
    let office = Office::open().await;
    let state = office.ninka.operators_state().await.unwrap();
    assert_eq!(state, OperatorsView::Off);
    office.ninka.save_account(account()).await.unwrap();
    let refused = office.ninka.sign_in_operator(OWNER, secret(OWNERS)).await;
    assert_eq!(refused.unwrap_err(), Problem::PermissionsOff);
    let adding = operator(None, "花子", Permissions::FULL);
    let refused = office.ninka.save_operator(adding).await;
    assert_eq!(refused.unwrap_err(), Problem::PermissionsOff);
    assert_eq!(office.ninka.audit().await.unwrap().entries, []);
}

#[tokio::test]
async fn a_changed_permission_takes_effect_at_the_next_sign_in() {
    let office = Office::guarded().await;
    let id = office.clerk("花子", held(View, Permission::None)).await;
    let window = office.other().await;
    window
        .sign_in_operator(" 花子", secret(CLERKS))
        .await
        .unwrap();
    let more = operator(Some(id), "花子", held(Edit, View));
    office.ninka.save_operator(more).await.unwrap();
    let refused = window.save_account(account()).await.unwrap_err();
    assert!(matches!(refused, Problem::NotPermitted { .. }));
    window
        .sign_in_operator("花子", secret(CLERKS))
        .await
        .unwrap();
    window.save_account(account()).await.unwrap();
    window.settings().await.unwrap();
    let less = operator(Some(id), "花子", held(Permission::None, Permission::None));
    office.ninka.save_operator(less).await.unwrap();
    assert_eq!(window.accounts().await.unwrap().len(), 1);
    window.sign_out_operator().await.unwrap();
    assert_eq!(window.accounts().await.unwrap_err(), Problem::SignInNeeded);
    window
        .sign_in_operator("花子", secret(CLERKS))
        .await
        .unwrap();
    let refused = window.accounts().await.unwrap_err();
    assert!(matches!(refused, Problem::NotPermitted { .. }));
    // Whoever is removed is out at once.
    office.ninka.remove_operator(id).await.unwrap();
    assert_eq!(window.accounts().await.unwrap_err(), Problem::SignInNeeded);
    window.close().await;
}

#[tokio::test]
async fn somebody_who_may_do_everything_is_always_left() {
    let office = Office::guarded().await;
    let owner = OperatorId(office.ninka.operators().await.unwrap()[0].id);
    let removed = office.ninka.remove_operator(owner).await;
    assert_eq!(removed.unwrap_err(), Problem::LastFullOperator);
    let second = office.clerk("花子", held(Edit, View)).await;
    for less in [held(Edit, View), held(View, Edit)] {
        let changed = office
            .ninka
            .save_operator(operator(Some(owner), OWNER, less));
        assert_eq!(changed.await.unwrap_err(), Problem::LastFullOperator);
    }
    let full = operator(Some(second), "花子", Permissions::FULL);
    office.ninka.save_operator(full).await.unwrap();
    let (one, other) = (office.other().await, office.other().await);
    one.sign_in_operator(OWNER, secret(OWNERS)).await.unwrap();
    other
        .sign_in_operator("花子", secret(CLERKS))
        .await
        .unwrap();
    // Each takes the other away at the same moment: one of them stays.
    let (first, second) = tokio::join!(one.remove_operator(second), other.remove_operator(owner));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    assert_eq!(office.ninka.settings.operators().await.unwrap().len(), 1);
    one.close().await;
    other.close().await;
}

#[tokio::test]
async fn wrong_passwords_make_wait_also_across_processes_and_clocks() {
    let office = Office::guarded().await;
    let tried = async |ninka: &Ninka, password: &str| {
        let tried = ninka.sign_in_operator(OWNER, secret(password)).await;
        tried.err()
    };
    for _ in 0..2 {
        let refused = tried(&office.ninka, "まちがった言葉です").await;
        assert_eq!(refused, Some(Problem::SignInRefused));
    }
    // Two are free, and the right one ends the count.
    assert_eq!(tried(&office.ninka, OWNERS).await, None);
    for _ in 0..3 {
        let refused = tried(&office.ninka, "まちがった言葉です").await;
        assert_eq!(refused, Some(Problem::SignInRefused));
    }
    // Whoever is signed in stays; but here and elsewhere nobody signs in now.
    office.ninka.accounts().await.unwrap();
    let other = office.other().await;
    for ninka in [&office.ninka, &other] {
        let early = tried(ninka, OWNERS).await;
        assert!(
            matches!(early, Some(Problem::SignInTooSoon { seconds: 1..=5 })),
            "{early:?}"
        );
    }
    // A clock that is moved back lets the wait begin anew.
    office.clock.advance(-86_400);
    let early = tried(&other, OWNERS).await;
    assert_eq!(early, Some(Problem::SignInTooSoon { seconds: 5 }));
    // One that is moved forward does not help the process that counts for itself.
    office.clock.advance(60);
    let early = tried(&office.ninka, OWNERS).await;
    assert!(
        matches!(early, Some(Problem::SignInTooSoon { .. })),
        "{early:?}"
    );
    assert_eq!(
        tried(&other, "まちがった言葉です").await,
        Some(Problem::SignInRefused)
    );
    let early = tried(&other, OWNERS).await;
    assert!(
        matches!(early, Some(Problem::SignInTooSoon { seconds: 6..=10 })),
        "{early:?}"
    );
    other.close().await;
    let fresh = office.other().await;
    office.clock.advance(11);
    assert_eq!(tried(&fresh, OWNERS).await, None);
    fresh.close().await;
}

/// Many guesses at once are no more guesses.
#[tokio::test]
async fn guesses_at_once_are_counted_one_by_one() {
    let office = Office::guarded().await;
    let mut others = Vec::new();
    for _ in 0..8 {
        others.push(office.other().await);
    }
    let guesses = others
        .iter()
        .map(|ninka| ninka.sign_in_operator(OWNER, secret("まちがった言葉です")));
    let ended = futures_util::future::join_all(guesses).await;
    let refused = |ended: &&Outcome<()>| **ended == Err(Problem::SignInRefused);
    assert_eq!(ended.iter().filter(refused).count(), 3, "{ended:?}");
    for ninka in others {
        ninka.close().await;
    }
}

#[tokio::test]
async fn whoever_is_away_is_signed_out() {
    let office = Office::guarded().await;
    office.clock.advance(14 * 60);
    office.ninka.accounts().await.unwrap();
    office.ninka.seen();
    office.clock.advance(14 * 60);
    office.ninka.accounts().await.unwrap();
    // Reading the list is no sign of anybody.
    office.clock.advance(60);
    let refused = office.ninka.accounts().await.unwrap_err();
    assert_eq!(refused, Problem::SignInNeeded);
    office.ninka.seen();
    let names = vec![OWNER.to_owned()];
    let state = office.ninka.operators_state().await.unwrap();
    assert_eq!(state, OperatorsView::SignedOut { names });
    // What the program does by itself goes on.
    office.ninka.attention().await.unwrap();
    office.ninka.due_warnings().await.unwrap();
    office.ninka.finish_trials().await.unwrap();
    office
        .ninka
        .sign_in_operator(OWNER, secret(OWNERS))
        .await
        .unwrap();
    office.ninka.set_setting("lock-minutes", "0").await.unwrap();
    office.clock.advance(30 * 86_400);
    office.ninka.accounts().await.unwrap();
}

#[tokio::test]
async fn what_was_done_is_kept_without_anything_secret() {
    let office = Office::guarded().await;
    let ninka = &office.ninka;
    office.clerk("花子", held(View, Permission::None)).await;
    let saved = ninka.save_account(account()).await.unwrap();
    ninka.set_setting("theme", "dark").await.unwrap();
    ninka.set_setting("theme", "dark").await.unwrap();
    let id = AccountId(saved.row.id);
    ninka
        .remove_account(id, Revision(saved.revision))
        .await
        .unwrap();
    drop(
        ninka
            .sign_in_operator("花子", secret("まちがった言葉です"))
            .await,
    );
    drop(ninka.sign_in_operator("だれでもない", secret(CLERKS)).await);
    let (old, new) = (secret(OWNERS), secret("店主だけの新しい言葉"));
    ninka.change_password(old, new).await.unwrap();
    ninka.sign_out_operator().await.unwrap();
    ninka
        .reset_operator("花子", secret("もどるための長い言葉"))
        .await
        .unwrap();
    let again = ninka.sign_in_operator("花子", secret("もどるための長い言葉"));
    again.await.unwrap();
    let kept = ninka.audit().await.unwrap();
    assert!(kept.kept_days >= 365);
    let kept = kept.entries.iter().rev().map(|entry| {
        let (who, about) = (entry.who.as_deref(), entry.about.as_deref());
        (who.unwrap_or("-"), &*entry.what, about.unwrap_or("-"))
    });
    let expected = [
        ("-", "switched-on", OWNER),
        (OWNER, "operator-added", "花子: accounts=view settings=none"),
        (OWNER, "account-added", "order@hana.example"),
        (OWNER, "settings-changed", "theme"),
        (OWNER, "account-removed", "order@hana.example"),
        ("-", "sign-in-refused", "花子"),
        (OWNER, "password-changed", OWNER),
        (OWNER, "signed-out", "-"),
        ("-", "password-reset", "花子"),
        ("花子", "signed-in", "-"),
    ];
    assert_eq!(kept.collect::<Vec<_>>(), expected);
    let table = ninka.export_audit(TableEncoding::Utf8).await.unwrap();
    assert_eq!(table.iter().filter(|octet| **octet == b'\n').count(), 11);
    // The one who was reset may do everything now, and the list outlives the switch.
    ninka.switch_permissions_off().await.unwrap();
    let last = ninka.audit().await.unwrap().entries;
    let last: Vec<_> = last.iter().take(2).map(|entry| &*entry.what).collect();
    assert_eq!(last, [Deed::SwitchedOff.code(), Deed::AuditExported.code()]);
    let octets = crate::store::bytes_on_disk(office.folder.path());
    for password in [
        OWNERS,
        CLERKS,
        "もどるための長い言葉",
        "店主だけの新しい言葉",
    ] {
        let there = octets
            .windows(password.len())
            .any(|part| part == password.as_bytes());
        assert!(!there, "{password}");
    }
}

#[tokio::test]
async fn the_audit_list_is_kept_a_year_at_least() {
    let office = Office::guarded().await;
    office.ninka.set_setting("history-days", "1").await.unwrap();
    let forgotten = async |days: i64| {
        office.clock.advance(days * 86_400);
        let ninka = office.other().await;
        let left = ninka.settings.audit(10).await.unwrap().len();
        ninka.close().await;
        left == 0
    };
    assert!(!forgotten(390).await);
    assert!(forgotten(10).await);
}

#[tokio::test]
async fn operators_are_checked_before_they_are_stored() {
    let office = Office::guarded().await;
    let refused = async |request| office.ninka.save_operator(request).await.unwrap_err();
    let clerk = |name| operator(None, name, held(View, View));
    assert_eq!(refused(clerk("  ")).await, Problem::OperatorNameInvalid);
    let taken = operator(None, "HANA", held(View, View));
    office.clerk("hana", held(View, View)).await;
    assert_eq!(refused(taken).await, Problem::OperatorNameTaken);
    let short = SaveOperator {
        password: None,
        ..clerk("桜")
    };
    let least = crate::operators::PASSWORD_LEAST;
    assert_eq!(
        refused(short).await,
        Problem::OperatorPasswordShort { least }
    );
    let again = office
        .ninka
        .switch_permissions_on("二郎", secret(OWNERS))
        .await;
    assert_eq!(again.unwrap_err(), Problem::PermissionsOn);
    let state = office.ninka.operators_state().await.unwrap();
    let OperatorsView::SignedIn { operator, ask } = state else {
        panic!("nobody is signed in");
    };
    assert_eq!(operator.accounts, PermissionView::Edit);
    assert_eq!(ask, [OWNER]);
    assert!(office.ninka.now() > Timestamp::UNIX_EPOCH);
}
