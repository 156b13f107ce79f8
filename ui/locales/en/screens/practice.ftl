# Practice mode
practice-bar-title = Practice mode
practice-bar-body = Connected to practice servers. Live mail is not touched.
practice-bar-fault = Fault
practice-bar-fault-none = None
practice-bar-clock = Practice date
practice-bar-ahead = ({ $days ->
    [one] 1 day ahead
   *[other] { $days } days ahead
})
practice-bar-jump = Move the date on
practice-bar-jump-days = +{ $days } d
practice-bar-jump-spoken = { $days ->
    [one] Move on by 1 day
   *[other] Move on by { $days } days
}
practice-bar-jumped = { $days ->
    [one] The practice date moved on by 1 day.
   *[other] The practice date moved on by { $days } days.
}
practice-bar-fault-set = The fault “{ $fault }” is on.
practice-bar-fault-cleared = The fault is off.
practice-bar-reset = Start over
practice-bar-reset-title = Start the practice over?
practice-bar-reset-body = Accounts registered for practice are deleted; the date and the fault go back.
practice-bar-reset-confirm = Start over
practice-bar-reset-done = The practice starts over.
practice-bar-leave = Go live
practice-bar-leave-client-id = Enter a client ID
