//! A walk over every text of a report. Each type is taken apart whole: a field that is added does
//! not compile before it is decided here what its text is.

use crate::view::{
    AccountRow, AccountView, AuthorizationState, CertificateView, CheckReport, ConnectView,
    DiagnosisView, ElsewhereView, EndpointView, EvidenceView, FieldFault, HistoryEntryView,
    ProbeView, ProblemView, ProtocolReport, ReplyView, ReportSetting, ReportView, SelfTestRow,
    SelfTestView, SideView, StepView, TokenView, TraceView, VaultView,
};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// One of the program's own words: a code, a text's id, a version, a GUID.
    Word,
    /// A mail address.
    Address,
    /// The account name of a password account: an address or a part of one.
    User,
    /// What the shop calls the account.
    Name,
    /// A host, an address of the network, a certificate's name.
    Host,
    /// What a server, the system or a person said: anything may be in it.
    Said,
}

/// Whoever walks.
pub(super) trait Walker {
    /// Meets a text.
    fn text(&mut self, of: Of, text: &mut String);

    /// Meets a diagnosis, before its texts.
    fn diagnosis(&mut self, _diagnosis: &mut DiagnosisView) {}

    /// Meets a problem, before its texts.
    fn problem(&mut self, _problem: &mut ProblemView) {}
}

/// Walks over a report.
pub(super) fn walk(report: &mut ReportView, walker: &mut impl Walker) {
    let ReportView {
        version,
        system,
        made_at: _,
        practice: _,
        shortened: _,
        account: shown,
        kind: _,
        scopes,
        check: checked,
        history,
        self_test,
        vault,
        client_id,
        authority,
        settings,
        traces,
    } = report;
    // The account first: its address gets its short form before others that look alike.
    account(shown, walker);
    each(Of::Word, [version, system], walker);
    each(Of::Host, scopes, walker);
    checked.iter_mut().for_each(|it| check(it, walker));
    history.iter_mut().for_each(|it| entry(it, walker));
    computer(self_test, walker);
    if let VaultView::Closed { problem: why } = vault {
        problem(why, walker);
    }
    each(Of::Said, [client_id, authority], walker);
    for ReportSetting { key, value } in settings {
        walker.text(Of::Word, key);
        walker.text(Of::Said, value);
    }
    for TraceView { kind: _, id } in traces {
        walker.text(Of::Word, id);
    }
}

fn each<'a>(of: Of, texts: impl IntoIterator<Item = &'a mut String>, walker: &mut impl Walker) {
    texts.into_iter().for_each(|text| walker.text(of, text));
}

fn account(account: &mut AccountView, walker: &mut impl Walker) {
    let AccountView {
        row:
            AccountRow {
                id: _,
                address,
                name,
                purpose: _,
                oauth: _,
                switched: _,
                signs_in,
                authorization: state,
                warning: _,
                reception,
                sending,
            },
        revision: _,
        user,
        signed_in_as,
        password_stored: _,
        pop3,
        imap,
        smtp,
        writing: _,
    } = account;
    walker.text(Of::Address, address);
    walker.text(Of::Name, name);
    each(Of::Address, signs_in, walker);
    authorization(state, walker);
    side(reception, walker);
    side(sending, walker);
    walker.text(Of::User, user);
    each(Of::Address, signed_in_as, walker);
    for EndpointView {
        host,
        port: _,
        tls: _,
    } in [pop3, imap, smtp].into_iter().flatten()
    {
        walker.text(Of::Host, host);
    }
}

fn authorization(state: &mut AuthorizationState, walker: &mut impl Walker) {
    match state {
        AuthorizationState::None
        | AuthorizationState::Authorized { .. }
        | AuthorizationState::Lapsed { .. } => {}
        AuthorizationState::Failing { problem: why, .. }
        | AuthorizationState::Refused { problem: why, .. } => problem(why, walker),
        AuthorizationState::BeingAuthorized { before } => authorization(before, walker),
    }
}

fn side(side: &mut SideView, walker: &mut impl Walker) {
    match side {
        SideView::Unchecked | SideView::Ok { .. } | SideView::NotNeeded => {}
        SideView::Failed {
            at: _,
            protocol: _,
            diagnosis: why,
        } => diagnosis(why, walker),
    }
}

fn diagnosis(diagnosis: &mut DiagnosisView, walker: &mut impl Walker) {
    walker.diagnosis(diagnosis);
    let DiagnosisView {
        cause,
        text,
        certain: _,
        candidates,
        who_fixes,
        raw,
        readout,
    } = diagnosis;
    each(Of::Word, [cause, text, who_fixes, readout], walker);
    each(Of::Word, candidates, walker);
    walker.text(Of::Said, raw);
}

fn problem(problem: &mut ProblemView, walker: &mut impl Walker) {
    walker.problem(problem);
    let ProblemView {
        code,
        text,
        params,
        retry: _,
        fields,
        diagnosis: why,
        readout,
    } = problem;
    each(Of::Word, [code, text, readout], walker);
    each(Of::Said, params.values_mut(), walker);
    for FieldFault { field, code } in fields {
        each(Of::Word, [field, code], walker);
    }
    why.iter_mut().for_each(|it| diagnosis(it, walker));
}

fn check(check: &mut CheckReport, walker: &mut impl Walker) {
    let CheckReport {
        account,
        account_id: _,
        at: _,
        ms: _,
        protocols,
    } = check;
    walker.text(Of::Address, account);
    protocols.iter_mut().for_each(|it| protocol(it, walker));
}

fn protocol(report: &mut ProtocolReport, walker: &mut impl Walker) {
    let ProtocolReport {
        protocol: _,
        host,
        port: _,
        result: _,
        steps,
        problem: cause,
        raw,
        diagnosis: why,
        obstacle,
        messages: _,
        probes,
        evidence: seen,
    } = report;
    walker.text(Of::Host, host);
    for StepView {
        step: _,
        outcome: _,
        ms: _,
    } in steps
    {}
    each(Of::Word, cause, walker);
    each(Of::Said, raw, walker);
    why.iter_mut().for_each(|it| diagnosis(it, walker));
    obstacle.iter_mut().for_each(|it| problem(it, walker));
    for ProbeView {
        asked: _,
        host,
        port: _,
        found: _,
        detail,
        ms: _,
    } in probes
    {
        walker.text(Of::Host, host);
        walker.text(Of::Said, detail);
    }
    seen.iter_mut().for_each(|it| evidence(it, walker));
}

fn evidence(seen: &mut EvidenceView, walker: &mut impl Walker) {
    let EvidenceView {
        account_kind: _,
        addresses,
        asked_before_ms: _,
        connects,
        cleartext,
        certificates,
        tls_version,
        capabilities_plain,
        capabilities_tls,
        replies,
        challenge,
        put_off,
        token: known,
        elsewhere,
    } = seen;
    each(Of::Host, addresses, walker);
    for ConnectView {
        address,
        ms: _,
        failure,
    } in connects
    {
        walker.text(Of::Host, address);
        each(Of::Said, failure, walker);
    }
    for CertificateView {
        subject,
        issuer,
        names,
        not_before: _,
        not_after: _,
        sha256,
    } in certificates
    {
        each(Of::Host, [subject, issuer], walker);
        each(Of::Host, names, walker);
        walker.text(Of::Word, sha256);
    }
    each(Of::Word, tls_version, walker);
    let said = [capabilities_plain, capabilities_tls, put_off];
    each(Of::Said, said.into_iter().flatten(), walker);
    each(
        Of::Said,
        [cleartext, challenge].into_iter().flatten(),
        walker,
    );
    for ReplyView { to, text } in replies {
        walker.text(Of::Word, to);
        walker.text(Of::Said, text);
    }
    known.iter_mut().for_each(|it| token(it, walker));
    for ElsewhereView {
        protocol: _,
        accepted: _,
    } in elsewhere
    {}
}

fn token(token: &mut TokenView, walker: &mut impl Walker) {
    let TokenView {
        expires_in: _,
        scopes,
        signed_in_as,
        clock_ahead: _,
        own_audience,
        own_scopes,
        own_user,
        own_tenant,
        own_issuer,
        own_version,
        own_expires_at: _,
    } = token;
    each(
        Of::Address,
        [signed_in_as, own_user].into_iter().flatten(),
        walker,
    );
    let said = [scopes, own_audience, own_scopes];
    each(Of::Said, said.into_iter().flatten(), walker);
    let said = [own_tenant, own_issuer, own_version];
    each(Of::Said, said.into_iter().flatten(), walker);
}

fn entry(entry: &mut HistoryEntryView, walker: &mut impl Walker) {
    let HistoryEntryView {
        at: _,
        what: _,
        cause,
        text,
        changed,
    } = entry;
    each(Of::Word, [cause, text].into_iter().flatten(), walker);
    each(Of::Word, changed, walker);
}

fn computer(tested: &mut SelfTestView, walker: &mut impl Walker) {
    let SelfTestView { at: _, rows } = tested;
    for SelfTestRow {
        part: _,
        outcome: _,
        found: _,
        server,
        detail,
        problem: why,
        ms: _,
    } in rows
    {
        walker.text(Of::Host, server);
        walker.text(Of::Said, detail);
        why.iter_mut().for_each(|it| problem(it, walker));
    }
}
