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
