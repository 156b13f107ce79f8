# What each cause means. The value is what happened, in one sentence; .meaning what that means;
# .steps the steps, one a line; .useless what will not help (or -); .admin a message to the
# administrator, ready to send: $address is the mail address, $client the client id, $link the
# link for the administrator's consent.

## grant_gone

cause-refresh-token-expired-inactive = Microsoft's authorization has run out because it was not used for a long time (90 days as a rule).
    .meaning = Neither reception nor sending works until it is authorized again. No settings and no mail are lost.
    .steps =
        Open the edit screen of this account.
        Press Authorize and sign in with the same address in the browser.
        You are done when the connection check is green.
    .useless = Changing the password or the server settings does not bring it back.
cause-refresh-token-revoked-password-change = The authorization was revoked: the password was changed, or an administrator ended the sessions.
    .meaning = Neither reception nor sending works until it is authorized again.
    .steps =
        Press Authorize on the edit screen.
        Sign in in the browser with the new password.
        If you did not change the password yourself, tell your administrator.
    .useless = Setting the old password again does not bring the authorization back.
cause-refresh-token-expired-or-revoked = Google's authorization has expired or was revoked.
    .meaning = Neither reception nor sending works until it is authorized again.
    .steps =
        Sign in to the Google account again in the settings of the mail program.
        If that fails, open https://myaccount.google.com/connections, delete the connection of that mail program and sign in once more.
    .useless = Changing server names or ports does not help.
cause-sign-in-frequency-policy = Your organization requires signing in again after a set time.
    .meaning = Reception and sending stop each time that period is over.
    .steps =
        Press Authorize on the edit screen and sign in.
        If this happens often, ask your Microsoft 365 administrator whether the sign-in frequency can be longer.
    .useless = Authorizing again helps, but only until the set time is over.
    .admin =
        The mail account { $address } is stopped again and again by the conditional access setting "Sign-in frequency" (AADSTS70043).
        It receives orders by mail. Please consider a longer period for it, or leave it out of the policy.
        Place: Microsoft Entra admin center › Entra ID › Conditional Access › Policies › Session › Sign-in frequency
cause-google-testing-app-token = The app registered with Google is in testing, so its authorization ended after 7 days.
    .meaning = Reception and sending stop every 7 days until the app is published.
    .steps =
        Ask the publisher of the program to press "Publish app" under Google Cloud console › Google Auth Platform › Audience.
        Until then, sign in again every 7 days.
    .useless = Signing in again helps for 7 days only.

## second_factor

cause-mfa-required = A second proof of identity (multi-factor authentication) is required.
    .meaning = Neither reception nor sending works until it is given.
    .steps =
        Press Authorize on the edit screen.
        Sign in in the browser and complete the check by Microsoft Authenticator or by phone.
    .useless = Entering the password again is not enough.
cause-mfa-enrollment-required = No way of proving identity (multi-factor authentication) is registered yet.
    .meaning = Neither reception nor sending works until one is registered.
    .steps =
        Open https://mysignins.microsoft.com/security-info in the browser and sign in with this address.
        Under "Add sign-in method", register Microsoft Authenticator or a phone number.
        Press Authorize on the edit screen.
    .useless = Authorizing before that stops at the same place.

## consent

cause-consent-missing = This program has not yet been given consent to handle the mail.
    .meaning = Neither reception nor sending works until consent is given.
    .steps =
        Press Authorize on the edit screen and sign in.
        On the page "Permissions requested", press Accept.
        If no such page comes, or an administrator's approval is asked for, turn to your Microsoft 365 administrator.
    .useless = Changing the server settings does not help.
    .admin =
        Please approve the app (client id { $client }) for our Microsoft 365 organization. It receives and sends the mail of { $address }.
        Link for approval (open it as an administrator): { $link }
        Permissions asked for: POP.AccessAsUser.All, IMAP.AccessAsUser.All, SMTP.Send, offline_access (the signed-in person's own mail only)
        Place: Microsoft Entra admin center › Entra ID › Enterprise apps › the app › Permissions › Grant admin consent
        Requests: Microsoft Entra admin center › Entra ID › Enterprise apps › Admin consent requests
        PowerShell (after Connect-MgGraph): Get-MgServicePrincipal -Filter "appId eq '{ $client }'"
cause-admin-consent-required = Your organization's administrator has to approve this program.
    .meaning = This account cannot be authorized until the administrator has approved.
    .steps =
        Copy the message below and send it to your Microsoft 365 administrator.
        Once it is approved, press Authorize on the edit screen.
    .useless = Authorizing again before that changes nothing.
    .admin =
        Please approve the app (client id { $client }) for our Microsoft 365 organization. It receives and sends the mail of { $address }.
        Link for approval (open it as an administrator): { $link }
        Permissions asked for: POP.AccessAsUser.All, IMAP.AccessAsUser.All, SMTP.Send, offline_access (the signed-in person's own mail only)
        Place: Microsoft Entra admin center › Entra ID › Enterprise apps › the app › Permissions › Grant admin consent
        Requests: Microsoft Entra admin center › Entra ID › Enterprise apps › Admin consent requests
        PowerShell (after Connect-MgGraph): Get-MgServicePrincipal -Filter "appId eq '{ $client }'"
cause-user-declined-consent = Permission was refused on the consent page.
    .meaning = Nothing was authorized. An earlier authorization stays as it was.
    .steps =
        Press Authorize on the edit screen.
        On the page "Permissions requested", press Accept.
    .useless = Without this consent neither reception nor sending can work.
cause-user-cancelled = The sign-in in the browser was cancelled.
    .meaning = Nothing was authorized. An earlier authorization stays as it was.
    .steps =
        Press Authorize on the edit screen.
        When asked whether you are trying to sign in, choose Continue and go on to the end.
    .useless = -

## policy

cause-conditional-access-blocked = A rule of your organization (such as conditional access) stopped the sign-in.
    .meaning = Neither reception nor sending works until the administrator allows it.
    .steps =
        Copy the message below and send it to your Microsoft 365 administrator.
        If you are outside the company, also try from its network.
        Once it is allowed, press Authorize on the edit screen.
    .useless = Neither a new password nor authorizing again fixes this.
    .admin =
        The sign-in of the mail account { $address } is stopped by a policy.
        Please look up the name of the policy and allow the sign-in from this app ({ $client }).
        Look up: Microsoft Entra admin center › Entra ID › Monitoring & health › Sign-in logs › the entry › Conditional Access
        Settings: Microsoft Entra admin center › Entra ID › Conditional Access › Policies
        If security defaults are in use: Microsoft Entra admin center › Entra ID › Overview › Properties › Manage security defaults
        PowerShell (after Connect-MgGraph): Get-MgAuditLogSignIn -Filter "userPrincipalName eq '{ $address }'" -Top 10
cause-device-compliance-required = Your organization only allows sign-ins from computers that it manages.
    .meaning = Neither reception nor sending works on this computer.
    .steps =
        Authorize on a computer that the company manages, with Microsoft Edge as the browser.
        If it stops there too, send the message below to the administrator.
    .useless = Authorizing again on this computer does not fix this.
    .admin =
        The sign-in of the mail account { $address } is stopped because the computer does not meet the device condition (compliant, joined or registered; AADSTS53000 and kin).
        Please enrol this computer, or leave this account or this app ({ $client }) out of the condition.
        Place: Microsoft Entra admin center › Entra ID › Conditional Access › Policies › Grant
        Devices: Microsoft Intune admin center › Devices › All devices
        PowerShell (after Connect-MgGraph): Get-MgDevice -Filter "startswith(displayName,'COMPUTER NAME')"
cause-conditional-access-platform = Your organization does not allow sign-ins from this kind of computer or browser.
    .meaning = Neither reception nor sending works on this computer until the administrator allows it.
    .steps =
        Make Microsoft Edge or Safari the default browser and press Authorize again.
        If it still stops, send the message below to the administrator.
    .useless = A new password does not help.
    .admin =
        The sign-in of the mail account { $address } is stopped by the device platform condition (AADSTS50005).
        The app ({ $client }) may be judged as an unknown platform. Please check which platforms are allowed.
        Place: Microsoft Entra admin center › Entra ID › Conditional Access › Policies › Conditions › Device platforms
        PowerShell (after Connect-MgGraph): Get-MgIdentityConditionalAccessPolicy | Format-List DisplayName,Conditions
cause-device-deleted-from-tenant = The registration of this computer was removed from the organization.
    .meaning = Neither reception nor sending works until it is registered again.
    .steps =
        Open Windows Settings › Accounts › Access work or school.
        Disconnect the company account, then add it again with Connect.
        Press Authorize on the edit screen.
    .useless = Authorizing without registering the computer stops at the same place.
cause-user-not-assigned-to-app = Your organization has not assigned this person to the program.
    .meaning = This account cannot be authorized until it is assigned.
    .steps =
        Copy the message below and send it to your Microsoft 365 administrator.
        Once it is assigned, press Authorize on the edit screen.
    .useless = Authorizing again before that changes nothing.
    .admin =
        Please assign { $address } to the app ({ $client }) (AADSTS50105).
        Place: Microsoft Entra admin center › Entra ID › Enterprise apps › the app › Users and groups › Add user/group
        Or set "Assignment required?" to No under Properties of the same app.
        PowerShell (after Connect-MgGraph): Get-MgServicePrincipal -Filter "appId eq '{ $client }'" | Select-Object Id,DisplayName,AppRoleAssignmentRequired

## app_registration

cause-public-client-disabled = The app is not registered as a program for computers (public client).
    .meaning = No account can be authorized until the registration is corrected.
    .steps =
        Ask whoever registered the app to open Microsoft Entra admin center › Entra ID › App registrations › Authentication.
        Have http://localhost added under "Mobile and desktop applications".
        Have "Allow public client flows" on the same page set to Yes.
    .useless = Authorizing again does not fix this.
cause-redirect-uri-mismatch = The address to return to after the sign-in does not fit the app's registration.
    .meaning = No account can be authorized until the registration is corrected.
    .steps =
        Ask whoever registered the app to open Microsoft Entra admin center › Entra ID › App registrations › Authentication.
        Have http://localhost added under "Mobile and desktop applications".
        Also check that the client id in the settings is that app's.
    .useless = Authorizing again does not fix this.
cause-redirect-platform-wrong = The address to return to is registered for another kind of program (such as Web).
    .meaning = No account can be authorized until the registration is corrected.
    .steps =
        Ask whoever registered the app to open Microsoft Entra admin center › Entra ID › App registrations › Authentication.
        Have the address removed under "Web" or "Single-page application".
        Have http://localhost added under "Mobile and desktop applications".
    .useless = Authorizing again does not fix this.
cause-redirect-uri-invalid = The address to return to has a form that is no longer accepted.
    .meaning = No account can be authorized until the registration is corrected.
    .steps =
        Ask whoever registered the app to change the redirect address to http://localhost.
        The place is Microsoft Entra admin center › Entra ID › App registrations › Authentication.
    .useless = Authorizing again does not fix this.
cause-app-disabled = The app's registration has been disabled.
    .meaning = No account can be authorized until it is enabled.
    .steps =
        Ask whoever registered the app why it is disabled.
        If your organization's administrator switched it off, have "Enabled for users to sign-in?" set to Yes under Entra ID › Enterprise apps › the app › Properties.
    .useless = Authorizing again does not fix this.
cause-app-not-in-tenant = This program is not yet known in the organization.
    .meaning = Accounts of this organization cannot be authorized until an administrator adds it.
    .steps =
        Check the client id in the settings.
        If it is right, send the message below to the administrator.
    .useless = Authorizing again changes nothing before the client id is right or the administrator has added the app.
    .admin =
        Please approve the app (client id { $client }) for our Microsoft 365 organization. It receives and sends the mail of { $address }.
        Link for approval (open it as an administrator): { $link }
        Permissions asked for: POP.AccessAsUser.All, IMAP.AccessAsUser.All, SMTP.Send, offline_access (the signed-in person's own mail only)
        Place: Microsoft Entra admin center › Entra ID › Enterprise apps › the app › Permissions › Grant admin consent
        Requests: Microsoft Entra admin center › Entra ID › Enterprise apps › Admin consent requests
        PowerShell (after Connect-MgGraph -Scopes Application.ReadWrite.All): New-MgServicePrincipal -AppId { $client }
cause-app-deleted = The app's registration has been deleted.
    .meaning = No account can be authorized until the client id is replaced.
    .steps =
        Ask the publisher of the program for the new client id.
        Enter it in the settings.
        Press Authorize for each account.
    .useless = With the present client id, authorizing again does not help.
cause-app-single-tenant-common-endpoint = The app is registered for its own organization only.
    .meaning = Accounts of other organizations cannot be authorized.
    .steps =
        If your own organization registered the app, enter your organization's id as the sign-in authority in the settings.
        Otherwise ask whoever registered it to allow accounts in any organization under Authentication › Supported account types.
    .useless = Authorizing again does not fix this.
cause-app-not-enabled-for-personal = This app's registration does not take personal Microsoft accounts.
    .meaning = Outlook.com and other personal accounts cannot be authorized. Work accounts are not affected.
    .steps =
        Check the client id in the settings.
        If it is right, ask whoever registered the app to add personal Microsoft accounts to the supported account types.
    .useless = Authorizing again does not fix this.
cause-client-id-wrong = The client id is not right.
    .meaning = No account can be authorized until the right id is entered.
    .steps =
        Open Settings › Connection to Microsoft.
        Paste the "Application (client) ID" as it is, in the form 0a1b2c3d-…; not a name, an address or a secret.
        Press Authorize for each account.
    .useless = Authorizing before the id is right stops at the same place.
cause-client-secret-invalid = The client secret that the program uses is wrong.
    .meaning = Neither authorizing nor renewing works until it is corrected.
    .steps =
        Ask whoever registered the app to open Microsoft Entra admin center › Entra ID › App registrations › Certificates & secrets.
        Have them check that the secret's value is used, not its ID.
        Ninka itself uses no secret; a registration for desktop programs needs none.
    .useless = Authorizing again does not fix this.
cause-client-secret-expired = The client secret that the program uses has expired.
    .meaning = Neither authorizing nor renewing works until there is a new one.
    .steps =
        Ask whoever registered the app to create a new client secret under Certificates & secrets.
        Have the new value put into the program's settings.
    .useless = Users can do nothing about it. Authorizing again does not fix this.
cause-client-secret-not-allowed = A secret was sent for an app that takes none.
    .meaning = Neither authorizing nor renewing works until this is corrected.
    .steps =
        Empty the client secret field in the program's settings.
        If there is no such field, tell the publisher of the program.
    .useless = Authorizing again does not fix this.
cause-endpoint-wrong-for-app = The sign-in endpoint (common, organizations or consumers) does not fit the app's registration.
    .meaning = Nothing can be authorized until the endpoint is corrected.
    .steps =
        Look at the sign-in authority under Settings › Connection to Microsoft.
        Use organizations or your organization's id for an app of work accounts, consumers for one of personal accounts.
    .useless = Authorizing again does not fix this.
cause-service-principal-not-registered = The app is not registered with Exchange as one that works without a person signing in.
    .meaning = This app can neither receive nor send until it is registered.
    .steps =
        Send the message below to your Microsoft 365 administrator.
        An account that is authorized in Ninka by a person does not need this.
    .useless = A new token does not help.
    .admin =
        Please register the app ({ $client }) in Exchange Online and give it access to the mailbox { $address }.
        The ObjectId is that of the enterprise application, not of the app registration.
        Place: Microsoft Entra admin center › Entra ID › Enterprise apps › the app › Overview
        PowerShell (after Connect-ExchangeOnline):
        New-ServicePrincipal -AppId { $client } -ObjectId <object id>
        Add-MailboxPermission -Identity { $address } -User <object id> -AccessRights FullAccess

## scope

cause-wrong-scope-format = The permissions (scopes) that the program asked for are not written correctly.
    .meaning = Nothing can be authorized until the program's settings are corrected.
    .steps =
        Tell the publisher of the program, with the original error text.
        If you set it yourself, correct the scopes to forms such as https://outlook.office.com/POP.AccessAsUser.All.
    .useless = Authorizing again does not fix this.
cause-wrong-scope-resource = The authorization is for another service than receiving and sending mail.
    .meaning = The mail server does not accept it.
    .steps =
        Ask whoever registered the app to look at API permissions.
        Have POP.AccessAsUser.All, IMAP.AccessAsUser.All and SMTP.Send added (Office 365 Exchange Online or Microsoft Graph).
        Press Authorize on the edit screen to get the permissions.
    .useless = Authorizing again without adding them does not help. Permissions such as Mail.Send do not work for SMTP.
cause-scopes-of-two-resources = The program asked for permissions of two services at once.
    .meaning = Nothing can be authorized until the program is corrected.
    .steps =
        Tell the publisher of the program, with the original error text.
        If you set it yourself, do not mix scopes of graph.microsoft.com and outlook.office.com.
    .useless = Authorizing again does not fix this.
cause-refresh-scope-missing = A needed parameter (scope) was missing when the authorization was renewed.
    .meaning = The authorization cannot be renewed until the program is corrected.
    .steps =
        Update the program to its newest version.
        If it goes on, tell its publisher, with the original error text.
    .useless = Authorizing again does not fix this.
cause-refresh-scope-not-granted = While renewing, permissions were asked for that were never granted.
    .meaning = The authorization itself may still be good.
    .steps =
        Press Authorize on the edit screen and accept the permissions asked for.
        If it goes on, tell the publisher of the program.
    .useless = Changing the server settings does not help.

## code

cause-auth-code-reused = The one-time code of the sign-in had already been used, or had expired.
    .meaning = Nothing was authorized. An earlier authorization stays as it was.
    .steps =
        Press Authorize on the edit screen again.
        Go through to the end without Back or Reload in the browser.
        If it goes on, tell the publisher of the program.
    .useless = Reloading the same page does not help.
cause-device-code-pending = Waiting for the sign-in on the other device.
    .meaning = This is no failure.
    .steps =
        Enter the code shown on the page that is named.
        Wait until the sign-in is finished.
    .useless = -
cause-device-code-expired = The code for the other device has expired (after 15 minutes as a rule).
    .meaning = Nothing was authorized.
    .steps =
        Begin again to get a new code.
        Enter it and finish the sign-in in time.
    .useless = The old code cannot be used any more.
cause-device-code-expired-service-incident = Because of an incident at Microsoft, codes expire at once.
    .meaning = This way of authorizing does not work until the incident is over.
    .steps =
        Wait a while and try again.
        Look for incidents at https://status.cloud.microsoft.
    .useless = Repeating it at once does not help.

## directory_user

cause-guest-or-wrong-tenant = The account that signed in does not belong to this organization.
    .meaning = It cannot be authorized like this.
    .steps =
        Press Authorize on the edit screen and sign in with exactly the registered address.
        If another account is chosen by itself, sign out in the browser first.
        If it is the right one and still fails, have the publisher of the program check the sign-in authority.
    .useless = Authorizing again with the same account does not help.
cause-user-not-in-tenant = No account with this address was found.
    .meaning = It cannot be authorized until the address is right.
    .steps =
        Check the spelling of the mail address.
        Ask your administrator whether the sign-in name (user name) differs from the mail address.
        Press Authorize on the edit screen and sign in with the right name.
    .useless = Authorizing again under the same name does not help.
cause-account-locked = The account is locked or disabled.
    .meaning = Neither reception nor sending works until it is unlocked.
    .steps =
        Check whether another computer or phone still uses an old password.
        Wait about 30 minutes and try again.
        If it stays locked, send the message below to the administrator.
    .useless = Trying again and again can make the lock longer.
    .admin =
        The mail account { $address } is locked or disabled. Please check and unlock it.
        Place: Microsoft 365 admin center › Users › Active users › the user › Block sign-in
        Look up: Microsoft Entra admin center › Entra ID › Monitoring & health › Sign-in logs
        PowerShell (after Connect-MgGraph): Update-MgUser -UserId { $address } -AccountEnabled:$true
cause-ip-blocked = The internet address of your present network is blocked.
    .meaning = It does not work until you use another network or the block is lifted.
    .steps =
        Try another network, such as your phone's hotspot.
        If you use a VPN, switch it off and try again.
        For sending, give the address shown to your mail provider and ask for its release.
    .useless = A new password does not help.
    .admin =
        The sign-in of the mail account { $address } is stopped because of its internet address (AADSTS50053 and kin).
        Please look up the reason and allow the address if it is a good one.
        Place: Microsoft Entra admin center › Entra ID › Monitoring & health › Sign-in logs
        Allow: Microsoft Entra admin center › Entra ID › Conditional Access › Named locations
        PowerShell (after Connect-MgGraph): Get-MgAuditLogSignIn -Filter "userPrincipalName eq '{ $address }'" -Top 10
cause-federated-account-password-flow = This account signs in through the company's own service, so a password alone cannot be checked.
    .meaning = Neither reception nor sending works until it is authorized in the browser.
    .steps =
        Turn on "Connect to POP and SMTP with OAuth" on the edit screen.
        Press Authorize and go through the company's sign-in page.
        If that fails, send the message below to the administrator.
    .useless = Entering the password again does not help.
    .admin =
        The domain of { $address } is federated (AD FS or similar), so signing in by password alone is not possible.
        Please allow the OAuth authorization in the browser (app { $client }).
        Look up: Microsoft Entra admin center › Entra ID › Domain names
        PowerShell (after Connect-MgGraph): Get-MgDomain | Select-Object Id,AuthenticationType
cause-federation-server-unreachable = The company's own sign-in server (such as AD FS) cannot be reached.
    .meaning = Neither reception nor sending works until that server is back.
    .steps =
        Send the message below to the company's administrator.
        If OAuth is not in use yet, turn it on on the edit screen and try Authorize.
    .useless = A new password does not help.
    .admin =
        Signing in as { $address } cannot reach the federation server (such as AD FS) or the pass-through authentication agent.
        Please check that it runs and can be reached from the internet.
        Look up: Microsoft Entra admin center › Entra ID › Entra Connect
        PowerShell (AD FS server): Get-Service adfssrv; Get-AdfsProperties | Select-Object HostName
cause-federation-server-tls = The encryption of the company's own sign-in server (such as AD FS) is outdated or missing.
    .meaning = Neither reception nor sending works until that server is corrected.
    .steps =
        Send the message below to the company's administrator.
    .useless = Neither a new password nor authorizing again fixes this.
    .admin =
        When signing in as { $address }, the federation server (such as AD FS) does not answer over HTTPS with TLS 1.2 or later.
        Please enable TLS 1.2 on the AD FS server and its proxy, and check the certificate.
        Place: AD FS Management › Service › Certificates
        PowerShell (AD FS server): Get-AdfsSslCertificate; Get-AdfsEndpoint | Select-Object FullUrl,Enabled

## credential

cause-bad-password = The user name or the password is wrong.
    .meaning = The server does not let this account in. If the password was changed just now, the new one is needed here too.
    .steps =
        Check that the provider's web mail accepts the same user name and password.
        Enter the password again on the edit screen; mind upper and lower case.
        Also try the whole mail address as the user name.
        Check before each try: repeated failures can lock the account.
    .useless = Changing the server name or the port does not help.
cause-app-password-needed = Not the usual password but one for mail programs (an app password) is needed.
    .meaning = The server does not let this account in until there is one.
    .steps =
        For Gmail, turn on 2-Step Verification and make one at https://myaccount.google.com/apppasswords.
        For Yahoo, iCloud, QQ, 163 and others, make one in the account's security settings (also called authorization code).
        Enter it as the password on the edit screen.
    .useless = Entering the usual password again does not help.
cause-basic-auth-retired = This server no longer accepts a password.
    .meaning = It does not work until the account is changed to OAuth. At Microsoft, reception (POP, IMAP) by password has ended already.
    .steps =
        Turn on "Connect to POP and SMTP with OAuth" on the edit screen.
        Press Authorize and sign in in the browser.
        For Gmail, use an app password.
    .useless = Changing or re-entering the password does not help.
cause-less-secure-apps-off = Access by "less secure apps" is switched off.
    .meaning = This way of signing in does not work. An app password or OAuth is needed.
    .steps =
        Turn on two-step verification in the account's security settings.
        Make an app password and enter it as the password on the edit screen.
    .useless = Entering the usual password again does not help. Most providers have removed the switch for less secure apps.
cause-web-login-required = You have to sign in once in the browser and confirm it.
    .meaning = The server does not let this account in before that.
    .steps =
        Sign in to the provider's web mail in the browser.
        Confirm that the attempt was yours.
        Wait about 10 minutes and run the check again.
        If it goes on, use an app password.
    .useless = Entering the password again before confirming does not help.
cause-username-format-wrong = The user name does not have the right form.
    .meaning = The server does not let this account in. Most servers want the whole mail address.
    .steps =
        On the edit screen, make the user name the whole mail address (for example shop@example.jp).
        If that fails, use the form that the provider names, such as the part before the @.
    .useless = Entering the password again does not help.
cause-oauth-not-used = OAuth is needed, but something was sent as a password.
    .meaning = It does not work until the account is changed to OAuth.
    .steps =
        Turn on "Connect to POP and SMTP with OAuth" on the edit screen.
        Press Authorize and sign in in the browser.
    .useless = A client id or secret in the password field does not work.
cause-pop-before-smtp-required = This server wants mail to be received before any is sent (POP before SMTP).
    .meaning = Sending works only for some minutes after receiving.
    .steps =
        Receive first, then send.
        If the provider offers SMTP authentication, enter user name and password for sending on the edit screen.
        Use port 587 then.
    .useless = Changing the recipient or the text does not help.
cause-auth-not-attempted = The mail was refused because nobody had signed in.
    .meaning = Sign-in is not used for sending. Reception is not affected.
    .steps =
        Turn on authentication for sending (SMTP) on the edit screen.
        Set user name and password, or OAuth.
        Use port 587 and STARTTLS.
    .useless = Changing the recipient does not help.

## token_use

cause-wrong-account-signed-in = It was authorized with another account than the registered address.
    .meaning = This mailbox cannot be opened.
    .steps =
        Press Authorize on the edit screen.
        Sign in with exactly the registered address.
        For a shared mailbox, ask the administrator whether the person has full access.
    .useless = Authorizing again as the same person does not help.
    .admin =
        Please let the person who signs in open the mailbox { $address }.
        Place: Microsoft 365 admin center › Users › Active users › the user › Mail › Mailbox permissions
        PowerShell (after Connect-ExchangeOnline): Add-MailboxPermission -Identity { $address } -User <the person> -AccessRights FullAccess
cause-access-token-expired = The short-lived key for connecting (access token) had expired.
    .meaning = The authorization itself is still there. A new key makes it work again.
    .steps =
        Run the connection check again.
        If it comes back, check the date and time of the computer.
        If it still goes on, tell the publisher of the program.
    .useless = Changing the server settings does not help.
cause-xoauth2-string-malformed = The program did not send the OAuth sign-in in the right form.
    .meaning = The server does not let it in until the program is corrected.
    .steps =
        Update the program to its newest version.
        If it goes on, tell its publisher, with the original error text.
    .useless = Authorizing again does not fix this.
cause-password-sent-as-xoauth2 = A password was sent where an OAuth token belongs.
    .meaning = The server does not let this account in with the present settings.
    .steps =
        To use OAuth, turn it on on the edit screen and press Authorize.
        To use a password, turn OAuth off.
        If there is no such choice, tell the publisher of the program.
    .useless = Entering the password again does not help.
cause-xoauth2-one-line-pop3 = The program sent the OAuth sign-in for POP in a way that the server does not take.
    .meaning = POP reception does not work until the program is corrected. IMAP may.
    .steps =
        Update the program to its newest version.
        If it is urgent, try receiving by IMAP.
        Tell the publisher of the program, with the original error text.
    .useless = Authorizing again does not fix this.
cause-shared-mailbox-login = A shared mailbox cannot sign in to send.
    .meaning = Sign in as yourself and only use the shared address as the sender.
    .steps =
        On the edit screen, make your own address the user name.
        Press Authorize and sign in with your own account.
        Ask the administrator whether you may send as the shared address (Send As).
    .useless = Giving the shared mailbox a password does not help.
cause-shared-mailbox-no-access = The person who signs in may not open this shared mailbox.
    .meaning = The sign-in itself is good; the mailbox does not let this person in.
    .steps =
        Ask the administrator to give the person who signs in full access to the shared mailbox, and Send As for sending.
        Wait up to an hour: Microsoft takes that long to apply it.
        Run the connection check again.
        If another person has access, enter their address under “Who signs in” and authorize.
    .useless = Authorizing again as the same person does not help.
    .admin =
        Please let the person who signs in open the shared mailbox { $address }.
        Place: Microsoft 365 admin center › Teams & groups › Shared mailboxes › { $address } › Manage mailbox permissions › Read and manage (and Send as)
        PowerShell (after Connect-ExchangeOnline): Add-MailboxPermission -Identity { $address } -User <the person> -AccessRights FullAccess
        For sending: Add-RecipientPermission -Identity { $address } -Trustee <the person> -AccessRights SendAs
cause-xoauth2-not-offered = This server does not offer OAuth.
    .meaning = It does not work while OAuth is turned on.
    .steps =
        Check the server names. Microsoft 365 sends through smtp.office365.com and receives from outlook.office365.com.
        If an antivirus program scans mail, switch that off and try.
        For a server that is not Microsoft's, turn OAuth off and enter user name and password.
    .useless = Authorizing again does not fix this.

## protocol_off

cause-smtp-auth-disabled-tenant = Sending (authenticated SMTP) is switched off in Microsoft 365 for the whole organization.
    .meaning = Only sending is affected. Reception works on.
    .steps =
        Copy the message below and send it to your Microsoft 365 administrator.
        After it is switched on, wait about an hour.
        Run the connection check again.
    .useless = Authorizing again does not fix this, and neither does a new password.
    .admin =
        Authenticated SMTP (SMTP AUTH) is off for the whole organization, so that { $address } cannot send. To switch it on for this mailbox alone is enough. Sending with OAuth needs it too.
        Place: Microsoft 365 admin center › Users › Active users › the user › Mail › Manage email apps › Authenticated SMTP
        PowerShell (after Connect-ExchangeOnline): Set-CASMailbox -Identity { $address } -SmtpClientAuthenticationDisabled $false
        A mailbox's own setting counts more than the organization's. To change it for all:
        Set-TransportConfig -SmtpClientAuthenticationDisabled $false
cause-smtp-auth-disabled-mailbox = Sending (authenticated SMTP) is switched off for this mailbox in Microsoft 365.
    .meaning = Only sending is affected. Reception works on.
    .steps =
        Copy the message below and send it to your Microsoft 365 administrator.
        After it is switched on, wait about an hour.
        Run the connection check again.
    .useless = Authorizing again does not fix this, and neither does a new password.
    .admin =
        Please switch on authenticated SMTP (SMTP AUTH) for { $address }. Sending with OAuth needs it too. Changing the organization's setting does nothing for this mailbox.
        Place: Microsoft 365 admin center › Users › Active users › the user › Mail › Manage email apps › Authenticated SMTP
        PowerShell (after Connect-ExchangeOnline): Set-CASMailbox -Identity { $address } -SmtpClientAuthenticationDisabled $false
cause-pop-disabled-for-mailbox = POP reception is switched off for this mailbox.
    .meaning = Only reception is affected. Sending works on.
    .steps =
        For Outlook.com, turn POP on under Settings › Mail › Forwarding and IMAP.
        For Microsoft 365, send the message below to the administrator.
        For GMX, WEB.DE, Gmail and others, turn POP on in the settings of the web mail.
        If that is not possible, try receiving by IMAP.
    .useless = Authorizing again does not fix this.
    .admin =
        Please switch on POP for { $address }.
        Place: Microsoft 365 admin center › Users › Active users › the user › Mail › Manage email apps › POP
        PowerShell (after Connect-ExchangeOnline): Set-CASMailbox -Identity { $address } -PopEnabled $true
cause-imap-disabled-for-mailbox = IMAP reception is switched off for this mailbox.
    .meaning = Only reception is affected. Sending works on.
    .steps =
        For Outlook.com, turn IMAP on under Settings › Mail › Forwarding and IMAP.
        For Microsoft 365, send the message below to the administrator.
        For Gmail and others, turn IMAP on in the settings of the web mail.
        If that is not possible, try receiving by POP.
    .useless = Authorizing again does not fix this.
    .admin =
        Please switch on IMAP for { $address }.
        Place: Microsoft 365 admin center › Users › Active users › the user › Mail › Manage email apps › IMAP
        PowerShell (after Connect-ExchangeOnline): Set-CASMailbox -Identity { $address } -ImapEnabled $true

## mechanism

cause-auth-mechanism-unsupported = The server and the program have no way of signing in in common.
    .meaning = Signing in does not work with this combination.
    .steps =
        Check the server name and the port. For sending, use port 587 with STARTTLS.
        Try another way of signing in on the edit screen. For Microsoft 365, use OAuth.
        For a company's own server, ask its administrator which ways are offered.
    .useless = Entering the password again does not help.
    .admin =
        Please check which ways of signing in (AUTH) the mail server offers to { $address }. PLAIN, LOGIN or XOAUTH2 is needed.
        Place (Exchange Server): Exchange admin center › Mail flow › Receive connectors › Security
        PowerShell: Get-ReceiveConnector | Format-List Name,AuthMechanism
cause-auth-command-unsupported = This server does not take a sign-in.
    .meaning = Signing in to this server does not work with the present settings.
    .steps =
        Check the server name and the port. For sending, use port 587 with STARTTLS.
        For receiving (POP), change to the plain sign-in by password (USER/PASS) on the edit screen.
        If you do not know the right server name, ask your mail provider.
        If the server name is right and nothing changes, tell the publisher of the program.
    .useless = Entering the password again does not help.
cause-starttls-required = The server refused because the connection was not encrypted (STARTTLS).
    .meaning = Sending does not work until encryption is set.
    .steps =
        On the edit screen, set STARTTLS and port 587 for sending (SMTP).
        Run the connection check again.
    .useless = Entering the password again does not help.
cause-tls-required-for-login = The server refused because the sign-in was not encrypted.
    .meaning = Reception does not work until encryption is set.
    .steps =
        On the edit screen, set TLS for reception.
        Use port 995 for POP, 993 for IMAP.
        Run the connection check again.
    .useless = Entering the password again does not help.
cause-client-login-bug = The program signs in wrongly, and the server refuses with a "temporary" error.
    .meaning = It fails again and again until the program is corrected.
    .steps =
        Update the program to its newest version.
        If it comes back, tell its publisher, with the original error text.
    .useless = Waiting does not help.

## sending

cause-send-as-denied = The person who signed in may not send from this address.
    .meaning = Mail from this sender is refused. From the signed-in address it works.
    .steps =
        Make the sender the same address as the one that signed in.
        If you have to send from another address, send the message below to the administrator.
        After it is allowed, wait about an hour.
    .useless = Authorizing again as the same person does not help.
    .admin =
        Please let the person who signs in send as { $address } (Send As).
        Place: Microsoft 365 admin center › Users › Active users › the sender › Mail › Mailbox permissions › Send as permissions
        PowerShell (after Connect-ExchangeOnline): Add-RecipientPermission -Identity { $address } -Trustee <the person> -AccessRights SendAs
cause-sender-blocked-outbound-spam = Sending from this address is blocked because of suspected spam.
    .meaning = Only sending is affected. Reception works on.
    .steps =
        Change the password of this account: it may have been stolen.
        Look for forwarding or inbox rules that you did not make.
        With Outlook.com, sign in at outlook.live.com in a browser and confirm who you are where it asks.
        With Microsoft 365, send the message below to the administrator to have the block lifted; elsewhere, ask your mail provider.
    .useless = Authorizing again does not help. Sending on can make the block longer.
    .admin =
        { $address } is on the list of restricted senders. Please look into the reason and release it.
        Place: Microsoft Defender portal › Email & collaboration › Review › Restricted entities
        PowerShell (after Connect-ExchangeOnline): Get-BlockedSenderAddress; Remove-BlockedSenderAddress -SenderAddress { $address }
cause-recipient-unknown = The recipient's address does not exist.
    .meaning = Mail to this recipient does not arrive. Others are not affected.
    .steps =
        Check the spelling of the recipient; look for wide letters and blanks.
        Ask the customer for the right address in another way.
    .useless = Sending again does not help.
cause-mailbox-full = The mailbox is full.
    .meaning = Sending does not work until there is room; copies of sent mail need room too.
    .steps =
        Open the web mail and delete old mail and Sent Items.
        Empty Deleted Items as well.
        If the text says the recipient's mailbox is full, tell the recipient.
    .useless = Changing passwords or settings does not help.
cause-daily-sending-limit = The number of mails allowed per day has been reached.
    .meaning = Sending does not work until it is free again, mostly after 24 hours. Reception is not affected.
    .steps =
        Wait about 24 hours and send again.
        Send fewer mails at once.
        If you have to send many, ask the provider about limits and bulk services.
    .useless = Authorizing again does not fix this.
cause-foreign-ip-filter = The server refuses mail that is sent from networks abroad.
    .meaning = Sending from addresses outside Japan does not work.
    .steps =
        If you use a VPN or a cloud abroad, send from a network in Japan.
        At SAKURA internet, disable the foreign IP address filter in the control panel.
        At other providers, look for a restriction of access from abroad.
    .useless = A new password does not help.
cause-wrong-smtp-server = The server set for sending only takes mail coming in.
    .meaning = Mail cannot be sent through it.
    .steps =
        On the edit screen, set the sending server to smtp.office365.com.
        For a personal Outlook.com account, use smtp-mail.outlook.com.
        Use port 587 and STARTTLS.
    .useless = Entering the password again does not help.

## limits

cause-concurrent-connection-limit = There are too many connections to the same account at once.
    .meaning = The server refuses for the moment. Authorization and settings are right.
    .steps =
        Wait some minutes and try again.
        Close other computers and programs that use the same account.
        Make the time between receptions longer.
    .useless = Neither a new password nor authorizing again fixes this.
cause-throttled = The server holds back because there were too many connections in a short time.
    .meaning = It ends by itself. Authorization and settings are right.
    .steps =
        Wait from 15 minutes to an hour.
        Receive every 10 minutes or less often.
        Do the same in other programs that use the account.
    .useless = Trying again and again can make it longer.
cause-mailbox-locked = The mailbox cannot be opened because another reception has not ended.
    .meaning = It ends by itself. No mail is lost.
    .steps =
        Check whether another computer or program is receiving, and wait for it.
        If it goes on, wait about 30 minutes and receive again.
        If it is still so after half a day, contact the provider.
    .useless = Entering the password again does not help.
cause-server-temporary = The server cannot answer for the moment.
    .meaning = It ends by itself. Authorization and settings are right.
    .steps =
        Wait about 10 minutes and try again.
        If it goes on, look at the provider's status page; Microsoft's is https://status.cloud.microsoft.
    .useless = No settings need to be changed.

## tls_mode

cause-wrong-port-tls-mode = The port and the kind of encryption do not fit each other.
    .meaning = Program and server cannot talk to each other like this.
    .steps =
        For reception, use port 995 with TLS for POP, or 993 with TLS for IMAP.
        For sending, use port 587 with STARTTLS; with port 465, use TLS.
        If an antivirus program scans mail, switch that off and try.
    .useless = Entering the password again does not help.
cause-wrong-port-protocol = The server that answered is one for something else.
    .meaning = The server name or the port is wrong.
    .steps =
        Use port 995 for POP, 993 for IMAP, 587 for sending.
        Check that the receiving and the sending server are not mixed up.
    .useless = Entering the password again does not help.
cause-port-not-served = The server does not answer on this port.
    .meaning = No connection is possible until the port is corrected.
    .steps =
        For sending through Microsoft, use port 587 with STARTTLS (465 does not work).
        For other servers, use the port that the provider names.
    .useless = Entering the password again does not help.

## certificate

cause-antivirus-tls-interception = An antivirus program or a filter opens the encrypted connection on its way.
    .meaning = The server's certificate is replaced by another, so the connection was stopped.
    .steps =
        Look for mail scanning in the antivirus program: Mail Shield in Avast and AVG, SSL/TLS in ESET, Email Protection in Norton, Network settings in Kaspersky.
        Switch off scanning of encrypted connections (SSL/TLS), or add Ninka to the exceptions.
        On a company network, ask its administrator to leave the mail servers out.
        Run the connection check again.
    .useless = Neither a new password nor authorizing again fixes this.
cause-cert-untrusted = This computer does not trust the server's certificate.
    .meaning = The connection was stopped because it is not sure to be the real server.
    .steps =
        Check the server name.
        Run Windows Update, or Software Update on macOS.
        Try another network, such as your phone's hotspot.
        If other computers say the same, ask the provider to check its certificate and intermediate certificates.
    .useless = Entering the password again does not help. Do not trust a certificate whose origin you do not know.
cause-cert-name-mismatch = The server's certificate is for another name.
    .meaning = The connection was stopped because the names differ.
    .steps =
        On the edit screen, use the server name that the provider states.
        If it is a name under your own domain (mail.yourdomain), use the provider's common server name.
    .useless = Entering the password again does not help.
cause-cert-self-signed-ca = The server uses a certificate that it made itself.
    .meaning = The connection was stopped because the certificate is not a publicly trusted one.
    .steps =
        For a server on this computer, such as Proton Mail Bridge, export its certificate and add it to the trusted ones.
        For a company's own server, ask its administrator for a trusted certificate.
    .useless = Entering the password again does not help.
cause-cert-expired = The server's certificate has expired.
    .meaning = The connection was stopped for that reason.
    .steps =
        First check the date and time of this computer.
        If they are right, ask the provider to renew the certificate.
    .useless = Neither a new password nor authorizing again fixes this.
cause-root-store-outdated = This computer's list of trusted certificates is out of date.
    .meaning = The server is right, but that cannot be confirmed.
    .steps =
        Run Windows Update, or Software Update on macOS.
        If the system or the program is old, update it.
        Run the connection check again.
    .useless = Changing the server settings does not help.
cause-server-name-is-ip-address = An IP address is entered in place of the server name.
    .meaning = Certificates are for names, so it cannot be confirmed.
    .steps =
        On the edit screen, enter a name such as mail.example.jp.
        If you do not know it, look at the provider's instructions.
    .useless = Entering the password again does not help.

## tls_version

cause-tls-too-old = The server refused because the program's encryption (TLS) is too old.
    .meaning = No connection is possible without TLS 1.2 or later.
    .steps =
        Update the program to its newest version.
        Update Windows or macOS.
        Replace old devices that cannot be updated.
    .useless = Entering the password again does not help.
cause-server-tls-too-old = The server's encryption (TLS) is too old to connect safely.
    .meaning = No connection is possible until the server is updated.
    .steps =
        Ask the provider for a newer server name with TLS 1.2 or later.
        If there is none, ask for the server to be updated.
    .useless = Neither a new password nor authorizing again fixes this.

## network

cause-port-blocked-by-isp = The network blocks this port.
    .meaning = Against junk mail, many lines block sending through port 25 (in Japan: OP25B). Other ports work.
    .steps =
        Use port 587 with STARTTLS for sending.
        If that does not connect either, ask your internet provider or network administrator whether it is blocked.
    .useless = Entering the password again does not help.
cause-firewall-blocks = A firewall or the like blocks the way to the mail server.
    .meaning = No connection is possible until it is allowed.
    .steps =
        On Windows, allow Ninka under Windows Security › Firewall & network protection › Allow an app through firewall.
        Also look at the firewall of the antivirus program.
        Try another network, such as your phone's hotspot.
        On a company network, ask its administrator to allow ports 993, 995 and 587.
    .useless = Neither a new password nor authorizing again fixes this.
cause-ipv6-unavailable = This network cannot use IPv6.
    .meaning = IPv6 addresses cannot be reached. On a network with IPv4 it works.
    .steps =
        Have the network's administrator check IPv6.
        If it is urgent, restart the router or try another network.
        On Windows, try clearing "Internet Protocol Version 6" in the properties of the network adapter.
    .useless = Entering the password again does not help.
cause-local-server-not-listening = The relay on this computer is not running.
    .meaning = Nothing answers at localhost or 127.0.0.1.
    .steps =
        Start Proton Mail Bridge or the relay program in use.
        Check that the port on the edit screen is the one it shows.
        If you use no relay, enter the provider's server name.
    .useless = Entering the password again does not help.

## name

cause-dns-not-found = The server's name was not found.
    .meaning = The name is wrong, or the network's name service (DNS) has a problem.
    .steps =
        Check the spelling of the server name on the edit screen.
        Check that other pages open in the browser.
        If they do not, restart the router and the computer.
    .useless = Entering the password again does not help.
cause-dns-resolver-broken = The network's name service (DNS) does not work.
    .meaning = The server name is right, but nothing can be reached by name.
    .steps =
        Restart the router and the computer.
        If you use a VPN, switch it off and try.
        Try another network, such as your phone's hotspot.
        If it goes on, have the network's administrator check the DNS server.
    .useless = Changing the server name or the password does not help.
cause-server-name-wrong = The server name is wrong.
    .meaning = There is no server of that name to connect to.
    .steps =
        Correct the server name on the edit screen; no https://, no port, no blanks.
        Microsoft 365 receives from outlook.office365.com and sends through smtp.office365.com.
        For others, follow the provider's instructions.
    .useless = Entering the password again does not help.

## unknown

cause-unknown = The cause is not known yet.
    .meaning = What the server said fits no cause that is known.
    .steps =
        Run the connection check again.
        Check server name, port and user name.
        If it goes on, copy the original text and ask the provider or support.
    .useless = -

## network

cause-timed-out = The server did not answer in time.
    .meaning = The connection was made and then stood still. Authorization and settings are kept.
    .steps =
        Wait a while and try again.
        If it goes on, try another network.
        If an antivirus program scans mail, switch that off and try.
    .useless = Entering the password again does not help.
cause-connection-closed = The server hung up in the middle.
    .meaning = Authorization and settings are kept. The reason is mostly a passing one at the server.
    .steps =
        Wait some minutes and try again.
        Close other programs that use the same account.
        If it goes on, ask the provider, with the original error text.
    .useless = Entering the password again does not help.
cause-offline = This computer is not connected to the internet.
    .meaning = Neither reception nor sending works until it is. Authorization and settings are kept.
    .steps =
        Check the Wi-Fi or the network cable.
        Check that pages open in the browser.
        Restart the router.
    .useless = No settings or passwords need to be changed.

## limits

cause-server-misbehaves = The server's answers do not follow the rules of mail.
    .meaning = The connection was ended for safety.
    .steps =
        Check the server name and the port.
        If an antivirus program scans mail, switch that off and try.
        If it goes on, ask the provider, with the original error text.
    .useless = Entering the password again does not help.

## certificate

cause-clock-wrong = The date or time of this computer is wrong.
    .meaning = Good certificates then look expired or not yet valid.
    .steps =
        On Windows, turn on "Set time automatically" under Settings › Time & language › Date & time and press Sync now.
        On macOS, turn on automatic setting under System Settings › General › Date & Time.
        Run the connection check again.
    .useless = Neither a new password nor authorizing again fixes this.
cause-cert-revoked = The server's certificate was revoked by its issuer.
    .meaning = The connection was stopped because it may not be safe.
    .steps =
        Tell the provider that the certificate is revoked.
        Do not connect until there is a new one.
    .useless = Neither a new password nor authorizing again fixes this.
