//! Whose a domain is, by realm and by mail servers, and the note of who asked.

use serde_json::Value;

use super::application::{http, practice};

#[tokio::test]
async fn a_domain_is_ours_personal_or_unknown() {
    let practice = practice().await;
    let base = practice.authority();
    let ask = async |domain: &str| {
        let url = format!("{base}/userrealm/nobody@{domain}?api-version=2.1");
        let answer = http().get(url).send().await.unwrap();
        answer.json::<Value>().await.unwrap()
    };
    assert_eq!(ask("hana-shop.example").await["NameSpaceType"], "Managed");
    let personal = ask("kojin.example").await;
    assert_eq!(personal["NameSpaceType"], "Federated");
    assert_eq!(personal["DomainName"], "live.com");
    assert_eq!(ask("elsewhere.example").await["NameSpaceType"], "Unknown");
    assert_eq!(
        practice.mail_hosts("HANA-shop.example"),
        ["hana-shop-example.mail.protection.outlook.com"]
    );
    assert_eq!(
        practice.mail_hosts("elsewhere.example"),
        ["mx.elsewhere.example"]
    );
    assert_eq!(
        practice.asked_about(),
        [
            "realm hana-shop.example",
            "realm kojin.example",
            "realm elsewhere.example",
            "mx hana-shop.example",
            "mx elsewhere.example"
        ]
    );
    practice.reset();
    assert!(practice.asked_about().is_empty());
}
