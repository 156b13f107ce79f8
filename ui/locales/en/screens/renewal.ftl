# What becomes of an authorization
forecast-renews = Renewed by itself about { $next }, if Ninka is running. If this computer stays off, valid until { $until }.
forecast-tries = The next try is at { $next }, or as soon as the network is back. Valid until { $until } all the same.
form-failing = Renewing has failed since { $since } (tries: { $attempts })
form-being-authorized = Being authorized: please go on in the browser.

# What stops at its end
would-stop-receive-orders = Without the authorization, orders that arrive at this account are no longer taken in.
would-stop-receive = Without the authorization, mail to this account is no longer received.
would-stop-send = Without the authorization, mail from this account to customers no longer goes out.
would-stop-send-rakuten = Without the authorization, mail to Rakuten customers no longer goes out.
would-stop-both = Without the authorization, mail of this account is neither received nor sent.

# Warnings above the list
warning-title = Authorizations
warning-ends-soon = : the authorization ends in { $days ->
    [one] 1 day
   *[other] { $days } days
}.
warning-ends-today = : the authorization ends today.
warning-standstill = It is not being renewed.
warning-lapsed = : the authorization has expired.
warning-refused = : the authorization is no longer valid.
warning-others = and { $count } more
warning-no-notifications = This computer cannot show notifications, so you are told here.
