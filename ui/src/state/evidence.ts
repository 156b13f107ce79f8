// What a protocol's check saw, put in order for whoever supports the shop: groups of labelled
// values, for the screen and as one text for the clipboard. Pure.

import { dateTime, duration } from '../format';
import type { CertificateView } from '../generated/CertificateView';
import type { EvidenceView } from '../generated/EvidenceView';
import type { ProtocolReport } from '../generated/ProtocolReport';
import type { TokenView } from '../generated/TokenView';
import { t } from '../texts.svelte';

/** One label with its values, a line each. */
export interface Fact {
  label: string;
  lines: string[];
}

/** Facts that belong together; the first group has no title. */
export interface Group {
  title: string;
  facts: Fact[];
}

/** What is there to be shown; groups and facts without a value are left out. */
export function groupsOf(evidence: EvidenceView): Group[] {
  const { certificates, token } = evidence;
  return [
    group('', connectionOf(evidence)),
    ...certificates.map((certificate, at) => group(t('evidence-certificate', { number: at + 1, count: certificates.length }), certificateOf(certificate))),
    group(t('evidence-conversation'), conversationOf(evidence)),
    ...(token === null ? [] : [group(t('evidence-token'), [...tokenOf(token), fact(t('evidence-elsewhere'), elsewhereOf(evidence))])]),
  ].filter(({ facts }) => facts.length > 0);
}

/** A whole track as text: the server, the steps, what was seen, what was asked. */
export function textOf(address: string, report: ProtocolReport): string {
  const { protocol, host, port, steps, diagnosis, evidence, probes } = report;
  const blocks: string[][] = [
    [
      `${address}  ${t(`check-protocol-${protocol}`)} ${host}:${port}`,
      ...steps.map(({ step, outcome, ms }) => {
        const word = { ok: t('state-ok'), failed: t('state-failed'), running: t('state-running'), 'not-reached': t('state-not-reached') }[outcome];
        return `${t(`check-step-${step}`).replaceAll('\u200B', '')}: ${word}${ms === null ? '' : ` (${duration(ms)})`}`;
      }),
      ...(diagnosis === null ? [] : [`${diagnosis.candidates.join(', ')}  ${diagnosis.readout}`]),
    ],
    ...(evidence === null ? [] : groupsOf(evidence)).map(({ title, facts }) => [
      ...(title === '' ? [] : [title]),
      ...facts.flatMap(({ label, lines }) => lines.map((line) => `${label}: ${line}`)),
    ]),
    probes.map(({ asked, host: of, port: at, found, detail, ms }) => {
      const question = t(`probe-asked-${asked}`, { host: of, port: String(at) });
      return `${question}: ${t(`probe-found-${found}`, { detail })} (${duration(ms)})`;
    }),
  ];
  return blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n');
}

function group(title: string, facts: Fact[]): Group {
  return { title, facts: facts.filter(({ lines }) => lines.length > 0) };
}

function fact(label: string, value: string | string[] | null): Fact {
  const values = value === null ? [] : typeof value === 'string' ? [value] : value;
  return { label, lines: values.flatMap((each) => each.split(/\r?\n/u)).filter((line) => line.trim() !== '') };
}

function connectionOf(evidence: EvidenceView): Fact[] {
  const connects = evidence.connects.map(({ address, ms, failure }) => {
    const time = duration(ms);
    return failure === null ? t('evidence-connected', { address, time }) : t('evidence-not-connected', { address, time, why: failure });
  });
  return [
    fact(t('evidence-account'), evidence.accountKind === null ? null : t(`evidence-account-${evidence.accountKind}`)),
    fact(t('evidence-asked-before'), evidence.askedBeforeMs === undefined ? null : t('evidence-asked-before-ago', { time: duration(evidence.askedBeforeMs) })),
    fact(t('evidence-addresses'), evidence.addresses),
    fact(t('evidence-connects'), connects),
    fact(t('evidence-cleartext'), evidence.cleartext),
    fact(t('evidence-tls'), evidence.tlsVersion),
  ];
}

function certificateOf({ subject, issuer, names, notBefore, notAfter, sha256 }: CertificateView): Fact[] {
  const moment = (at: number | null): string => (at === null ? '?' : dateTime(at));
  return [
    fact(t('evidence-subject'), subject),
    fact(t('evidence-issuer'), issuer),
    fact(t('evidence-names'), names.join(', ')),
    fact(t('evidence-validity'), t('evidence-from-to', { from: moment(notBefore), to: moment(notAfter) })),
    fact(t('evidence-sha256'), sha256),
  ];
}

function conversationOf(evidence: EvidenceView): Fact[] {
  return [
    fact(t('evidence-capabilities-plain'), evidence.capabilitiesPlain.join(', ')),
    fact(t('evidence-capabilities-tls'), evidence.capabilitiesTls.join(', ')),
    ...evidence.replies.map(({ to, text }) => fact(to === 'greeting' ? t('evidence-greeting') : to, text)),
    fact(t('evidence-challenge'), evidence.challenge),
    fact(t('evidence-put-off'), evidence.putOff),
  ];
}

function tokenOf(token: TokenView): Fact[] {
  const { expiresIn, clockAhead } = token;
  const claims: [string, string | null][] = [
    ['aud', token.ownAudience.join(', ')],
    ['scp', token.ownScopes.join(' ')],
    ['upn', token.ownUser],
    ['tid', token.ownTenant],
    ['iss', token.ownIssuer],
    ['ver', token.ownVersion],
    ['exp', token.ownExpiresAt === null ? null : dateTime(token.ownExpiresAt)],
  ];
  return [
    fact(t('evidence-signed-in-as'), token.signedInAs),
    fact(t('evidence-scopes'), token.scopes),
    fact(t('evidence-expires-in'), expiresIn === null ? null : lasting(expiresIn)),
    fact(t('evidence-clock'), clockAhead === null ? null : clock(clockAhead)),
    fact(t('evidence-own'), claims.filter(([, value]) => value !== null && value !== '').map(([name, value]) => `${name}: ${value}`)),
  ];
}

function elsewhereOf({ elsewhere }: EvidenceView): string[] {
  return elsewhere.map(({ protocol, accepted }) => {
    const name = t(`check-protocol-${protocol}`);
    return accepted ? t('evidence-accepted', { protocol: name }) : t('evidence-refused', { protocol: name });
  });
}

function lasting(seconds: number): string {
  return seconds <= 0 ? t('evidence-expired') : t('evidence-minutes', { minutes: Math.ceil(seconds / 60) });
}

/** A few seconds are the way of the answer, and no fault of the clock. */
function clock(ahead: number): string {
  if (Math.abs(ahead) <= 5) return t('probe-found-clock-right');
  return ahead > 0 ? t('probe-found-clock-ahead', { detail: String(ahead) }) : t('probe-found-clock-behind', { detail: String(-ahead) });
}
