# The words of the screens. Problems, causes and practice faults have files of their own.

brand = Ninka

# Moving about
nav-label = Menu
nav-accounts = Mail accounts
nav-settings = Settings
nav-attention = { $count ->
    [one] 1 needs attention
   *[other] { $count } need attention
}
nav-last-check = Last check { $when }
nav-version = Version { $version }

# Dates
time-today = today { $time }
time-yesterday = yesterday { $time }
time-seconds = { $seconds } s
time-ms = { $ms } ms

# Words used everywhere
action-cancel = Cancel
action-close = Close
action-retry = Try again
action-copy = Copy
action-copied = Copied
action-save = Save
action-open-settings = Open settings
key-escape = Esc
state-ok = OK
state-failed = Failed
state-running = Checking
state-unchecked = Not checked
state-not-needed = Not needed
state-not-reached = Not reached

# Purpose
purpose-unspecified = Unspecified
purpose-sending = Sending
purpose-order-receiving = Receiving orders
purpose-rakuten-sending = Sending for Rakuten orders
purpose-unspecified-hint = Used for receiving and for sending.
purpose-sending-hint = Used to send mail to customers.
purpose-order-receiving-hint = Used to take in order mails.
purpose-rakuten-sending-hint = Sends to Rakuten customers through the Anshin Mail Address relay.

# List
list-title = Mail accounts
list-new = New account
list-check-all = Check all
list-search = Search
list-search-hint = Address, name, purpose
list-counts = Accounts by state
list-count-ok = OK
list-count-soon = Expiring soon
list-count-soon-hint = within 14 days
list-count-authorize = To authorize again
list-count-authorize-hint = or for the first time
list-count-failed = Connection failed
list-count-unchecked = Not checked
list-filtered = Showing only “{ $name }”.
list-filter-clear = Show all
list-col-address = Mail address
list-col-purpose = Purpose
list-col-auth = Sign-in
list-col-left = Authorization left
list-col-reception = Mail[receiving]
list-col-sending = Mail[sending]
list-col-action = Action
list-auth-oauth = OAuth
list-auth-password = Password
list-left-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
list-left-today = ends today
list-left-lapsed = Expired
list-left-refused = Not valid
list-left-none = None yet
list-left-password = Not needed
list-side-failed = Failed
list-action-authorize = Authorize
list-action-again = Authorize again
list-action-why = See why
list-action-check = Check
list-action-for = { $action } ({ $address })
list-empty-title = Register your first mail account
list-empty-body = Enter the address your shop uses for orders and get Microsoft’s consent; you see at once whether mail comes in and goes out.
list-empty-practice = Practice addresses are ready, to try as often as you like.
list-no-match = No mail account matches “{ $query }”.
list-no-match-filter = No mail account is in this state.
list-checking = Checking connections ({ $done } of { $total })
list-check-starting = Starting the connection check
list-check-done = Connection check finished: { $ok } OK, { $failed } failed.
list-check-cancelled = The connection check was stopped.
list-meaning-title = What this means for your shop
list-loading = Loading

# What a red row means
impact-lapsed = The authorization has expired.
impact-refused = The authorization is no longer valid.
impact-none = It is not authorized yet.
impact-receive-orders = Orders that arrive at this account are not being taken in.
impact-receive = Mail to this account is not being received.
impact-send = Mail from this account to customers is not going out.
impact-send-rakuten = Mail to Rakuten customers is not going out.
impact-both = Mail of this account is neither received nor sent.

# Form
form-title-new = New mail account
form-title-edit = Edit mail account
form-back = Back to the list
form-basic = Basics
form-address = Mail address
form-address-example = order@example.jp
form-practice-addresses = Practice addresses
form-name = Name
form-name-hint = A name by which your shop tells it apart.
form-purpose = Purpose
form-auth = Sign-in (Microsoft)
form-oauth = Connect to POP and SMTP with OAuth authentication
form-oauth-clears = Saving will clear the account name, the password and the servers.
form-oauth-block = OAuth settings
form-consent = OAuth authorization
form-authorize = Authorize
form-authorize-again = Authorize again
form-authorize-saves = Registers the account, then opens Microsoft’s page.
form-authorize-updates = Saves the changes, then opens Microsoft’s page.
form-renewed = Authorization renewed
form-valid-until = { $days ->
    [one] Valid until { $date } (1 day left)
   *[other] Valid until { $date } ({ $days } days left)
}
form-valid-today = Valid until { $date } (ends today)
form-lapsed = Expired on { $date }
form-refused = Found to be no longer valid on { $date }
form-not-authorized = Not authorized yet
form-keeps-alive = Every use extends it by 90 days; a connection check does too.
form-password-block = Account and servers
form-user = Account
form-user-hint = Leave empty to use the mail address.
form-password = Password
form-password-stored = Stored
form-password-stored-hint = Type only to change it.
form-servers = Use other servers
form-servers-oauth-hint = Normally left empty: Ninka connects to Microsoft’s servers.
form-servers-hint = For receiving, POP3 or IMAP is enough. Leave empty what you do not use.
form-server-pop3 = Receiving (POP3)
form-server-imap = Receiving (IMAP)
form-server-smtp = Sending (SMTP)
form-host = Server
form-port = Port
form-tls = Encryption
form-tls-implicit = SSL/TLS
form-tls-starttls = STARTTLS
form-tls-none = None
form-tls-none-warning = Without encryption, the password and the mails can be read on their way.
form-rakuten-relay = The Anshin Mail Address relay has been filled in. Correct it if RMS shows another one.
form-rakuten-refused = OAuth cannot be used for sending Rakuten orders
form-rakuten-why = Rakuten’s Anshin Mail Address needs its own SMTP server, account and password. The box was switched off, and the relay’s settings are shown.
form-register = Register
form-update = Save
form-check = Check connection
form-remove = Delete
form-registered = Registered.
form-updated = Saved.
form-unchanged = Nothing has changed.
form-saving = Saving
form-authorized = The authorization is complete.
form-save-hint = { $key } saves too
form-shown-at = { $count ->
    [one] 1 entry needs correcting.
   *[other] { $count } entries need correcting.
}

# Deleting
remove-title = Delete this mail account?
remove-body = The settings, the authorization and the password of { $address } are deleted from this computer. The mails themselves stay.
remove-orders = Orders that arrive at this account will no longer be taken in.
remove-confirm = Delete

# Unsaved changes
leave-title = Your changes are not saved
leave-body = If you leave now, what you entered is lost.
leave-save = Save and leave
leave-discard = Leave without saving
leave-stay = Keep editing

# Waiting for consent
consent-title = Give your consent in the browser
consent-sign-in-as = Sign in as { $address }
consent-step-sign-in = Sign in on Microsoft’s page
consent-step-accept = Press “Accept” under “Permissions requested”
consent-step-return = You come back here by yourself
consent-here = you are here
consent-done = done
consent-later = to come
consent-preparing = Getting ready to open the browser
consent-redeeming = Checking and storing Microsoft’s answer
consent-not-opened = The browser could not be opened. Copy the address and paste it into a browser.
consent-if-not-open = If no page opens, paste the address into a browser.
consent-copy = Copy the address
consent-left = { $time } left
consent-left-spoken = { $minutes ->
    [one] 1 minute left
   *[other] { $minutes } minutes left
}
consent-failed = It could not be authorized
consent-again = Try again

# Connection check
check-title = Connection check
check-reception = Mail[receiving]
check-sending = Mail[sending]
check-protocol-pop3 = POP3
check-protocol-imap = IMAP
check-protocol-smtp = SMTP
check-step-resolve = Look up
check-step-connect = Connect
check-step-tls = Encrypt
check-step-greeting = Greeting
check-step-capability = Features
check-step-auth = Sign in
check-step-mailbox = Mailbox
check-step-spoken = { $step }: { $outcome }
check-messages = { $count ->
    [one] 1 mail waiting
   *[other] { $count } mails waiting
}
check-never-title = Not checked yet
check-never-body = “Check connection” really connects to the servers for receiving and sending. No mail is sent.
check-new-body = Once registered, the servers for receiving and sending can be checked for real.
check-again = Try again
check-cancel = Stop
check-running = Checking the connection
check-running-step = { $protocol }: checking “{ $step }”
check-ended-ok = { $protocol }: connected
check-ended-failed = { $protocol }: could not connect
check-ended-not-needed = { $protocol }: not needed
check-cancelled = The connection check was stopped.
check-last-ok = The last check connected ({ $when }).
check-last-failed = The last check failed ({ $when }).
check-last-unchecked = Not checked yet.
check-not-needed = Not used for this purpose. A failure here does not affect your shop.
check-not-needed-details = See the result

# Diagnosis
diagnosis-who = Who can fix it
diagnosis-steps = Steps
diagnosis-useless = What will not help
diagnosis-raw = The server’s answer (original)
diagnosis-raw-copy = Copy the answer
diagnosis-admin = Message to the administrator
diagnosis-admin-copy = Copy the message
diagnosis-several = There is no single certain cause. It may be one of these.
diagnosis-likeliest = the likeliest
fixer-owner = You
fixer-tenant-admin = The Microsoft 365 administrator
fixer-mail-provider = The mail provider
fixer-network-admin = The network administrator
fixer-app-publisher = Whoever registered the app (client ID)
fixer-wait = Time: it passes by itself

# Settings
settings-title = Settings
settings-display = Display
settings-language = Language
settings-language-system = As this computer
settings-language-ja = 日本語
settings-language-en = English
settings-theme = Colours
settings-theme-system = As this computer
settings-theme-light = Light
settings-theme-dark = Dark
settings-microsoft = Connection to Microsoft
settings-microsoft-hint = The name tag of the app that asks Microsoft for consent. It is no secret.
settings-client-id = Client ID
settings-client-id-example = 00000000-0000-0000-0000-000000000000
settings-client-id-built-in = If left empty, the client ID built into Ninka is used.
settings-client-id-needed = Without it nothing can be authorized. Make one by the steps below and paste it here.
settings-client-id-invalid = This is not a client ID (example: 01234567-89ab-cdef-0123-456789abcdef).
settings-cloud = Cloud
settings-cloud-worldwide = Worldwide
settings-cloud-us-government-l4 = US Government L4 (GCC High)
settings-cloud-us-government-dod = US Government L5 (DoD)
settings-cloud-china = China (21Vianet)
settings-cloud-custom = Custom
settings-cloud-hint = For most shops this is “Worldwide”.
settings-authority = Sign-in address
settings-authority-example = https://login.example.jp/common
settings-authority-hint = An https address; http only on this computer (localhost).
settings-authority-invalid = Enter an https address (http only on localhost).
settings-saved = The settings are saved.
settings-practice-note = This is practice mode. What you enter here is used by the live Ninka.
settings-practice-saved = Saved. Open the live Ninka to authorize with it.
settings-practice-open-live = Open the live Ninka
settings-practice = Practice mode
settings-practice-body = Try registering, authorizing, checking and repairing on practice servers. Live data is not touched.
settings-practice-open = Open practice mode

# Registering in Entra
guide-title = How to make a client ID
guide-intro = Done once, in the Microsoft Entra admin center. You may need an administrator’s account.
guide-open-portal = Open the Entra admin center
guide-step-open = Open the admin center and sign in.
guide-step-new = Start a new registration from the menu on the left.
guide-step-new-path = Identity › Applications › App registrations › New registration
guide-step-name = Enter a name. Your customers do not see it.
guide-step-types = Under “Supported account types”, choose:
guide-step-types-value = Accounts in any organizational directory and personal Microsoft accounts
guide-step-redirect = Under “Redirect URI”, choose “Public client/native (mobile & desktop)”, enter this value and press “Register”.
guide-step-redirect-note = Under “Authentication” the platform is called “Mobile and desktop applications”. Add no slash and no port number at its end.
guide-step-public = Allow public client flows, and save.
guide-step-public-path = Authentication › Advanced settings › Allow public client flows › Yes
guide-step-permissions = Add these delegated permissions.
guide-step-permissions-path = API permissions › Add a permission › Microsoft Graph › Delegated permissions
guide-step-permissions-note = They are rights on Office 365 Exchange Online; the list shows them under Microsoft Graph by these names.
guide-step-copy = Copy “Application (client) ID” from the overview, paste it above and save.
guide-step-copy-path = Overview › Application (client) ID
guide-copy = Copy { $value }

# Where the key is kept
vault-title = Choose how to protect authorizations and passwords
vault-title-unlock = Enter your passphrase
vault-why = Authorizations and passwords are stored encrypted on this computer. Their key needs a place.
vault-retry = Try again
vault-retry-hint = Looks once more for this computer’s keyring.
vault-passphrase = Protect with a passphrase
vault-passphrase-hint = Asked for at every start. If it is forgotten, every account has to be authorized again.
vault-passphrase-field = Passphrase
vault-passphrase-again = Once more
vault-passphrase-length = at least { $least } characters
vault-passphrase-short = { $missing ->
    [one] 1 more character is needed.
   *[other] { $missing } more characters are needed.
}
vault-passphrase-differs = The two entries differ.
vault-passphrase-missing = Please enter it.
vault-passphrase-show = Show
vault-set = Protect with this passphrase
vault-unlock = Open
vault-session = Use only until I quit
vault-session-hint = No key is stored. After Ninka quits, authorizations and passwords have to be given again.
vault-later = Decide later
vault-later-note = You have not chosen yet how to protect authorizations and passwords.
vault-choose = Choose now

# Practice mode
practice-bar-title = Practice mode
practice-bar-body = Connected to practice servers. Live mail is not touched.
practice-bar-fault = Fault
practice-bar-fault-none = None
practice-bar-clock = Practice date
practice-bar-ahead = ({ $days ->
    [one] 1 day ahead
   *[other] { $days } days ahead
})
practice-bar-jump = Move the date on
practice-bar-jump-days = +{ $days } d
practice-bar-jump-spoken = { $days ->
    [one] Move on by 1 day
   *[other] Move on by { $days } days
}
practice-bar-jumped = { $days ->
    [one] The practice date moved on by 1 day.
   *[other] The practice date moved on by { $days } days.
}
practice-bar-fault-set = The fault “{ $fault }” is on.
practice-bar-fault-cleared = The fault is off.
practice-bar-reset = Start over
practice-bar-reset-title = Start the practice over?
practice-bar-reset-body = Accounts registered for practice are deleted; the date and the fault go back.
practice-bar-reset-confirm = Start over
practice-bar-reset-done = The practice starts over.
practice-bar-leave = Go live
practice-bar-leave-client-id = Enter a client ID

# When it cannot start
start-title = Ninka could not be opened
start-loading = Opening
