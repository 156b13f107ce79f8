//! Secrets planted in every form and place are found, and nothing else is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

const TOKEN: &str =
    "1.AbCd-efGh_ijKlmnoPqrStuVwxYz0123456789AbCd-efGh_ijKlmnoPqrStuVwxYz9876543210";
const PASSWORD: &str = "two \"words\" / 注文";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("ninka-scan-{name}-{}", std::process::id()));
        shell::remove_folder(&folder).unwrap();
        let made = Self(folder);
        let secrets = [("access token", TOKEN), ("password", PASSWORD)];
        let lines: Vec<String> = secrets
            .iter()
            .map(|(kind, value)| serde_json::json!({ "kind": kind, "value": value }).to_string())
            .collect();
        made.write("register/a.jsonl", lines.join("\n").as_bytes());
        made
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let file = self.0.join("step").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn finds(&self, name: &str, bytes: &[u8]) -> bool {
        self.write(name, bytes);
        let found = scan(&self.0).is_err();
        fs::remove_file(self.0.join("step").join(name)).unwrap();
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        shell::remove_folder(&self.0).unwrap();
    }
}

fn within(bytes: &[u8]) -> Vec<u8> {
    [b"before\0 ", bytes, b" \xff after"].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|octet| format!("%{octet:02X}")).collect()
}

#[test]
fn a_secret_is_found_in_every_form() {
    let folder = Folder::new("forms");
    for secret in [TOKEN, PASSWORD] {
        let sasl = [
            format!("\0order@hana-shop.example\0{secret}"),
            format!("user=order@hana-shop.example\x01auth=Bearer {secret}\x01\x01"),
            format!("n,a=a@b.example,\x01auth=Bearer {secret}\x01\x01"),
        ];
        let mut forms = vec![
            secret.as_bytes().to_vec(),
            STANDARD.encode(secret).into(),
            base64::engine::general_purpose::URL_SAFE
                .encode(secret)
                .into(),
            secret
                .bytes()
                .map(|octet| format!("{octet:02x}"))
                .collect::<String>()
                .into(),
            wide(secret),
            serde_json::to_vec(secret).unwrap(),
            serde_json::to_vec(&serde_json::to_string(secret).unwrap()).unwrap(),
            format!("{secret:?}").into(),
        ];
        forms.extend(sasl.iter().map(|text| STANDARD.encode(text).into()));
        for form in forms {
            let text = String::from_utf8_lossy(&form).into_owned();
            assert!(
                folder.finds("places/data/1/ninka.db", &within(&form)),
                "{text}"
            );
        }
    }
    // As an address carries it.
    let query: String = url_encoded(PASSWORD);
    assert!(
        folder.finds("places/data/1/ninka.db", &within(query.as_bytes())),
        "{query}"
    );
    // A log that cuts long lines.
    let cut = TOKEN.get(..TOKEN.len() - 20).unwrap();
    assert!(folder.finds("places/traces/a.log", &within(cut.as_bytes())));
    assert!(!folder.finds(
        "places/data/1/ninka.db",
        &within(escaped("other").as_bytes())
    ));
}

fn url_encoded(text: &str) -> String {
    let plain = |octet: u8| octet.is_ascii_alphanumeric();
    let each = |octet: u8| {
        if plain(octet) {
            char::from(octet).to_string()
        } else {
            format!("%{octet:02X}")
        }
    };
    text.bytes().map(each).collect()
}

#[test]
fn a_secret_is_found_in_every_place() {
    let folder = Folder::new("places");
    let request = serde_json::json!({ "direction": "request", "command": "check", "data": TOKEN });
    let answer = serde_json::json!({ "direction": "answer", "data": PASSWORD });
    let status = serde_json::json!({ "command": "status", "data": [TOKEN, ""] });
    for (place, bytes) in [
        ("places/data/1/ninka.db", TOKEN.to_owned()),
        ("places/data/1/ninka.db-wal", TOKEN.to_owned()),
        (
            "places/data/1/logs/ninka.2026-11-24.log",
            PASSWORD.to_owned(),
        ),
        (
            "places/data/1/practice/practice-tenant.json",
            TOKEN.to_owned(),
        ),
        ("places/traces/tests-1.log", TOKEN.to_owned()),
        ("places/commands/processes.txt", PASSWORD.to_owned()),
        ("places/reports/1.ninka-report", TOKEN.to_owned()),
        (
            "places/messages/tests-1.jsonl",
            format!("{{}}\n{request}\n"),
        ),
        ("places/messages/tests-1.jsonl", format!("{answer}\n")),
        ("places/output/tests-1.jsonl", format!("{status}\n")),
    ] {
        assert!(folder.finds(place, bytes.as_bytes()), "{place}: {bytes}");
    }
}

#[test]
fn only_what_is_typed_or_asked_for_may_pass_and_nowhere_else() {
    let folder = Folder::new("exceptions");
    let message = |direction: &str, command: &str, data: &str| {
        serde_json::json!({ "direction": direction, "command": command, "data": data }).to_string()
    };
    let messages = "places/messages/tests-1.jsonl";
    let typed = message("request", "save_account", PASSWORD);
    assert!(!folder.finds(messages, typed.as_bytes()));
    let token = message("request", "save_account", TOKEN);
    assert!(folder.finds(messages, token.as_bytes()));
    let back = message("answer", "save_account", PASSWORD);
    assert!(folder.finds(messages, back.as_bytes()));
    let asked = serde_json::json!({ "command": "token", "data": [TOKEN, ""] }).to_string();
    assert!(!folder.finds("places/output/tests-1.jsonl", asked.as_bytes()));
    assert!(folder.finds("places/commands/tests-1.jsonl", asked.as_bytes()));
}

#[test]
fn without_a_register_it_does_not_pass() {
    let folder = Folder::new("empty");
    shell::remove_folder(&folder.0.join("step/register")).unwrap();
    folder.write("places/data/1/ninka.db", b"nothing");
    assert!(scan(&folder.0).is_err());
}

#[test]
fn what_was_scanned_is_counted() {
    let folder = Folder::new("counts");
    folder.write("places/data/1/ninka.db", b"nothing");
    let scanned = scan(&folder.0).unwrap();
    assert_eq!(scanned.places.get(&Place::Database), Some(&1));
    assert_eq!(scanned.secrets.values().sum::<usize>(), 2);
}
