//! What POP, IMAP and SMTP servers answer to a sign-in of any kind: switched off, not offered, not
//! encrypted, too many, later. Also which server answers at all.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::{
    AccountKind as Of, Cause as C, Protocol as Over, SignIn, Stage as At,
    reading::{Reading, SocketFault as S, TlsFault},
};

const SMTP: Is = Is::Over(&[Over::Smtp]);
const POP: Is = Is::Over(&[Over::Pop3]);
const IMAP: Is = Is::Over(&[Over::Imap]);
const RECEIVING: Is = Is::Over(&[Over::Pop3, Over::Imap]);
const MAIL: Is = Is::Over(&[Over::Pop3, Over::Imap, Over::Smtp]);
const PASSWORD: Is = Is::By(SignIn::Password);
const TOKEN: Is = Is::By(SignIn::Xoauth2);
const NO_MECHANISM: &str = r"invalid (?:auth\w*|sasl) (?:mechanism|method|type|scheme)|(?:does not|doesn't) support .{0,30}auth\w* (?:method|mechanism|type)|unrecognized authentication type|(?:auth\w* )?(?:mechanism|method|type|scheme)s?\b.{0,40}(?:not|n't|un)[ -]?(?:supported|available|recognized|known|enabled|accepted|implemented)|(?:un|not )supported (?:auth\w*|sasl|login|mechanism)|(?:no|none of the|any)\b.{0,40}(?:auth\w*|sasl|compatible|supported|common|known|usable|suitable|available|acceptable) (?:auth\w* |sasl )?(?:mechanism|method|type|scheme)s?|no (?:supported|suitable|worthy|common|compatible) (?:auth|mech)|unknown auth(?:entication|entificator|enticator)?\b|bad sasl mechanism|no worthy mechs|認証方(?:式|法).{0,20}(?:サポート|対応|利用)|0x800ccc80|cannot authenticate.{0,40}mechanism|unable to authenticate.{0,60}(?:mechanism|method)|no mechanism available|please select another authentication|cannot use a secure authentication|auth\b.{0,20}(?:when |was |is )?not advertised";
/// The mechanism of OAuth by name, and that it is missing.
const XOAUTH2_MISSING: &str = r"(?:xoauth2?|oauthbearer|oauth ?2?(?:\.0)?).{0,60}(?:not|n't|un)[ -]?(?:supported|available|advertised|offered|enabled|implemented|recognized|listed|announced|in (?:the )?(?:list|capabilit))|(?:not|n't|no|without).{0,30}(?:support|advertise|offer|announce|list)\w*.{0,30}(?:xoauth2?|oauthbearer|oauth)|un(?:supported|recogni[sz]ed|known|available)[^.]{0,40}(?:xoauth2|oauthbearer)|xoauth2.{0,30}(?:は|を)?(?:サポート|対応)|find mech\w* (?:xoauth2|oauthbearer)|\b(?:xoauth2|oauthbearer)\b[^.;]{0,60}no mechanism available";
/// In any of the ways of `NO_MECHANISM` and `NO_AUTH`, loosely: the host's name decides.
const NO_MECHANISM_AT_ALL: &str = r"unrecognized auth\w* type|(?:auth\w*|mechanism|login)\b.{0,40}(?:not|n't|un)[ -]?(?:supported|available|recognized|known|enabled|advertised|implemented|offered)|(?:not|n't|no) (?:support|offer|advertise|allow)\w* .{0,20}auth|no (?:supported|suitable|compatible) auth";
/// Hosts that take mail for a domain and no sign-in.
const EXCHANGERS: &str =
    r"protection\.outlook\.com|\.mx\.microsoft|gmail-smtp-in\.l|mx\.google\.com|aspmx";
/// Exchange says in the same breath whether it is the mailbox or the whole organisation.
const OF_THE_MAILBOX: &str = r"smtpclientauth\w* (?:is )?disabled for (?:the|this|your) mailbox";
const NO_AUTH: &str = r"does(?: not|n't) support (?:any )?(?:auth|smtp auth|secure auth|login|plain|cram|the auth|this auth|spa\b)|auth(?:entication)? (?:extension |command )?(?:is )?(?:not|un)[ -]?(?:supported|advertised|implemented)";

/// Where a server has said nothing in order yet.
const SESSION_BEGINS: Is = Is::At(&[At::Greeting, At::Tls, At::StartTls, At::Capability]);
/// Nothing is said of a certificate or of TLS versions.
const NO_CERTIFICATE: Is =
    Is::Holds(|reading| reading.tls.iter().all(|fault| *fault == TlsFault::NotTls));

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // Exchange's reasons after the comma of 5.7.139, and kin.
    names(&[MAIL, Is::Says(r"smtpclientauth(?:entication)?(?:disabled)? (?:is )?disabled|(?:^|[^-])smtpclientauthenticationdisabled|smtp_auth_disabled|smtp auth(?:entication)? (?:is )?(?:disabled|turned off|switched off)|authenticated (?:client )?smtp (?:submission )?is disabled|認証済み smtp.{0,10}無効"), Is::Silent(OF_THE_MAILBOX)], &[C::SmtpAuthDisabledTenant],
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [MN2PR05CA0004.namprd05.prod.outlook.com]"),
    names(&[MAIL, Is::Says(OF_THE_MAILBOX)], &[C::SmtpAuthDisabledMailbox],
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. [MN2PR05CA0004.namprd05.prod.outlook.com]"),
    names(&[MAIL, Is::Says(r"basic auth(?:entication)? (?:is|has been|was) (?:disabled|not supported|retired|blocked|deprecated|no longer)|basic_auth_disabled|basicauth\w*(?:disabled|blocked)|basic authentication.{0,30}(?:not supported|disabled|無効)|基本認証(?:は|が).{0,20}(?:無効|廃止|終了|使|利用|サポート)")], &[C::BasicAuthRetired],
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [BM1P287CA0015.INDP287.PROD.OUTLOOK.COM]"),
    names(&[SMTP, Is::Enhanced(&["5.7.30"])], &[C::BasicAuthRetired],
        "550 5.7.30 Basic authentication is not supported for Client Submission."),
    names(&[MAIL, Is::Says(r"account (?:is |has been |was )?(?:temporarily )?locked|\blocked (?:out|account)|アカウント.{0,10}ロック|too many (?:failed|wrong|incorrect) (?:log-?in|auth\w*|password)|login.{0,10}(?:temporarily )?(?:disabled|blocked|suspended) due")], &[C::AccountLocked],
        "535 5.7.139 Authentication unsuccessful, account locked. Contact your administrator."),
    names(&[MAIL, Is::Says(r"(?:\bsts\b|federat\w*|\badfs\b|\bad fs\b|identity provider).{0,60}(?:https|tls|ssl)\b|(?:https|tls|ssl)\b.{0,60}(?:federated sts|sts url)")], &[C::FederationServerTls],
        "535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS."),
    names(&[MAIL, Is::Says(r"(?:federated )?\bsts\b.{0,40}(?:unreachable|not (?:be )?reach|unavailable|down|timed? ?out|not respond|failed|could not)|(?:unreachable|(?:not|n't) reach|contact).{0,30}(?:federated|\bsts\b)|(?:adfs|ad fs|federation) server.{0,40}(?:unreachable|unavailable|down|not)"), Is::Silent("support https|sts url")], &[C::FederationServerUnreachable],
        "535 5.7.139 Authentication unsuccessful, the federated STS is unreachable."),
    leaves(&[MAIL, Is::Says(r"(?:request )?did not meet the criteria|要求は.{0,20}基準")], &[C::ConditionalAccessBlocked, C::SmtpAuthDisabledTenant, C::SmtpAuthDisabledMailbox, C::MfaRequired],
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator."),
    names(&[MAIL, Is::Says(r"security defaults?|conditional access|セキュリティの?既定値|条件付きアクセス|blocked by (?:an? )?(?:policy|administrator|your organi[sz]ation)")], &[C::ConditionalAccessBlocked],
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator."),
    names(&[SMTP, Is::Enhanced(&["4.7.66"])], &[C::TlsTooOld],
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls."),

    // Sign-in at a server that takes none: the host in the reply is one for mail coming in.
    leaves(&[SMTP, Is::Says(EXCHANGERS), Is::Says(NO_MECHANISM_AT_ALL)], &[C::WrongSmtpServer, C::AuthMechanismUnsupported],
        "504 5.7.4 Unrecognized authentication type [SN1NAM02FT025.eop-nam02.prod.protection.outlook.com]"),

    // The server listed what it can: encrypting, and only then signing in.
    leaves(&[SMTP, Is::At(&[At::Auth, At::Capability, At::SendMailFrom]), Is::Says(r"250[ -]starttls\b"), Is::Silent(r"250[ -]auth\b|220 2\.0\.0"), Is::Silent(EXCHANGERS), Is::Says(r"\b50[0-4] |not (?:support|advertise|offer)|unsupported|unrecognized")], &[C::StarttlsRequired, C::AuthMechanismUnsupported],
        "250-SIZE 157286400 250-STARTTLS 250 SMTPUTF8 AUTH LOGIN 504 5.7.4 Unrecognized authentication type"),
    // Encrypted already, and still no sign-in on the list.
    leaves(&[SMTP, Is::At(&[At::Auth, At::Capability]), Is::Says(r"upgraded (?:with|to) (?:starttls|tls)|\b220\b.{0,20}(?:go ahead|ready to start tls|begin tls)"), Is::Silent("250[ -]auth"), Is::Says(r"\bauth\b.{0,30}not advertised|auth extension (?:is )?not")], &[C::AuthCommandUnsupported, C::AuthMechanismUnsupported],
        "220 TLS go ahead Connection upgraded with STARTTLS 250-SIZE 26214400 250 HELP C: AUTH PLAIN S: 503 AUTH command used when not advertised"),
    // The server listed what it can, and neither encryption nor signing in is among it.
    leaves(&[SMTP, Is::At(&[At::Auth, At::Capability]), Is::Says(r"250[ -](?:size|8bitmime|pipelining|help|dsn|enhancedstatuscodes|vrfy|etrn)\b"), Is::Silent(r"starttls|250[ -]auth"), Is::Says(r"not advertised|auth\w*\b.{0,40}(?:not|n't|un)[ -]?(?:supported|available|recognized|known|enabled|implemented|offered)|\b50[0234] ")], &[C::AuthCommandUnsupported, C::AuthMechanismUnsupported, C::WrongSmtpServer],
        "250-SIZE 26214400 250-8BITMIME 250-PIPELINING 250 HELP AUTH PLAIN 503 AUTH command used when not advertised"),
    // Before encryption most servers do not offer to take a sign-in.
    leaves(&[SMTP, Is::Says(r"\bauth extension (?:is )?not|\bauth\b.{0,30}not advertised")], &[C::StarttlsRequired, C::AuthMechanismUnsupported, C::WrongSmtpServer],
        "SMTP AUTH extension not supported by server."),

    // A second agreement to encrypt on a connection that is encrypted already.
    names(&[MAIL, Is::Says(r"(?:when|while) tls (?:is )?active|tls (?:is )?already (?:active|started|in use|on)|already (?:in|using|running|under|over) (?:an? )?(?:tls|ssl|encrypted)|(?:starttls|stls).{0,30}(?:already|tls active)")], &[C::WrongPortTlsMode],
        "454 Command not permitted when TLS active"),

    // Encryption first.
    names(&[SMTP, Is::Says(r"starttls (?:command )?(?:first|is required|required)|(?:must|need to|have to|please|should) (?:issue|use|start|send|do).{0,10}(?:a )?(?:starttls|tls\b|ssl)|encryption (?:is )?required|without (?:an? )?(?:ssl|tls|encrypt)[a-z/ ]{0,30}(?:not (?:allowed|permitted|supported|possible)|forbidden|refused|denied|prohibited)|requires? (?:an? )?(?:encrypt|tls|starttls|ssl|secure)|tls (?:is )?required|secure connection (?:is )?required|(?:only|not) (?:allowed |available |permitted )?(?:over|without|with|via) (?:an? )?(?:secure|encrypt|tls|ssl|starttls)|starttls.{0,20}(?:before|先)|tls暗号化が必要|(?:establish|negotiate|appropriate).{0,20}tls channel"), Is::NotTls(TlsFault::NoStartTls)], &[C::StarttlsRequired],
        "530 5.7.0 Must issue a STARTTLS command first. w29sm21914057vcr.2"),
    // Go refuses to send a password in the clear before the server can.
    leaves(&[SMTP, Is::Says(r"\bunencrypted connection")], &[C::StarttlsRequired, C::WrongPortTlsMode],
        "smtp: unencrypted connection"),
    names(&[SMTP, Is::Reply(&[538])], &[C::StarttlsRequired],
        "538 5.7.11 Encryption required for requested authentication mechanism"),
    names(&[RECEIVING, Is::Says(r"\[?privacyrequired|(?:ssl|tls|secure) connection (?:is )?required|logindisabled|(?:plain ?text|clear ?text|cleartext|plaintext|plain).{0,40}(?:disallowed|not (?:allowed|permitted|accepted)|disabled|refused|forbidden|denied|prohibited|unavailable)|(?:disallow|not allow|refus|disabl|forbid)\w*.{0,30}(?:plain ?text|clear ?text|cleartext|plaintext)|(?:must|need to|have to|please|should|required to|only) (?:be )?(?:use|enable|issue|start|using|over|via|connect).{0,30}(?:ssl|tls|stls|starttls|secure|encrypt)|(?:ssl|tls|stls|starttls|encryption|secure (?:connection|channel)) (?:is |are )?(?:required|needed|mandatory|necessary)|(?:requires?|non-) ?(?:an? |the use of )?(?:ssl|tls|stls|transport|starttls|secure|encrypt)|(?:not|never|refus\w*|disabled|denied|prohibited|possible) .{0,30}without (?:an? )?(?:ssl|tls|encrypt|secure)|(?:must|have to|need to|please) (?:issue|use|enable|start|first) .{0,10}(?:stls|starttls)|only (?:available|allowed|supported) (?:over|with|via|on) (?:an? )?(?:ssl|tls|secure|encrypt)|(?:ssl|tls|暗号化)(?:接続|通信)?(?:が|を)(?:必要|使用してください|利用してください)|平文"), Is::Silent(r"less[- ]?secure|specific password|greeting\b.{0,40}(?:in|with|out)"), Is::At(&[At::Auth, At::Capability, At::Mailbox, At::Greeting])], &[C::TlsRequiredForLogin],
        "-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections."),

    // The wrong kind of connection, as POP servers put it.
    names(&[Is::At(&[At::StartTls]), Is::Says(r"not valid in this state|upgrade to tls failed|-err|\bbad\b|unknown command|not (?:supported|implemented|recognized)|invalid command|unrecognized|command not|50[0-4] ")], &[C::WrongPortTlsMode],
        "fetchmail: POP3> STLS fetchmail: POP3< -ERR Command is not valid in this state. fetchmail: localhost: upgrade to TLS failed."),
    leaves(&[POP, Is::Says(r"command is ?not valid in this state")], &[C::WrongPortTlsMode, C::TlsRequiredForLogin],
        "-ERR Command is  not valid in this state"),
    names(&[Is::Over(&[Over::Imap, Over::Smtp, Over::Network]), Is::Says(r"\+ok\b.{0,60}(?:pop|ready|hello|welcome|<)|-err protocol error|\bpop3? (?:server|service|service is) ready|pop3 service")], &[C::WrongPortProtocol],
        "<< +OK The Microsoft Exchange POP3 service is ready. [] >> TAG1 LOGOUT << -ERR Protocol error. 19"),
    // One protocol's class or server, and the port of another.
    leaves(&[Is::At(&[At::Tcp, At::Tls, At::StartTls, At::Greeting]), Is::Says(r"\bimap4?(?:_ssl)?\([^)]{0,80}\b(?:995|110|465|587)\b|\bpop3?(?:_ssl)?\([^)]{0,80}\b(?:993|143|465|587)\b|\bsmtp(?:_ssl)?\([^)]{0,80}\b(?:993|995|143|110)\b")], &[C::WrongPortProtocol, C::FirewallBlocks],
        "imaplib.IMAP4_SSL('outlook.office365.com', port=995) imaplib.IMAP4.error: None"),
    // The port that is named is another protocol's.
    leaves(&[Is::Over(&[Over::Imap]), SESSION_BEGINS, Is::Port(&[25, 110, 465, 587, 995]), Is::NotPort(&[143, 993]), NO_CERTIFICATE], &[C::WrongPortProtocol, C::WrongPortTlsMode],
        "imap host: 'outlook.office365.com', port:995, Timed out while authenticating with server"),
    leaves(&[Is::Over(&[Over::Pop3]), SESSION_BEGINS, Is::Port(&[25, 143, 465, 587, 993]), Is::NotPort(&[110, 995]), NO_CERTIFICATE], &[C::WrongPortProtocol, C::WrongPortTlsMode],
        "pop3 port 993: no greeting in time"),
    leaves(&[Is::Over(&[Over::Smtp]), SESSION_BEGINS, Is::Port(&[110, 143, 443, 993, 995]), Is::NotPort(&[25, 465, 587, 2525]), NO_CERTIFICATE], &[C::WrongPortProtocol, C::WrongPortTlsMode],
        "smtp Greeting never received, port 993"),
    names(&[Is::Over(&[Over::Pop3, Over::Imap]), Is::Says(r"\b220[ -].{0,60}(?:smtp|esmtp|mail service|postfix|exim|sendmail)")], &[C::WrongPortProtocol],
        "220 mail.example.jp ESMTP Postfix"),
    names(&[Is::Over(&[Over::Pop3, Over::Imap]), Is::At(&[At::Greeting]), Is::Says(r"(?:unexpected|atom|token|greeting|banner|welcome).{0,30}\b220\b")], &[C::WrongPortProtocol],
        "Syntax error in IMAP server greeting. Unexpected token: [atom: 220]"),
    names(&[Is::Over(&[Over::Pop3, Over::Smtp]), Is::Says(r"\* ok\b.{0,120}(?:imap|capability)")], &[C::WrongPortProtocol],
        "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+] Dovecot ready."),
    names(&[Is::Says(r"\bhttp/1\.[01] [0-9]{3}|<html|<!doctype|400 bad request"), Is::Over(&[Over::Pop3, Over::Imap, Over::Smtp, Over::Network]), Is::At(&[At::Greeting, At::Capability, At::Tls, At::Tcp])], &[C::WrongPortProtocol],
        "HTTP/1.1 400 Bad Request"),
    names(&[Is::At(&[At::Greeting]), Is::Says(r"(?:unexpected|invalid|bad|wrong|unknown|not an?\b|did not receive|no valid).{0,30}(?:greeting|banner|welcome|imap|pop3?|smtp) ?(?:server|greeting|response)?"), Is::Silent(r"time|closed|never|eof"), Is::Holds(|reading| reading.smtp.codes.is_empty())], &[C::WrongPortProtocol],
        "Unexpected greeting from server: SSH-2.0-OpenSSH_9.6"),

    // A command that the program may not send yet: it went on although the sign-in or the opening had
    // failed, or it never told who it is (ID, RFC 2971), which some providers ask for.
    leaves(&[IMAP, Is::Says(r"unsafe login|illegal in state|command (?:is )?(?:not allowed|invalid|illegal) in (?:this|the current) state|\bbad (?:invalid|unknown|illegal|unrecognized|malformed) (?:command|argument|parameter)")], &[C::ClientLoginBug, C::ServerTemporary],
        "NO SELECT Unsafe Login. Please contact kefu@188.com for help"),

    // RFC 9051, 7.1.3: BAD is about how a command is written, not about who signs in.
    leaves(&[IMAP, PASSWORD, Is::At(&[At::Auth]), Is::Says(r"\bbad\b[^a-z0-9]{1,6}(?:missing|parse|syntax|unexpected|expected|unterminated|malformed|unbalanced|invalid (?:char|string|literal|quot)|could not parse|error parsing|error in imap command)")], &[C::ClientLoginBug, C::BadPassword],
        "2 BAD Missing ')'"),
    // What the program signs in by fails on this side, before the server has said no.
    leaves(&[MAIL, Is::Silent(r"\b(?:xoauth2|oauthbearer)\b"), Is::Says(r"no mechanism available|no worthy mechs?|sasl\(-4\)")], &[C::AuthMechanismUnsupported, C::ClientLoginBug],
        "SASL authentication failed; cannot authenticate to server smtp.example.com[192.0.2.9]: no mechanism available"),
    leaves(&[MAIL, Is::Says(r"sasl\(-[0-9]+\)|generic failure|unable to find a callback|more steps despite successful|internal (?:sasl|authentication) error"), Is::Silent(r"temporar(?:y|ily)")], &[C::ClientLoginBug, C::AuthMechanismUnsupported],
        "Error performing SASL authentication step: SASL(-1): generic failure: Unable to find a callback: 18948"),

    // Not offered, not known.
    // Microsoft's servers offer it: somebody else was asked, before TLS, or its list was read wrongly.
    leaves(&[MAIL, TOKEN, Is::Of(&[Of::Work, Of::Personal]), Is::Says(XOAUTH2_MISSING), Is::Silent(EXCHANGERS)], &[C::Xoauth2NotOffered, C::ClientLoginBug],
        "mpop: POP3 server does not support authentication method XOAUTH2"),
    names(&[MAIL, TOKEN, Is::Of(&[Of::Other, Of::Unknown]), Is::Says(XOAUTH2_MISSING), Is::Silent(EXCHANGERS)], &[C::Xoauth2NotOffered],
        "SASL authentication failed: XOAUTH2 not supported by server (EHLO: 250-AUTH PLAIN LOGIN)"),
    names(&[SMTP, TOKEN, Is::Holds(|reading| list_lacks(reading, &["xoauth2", "oauthbearer"]))], &[C::Xoauth2NotOffered],
        "250-AUTH PLAIN LOGIN\n504 5.7.4 Unrecognized authentication type"),
    leaves(&[SMTP, TOKEN, Is::Says(NO_MECHANISM)], &[C::Xoauth2NotOffered, C::AuthMechanismUnsupported],
        "504 5.7.4 Unrecognized authentication type"),
    // A server has no word for "encrypt first" here either: before STARTTLS it knows no way at all.
    leaves(&[SMTP, Is::NotBy(SignIn::Xoauth2), Is::Says(NO_MECHANISM), Is::Silent(EXCHANGERS), Is::Silent("must issue a starttls"), Is::Holds(|reading| !list_lacks(reading, &["xoauth2"]) || list_lacks(reading, &["plain", "login"]))], &[C::AuthMechanismUnsupported, C::StarttlsRequired, C::WrongSmtpServer],
        "504 5.7.4 Unrecognized authentication type [YQXPR0101CA0010.CANPRD01.PROD.OUTLOOK.COM]"),
    // RFC 4954, 4: 501 to a sign-in is about its Base64, not about who signs in.
    leaves(&[SMTP, Is::At(&[At::Auth]), Is::NotBy(SignIn::Xoauth2), Is::Reply(&[501]), Is::Says(r"base-?64|decod|malformed")], &[C::ClientLoginBug, C::BadPassword],
        "501 5.5.2 Cannot Decode response"),
    // RFC 5321, 4.2.4: 500 and 502 are about the command, 504 about its parameter.
    leaves(&[SMTP, Is::At(&[At::Auth]), Is::Reply(&[500, 502, 503]), Is::Says(r"authentication not enabled|command not supported|\bauth\W{0,3}(?:command )?(?:is )?(?:not|un)[ -]?(?:recogni[sz]ed|supported|implemented|known)|unrecogni[sz]ed command|unknown command|command (?:is )?(?:not|un)[ -]?(?:recogni[sz]ed|implemented|known)|unimplemented")], &[C::AuthCommandUnsupported, C::AuthMechanismUnsupported, C::StarttlsRequired, C::WrongSmtpServer],
        "502 AUTH not supported."),
    leaves(&[SMTP, Is::At(&[At::Auth]), Is::Reply(&[500, 501]), Is::Says(r"line too long|\bcr\b.{0,12}\blf\b|syntax error at")], &[C::ClientLoginBug, C::Xoauth2StringMalformed],
        "501 Syntax error at character position 71. CR and LF must be CRLF paired."),
    // The program's own settings beside the refusal: it spoke in the clear.
    leaves(&[SMTP, Is::NotBy(SignIn::Xoauth2), Is::Says(NO_AUTH), Is::Says(r"\btls['\x22]? ?[:=]? ?['\x22]?(?:off|false|no|none|disabled)\b|ignoretls['\x22]? ?[:=] ?true")], &[C::StarttlsRequired, C::AuthMechanismUnsupported],
        "port = 587, auth = PLAIN, tls = off: the server does not support authentication"),
    leaves(&[SMTP, Is::Says(NO_AUTH), Is::Silent("must issue a starttls|protection")], &[C::AuthMechanismUnsupported, C::AuthNotAttempted, C::StarttlsRequired],
        "SMTP server does not support authentication"),
    leaves(&[SMTP, Is::Says(NO_MECHANISM), Is::Silent("must issue a starttls")], &[C::AuthMechanismUnsupported, C::WrongSmtpServer, C::Xoauth2NotOffered],
        "250-AUTH PLAIN LOGIN\n504 5.5.4 mechanism not supported"),
    leaves(&[SMTP, Is::Says(r"authentication not enabled|auth(?:entication)? (?:command )?(?:is )?not (?:enabled|allowed|available|implemented)|auth not available|command not (?:implemented|recognized)|unrecognized command|unknown command|unimplemented"), Is::Reply(&[500, 502, 503, 504])], &[C::AuthMechanismUnsupported, C::StarttlsRequired, C::WrongSmtpServer],
        "504 5.5.1 authentication not allowed"),
    // The server's list has another way by token than the one that was tried.
    names(&[IMAP, TOKEN, Is::Holds(|reading| list_lacks_tried(&reading.line))], &[C::AuthMechanismUnsupported],
        "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 T2 AUTHENTICATE OAUTHBEARER T2 BAD AUTHENTICATE Command syntax error."),
    leaves(&[IMAP, TOKEN, Is::Says(NO_MECHANISM)], &[C::Xoauth2NotOffered, C::AuthMechanismUnsupported],
        "A0001 NO [CANNOT] Authentication mechanism not supported."),
    names(&[IMAP, Is::NotBy(SignIn::Xoauth2), Is::Says(NO_MECHANISM), Is::Silent("xoauth2|oauthbearer")], &[C::AuthMechanismUnsupported],
        "a1 NO [CANNOT] Unsupported authentication mechanism."),
    leaves(&[POP, Is::Says(r"invalid command in current state|unknown (?:auth )?command|(?:auth|command) (?:is )?(?:not|un)[ -]?(?:recognized|known|implemented|supported|available|understood)|unrecognized command|invalid command|unimplemented|bad command|unknown authentication|command unrecognized|syntax error")], &[C::AuthCommandUnsupported, C::AuthMechanismUnsupported],
        "-ERR Invalid command in current state."),

    // Switched off for this mailbox.
    names(&[POP, Is::Says(r"\bpop3?(?:\b|-?is|s?/?imap).{0,30}(?:disabled|not enabled|deactivated|deaktiviert|turned off|switched off|not (?:allowed|activated|permitted|active)|inactive|not have)|(?:enable|activate|allow|turn on|aktivieren) .{0,20}\bpop3?\b|not (?:enabled|allowed|activated|authori[sz]ed) (?:for|to use) pop|pop(?:3)?.{0,20}(?:無効|許可されて|有効(?:に(?:なって|して)|化))|mailbox (?:is )?(?:not|dis)(?: ?enabled|abled) for pop")], &[C::PopDisabledForMailbox],
        "-ERR [AUTH] POP-is-disabled-for-this-mailbox"),
    names(&[IMAP, Is::Says(r"imap(?: access)?.{0,30}(?:disabled|not enabled|deactivated|deaktiviert|turned off|switched off|not (?:allowed|activated|permitted|active)|inactive)|(?:enable|activate|allow|turn on|aktivieren) .{0,20}imap|imap.{0,20}(?:無効|許可されて|有効(?:に(?:なって|して)|化))|user is (?:not|dis)(?: ?enabled|abled) for imap|not (?:enabled|allowed|activated|authori[sz]ed) (?:for|to use) imap"), Is::Silent("invalid credentials or")], &[C::ImapDisabledForMailbox],
        "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)"),
    leaves(&[IMAP, Is::Says("invalid credentials or imap is disabled")], &[C::ImapDisabledForMailbox, C::AppPasswordNeeded, C::BadPassword],
        "NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials or IMAP is disabled"),

    // Room.
    names(&[RECEIVING, Is::Says(r"\[overquota\].{0,40}(?:full|quota|storage|space)|mailbox (?:is )?full|(?:mailbox|storage|disk) quota (?:is )?exceeded|quota exceeded \(mailbox|メールボックス.{0,20}(?:いっぱい|一杯|容量)"), Is::Silent(r"bandwidth|session|connection|command")], &[C::MailboxFull],
        "NO [OVERQUOTA] Quota exceeded (mailbox for user is full)"),

    // Too many, in use, later.
    names(&[RECEIVING, Is::Says(r"too many (?:simultaneous |concurrent |open |parallel )?(?:connections|sessions|logins from)|maximum (?:number of )?(?:connections|sessions)|mail_max_userip_connections|simultaneous connections|(?:connection|session) (?:count |number )?limit|connections? exceeded|同時(?:接続|に接続)|concurrent.{0,30}(?:connection|session|access|log-?in|limit|user)|accepting limit")], &[C::ConcurrentConnectionLimit],
        "NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=20)"),
    names(&[POP, Is::Says(r"\[in-use\]|mailbox (?:is )?(?:already )?(?:in use|locked|busy|open)|mail ?drop.{0,30}(?:lock|in use|busy)|(?:lock|acquire|obtain|get)\w* .{0,30}(?:maildrop|mailbox|mail drop|lock)|maillock|lock busy|locked by another|is (?:already )?locked|already (?:in use|locked|logged in|open)|another (?:pop3? )?(?:session|client|process|connection)|(?:maildrop|mailbox|メールボックス|メール ?ボックス).{0,30}(?:ロック|使用中|lock)|0x800ccc98|他の(?:プロセス|クライアント|端末|ソフト)|log-?[io]n overlap"), Is::Silent(r"too many|maximum|password\b.{0,30}\b(?:incorrect|invalid|wrong)|(?:invalid|incorrect|wrong|bad) (?:user|log-?in|password|credential)")], &[C::MailboxLocked],
        "-ERR [IN-USE] mailbox already in use by pid 12345"),
    names(&[IMAP, Is::Says(r"mailbox ?(?:is )?locked")], &[C::MailboxLocked],
        "NO Mailbox is locked"),
    names(&[RECEIVING, Is::Says(r"throttl|\[login-delay\]|login limit|(?:reduce|lower) the frequency|exceed\w* .{0,30}(?:limit|rate|number).{0,30}(?:minute|hour|period|(?:of|this|given|short) time)|backoff|back-off|login (?:too )?(?:often|frequent)|too (?:many (?:log-?ins?\b|log-?in attempts|requests|commands|attempts|failures)|frequent|often|fast)|rate[ -]?limit|per-?[0-9]+[ -]?(?:minute|second|hour) limit|limit (?:for|of|on) log-?ins?\b|exceeded (?:command|bandwidth|the (?:rate|bandwidth))|bandwidth limit|minimum.{0,20}(?:interval|time) between|wait .{0,20}(?:minutes|before)|アクセスが集中|\[overquota\] account exceeded")], &[C::Throttled],
        "NO Request is throttled. Suggested Backoff Time: 299961 milliseconds"),
    // The codes of RFC 5530 and RFC 3206 where nothing more is said.
    leaves(&[RECEIVING, Is::Says(r"\[limit\]")], &[C::ConcurrentConnectionLimit, C::Throttled],
        "NO [LIMIT] denied"),
    leaves(&[RECEIVING, Is::Says(r"\[overquota\]")], &[C::MailboxFull, C::Throttled],
        "NO [OVERQUOTA] denied"),
    leaves(&[RECEIVING, Is::Says(r"\[inuse\]"), Is::Silent("unavailable")], &[C::MailboxLocked, C::ConcurrentConnectionLimit, C::ServerTemporary],
        "NO [INUSE] denied"),
    // A server that watches who knocks too often.
    names(&[Is::Over(&[Over::Pop3, Over::Imap, Over::Network]), Is::Says(r"intrusion (?:prevention|detection|protection)|brute.?force (?:protection|detected)|\b(?:your |client |remote )ip(?: address)?\b.{0,40}(?:blocked|banned|black ?listed|blacklisted)|blocked by fail2ban")], &[C::IpBlocked],
        "NO LOGOUT Intrusion prevention active for 192.0.2.7"),
    leaves(&[POP, Is::Says(r"\[sys/perm\]")], &[C::ServerTemporary, C::ServerMisbehaves],
        "-ERR [SYS/PERM] denied"),
    leaves(&[IMAP, PASSWORD, Is::Says(r"login ['\x22]?[0-9a-f]{4,}[0-9a-f*-]{8,}")], &[C::OauthNotUsed, C::ServerTemporary, C::BadPassword],
        ">> TAG1 LOGIN \"fe848*********************7f\" \"nb*********************xkeckY\" << TAG1 NO Server Unavailable. 15"),
    leaves(&[POP, Is::Says(r"\[sys/temp\]")], &[C::ServerTemporary, C::ClientLoginBug],
        "-ERR [SYS/TEMP] Temporary system problem"),
    leaves(&[MAIL, Is::Says(r"server (?:is )?(?:temporarily )?(?:unavailable|busy|too busy)|サーバーが(?:混|利用できません)"), Is::Of(&[Of::Work, Of::Personal])], &[C::ServerTemporary, C::Throttled, C::ConcurrentConnectionLimit, C::BasicAuthRetired],
        "-ERR Server Unavailable. 21"),
    leaves(&[MAIL, Is::NotSocket(S::ResolverFailed), Is::Says(r"\[unavailable\]|\[serverbug\]|temporar(?:y|ily).{0,40}(?:fail|unavailable|error|problem|system|server|auth|reject|defer|not)|(?:server|service|backend|system) (?:is )?(?:currently |temporarily )?(?:unavailable|busy|too busy|error|down|not available)|try again later|internal (?:server )?error|shutting down|please try (?:again|later)|unable to authenticate at present|lost to auth\w* server|auth\w* (?:server|service|backend|daemon)\b.{0,30}(?:unavailable|not available|unreachable|down\b|not respond)|しばらく(?:して|たって|待って|経って|時間)|一時的(?:な|に)|メンテナンス"), Is::Silent(r"invalid user ?name")], &[C::ServerTemporary, C::Throttled, C::ClientLoginBug],
        "NO [UNAVAILABLE] Temporary authentication failure."),
    // RFC 7504 and RFC 5321, 3.1: the host takes no mail, or none from here.
    leaves(&[SMTP, Is::Reply(&[521])], &[C::WrongSmtpServer, C::IpBlocked],
        "521 5.3.2 mail.example.jp"),
    leaves(&[SMTP, Is::At(&[At::Greeting]), Is::Reply(&[554])], &[C::IpBlocked, C::WrongSmtpServer],
        "554 mail.example.jp"),
    // RFC 5321, 4.2.3: 421 closes the connection, whatever the command was.
    leaves(&[SMTP, Is::Reply(&[421]), Is::At(&[At::Auth, At::Greeting, At::SendMailFrom, At::SendRcpt, At::SendData])], &[C::ServerTemporary, C::Throttled],
        "421: 4.3.2 Service not active"),
    // A command out of turn: the sign-in was left out, or cannot come before encryption.
    guesses(&[SMTP, Is::At(&[At::Auth]), Is::Reply(&[503])], &[C::AuthMechanismUnsupported, C::StarttlsRequired, C::ClientLoginBug],
        "503 5.5.1 Error"),
    guesses(&[SMTP, Is::Reply(&[421, 450, 451, 454])], &[C::ServerTemporary, C::Throttled],
        "421 4.4.2 mail.example.jp Error"),
    guesses(&[SMTP, Is::Reply(&[502, 504])], &[C::AuthMechanismUnsupported, C::WrongSmtpServer],
        "504 5.5.4 Parameter not implemented"),
];

/// An IMAP log in lower case lists a way by token, and another one was tried.
fn list_lacks_tried(line: &str) -> bool {
    [("xoauth2", "oauthbearer"), ("oauthbearer", "xoauth2")]
        .iter()
        .any(|(listed, tried)| {
            line.contains(&format!("auth={listed}"))
                && !line.contains(&format!("auth={tried}"))
                && line.contains(&format!("authenticate {tried}"))
        })
}

/// The text has a list of mechanisms, and none of these is in it.
fn list_lacks(reading: &Reading, wanted: &[&str]) -> bool {
    reading
        .smtp
        .mechanisms
        .as_ref()
        .is_some_and(|list| !wanted.iter().any(|mechanism| list.contains(*mechanism)))
}
