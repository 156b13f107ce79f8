//! The texts below the help of commands that need more than a line: exit status, environment, what
//! a file holds, how other programs are set up.

pub(super) const EXIT_STATUS: &str = "\
Exit status:
  0  all is well
  1  something failed, or an account needs somebody (check, status, self-test)
  2  the command line or a value in it was not understood

Environment:
  NINKA_DATA_DIR    the data folder
  NINKA_PASSPHRASE  protects the data where there is no key store
  NINKA_BACKUP_PASSPHRASE
                    protects a backup (backup, restore); otherwise it is asked for at the terminal,
                    or read from the standard input (one line)
  NINKA_LOG         what is logged to the standard error, for example ninka_core=debug

Answers are on the standard output, everything else on the standard error.";

pub(super) const BACKUP_HELP: &str = "\
The passphrase is taken from NINKA_BACKUP_PASSPHRASE, asked for at the terminal, or read from the
standard input (one line). Without it nobody can open the backup. The file is an age file:
`age --decrypt` opens it too.

An authorization is renewed by one computer. After restoring, stop using Ninka on the other one and
remove the accounts there: both would renew the same authorizations, and a sign-in service may take
that for a theft and end them.";

pub(super) const REPORT_HELP: &str = "\
A report is a text that anybody can read, and that Ninka opens on another computer: what the last
check saw and what it was explained by, what happened to the account, the settings, and what works on
this computer (which is tried for it). No password, token, code or mail is in it. Look at it before
you send it.";

pub(super) const TOKEN_HELP: &str = "\
The token is renewed under the same lease as Ninka's own, so both can be used at once. It is good
for about an hour: have it fetched before each connection. First allow it, once:

  ninka settings set share-tokens on

getmail6 (~/.config/getmail/getmailrc; by IMAP, as it has no XOAUTH2 for POP):
  [retriever]
  type = SimpleIMAPSSLRetriever
  server = outlook.office365.com
  username = order@hana-shop.example
  use_xoauth2 = True
  password_command = (\"ninka\", \"token\", \"order@hana-shop.example\", \"--protocol\", \"imap\")

mbsync (~/.mbsyncrc; needs a SASL plugin for XOAUTH2):
  AuthMechs XOAUTH2
  PassCmd \"ninka token order@hana-shop.example --protocol imap\"

msmtp (~/.msmtprc):
  auth xoauth2
  passwordeval ninka token order@hana-shop.example --protocol smtp

curl (by a configuration on the standard input: a command line can be seen by others):
  printf 'user = \"%s:\"\\noauth2-bearer = \"%s\"\\n' order@hana-shop.example \\
    \"$(ninka token order@hana-shop.example --protocol pop3)\" |
    curl --config - pop3s://outlook.office365.com/";
