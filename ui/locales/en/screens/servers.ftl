# Servers that are proposed for an address.
servers-way-known = a provider Ninka knows
servers-way-domain = the domain’s own settings for mail programs
servers-way-mozilla = Mozilla’s list of providers
servers-way-services = the domain’s SRV records
servers-way-mail-hosts = a provider Ninka knows, by where the domain’s mail goes
servers-way-domain-in-the-clear = the domain’s own settings for mail programs, not encrypted
servers-need-app-password = This provider refuses the usual password. Make an app password in the account’s security settings and enter that.
servers-need-switch-on-pop = Receiving with mail programs may be off at first. Switch on POP or IMAP in the provider’s mail settings.
servers-need-own-password = The provider gives a password of its own for mail programs. Enter that one, not the one for signing in to the website.
servers-need-oauth = This is a Microsoft mailbox, which no longer takes passwords. Use OAuth.
servers-need-pop-before-smtp = The sending server offers no sign-in. It may let mail out only shortly after mail was fetched (POP before SMTP). Ask the provider for a server with sign-in.
servers-none = No server was found that answers. The provider’s instructions for mail programs name them.
servers-silent = Found, but no proper answer: { $server }
servers-not-asked = Nobody was asked and nothing was tried, as the settings say.
