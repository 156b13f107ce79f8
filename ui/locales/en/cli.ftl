# What a terminal shows.
cli-sign-in-as = Sign in as { $address }.
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
