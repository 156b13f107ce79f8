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
consent-copy = Copy the address
consent-left = { $time } left
consent-left-spoken = { $minutes ->
    [one] 1 minute left
   *[other] { $minutes } minutes left
}
consent-failed = It could not be authorized
consent-again = Try again
consent-hide = Close and wait
consent-take-over = Give the other one up and start over
consent-ask-admin = Have an administrator approve it
consent-waiting-note = The authorization is being waited for.
consent-failed-note = It could not be authorized.
consent-show = Go on with it
consent-loopback-browser = Open the browser and paste the final address

# When nothing comes back within 30 seconds
consent-help = If it does not work
consent-help-spoken = Other ways are shown
consent-open-again = Open the page again
consent-way-back = Back to the other ways
consent-way-browsers = Choose a browser
consent-way-browsers-hint = A private window helps where you are signed in as somebody else by itself.
consent-way-device = Use a code on another device
consent-way-device-hint = You enter a short code on a phone or another computer.
consent-way-paste = Paste the final address
consent-way-paste-hint = For when the browser says after “Accept” that the site cannot be reached.
consent-way-admin = It says “Need admin approval”
consent-way-admin-hint = Gives you a message and a link for the administrator.

# Choosing a browser
consent-browsers-lead = Choose the browser to open the sign-in page in. A private window (InPrivate, Incognito) remembers no earlier sign-in.
consent-browsers-looking = Looking for browsers
consent-browsers-none = No other browser was found on this computer.
consent-browser-open = Open
consent-browser-open-in = Open in { $name }
consent-browser-private = Private window
consent-browser-private-in = Open in a private window of { $name }
consent-browser-opened = Opened in { $name }. Go on there.

# A code on another device
consent-device-lead = Open this address on a phone or another computer, and enter the code.
consent-device-address = Address
consent-device-code = Code
consent-device-copy-address = Copy the address
consent-device-copy-code = Copy the code
consent-device-qr = The address as a QR code
consent-device-spoken = The code is { $code }
consent-device-asking = Getting a code
consent-device-waiting = Waiting for the code to be entered.
consent-device-left = The code is good for { $time }
consent-device-new = Show a new code

# The final address
consent-paste-lead = After “Accept”, the browser shows a page such as “This site can’t be reached”. Copy all of that page’s address bar and paste it here.
consent-paste-label = Final address
consent-paste-example = http://localhost:…
consent-paste-submit = Continue

# An administrator's approval
consent-admin-lead = Once an administrator of your organization has approved, you can authorize. Send this message to the administrator. What you entered stays, and you may close this window.
consent-admin-message = Message to the administrator
consent-admin-language = Language of the message
consent-admin-ja = Japanese
consent-admin-en = English
consent-admin-copy = Copy the message
consent-admin-copy-link = Copy the approval link
consent-admin-after = Once it is approved, press “Try again”. If the administrator’s browser says in the end that the site cannot be reached, it is approved all the same.
