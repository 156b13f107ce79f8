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
