//! What the desk makes for a call at a terminal: the link and the file of a hand-over, what is shown of
//! one that was received, and the script of the guide. The window's part is in `window_hand_over`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use ninka_tests::bench::shared;
use ninka_tests::terminal::Terminal;
use serde_json::json;

#[tokio::test]
async fn the_desk_makes_it_and_anybody_can_look_into_it() {
    let bench = shared().await;
    let desk = Terminal::new(&bench).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hana.ninka");
    let path = file.to_str().unwrap();
    let words = [
        "hand-over",
        "order@hana-shop.example",
        "--name",
        "本店",
        "--purpose",
        "order-receiving",
        "--oauth",
        "--authorize",
        "--pop",
        "pop.hana-shop.example:995",
        "--file",
        path,
    ];
    let made = desk.run(&words).unwrap();
    assert_eq!(made.code, 0, "{made:?}");
    let link = made.out.trim_end();
    assert!(link.starts_with("ninka:hand-over?v=1&"), "{link}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), made.out);

    for received in [link, path] {
        let shown = desk.run(&["hand-over", received, "--json"]).unwrap();
        assert_eq!(shown.code, 0, "{shown:?}");
        let shown = shown.json().unwrap();
        assert_eq!(shown["link"], link);
        let server = json!({ "host": "pop.hana-shop.example", "port": 995, "tls": "implicit" });
        let holds = json!({
            "address": "order@hana-shop.example", "name": "本店", "purpose": "order-receiving",
            "oauth": true, "pop3": server, "imap": null, "smtp": null, "authorize": true,
        });
        assert_eq!(shown["holds"], holds);
    }
    let lines = desk.run(&["hand-over", path]).unwrap();
    assert!(
        lines
            .out
            .contains("pop3\tpop.hana-shop.example:995\timplicit\n"),
        "{lines:?}"
    );

    // Nothing is written over, and what is wrong is named.
    let again = desk.run(&words).unwrap();
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains("[file-unwritable]"), "{again:?}");
    let wrong = desk.run(&["hand-over", "order"]).unwrap();
    assert_eq!(wrong.code, 2, "{wrong:?}");
    let secret = format!("{link}&password=nonsense-5309");
    let secret = desk.run(&["hand-over", &secret]).unwrap();
    assert_eq!((secret.code, &*secret.out), (1, ""), "{secret:?}");
    assert!(secret.err.contains("[hand-over-secret]"), "{secret:?}");
    assert!(!secret.err.contains("nonsense"), "{secret:?}");
}

#[tokio::test]
async fn the_script_is_in_either_language_and_on_nobody_elses_file() {
    let bench = shared().await;
    let desk = Terminal::new(&bench).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script.html");
    let path = file.to_str().unwrap();
    let words = ["script", "--language", "ja", "--output", path];
    let written = desk.run(&words).unwrap();
    assert_eq!((written.code, &*written.out), (0, ""), "{written:?}");
    let html = std::fs::read_to_string(&file).unwrap();
    assert!(html.starts_with("<!doctype html>\n<html lang=\"ja\">"));
    let again = desk.run(&words).unwrap();
    assert_eq!(again.code, 1, "{again:?}");
    assert!(again.err.contains("[file-unwritable]"), "{again:?}");
    let english = desk.run(&["script", "--language", "en"]).unwrap();
    assert!(english.out.contains("<html lang=\"en\">"));
}
