//! The names of the commands, for the build script (which grants them) and for the parity test
//! (which compares them with what the screens call). No code: this file is included by both.

/// Every command that the window may call.
pub(crate) const COMMANDS: &[&str] = &[
    "app_state",
    "accounts",
    "account",
    "save_account",
    "remove_account",
    "authorize",
    "cancel_authorize",
    "check",
    "cancel_check",
    "save_settings",
    "vault_retry",
    "vault_unlock",
    "vault_set_passphrase",
    "vault_use_session",
    "preview_mail",
    "copy_text",
    "open_help",
    "practice",
    "practice_set_fault",
    "practice_advance",
    "practice_reset",
    "restart",
    "log_fault",
    "shell_state",
    "take_wishes",
    "set_autostart",
    "close_window",
    "quit",
];
