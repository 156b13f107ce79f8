# The tray's menu
tray-open = Open Ninka
tray-check = Check all connections
tray-calm = No account needs attention
tray-attention = { $count ->
    [one] { $count } account needs attention
   *[other] { $count } accounts need attention
}
tray-practice = This is practice mode
tray-quit = Quit Ninka

# Notifications
notice-account = { $name } ({ $address })
notice-practice = [Practice] { $title }
notice-ends-soon = { $days ->
    [0] The authorization of { $account } ends today
    [1] The authorization of { $account } ends in 1 day
   *[other] The authorization of { $account } ends in { $days } days
}
notice-lapsed = The authorization of { $account } has expired
notice-refused = The authorization of { $account } is no longer valid
notice-several = Please look at the authorizations of { $count } accounts
notice-others = and { $count } more
notice-button = Authorize again
notice-guide = With the guide
notice-will-stop-orders = It is not being renewed. When it ends, no orders come in. Please authorize again.
notice-will-stop-sending = It is not being renewed. When it ends, no mail goes out to customers. Please authorize again.
notice-will-stop-both = It is not being renewed. When it ends, mail neither comes in nor goes out. Please authorize again.
notice-stopped-orders = No orders come in. Please authorize again.
notice-stopped-sending = No mail goes out to customers. Please authorize again.
notice-stopped-both = Mail neither comes in nor goes out. Please authorize again.
