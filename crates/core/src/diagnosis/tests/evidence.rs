//! What the engine makes of evidence beyond the text: Ninka's own knowledge of a token and an
//! account, and what a check and its probes saw.

use crate::diagnosis::*;

#[test]
fn own_knowledge_parts_what_the_text_does_not() {
    let case = |known: Known| Evidence {
        stage: Stage::Auth,
        protocol: Protocol::Pop3,
        auth: SignIn::Xoauth2,
        account_kind: AccountKind::Work,
        raw: "-ERR Authentication failure: unknown user name or bad password.".to_owned(),
        known,
        seen: Seen::default(),
    };
    assert!(!diagnose(&case(Known::default())).certain());
    for (known, cause) in [
        (
            Known {
                token_expires_in: Some(-5),
                ..Known::default()
            },
            Cause::AccessTokenExpired,
        ),
        (
            Known {
                identity_matches: Some(false),
                ..Known::default()
            },
            Cause::WrongAccountSignedIn,
        ),
        (
            Known {
                scope_granted: Some(false),
                ..Known::default()
            },
            Cause::WrongScopeResource,
        ),
        (
            Known {
                own_request: true,
                scope_granted: Some(false),
                ..Known::default()
            },
            Cause::ConsentMissing,
        ),
        (
            Known {
                token_expires_in: Some(3000),
                identity_matches: Some(true),
                scope_granted: Some(true),
                accepted_elsewhere: Some(true),
                ..Known::default()
            },
            Cause::PopDisabledForMailbox,
        ),
    ] {
        let diagnosis = diagnose(&case(known));
        assert_eq!((diagnosis.cause(), diagnosis.certain()), (cause, true));
    }
    // Two things are wrong at once: neither is claimed.
    let both = diagnose(&case(Known {
        token_expires_in: Some(-5),
        identity_matches: Some(false),
        ..Known::default()
    }));
    assert!(!both.certain() && both.candidates().len() == 2);
}

#[test]
fn for_a_shared_mailbox_the_persons_access_is_what_may_be_missing() {
    let known = Known {
        own_request: true,
        token_expires_in: Some(3000),
        identity_matches: Some(true),
        scope_granted: Some(true),
        shared_mailbox: true,
        ..Known::default()
    };
    let case = |protocol, stage, raw: &str, elsewhere| Evidence {
        stage,
        protocol,
        auth: SignIn::Xoauth2,
        account_kind: AccountKind::Work,
        raw: raw.to_owned(),
        known: Known {
            accepted_elsewhere: elsewhere,
            ..known.clone()
        },
        seen: Seen::default(),
    };
    for (protocol, stage, raw) in [
        (
            Protocol::Imap,
            Stage::Mailbox,
            "BAD User is authenticated but not connected.",
        ),
        (
            Protocol::Pop3,
            Stage::Auth,
            "-ERR Authentication failure: unknown user name or bad password.",
        ),
        (
            Protocol::Smtp,
            Stage::Auth,
            "535 5.7.3 Authentication unsuccessful",
        ),
    ] {
        let diagnosis = diagnose(&case(protocol, stage, raw, None));
        assert_eq!(diagnosis.cause(), Cause::SharedMailboxNoAccess, "{raw}");
        assert!(!diagnosis.certain(), "{raw}");
        assert_eq!(diagnosis.who_fixes(), Fixer::TenantAdmin);
        let candidates = diagnosis.candidates();
        assert!(!candidates.contains(&Cause::WrongAccountSignedIn), "{raw}");
        // Who was let in elsewhere has access.
        let diagnosis = diagnose(&case(protocol, stage, raw, Some(true)));
        let candidates = diagnosis.candidates();
        assert!(!candidates.contains(&Cause::SharedMailboxNoAccess), "{raw}");
    }
}

#[test]
fn a_mailbox_that_does_not_open_is_no_protocol_that_is_off() {
    let diagnosis = diagnose(&Evidence {
        stage: Stage::Mailbox,
        protocol: Protocol::Pop3,
        auth: SignIn::Xoauth2,
        account_kind: AccountKind::Work,
        raw: "-ERR User is authenticated but not connected.".to_owned(),
        known: Known {
            own_request: true,
            token_expires_in: Some(3000),
            identity_matches: Some(true),
            scope_granted: Some(true),
            accepted_elsewhere: Some(true),
            ..Known::default()
        },
        seen: Seen {
            failure: Some(FailureKind::Refused),
            ..Seen::default()
        },
    });
    assert!(!diagnosis.certain());
    assert_eq!(diagnosis.cause(), Cause::ServerTemporary);
    assert!(
        !diagnosis
            .candidates()
            .contains(&Cause::PopDisabledForMailbox)
    );
}

#[test]
fn a_server_that_hangs_up_on_everybody_is_no_wrong_port() {
    let diagnosis = diagnose(&Evidence {
        stage: Stage::Tls,
        protocol: Protocol::Network,
        auth: SignIn::None,
        account_kind: AccountKind::Work,
        raw: "unexpected end of file: tls handshake eof".to_owned(),
        known: Known::default(),
        seen: Seen {
            failure: Some(FailureKind::Closed),
            protocol: Some(crate::cloud::MailProtocol::Pop3),
            tls: Some(crate::account::TlsMode::Implicit),
            probes: vec![Probe {
                kind: ProbeKind::FirstBytes,
                host: "pop.hana.example.jp".to_owned(),
                port: 995,
                found: Found::Closed,
                ms: 2,
            }],
            ..Seen::default()
        },
    });
    assert_eq!(diagnosis.cause(), Cause::ConnectionClosed);
    assert!(!diagnosis.candidates().contains(&Cause::WrongPortTlsMode));
}

#[test]
fn what_a_check_saw_outweighs_sentences() {
    let case = |stage: Stage, failure: FailureKind| Evidence {
        stage,
        protocol: Protocol::Imap,
        auth: SignIn::Xoauth2,
        account_kind: AccountKind::Work,
        raw: String::new(),
        known: Known::default(),
        seen: Seen {
            failure: Some(failure),
            ..Seen::default()
        },
    };
    for (stage, failure, cause, certain) in [
        (
            Stage::Tls,
            FailureKind::PlainOnTls,
            Cause::WrongPortTlsMode,
            true,
        ),
        (
            Stage::Greeting,
            FailureKind::OtherProtocol,
            Cause::WrongPortProtocol,
            true,
        ),
        (
            Stage::Tls,
            FailureKind::Certificate(CertificateFault::WrongName),
            Cause::CertNameMismatch,
            true,
        ),
        (
            Stage::Tls,
            FailureKind::Certificate(CertificateFault::Expired),
            Cause::CertExpired,
            false,
        ),
        (Stage::Auth, FailureKind::TimedOut, Cause::TimedOut, false),
        (
            Stage::Auth,
            FailureKind::Closed,
            Cause::ConnectionClosed,
            false,
        ),
        (
            Stage::Mailbox,
            FailureKind::TooLong,
            Cause::ServerMisbehaves,
            true,
        ),
    ] {
        let diagnosis = diagnose(&case(stage, failure));
        assert_eq!(
            (diagnosis.cause(), diagnosis.certain()),
            (cause, certain),
            "{failure:?}"
        );
    }
}

#[test]
fn a_server_that_offers_to_encrypt_and_no_sign_in_wants_starttls() {
    for (lines, first) in [
        (vec!["SIZE 1", "STARTTLS"], true),
        (vec!["STARTTLS", "AUTH PLAIN"], false),
    ] {
        let evidence = Evidence {
            stage: Stage::Auth,
            protocol: Protocol::Smtp,
            auth: SignIn::Password,
            account_kind: AccountKind::Other,
            raw: "503 5.5.1 Error: authentication not enabled".to_owned(),
            known: Known::default(),
            seen: Seen {
                failure: Some(FailureKind::Refused),
                capabilities_plain: lines.into_iter().map(str::to_owned).collect(),
                ..Seen::default()
            },
        };
        let diagnosis = diagnose(&evidence);
        assert_eq!(
            diagnosis.cause() == Cause::StarttlsRequired,
            first,
            "{diagnosis:?}"
        );
    }
}
