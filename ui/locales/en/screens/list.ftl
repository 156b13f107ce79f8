# List
list-title = Mail accounts
list-new = New account
list-check-all = Check all
list-search = Search
list-search-hint = Address, name, purpose, state
list-counts = Accounts by state
list-count-ok = OK
list-count-soon = Expiring soon
list-count-soon-hint = within 14 days
list-count-authorize = To authorize again
list-count-authorize-hint = or for the first time
list-count-failed = Connection failed
list-count-unchecked = Not checked
list-filtered = Showing only “{ $name }”.
list-filter-clear = Show all
list-col-address = Mail address
list-col-purpose = Purpose
list-col-auth = Sign-in
list-col-left = Authorization left
list-col-reception = Mail[receiving]
list-col-sending = Mail[sending]
list-col-action = Action
list-auth-oauth = OAuth
list-auth-password = Password
list-left-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
list-left-today = ends today
list-left-lapsed = Expired
list-left-refused = Not valid
list-left-none = None yet
list-left-password = Not needed
list-forecast = renews on { $next }
list-failing = renewal waits
list-being-authorized = being authorized
list-unfinished = not authorized
list-side-failed = Failed
list-action-authorize = Authorize
list-action-again = Authorize again
list-action-why = See why
list-action-check = Check
list-action-continue = Go on
list-action-for = { $action } ({ $address })
list-empty-title = Register your first mail account
list-empty-body = Enter the address your shop uses for orders and get Microsoft’s consent; you see at once whether mail comes in and goes out.
list-empty-practice = Practice addresses are ready, to try as often as you like.
list-no-match = No mail account matches “{ $query }”.
list-no-match-filter = No mail account is in this state.
list-checking = Checking connections ({ $done } of { $total })
list-check-starting = Starting the connection check
list-meaning-title = What this means for your shop
list-shown = Showing { $shown } of { $total }.
list-meaning-more = There are { $count } more. Press a count above to see only those.
list-loading = Loading

# What a red row means
impact-lapsed = The authorization has expired.
impact-refused = The authorization is no longer valid.
impact-none = It is not authorized yet.
impact-receive-orders = Orders that arrive at this account are not being taken in.
impact-receive = Mail to this account is not being received.
impact-send = Mail from this account to customers is not going out.
impact-send-rakuten = Mail to Rakuten customers is not going out.
impact-both = Mail of this account is neither received nor sent.
