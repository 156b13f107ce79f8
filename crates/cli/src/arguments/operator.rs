//! The words of `ninka operator …`.

use clap::{Subcommand, ValueEnum};

pub(super) const HELP: &str = "\
While permissions are on, every command signs an operator in: name and password are asked for at the
terminal. In a script, name the operator by --operator and put the password into the first line of
the standard input; what the command itself reads comes after it:

  ninka --operator Yamada check --all < password-file

Permissions part what people do who share a computer. Somebody who can run programs as the same user
of the system can change the data itself, or use `ninka operator reset`. What renews authorizations
and warns, and `ninka token` where the setting share-tokens is on, need no sign-in.";

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorCommand {
    /// Switch permissions on; the first operator may edit everything.
    On {
        /// The first operator's name.
        name: String,
    },
    /// Switch permissions off: removes every operator.
    Off,
    /// List the operators: name, mail accounts, settings.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add an operator.
    Add {
        /// The name.
        name: String,
        /// For mail accounts.
        #[arg(long, value_enum, default_value = "view")]
        accounts: PermissionWord,
        /// For settings.
        #[arg(long, value_enum, default_value = "none")]
        settings: PermissionWord,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change an operator; it takes effect at that operator's next sign-in.
    Edit {
        /// The name.
        name: String,
        /// A new name.
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        /// For mail accounts.
        #[arg(long, value_enum)]
        accounts: Option<PermissionWord>,
        /// For settings.
        #[arg(long, value_enum)]
        settings: Option<PermissionWord>,
        /// Set a new password.
        #[arg(long)]
        password: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove an operator, who is signed out at once.
    Remove {
        /// The name.
        name: String,
    },
    /// Change one's own password.
    Password,
    /// Where nobody can sign in any more: give an operator a new password and every permission. Needs
    /// no sign-in, and stands in the audit list.
    Reset {
        /// The name.
        name: String,
    },
    /// Show who did what, and when, the newest first.
    Audit {
        /// All of it as a table for spreadsheet programs (CSV, UTF-8 with a byte order mark).
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PermissionWord {
    Edit,
    View,
    None,
}
