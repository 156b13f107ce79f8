//! Ninka from a terminal: the same product as the window, over the same façade.
//! Parses, calls, prints; no product logic. Answers 0 when all is well, 1 when something failed,
//! 2 when the command line was not understood.

mod account;
mod arguments;
mod authorize;
mod backup;
mod check;
mod diagnose;
mod exchange;
mod explain;
mod hand_over;
mod manual;
mod operator;
mod output;
mod practice;
mod prove;
mod report;
mod schemas;
mod script;
mod self_test;
mod servers;
mod settings;
mod token;
mod typed;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use ninka_core::secret::Secret;
use ninka_core::store::SystemKeyring;
use ninka_core::view::ProblemView;
use ninka_core::{Ninka, Options, Problem, folders};

use arguments::{Arguments, Command};
use authorize::Way;
use output::Output;

/// Protects the vault where there is no keyring.
const PASSPHRASE_VARIABLE: &str = "NINKA_PASSPHRASE";

/// What a command ends with.
type Ended = Result<Verdict, Problem>;

/// Whether what was asked for is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Well,
    Failed,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Well => Self::SUCCESS,
            Verdict::Failed => Self::FAILURE,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    // Ends with 2 by itself when the command line is not understood.
    let arguments = Arguments::parse();
    start_log();
    let mut output = Output::new();
    match run(arguments, &mut output).await {
        Ok(verdict) => verdict.into(),
        Err(problem) => {
            output.problem(&ProblemView::from(&problem));
            output.exit_code(&problem)
        }
    }
}

async fn run(arguments: Arguments, output: &mut Output) -> Ended {
    // What needs no data.
    if let Command::Diagnose(what) = &arguments.command {
        return diagnose::run(what, output);
    }
    if let Command::Explain { code, json } = &arguments.command {
        return explain::run(code, *json, output);
    }
    if let Command::Script {
        language,
        output: file,
    } = &arguments.command
    {
        return script::run(language.map(Into::into), file.as_deref(), output);
    }
    if let Command::HandOver(what) = &arguments.command {
        return hand_over::run(what, output);
    }
    if let Command::Report(what) = &arguments.command
        && let Some(file) = &what.open
    {
        return report::open(file, what.json, output);
    }
    if let Command::Man { folder } = &arguments.command {
        return manual::man(folder.as_deref(), output);
    }
    if let Command::Schemas { folder } = &arguments.command {
        return schemas::write(folder);
    }
    if let Command::Completions { shell } = &arguments.command {
        return manual::completions(*shell, output);
    }
    let folder =
        folders::data_folder(arguments.data_dir).ok_or_else(|| Problem::DatabaseUnreadable {
            path: "~".to_owned(),
        })?;
    if let Command::Practice(what) = &arguments.command {
        return practice::run(what, &folder, output).await;
    }
    let browser = Arc::new(authorize::Browser {
        open: arguments.command.opens_browser(),
    });
    let mut options = Options::new(folder, Arc::new(SystemKeyring), browser);
    options.passphrase = std::env::var(PASSPHRASE_VARIABLE).ok().map(Secret::new);
    let ninka = Ninka::open(options).await?;
    output.speak(ninka.language().await?);
    if arguments.command.needs_operator() {
        operator::sign_in(arguments.operator, &ninka, output).await?;
    }
    let ended = match arguments.command {
        Command::Operator { command } => operator::run(command, &ninka, output).await,
        Command::Settings { command } => settings::run(command, &ninka, output).await,
        Command::Account { command } => account::run(command, &ninka, output).await,
        Command::Authorize {
            address,
            device_code,
            paste,
            ..
        } => {
            let way = match (device_code, paste) {
                (true, _) => Way::DeviceCode,
                (false, true) => Way::Paste,
                (false, false) => Way::Browser,
            };
            authorize::run(&address, way, &ninka, output).await
        }
        Command::Check(what) => check::run(what, &ninka, output).await,
        Command::Prove { address, json } => prove::run(&address, json, &ninka, output).await,
        Command::Export { shift_jis } => exchange::export(shift_jis, &ninka).await,
        Command::Import { file, yes, json } => {
            exchange::import(&file, (yes, json), &ninka, output).await
        }
        Command::Backup { file, json } => backup::make(&file, json, &ninka, output).await,
        Command::Restore { file, yes, json } => {
            backup::restore(&file, (yes, json), &ninka, output).await
        }
        Command::Status { json } => token::status(json, &ninka, output).await,
        Command::History { address, json } => {
            account::history(&address, json, &ninka, output).await
        }
        Command::Renew(what) => token::renew(what, &ninka, output).await,
        Command::Token(what) => token::token(what, &ninka, output).await,
        Command::Report(what) => match &what.address {
            Some(address) => report::make(address, &what, &ninka, output).await,
            // The command line is not understood without one.
            None => Ok(Verdict::Well),
        },
        Command::SelfTest { json } => self_test::run(json, &ninka, output).await,
        // They needed no data and have ended.
        Command::Diagnose(_)
        | Command::Explain { .. }
        | Command::HandOver(_)
        | Command::Script { .. }
        | Command::Practice(_)
        | Command::Man { .. }
        | Command::Schemas { .. }
        | Command::Completions { .. } => Ok(Verdict::Well),
    };
    ninka.close().await;
    ended
}

/// Nothing but faults, and to the standard error: what a command answers is on the standard output.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("NINKA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
