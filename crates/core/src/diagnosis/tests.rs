//! The whole engine against recorded replies: every row of the table by its own, replies of the
//! wild by what was found to be their cause, and properties that hold for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::rules::{Rule, Sign, Weight, all};
use super::*;

/// The evidence of a row's own reply: the first stage, protocol, … that the row is for.
fn evidence(rule: &Rule) -> Evidence {
    let mut case = guess::guess(rule.reply);
    for sign in rule.when.iter().rev() {
        if let Sign::Over([first, ..]) = sign {
            case.protocol = *first;
        } else if let Sign::By(auth) = sign {
            case.auth = *auth;
        } else if let Sign::Of([first, ..]) = sign {
            case.account_kind = *first;
        }
    }
    for sign in rule.when {
        if let Sign::At(stages) = sign {
            if !stages.contains(&case.stage) {
                case.stage = *stages.first().unwrap();
            }
        } else if let Sign::Over(protocols) = sign
            && protocols.contains(&guess::guess(rule.reply).protocol)
        {
            case.protocol = guess::guess(rule.reply).protocol;
        }
    }
    case
}

#[test]
fn every_row_holds_for_its_recorded_reply() {
    let mut faults = Vec::new();
    for rule in all() {
        let case = evidence(rule);
        let diagnosis = diagnose(&case);
        if diagnosis.candidates() != rule.causes {
            faults.push(format!(
                "{:?}\n   {:?} {:?} {:?} {:?}\n   wanted {:?}\n   got    {:?}",
                rule.reply,
                case.stage,
                case.protocol,
                case.auth,
                case.account_kind,
                rule.causes,
                diagnosis.candidates()
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n{} rows",
        faults.join("\n"),
        faults.len()
    );
}

#[test]
fn a_row_that_names_has_one_cause_and_the_others_several() {
    for rule in all() {
        assert_eq!(
            rule.weight == Weight::Names,
            rule.causes.len() == 1,
            "{rule:?}"
        );
    }
}

#[test]
fn every_pattern_is_built() {
    for rule in all() {
        for sign in rule.when {
            if let Sign::Says(pattern) | Sign::Silent(pattern) = sign {
                assert!(regex::Regex::new(pattern).is_ok(), "{pattern}");
            }
        }
    }
    let all: BTreeSet<_> = all().flat_map(|rule| rule.causes).collect();
    for cause in Cause::ALL {
        let elsewhere = [
            Cause::Unknown,
            Cause::ServerMisbehaves,
            Cause::Offline,
            Cause::SharedMailboxNoAccess,
        ];
        assert!(
            all.contains(cause) || elsewhere.contains(cause),
            "no row gives {cause:?}"
        );
    }
}

/// `stage protocol sign-in kind cause reply` of replies seen in the wild, in their own wordings.
const REPLIES: &str = include_str!("replies.tsv");

#[test]
fn replies_of_the_wild_are_explained() {
    let mut faults = Vec::new();
    for line in REPLIES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let [stage, protocol, auth, kind, wanted, reply] =
            line.split('\t').collect::<Vec<_>>().try_into().expect(line);
        let diagnosis = diagnose(&Evidence {
            stage: Stage::from_code(stage).expect(line),
            protocol: Protocol::from_code(protocol).expect(line),
            auth: SignIn::from_code(auth).expect(line),
            account_kind: AccountKind::from_code(kind).expect(line),
            raw: reply.to_owned(),
            known: Known::default(),
            seen: Seen::default(),
        });
        // `?cause` is open and `cause` the likeliest; `cause` alone is certain.
        let right = match wanted.strip_prefix('?') {
            Some(open) => !diagnosis.certain() && diagnosis.cause().code() == open,
            None => diagnosis.certain() && diagnosis.cause().code() == wanted,
        };
        if !right {
            faults.push(format!("{line}\n   got {:?}", diagnosis.candidates()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Patterns look for words: inside another word, or about another matter, they name nothing.
#[test]
fn words_within_words_name_no_cause() {
    let lines = include_str!("other_words.tsv").lines().skip(1);
    for line in lines {
        let [stage, protocol, auth, not, raw] =
            line.split('\t').collect::<Vec<_>>().try_into().expect(line);
        let diagnosis = diagnose(&Evidence {
            stage: Stage::from_code(stage).expect(line),
            protocol: Protocol::from_code(protocol).expect(line),
            auth: SignIn::from_code(auth).expect(line),
            account_kind: AccountKind::Other,
            raw: raw.to_owned(),
            known: Known::default(),
            seen: Seen::default(),
        });
        let not = Cause::from_code(not).expect(line);
        let named = diagnosis.candidates();
        assert!(!named.contains(&not), "{line}: {named:?}");
    }
}

fn any_evidence(raw: String, choice: u32) -> Evidence {
    let stages = [
        Stage::Dns,
        Stage::Tcp,
        Stage::Tls,
        Stage::Greeting,
        Stage::Capability,
        Stage::StartTls,
        Stage::Auth,
        Stage::Mailbox,
        Stage::Receive,
        Stage::SendMailFrom,
        Stage::SendRcpt,
        Stage::SendData,
        Stage::OauthAuthorize,
        Stage::OauthToken,
        Stage::OauthRefresh,
        Stage::DeviceCode,
    ];
    let protocols = [
        Protocol::Oauth,
        Protocol::Smtp,
        Protocol::Imap,
        Protocol::Pop3,
        Protocol::Network,
    ];
    let sign_ins = [SignIn::None, SignIn::Password, SignIn::Xoauth2];
    let pick = |salt: u32, of: usize| (choice.rotate_left(salt) as usize) % of;
    Evidence {
        stage: stages[pick(0, stages.len())],
        protocol: protocols[pick(7, protocols.len())],
        auth: sign_ins[pick(13, sign_ins.len())],
        account_kind: AccountKind::Unknown,
        raw,
        known: Known::default(),
        seen: Seen::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_an_answer_keeps_its_promises(raw in "\\PC{0,300}", choice: u32) {
        let diagnosis = diagnose(&any_evidence(raw.clone(), choice));
        prop_assert!(!diagnosis.candidates().is_empty());
        prop_assert_eq!(diagnosis.candidates()[0], diagnosis.cause());
        prop_assert!(!diagnosis.certain() || diagnosis.candidates().len() == 1);
        prop_assert!(diagnosis.cause().fixers().contains(&diagnosis.who_fixes()));
        prop_assert!(!explain_text(&raw).candidates().is_empty());
    }

    #[test]
    fn bytes_of_any_kind_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), choice: u32) {
        let raw = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert!(!diagnose(&any_evidence(raw, choice)).candidates().is_empty());
    }
}

#[test]
fn evidence_that_fits_two_causes_is_never_certain() {
    // Of two AADSTS codes the last one counts, by Microsoft's own nesting.
    let naming: Vec<(&Rule, Evidence)> = all()
        .filter(|rule| rule.weight == Weight::Names && !rule.reply.contains("AADSTS"))
        .map(|rule| (rule, evidence(rule)))
        .collect();
    let mut faults = Vec::new();
    for (at, (one, first)) in naming.iter().enumerate() {
        for (other, second) in naming.iter().skip(at + 1) {
            let alike = first.stage == second.stage
                && first.protocol == second.protocol
                && first.auth == second.auth;
            let family = |rule: &Rule| rule.causes.first().map(|cause| cause.family());
            if !alike || family(one) == family(other) {
                continue;
            }
            let raw = format!("{}\n{}", one.reply, other.reply);
            let both = diagnose(&Evidence {
                raw,
                ..first.clone()
            });
            if both.certain() {
                faults.push(format!("{:?} of {}", both.cause(), both.raw()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

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
