# An authorization is tried out, and withdrawn
consent-checking = Checking mail with the new authorization
consent-unchanged = Nothing has changed: an authorization that was there before stays in use.
revoke-button = Withdraw the authorization
revoke-title = Withdraw the authorization?
revoke-body = The authorization of { $address } is deleted from this computer. Then you are shown the page where the permission is removed: do that there too.
revoke-confirm = Withdraw
revoke-done = The authorization is deleted from this computer. Remove the permission for this app on Microsoft’s page too.
revoke-done-elsewhere = The authorization is deleted from this computer. The permission for this app is removed on your organization’s My Apps page; ask your Microsoft 365 administrator where that is.
