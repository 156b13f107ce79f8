# The table of accounts (CSV)
exchange-title = Table of mail accounts (CSV)
exchange-intro = Writes the registered mail accounts to a table for Excel and the like. Passwords and authorizations are not in it.
exchange-export = Export for Excel
exchange-export-sjis = Export as Shift_JIS
exchange-exported = Written to { $path }.
exchange-import-intro = Registers many accounts at once. You see every row before; with a single fault nothing is registered.
exchange-import = Import a table
exchange-choose = Choose the table (CSV)
exchange-reading = Looking through the table
exchange-preview = What is in “{ $file }”
exchange-good = { $count ->
    [one] One account can be registered.
   *[other] { $count } accounts can be registered.
}
exchange-none = There is no mail account in the table.
exchange-faulty = { $faulty ->
    [one] One row has a fault. Correct the table and read it again. Nothing is registered yet.
   *[other] { $faulty } rows have faults. Correct the table and read it again. Nothing is registered yet.
}
exchange-line = Line { $line }
exchange-no-address = (no address)
exchange-more = { $count ->
    [one] There is one more row.
   *[other] There are { $count } more rows.
}
exchange-confirm = { $count ->
    [one] Register the account
   *[other] Register { $count } accounts
}
exchange-again = Read another table
exchange-importing = Registering
exchange-done = { $count ->
    [one] One account was registered. Now authorize it, or enter its password.
   *[other] { $count } accounts were registered. Now authorize those with OAuth, and enter the passwords of the others.
}
exchange-to-list = Show the list
exchange-field-address = Mail address
exchange-field-name = Name
exchange-field-purpose = Purpose
exchange-field-oauth = Sign-in
exchange-field-user = Account
exchange-field-password = Password
exchange-field-host = { $protocol } server
exchange-field-port = { $protocol } port
exchange-field-tls = { $protocol } encryption
exchange-field-charset = Character set
exchange-field-guard = Garbling guard
