//! What SMTP servers answer to the sender, the recipient and the mail: permission, blocks, limits,
//! full mailboxes, relaying.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::{Cause as C, Protocol as Over, SignIn, Stage as At};

const SMTP: Is = Is::Over(&[Over::Smtp]);
/// What is said after the sign-in, or in place of it.
const SENDING: Is = Is::At(&[At::SendMailFrom, At::SendRcpt, At::SendData]);
/// The sign-in was tried, and what came of it stands in the same reply.
const SIGN_IN_FAILED: &str = r"\b5\.7\.139\b|535 5\.7\.3\b|smtpclientauthentication is disabled";
/// Where a server may answer that it wants a sign-in first.
const BEFORE_SIGNING_IN: &[At] = &[
    At::SendMailFrom,
    At::SendRcpt,
    At::SendData,
    At::Greeting,
    At::Capability,
];
const UNSIGNED: Is = Is::By(SignIn::None);
const RELAYING: &str = r"relay(?:ing)?\b.{0,40}(?:denied|not (?:allowed|permitted|enabled|authorized|accepted)|prohibited|refused|rejected|forbidden|disabled|failed)|(?:not|n't|unable to|cannot|do not) relay|list of allowed rcpt|not local\b|no relaying|中継.{0,10}(?:拒否|でき)";
/// A relay for those whose domain or address its owner entered beforehand.
const OF_A_CLOSED_RELAY: &str =
    r"credentials for relay|(?:domain|address)\b.{0,40}(?:is ?n.t|is not|not) registered";
/// To be signed in on by a person, not by a mail program.
const ON_A_PAGE: &str = r"(?:log ?-?in|sign ?-?in)(?: in)?(?:to| to| at| on| via) (?:your|our|the|https?:|www\.|web|my|account)";
const POP_FIRST: &str = r"\b(?:please|must|should|to) pop (?:3 )?(?:first|before)|pop[ -]?(?:3)?[ -]?(?:before|b4|then)[ -]?smtp|pop/apop auth|(?:check|receive|retrieve|fetch|get|read) (?:for )?(?:your |the |new )*e?-?mail.{0,30}(?:before|first|prior)|first (?:check|receive|retrieve|fetch|get|read) (?:for )?(?:your |the |new )*e?-?mail|pop.{0,20}(?:authenticat|authoriz|login|log in).{0,20}(?:first|before|required)|must (?:first )?(?:login|log in|authenticate).{0,20}(?:with |via |to |through |by )?(?:the )?pop|受信(?:して|した|を(?:行|し)).{0,10}(?:から|後|てから).{0,10}送信|(?:先|事前)に受信|pop(?:で|の|による)?(?:の)?認証|(?:auth\w*|log-?in|sign in) (?:with|via|by|using|over) pop|relay operation rejected";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // Permission to send under that address.
    names(&[SMTP, Is::Enhanced(&["5.7.60", "5.2.252"])], &[C::SendAsDenied],
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender [MW2PR1901MB2155.namprd19.prod.outlook.com]"),
    names(&[SMTP, Is::Says(r"send ?as ?denied|permissions? to send as|not allowed to send as|not (?:owned|authorized|allowed|permitted).{0,30}(?:by user|sender|to send (?:as|from|mail from))|sender address rejected: (?:not owned|not logged in as owner|access denied)|sender (?:is )?not (?:allowed|authorized|permitted)|from address (?:is )?not (?:verified|allowed|owned)|must (?:be|match|use).{0,40}(?:the )?(?:same as|authenticated|authorization).{0,30}(?:user|sender|address)|mail from must equal authorized user|send on behalf|差出人.{0,20}(?:許可|権限|一致)|送信者.{0,20}(?:許可|権限)|sender.{0,30}(?:doesn't|does not|not) match")], &[C::SendAsDenied],
        "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied"),

    // Blocks.
    names(&[SMTP, Is::Enhanced(&["5.1.8", "5.7.501", "5.7.502", "5.7.503", "5.7.505", "5.7.507", "5.7.511", "5.7.703", "5.7.705", "5.7.711", "5.7.750"]), Is::Reply(&[550, 451, 554])], &[C::SenderBlockedOutboundSpam],
        "550 5.1.8 Access denied, bad outbound sender"),
    names(&[SMTP, Is::Says(r"bad outbound sender|restricted (?:users?|entities)|suspected of sending spam|not recognized as a valid sender|outbound ?spam|wascl useraction|blocked from sending|sending (?:has been )?(?:suspended|disabled|blocked)|account (?:has been )?(?:blocked|suspended|disabled) (?:from|for) send|(?:outgoing|outbound) (?:e?-?mails?|messages?)\b.{0,80}(?:suspended|blocked|disabled)|unusual (?:sending|outgoing|outbound) activity")], &[C::SenderBlockedOutboundSpam],
        "550 5.1.8 Access denied, bad outbound sender AS(42003)"),
    leaves(&[SMTP, SENDING, Is::Says(r"account (?:is |was |has been |have been )?(?:temporarily )?(?:suspended|deactivated|blocked)")], &[C::SenderBlockedOutboundSpam, C::AccountLocked],
        "552 Your account has been suspended. Please contact us to reactivate"),
    names(&[SMTP, Is::Says(r"国外|海外からの|foreign (?:ip|country|address)|(?:outside|not (?:in|from)) (?:of )?japan|country.{0,20}(?:blocked|denied|not allowed)|geo-?(?:ip|block|filter)")], &[C::ForeignIpFilter],
        "550 5.7.1 <user@example.jp>... Command rejected (国外IPアドレスフィルタ)"),
    leaves(&[SMTP, Is::Says(r"(?:\.\.\.|…) ?command rejected"), Is::Reply(&[550, 554])], &[C::ForeignIpFilter, C::AuthNotAttempted],
        "550 5.7.1 <user@example.jp>... Command rejected"),
    names(&[SMTP, Is::Says(r"spamhaus|\bip(?: address)? is dynamic|dynamic (?:ip|address|pool)|\bbarracuda(?:central|networks?| ?reputation)|\bspamcop\b|\bsorbs\b|(?:\b|dns)rbl\b|dnsbl|block ?list|blacklist|black list|ブラックリスト|ブロックリスト|\b(?:is|was|been|are|currently|address|host|\]|ip) listed (?:at|by|in|on)\b|address (?:is|was|has been) (?:black ?)?listed|(?:\bip(?: address)?|client|\]) (?:is|was|has been) (?:listed|black ?listed|blocked|banned)|banned sending ip|client host \[?.{0,60}blocked|your ip.{0,40}(?:block|listed|reputation|denied|banned)|traffic not accepted from this ip|poor reputation|bad reputation|\bpbl\b|blocked using")], &[C::IpBlocked],
        "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this list see https://www.spamhaus.org/query/ip/192.0.2.1"),
    leaves(&[SMTP, Is::Says(r"address (?:is|was|has been) (?:blocked|banned)"), Is::Silent("sender")], &[C::IpBlocked, C::SenderBlockedOutboundSpam],
        "554 5.7.1 Your address has been blocked"),
    names(&[SMTP, Is::Enhanced(&["5.7.606", "5.7.607", "5.7.608", "5.7.609", "5.7.610", "5.7.649", "5.7.708", "5.7.25", "4.7.650", "5.7.509"])], &[C::IpBlocked],
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP."),

    // Room and limits.
    names(&[SMTP, Is::Says(r"(?:mailbox|folder|inbox) (?:is )?(?:full|over)\b|mailboxfull|over (?:its |the )?(?:storage )?quota|quota ?exceeded(?: \(mailbox)?|mailbox (?:has )?exceed(?:ed|s)\b|exceeded (?:its |the |your )?(?:storage|mailbox|disk)|storage (?:limit|allocation|space|quota)|insufficient storage|out of storage|overquota|not enough (?:disk )?space|postfach (?:ist )?voll|bo[iî]te.{0,30}pleine|buz[oó]n.{0,30}lleno|casella.{0,20}piena|caixa.{0,20}cheia|邮箱.{0,6}满|メールボックス.{0,20}(?:いっぱい|一杯|容量|満)|容量.{0,10}(?:超過|不足|オーバー)"), Is::Silent(r"submissionquota|daily|recipients? (?:limit|per)|per day|send(?:ing)? (?:limit|quota)")], &[C::MailboxFull],
        "554 5.2.2 mailbox full; STOREDRV.Submission; mailbox is full"),
    // X.3.1 (RFC 3463) is the whole server's room, not the mailbox's.
    names(&[SMTP, Is::Says(r"insufficient system storage|\b[45]\.3\.1\b.{0,40}(?:full|storage|space)")], &[C::ServerTemporary],
        "452 4.3.1 Insufficient system storage"),
    names(&[SMTP, Is::Enhanced(&["5.2.2", "4.2.2"]), Is::Silent(r"daily|sending (?:limit|quota)|submission ?quota|per day|limit for")], &[C::MailboxFull],
        "552 5.2.2 <user@example.com> quota"),
    names(&[SMTP, Is::Says(r"submissionquota|daily.{0,40}(?:limit|quota|exceeded|max)|(?:limit|quota|exceeded|max).{0,40}(?:daily|per day|24 ?h|day\b)|send(?:ing)? (?:limit|quota)|\b(?:relay|outbound|outgoing|submission|mail) quota\b|(?:message|recipient|sending|send) (?:rate|count)? ?(?:limit|quota).{0,30}exceed|exceeded.{0,40}(?:number of|limit).{0,40}(?:recipients|messages|emails|mails)|(?:only|up to|more than|maximum of) [0-9,]+ (?:messages|recipients|e?-?mails)? ?(?:per|a|in|every) (?:day|24)|24-hour (?:sending )?limit|(?:1日|一日|日次).{0,20}(?:上限|制限|超)|送信(?:数|通数|可能).{0,20}(?:上限|制限|超)|\bmi:stc\b"), Is::Silent("too many recipients")], &[C::DailySendingLimit],
        "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"),
    names(&[SMTP, Is::Enhanced(&["5.4.5", "5.1.90", "5.7.232", "5.7.233", "5.7.236"])], &[C::DailySendingLimit],
        "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail"),
    names(&[SMTP, Is::Says(r"concurrent (?:\w+ )?connections?|sender thread limit|simultaneous.{0,30}(?:connection|session|log-?in|limit)|too many (?:concurrent |open |parallel |simultaneous )?(?:connections|sessions|processes|channels)|(?:maximum|max)\.? (?:number of )?(?:connections|sessions)|connections? limit|同時(?:接続|セッション)|(?:concurrent|connection) (?:count|rate)? ?limit|accepting limit|trop de connexions")], &[C::ConcurrentConnectionLimit],
        "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information."),
    names(&[SMTP, Is::Says(r"too many (?:log-?ins?|auth\w*|requests|messages|attempts|mails|emails)|rate[ -]?limit|throttl|try again later.{0,40}gsmtp|4\.7\.0 try again later|unusual rate|receiving mail (?:too|at a rate)|try again in [0-9]+ ?(?:s\b|sec|min|h)|slow down|temporarily deferred|too (?:fast|much mail|frequent)|exceed.{0,20}\brate|ratelimit|短時間に|\brp:(?:cel|drc|qrc)\b"), Is::Silent(r"temporary system problem")], &[C::Throttled],
        "454 4.7.0 Too many login attempts, please try again later. gsmtp"),

    // As many as one mail may have, or as many as one account may write to.
    leaves(&[SMTP, Is::Says(r"too many recipients")], &[C::DailySendingLimit, C::Throttled],
        "452 4.5.3 Too many recipients"),
    leaves(&[SMTP, Is::Says(r"too many (?:\w+ )?errors")], &[C::Throttled, C::ClientLoginBug, C::AuthNotAttempted],
        "421 4.7.0 mail.example.jp Error: too many errors"),
    // Microsoft slows an address or an organisation down (4.7.5xx), Google an address (4.7.28).
    // Google's word for "too much at once" as well as for trouble of its own.
    leaves(&[SMTP, SENDING, Is::Says(r"temporary system problem.{0,30}try again later")], &[C::Throttled, C::ServerTemporary],
        "421 4.3.0 Temporary System Problem.  Try again later (10). w72sm5765858oi"),
    names(&[SMTP, Is::Enhanced(&["4.7.28", "4.7.500", "4.7.501", "4.7.502", "4.7.503", "4.7.232"])], &[C::Throttled],
        "451 4.7.500 Server busy. Please try again later from [192.0.2.1]."),
    leaves(&[SMTP, Is::Says(r"not authori[sz]ed to send (?:e?-?mail )?directly|direct(?:ly)? (?:delivery|connections?) .{0,30}(?:not|denied|refused)")], &[C::WrongSmtpServer, C::IpBlocked],
        "550-5.7.1 The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead."),

    // Relaying without having signed in.
    names(&[SMTP, Is::Says(POP_FIRST)], &[C::PopBeforeSmtpRequired],
        "554 sorry, you must get POP/APOP authorization."),
    names(&[SMTP, Is::Says(r"(?:smtp ?auth|smtp ?認証).{0,10}(?:を行|してください|が必要|を有効|をご利用)|(?:turn on|switch on|enable|activate|use|set up) (?:the )?(?:smtp )?auth(?:entication)?\b.{0,40}(?:mail|client|program|software|outgoing)")], &[C::AuthNotAttempted],
        "550 Please turn on SMTP Authentication in your mail client"),
    leaves(&[SMTP, Is::Says(r"list of allowed rcpt")], &[C::PopBeforeSmtpRequired, C::AuthNotAttempted],
        "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
    names(&[SMTP, Is::Enhanced(&["5.7.57"]), Is::Silent(SIGN_IN_FAILED)], &[C::AuthNotAttempted],
        "530 5.7.57 Client not authenticated to send mail. [TYCPR01CA0001.jpnprd01.prod.outlook.com]"),
    // Google's relay takes an organisation's own addresses; others sign in elsewhere.
    leaves(&[SMTP, Is::Says(OF_A_CLOSED_RELAY)], &[C::WrongSmtpServer, C::AuthNotAttempted],
        "550 5.7.1 Mail relay denied [192.0.2.17]. Invalid credentials for relay for one of the domains in: hana-shop.example. Email is being sent from a domain or IP address which isn't registered in your Workspace account."),
    // A page to sign in on is for people: their provider wants them to look at something.
    leaves(&[SMTP, SENDING, Is::Says(ON_A_PAGE), Is::Silent(r"\brelay")], &[C::SenderBlockedOutboundSpam, C::AccountLocked, C::AuthNotAttempted],
        "554 5.7.1 Please log in to your control panel to continue"),
    names(&[SMTP, Is::Says(r"was not authenticated|send auth|auth (?:command )?first|user not authenticated|you must authenticate|client (?:was )?not authenticated|anonymous (?:mail|user|sender)|wantautherror|(?:auth\w*|authentication|login|log-in|sign-?in|smtp auth) (?:is )?(?:required|needed|first|before)|(?:requires?|need|must|please|have to) (?:an? |to |smtp |you )*auth(?:enticat\w*)?\b|not (?:logged in|authenticated)|认证|smtp認証(?:が|を|に)|認証(?:が)?必要|認証されていません"), Is::Silent(SIGN_IN_FAILED), Is::At(BEFORE_SIGNING_IN)], &[C::AuthNotAttempted],
        "530-5.7.0 Authentication Required. Learn more at 530 5.7.0 https://support.google.com/mail/?p=WantAuthError - gsmtp"),
    names(&[SMTP, Is::Says(r"(?:requires?|need|must|please|have to) (?:an? |to |smtp |you )*(?:log ?in|sign in)\b"), Is::Silent(ON_A_PAGE), Is::Silent(SIGN_IN_FAILED), Is::At(BEFORE_SIGNING_IN)], &[C::AuthNotAttempted],
        "553 You must log in first"),
    names(&[SMTP, UNSIGNED, Is::At(&[At::Auth]), Is::Says(r"\b(?:auth|authentication|login|smtp auth) (?:is )?(?:required|needed)|认证|認証が?必要|認証されていません")], &[C::AuthNotAttempted],
        "エラー: 0x800CCC78 サーバーの応答: 認証が必要です"),
    leaves(&[SMTP, Is::Reply(&[530]), Is::Silent(r"starttls|tls|ssl|encrypt|password|credential")], &[C::AuthNotAttempted, C::StarttlsRequired],
        "530 Access denied"),
    leaves(&[SMTP, UNSIGNED, Is::Says(RELAYING)], &[C::AuthNotAttempted, C::PopBeforeSmtpRequired],
        "554 5.7.1 <user@example.com>: Relay access denied"),
    leaves(&[SMTP, Is::Says(RELAYING)], &[C::AuthNotAttempted, C::PopBeforeSmtpRequired, C::WrongSmtpServer, C::SendAsDenied],
        "550 5.7.64 TenantAttribution; Relay Access Denied SMTP"),
    leaves(&[SMTP, Is::Says(r"client host rejected"), Is::Silent(r"recipient address rejected|blocked using")], &[C::AuthNotAttempted, C::IpBlocked, C::PopBeforeSmtpRequired],
        "Client host rejected: Access denied"),
    leaves(&[SMTP, SENDING, Is::Says(r"access denied"), Is::Reply(&[550, 554]), Is::Silent(r"recipient address rejected|client host rejected")], &[C::AuthNotAttempted, C::IpBlocked, C::PopBeforeSmtpRequired],
        "554 5.7.1 <user@example.com>: Access denied"),
    leaves(&[SMTP, Is::Says(r"0x800ccc78"), Is::Silent(r"\b535\b")], &[C::PopBeforeSmtpRequired, C::AuthNotAttempted, C::SendAsDenied],
        "エラー (0x800CCC78) を報告しました: 'メッセージを送信できません。アカウントのプロパティで電子メールアドレスが正しいことを確認してください。サーバーが応答しました: …'"),
    leaves(&[SMTP, Is::Says(r"0x800ccc7a|0x800ccc79|受信者の ?1 ?人がサーバー"), Is::Silent(r"user unknown|no such")], &[C::AuthNotAttempted, C::PopBeforeSmtpRequired, C::RecipientUnknown],
        "受信者の 1 人がサーバーによって拒否されたため、メッセージを送信できませんでした。エラー番号: 0x800CCC79"),

    // The recipient.
    names(&[SMTP, Is::At(&[At::SendRcpt, At::SendData]), Is::Enhanced(&["5.1.1", "5.1.2", "5.1.3", "5.1.10", "5.4.1", "5.4.310", "5.1.6"])], &[C::RecipientUnknown],
        "550 5.1.1 <nobody@example.jp>... User unknown"),
    names(&[SMTP, Is::Says(r"user unknown|unknown user|no such (?:user|recipient|mailbox|address)|recipient (?:address )?(?:not found|unknown|rejected: (?:user|undeliverable|access denied|unverified))|(?:user|mailbox|recipient|address) (?:does not|doesn't|not) (?:exist|found)|invalid (?:recipient|mailbox|user)\b|can't accept user|mailbox (?:unavailable|not found)|resolver\.adr\.recip|unrouteable address|宛先.{0,20}(?:存在|不明|見つ)|no mailbox|unknown recipient|does not like recipient|bad destination mailbox|unknown local"), Is::At(&[At::SendRcpt, At::SendData])], &[C::RecipientUnknown],
        "550 can't accept user... (#5.7.1)"),

    // The server does not know who is sending: it is another provider's.
    leaves(&[SMTP, SENDING, Is::Says(r"\bno account (?:here|on this|at this)")], &[C::WrongSmtpServer, C::AuthNotAttempted],
        "you have no account here"),
    guesses(&[SMTP, SENDING, Is::Reply(&[503])], &[C::AuthNotAttempted, C::PopBeforeSmtpRequired],
        "503 5.5.1 Error"),
    guesses(&[SMTP, SENDING, Is::Reply(&[421, 450, 451, 452, 454])], &[C::ServerTemporary, C::Throttled, C::ConcurrentConnectionLimit],
        "451 4.3.5 Server configuration problem"),
    guesses(&[SMTP, Is::At(&[At::SendMailFrom])], &[C::SendAsDenied, C::AuthNotAttempted, C::PopBeforeSmtpRequired],
        "550 5.7.1 Requested action not taken"),
    guesses(&[SMTP, Is::At(&[At::SendRcpt])], &[C::RecipientUnknown, C::AuthNotAttempted, C::PopBeforeSmtpRequired],
        "553 sorry (#5.7.1)"),
    guesses(&[SMTP, Is::At(&[At::SendData])], &[C::SendAsDenied, C::SenderBlockedOutboundSpam, C::DailySendingLimit, C::MailboxFull],
        "554 5.2.0 STOREDRV.Submission.Exception"),
];
