//! Sign-ins by token. Servers answer one sentence for a token that is expired, for another service,
//! of another person or malformed; what the program itself knows parts them afterwards.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::{Cause as C, Protocol as Over, SignIn, Stage as At};

const TOKEN: Is = Is::By(SignIn::Xoauth2);
const SMTP: Is = Is::Over(&[Over::Smtp]);
const POP: Is = Is::Over(&[Over::Pop3]);
const IMAP: Is = Is::Over(&[Over::Imap]);
const MAIL: Is = Is::Over(&[Over::Pop3, Over::Imap, Over::Smtp]);

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    names(&[MAIL, Is::Says(r"access ?token.{0,20}expired|accesstokenexpired|token (?:(?:is|has|was) )?(?:been )?expired|expired (?:access )?token|expired_access_token|invalid_token.{0,40}expired|session invalidated|トークン.{0,10}(?:期限|失効)")], &[C::AccessTokenExpired],
        "* BYE Session invalidated - AccessTokenExpired"),
    names(&[MAIL, Is::Holds(|reading| reading.sasl.password_as_token)], &[C::PasswordSentAsXoauth2],
        "AUTH XOAUTH2 dXNlcj1hQGV4YW1wbGUuanABYXV0aD1CZWFyZXIgaHVudGVyMgEB"),
    leaves(&[SMTP, Is::By(SignIn::Password), Is::Says(r"xoauth2?|oauthbearer"), Is::Silent(r"250[ -]auth|capability|not (?:supported|offered|advertised)|basic auth")], &[C::PasswordSentAsXoauth2, C::BadPassword, C::AuthMechanismUnsupported],
        "AUTH XOAUTH2 535 5.7.3 Authentication unsuccessful"),
    leaves(&[IMAP, Is::By(SignIn::Password), Is::Says(r"xoauth2 authentication failed|authenticate xoauth2")], &[C::PasswordSentAsXoauth2, C::BadPassword],
        "XOAUTH2 authentication failed: BAD Client aborted AUTHENTICATE command. Data: AUTHENTICATE XOAUTH2"),
    // The challenge of a sign-in by token, where a password was to be sent.
    leaves(&[MAIL, Is::By(SignIn::Password), Is::Holds(|reading| reading.sasl.challenge)], &[C::PasswordSentAsXoauth2, C::BadPassword],
        "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"),
    names(&[MAIL, TOKEN, Is::Holds(|reading| reading.sasl.malformed)], &[C::Xoauth2StringMalformed],
        "AUTHENTICATE XOAUTH2 dXNlcj1hQGV4YW1wbGUuanBeQWF1dGg9QmVhcmVyIGFiY2RlZmdoXkFeQQ=="),
    names(&[MAIL, TOKEN, Is::Silent(r"line too long"), Is::Says(r"invalid sasl|sasl.{0,20}(?:argument|syntax|format|malformed)|argument error|invalid (?:base-?64|initial|auth\w* (?:string|data|argument|response)|argument|oauth.{0,10}(?:format|string))|base-?64(?:.{0,30}(?:invalid|decod|malformed|expected)| error)|(?:cannot|can't|could not|unable to|failed to|error) (?:be )?decod|malformed|invalid (?:client )?response|501 |illegal|parse error|missing (?:user|auth|bearer)|gs2-header|5\.5\.2|5\.5\.4")], &[C::Xoauth2StringMalformed],
        "NO Invalid SASL argument. p14"),
    names(&[POP, TOKEN, Is::Says(r"protocol error|(?:line|command|argument) (?:is )?too long|command (?:line )?length|-err (?:bad|invalid|unexpected) (?:number of )?(?:argument|parameter|command)|wrong number of arg|too many arg")], &[C::Xoauth2OneLinePop3],
        "-ERR Protocol error. Connection is closed. 10"),
    leaves(&[Is::Over(&[Over::Pop3, Over::Imap]), TOKEN, Is::Says(r"authenticated but not connected")], &[C::WrongAccountSignedIn, C::WrongScopeResource, C::ServerTemporary, C::ConcurrentConnectionLimit],
        "BAD User is authenticated but not connected"),
    leaves(&[IMAP, Is::By(SignIn::Password), Is::Says(r"authenticated but not connected")], &[C::ServerTemporary, C::ConcurrentConnectionLimit, C::WrongAccountSignedIn, C::BadPassword],
        "<= 'A1 OK LOGIN completed.' => 'A3 NAMESPACE' <= 'A3 BAD User is authenticated but not connected.'"),
    leaves(&[MAIL, TOKEN, Is::At(&[At::Mailbox, At::Receive])], &[C::WrongAccountSignedIn, C::ServerTemporary, C::WrongScopeResource],
        "A2 NO LIST failed."),
    // A server that looks the token up and finds another name in it.
    leaves(&[MAIL, TOKEN, Is::Says(r"user ?name '?[^'@ ]{1,80}'? (?:did|does) not match '?[^' ]{1,80}@")], &[C::UsernameFormatWrong, C::WrongAccountSignedIn],
        "oauth2 failed: Introspection failed: Username 'order' did not match 'order@hana-shop.example'"),
    leaves(&[MAIL, TOKEN, Is::Says(r"user ?name '?[^' ]{1,80}'? (?:did|does) not match")], &[C::WrongAccountSignedIn, C::UsernameFormatWrong],
        "oauth2 failed: Introspection failed: Username 'order@hana-shop.example' did not match 'info@hana-shop.example'"),
    // What a program prints of a value that is no token: it never called its own function, or had none.
    names(&[MAIL, TOKEN, Is::Says(r"auth ?= ?bearer ['\x22]?(?:<(?:function|bound method|built-in|coroutine|generator|[a-z_.]+ object)|\[object |undefined\b|null\b|none\b|nil\b)")], &[C::Xoauth2StringMalformed],
        "returning \"user=order@hana-shop.example auth=Bearer <function <lambda> at 0x7f64aab7c938>\" NO AUTHENTICATE failed."),
    // The scope that was asked for stands beside the refusal, and is Graph's.
    leaves(&[MAIL, TOKEN, Is::Says(r"scopes?\b.{0,12}https?://graph\.microsoft\.com")], &[C::WrongScopeResource, C::ServicePrincipalNotRegistered],
        "NO AUTHENTICATE failed. 'grant_type' => 'client_credentials', 'scope' => 'https://graph.microsoft.com/.default'"),
    leaves(&[SMTP, Is::Says(r"shared mailbox|共有メールボックス")], &[C::SharedMailboxLogin, C::WrongAccountSignedIn, C::SendAsDenied],
        "535 5.7.3 Authentication unsuccessful (shared mailbox info@example.com)"),
    leaves(&[MAIL, TOKEN, Is::Says(r"client.credentials|app.only|application permission|service.?principal|sendasapp|accessasapp|\.default\b|\bdaemon (?:app|flow|client)|acquiretokenforclient")], &[C::ServicePrincipalNotRegistered, C::WrongScopeResource, C::WrongAccountSignedIn],
        "NO AUTHENTICATE failed. (client credentials flow, IMAP.AccessAsApp)"),
    leaves(&[MAIL, TOKEN, Is::Holds(|reading| reading.sasl.unauthorized)], &[C::AccessTokenExpired, C::WrongAccountSignedIn, C::WrongScopeResource],
        "+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0="),
    leaves(&[MAIL, TOKEN, Is::Holds(|reading| reading.sasl.challenge)], &[C::WrongScopeResource, C::AccessTokenExpired, C::WrongAccountSignedIn, C::Xoauth2StringMalformed],
        "+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ== NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
    leaves(&[MAIL, TOKEN, Is::Says(r"insufficient[_ ](?:scope|permission)|(?:wrong|invalid|missing|lacks?) (?:the )?(?:scope|audience|permission)|\baud\b|scopes? .{0,20}(?:missing|not granted|insufficient)")], &[C::WrongScopeResource, C::AccessTokenExpired],
        "NO [AUTHENTICATIONFAILED] insufficient_scope"),
    leaves(&[POP, TOKEN, Is::Says(r"-err|unknown user name|bad password|\[auth\]|logon failure|authentication failure")], &[C::WrongScopeResource, C::PopDisabledForMailbox, C::WrongAccountSignedIn, C::AccessTokenExpired, C::Xoauth2OneLinePop3, C::ServicePrincipalNotRegistered],
        "-ERR Authentication failure: unknown user name or bad password."),
    guesses(&[POP, TOKEN, Is::At(&[At::Auth])], &[C::Xoauth2OneLinePop3, C::WrongScopeResource, C::WrongAccountSignedIn, C::AccessTokenExpired, C::PopDisabledForMailbox],
        "Auth for user xxx/outlook.office365.com failed!"),
    guesses(&[IMAP, TOKEN, Is::At(&[At::Auth])], &[C::WrongScopeResource, C::AccessTokenExpired, C::WrongAccountSignedIn, C::ImapDisabledForMailbox, C::ServicePrincipalNotRegistered, C::Xoauth2StringMalformed],
        "A1 NO AUTHENTICATE failed."),
    guesses(&[SMTP, TOKEN, Is::At(&[At::Auth])], &[C::WrongScopeResource, C::AccessTokenExpired, C::WrongAccountSignedIn, C::SmtpAuthDisabledTenant, C::SmtpAuthDisabledMailbox, C::ServicePrincipalNotRegistered, C::SharedMailboxLogin],
        "535 5.7.3 Authentication unsuccessful [PA7P264CA0408.FRAP264.PROD.OUTLOOK.COM 2026-04-09T12:13:06.348Z 08DE95BEBBF63F52]"),
];
