# What an entry of the audit list was about: the core says it, for the screen, the terminal and the table.
audit-about-operator = { $name } (mail accounts: { $accounts }, settings: { $settings })
audit-about-accounts = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
audit-about-key-passphrase = Passphrase
audit-about-key-session = Until Ninka is quit
audit-about-setting-client-id = Client ID
audit-about-setting-cloud = Cloud
audit-about-setting-authority = Sign-in address
audit-about-setting-language = Language
audit-about-setting-theme = Colours
audit-about-setting-reception = Way of receiving
audit-about-setting-renewal-days = How often authorizations are renewed
audit-about-setting-background = What goes on after the window is closed
audit-about-setting-ask-account-kind = Looking up kinds of addresses and servers
audit-about-setting-share-tokens = Tokens for other programs
audit-about-setting-history-days = How long history is kept
audit-about-setting-lock-minutes = Lock when nobody is there
audit-about-setting-case-days = How long cases are kept
