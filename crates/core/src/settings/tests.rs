//! Settings come back as they were saved, refuse what they cannot be, and never stop the program.
//! They are kept in a real store in a folder of the test.

use super::*;
use crate::problem::Problem;

#[tokio::test]
async fn come_back_as_they_were_saved() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(Settings::load(&store).await.unwrap(), Settings::default());
    let mut settings = Settings::default();
    for (key, value) in [
        ("client-id", " 11111111-2222-3333-4444-555555555555 "),
        ("authority", "http://127.0.0.1:8080/"),
        ("language", "en"),
        ("theme", "dark"),
        ("reception", "imap"),
        ("renewal-days", "14"),
        ("background", "off"),
        ("ask-account-kind", "off"),
        ("share-tokens", "on"),
        ("history-days", "30"),
        ("lock-minutes", "0"),
        ("case-days", "90"),
    ] {
        settings
            .set(SettingKey::from_name(key).unwrap(), value)
            .unwrap();
    }
    settings.save(&store).await.unwrap();
    let loaded = Settings::load(&store).await.unwrap();
    assert_eq!(loaded, settings);
    let shown = SettingKey::ALL.map(|key| loaded.get(key));
    assert_eq!(
        shown,
        [
            "11111111-2222-3333-4444-555555555555",
            "custom",
            "http://127.0.0.1:8080/common",
            "en",
            "dark",
            "imap",
            "14",
            "off",
            "off",
            "on",
            "30",
            "0",
            "90"
        ]
    );
    settings.set(SettingKey::Cloud, "china").unwrap();
    settings.save(&store).await.unwrap();
    let loaded = Settings::load(&store).await.unwrap();
    assert_eq!(
        (&loaded.cloud, loaded.get(SettingKey::Authority)),
        (&Cloud::China, String::new())
    );
    store.close().await;
}

#[test]
fn refuse_what_they_cannot_be() {
    let mut settings = Settings::default();
    let mut refused = |key: SettingKey, value: &str| match settings.set(key, value) {
        Err(Problem::SettingInvalid { key }) => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(SettingKey::ClientId, "a b"), "client-id");
    assert_eq!(refused(SettingKey::ClientId, "番号"), "client-id");
    assert_eq!(refused(SettingKey::Cloud, "moon"), "cloud");
    assert_eq!(refused(SettingKey::Cloud, "custom"), "authority");
    assert_eq!(
        refused(SettingKey::Authority, "http://login.example"),
        "authority"
    );
    assert_eq!(refused(SettingKey::Language, "fr"), "language");
    assert_eq!(refused(SettingKey::Theme, ""), "theme");
    assert_eq!(refused(SettingKey::Reception, "smtp"), "reception");
    assert_eq!(refused(SettingKey::RenewalDays, "0"), "renewal-days");
    assert_eq!(refused(SettingKey::RenewalDays, "31"), "renewal-days");
    assert_eq!(
        refused(SettingKey::AskAccountKind, "yes"),
        "ask-account-kind"
    );
    assert_eq!(refused(SettingKey::HistoryDays, "0"), "history-days");
    assert_eq!(refused(SettingKey::LockMinutes, "481"), "lock-minutes");
    assert_eq!(refused(SettingKey::CaseDays, "3651"), "case-days");
    assert_eq!(refused(SettingKey::ShareTokens, "yes"), "share-tokens");
    assert_eq!(settings, Settings::default());
    assert!(SettingKey::from_name("colour").is_err());
}

#[tokio::test]
async fn one_that_cannot_be_read_has_its_default() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.set_setting("theme", Some("neon")).await.unwrap();
    store.set_setting("cloud", Some("custom")).await.unwrap();
    store.set_setting("language", Some("ja")).await.unwrap();
    let settings = Settings::load(&store).await.unwrap();
    let expected = Settings {
        language: LanguageSetting::Ja,
        ..Settings::default()
    };
    assert_eq!(settings, expected);
    assert_eq!(settings.effective_language(), Language::Ja);
    store.close().await;
}

#[test]
fn the_entered_client_id_comes_first() {
    let mut settings = Settings::default();
    assert_eq!(settings.effective_client_id(), built_in_client_id());
    settings.set(SettingKey::ClientId, "mine").unwrap();
    assert_eq!(settings.effective_client_id(), Some("mine"));
    settings
        .set(SettingKey::Authority, "https://login.example/t")
        .unwrap();
    settings.set(SettingKey::Authority, "").unwrap();
    assert_eq!(settings.cloud, Cloud::Worldwide);
}
