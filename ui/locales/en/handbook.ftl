# What the causes' pages of the handbook are made with.

handbook-meaning = What it means
handbook-steps = Steps
handbook-useless = What will not help
handbook-admin = Message for the administrator
handbook-admin-how = Ninka’s screen has this message with your address filled in, ready to copy.
handbook-admin-address = (mail address)
handbook-admin-client = (client ID)
handbook-admin-link = (link for the consent)
handbook-name = Name for support

# Kinds of causes
family-grant-gone = The authorization has run out or was revoked
family-second-factor = Second proof of identity (multi-factor authentication)
family-consent = Consent and approval
family-policy = The organization’s policies
family-app-registration = The app registration (client ID)
family-scope = What is asked for
family-code = Codes of an authorization
family-token-use = How an authorization is used
family-credential = Account and password
family-directory-user = Organization and user
family-protocol-off = POP, IMAP or SMTP is switched off
family-mechanism = Ways to sign in
family-limits = Limits and busy servers
family-sending = Sending
family-name = Names of servers
family-tls-mode = Port and encryption
family-tls-version = Versions of encryption
family-certificate = Certificates
family-network = Network
family-unknown = Anything else
