# Switching to OAuth, and back

switch-clears = Saving will clear:
switch-clears-user = Account { $user }
switch-clears-password = Password
switch-clears-server = { $server } { $host }:{ $port }
switch-kept = Until the new authorization has passed a connection check, “Undo” brings them back. After that they are gone for good.
switch-clears-authorization = Saving will delete the OAuth authorization.
switched-title = Switched to OAuth
switched-body = Until a connection check passes, the account, password and servers from before the switch can be brought back. Then they are gone for good.
switched-undo = Undo
switched-undo-for = Undo the switch of { $address }
switched-undo-title = Go back to the settings from before the switch?
switched-undo-ask = { $address } goes back to signing in with the account and password from before the switch.
switched-undo-loses = Its OAuth authorization is deleted.
switched-undone = The settings from before the switch are back.
