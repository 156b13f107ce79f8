# The page in the browser after consent.

browser-brand = Ninka
browser-close = You can close this page and go back to Ninka.
browser-steps = Steps
browser-others = Other possible causes
browser-raw = What the server said (for support)

browser-stored = Authorization is set up.
    .body = The authorization of { $address } is saved. Ninka now checks that mail comes in and goes out.
browser-failed = Authorization is not complete.
browser-stray = This page is not the answer Ninka is waiting for.
    .body = To go on, return to the Microsoft page that Ninka opened. If that is over, the result is on Ninka’s screen.
