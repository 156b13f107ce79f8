# Whose account it is
kind-looking = Finding out what kind of account it is
kind-work = Work account (Microsoft 365)
kind-personal = Personal account (Outlook.com)
kind-other = Not a Microsoft mailbox
kind-no-domain = This domain does not exist. Check its spelling.
kind-mail-elsewhere = The domain is registered with Microsoft 365, but its mail arrives at another server.
kind-unknown = Could not find out whether this is a Microsoft account.
kind-password-title = Microsoft is ending access by password
kind-password-reception = Receiving: since { $date }, mail can no longer be received with a password.
kind-password-sending = Sending: since { $date }, mail can no longer be sent with a password.
kind-password-sending-soon = Sending: from { $date }, sending with a password is off by default. An administrator of the organization can switch it on again.
kind-password-sending-off = Sending: since { $date }, sending with a password is off by default. It works only where an administrator of the organization has switched it on again.
kind-use-oauth = Switch to OAuth
kind-oauth-is-microsofts = OAuth works with Microsoft mailboxes only. Other mailboxes connect with account and password.
kind-use-password = Use account and password
kind-personal-off-at-first = At Outlook.com, POP and IMAP are off at first. Switch them on at Outlook.com under Settings › Mail › Forwarding and IMAP.
