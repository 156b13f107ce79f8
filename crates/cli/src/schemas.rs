//! `ninka schemas`: what every answer in JSON looks like, made from the types that are written.
//! `docs/schemas` holds them as they are now; whole-product tests hold every answer against them.

use std::fs;
use std::path::Path;

use ninka_core::Problem;
use ninka_core::diagnosis::JsonlAnswer;
use ninka_core::view::{
    AccountRow, AccountView, AuditView, BackupView, CheckReport, HandOverLink, HistoryView,
    ImportView, OperatorView, ProofView, ProposalView, ReadoutView, RenewalView, ReportView,
    SelfTestView, StatusView,
};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform as _};
use schemars::{JsonSchema, Schema};

use crate::practice::Listening;
use crate::{Ended, Verdict};

/// The schema of an answer's type.
type Make = fn() -> Schema;

/// Every command that answers in JSON, and what with. `diagnose` answers with one of these a line.
const ANSWERS: &[(&str, Make)] = &[
    ("account add", of::<AccountView>),
    ("account edit", of::<AccountView>),
    ("account list", of::<Vec<AccountRow>>),
    ("account remove", of::<AccountRow>),
    ("account revoke", of::<AccountView>),
    ("account servers", of::<ProposalView>),
    ("account show", of::<AccountView>),
    ("account undo-switch", of::<AccountView>),
    ("backup", of::<BackupView>),
    ("check", of::<Vec<CheckReport>>),
    ("diagnose", of::<JsonlAnswer>),
    ("explain", of::<ReadoutView>),
    ("hand-over", of::<HandOverLink>),
    ("history", of::<HistoryView>),
    ("import", of::<ImportView>),
    ("operator add", of::<Vec<OperatorView>>),
    ("operator audit", of::<AuditView>),
    ("operator edit", of::<Vec<OperatorView>>),
    ("operator list", of::<Vec<OperatorView>>),
    ("practice", of::<Listening>),
    ("prove", of::<ProofView>),
    ("renew", of::<Vec<RenewalView>>),
    ("report", of::<ReportView>),
    ("restore", of::<BackupView>),
    ("self-test", of::<SelfTestView>),
    ("status", of::<StatusView>),
];

/// Writes a file for each command: its words, joined by `-`.
pub(crate) fn write(folder: &Path) -> Ended {
    let unwritable = || Problem::FileUnwritable {
        path: folder.display().to_string(),
    };
    fs::create_dir_all(folder).map_err(|_| unwritable())?;
    for (command, make) in ANSWERS {
        let mut schema = make();
        schema.insert("title".to_owned(), format!("ninka {command}").into());
        let text = serde_json::to_string_pretty(&schema).map_err(anyhow::Error::from)?;
        let file = folder
            .join(command.replace(' ', "-"))
            .with_extension("json");
        fs::write(file, text + "\n").map_err(|_| unwritable())?;
    }
    Ok(Verdict::Well)
}

/// As it is written, not as it would be read: a field that may be `null` is always there.
fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(close).transform(&mut schema);
    schema
}

/// Says that an object has the named fields and no others.
fn close(schema: &mut Schema) {
    let open = schema.get("additionalProperties").is_none();
    if schema.get("properties").is_some() && open {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::arguments::Arguments;

    /// The commands that know `--json` or `--jsonl`, with their words before them.
    fn speaking(command: &clap::Command, before: &str, found: &mut Vec<String>) {
        for command in command.get_subcommands() {
            let words = format!("{before} {}", command.get_name()).trim().to_owned();
            let json = |argument: &clap::Arg| matches!(argument.get_long(), Some("json" | "jsonl"));
            if command.get_arguments().any(json) {
                found.push(words.clone());
            }
            speaking(command, &words, found);
        }
    }

    #[test]
    fn every_command_that_answers_in_json_has_a_schema() {
        let mut found = Vec::new();
        speaking(&Arguments::command(), "", &mut found);
        found.sort();
        let commands: Vec<&str> = ANSWERS.iter().map(|(command, _)| *command).collect();
        assert_eq!(commands, found);
    }

    #[test]
    fn every_object_is_closed() {
        for (command, make) in ANSWERS {
            let text = serde_json::to_string(&make()).unwrap();
            let objects = text.matches("\"properties\":").count();
            let closed = text.matches("\"additionalProperties\":false").count();
            assert!(objects > 0 && objects == closed, "{command}: {text}");
        }
    }
}
