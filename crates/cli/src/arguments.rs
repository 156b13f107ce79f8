//! The command line's words.

mod account;
mod help;
mod operator;
mod words;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::servers::ServerArguments;

use help::{BACKUP_HELP, EXIT_STATUS, REPORT_HELP, TOKEN_HELP};

pub(crate) use account::{AccountCommand, AddArguments, EditArguments};
pub(crate) use operator::{OperatorCommand, PermissionWord};
pub(crate) use words::{LanguageWord, ProtocolWord, PurposeWord};

/// Registers mail accounts, keeps Microsoft's consent alive and checks POP, IMAP and SMTP.
#[derive(Debug, Parser)]
#[command(name = "ninka", version, about, after_long_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    /// Keep the data here instead of in the system's data folder.
    #[arg(long, global = true, value_name = "DIR", env = "NINKA_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Where permissions are switched on: who signs in. The password is asked for at the terminal,
    /// or is the first line of the standard input.
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) operator: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// The mail address.
    #[arg(required_unless_present = "open")]
    pub(crate) address: Option<String>,
    /// Write it to a new file instead of the standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) output: Option<PathBuf>,
    /// Leave mail addresses and the account's name in full.
    #[arg(long)]
    pub(crate) full_addresses: bool,
    /// Show this report, of another computer.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["address", "output", "full_addresses"])]
    pub(crate) open: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show or change a setting.
    Settings {
        #[command(subcommand)]
        command: SettingsCommand,
    },
    /// Register, list, show or remove mail accounts.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Permissions: switch them on, the operators, the audit list.
    #[command(after_long_help = operator::HELP)]
    Operator {
        #[command(subcommand)]
        command: OperatorCommand,
    },
    /// Get Microsoft's consent for an account in the browser.
    Authorize {
        /// The mail address.
        address: String,
        /// Print the link (`open: URL`) instead of opening the browser.
        #[arg(long)]
        no_browser: bool,
        /// Print a code (`open: URL`, `code: CODE`) to be used on another device.
        #[arg(long, conflicts_with = "paste")]
        device_code: bool,
        /// Print the link and read the address that the browser ends at from the standard input.
        #[arg(long)]
        paste: bool,
    },
    /// Check whether mail comes in and goes out.
    Check(CheckArguments),
    /// Show every account: its authorization, mail coming in and going out.
    Status {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Send a test mail from an account to itself and wait until it arrives; where the account may
    /// not send, show its newest mails.
    Prove {
        /// The mail address.
        address: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show when an account worked, when it broke and what changed then, the newest first.
    History {
        /// The mail address.
        address: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Renew authorizations now.
    Renew(RenewArguments),
    /// Print a fresh access token for another program.
    #[command(after_long_help = TOKEN_HELP)]
    Token(TokenArguments),
    /// Write the accounts as CSV to the standard output, without anything secret.
    Export {
        /// In `Shift_JIS` instead of UTF-8 with a byte order mark.
        #[arg(long)]
        shift_jis: bool,
    },
    /// Show what a CSV file would register; with `--yes`, register all of it or nothing.
    Import {
        /// The file; `-` is the standard input.
        file: PathBuf,
        /// Register.
        #[arg(long)]
        yes: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write everything to a new file, sealed by a passphrase: accounts, settings, authorizations,
    /// passwords and history.
    #[command(after_long_help = BACKUP_HELP)]
    Backup {
        /// The file.
        file: PathBuf,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show what a backup holds; with `--yes`, bring all of it back, where there are no accounts yet.
    #[command(after_long_help = BACKUP_HELP)]
    Restore {
        /// The file.
        file: PathBuf,
        /// Bring it back.
        #[arg(long)]
        yes: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Explain an error line, from any program.
    Diagnose(DiagnoseArguments),
    /// Try what has to work on this computer: key store, loopback, names, sign-in service, clock,
    /// mail servers, proxy. Needs no account.
    SelfTest {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a support report of an account, or show one that was received.
    #[command(after_long_help = REPORT_HELP)]
    Report(ReportArguments),
    /// Run the practice tenant alone, for trying other programs on it; ends with Ctrl-C, or when the
    /// standard input ends.
    Practice(PracticeArguments),
    /// Print this manual page, or write it and one for each command into a folder.
    Man {
        /// The folder.
        folder: Option<PathBuf>,
    },
    /// Write the JSON schema of every `--json` and `--jsonl` answer into a folder. Within a major
    /// version answers may get more fields; none goes or changes its meaning.
    Schemas {
        /// The folder.
        folder: PathBuf,
    },
    /// Print what a shell needs to complete the words.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Prepare the form of a customer's Ninka: prints a link that opens it there; a link or file that
    /// was received is shown. Nothing secret is in it, and nothing happens before it is confirmed.
    HandOver(HandOverArguments),
    /// Print the staff's script of the guide through an authorization, as a page of HTML.
    Script {
        /// Its language; the system's without it.
        #[arg(long, value_enum)]
        language: Option<LanguageWord>,
        /// Write it to a new file.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Explain a code that somebody reads out over the phone.
    Explain {
        /// The eight letters and digits; spaces and dashes do not matter.
        code: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    /// Whether an operator signs in first, where permissions are switched on. Other programs fetch
    /// tokens while nobody is there: the setting `share-tokens` is their permission.
    pub(crate) const fn needs_operator(&self) -> bool {
        !matches!(
            self,
            Self::Token(_)
                | Self::Operator {
                    command: OperatorCommand::On { .. } | OperatorCommand::Reset { .. }
                }
        )
    }

    /// Whether the system browser may be started.
    pub(crate) const fn opens_browser(&self) -> bool {
        matches!(
            self,
            Self::Authorize {
                no_browser: false,
                device_code: false,
                paste: false,
                ..
            }
        )
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsCommand {
    /// Print a setting: client-id, cloud, authority, language, theme, reception, renewal-days,
    /// background, share-tokens, history-days, case-days, lock-minutes.
    Get {
        /// The setting.
        key: String,
    },
    /// Change a setting.
    Set {
        /// The setting.
        key: String,
        /// Its new value.
        value: String,
    },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct HandOverArguments {
    /// The customer's mail address; or a link (`ninka:…`) or a file (`….ninka`) to show.
    pub(crate) address: String,
    /// What the shop is to call it.
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// What it is for.
    #[arg(long, value_enum, default_value = "unspecified")]
    pub(crate) purpose: PurposeWord,
    /// Sign in by Microsoft's consent.
    #[arg(long)]
    pub(crate) oauth: bool,
    /// The customer is to authorize next, with the guide.
    #[arg(long, requires = "oauth")]
    pub(crate) authorize: bool,
    #[command(flatten)]
    pub(crate) servers: ServerArguments,
    /// Write a small file beside printing the link; its name ends in `.ninka`.
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "what")]
pub(crate) struct CheckWhat {
    /// The mail address.
    pub(crate) address: Option<String>,
    /// Every account.
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) what: CheckWhat,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RenewArguments {
    #[command(flatten)]
    pub(crate) what: CheckWhat,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TokenArguments {
    /// The mail address.
    pub(crate) address: String,
    /// Fail unless the token is good for this protocol.
    #[arg(long, value_enum)]
    pub(crate) protocol: Option<ProtocolWord>,
    /// Print the initial response of SASL XOAUTH2 (Base64) instead of the bare token.
    #[arg(long)]
    pub(crate) sasl: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PracticeArguments {
    /// A fault to switch on, for example smtp-auth-off-tenant.
    #[arg(long)]
    pub(crate) fault: Option<String>,
    /// Print where it listens as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DiagnoseArguments {
    /// The error line; the standard input when it is left out.
    pub(crate) text: Option<String>,
    /// Read recorded failures from the standard input, one JSON object a line (`id`, `stage`,
    /// `protocol`, `auth`, `account_kind`, `raw`), and answer each in a line of JSON.
    #[arg(long, conflicts_with = "text")]
    pub(crate) jsonl: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_words_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn check_wants_one_account_or_all() {
        for good in [
            vec!["ninka", "check", "a@b.jp"],
            vec!["ninka", "check", "--all", "--json"],
        ] {
            assert!(Arguments::try_parse_from(good).is_ok());
        }
        for bad in [
            vec!["ninka", "check"],
            vec!["ninka", "check", "a@b.jp", "--all"],
            vec!["ninka", "authorize", "a@b.jp", "--device-code", "--paste"],
        ] {
            assert!(Arguments::try_parse_from(bad).is_err());
        }
    }
}
