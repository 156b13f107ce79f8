# Backup and restore
backup-one-computer = After restoring, stop using Ninka on the old computer and delete the mail accounts there. If both are used, the authorizations may be ended.
