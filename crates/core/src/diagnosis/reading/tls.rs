//! What TLS libraries say, in the words of OpenSSL, GnuTLS, NSS, SChannel, .NET, Java, Go, rustls,
//! Node.js, SecureTransport and of mail programs in Japanese, brought down to kinds.

use std::sync::LazyLock;

use regex::RegexSet;

/// What went wrong in a handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TlsFault {
    /// Plain text came where TLS was expected.
    NotTls,
    /// The server does not offer to go over to TLS.
    NoStartTls,
    /// The connection ended in the middle of the handshake.
    Cut,
    /// Nobody trusted issued the certificate, or the chain is broken; no more is said.
    Untrusted,
    /// The server left out an intermediate certificate.
    ChainIncomplete,
    /// A self-signed certificate stands at the end of the chain: a private authority.
    PrivateRoot,
    /// The server's own certificate is self-signed.
    SelfSigned,
    /// The server's own certificate is an authority's.
    AuthorityAsServer,
    /// The certificate's time is over.
    Expired,
    /// The certificate's time has not begun.
    NotYetValid,
    /// It is for another name.
    WrongName,
    /// It holds no such IP address.
    WrongAddress,
    /// It was revoked.
    Revoked,
    /// The certificate is invalid, and nothing says why.
    Invalid,
    /// The server refused what this side speaks.
    TooOldHere,
    /// This side refused what the server speaks.
    TooOldThere,
    /// Both found nothing in common; which side is behind is not said.
    NothingInCommon,
    /// A certificate of an antivirus program or of a filtering proxy arrived.
    Interceptor,
    /// The authority that old stores lack, or the one they still have and that has run out.
    OldRoot,
}

use TlsFault as T;

/// In lower case. Several may match; the rules weigh them.
const PATTERNS: &[(TlsFault, &str)] = &[
    (
        T::NotTls,
        r"wrong[ _]version[ _]number|invalidcontenttype|corrupt ?message|packet length too long|record[ _]?(?:overflow|too[ _]long|layer failure)|ssl23_get_server_hello:unknown protocol|unknown protocol:.*s23_clnt|\bunknown protocol\b|(?:routines|reason|ssl)\b.{0,60}\bhttp[ _]request\b|unrecognized ssl message|plaintext connection\?|does not look like a tls handshake|unexpected packet format|cannot determine the frame size|corrupted frame|unexpected tls packet|rx_record_too_long|err_ssl_wrong_version|unexpected[ _]message\b|sec_e_invalid_token|0x80090308|token supplied to the function is invalid|関数に渡されたトークンは無効|パケット形式が予期|予期しない(?:パケット|形式)|フレーム サイズを特定できない|errsslprotocol|-9800\b|bad record type|not an ssl/tls record|tls packet with unexpected|invalid tls record|err_ssl_protocol_error|ssl_error_unknown|non-ssl|bad_packet_length|wrong tls version number|tls_get_more_records|invalid packet|not (?:an |a )?(?:ssl|tls) (?:connection|server|port)",
    ),
    (
        T::NoStartTls,
        r"starttls(?: extension| command)?(?: is| was)? ?(?:not|n't) (?:supported|available|advertised|offered|enabled|implemented)|(?:not|n't|doesn't|does not|did not|didn't|cannot|no) (?:support|offer|advertise|announce|provide)(?:s|ed)? ?(?:the )?(?:starttls|stls|ssl|tls)|starttls [^.]{0,30}not (?:supported|available|advertised|offered|enabled)|starttls (?:is )?required but|stls (?:is )?(?:not|required)|no starttls|tls (?:is )?(?:not available|not supported|unavailable)|upgrade to tls failed|without (?:starttls|stls) support|starttlsをサポート(?:して|され)て?い(?:ない|ません)|starttls ?(?:に対応|は(?:使用|利用))(?:して|でき)(?:い)?(?:ない|ません)|(?:ssl|tls|starttls|暗号化(?:された)?接続)(?:接続)?(?:を|に)(?:サポート|対応)して(?:い|お)?(?:ない|りません|いません)|0x800ccc7d|starttls.{0,40}(?:not advertise|unsupported|unknown command|unrecognized|not implemented)|unable to negotiate (?:tls|starttls)|notsupportedexception.{0,80}starttls|unencrypted.*required starttls|(?:command|extension).{0,10}starttls.{0,10}not|missing_requirement\b.{0,80}:tls\b",
    ),
    (
        T::Cut,
        r"unexpected[ _]eof|eof occurred in violation|eof_while_reading|ssl_error_syscall|tls handshake eof|handshake.{0,30}\beof\b|\beof\b.{0,30}handshake|before secure tls connection was established|remote host (?:closed|terminated) (?:connection during handshake|the handshake)|unexpected eof or 0 bytes|peer closed connection without|non-properly terminated|connection (?:closed|reset|terminated|was closed|lost).{0,40}(?:handshake|tls|ssl)|(?:handshake|tls|ssl).{0,60}(?:connection (?:was )?(?:closed|reset|terminated|lost|aborted)|econnreset|forcibly closed)|errsslclosedabort|-9806\b|errsslclosednonotify|ssl_read: unexpected|premature(?:ly)? (?:end|closed)|トランスポート ?ストリームから予期しない eof",
    ),
    (
        T::Untrusted,
        r"certificate[ _]verify[ _]failed|cannot verify (?:the )?server identity|識別情報を検証でき|x509.{0,6}certificate verification failed|unknown ?issuer|unable to get (?:local )?issuer|unable_to_get_issuer|pkix path (?:building|validation)|unable to find valid certification path|unknown authority|untrusted ?root|\b(?:cert(?:ificate)?|issuer|root|ca|chain|authority|signer|connection|server)\b.{0,40}\bnot trusted\b|\bnot trusted\b.{0,40}\b(?:cert(?:ificate)?|issuer|root|chain|authority)\b|untrusted certificate|certificate.{0,20}untrusted|cert_authority_invalid|sec_error_unknown_issuer|sec_error_untrusted_issuer|mozilla_pkix_error|sec_e_untrusted_root|0x80090325|cert_e_untrustedroot|0x800b0109|0x800b010a|cert_e_chaining|unknown[ _]ca\b|alertreceived\(unknownca\)|partialchain|remotecertificatechainerrors|signer not found|issuer (?:is |was )?(?:unknown|not found)|errsslxcertchaininvalid|errsslunknownrootcert|-9807\b|-9812\b|-1202\b|trust anchor|信頼され(?:て|た)い?(?:ない|ません)|信頼(?:でき|されてい)(?:ない|ません)|信頼されていない|信頼関係を検証できません|信頼できる(?:認証局|証明機関)|確認できないセキュリティ証明書|検証でき(?:ない|ません)でした|証明書(?:を|の)(?:検証|確認)(?:に失敗|でき)|chain validation failed|self-?signed or untrusted|certificate chain.{0,40}(?:terminated|not trusted|could not be|issued by an authority)|peer'?s certificate issuer|cert(?:ificate)? authority (?:is )?invalid|unabletogetissuer|verify error:num=(?:2|20|27)\b|verify return code: (?:2|20|27)\b|certificate signed by unknown|unknown certificate authority|ca certificate.{0,30}(?:not found|unknown)|not signed by a trusted|server certificate verification failed|peer certificate cannot be authenticated|unverified|cannot be verified|issuer certificate.{0,60}(?:not|n't) (?:be )?found|no certificates could be verified|証明書チェーンは.{0,40}信頼",
    ),
    (
        T::ChainIncomplete,
        r"unable to verify the first certificate|unable_to_verify_leaf_signature|verify error:num=21\b|verify return code: 21\b|missing intermediate|incomplete (?:certificate )?chain|intermediate certificate (?:is )?missing",
    ),
    (
        T::PrivateRoot,
        r"self[- _]?signed[- _](?:cert(?:ificate)?)[- _]in[- _](?:certificate[- _])?chain|verify error:num=19\b|verify return code: 19\b",
    ),
    (
        T::SelfSigned,
        r"self[- _]?signed(?:[- _](?:cert(?:ificate)?))?|depth_zero_self_signed_cert|verify error:num=18\b|自己(?:署名|証明)|オレオレ",
    ),
    (
        T::AuthorityAsServer,
        r"caused?as ?end ?entity|ca used as end|ca_cert_used_as_end_entity",
    ),
    (
        T::Expired,
        r"certificate (?:has |is |was |already )*expired|cert(?:ificate)?[_ ]has[_ ]expired|expired cert|certificate.{0,30}\bexpired|invalid peer certificate: expired|cert_e_expired|0x80090328|sec_e_cert_expired|0x800b0101|sec_error_expired|certificate_expired|certificateexpired|ssl_error_expired|nottimevalid|notafter:|validity check failed|certificateexpiredexception|expired or is not yet valid|not within (?:its|the) validity period|outside (?:its|the|of its) validity period|expired or not yet valid|errsslcertexpired|-9814\b|verify error:num=10\b|verify return code: 10\b|cert_date_invalid|期限(?:が|は)?(?:切れ|過ぎ|終了)|有効期間(?:外|が過ぎ|の期限)|有効期限(?:が|は)?(?:切れ|過ぎ|終了)",
    ),
    (
        T::NotYetValid,
        r"not[ _]yet[ _]valid|not ?valid ?yet|notbefore:|verify error:num=9\b|verify return code: 9\b|cert_not_yet_valid|errsslcertnotyetvalid|-9815\b|まだ有効(?:では|に|期間)",
    ),
    (
        T::WrongName,
        r"host ?name.{0,60}(?:mismatch|(?:does|did) ?(?:not|n't) match|doesn't match|do not match|not match|verification failed|not valid|invalid)|(?:mismatch|doesn't match|does not match|not match(?:ing)?).{0,60}(?:host ?name|server name|altname|common name|target host)|altnames?\b.{0,80}(?:not|n't|mismatch)|not in the cert|err_tls_cert_altname_invalid|not ?valid ?for ?name|certificate (?:is|was) (?:only )?(?:not )?valid for|no (?:alternative|subject alternative).{0,60}(?:matching|match|found)|no name matching|name ?mismatch|remotecertificatenamemismatch|cert_common_name_invalid|ssl_error_bad_cert_domain|sec_e_wrong_principal|0x80090322|cert_e_cn_no_match|0x800b010f|target principal name is incorrect|プリンシパル名が正しくありません|プリンシパル名が間違|errsslhostnamemismatch|-9843\b|verify error:num=62\b|verify return code: 62\b|subject alternative name.{0,40}(?:no match|not match)|no alternative certificate subject name|unable to match.{0,40}name|certificate.{0,20}belongs to|peer (?:certificate )?(?:cn|common name)|ホスト名(?:が|と).{0,20}(?:一致|異な)|(?:一致し(?:ない|ません)|異なる).{0,30}(?:ホスト|サーバー|証明書)|証明書.{0,60}(?:一致し(?:ない|ません)|別のサイト|名前が(?:違|異))|(?:別|他)のサイト(?:の|に)|server name (?:does not|doesn't|did not) match|certificate is not for|wrong host|owner does not match|certificate (?:doesn't|does not|didn't|did not) match|locate peer certificate cn|subject (?:name )?does not match|name in the certificate does not match|host ?name [^ ]{3,255} (?:was |is |could )?not (?:be )?verified",
    ),
    (
        T::WrongAddress,
        r"\bip: ?[^ ]+(?: ip\\?>)? is not in the cert|\bip: [^,;]{1,60} is not in the cert'?s list|ip address mismatch|cannot validate certificate for [0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?:doesn't|does not) contain any ip sans|no subject alternative names (?:matching ip address|present)|verify error:num=64\b|verify return code: 64\b|(?:host ?name|server name|host)[ '\x22:]{0,4}[0-9]{1,3}(?:\.[0-9]{1,3}){3}['\x22]? .{0,20}(?:match|mismatch|not valid)|certificate.{0,30}(?:not valid|invalid) for (?:ip address |name )?['\x22(]*(?:ip ?address\()?[0-9]{1,3}(?:\.[0-9]{1,3}){3}|unsupportednametype|server name type (?:was|is)(?: not|n't) supported|expected cn ?= ?['\x22`]?[0-9]{1,3}(?:\.[0-9]{1,3}){3}|match(?:es)? (?:the )?(?:target )?(?:host ?name|host|name)? ?['\x22][0-9]{1,3}(?:\.[0-9]{1,3}){3}['\x22]",
    ),
    (
        T::Revoked,
        r"certificate (?:has been |was |is )?revoked|cert_revoked|crypt_e_revoked|0x80092010|sec_error_revoked|peer certificate: revoked|証明書は失効|verify error:num=23\b",
    ),
    (
        T::Invalid,
        r"remote certificate (?:is|was) invalid|according to the validation procedure|rejected by the provided remotecertificatevalidationcallback|certificate (?:is )?invalid|invalid (?:server |ssl |tls |security )?certificate|bad[ _]?certificate|(?:リモート)?証明書(?:は|が)?.{0,12}無効|セキュリティ証明書に問題|certificate[ _]unknown|certificate error|ssl certificate problem|could not verify|authentication failed, see inner exception|certificateexception|sslhandshakeexception: .{0,20}certpath|証明書(?:の)?エラー|不正な証明書|証明書に問題",
    ),
    (
        T::TooOldHere,
        r"tls ?v?1\.0 and (?:tls ?v?)?1\.1 are not supported|upgrade/update your client|alert(?: has been received[ .:]{0,3})? ?protocol[ _]version|protocol_version_alert|alertreceived\(protocolversion\)|fatal alert: ?protocol_?version|remote error: tls: protocol version not supported|no protocols available|no appropriate protocol|unsupported_protocol_on_client|ssl_error_no_protocols|no supported versions satisfy|common algorithm|0x80090331|sec_e_algorithm_mismatch|共通(?:の)?アルゴリズム|ssl23_get_server_hello:(?:sslv3|tlsv1) alert|no shared cipher|insufficient security|inappropriate fallback|not supported.{0,20}(?:tls|ssl) ?(?:v?1\.[01]|v?3)|(?:tls|ssl) ?v?(?:1\.[01]|3(?:\.0)?) (?:is|are) (?:no longer|not) (?:supported|accepted|allowed)|no longer supports? (?:tls|ssl) ?v?(?:1\.[01]|[23]\b)|(?:requires?|use|upgrade to|support) (?:at least )?tls ?v?1\.[23]|s23_clnt\.c|opensslo?098",
    ),
    (
        T::TooOldThere,
        r"\bunsupported[ _]protocol\b|unsupported[ _]version\b|peer using unsupported version|selected unsupported protocol|server selected protocol version|not accepted by client preferences|dh[ _]key[ _]too[ _]small|weak[ _](?:server[ _])?ephemeral|key too small|ee key too small|ca md too weak|md too weak|unsafe legacy renegotiation|legacy sigalg|does ?not ?support ?tls ?1[._]?2|servertls12|serverdoesnotsupport|tls12(?:not)?offered|nocommonciphersuite|no ciphersuites? in common|no ?cipher ?suites? ?in ?common|peerincompatible|server (?:only )?(?:speaks|supports|offers) (?:only )?(?:ssl|tls) ?v?(?:1\.[01]|1\b|3)|diffie-hellman|prime received from the server is not long enough|dh prime",
    ),
    (
        T::NothingInCommon,
        r"alert handshake failure|handshake[ _]failure|alertreceived\(handshakefailure\)|handshakefailure|no[ _]cipher[ _]overlap|cipher[ _]mismatch|err_ssl_version_or_cipher|could not negotiate|no common (?:cipher|encryption|algorithm)|-9824\b|errsslpeerhandshakefail|errsslnegotiation|-9801\b",
    ),
    (
        T::Interceptor,
        r"\bavast\b|\bavg\b(?: |$)|kaspersky|\beset\b|bitdefender|norton|mcafee|trend ?micro|ウイルスバスター|ウィルスバスター|sophos|dr\.?web|g data|zscaler|fortinet|fortigate|netskope|mail shield|webshield|web/mail shield|ssl scanner|f-secure|comodo internet|bullguard|panda|blue ?coat|palo ?alto|cisco umbrella|untangle|checkpoint|squid|mitmproxy|fiddler|charles proxy|burp|superfish|カスペルスキー|ノートン|マカフィー|anti-?virus|アンチウイルス|ウイルス対策|ウィルス対策|personal root",
    ),
    (
        T::OldRoot,
        r"dst root ca x3|isrg root|lets? ?'?encrypt.{0,40}(?:root|cross)|addtrust external|root (?:certificates?|ca|store).{0,30}(?:outdated|expired|old|update|obsolete)|(?:outdated|obsolete|update).{0,30}(?:root (?:certificates?|ca|store)|ca-?certificates|ca bundle|cacert|certifi)|certificate chain.{0,40}root.{0,20}expired|equifax|geotrust global|failed to load system roots|no (?:system )?root(?: certificate)?s? (?:provided|found|available|certificates)|no ca certificates|unable to load (?:the )?(?:ca|root)|no certificate authorities",
    ),
];

/// Every kind that the text in lower case speaks of.
pub(super) fn read(line: &str) -> Vec<TlsFault> {
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
    fn the_patterns_are_built() {
        assert!(!read("wrong version number").is_empty());
    }

    #[test]
    fn libraries_say_the_same_in_their_own_words() {
        for (fault, texts) in [
            (
                T::WrongName,
                &[
                    "certificate verify failed: hostname mismatch, certificate is not valid for 'mail.example.jp'.",
                    "tls: failed to verify certificate: x509: certificate is valid for a.example, not mail.example.jp",
                    "java.security.cert.certificateexception: no subject alternative dns name matching mail.example.jp found.",
                    "invalid peer certificate: notvalidforname",
                    "対象のプリンシパル名が間違っています。",
                ][..],
            ),
            (
                T::Untrusted,
                &[
                    "unable to find valid certification path to requested target",
                    "x509: certificate signed by unknown authority",
                    "sec_error_unknown_issuer",
                    "接続しているサーバーは、確認できないセキュリティ証明書を使用しています。",
                    "信頼されていない証明機関によって発行されました",
                ],
            ),
            (
                T::NotTls,
                &[
                    "javax.net.ssl.sslexception: unrecognized ssl message, plaintext connection?",
                    "tls: first record does not look like a tls handshake",
                    "the handshake failed due to an unexpected packet format.",
                    "ssl_error_rx_record_too_long",
                    "gnutls: an unexpected tls packet was received.",
                ],
            ),
            (
                T::TooOldThere,
                &[
                    "[ssl: unsupported_protocol] unsupported protocol (_ssl.c:1002)",
                    "the server selected protocol version tls10 is not accepted by client preferences [tls12]",
                ],
            ),
        ] {
            for text in texts {
                assert!(read(text).contains(&fault), "{fault:?}: {text}");
            }
        }
    }
}
