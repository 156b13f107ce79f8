# What a user can meet. The value says in one sentence what happened, .fix what to do next.

problem-invalid = Some entries need to be put right.
    .fix = Correct the marked fields and save again.
problem-account-gone = This mail account has been deleted already.
    .fix = Go back to the list.
problem-account-changed = This mail account was changed in another window.
    .fix = Load the latest contents and make your change again.
problem-setting-invalid = The value of the setting “{ $key }” is not valid.
    .fix = Look up the values it can have and enter it again.

problem-file-unwritable = The file cannot be written ({ $path }).
    .fix = Check its place and the room on the disk, then try again.
problem-table-unreadable = The table cannot be read. It seems to be no CSV table with a column “Address”.
    .fix = In Excel choose “Save As” with the file type “CSV UTF-8 (Comma delimited)”, and read it in again.
problem-file-unreadable = The file cannot be read ({ $path }).
    .fix = Check its place, its name and its permissions. If another program has it open, close it there.
problem-table-too-large = The table is too large (10 MB and 20,000 rows at most).
    .fix = Divide it into several files and read them in one after another.
problem-table-has-faults = Nothing was registered, because the table has faults ({ $count } rows).
    .fix = Put the rows right that were named, and read it in again.

problem-database-newer = The data was written by a newer Ninka (data version { $found }; this one reads up to { $supported }).
    .fix = Open it with the newer Ninka. Your data is untouched.
problem-database-unreadable = The data cannot be opened ({ $path }).
    .fix = Check the folder’s permissions and the disk. Do not delete the file.
problem-disk-full = Nothing was saved, because the disk is full ({ $path }).
    .fix = Free some space and try again. What was saved before is not lost.
problem-disk-read-only = Nothing was saved, because the folder cannot be written to ({ $path }).
    .fix = Check the folder’s permissions. What was saved before is not lost.
problem-database-busy = Nothing was saved, because another Ninka is using the data.
    .fix = Wait a moment and try again.

problem-keyring-missing = This computer’s key store (Keychain, Credential Manager, keyring) was not found.
    .fix = Choose to protect your data by a passphrase, or to continue only until you quit.
problem-keyring-locked = This computer’s key store is locked.
    .fix = Unlock it and try again, or choose a passphrase, or continue only until you quit.
problem-keyring-refused = This computer’s key store refused ({ $detail }).
    .fix = Choose to protect your data by a passphrase, or to continue only until you quit.
problem-keyring-key-lost = The key to your saved authorizations and passwords is not in this computer’s key store.
    .fix = If the data came from another computer, open it there. If that cannot be done, set a passphrase to go on, and authorize each account again.
problem-passphrase-needed = Your authorizations and passwords are protected by a passphrase.
    .fix = Enter the passphrase.
problem-passphrase-wrong = The passphrase is wrong.
    .fix = Enter it again.
problem-passphrase-too-short = The passphrase is too short.
    .fix = Use { $least } characters or more.

problem-client-id-missing = No client ID is set.
    .fix = Go to Settings › Connection to Microsoft, follow the steps there and enter the client ID.
problem-not-oauth = This mail account does not use OAuth.
    .fix = Edit the account and switch on “Connect to POP and SMTP by OAuth”.
problem-nothing-to-undo = The settings from before the switch are no longer kept.
    .fix = A connection check passed, or the settings were changed. To go back to account and password, enter them in the form.
problem-loopback-unavailable = The way back from the browser could not be set up on this computer ({ $detail }).
    .fix = Check that no security software blocks connections inside this computer (localhost), and try again.
problem-loopback-blocked = A firewall or security software stops what should come back from the browser ({ $address }).
    .fix = Allow Ninka’s connections within this computer (localhost) in the security software. To authorize right now, use a code on another device.
problem-loopback-proxied = A proxy ({ $by }) takes what should come back from the browser ({ $address }).
    .fix = Have localhost and 127.0.0.1 excepted in the proxy’s settings. To authorize right now, use a code on another device.
problem-loopback-taken = Another program ({ $by }) answers what should come back from the browser ({ $address }).
    .fix = Stop the program that looks into connections, or except localhost. To authorize right now, use a code on another device.
problem-browser-not-opened = The browser could not be opened.
    .fix = Copy the link and paste it into your browser.
problem-consent-in-progress = This mail account is being authorized already.
    .fix = Go on in the browser that is open, or cancel first.
problem-consent-timed-out = Nobody came back from the browser for { $minutes } minutes.
    .fix = This also happens when the page was closed or the computer slept. Press Authorize again. The authorization you had has not changed.
problem-consent-over = This authorization is not being waited for any more.
    .fix = Press “Authorize” again. The authorization there was has not changed.
problem-paste-not-an-address = This is not an address.
    .fix = Click the browser’s address bar, copy all of it from http://localhost: on, and paste it.
problem-paste-sign-in-page = This is the address of Microsoft’s sign-in page.
    .fix = Go on to “Accept” in the browser, and paste the address of the page that opens then (it begins with http://localhost:).
problem-paste-elsewhere = This is not the address of the authorization’s last page.
    .fix = Paste the address of the page that opens after “Accept” (it begins with http://localhost:).
problem-paste-no-answer = Microsoft’s answer is not in this address.
    .fix = See that nothing is cut off, and copy the whole address bar again.
problem-paste-other-attempt = This address belongs to another attempt.
    .fix = Go on to “Accept” on the sign-in page that is open now, and paste that address.
problem-device-code-unavailable = The sign-in server ({ $host }) gave no code for another device.
    .fix = Authorize in the browser. It is still being waited for.
problem-device-code-expired = The code’s time is up.
    .fix = Show a new code and enter that one.
problem-device-refresh-token-missing = The authorization by code did not bring what keeps it alive. An organization’s settings can prevent that.
    .fix = Authorize in this computer’s browser. It is still being waited for.
problem-cancelled = Cancelled.
    .fix = Start again when you are ready. Nothing has changed.
problem-wrong-account-signed-in = Another account signed in. { $expected } is needed, but { $actual } signed in.
    .fix = Press Authorize again, choose { $expected } and sign in. Nothing was saved. If it is a shared mailbox, which has no password of its own, tick “This is a shared mailbox” first.
problem-wrong-person-signed-in = Another person signed in for the shared mailbox { $mailbox }. { $expected } is needed, but { $actual } signed in.
    .fix = Press Authorize again, choose { $expected } and sign in. Nothing was saved. If { $actual } signs in from now on, enter that address under “Who signs in” first.
problem-scopes-missing = Microsoft did not grant everything that is needed ({ $scopes }).
    .fix = Ask your administrator to add this permission to the app’s registration. The authorization you had has not changed.
problem-refresh-token-missing = Microsoft did not send what is needed to keep the authorization.
    .fix = Press Authorize again. If it goes on, ask your administrator to check the offline_access permission.
problem-id-token-invalid = The answer to the sign-in could not be verified ({ $claim }).
    .fix = Check this computer’s date and time and press Authorize again. Nothing was saved.
problem-sign-in-unreachable = The sign-in server ({ $host }) cannot be reached.
    .fix = Check the internet connection and try again. The authorization you had is not lost.
problem-not-authorized = Not authorized yet.
    .fix = Press Authorize to get Microsoft’s consent.
problem-password-missing = No password is stored.
    .fix = Edit the account, enter the password and save.

problem-server-missing = There is no server ({ $protocol }) to check, because none was entered.
    .fix = Edit the account, enter the server’s name and port, and save.

problem-internal = Something went wrong inside Ninka (reference { $reference }).
    .fix = Try again. If it goes on, tell support the reference.

problem-tokens-not-shared = Access tokens are not handed to other programs.
    .fix = If they may be, run this in a terminal: ninka settings set share-tokens on

# A code heard over the phone
problem-code-incomplete = A code has 8 characters; here are { $found }.
    .fix = Ask for it once more, four characters at a time.
problem-code-character = No code has “{ $character }”.
    .fix = The letters I, L, O and U are not used. Compare digits and letters once more.
problem-code-mistyped = At least one character was misheard or mistyped.
    .fix = Ask the customer to press “Read aloud” and compare character by character.
problem-code-newer = A newer Ninka (version { $version }) made this code.
    .fix = Update Ninka on this computer, then enter the code again.

# The short line under a field.
field-problem-missing = Please fill this in.
field-problem-not-an-address = This is not a mail address (example: order@example.jp).
field-problem-address-taken = This mail address is registered already.
field-problem-too-long = Use 100 characters at most.
field-problem-not-a-host = This is not a server name (example: pop.example.jp).
field-problem-not-a-port = Use a number from 1 to 65535.
field-problem-not-a-choice = This is not one of the words that can stand here. Use the words of an exported table.
field-problem-address-twice = An earlier row has the same mail address.
field-problem-rakuten-needs-password = Rakuten’s Anshin mail relay needs its own SMTP server, account and password, so OAuth cannot be used.
field-problem-is-the-mailbox = This is the shared mailbox itself. Enter the address of the person who signs in.


problem-not-a-backup = This file is not a backup made by Ninka.
    .fix = Choose a file that “Make a backup” wrote.
problem-backup-damaged = The backup is damaged: it is cut off, or was changed.
    .fix = Copy it again from the computer that made it. Nothing was restored.
problem-backup-too-large = The backup is too large.
    .fix = Choose another backup. Nothing was restored.
problem-backup-too-costly = Opening this file would take more memory and time than this computer should spend.
    .fix = Make sure that Ninka made it. Do not open a file of unknown origin.
problem-backup-newer = A newer version of Ninka ({ $version }) made this backup.
    .fix = Update Ninka on this computer, then restore.
problem-restore-not-empty = This computer has mail accounts already ({ $count }).
    .fix = A backup is only restored where there are none. To keep these, restore nothing; to replace them, delete them first.

# Permissions
problem-permissions-on = Permissions are switched on already.
    .fix = Sign in with an operator’s name and password.
problem-permissions-off = Permissions are switched off; nobody has to sign in.
    .fix = To use Ninka with operators, switch them on under Settings › Permissions.
problem-sign-in-needed = Please sign in.
    .fix = Enter an operator’s name and password to go on.
problem-sign-in-refused = The name or the password is wrong.
    .fix = Enter them once more. If the password is forgotten, ask an operator who may edit everything to set a new one.
problem-sign-in-too-soon = After several wrong passwords you can only try again in { $seconds } s.
    .fix = Wait { $seconds } s, then enter it once more.
problem-not-permitted = You have no permission for this.
    .fix = If you need it, ask { $ask }. A changed permission takes effect at your next sign-in.
problem-operator-name-invalid = This cannot be a name.
    .fix = Enter a name of 1 to 40 characters.
problem-operator-name-taken = Another operator has this name.
    .fix = Choose another name; upper and lower case are the same.
problem-operator-password-short = The password is too short, or far too long.
    .fix = Use at least { $least } characters, and 1,000 at most.
problem-operator-gone = There is no such operator.
    .fix = Open the list again and look for the name.
problem-last-full-operator = Nobody would be left who may edit both mail accounts and settings.
    .fix = First give another operator “Edit” for both.
