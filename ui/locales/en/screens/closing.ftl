# Going on
going-title = Keeping Ninka running
going-hint = While Ninka runs, it can renew the authorizations.
going-background = Keep running when the window is closed
going-no-tray = This computer has no place for Ninka’s icon (no tray). Closing the window quits Ninka.
going-no-notifications = This computer cannot show notifications. Warnings of an authorization’s end stand above the list.
going-autostart = Start Ninka with this computer
going-autostart-hint = It starts without opening its window.
going-offer = If Ninka starts with the computer, authorizations are renewed in time.
going-offer-yes = Start with the computer
going-offer-done = Ninka starts with the computer.

# Closing the window
closing-goes-on-title = Ninka keeps running
closing-goes-on-body = Closing the window does not quit Ninka.
closing-goes-on-back = To open it again, use Ninka’s icon at the edge of the screen (tray or menu bar), or start Ninka once more. You can change this in the settings at any time.
closing-close = Close and keep running
closing-quit-instead = Quit
closing-quit-title = Quit Ninka?
closing-quit-body = { $count ->
    [one] While Ninka is not running, the authorization of { $count } account is not renewed.
   *[other] While Ninka is not running, the authorizations of { $count } accounts are not renewed.
}
closing-quit-until = { $address } (valid until { $date })
closing-stay = Keep running
closing-quit-now = Quit
closing-ending-title = Saving an authorization
closing-ending-body = An authorization has just been renewed and is being saved. Ninka quits as soon as that is done (10 seconds at most).
