//! The words of `ninka account`: registering, changing, listing and removing accounts.
//! What is not named when an account is changed stays as it is.

use clap::{Args, Subcommand};

use super::PurposeWord;
use crate::servers::ServerArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Register an account. Without servers, those that are proposed for the address are filled in.
    Add(AddArguments),
    /// Change an account; what is not named stays as it is.
    Edit(EditArguments),
    /// Look up the servers of an address's mail: by what Ninka knows, the domain's own settings for
    /// mail programs, Mozilla's list and the DNS. Each is tried without a password.
    Servers {
        /// The mail address.
        address: String,
        /// What it is for.
        #[arg(long, value_enum, default_value = "unspecified")]
        purpose: PurposeWord,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the accounts.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show an account.
    Show {
        /// The mail address.
        address: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Delete an account's authorization here, and name the page where it is withdrawn.
    Revoke {
        /// The mail address.
        address: String,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring back the account name, password and servers from before an account was switched to
    /// OAuth. They are kept until a check has passed; an authorization it got since is deleted.
    UndoSwitch {
        /// The mail address.
        address: String,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove an account, its password and its authorization.
    Remove {
        /// The mail address.
        address: String,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// The mail address.
    pub(crate) address: String,
    /// What the shop calls it.
    #[arg(long, default_value = "")]
    pub(crate) name: String,
    /// What it is for.
    #[arg(long, value_enum, default_value = "unspecified")]
    pub(crate) purpose: PurposeWord,
    /// Sign in by Microsoft's consent.
    #[arg(long)]
    pub(crate) oauth: bool,
    /// The address is a shared mailbox's: a person with access signs in.
    #[arg(long, requires = "oauth")]
    pub(crate) shared: bool,
    /// The address of that person; without it, whoever has access: the first one is kept.
    #[arg(long, value_name = "PERSON", default_value = "", requires = "shared")]
    pub(crate) signs_in: String,
    /// The account name, where it is not the mail address.
    #[arg(long, value_name = "USER", default_value = "")]
    pub(crate) account: String,
    /// Read the password from the standard input (one line).
    #[arg(long)]
    pub(crate) password_stdin: bool,
    #[command(flatten)]
    pub(crate) servers: ServerArguments,
    /// Answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EditArguments {
    /// The mail address.
    pub(crate) address: String,
    /// What the shop calls it.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// What it is for.
    #[arg(long, value_enum)]
    pub(crate) purpose: Option<PurposeWord>,
    /// The address is a shared mailbox's: a person with access signs in.
    #[arg(long, conflicts_with = "own")]
    pub(crate) shared: bool,
    /// The address of that person; an empty one is whoever authorizes first.
    #[arg(long, value_name = "PERSON", conflicts_with = "own")]
    pub(crate) signs_in: Option<String>,
    /// The address signs in itself.
    #[arg(long)]
    pub(crate) own: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
