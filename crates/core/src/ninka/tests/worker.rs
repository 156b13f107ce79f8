//! The other process: registers, authorizes, checks, changes and removes accounts without end, and
//! says what it is about to do and what it has done, until somebody kills it.

use std::io::Write as _;
use std::sync::Arc;

use super::{Ninka, Place};
use crate::account::{AccountId, Revision};
use crate::clock::ShiftedClock;
use crate::problem::Outcome;
use crate::store::Store;
use crate::view::{AccountView, EndpointView, PurposeView, SaveAccount, TlsView, WritingView};

/// Where the process is to work, as it is told.
pub(super) const PLACE: &str = "NINKA_TEST_PLACE";

/// The accounts that sign in by consent.
pub(super) const BY_CONSENT: [&str; 3] = ["a@hana.example", "b@hana.example", "c@hana.example"];
/// The one that signs in by password.
pub(super) const BY_PASSWORD: &str = "p@hana.example";

/// The one that is switched to OAuth and back.
pub(super) const SWITCHED: &str = "s@hana.example";

/// The name of an account, or its password, after a number of changes.
pub(super) fn worded(number: u64) -> String {
    format!("{number}-{}", "花".repeat(20))
}

/// What it says.
fn say(text: &str) {
    println!("\n{text}");
    drop(std::io::stdout().flush());
}

/// Numbers without order, from a seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `sides`.
    pub(super) fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the work of another process"]
async fn works_until_killed() {
    let told = std::env::var(PLACE).unwrap();
    let told: Vec<&str> = told.split('\n').collect();
    let place = Place {
        folder: told[0].into(),
        authority: told[1].to_owned(),
        pop3: told[2].parse().unwrap(),
        certificate: std::fs::read(told[3]).unwrap().into(),
        clock: Arc::new(ShiftedClock::new(told[4].parse().unwrap())),
    };
    let mut dice = Dice(told[5].parse().unwrap());
    let left = left(&place).await;
    say("open");
    if !left.is_empty() {
        say("begin finish all");
    }
    let ninka = place.open(Arc::default()).await;
    // Opening does not wait for long.
    good(ninka.finish_trials().await);
    assert_eq!(good(ninka.store.candidates().await), []);
    for id in &left {
        tell_kept(&ninka, &place, *id).await;
    }
    if !left.is_empty() {
        say("end finish all");
    }
    loop {
        step(&ninka, &place, &mut dice).await;
    }
}

/// The accounts whose trial the process before has left.
async fn left(place: &Place) -> Vec<AccountId> {
    let store = good(Store::open(&place.folder.join("店")).await);
    let left = good(store.candidates().await);
    store.close().await;
    left.into_iter().map(|(id, _)| id).collect()
}

/// Does one thing.
async fn step(ninka: &Ninka, place: &Place, dice: &mut Dice) {
    let throw = dice.throw(100);
    if throw < 8 {
        switch(ninka, dice).await;
        return;
    }
    if throw < 20 {
        let known = found(ninka, BY_PASSWORD).await;
        save(ninka, BY_PASSWORD, known, dice).await;
        return;
    }
    let address = BY_CONSENT[dice.throw(3) as usize];
    let Some(known) = found(ninka, address).await else {
        save(ninka, address, None, dice).await;
        return;
    };
    let (id, revision) = (AccountId(known.row.id), Revision(known.revision));
    let authorized = known.row.authorization != crate::view::AuthorizationState::None;
    match throw {
        20..30 => save(ninka, address, Some(known), dice).await,
        30..36 => {
            say(&format!("begin remove {address}"));
            good(ninka.remove_account(id, revision).await);
            say(&format!("end remove {address}"));
        }
        36..70 if authorized => {
            say(&format!("begin renew {address}"));
            let reports = good(ninka.check(&[id], &|_| {}).await);
            let failed = reports[0].protocols.iter().find(|it| it.problem.is_some());
            assert!(failed.is_none(), "{failed:?}");
            say(&format!("end renew {address}"));
        }
        _ => {
            say(&format!("begin authorize {address}"));
            good(ninka.authorize(id, &|_| {}).await);
            tell_kept(ninka, place, id).await;
            say(&format!("end authorize {address}"));
        }
    }
}

/// Registers the account that is switched, switches it to OAuth, or undoes that.
async fn switch(ninka: &Ninka, dice: &mut Dice) {
    let known = match found(ninka, SWITCHED).await {
        Some(known) if dice.throw(8) > 0 => known,
        known => {
            // As OAuth is on, it is switched back by hand.
            save(ninka, SWITCHED, known, dice).await;
            return;
        }
    };
    let (id, revision) = (AccountId(known.row.id), Revision(known.revision));
    if known.row.switched {
        say(&format!("begin undo {SWITCHED}"));
        good(ninka.undo_switch(id, revision).await);
        say(&format!("end undo {SWITCHED}"));
        return;
    }
    say(&format!("begin switch {SWITCHED}"));
    let request = SaveAccount {
        oauth: true,
        user: String::new(),
        pop3: None,
        ..known.into()
    };
    good(ninka.save_account(request).await);
    say(&format!("end switch {SWITCHED}"));
}

fn server() -> EndpointView {
    EndpointView {
        host: "pop.hana.example".to_owned(),
        port: 995,
        tls: TlsView::Implicit,
    }
}

/// Tells the service which token of an account is on the disk.
async fn tell_kept(ninka: &Ninka, place: &Place, id: AccountId) {
    let Some(grant) = good(ninka.store.grant(&ninka.vault, id).await) else {
        return;
    };
    let http = crate::tls::loopback_http_client(&crate::tls::Trust::platform()).unwrap();
    let base = place.authority.trim_end_matches("/common");
    let form = [("token", grant.refresh_token.expose())];
    let told = http.post(format!("{base}/kept")).form(&form).send().await;
    assert!(told.unwrap().status().is_success());
}

async fn found(ninka: &Ninka, address: &str) -> Option<AccountView> {
    good(ninka.account_by_address(address).await)
}

async fn save(ninka: &Ninka, address: &str, known: Option<AccountView>, dice: &mut Dice) {
    let number = dice.throw(1_000_000);
    let oauth = ![BY_PASSWORD, SWITCHED].contains(&address);
    say(&format!("begin save {address} {number}"));
    let request = SaveAccount {
        id: known.as_ref().map(|known| known.row.id),
        revision: known.as_ref().map(|known| known.revision),
        address: address.to_owned(),
        name: worded(number),
        purpose: PurposeView::OrderReceiving,
        oauth,
        signs_in: None,
        user: String::new(),
        password: (!oauth).then(|| worded(number)),
        pop3: (!oauth).then(server),
        imap: None,
        smtp: None,
        writing: WritingView::default(),
    };
    good(ninka.save_account(request).await);
    say(&format!("end save {address} {number}"));
}

fn good<T>(outcome: Outcome<T>) -> T {
    outcome.unwrap_or_else(|problem| panic!("{problem:?}"))
}
