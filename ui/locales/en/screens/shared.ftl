# Shared mailbox
shared-box = This is a shared mailbox
shared-box-hint = Several people use the address, and it has no password of its own. A person with access signs in with their own account.
shared-person = Who signs in
shared-person-example = taro@example.com
shared-person-hint = That person’s own mail address. Left open, the first person who authorizes is kept.
shared-changes = Updating ends the authorization there is. Then authorize again.
shared-other = The authorization in use is { $person }’s. It stays in use until the new one has passed.
shared-signs-in = signs in as { $person }
shared-signs-in-open = nobody signs in yet
shared-consent-as = Sign in as { $person }
shared-consent-open = Somebody with access to the shared mailbox signs in with their own account
shared-consent-not = Do not sign in with the shared mailbox { $address } itself.
history-field-signs-in = who signs in
