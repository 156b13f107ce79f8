//! What systems say of names and connections: errno names, Winsock numbers and the sentences of
//! Windows, macOS, Linux, Java, Go and Node.js in several languages, brought down to kinds.

use std::sync::LazyLock;

use regex::RegexSet;

/// What went wrong below the protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SocketFault {
    /// Nothing listens there, or something answers "no".
    Refused,
    /// No answer.
    TimedOut,
    /// An established connection was broken off.
    Reset,
    /// The other side hung up.
    Closed,
    /// No route to the host or its network.
    Unreachable,
    /// This computer has no address of that kind.
    NoAddress,
    /// This computer's own firewall or policy forbids it.
    Forbidden,
    /// The name has no address.
    NameUnknown,
    /// The resolver itself does not answer.
    ResolverFailed,
    /// Connecting failed, and nothing says how.
    Failed,
}

use SocketFault as S;

const PATTERNS: &[(SocketFault, &str)] = &[
    (
        S::Refused,
        r"econnrefused|connection ?refused|wsaeconnrefused|\b10061\b|actively refused|nothing (?:is )?listening|errno 111\b|errno 61\b|\(111\)|os error (?:111|61)\b|対象のコンピューターによって拒否|接続(?:が|を|は)?拒否|connexion refusée|verbindung verweigert|verbindung verweigerte|verbindungsaufbau abgelehnt|conexi[oó]n (?:rehusada|rechazada|denegada)|deneg[oó] expresamente|conex[aã]o recusada|recusou ativamente|connessione rifiutata|rifiuto persistente|积极拒绝|拒绝连接|连接被拒绝|отверг запрос|отказано в подключении|연결을 거부|refused the connection|0x274d",
    ),
    (
        S::TimedOut,
        r"etimedout|wsaetimedout|\b10060\b|timed? ?out|time-out|\btimeout\b|errno 110\b|errno 60\b|\(110\)|os error (?:110|60)\b|タイムアウト|時間切れ|一定の時間を過ぎても|did not properly respond after a period|connected host has failed to respond|délai.{0,30}dépassé|zeit(?:überschreitung|limit)|tiempo de espera|tempo limite|tempo esgotado|超时|время ожидания|0x800ccc19|0x8004210a|0x8004210b|0x274c|no response from|応答(?:が|は)?(?:ありません|なし|しません|しなかった)|deadline exceeded|execution expired|(?:open|read|connect|connection|socket)timeout|timeout(?:error|exception)|esockettimedout|operation timeout",
    ),
    (
        S::Reset,
        r"econnreset|wsaeconnreset|\b10054\b|\b10053\b|connection reset|reset by peer|forcibly closed|errno 104\b|errno 54\b|os error (?:104|54)\b|強制的に切断|強制的に閉じ|中止されました|connection (?:was )?aborted|econnaborted|epipe|broken pipe|強制切断",
    ),
    (
        S::Closed,
        r"connection (?:was |has been |is )?(?:unexpectedly )?(?:closed|lost|terminated|dropped)|(?:closed|dropped|terminated|lost) (?:the )?connection|unexpectedly (?:closed|terminated|disconnected|dropped)|server (?:has )?(?:closed|disconnected|hung up|terminated)|\beof\b|end of file|socket hang up|接続が(?:切断|中断|終了|閉じ)|サーバーとの接続が|切断されました|0x800ccc0f|0x800cccdd|smtpserverdisconnected|connection closed|disconnected",
    ),
    (
        S::Unreachable,
        r"enetunreach|ehostunreach|wsaenetunreach|wsaehostunreach|\b10051\b|\b10065\b|no route to host|(?:network|host) is unreachable|(?:network|host) unreachable|errno 101\b|errno 113\b|os error (?:101|113|51|65)\b|\(101\)|\(113\)|到達できない(?:ネットワーク|ホスト)|ネットワーク(?:に|へ)到達でき|unreachable (?:network|host)|enetdown|network is down|err_internet_disconnected|nicht erreichbar|inaccessible",
    ),
    (
        S::NoAddress,
        r"eaddrnotavail|wsaeaddrnotavail|\b10049\b|cannot assign requested address|can't assign requested address|address not available|eafnosupport|address family not supported|\b10047\b|errno 99\b|errno 97\b|\(99\)|os error (?:99|97|49)\b|requested address is not valid in its context|要求したアドレスのコンテキストが無効|要求されたアドレスを割り当て",
    ),
    (
        S::Forbidden,
        r"\beacces\b|\beperm\b|wsaeacces|\b10013\b|permission denied|forbidden by its access permissions|アクセス許可で禁じられた|アクセス権(?:限)?(?:が|で)|operation not permitted|errno 13\b|os error (?:13|1)\b|\(13\)|blocked by (?:the )?(?:local )?(?:firewall|policy|security)|err_network_access_denied|ファイアウォール(?:に|で|が)|firewall",
    ),
    (
        S::NameUnknown,
        r"enotfound|eai_noname|eai_nodata|\bnxdomain\b|no such host|unknown host|unknownhost|host not found|hostname not found|could not resolve|couldn't resolve|can(?:no|')t resolve|unable to resolve|failed to resolve|cannot find (?:the )?(?:host|server)|name or service not known|nodename nor servname|no address associated|getaddrinfo failed|wsahost_not_found|wsano_data|\b11001\b|\b11004\b|そのようなホストは不明|ホスト(?:名)?(?:が|は|を)(?:見つか|解決|不明|特定)|サーバー(?:が|を|は)見つ(?:か|け)|サーバ(?:が|を|は)見つ(?:か|け)|0x800ccc0d|name(?:_| )?not(?:_| )?resolved|name (?:could|does) not (?:be )?(?:resolv|exist|found)|server (?:name )?not found|server could not be found|n'est pas connu|hôte inconnu|unbekannter host|host desconocido|不知道这样的主机|name does not resolve|non-existent domain|有効ですが、要求された種類のデータ|dns.{0,20}(?:not found|lookup failed|failure|error)|kcferrorhost|hostnotfound|no such device or address|名前(?:の|を)?解決|errno['\x22]?: ?-300[78]\b|\bdns_probe_finished_nxdomain\b",
    ),
    (
        S::ResolverFailed,
        r"eai_again|errno['\x22]?: ?-3001\b|lookup did not complete|unexpected name server reply|host not found, try again|eai_fail|resource temporarily unavailable.{0,80}\bdns\b|temporary failure in name resolution|temporary failure resolving|try again.{0,20}(?:resolv|\bdns\b|\bhost\b)|getaddrinfo(?: failed)?: try again|wsatry_again|\b11002\b|\b11003\b|\bservfail\b|server misbehaving|non-recoverable (?:failure|error)|dns server.{0,30}(?:not respond|failed|unreachable|timed? ?out)|resolv.{0,40}timed? ?out|(?:dns|name resolution|lookup|query).{0,60}(?:timed? ?out|timeout|etimeout)|queryesrv|querya etimeout|esrvfail|econnrefused.{0,10}:53\b|:53: (?:i/o timeout|read|connect)|no nameservers|ホスト名の解決での一時的|一時的(?:に)?(?:名前|ホスト名)|名前解決(?:に|の).{0,10}一時|no (?:dns )?servers could be reached|dns ?サーバーが応答",
    ),
    (
        S::Failed,
        r"could not connect|couldn't connect|can(?:no|')t connect|unable to connect|failed to connect|connect(?:ion)?(?: attempt)? failed|connect\(\) failed|connection could not be established|サーバーに接続でき|サーバーへの接続(?:に|は)失敗|接続(?:に|は)?失敗|接続できません|0x800ccc0e|0x80042108|0x80042109|0x800ccc0b|0x800ccc15|no connection could be made|could not open socket",
    ),
];

/// Every kind that the text in lower case speaks of.
pub(super) fn read(line: &str) -> Vec<SocketFault> {
    static SET: LazyLock<RegexSet> =
        LazyLock::new(|| super::regex_set(PATTERNS.iter().map(|(_, pattern)| *pattern)));
    SET.matches(line)
        .into_iter()
        .filter_map(|at| PATTERNS.get(at).map(|(fault, _)| *fault))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_say_the_same_in_their_own_words() {
        for (fault, texts) in [
            (
                S::Refused,
                &[
                    "connect econnrefused 192.0.2.1:587",
                    "対象のコンピューターによって拒否されたため、接続できませんでした。",
                    "[winerror 10061]",
                    "connection refused (os error 111)",
                ][..],
            ),
            (
                S::TimedOut,
                &[
                    "接続済みの呼び出し先が一定の時間を過ぎても正しく応答しなかったため",
                    "dial tcp 192.0.2.1:993: i/o timeout",
                    "ソケット エラー: 10060, エラー番号: 0x800ccc0e",
                ],
            ),
            (
                S::NameUnknown,
                &[
                    "[errno 11001] getaddrinfo failed",
                    "そのようなホストは不明です。",
                    "php_network_getaddresses: getaddrinfo failed: name or service not known",
                ],
            ),
            (
                S::ResolverFailed,
                &[
                    "getaddrinfo eai_again smtp.example.jp",
                    "lookup smtp.example.jp on 127.0.0.53:53: server misbehaving",
                ],
            ),
        ] {
            for text in texts {
                assert!(read(text).contains(&fault), "{fault:?}: {text}");
            }
        }
    }
}
