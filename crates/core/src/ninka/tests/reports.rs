//! A report of a real account, opened by another installation; and the desk's cases.

use super::full::{Shop, passed};
use super::ledger::Mood;
use crate::Ninka;
use crate::language::Language;
use crate::problem::Problem;
use crate::report::Addresses;
use crate::view::{AuthorizationState, CaseStep, HistoryWhat, SelfTestPart};

const DAYS: i64 = 24 * 60 * 60;

async fn report(shop: &Shop, addresses: Addresses) -> String {
    let report = shop.ninka.report(shop.account, &|_| {}).await.unwrap();
    report.file(addresses, Language::Ja).unwrap()
}

#[tokio::test]
async fn the_desk_sees_what_the_customer_saw() {
    let shop = Shop::open().await;
    assert!(passed(&shop.check().await));
    shop.ledger.mail_is(Mood::RefusesConsents);
    shop.ninka
        .authorize(shop.account, &|_| {})
        .await
        .unwrap_err();
    let seen = shop.check().await;

    let opened = Ninka::open_report(report(&shop, Addresses::Full).await.as_bytes()).unwrap();
    assert_eq!(opened.check, Some(seen));
    let account = shop.ninka.account(shop.account).await.unwrap();
    assert_eq!(opened.account, account);
    let history = shop.ninka.history(shop.account).await.unwrap();
    assert_eq!(opened.history, history.entries);
    assert!(
        history
            .entries
            .iter()
            .any(|it| it.what == HistoryWhat::Authorization)
    );
    let parts: Vec<_> = opened.self_test.rows.iter().map(|row| row.part).collect();
    assert!(parts.contains(&SelfTestPart::Clock), "{parts:?}");

    let token = shop.token().await;
    let shortened = report(&shop, Addresses::Shortened).await;
    assert!(!shortened.contains(&token));
    assert!(!shortened.contains("order@"), "{shortened}");
    assert!(shortened.contains("o…@hana.example"), "{shortened}");

    // What was seen with other settings explains nothing any more.
    let account = shop.ninka.account(shop.account).await.unwrap();
    let mut changed = crate::view::SaveAccount::from(account);
    changed.signs_in = Some(String::new());
    shop.ninka.save_account(changed).await.unwrap();
    let opened = Ninka::open_report(report(&shop, Addresses::Full).await.as_bytes()).unwrap();
    assert_eq!(opened.check, None);
    shop.close().await;
}

#[tokio::test]
async fn cases_are_kept_noted_and_forgotten() {
    let shop = Shop::open().await;
    assert!(passed(&shop.check().await));
    let file = report(&shop, Addresses::Shortened).await;

    let kept = shop.ninka.keep_case(file.as_bytes()).await.unwrap();
    let again = shop.ninka.keep_case(file.as_bytes()).await.unwrap();
    assert_eq!(again, kept, "the same report is one case");
    assert_eq!(kept.row.next, CaseStep::Nothing);
    assert_eq!(kept.row.days_left_then, Some(90));
    shop.ninka
        .note_case(kept.row.id, "電話 11/28\n")
        .await
        .unwrap();

    shop.ledger.clock.advance(10 * DAYS);
    let cases = shop.ninka.cases().await.unwrap();
    assert_eq!((cases.kept_days, cases.cases.len()), (180, 1));
    let row = &cases.cases[0];
    assert_eq!(row.note, "電話 11/28");
    assert_eq!(
        (row.days_left_then, row.days_left_now),
        (Some(90), Some(80))
    );
    assert_eq!(shop.ninka.case(row.id).await.unwrap().report, kept.report);

    // The customer's authorization has gone since.
    shop.ledger.clock.advance(90 * DAYS);
    let lapsed = report(&shop, Addresses::Shortened).await;
    let lapsed = shop.ninka.keep_case(lapsed.as_bytes()).await.unwrap().row;
    assert!(matches!(
        lapsed.authorization,
        AuthorizationState::Lapsed { .. }
    ));
    assert_eq!(
        (lapsed.days_left_then, lapsed.next),
        (None, CaseStep::Authorize)
    );

    let refused = shop.ninka.keep_case(b"hello").await.unwrap_err();
    assert_eq!(refused, Problem::NotAReport);
    let cases = shop.ninka.keep_cases_for(30).await.unwrap();
    let left: Vec<i64> = cases.cases.iter().map(|case| case.id).collect();
    assert_eq!(left, [lapsed.id], "the older one is forgotten");
    let gone = shop.ninka.note_case(kept.row.id, "x").await.unwrap_err();
    assert_eq!(gone, Problem::CaseGone);
    shop.ninka.remove_case(lapsed.id).await.unwrap();
    assert_eq!(
        shop.ninka.case(lapsed.id).await.unwrap_err(),
        Problem::CaseGone
    );
    shop.ninka.keep_cases_for(0).await.unwrap_err();
    shop.close().await;
}
