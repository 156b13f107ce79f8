brand = Ninka

# Moving about
nav-label = Menu
nav-accounts = Mail accounts
nav-settings = Settings
nav-support = Support
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

# When it cannot start
start-title = Ninka could not be opened
start-loading = Opening
