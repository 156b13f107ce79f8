//! Answers of the command line held against `docs/schemas`: every one that a terminal of these
//! tests gets, whatever the test is about.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The folder of the schemas.
fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas"))
}

/// The commands that have a schema, by the names of their files.
///
/// # Errors
/// When the folder cannot be read.
pub fn all() -> Result<BTreeSet<String>> {
    let files = fs::read_dir(folder())?;
    let names = files.map(|file| Ok(PathBuf::from(file?.file_name())));
    names
        .map(|name: Result<PathBuf>| Ok(name?.with_extension("").display().to_string()))
        .collect()
}

/// Holds the answer to a command line that asks for JSON against its schema, and tells which; a
/// command that failed before it had an answer has none.
///
/// # Errors
/// When there is no such schema, or the answer is not as it says.
pub fn hold(arguments: &[&str], answer: &str) -> Result<Option<String>> {
    let lines = arguments.contains(&"--jsonl");
    if answer.is_empty() || !(lines || arguments.contains(&"--json")) {
        return Ok(None);
    }
    let name = match arguments {
        [group @ ("account" | "operator"), command, ..] => format!("{group}-{command}"),
        [command, ..] => (*command).to_owned(),
        [] => bail!("no command"),
    };
    let file = folder().join(&name).with_extension("json");
    let schema = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema)?)?;
    let parts = if lines {
        answer.lines().collect()
    } else {
        vec![answer]
    };
    for part in parts {
        let value: Value = serde_json::from_str(part).with_context(|| part.to_owned())?;
        let faults: Vec<String> = schema
            .iter_errors(&value)
            .map(|fault| format!("{} {fault}", fault.instance_path()))
            .collect();
        if !faults.is_empty() {
            bail!("{name} is not as its schema says: {faults:#?}\n{part}");
        }
    }
    Ok(Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_a_field_more_or_less_is_found() {
        let list = ["account", "list", "--json"];
        assert_eq!(hold(&list, "[]").unwrap().unwrap(), "account-list");
        let backup = ["backup", "file", "--json"];
        let good = r#"{"path":"a","version":"0.1.0","madeAt":1,"accounts":2,"authorizations":1,"passwords":0,"without":0,"here":0}"#;
        let fault = |answer: &str| hold(&backup, answer).unwrap_err().to_string();
        let more = good.replace("{", r#"{"more":1,"#);
        assert!(fault(&more).contains("more"), "{}", fault(&more));
        let less = good.replace(r#""madeAt":1,"#, "");
        assert!(fault(&less).contains("madeAt"), "{}", fault(&less));
        assert!(hold(&["moon", "--json"], "{}").is_err());
        assert!(
            hold(&["check", "--all"], "no JSON was asked for")
                .unwrap()
                .is_none()
        );
    }
}
