//! Sign-ins by password. What the refusal means depends on whose mailbox it is: Microsoft no longer
//! takes passwords for POP and IMAP, Google and Yahoo want app passwords, others mean what they say.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::{AccountKind as Of, Cause as C, Protocol as Over, SignIn, Stage as At};

const PASSWORD: Is = Is::By(SignIn::Password);
const SMTP: Is = Is::Over(&[Over::Smtp]);
const POP: Is = Is::Over(&[Over::Pop3]);
const RECEIVING: Is = Is::Over(&[Over::Pop3, Over::Imap]);
const MAIL: Is = Is::Over(&[Over::Pop3, Over::Imap, Over::Smtp]);
const MICROSOFT: Is = Is::Of(&[Of::Work, Of::Personal]);
const NOT_TOKEN: Is = Is::Holds(|reading| !reading.sasl.challenge);
/// In the words of servers and mail programs.
const REFUSED: &str = r"authentication ?(?:failed|failure|unsuccessful|rejected|error|exception|credentials invalid|was (?:not|un)successful)|auth(?:enticate|orization)? ?(?:failed|failure|error|denied|rejected)|login ?(?:failed|failure|incorrect|invalid|denied|rejected|error|fail\b|not accepted|unsuccessful)|logon ?(?:failed|failure|denied|error)|log-?on failure|(?:invalid|incorrect|wrong|bad|unknown) (?:user ?name|user|login|password|credentials?|account|id\b|auth(?:enti\w+)?\b)|(?:user ?name|password|credentials?|login)s?(?: and password)?(?: (?:is|are|was|were))? ?(?:incorrect|invalid|wrong|rejected|not accepted|not correct|bad|mismatch|denied|supplied .{0,20}(?:incorrect|invalid))|not accepted|\[auth\]|authenticationfailed|\[authorizationfailed|0x800ccc92|0x800ccc91|0x800ccc93|パスワード.{0,40}(?:違|誤|正しく|間違|確認|一致|拒否|不正|無効)|ログ(?:イン|オン).{0,20}(?:失敗|でき(?:ま|な)|認められ|拒否)|認証.{0,12}(?:失敗|エラー|でき(?:ま|な)|拒否|通り)|ユーザー?名.{0,30}(?:違|誤|正しく|間違|不正)|mot de passe|kennwort|contraseña|authentifizierung|密码|用户名";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // App passwords, web sign-in, switches of free mail.
    names(&[MAIL, Is::Says(r"application-?specific password|\bap+(?:lication)?[- ]?(?:specific[- ])?password\b.{0,30}\b(?:required|needed|generate|use)\b|parol prilozheniya|пароль.{0,10}прилож|(?:requires?|use|using|need|needs|generate|create|enter|with) (?:an? |your |the )?(?:app|application)[- ](?:specific )?password|invalidsecondfactor|authorization code to log ?in|authorized code|授权码|授權碼|client authorization password|service\.mail\.qq\.com|アプリ(?:ケーション)?(?:固有)?(?:の)?(?:専用)? ?パスワード|app-passwords|パスワード.{0,20}アプリ")], &[C::AppPasswordNeeded],
        "534-5.7.9 Application-specific password required. Learn more at 534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp"),
    // Yahoo counts every password that is not an app password.
    leaves(&[MAIL, Is::Says(r"too many bad auth")], &[C::AppPasswordNeeded, C::AccountLocked, C::BadPassword],
        "535 5.7.0 (#AUTH005) Too many bad auth attempts."),
    // RFC 4954 has 5.7.9 for a way of signing in that is too weak; Google for an app password.
    leaves(&[SMTP, Is::Enhanced(&["5.7.9"]), Is::Reply(&[534]), Is::Silent("web browser|weblogin")], &[C::AppPasswordNeeded, C::AuthMechanismUnsupported],
        "534 5.7.9 Authentication mechanism is too weak"),
    names(&[MAIL, Is::Says(r"\[?webalert|web login required|log ?in (?:to your account |to it )?(?:via|with|through|in|using) (?:your |a |the )?(?:web )?browser|please log in via|weblogin|webloginrequired|sign ?in (?:via|with|through|using) (?:your |a )?(?:web )?browser|continuesignin|ウェブ(?:ブラウザ)?.{0,20}ログイン|ブラウザ.{0,20}ログイン|answer/78754")], &[C::WebLoginRequired],
        "[ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)"),
    names(&[MAIL, Is::Says(r"less[- ]?secure|安全性の低い|lesssecure")], &[C::LessSecureAppsOff],
        "Please turn on access for less secure apps"),
    leaves(&[MAIL, PASSWORD, Is::Says(r"badcredentials|gsmtp"), Is::Reply(&[535])], &[C::AppPasswordNeeded, C::BadPassword, C::LessSecureAppsOff, C::BasicAuthRetired],
        "535-5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8  https://support.google.com/mail/?p=BadCredentials g67sm1422389pfb.9 - gsmtp"),
    leaves(&[MAIL, PASSWORD, Is::Says(r"#mbr1[0-9]{3}")], &[C::LessSecureAppsOff, C::AppPasswordNeeded, C::BadPassword],
        "TAG1 NO [AUTHENTICATIONFAILED] (#MBR1212) Incorrect username or password."),
    leaves(&[RECEIVING, PASSWORD, NOT_TOKEN, Is::Says(r"(?:login|authenticate) invalid credentials|\binvalid credentials\b|(?:gmail|google|googlemail)\.com")], &[C::AppPasswordNeeded, C::BadPassword, C::BasicAuthRetired, C::LessSecureAppsOff],
        "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"),
    leaves(&[MAIL, PASSWORD, Is::Says(r"(?:me|icloud|mac|yahoo|aol|zoho|yandex|163|126|qq|fastmail|mail\.ru)\.(?:com|co\.jp|ru)|\bicloud\b|user has no permission"), Is::Says(REFUSED)], &[C::AppPasswordNeeded, C::BadPassword],
        "smtp.mail.me.com: 535 5.7.8 Error: authentication failed"),
    leaves(&[MAIL, PASSWORD, Is::Says(r"account (?:is |was |has been )?(?:disabled|suspended|deactivated|blocked|inactive)|アカウント.{0,20}(?:停止|無効)"), Is::Silent(r"\b(?:pop3?|imap4?|smtp)\b")], &[C::AccountLocked, C::BadPassword],
        "535 5.7.139 Authentication unsuccessful, account disabled. Contact your administrator."),
    leaves(&[MAIL, PASSWORD, Is::Says(r"user has no permission|user without auth|not open.{0,20}(?:service|smtp|imap|pop)")], &[C::AppPasswordNeeded, C::PopDisabledForMailbox],
        "550 User has no permission"),

    // The user name.
    names(&[MAIL, Is::Says(r"(?:full|entire|complete|whole) (?:e-?mail )?address|(?:user ?name|login|account)s? .{0,30}(?:must|should|needs? to) (?:be|include|contain|have).{0,20}(?:@|domain|address)|(?:domain|@).{0,20}(?:missing|is required|not specified)|missing (?:domain|@)|invalid (?:user ?name|login) (?:format|syntax)|malformed (?:user|login|address)|(?:not )?in the form(?:at)? (?:of )?[\x22'<]?(?:user|name|you)\w*@|user ?name.{0,20}format|メールアドレス全体|@以(?:下|降)|ドメイン(?:名)?(?:まで|を含)"), Is::At(&[At::Auth])], &[C::UsernameFormatWrong],
        "-ERR [AUTH] user name must be the full e-mail address"),
    // Dovecot's log names whom it looked up, and found none of that name without a domain.
    leaves(&[MAIL, PASSWORD, Is::Says(r"\bauth(?:-worker)?\b.{0,30}: [a-z][a-z-]*\([^@,()]{1,80},[^()]{0,80}\): unknown user")], &[C::UsernameFormatWrong, C::BadPassword],
        "dovecot: auth: passwd-file(order,192.0.2.7): unknown user"),
    leaves(&[SMTP, PASSWORD, Is::Says(r"invalid user ?name"), Is::Silent("password")], &[C::UsernameFormatWrong, C::BadPassword],
        "501 5.5.2 Authentication failed: Server error (Invalid user name)"),
    leaves(&[POP, PASSWORD, Is::Says(r"-err.{0,20}(?:no such user|unknown user|user (?:not found|unknown|does not exist|doesn't exist)|you have no account|no (?:such )?(?:account|mailbox)|never heard of)|invalid user|0x800ccc91|you have no account here"), Is::Silent("bad password")], &[C::UsernameFormatWrong, C::BadPassword],
        "-ERR sorry, no such user here"),

    // Microsoft.
    leaves(&[POP, PASSWORD, Is::Says(r"logon failure|unknown user name or bad password"), Is::Of(&[Of::Other])], &[C::BadPassword, C::Throttled, C::PopDisabledForMailbox],
        "-ERR Logon failure: unknown user name or bad password."),
    leaves(&[POP, PASSWORD, Is::Says(r"logon failure|unknown user name or bad password")], &[C::BasicAuthRetired, C::BadPassword, C::Throttled, C::PopDisabledForMailbox],
        "-ERR Logon failure: unknown user name or bad password."),
    leaves(&[SMTP, PASSWORD, Is::Says(r"user credentials were incorrect")], &[C::BadPassword, C::MfaRequired, C::AccountLocked, C::ConditionalAccessBlocked],
        "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]"),
    leaves(&[SMTP, PASSWORD, MICROSOFT, Is::Says(REFUSED)], &[C::BadPassword, C::SmtpAuthDisabledTenant, C::SmtpAuthDisabledMailbox, C::BasicAuthRetired, C::MfaRequired, C::ConditionalAccessBlocked],
        "535 5.7.3 Authentication unsuccessful [SN4PR0501CA0001.namprd05.prod.outlook.com]"),
    leaves(&[RECEIVING, PASSWORD, MICROSOFT, Is::Says(REFUSED)], &[C::BasicAuthRetired, C::BadPassword, C::ImapDisabledForMailbox, C::MfaRequired],
        "A00000002 NO LOGIN failed."),
    leaves(&[RECEIVING, PASSWORD, Is::Says(r"ログインは認められません")], &[C::BasicAuthRetired, C::AppPasswordNeeded, C::BadPassword],
        "ログインは認められませんでした。ユーザー名とパスワードが正しいことを確認してください。"),

    // Everybody else.
    leaves(&[SMTP, Is::By(SignIn::None), Is::Says(REFUSED), Is::Reply(&[535])], &[C::BadPassword, C::AuthNotAttempted],
        "535 5.7.8 Error: authentication failed"),
    leaves(&[POP, PASSWORD, Is::Says(r"-err authentication failed$|-err authentication failed['\x22]|(?:gmx|web)\.(?:net|de|com|at|ch)\b")], &[C::BadPassword, C::PopDisabledForMailbox, C::UsernameFormatWrong],
        "-ERR authentication failed"),
    leaves(&[MAIL, Is::NotBy(SignIn::Xoauth2), Is::Says(REFUSED)], &[C::BadPassword, C::UsernameFormatWrong],
        "-ERR [AUTH] Authentication failed."),
    guesses(&[RECEIVING, PASSWORD, Is::At(&[At::Auth]), MICROSOFT], &[C::BasicAuthRetired, C::BadPassword, C::ServerTemporary],
        "A1 NO denied"),
    guesses(&[MAIL, PASSWORD, Is::At(&[At::Auth])], &[C::BadPassword, C::UsernameFormatWrong, C::ServerTemporary],
        "-ERR denied"),
];
