//! Names and connections, from the kinds that `reading::socket` makes of every system's words.

use super::{Rule, Sign as Is, guesses, leaves, names};
use crate::diagnosis::reading::{SocketFault as S, TlsFault as T};
use crate::diagnosis::{Cause as C, Protocol as Over, Stage as At};

/// A pasted text may carry a wrong stage; what a system says of names and connections is the same
/// at every stage below the protocols.
const BELOW: Is = Is::At(&[
    At::Dns,
    At::Tcp,
    At::Tls,
    At::Greeting,
    At::StartTls,
    At::OauthAuthorize,
    At::OauthToken,
    At::OauthRefresh,
    At::DeviceCode,
]);
const IN_SESSION: Is = Is::At(&[
    At::Capability,
    At::Auth,
    At::Mailbox,
    At::Receive,
    At::SendMailFrom,
    At::SendRcpt,
    At::SendData,
]);
const GREETING: Is = Is::At(&[At::Greeting]);
const LOOPBACK: Is = Is::Holds(|reading| reading.host.loopback);
const ELSEWHERE: Is = Is::Holds(|reading| !reading.host.loopback);
/// Exchange Online and Outlook.com listen here and nowhere else (Microsoft, "POP, IMAP, and SMTP
/// settings"); of other ports that a text names, one is the wish that could not be met.
const NOT_EXCHANGE: Is = Is::Holds(|reading| {
    let ports = &reading.host.ports;
    !ports.is_empty()
        && !ports
            .iter()
            .any(|port| [25, 80, 110, 143, 443, 587, 993, 995].contains(port))
});
/// Somebody on the way says no.
const BETWEEN: Is = Is::Holds(|reading| {
    reading.socket.contains(&S::Refused) || reading.socket.contains(&S::Unreachable)
});
/// Where mailboxes are opened.
const OF_MAILBOXES: &[u16] = &[110, 143, 993, 995];
const PRIVATE: Is = Is::Holds(|reading| reading.host.private);
const OLD_RELAY_PORT: Is = Is::Holds(|reading| {
    reading.host.ports.contains(&25)
        || (reading.host.ports.is_empty() && reading.line.contains("smtp"))
});

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // Names.
    names(&[BELOW, Is::Holds(|reading| reading.host.misspelled), Is::Socket(S::NameUnknown)], &[C::ServerNameWrong],
        "Error: getaddrinfo ENOTFOUND 1234 1234:465"),
    leaves(&[BELOW, Is::Socket(S::ResolverFailed)], &[C::DnsResolverBroken, C::DnsNotFound],
        "getaddrinfo EAI_AGAIN smtp.example.jp"),
    leaves(&[BELOW, Is::Socket(S::NameUnknown), Is::Holds(|reading| reading.host.well_known)], &[C::DnsResolverBroken, C::DnsNotFound],
        "Error: getaddrinfo ENOTFOUND imap.gmail.com"),
    leaves(&[BELOW, Is::Socket(S::NameUnknown), Is::Says(r"(?:connect(?:ing)? to|opening to|connection to|host(?:name)?[ =:]) ?(?:ssl://|tls://|tcp://)?['\x22]?:[0-9]{2,5}\b")], &[C::ServerNameWrong, C::DnsNotFound],
        "unable to connect to :25 (php_network_getaddresses: getaddrinfo failed: Name or service not known)"),
    // A name of one word: what was typed is no server's.
    leaves(&[BELOW, Is::Socket(S::NameUnknown), Is::Says(r"(?:enotfound|unknownhostexception:?|resolve host:?) ['\x22]?[a-z0-9_-]+['\x22]?(?:[\s:;,]|$)|\blookup [a-z0-9_-]+(?: on [0-9]|: no such)")], &[C::ServerNameWrong, C::DnsNotFound],
        "getaddrinfo ENOTFOUND mail_server mail_server:465"),
    leaves(&[BELOW, Is::Socket(S::NameUnknown), Is::NotSocket(S::Refused)], &[C::DnsNotFound, C::ServerNameWrong, C::DnsResolverBroken],
        "php_network_getaddresses: getaddrinfo failed: Name or service not known"),

    // This computer's own side.
    // Where IPv4 was tried as well, how that failed says more.
    leaves(&[BELOW, Is::Socket(S::TimedOut), Is::Holds(|reading| reading.host.ipv6), Is::Says(r"(?:connected|connection established|succeeded)\b.{0,20}\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b[^;,]{0,20}\b(?:connected|succeeded|works|open)\b")], &[C::Ipv6Unavailable, C::PortBlockedByIsp, C::FirewallBlocks],
        "Cannot connect to 2001:db8::1b:25 (execution expired) Connected to 192.0.2.27:25"),
    names(&[BELOW, Is::Socket(S::NoAddress), Is::NotSocket(S::TimedOut), Is::NotSocket(S::Refused)], &[C::Ipv6Unavailable],
        "connect EADDRNOTAVAIL 2603:1046:c09:1::2:993 - Local (:::0)"),
    names(&[BELOW, Is::Socket(S::Unreachable), Is::NotSocket(S::TimedOut), Is::NotSocket(S::Refused), Is::Holds(|reading| reading.host.ipv6)], &[C::Ipv6Unavailable],
        "connect ENETUNREACH 2404:6800:4008:c00::6c:587"),
    leaves(&[BELOW, Is::Socket(S::Forbidden), Is::NotTls(T::Untrusted)], &[C::FirewallBlocks, C::AntivirusTlsInterception],
        "アクセス許可で禁じられた方法でソケットにアクセスしようとしました。 (10013)"),
    // A great provider listens where mail is handed in: somebody between says no, mostly a hosting
    // company for mail that it does not want to be sent.
    leaves(&[BELOW, BETWEEN, Is::Holds(|reading| reading.host.well_known), Is::Port(&[25, 465, 587])], &[C::PortBlockedByIsp, C::FirewallBlocks, C::PortNotServed],
        "opening to smtp.gmail.com:587 Failed to connect to server: Connection refused (111)"),
    leaves(&[BELOW, Is::Socket(S::Unreachable), Is::NotSocket(S::TimedOut)], &[C::FirewallBlocks, C::Ipv6Unavailable, C::Offline],
        "connect: Network is unreachable (101)"),

    // Nobody answers, or somebody says no.
    // Programs that were told no server ask this computer, at the port of a mailbox.
    leaves(&[BELOW, Is::Socket(S::Refused), LOOPBACK, Is::Port(OF_MAILBOXES)], &[C::LocalServerNotListening, C::ServerNameWrong],
        "Connection refused - connect(2) for 127.0.0.1:993"),
    names(&[BELOW, Is::Socket(S::Refused), LOOPBACK, Is::NotPort(OF_MAILBOXES)], &[C::LocalServerNotListening],
        "No connection could be made because the target machine actively refused it 127.0.0.1:25"),
    leaves(&[BELOW, Is::Socket(S::Refused), PRIVATE, ELSEWHERE], &[C::LocalServerNotListening, C::FirewallBlocks, C::ServerNameWrong],
        "connect to 172.20.0.6[172.20.0.6]:2525: Connection refused"),
    // A domain's exchanger takes mail on 25 and has no mailbox to open.
    leaves(&[BELOW, Is::Port(&[110, 143, 465, 587, 993, 995]), Is::Says(r"(?:^|[^a-z0-9.-])(?:mx[0-9]{0,2}|mx-[a-z0-9-]+|aspmx|alt[1-4]\.aspmx|gmail-smtp-in)\.[a-z0-9.-]+|\.mail\.protection\.outlook\.com|\.mx\.microsoft\b|\byahoodns\.net"), Is::NotSocket(S::NameUnknown)], &[C::ServerNameWrong, C::FirewallBlocks, C::PortNotServed],
        "unable to connect to mx1.hana-shop.example:143 (Connection refused)"),
    // By name, or by an address of Exchange Online's (Microsoft's published ranges).
    leaves(&[BELOW, Is::Says(r"office365|outlook|office\.com|hotmail|live\.com|\b(?:40\.(?:9[236-9]|10[0-57])|52\.(?:9[6-9]|10[0-3])|104\.47|132\.245)\.[0-9]"), NOT_EXCHANGE], &[C::PortNotServed, C::FirewallBlocks],
        "connect ETIMEDOUT smtp.office365.com:465"),
    leaves(&[BELOW, Is::Socket(S::Refused), ELSEWHERE], &[C::FirewallBlocks, C::PortNotServed, C::ServerNameWrong, C::LocalServerNotListening],
        "connect ECONNREFUSED 192.0.2.1:587"),
    leaves(&[Is::At(&[At::Tcp]), Is::Socket(S::Reset), Is::Port(&[25])], &[C::PortBlockedByIsp, C::FirewallBlocks],
        "プロトコル: SMTP, ポート: 25, ソケットエラー: 10054, エラー番号: 0x800CCC0F"),
    leaves(&[BELOW, Is::Socket(S::TimedOut), OLD_RELAY_PORT, Is::NotSocket(S::Refused)], &[C::PortBlockedByIsp, C::FirewallBlocks, C::ServerNameWrong],
        "connect to gmail-smtp-in.l.google.com[74.125.193.27]:25: Connection timed out"),

    // A plain connection to a TLS port: nothing comes.
    leaves(&[GREETING, Is::Socket(S::TimedOut)], &[C::WrongPortTlsMode, C::FirewallBlocks, C::TimedOut],
        "Error: Greeting never received (timed out)"),
    leaves(&[BELOW, Is::Says(r"response: -1\b|code: -1, response")], &[C::WrongPortTlsMode, C::ConnectionClosed],
        "Could not read from SMTP host: smtp.example.jp, port: 465, response: -1"),
    leaves(&[GREETING, Is::Says(r"greeting never|no greeting|greeting.{0,30}(?:not received|missing|timeout|in (?:the )?(?:required|given|allotted)? ?time)|closed|reset|eof|disconnect")], &[C::WrongPortTlsMode, C::ConnectionClosed, C::ConcurrentConnectionLimit],
        "Connection closed before the greeting"),

    leaves(&[BELOW, Is::Socket(S::TimedOut), LOOPBACK], &[C::LocalServerNotListening, C::FirewallBlocks],
        "dial tcp 127.0.0.1:1143: i/o timeout"),
    leaves(&[BELOW, Is::Socket(S::TimedOut)], &[C::FirewallBlocks, C::PortBlockedByIsp, C::ServerNameWrong, C::Offline],
        "connect ETIMEDOUT 192.0.2.1:993"),
    leaves(&[BELOW, Is::Socket(S::Failed), LOOPBACK], &[C::LocalServerNotListening, C::FirewallBlocks],
        "Could not connect to localhost:25"),
    leaves(&[BELOW, Is::Socket(S::Failed)], &[C::FirewallBlocks, C::ServerNameWrong, C::PortNotServed, C::Offline],
        "サーバーに接続できませんでした。エラー番号: 0x800CCC0E"),
    // A web library's answer without a status: there was none.
    leaves(&[Is::At(&[At::OauthToken, At::OauthRefresh, At::DeviceCode]), Is::Says(r"\b(?:code|status)['\x22]?[ :=]{1,3}0\b")], &[C::FirewallBlocks, C::DnsResolverBroken, C::Offline],
        "Request failed! (code: 0)"),
    leaves(&[Is::At(&[At::Dns])], &[C::DnsNotFound, C::DnsResolverBroken, C::ServerNameWrong],
        "lookup failed"),
    leaves(&[Is::At(&[At::Tcp]), Is::Socket(S::Reset)], &[C::FirewallBlocks, C::WrongPortTlsMode, C::PortNotServed],
        "read ECONNRESET"),

    // In the middle of a session.
    guesses(&[IN_SESSION, Is::Socket(S::TimedOut)], &[C::TimedOut, C::ServerTemporary],
        "the server did not answer in time: timed out"),
    guesses(&[IN_SESSION, Is::Socket(S::Reset)], &[C::ConnectionClosed, C::ServerTemporary, C::FirewallBlocks],
        "read: connection reset by peer"),
    guesses(&[IN_SESSION, Is::Socket(S::Closed)], &[C::ConnectionClosed, C::ServerTemporary, C::ConcurrentConnectionLimit],
        "the server closed the connection"),
    guesses(&[Is::Over(&[Over::Pop3, Over::Imap]), Is::At(&[At::Receive, At::Mailbox])], &[C::ServerTemporary, C::Throttled, C::ConnectionClosed],
        "-ERR cannot open message"),
    guesses(&[Is::At(&[At::Greeting, At::StartTls])], &[C::WrongPortTlsMode, C::WrongPortProtocol, C::ServerTemporary],
        "IMAP4.error: None"),
    guesses(&[Is::At(&[At::Tcp]), Is::Over(&[Over::Network])], &[C::FirewallBlocks, C::ServerNameWrong, C::PortNotServed],
        "connect error"),
];
