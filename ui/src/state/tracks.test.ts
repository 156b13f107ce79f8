import { expect, test } from 'vitest';

import type { CheckEvent } from '../generated/CheckEvent';
import { advance, running, type Track } from './tracks';

const started = (protocol: 'pop3' | 'smtp'): CheckEvent => ({
  event: 'started', accountId: 1, protocol, host: 'h', port: 1, steps: ['resolve', 'connect', 'auth'],
});

test('a track fills step by step and ends with its report', () => {
  let tracks: Track[] = [];
  tracks = advance(tracks, started('smtp'));
  tracks = advance(tracks, started('pop3'));
  expect(tracks.map(({ protocol }) => protocol)).toEqual(['pop3', 'smtp']);
  expect(tracks[0]?.steps.map(({ outcome }) => outcome)).toEqual(['not-reached', 'not-reached', 'not-reached']);
  tracks = advance(tracks, { event: 'step', accountId: 1, protocol: 'pop3', step: { step: 'resolve', outcome: 'running', ms: null } });
  const [first] = tracks;
  expect(first === undefined ? null : running(first)?.step).toBe('resolve');
  tracks = advance(tracks, { event: 'step', accountId: 1, protocol: 'pop3', step: { step: 'resolve', outcome: 'ok', ms: 8 } });
  expect(tracks[0]?.steps[0]).toEqual({ step: 'resolve', outcome: 'ok', ms: 8 });
  tracks = advance(tracks, { event: 'probing', accountId: 1, protocol: 'pop3' });
  expect(tracks.map(({ probing }) => probing)).toEqual([true, false]);
  tracks = advance(tracks, {
    event: 'ended', accountId: 1,
    report: {
      protocol: 'pop3', host: 'h', port: 1, result: 'ok', problem: null, raw: null, diagnosis: null, obstacle: null, messages: 3, probes: [], evidence: null,
      steps: [{ step: 'resolve', outcome: 'ok', ms: 8 }],
    },
  });
  expect(tracks[0]?.report?.messages).toBe(3);
  expect(tracks[0]?.probing).toBe(false);
  expect(tracks[1]?.report).toBeNull();
});

test('a step that was not announced is added, and an unknown protocol ignored', () => {
  const tracks = advance([], started('pop3'));
  const more = advance(tracks, { event: 'step', accountId: 1, protocol: 'pop3', step: { step: 'tls', outcome: 'ok', ms: 1 } });
  expect(more[0]?.steps.map(({ step }) => step)).toEqual(['resolve', 'connect', 'auth', 'tls']);
  const same = advance(tracks, { event: 'step', accountId: 1, protocol: 'imap', step: { step: 'tls', outcome: 'ok', ms: 1 } });
  expect(same).toEqual(tracks);
});
