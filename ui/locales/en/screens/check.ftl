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
check-probing = Finding the cause…
check-waiting = The server is busy. Trying again in { $seconds } seconds.
check-ended-ok = { $protocol }: connected
check-ended-failed = { $protocol }: could not connect
check-ended-not-needed = { $protocol }: not needed
check-cancelled = The connection check was stopped.
check-last-ok = The last check connected ({ $when }).
check-last-failed = The last check failed ({ $when }).
check-last-unchecked = Not checked yet.
check-not-needed = Not used for this purpose. A failure here does not affect your shop.
check-not-needed-reached = Not used for this purpose. Only that the server can be reached was checked; nobody signed in.
check-not-needed-details = See the result

# What narrows the cause
probes-title = What was asked to narrow the cause ({ $count })
probe-asked-first-bytes = What port { $port } of { $host } says first
probe-asked-neighbour-port = Another port of { $host }: { $port }
probe-asked-known-name = Can another name be found ({ $host })?
probe-asked-known-host = Can { $host } be reached (port { $port })?
probe-asked-known-certificate = The certificate that { $host } shows this computer
probe-asked-clock-difference = This computer’s clock, compared with { $host }
probe-found-tls = Answers, encrypted from the start (SSL/TLS)
probe-found-pop3 = Answers in POP3, not encrypted at first: { $detail }
probe-found-imap = Answers in IMAP, not encrypted at first: { $detail }
probe-found-smtp = Answers in SMTP, not encrypted at first: { $detail }
probe-found-web = Not mail: a web server or proxy answered: { $detail }
probe-found-other = Something other than a mail server answered: { $detail }
probe-found-silent = Connected, but it says nothing
probe-found-closed = Connected, but it hung up at once
probe-found-connected = Reached
probe-found-refused = The connection was refused
probe-found-no-answer = No answer
probe-found-resolved = Found
probe-found-not-resolved = Not found
probe-found-trusted = The certificate is good. Issued by { $detail }
probe-found-untrusted = The certificate is not trusted. Issued by { $detail }
probe-found-clock-right = Right
probe-found-clock-ahead = { $detail } seconds ahead
probe-found-clock-behind = { $detail } seconds behind

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
readout-label = Support code
readout-spell = Read aloud
