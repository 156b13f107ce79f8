//! Promises that hold for hostile texts and for those behind which several causes were found: nothing
//! is claimed that the text does not carry, and no text takes long.

use super::*;

/// Texts behind which several causes were found, each as the server words it.
const LOOK_ALIKES: &[(Stage, Protocol, SignIn, &str)] = {
    use Protocol::{Imap, Network, Oauth, Pop3, Smtp};
    use SignIn::{None, Password, Xoauth2};
    use Stage::{
        Auth, DeviceCode, Dns, Mailbox, OauthAuthorize, OauthRefresh, OauthToken, Tcp, Tls,
    };
    &[
        (
            Mailbox,
            Imap,
            Xoauth2,
            "A3 BAD User is authenticated but not connected.",
        ),
        (
            Mailbox,
            Imap,
            Password,
            "A3 BAD User is authenticated but not connected.",
        ),
        (Auth, Imap, Xoauth2, "A1 NO AUTHENTICATE failed."),
        (
            Auth,
            Pop3,
            Xoauth2,
            "-ERR Authentication failure: unknown user name or bad password.",
        ),
        (
            Auth,
            Smtp,
            Xoauth2,
            "535 5.7.3 Authentication unsuccessful [x.prod.outlook.com]",
        ),
        (
            Auth,
            Smtp,
            Password,
            "535 5.7.3 Authentication unsuccessful [x.prod.outlook.com]",
        ),
        (
            Auth,
            Smtp,
            Password,
            "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
        ),
        (
            Auth,
            Smtp,
            Password,
            "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
        ),
        (
            Auth,
            Smtp,
            Password,
            "504 5.7.4 Unrecognized authentication type",
        ),
        (
            Auth,
            Smtp,
            Password,
            "535-5.7.8 Username and Password not accepted. gsmtp",
        ),
        (
            Auth,
            Pop3,
            Password,
            "-ERR Logon failure: unknown user name or bad password.",
        ),
        (
            Auth,
            Pop3,
            Password,
            "-ERR [SYS/TEMP] Temporary system problem. Please try again later.",
        ),
        (Auth, Imap, Password, "A1 NO LOGIN failed."),
        (
            Auth,
            Imap,
            Password,
            "A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
        ),
        (
            OauthToken,
            Oauth,
            None,
            "AADSTS50053: The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
        ),
        (
            OauthRefresh,
            Oauth,
            None,
            "AADSTS70000: Provided grant is invalid or malformed.",
        ),
        (
            OauthRefresh,
            Oauth,
            None,
            "AADSTS65001: The user or administrator has not consented to use the application with ID 'x'.",
        ),
        (
            OauthRefresh,
            Oauth,
            None,
            "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}",
        ),
        (OauthAuthorize, Oauth, None, "error=access_denied&state=x"),
        (
            OauthAuthorize,
            Oauth,
            None,
            "unauthorized_client: The client does not exist or is not enabled for consumers.",
        ),
        (
            OauthAuthorize,
            Oauth,
            None,
            "AADSTS700016: Application with identifier '08162f7c-0fd2-4200-a84a-f25a4db0b584' was not found in the directory 'contoso.com'.",
        ),
        (
            OauthToken,
            Oauth,
            None,
            "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        (DeviceCode, Oauth, None, "{\"error\":\"expired_token\"}"),
        (
            Tls,
            Network,
            None,
            "certificate verify failed: unable to get local issuer certificate",
        ),
        (Tls, Network, None, "SELF_SIGNED_CERT_IN_CHAIN"),
        (
            Tls,
            Network,
            None,
            "invalid peer certificate: UnknownIssuer",
        ),
        (Tls, Network, None, "certificate has expired"),
        (
            Tls,
            Network,
            None,
            "error:0A00010B:SSL routines::wrong version number",
        ),
        (Tls, Network, None, "sslv3 alert handshake failure"),
        (
            Tls,
            Network,
            None,
            "An existing connection was forcibly closed by the remote host.",
        ),
        (Tcp, Network, None, "connect ETIMEDOUT 192.0.2.1:993"),
        (Tcp, Network, None, "connect ECONNREFUSED 192.0.2.1:993"),
        (
            Dns,
            Network,
            None,
            "getaddrinfo ENOTFOUND mail.hana-shop.example",
        ),
    ]
};

/// What programs put around a server's words.
const WRAPPINGS: [(&str, &str); 8] = [
    ("", ""),
    (
        "MailKit.Security.AuthenticationException: ",
        "\n   at System.Threading.Tasks.Task.Wait()",
    ),
    ("(b'", "')"),
    ("Error: ", " [2026-11-24T01:02:03.000Z 08DE95BEBBF63F52]"),
    ("<< ", "\r\n>> QUIT"),
    ("{\"message\":\"", "\",\"code\":\"x\"}"),
    ("サーバーの応答 : '", "', セキュリティ (SSL): はい"),
    (
        "javax.mail.MessagingException: ",
        ";\n  nested exception is: x",
    ),
];

#[test]
fn look_alikes_are_never_certain_whatever_is_around_them() {
    let kinds = [
        AccountKind::Work,
        AccountKind::Personal,
        AccountKind::Other,
        AccountKind::Unknown,
    ];
    let mut faults = Vec::new();
    for (stage, protocol, auth, text) in LOOK_ALIKES {
        for (before, after) in WRAPPINGS {
            for account_kind in kinds {
                let diagnosis = diagnose(&Evidence {
                    stage: *stage,
                    protocol: *protocol,
                    auth: *auth,
                    account_kind,
                    raw: format!("{before}{text}{after}"),
                    known: Known::default(),
                    seen: Seen::default(),
                });
                if diagnosis.certain() {
                    faults.push(format!("{account_kind:?} {:?}", diagnosis.raw()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_text_of_any_length_takes_bounded_time() {
    for raw in [
        "535 5.7.139 ".repeat(200_000),
        "AADSTS50126: a(".repeat(200_000),
        "あ".repeat(1_000_000),
        format!("user='{}", "a".repeat(2_000_000)),
        "lookup smtp.exmaple-shop.co.jp ".repeat(40_000),
        "dXNlcj1hQGV4YW1wbGUu ".repeat(50_000),
        "hostname: \"".repeat(100_000),
        "\\u3042&amp;%41+".repeat(80_000),
        "possible reasons: ".repeat(60_000),
        "\u{202e}\u{0}\u{fffd}\u{10ffff}".repeat(100_000),
    ] {
        let began = std::time::Instant::now();
        let diagnosis = explain_text(&raw);
        assert!(diagnosis.raw().len() <= 65 * 1024);
        // Unoptimized and on a busy machine; what is quadratic takes minutes.
        let took = began.elapsed();
        assert!(
            took.as_secs() < 20,
            "{took:?}: {}",
            raw.chars().take(20).collect::<String>()
        );
    }
}
