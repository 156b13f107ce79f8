import { expect, test } from 'vitest';

import { evidenceOf } from '../backend/evidence';
import { SMTP_OFF } from '../backend/scenes';
import type { ProtocolReport } from '../generated/ProtocolReport';
import { setLanguage } from '../texts.svelte';
import { groupsOf, textOf } from './evidence';

const AT = 1_795_392_600;
const evidence = evidenceOf('smtp', 'smtp.hana.example.jp', 587, { fails: 'auth', diagnosis: SMTP_OFF }, AT);
const report: ProtocolReport = {
  protocol: 'smtp', host: 'smtp.hana.example.jp', port: 587, result: 'failed', problem: SMTP_OFF.cause, raw: SMTP_OFF.raw,
  diagnosis: SMTP_OFF, obstacle: null, messages: null, evidence,
  steps: [{ step: 'connect', outcome: 'ok', ms: 21 }, { step: 'auth', outcome: 'failed', ms: 240 }],
  probes: [{ asked: 'known-host', host: 'login.microsoftonline.com', port: 443, found: 'connected', detail: '', ms: 31 }],
};

test('what was seen stands in groups, and what was not stands nowhere', () => {
  setLanguage('en');
  const groups = groupsOf(evidence);
  expect(groups.map(({ title }) => title)).toEqual(['', 'Certificate 1 of 2', 'Certificate 2 of 2', 'What the server said', 'Access token']);
  for (const { facts } of groups) for (const { lines } of facts) expect(lines).not.toEqual([]);
  const bare = groupsOf({ ...evidence, accountKind: null, connects: [], cleartext: null, certificates: [], tlsVersion: null, capabilitiesPlain: [], capabilitiesTls: [], replies: [], token: null });
  expect(bare).toEqual([{ title: '', facts: [{ label: 'Server’s addresses', lines: ['2001:db8::25', '203.0.113.25'] }] }]);
});

test('the text for the clipboard holds the whole track', () => {
  setLanguage('en');
  const text = textOf('order@hana-shop.example', report);
  for (const part of [
    'order@hana-shop.example  SMTP smtp.hana.example.jp:587', 'Sign in: Failed (240 ms)', SMTP_OFF.cause, SMTP_OFF.readout,
    '[2001:db8::25]:587 failed (3 ms): Network is unreachable', 'SHA-256: c4c4', 'AUTH XOAUTH2: 535 5.7.139',
    'This computer’s clock: Right', 'POP3: accepted', 'Can login.microsoftonline.com be reached (port 443)?: Reached (31 ms)',
  ]) expect(text).toContain(part);
  setLanguage('ja');
  expect(textOf('order@hana-shop.example', report)).toContain('認証: 失敗 (240 ms)');
});
