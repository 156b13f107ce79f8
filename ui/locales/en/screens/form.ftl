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
form-kept = What you had typed before the window was locked is back, except a password. It is not saved yet.
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
remove-withdraw = Microsoft still keeps the permission for this app. When the page where it is removed opens, remove it there too.
remove-confirm = Delete

# Unsaved changes
leave-title = Your changes are not saved
leave-body = If you leave now, what you entered is lost.
leave-save = Save and leave
leave-discard = Leave without saving
leave-stay = Keep editing
