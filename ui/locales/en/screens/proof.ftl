# Order-mail proof
proof-title = Does mail arrive?
proof-send-hint = Sends one test mail from this account to itself and watches until it arrives. It goes nowhere else.
proof-send = Prove by a test mail
proof-look-hint = Shows date, sender and subject of the newest mails. Nothing is deleted, nothing is marked as read.
proof-look = Look at the newest mails
proof-again = Try again
proof-cancel = Stop
proof-looking = Making sure that the mailbox can be read
proof-sending = Sending the test mail
proof-waiting = Sent. Waiting for it to arrive ({ $seconds } s)
proof-waiting-spoken = The test mail was sent. Waiting for it to arrive
proof-arrived = Arrived after { $time }
proof-by = seen by { $protocol }
proof-subject = Subject as it arrived
proof-sent-subject = Subject as it was sent
proof-same = Sent as { $charset }; not one character of subject and text changed on the way.
proof-changed = Characters changed on the way. Change the character set to UTF-8 and try again.
proof-not-arrived = Not there after { $seconds } s
proof-not-arrived-why = The mail was sent. It may be one of these:
proof-not-arrived-steps =
    Look for the subject in the junk mail folder.
    See whether another program, such as the order system, has fetched the mail first.
    See whether forwarding or a rule has moved it elsewhere.
    The servers may just be busy. Wait a few minutes and try again.
proof-sent-only = The test mail was sent
proof-sent-only-body = This account is not authorized to receive, so Ninka cannot see whether it arrived. Look for this subject in your usual mail program.
proof-newest-none = The mailbox is empty. The connection works.
proof-newest = { $count ->
    [one] The newest mail
   *[other] The newest { $count } mails
}
proof-no-date = no date
proof-no-sender = unknown
proof-no-subject = (no subject)
proof-broken = This subject is not written as the rules say. It may be shown as garbage.
proof-failed-before = No test mail was sent.
proof-failed-after = The test mail was sent, but the mailbox could not be looked into.
proof-cancelled = Stopped.
proof-cancelled-note = A test mail that was already sent may still arrive.
