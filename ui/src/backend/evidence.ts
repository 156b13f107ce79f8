// What the fake checks saw: a mail server that answers, and one behind a program that looks into
// encrypted connections.

import type { CertificateView } from '../generated/CertificateView';
import type { EvidenceView } from '../generated/EvidenceView';
import type { Protocol } from '../generated/Protocol';
import type { Fate } from './scenes';

const DAY = 86_400;

export function evidenceOf(protocol: Protocol, host: string, port: number, fate: Fate, at: number): EvidenceView {
  const none: EvidenceView = {
    accountKind: null, addresses: ['2001:db8::25', '203.0.113.25'], connects: [], cleartext: null, certificates: [], tlsVersion: null,
    capabilitiesPlain: [], capabilitiesTls: [], replies: [], challenge: null, putOff: [], token: null, elsewhere: [],
  };
  const unreachable = { address: `[2001:db8::25]:${port}`, ms: 3, failure: 'Network is unreachable (os error 101)' };
  if (fate.fails === 'connect') {
    return { ...none, accountKind: 'other', connects: [unreachable, { address: `203.0.113.25:${port}`, ms: 21, failure: 'Connection refused (os error 111)' }] };
  }
  const greeting = protocol === 'smtp' ? `220 ${host} ESMTP ready` : '+OK ready';
  const plain = protocol === 'smtp' ? ['SIZE 157286400', 'STARTTLS', '8BITMIME'] : [];
  const met: EvidenceView = {
    ...none,
    connects: [unreachable, { address: `203.0.113.25:${port}`, ms: 21, failure: null }],
    cleartext: protocol === 'smtp' ? greeting : null,
    capabilitiesPlain: plain,
    replies: protocol === 'smtp' ? [{ to: 'greeting', text: greeting }, { to: 'STARTTLS', text: '220 2.0.0 SMTP server ready' }] : [],
  };
  if (fate.fails === 'tls') {
    const shield = 'O=Shop Shield, CN=Shop Shield Root';
    return {
      ...met, accountKind: 'other',
      certificates: [certificate(`CN=${host}`, shield, [host], at, '3b'), certificate(shield, shield, [], at, '9e')],
    };
  }
  const failed = fate.fails === 'auth' && fate.diagnosis !== undefined;
  const [pop3, smtp] = [['USER', 'UIDL', 'TOP', 'SASL PLAIN XOAUTH2'], ['SIZE 157286400', 'AUTH LOGIN XOAUTH2', '8BITMIME', 'ENHANCEDSTATUSCODES']];
  return {
    ...met,
    accountKind: failed ? 'work' : null,
    certificates: [
      certificate(`CN=${host}`, 'C=US, O=Example Trust, CN=Example Cloud Services CA-1', [host, '*.hana.example.jp'], at, 'c4'),
      certificate('C=US, O=Example Trust, CN=Example Cloud Services CA-1', 'C=US, O=Example Trust, CN=Example Global Root G2', [], at, '71'),
    ],
    tlsVersion: 'TLSv1.3',
    capabilitiesTls: protocol === 'smtp' ? smtp : pop3,
    replies: [...met.replies, { to: 'AUTH XOAUTH2', text: failed ? (fate.diagnosis?.raw ?? '') : protocol === 'smtp' ? '235 2.7.0 Authentication successful' : '+OK User successfully logged on.' }],
    token: {
      expiresIn: 4380, scopes: ['https://outlook.office.com/POP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
      signedInAs: 'order@hana-shop.example', clockAhead: 1, ownAudience: ['https://outlook.office.com'],
      ownScopes: ['POP.AccessAsUser.All', 'SMTP.Send'], ownUser: 'order@hana-shop.example', ownTenant: 'a6ebd7e2-40f1-4d0c-9c55-0f0c7d0b2a11',
      ownIssuer: null, ownVersion: '1.0', ownExpiresAt: at + 4380,
    },
    elsewhere: failed ? [{ protocol: protocol === 'smtp' ? 'pop3' : 'smtp', accepted: true }] : [],
  };
}

function certificate(subject: string, issuer: string, names: string[], at: number, mark: string): CertificateView {
  return { subject, issuer, names, notBefore: at - 120 * DAY, notAfter: at + 245 * DAY, sha256: mark.repeat(32) };
}
