//! Microsoft's sign-in answers by their AADSTS code. Codes may change at any time; what is not
//! listed here falls back to `error` and `suberror` in `oauth_words`.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::reading::quoted_identifier;
use crate::diagnosis::{Cause as C, SignIn, Stage as At};

const REDEEMING: Is = Is::At(&[At::OauthToken, At::OauthAuthorize]);
const RENEWING: Is = Is::At(&[At::OauthRefresh, At::Auth, At::Mailbox, At::DeviceCode]);
/// A grant that was ended, not one that ran out.
const REVOKED: &str = r"being revoked|tokensvalidfrom|reset their password";
/// Addresses that Microsoft answers 50053 for are told apart by its sentence only.
const BAD_ADDRESS: &str =
    r"malicious|from an? (?:malicious )?ip|ip address|anonymous ip|blocked because";
/// Personal accounts' own tenant.
pub(super) const CONSUMERS: &str = r"9188040d-6c67-4c5b-b112-36a304b66dad|microsoft accounts?\b.{0,20}(?:directory|tenant)|(?:directory|tenant)[ '\x22(]{1,4}microsoft accounts?|consumers";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // The grant is gone.
    names(&[Is::Aadsts(&[700_082, 700_081, 700_084])], &[C::RefreshTokenExpiredInactive],
        "AADSTS700082: The refresh token has expired due to inactivity. The token was issued on 2022-10-19T08:34:00.8536273Z and was inactive for 90.00:00:00."),
    names(&[Is::Aadsts(&[70008, 70000]), Is::Says(REVOKED)], &[C::RefreshTokenRevokedPasswordChange],
        "AADSTS70008: The refresh token has expired due to it being revoked. The user might have changed or reset their password."),
    names(&[Is::Aadsts(&[70008]), RENEWING, Is::Silent(REVOKED)], &[C::RefreshTokenExpiredInactive],
        "invalid_grant: AADSTS70008: The refresh token has expired due to inactivity."),
    names(&[Is::Aadsts(&[70008]), REDEEMING], &[C::AuthCodeReused],
        "invalid_grant: AADSTS70008: The provided authorization code or refresh token is expired. Send a new interactive authorization request for this user and resource."),
    names(&[Is::Aadsts(&[50173, 50132, 50133, 700_009])], &[C::RefreshTokenRevokedPasswordChange],
        "AADSTS50173: The provided grant has expired due to it being revoked. The user might have changed or reset their password."),
    names(&[Is::Aadsts(&[70043, 70044, 50089])], &[C::SignInFrequencyPolicy],
        "AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."),
    leaves(&[Is::Aadsts(&[50085, 50139])], &[C::RefreshTokenExpiredInactive, C::RefreshTokenRevokedPasswordChange],
        "AADSTS50085: Refresh token needs social IDP login. Have user try signing-in again with username -password"),
    // 70000 is read by its sentence: the grant is gone, or scopes were asked that it never had.
    names(&[Is::Aadsts(&[70000]), Is::Says(r"scopes? requested|scopes?.{0,40}(?:unauthorized|not granted)")], &[C::RefreshScopeNotGranted],
        "AADSTS70000: The request was denied because one or more scopes requested are unauthorized or expired."),
    names(&[Is::Aadsts(&[70000]), Is::Says(r"grant is expired|must sign in again|grant.{0,20}(?:expired|revoked)"), Is::Silent("scopes? requested|or the grant is expired")], &[C::RefreshTokenExpiredInactive],
        "AADSTS70000: The user could not be authenticated as the grant is expired. The user must sign in again."),
    leaves(&[Is::Aadsts(&[70000]), REDEEMING], &[C::AuthCodeReused, C::RefreshScopeNotGranted, C::RefreshTokenExpiredInactive],
        "invalid_grant: AADSTS70000: The provided value for the 'code' parameter is not valid."),
    leaves(&[Is::Aadsts(&[70000, 9_002_313]), RENEWING], &[C::RefreshTokenExpiredInactive, C::RefreshTokenRevokedPasswordChange, C::RefreshScopeNotGranted],
        "invalid_grant AADSTS70000: Provided grant is invalid or malformed."),

    // A second factor.
    names(&[Is::Aadsts(&[50076, 50074, 50078, 500_121, 50088])], &[C::MfaRequired],
        "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'."),
    names(&[Is::Aadsts(&[50079, 50072, 53004, 50203, 50207, 53010])], &[C::MfaEnrollmentRequired],
        "interaction_required: AADSTS50079: you must enroll in multi-factor authentication to access '00000002-0000-0000-c000-000000000000'."),

    // Consent.
    names(&[Is::Aadsts(&[90094, 90095, 90093, 65002, 900_941])], &[C::AdminConsentRequired],
        "AADSTS90094: The grant requires admin permissions."),
    leaves(&[Is::Aadsts(&[90008])], &[C::ConsentMissing, C::AdminConsentRequired],
        "AADSTS90008: The user or administrator hasn't consented to use the application."),
    // Who has just come from the consent page could not give the consent that is missing.
    leaves(&[Is::Aadsts(&[65001]), Is::NotBy(SignIn::Password), Is::At(&[At::OauthAuthorize])], &[C::AdminConsentRequired, C::ConsentMissing],
        "AADSTS65001: The user or administrator has not consented to use the application with ID 'APP'. Send an interactive authorization request for this user and resource."),
    leaves(&[Is::Aadsts(&[65001]), Is::At(&[At::OauthRefresh, At::OauthToken, At::DeviceCode, At::Auth])], &[C::ConsentMissing, C::AdminConsentRequired],
        "invalid_grant:AADSTS65001: The user or administrator has not consented to use the application with ID 'App_ID' named 'CIPP_'."),
    names(&[Is::Aadsts(&[65004])], &[C::UserDeclinedConsent],
        "error=consent_required&error_description=AADSTS65004%3a+User+declined+to+consent+to+access+the+app."),

    // The organisation's rules.
    names(&[Is::Aadsts(&[50105, 501_051])], &[C::UserNotAssignedToApp],
        "AADSTS50105: Your administrator has configured the application X ('...') to block users unless they are specifically granted ('assigned') access to the application."),
    names(&[Is::Aadsts(&[50005])], &[C::ConditionalAccessPlatform],
        "AADSTS50005: User tried to log in to a device from a platform (Unknown) that's currently not supported through Conditional Access policy."),
    names(&[Is::Aadsts(&[53000, 53001, 50097, 530_003, 50129, 50155, 50187, 530_002, 50159])], &[C::DeviceComplianceRequired],
        "AADSTS53000: Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant."),
    // A second factor or a page of another provider, asked for by a policy.
    leaves(&[Is::Aadsts(&[50158])], &[C::MfaRequired, C::ConditionalAccessBlocked],
        "AADSTS50158: External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges."),
    names(&[Is::Aadsts(&[53003, 53005, 53002, 53011, 50127, 53008, 53009, 50131, 530_021, 530_031, 530_032, 530_034, 530_035, 530_036, 50142])], &[C::ConditionalAccessBlocked],
        "AADSTS53003: Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
    names(&[Is::Aadsts(&[700_003, 135_011, 135_010, 50156])], &[C::DeviceDeletedFromTenant],
        "AADSTS700003: Device object was not found in the tenant 'xxxx' directory."),

    // The tenant in the address of the sign-in service is none, or is missing.
    leaves(&[Is::Aadsts(&[50059, 50049, 90002, 90038, 900_021, 900_023])], &[C::EndpointWrongForApp, C::GuestOrWrongTenant, C::ClientIdWrong],
        "AADSTS90002: Tenant 'hana.example' not found. Check to make sure you have the correct tenant ID."),

    leaves(&[Is::Aadsts(&[50002, 500_021, 500_022])], &[C::ConditionalAccessBlocked, C::GuestOrWrongTenant],
        "AADSTS500021: Access to 'contoso' tenant is denied."),
    leaves(&[Is::Aadsts(&[80012])], &[C::ConditionalAccessBlocked, C::AccountLocked],
        "AADSTS80012: The users attempted to log on outside of the allowed hours."),

    // Who signs in.
    names(&[Is::Aadsts(&[50034, 51004, 500_341, 50197])], &[C::UserNotInTenant],
        "AADSTS50034: The user account {EmailHidden} does not exist in the example.com directory. To sign into this application, the account must be added to the directory."),
    names(&[Is::Aadsts(&[16000]), Is::Says(r"session is invalid|password change")], &[C::RefreshTokenRevokedPasswordChange],
        "AADSTS16000: Session is invalid due to expiration or recent password change."),
    names(&[Is::Aadsts(&[16000]), Is::Silent(r"session is invalid|password change")], &[C::GuestOrWrongTenant],
        "AADSTS16000: SelectUserAccount: this error is shown where several users are signed in."),
    names(&[Is::Aadsts(&[50020, 90072, 16003, 50014, 50177, 50178, 50128, 500_212, 500_213, 500_571, 90019])], &[C::GuestOrWrongTenant],
        "AADSTS50020: User account 'user@example.com' from identity provider 'live.com' does not exist in tenant 'xxxxx' and cannot access the application 'xxxxxxxx' in that tenant."),
    names(&[Is::Aadsts(&[50053]), Is::Says(BAD_ADDRESS), Is::Silent(r"too many|incorrect user|locked because you")], &[C::IpBlocked],
        "AADSTS50053: Sign-in was blocked because it came from an IP address with malicious activity."),
    leaves(&[Is::Aadsts(&[50053])], &[C::AccountLocked, C::IpBlocked],
        "AADSTS50053: The account is locked, you've tried to sign in too many times with an incorrect user ID or password."),
    names(&[Is::Aadsts(&[50057])], &[C::AccountLocked],
        "AADSTS50057: The user account is disabled."),
    names(&[Is::Aadsts(&[50126, 50056, 50064, 50055, 50144]), Is::Silent(r"federat|adfs|ad fs|ws-?trust")], &[C::BadPassword],
        "AADSTS70002: Error validating credentials. AADSTS50126: Invalid username or password"),
    leaves(&[Is::Aadsts(&[50126, 50056, 50064]), Is::Says(r"federat|adfs|ad fs|ws-?trust")], &[C::FederatedAccountPasswordFlow, C::BadPassword],
        "AADSTS50126: Error validating credentials due to invalid username or password. (federated user, AD FS)"),
    leaves(&[Is::Aadsts(&[50125, 50135])], &[C::BadPassword, C::WebLoginRequired],
        "AADSTS50135: Password change is required due to account risk."),
    leaves(&[Is::Aadsts(&[20001, 20012, 20033, 40008, 40009, 40010, 40015])], &[C::FederationServerUnreachable, C::FederatedAccountPasswordFlow],
        "AADSTS40010: There's an issue with your federated Identity Provider. Contact your IDP to resolve this issue."),
    names(&[Is::Aadsts(&[50107, 51001, 50008, 81004, 81010])], &[C::FederatedAccountPasswordFlow],
        "AADSTS50107: The requested federation realm object 'https://adfs.example.com/' does not exist."),
    names(&[Is::Aadsts(&[80001, 80002, 80005, 80007, 80010, 80013, 80014])], &[C::FederationServerUnreachable],
        "AADSTS80002: The password validation request timed out. On-premises agent or Active Directory is not reachable."),

    // The program's registration.
    leaves(&[Is::Aadsts(&[70004])], &[C::RedirectUriMismatch, C::RedirectUriInvalid],
        "AADSTS70004: The app returned an invalid redirect URI."),
    names(&[Is::Aadsts(&[90023, 900_144]), Is::Says(r"public clients?\b.{0,30}(?:not|n't).{0,20}(?:secret|assertion)")], &[C::ClientSecretNotAllowed],
        "AADSTS90023: Public clients can't send a client secret."),
    names(&[Is::Aadsts(&[90023]), Is::Says(r"cross-origin")], &[C::RedirectPlatformWrong],
        "AADSTS90023: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type."),
    leaves(&[Is::Aadsts(&[90014, 90023, 900_144])], &[C::EndpointWrongForApp, C::ClientIdWrong, C::RefreshScopeMissing],
        "AADSTS900144: The request body must contain the following parameter: 'grant_type'."),
    leaves(&[Is::Aadsts(&[90027])], &[C::EndpointWrongForApp, C::AppNotEnabledForPersonal],
        "AADSTS90027: We are unable to issue tokens from this API version on the MSA tenant."),
    names(&[Is::Aadsts(&[700_016, 700_011, 70001]), Is::Holds(|reading| no_guid_as_client(&reading.line))], &[C::ClientIdWrong],
        "AADSTS700016: Application with identifier 'Insert your client ID here' was not found in the directory '00000000-0000-0000-0000-000000000000'."),
    names(&[Is::Aadsts(&[700_016, 700_011, 70001]), Is::Says(CONSUMERS), Is::Holds(|reading| !no_guid_as_client(&reading.line))], &[C::AppNotEnabledForPersonal],
        "AADSTS700016: Application with identifier '08162f7c-0fd2-4200-a84a-f25a4db0b584' was not found in the directory '9188040d-6c67-4c5b-b112-36a304b66dad'."),
    leaves(&[Is::Aadsts(&[700_016, 700_011, 70001])], &[C::AppNotInTenant, C::ClientIdWrong, C::AppDeleted],
        "AADSTS700016: Application with identifier '08162f7c-0fd2-4200-a84a-f25a4db0b584' was not found in the directory 'contoso.com'. This can happen if the application has not been installed by the administrator of the tenant."),
    names(&[Is::Aadsts(&[650_052, 7_000_229])], &[C::AppNotInTenant],
        "AADSTS650052: The app needs access to a service that your organization has not subscribed to or enabled."),
    names(&[Is::Aadsts(&[7_000_112, 500_014, 7_000_113])], &[C::AppDisabled],
        "AADSTS7000112: Application '00000000-0000-0000-0000-000000000000'(App) is disabled."),
    // Without a redirect there is no platform that could be the wrong one.
    names(&[Is::Aadsts(&[7_000_218]), Is::At(&[At::DeviceCode])], &[C::PublicClientDisabled],
        "device code: AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    leaves(&[Is::Aadsts(&[7_000_218]), Is::Says(r"servererror: |spa\b|single.page|msal[.-](?:js|browser)|browser")], &[C::RedirectPlatformWrong, C::PublicClientDisabled],
        "ServerError: invalid_client: 7000218 - [2020-09-25 07:40:47Z]: AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    leaves(&[Is::Aadsts(&[7_000_218])], &[C::PublicClientDisabled, C::RedirectPlatformWrong],
        "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    names(&[Is::Aadsts(&[9_002_325, 9_002_326, 9_002_327])], &[C::RedirectPlatformWrong],
        "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type."),
    leaves(&[Is::Aadsts(&[70002]), Is::Says(r"must contain|client_secret|client_assertion")], &[C::PublicClientDisabled, C::RedirectPlatformWrong],
        "AADSTS70002: The request body must contain the following parameter: 'client_secret or client_assertion'"),
    leaves(&[Is::Aadsts(&[70002]), Is::Silent(r"must contain|client_secret|client_assertion")], &[C::BadPassword, C::AuthCodeReused, C::ClientSecretInvalid],
        "invalid_grant: AADSTS70002: Error validating credentials."),
    names(&[Is::Aadsts(&[700_025, 700_026])], &[C::ClientSecretNotAllowed],
        "(invalid_client) AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
    names(&[Is::Aadsts(&[700_023]), Is::Says(r"scope")], &[C::WrongScopeFormat],
        "AADSTS700023: The provided value for the input parameter scope is not valid when requesting an access token."),
    names(&[Is::Aadsts(&[700_023]), Is::Silent(r"scope")], &[C::ClientSecretInvalid],
        "AADSTS700023: Client assertion audience claim does not match Realm issuer."),
    names(&[Is::Aadsts(&[7_000_215, 50012, 700_027, 700_030, 50013, 7_000_216])], &[C::ClientSecretInvalid],
        "\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided."),
    names(&[Is::Aadsts(&[7_000_222, 700_024])], &[C::ClientSecretExpired],
        "AADSTS7000222: The provided client secret keys are expired."),
    names(&[Is::Aadsts(&[50194])], &[C::AppSingleTenantCommonEndpoint],
        "AADSTS50194: Application '{id}'({name} is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications."),
    leaves(&[Is::Aadsts(&[500_208])], &[C::AppNotEnabledForPersonal, C::GuestOrWrongTenant],
        "AADSTS500208: The domain is not a valid login domain for the account type."),
    // What the registration does not allow to be asked for, or what only the other version knows.
    leaves(&[Is::Aadsts(&[700_054, 70005, 70007])], &[C::RedirectPlatformWrong, C::PublicClientDisabled],
        "AADSTS700054: response_type 'id_token' is not enabled for the application."),
    leaves(&[Is::Aadsts(&[901_002, 70003])], &[C::EndpointWrongForApp, C::WrongScopeFormat],
        "AADSTS901002: The 'resource' request parameter is not supported."),
    leaves(&[Is::Aadsts(&[1_000_031])], &[C::AppDisabled, C::UserNotAssignedToApp],
        "AADSTS1000031: Application X can't be accessed at this time. Contact your administrator."),
    names(&[Is::Aadsts(&[500_133])], &[C::AccessTokenExpired],
        "AADSTS500133: Assertion is not within its valid time range."),
    names(&[Is::Aadsts(&[500_200])], &[C::AppNotEnabledForPersonal],
        "AADSTS500200: User account 'user@example.com' is a personal Microsoft account. Personal Microsoft accounts are not supported for this application unless explicitly invited to an organization."),
    names(&[Is::Aadsts(&[90130, 90124, 90056, 900_382, 900_432, 900_561, 500_201, 500_202, 500_207, 9_002_331, 9_002_332, 9_002_333, 9_002_346, 9_001_023, 9_002_341])], &[C::EndpointWrongForApp],
        "AADSTS90130: Application '<application_id>' (Test) is not supported over the /common or /consumers endpoints."),
    names(&[Is::Aadsts(&[50011, 500_111, 500_112, 500_113, 900_971]), Is::Silent(r"urn:ietf|\boob\b")], &[C::RedirectUriMismatch],
        "AADSTS50011: The reply address 'http://localhost:10800/Home/Authorize' does not match the reply addresses configured for the application"),
    names(&[Is::Aadsts(&[50011, 500_111, 500_112, 500_113]), Is::Says(r"urn:ietf|\boob\b")], &[C::RedirectUriInvalid],
        "AADSTS50011: The redirect URI 'urn:ietf:wg:oauth:2.0:oob' specified in the request does not match."),
    names(&[Is::Aadsts(&[500_119, 500_117, 500_118, 90102])], &[C::RedirectUriInvalid],
        "AADSTS500119: The redirect URI has an unsupported scheme."),

    // Scopes.
    names(&[Is::Aadsts(&[70011, 28000, 28002, 700_022]), Is::Holds(|reading| two_resources(&reading.line))], &[C::ScopesOfTwoResources],
        "AADSTS70011: The provided value for the input parameter 'scope' is not valid. One or more scopes in 'https://outlook.office.com/IMAP.AccessAsUser.All https://graph.microsoft.com/Mail.Send' are not compatible with each other."),
    names(&[Is::Aadsts(&[28000, 700_022]), Is::Holds(|reading| !two_resources(&reading.line))], &[C::ScopesOfTwoResources],
        "AADSTS28000: The input parameter scope is not valid."),
    names(&[Is::Aadsts(&[70011, 28002, 650_053, 1_002_012]), Is::Holds(|reading| !two_resources(&reading.line))], &[C::WrongScopeFormat],
        "AADSTS70011: The provided request must include a 'scope' input parameter. The scope email https://outlook.office.com/IMAP.AccessAsUser.All is not valid."),
    names(&[Is::Aadsts(&[90009, 28003])], &[C::RefreshScopeMissing],
        "AADSTS90009: Application '{id}' is requesting a token for itself. This scenario is supported only if resource is specified using the GUID based App Identifier."),
    names(&[Is::Aadsts(&[900_144, 90014]), Is::Says(r"parameter:? ?'?scope")], &[C::RefreshScopeMissing],
        "AADSTS900144: The request body must contain the following parameter: 'scope'."),
    names(&[Is::Aadsts(&[900_144, 90014]), Is::Says(r"parameter:? ?'?client_?id")], &[C::ClientIdWrong],
        "AADSTS900144: The request body must contain the following parameter: 'client_id'."),
    names(&[Is::Aadsts(&[90112])], &[C::ClientIdWrong],
        "AADSTS90112: Application identifier is expected to be a GUID."),
    leaves(&[Is::Aadsts(&[500_011, 50001])], &[C::WrongScopeResource, C::AppNotInTenant],
        "AADSTS500011: The resource principal named https://outlook.office365.com was not found in the tenant named Contoso."),
    leaves(&[Is::Aadsts(&[650_056])], &[C::WrongScopeResource, C::AdminConsentRequired, C::ClientIdWrong],
        "AADSTS650056: Misconfigured application. This could be due to one of the following: the client has not listed any permissions, or the admin has not consented in the tenant."),
    leaves(&[Is::Aadsts(&[650_054])], &[C::WrongScopeResource, C::AppNotInTenant],
        "AADSTS650054: The application asked for permissions to access a resource that has been removed or is no longer available."),
    names(&[Is::Aadsts(&[65005, 65006, 650_057, 500_013])], &[C::WrongScopeResource],
        "AADSTS650057: Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration."),

    // Codes.
    names(&[Is::Aadsts(&[54005, 501_481, 501_491, 50148, 700_005, 700_007, 50147])], &[C::AuthCodeReused],
        "(invalid_grant) AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."),
    names(&[Is::Aadsts(&[70016])], &[C::DeviceCodePending],
        "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling."),
    leaves(&[Is::Aadsts(&[70019, 70020, 70018])], &[C::DeviceCodeExpired, C::DeviceCodeExpiredServiceIncident],
        "AADSTS70020: The provided value for the input parameter 'device_code' is not valid. This device code has expired."),

    // What the sign-in service no longer speaks.
    names(&[Is::Aadsts(&[1_002_016])], &[C::TlsTooOld],
        "AADSTS1002016: You are using TLS version 1.0, 1.1 and/or 3DES cipher which are deprecated to improve the security posture of Azure AD."),

    // Microsoft's own trouble.
    names(&[Is::Aadsts(&[50087, 50166, 70012, 90012, 50033, 90033, 90006, 90024, 90090, 90091, 50000, 9_000_411])], &[C::ServerTemporary],
        "AADSTS90033: A transient error has occurred. Please try again."),
    names(&[Is::Aadsts(&[50196, 90055])], &[C::Throttled],
        "AADSTS50196: The server terminated an operation because it encountered a loop while processing a request."),

    // A code that is new: what its neighbours are about. Policies say nothing else by `error`; for
    // the others the words of `oauth_words` know more.
    leaves(&[Is::AadstsWithin(&[(53_000, 53_999), (530_000, 539_999)]), Is::NoAadsts], &[C::ConditionalAccessBlocked, C::DeviceComplianceRequired, C::MfaEnrollmentRequired],
        "AADSTS530099: Blocked by a policy of your organization."),
    guesses(&[Is::AadstsWithin(&[(65_000, 65_999), (650_000, 659_999), (90_090, 90_099), (900_940, 900_949)])], &[C::ConsentMissing, C::AdminConsentRequired, C::AppNotInTenant],
        "AADSTS650051: Application '{id}' is requesting permissions that are either invalid or out of date."),
    guesses(&[Is::AadstsWithin(&[(7_000_000, 7_000_999)])], &[C::ClientSecretInvalid, C::PublicClientDisabled, C::AppDisabled],
        "AADSTS7000299: The client could not be authenticated."),
    guesses(&[Is::AadstsWithin(&[(9_001_000, 9_002_999), (500_200, 500_209), (90_100, 90_199)])], &[C::EndpointWrongForApp, C::RedirectUriMismatch, C::AppSingleTenantCommonEndpoint],
        "AADSTS9002399: This endpoint cannot be used."),
    guesses(&[Is::AadstsWithin(&[(700_000, 709_999), (70_000, 70_999)]), RENEWING], &[C::RefreshTokenExpiredInactive, C::RefreshTokenRevokedPasswordChange, C::ClientIdWrong],
        "AADSTS700099: The assertion cannot be used."),
    guesses(&[Is::AadstsWithin(&[(700_000, 709_999), (70_000, 70_999)]), REDEEMING], &[C::ClientIdWrong, C::AppNotInTenant, C::AuthCodeReused],
        "AADSTS700099: The application cannot be used."),
    guesses(&[Is::AadstsWithin(&[(50_000, 50_999), (500_000, 509_999), (51_000, 52_999)])], &[C::GuestOrWrongTenant, C::UserNotInTenant, C::MfaRequired, C::ConditionalAccessBlocked],
        "AADSTS50999: The account cannot be used."),
];

/// The identifier that a text names is no GUID: a placeholder, an address or a name.
fn no_guid_as_client(line: &str) -> bool {
    let identifier = quoted_identifier(line);
    // An application's address (`https://contoso.com/GUID`) holds its id as well.
    let identifier = identifier.rsplit('/').next().unwrap_or_default();
    let guid_like = identifier.len() >= 30
        && identifier
            .chars()
            .all(|c| c.is_ascii_hexdigit() || matches!(c, '-' | 'x' | '*' | '{' | '}' | '.' | '…'));
    // Reporters black their ids out: `xxxx`, `<app-id>`, `***`, `00000000-…`.
    let hidden = identifier.is_empty()
        || identifier.starts_with(['<', '[', '*', '{', '#'])
        || identifier
            .chars()
            .all(|c| matches!(c, 'x' | '*' | '.' | '-' | '0' | '…' | '_'))
        || ["xxx", "***", "...", "…"]
            .iter()
            .any(|mark| identifier.ends_with(mark));
    !(guid_like || hidden)
}

/// The scopes of the text are of two services.
fn two_resources(line: &str) -> bool {
    // Each `https://service/.default` is a service of its own (Microsoft, "The .default scope").
    let whole: std::collections::BTreeSet<&str> = line
        .split(['\'', '"', ' ', ',', '+'])
        .filter_map(|word| word.strip_suffix("/.default"))
        .collect();
    if whole.len() > 1 {
        return true;
    }
    if line.contains("compatible with each other") || line.contains("more than one resource") {
        return true;
    }
    let services = [
        &["graph.microsoft.com"][..],
        &["outlook.office.com", "outlook.office365.com"],
        &["api.office.com", "management.azure.com", "vault.azure.net"],
    ];
    services
        .iter()
        .filter(|names| names.iter().any(|name| line.contains(name)))
        .count()
        > 1
}
