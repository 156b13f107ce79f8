# What a terminal shows.
cli-sign-in-as = Sign in as { $address }.
cli-enter-code = Open the address above on another device, enter the code and sign in as { $address }.
cli-paste = After “Accept”, paste the address of the page that opens (it begins with http://localhost:) here.
cli-returned = The browser came back. Verifying…
cli-authorized = The authorization is complete.
cli-several-causes = Several causes are possible:
cli-fixer-owner = Who can fix it: you
cli-fixer-tenant-admin = Who can fix it: your Microsoft 365 administrator
cli-fixer-mail-provider = Who can fix it: your mail provider
cli-fixer-network-admin = Who can fix it: your network’s administrator
cli-fixer-app-publisher = Who can fix it: the publisher of this program
cli-fixer-wait = Who can fix it: nobody; it passes with time
cli-passphrase = In a terminal, put a passphrase into the environment variable NINKA_PASSPHRASE to go on without a key store.
cli-import-not-yet = Nothing has been registered yet. Add --yes to register.
cli-import-done = Registered { $count } accounts.
cli-authorization-none = Not authorized yet.
cli-authorization-good = Renewed by itself about { $next }; valid until { $until } if this computer stays off.
cli-authorization-failing = Renewing has failed since { $since }; the next try is at { $next }. Valid until { $until } all the same. Reason: { $problem }
cli-authorization-lapsed = Expired on { $since }.
cli-authorization-refused = Found to be no longer valid on { $since }. Reason: { $problem }
cli-status = Accounts that need somebody: { $count }
cli-practice-runs = The practice tenant is running. Ctrl-C ends it.
cli-proof-looking = Making sure that the mailbox can be read…
cli-proof-sending = Sending the test mail to the account itself…
cli-proof-waiting = Waiting for it to arrive…
cli-proof-arrived = Arrived after { $seconds } s.
cli-proof-subject = Subject: { $subject }
cli-proof-same = Not one character of subject and text changed on the way.
cli-proof-changed = Characters changed on the way.
cli-proof-not-arrived = It was sent, and is not there after { $seconds } s. Look in the junk mail folder, and see whether another program has fetched it.
cli-proof-sent = The test mail was sent. This account is not authorized to receive, so nobody can see here whether it arrived.
cli-proof-failed-before = No test mail was sent.
cli-proof-failed-after = The test mail was sent, but the mailbox could not be looked into.
cli-signs-in = signs in
cli-signs-in-open = (whoever authorizes first)


# Backup and restore
cli-backup-passphrase = Passphrase of the backup:{" "}
cli-backup-again = Once more:{" "}
cli-backup-made = The backup is in { $path }. Mail accounts in it: { $accounts }
cli-backup-without = Accounts whose authorization or password is not in it, as its key is not at hand: { $without }
cli-backup-holds = Made on { $at } by Ninka { $version }. Mail accounts in it: { $accounts }
cli-restored = Mail accounts restored: { $accounts }
cli-restore-not-yet = Nothing is restored yet. To restore, add --yes.
cli-operator-name = Operator’s name
cli-operator-password = Password of { $name }
cli-operator-new-password = New password for { $name }
cli-operator-again = Once more
cli-operator-differs = The two passwords differ. Nothing was changed.
cli-operator-needed = Without a terminal, name the operator by --operator NAME and put the password into the first line of the standard input.
cli-operator-on = Permissions are switched on. { $name } may edit everything.
cli-operator-off = Permissions are switched off.
cli-operator-reset = { $name } has a new password and may edit everything. The audit list says so.

# Support report
cli-report-made = The report was written to { $path }. Open it and look at it before you send it.
