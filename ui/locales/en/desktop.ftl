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
