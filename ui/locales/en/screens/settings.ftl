# Settings
settings-title = Settings
settings-display = Display
settings-language = Language
settings-language-system = As this computer
settings-language-ja = 日本語
settings-language-en = English
settings-theme = Colours
settings-theme-system = As this computer
settings-theme-light = Light
settings-theme-dark = Dark
settings-reception = Receiving mail
settings-reception-hint = Used for OAuth accounts without a reception server of their own. After a change, accounts authorized before need to be authorized again.
settings-reception-protocol = Protocol
settings-reception-pop3 = POP
settings-reception-imap = IMAP
settings-microsoft = Connection to Microsoft
settings-microsoft-hint = The name tag of the app that asks Microsoft for consent. It is no secret.
settings-client-id = Client ID
settings-client-id-example = 00000000-0000-0000-0000-000000000000
settings-client-id-built-in = If left empty, the client ID built into Ninka is used.
settings-client-id-needed = Without it nothing can be authorized. Make one by the steps below and paste it here.
settings-client-id-invalid = This is not a client ID (example: 01234567-89ab-cdef-0123-456789abcdef).
settings-cloud = Cloud
settings-cloud-worldwide = Worldwide
settings-cloud-us-government-l4 = US Government L4 (GCC High)
settings-cloud-us-government-dod = US Government L5 (DoD)
settings-cloud-china = China (21Vianet)
settings-cloud-custom = Custom
settings-cloud-hint = For most shops this is “Worldwide”.
settings-authority = Sign-in address
settings-authority-example = https://login.example.jp/common
settings-authority-hint = An https address; http only on this computer (localhost).
settings-authority-invalid = Enter an https address (http only on localhost).
settings-saved = The settings are saved.
settings-practice-note = This is practice mode. What you enter here is used by the live Ninka.
settings-practice-saved = Saved. Open the live Ninka to authorize with it.
settings-practice-open-live = Open the live Ninka
settings-practice = Practice mode
settings-practice-body = Try registering, authorizing, checking and repairing on practice servers. Live data is not touched.
settings-practice-open = Open practice mode

# Registering in Entra
guide-title = How to make a client ID
guide-intro = Done once, in the Microsoft Entra admin center. You may need an administrator’s account.
guide-open-portal = Open the Entra admin center
guide-step-open = Open the admin center and sign in.
guide-step-new = Start a new registration from the menu on the left.
guide-step-new-path = Identity › Applications › App registrations › New registration
guide-step-name = Enter a name. Your customers do not see it.
guide-step-types = Under “Supported account types”, choose:
guide-step-types-value = Accounts in any organizational directory and personal Microsoft accounts
guide-step-redirect = Under “Redirect URI”, choose “Public client/native (mobile & desktop)”, enter this value and press “Register”.
guide-step-redirect-note = Under “Authentication” the platform is called “Mobile and desktop applications”. Add no slash and no port number at its end.
guide-step-public = Allow public client flows, and save.
guide-step-public-path = Authentication › Advanced settings › Allow public client flows › Yes
guide-step-permissions = Add these delegated permissions.
guide-step-permissions-path = API permissions › Add a permission › Microsoft Graph › Delegated permissions
guide-step-permissions-note = They are rights on Office 365 Exchange Online; the list shows them under Microsoft Graph by these names.
guide-step-copy = Copy “Application (client) ID” from the overview, paste it above and save.
guide-step-copy-path = Overview › Application (client) ID
guide-copy = Copy { $value }

# Where the key is kept
vault-title = Choose how to protect authorizations and passwords
vault-title-unlock = Enter your passphrase
vault-why = Authorizations and passwords are stored encrypted on this computer. Their key needs a place.
vault-retry = Try again
vault-retry-hint = Looks once more for this computer’s keyring.
vault-passphrase = Protect with a passphrase
vault-passphrase-hint = Asked for at every start. If it is forgotten, every account has to be authorized again.
vault-passphrase-field = Passphrase
vault-passphrase-again = Once more
vault-passphrase-length = at least { $least } characters
vault-passphrase-short = { $missing ->
    [one] 1 more character is needed.
   *[other] { $missing } more characters are needed.
}
vault-passphrase-differs = The two entries differ.
vault-passphrase-missing = Please enter it.
vault-passphrase-show = Show
vault-set = Protect with this passphrase
vault-unlock = Open
vault-session = Use only until I quit
vault-session-hint = No key is stored. After Ninka quits, authorizations and passwords have to be given again.
vault-later = Decide later
vault-later-note = You have not chosen yet how to protect authorizations and passwords.
vault-choose = Choose now
