# The practice tenant: its pages in the browser, and its faults in the practice bar.

practice-mark = Practice
practice-banner = This is a practice page of Ninka's. It is not a real sign-in.
practice-footer = The practice organisation “Hana Shop” ({ $domain }). It runs on this computer only.

practice-next = Next
practice-sign-in = Sign in
practice-accept = Accept
practice-decline = Decline
practice-cancel = Cancel and go back

practice-picker = Choose an account
practice-picker-lead = Choose the mail account that { $app } may use.
practice-other-account = Use another account

practice-address-title = Type the mail address
practice-address = Mail address
practice-address-hint = In practice, any address that ends with @{ $domain } works.
practice-address-unknown = The practice organisation has no such address. Please type one that ends with @{ $domain }.

practice-password-title = Type the password
practice-password = Password
practice-password-hint = This is practice, so anything is accepted. Please do not type a real password.

practice-consent = Permission
practice-consent-lead = You let { $app } do the following.
practice-consent-note-consent-declined = The fault “Consent is declined” is on. Whichever button you press counts as “Decline”.
practice-consent-note-other-account-signs-in = The fault “Somebody else signs in” is on. Another account than the chosen one has signed in.
practice-consent-note-mfa-required = The fault “Second factor demanded” is on. In practice the second factor counts as given.

practice-scope-pop = Receive mail by POP
practice-scope-imap = Receive mail by IMAP
practice-scope-smtp = Send mail by SMTP
practice-scope-offline = Go on doing so while you are not signed in
practice-scope-profile = See your name and mail address

practice-approval = An administrator has to approve
practice-approval-lead = In this organisation only an administrator can let { $app } do the following. Please ask an administrator to approve it.
practice-approval-hint = This page leads no further. To go back to the app, press the button below.
practice-approval-back = Go back to the app without approval

practice-apps = Permissions of apps
practice-apps-lead = On the real page you sign in here and remove the permission of { $app }.
practice-apps-hint = Work accounts: My Apps › … beside { $app } › Manage your application › Revoke permissions. Personal accounts: Apps and services you have given access › { $app } › Remove these permissions.

practice-admin = Permission for the whole organisation
practice-admin-lead = As an administrator you let { $app } do the following for everybody at { $domain }.
practice-admin-accept = Accept for everybody

practice-device = Type the code
practice-device-lead = Type the code that { $app } shows.
practice-device-code = Code
practice-device-unknown = There is no such code, or it has expired. Please look at the app's screen again.
practice-device-message = Open { $page } in a browser, type the code { $code } and sign in.
practice-device-done = You are signed in
    .body = Please close this page and go back to the app.
practice-device-declined = You have declined
    .body = Please close this page and go back to the app.

practice-error = The request cannot be accepted
practice-error-lead = There is a mistake in the app's request, so the sign-in cannot begin. Please tell the people who look after the app the following text.

practice-ended = This sign-in is over
    .body = Its time ran out, or it was finished before. Please begin again in the app.

practice-returning = Going back to the app

practice-fault-consent-declined = Consent is declined
    .hint = Whichever button is pressed on the permission page counts as declined. Nothing is authorized.
practice-fault-admin-approval-needed = Administrator has to approve
    .hint = After signing in, the page “An administrator has to approve” stays until somebody goes back or cancels in the app.
practice-fault-other-account-signs-in = Somebody else signs in
    .hint = The sign-in ends as another account than the chosen one. Ninka does not take that authorization.
practice-fault-refresh-lapsed = Authorization lapsed
    .hint = Earlier authorizations are refused as unused for 90 days. Authorizing again puts it right.
practice-fault-revoked-by-password-change = Revoked by a new password
    .hint = Earlier authorizations are revoked because the password was changed. Authorizing again puts it right.
practice-fault-mfa-required = Second factor demanded
    .hint = Earlier authorizations are not enough: multi-factor authentication is demanded. Authorizing again puts it right.
practice-fault-pop-off = POP is off
    .hint = POP is switched off for the mailbox, and Mail[receiving] is refused at sign-in.
practice-fault-imap-off = IMAP is off
    .hint = IMAP is switched off for the mailbox, and receiving by IMAP is refused at sign-in.
practice-fault-smtp-auth-off-tenant = SMTP sending is off (organisation)
    .hint = SMTP authentication is switched off for the whole organisation, and Mail[sending] is refused. An administrator can put it right.
practice-fault-smtp-auth-off-mailbox = SMTP sending is off (this mailbox)
    .hint = SMTP authentication is switched off for this mailbox, and Mail[sending] is refused. An administrator can put it right.
practice-fault-not-connected = Mailbox does not open
    .hint = Signing in works, but the mailbox does not open after it.
practice-fault-throttled = Too many connections
    .hint = The mail servers refuse because of too many connections. This is a fault to wait out.
practice-fault-slow = Slow answers
    .hint = Every answer for tokens and from the mail servers takes three seconds.
practice-fault-server-down = Server down
    .hint = The mail servers hang up as soon as one connects.
practice-fault-expired-certificate = Expired certificate
    .hint = The certificate of the mail servers is no longer valid.
