# Details for support: what a check saw
evidence-title = Details for support
evidence-hint = Give these to whoever supports you. No password and no authorization is in them.
evidence-copy = Copy the details
evidence-account = Kind of account
evidence-account-work = Work or school (Microsoft 365)
evidence-account-personal = Personal (Outlook.com)
evidence-account-other = Not Microsoft’s
evidence-account-unknown = Not known
evidence-asked-before = Taken over
evidence-asked-before-ago = from another account of this check, at the same server, { $time } before
evidence-addresses = Server’s addresses
evidence-connects = Connecting
evidence-connected = { $address } connected ({ $time })
evidence-not-connected = { $address } failed ({ $time }): { $why }
evidence-cleartext = First words in the clear
evidence-tls = Encryption (TLS)
evidence-certificate = { $count ->
    [1] Certificate
   *[other] Certificate { $number } of { $count }
}
evidence-subject = Subject
evidence-issuer = Issued by
evidence-names = For the names
evidence-validity = Valid
evidence-from-to = { $from } to { $to }
evidence-sha256 = SHA-256
evidence-conversation = What the server said
evidence-capabilities-plain = Features in the clear
evidence-capabilities-tls = Features under TLS
evidence-greeting = Greeting
evidence-challenge = Why OAuth was refused
evidence-put-off = While it was busy
evidence-token = Access token
evidence-signed-in-as = Signed in as
evidence-scopes = Granted
evidence-expires-in = Valid for another
evidence-expired = expired
evidence-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
evidence-clock = This computer’s clock
evidence-own = What it says of itself
evidence-elsewhere = The same token elsewhere
evidence-accepted = { $protocol }: accepted
evidence-refused = { $protocol }: refused
