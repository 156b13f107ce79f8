# An authorization is tried out, and withdrawn
consent-checking = Checking mail with the new authorization
consent-unchanged = Nothing has changed: an authorization that was there before stays in use.
revoke-button = Withdraw the authorization
revoke-title = Withdraw the authorization?
revoke-body = The authorization of { $address } is deleted from this computer. Then Microsoft’s page opens: remove the permission for this app there too.
revoke-confirm = Withdraw
revoke-done = The authorization is deleted from this computer. Remove the permission for this app on Microsoft’s page too.
