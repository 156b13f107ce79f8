# Support
support-title = Support
support-handbook = Open the handbook
support-code = Look up a support code
support-code-hint = Type the eight characters that stand beside a failure on the customer’s screen: the same explanation appears here.
support-code-example = 40EJ-80GE
support-code-explain = Explain
support-code-place = Where: { $place }
support-code-kind = Account: { $kind }
support-code-version = The customer’s Ninka: version { $version }
support-error = Explain an error text
support-error-hint = Paste an error that another mail program or an order system shows: here is the cause, who can fix it, and how.
support-error-label = Error text
support-error-private = This happens on this computer alone. What you paste is not sent anywhere and not kept.
support-error-example = e.g. 535 5.7.139 Authentication unsuccessful, …
support-error-explain = Explain
support-error-clear = Clear
support-error-cut = The text is long: only its beginning and its end were read.
support-error-address = (your mail address)
support-code-several = The customer’s screen lists other causes too. This is the likeliest.

# Test of this computer
self-test-title = Test this computer
self-test-hint = Works without an account. Nobody signs in, and no mail is sent.
self-test-start = Test
self-test-again = Test again
self-test-running = Testing…
self-test-all-well = Everything is in order.
self-test-some-failed = { $count ->
        [one] One thing does not work.
       *[other] { $count } things do not work.
    }
self-test-part-vault = Keeping passwords and authorizations
self-test-part-loopback = The way back from the browser (this computer to itself)
self-test-part-names = Finding names (DNS)
self-test-part-sign-in = Reaching the sign-in server
self-test-part-certificate = The sign-in server’s certificate
self-test-part-clock = The computer’s clock
self-test-part-pop3 = Reaching the receiving server (POP3)
self-test-part-imap = Reaching the receiving server (IMAP)
self-test-part-smtp = Reaching the sending server (SMTP)
self-test-part-proxy = Proxy
