//! The commands in four places say the same: registered here, known to the build script, granted
//! in the capability, called by the screens.

use std::collections::BTreeSet;

use crate::command_names::COMMANDS;

/// The words that follow `before` and end at one of `ends`.
fn words(text: &str, before: &str, ends: &[char]) -> BTreeSet<String> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split(ends).next().map(str::to_owned))
        .collect()
}

fn listed() -> BTreeSet<String> {
    COMMANDS.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn registered() {
    let source = include_str!("lib.rs");
    let handler = source
        .split("generate_handler![")
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap();
    let registered: BTreeSet<_> = handler
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    assert_eq!(registered, listed());
}

#[test]
fn granted() {
    let capability: serde_json::Value =
        serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    let granted: BTreeSet<_> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(granted, listed());
}

#[test]
fn called() {
    let backend = include_str!("../../ui/src/backend/tauri.ts");
    let called = words(backend, "invoke('", &['\'']);
    assert_eq!(called, listed());
}
