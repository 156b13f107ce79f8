import { beforeEach, expect, test, vi } from 'vitest';

import { fakeBackend } from '../backend/fake';
import type { AccountRow } from '../generated/AccountRow';
import type { CheckReport } from '../generated/CheckReport';
import type { Backend } from '../backend/backend';
import { Session } from './session.svelte';

let backend: Backend;
let session: Session;
let rows: AccountRow[];

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(async () => {
  backend = fakeBackend(new URL('http://localhost/?scene=list-mixed&many=60'));
  session = new Session(backend);
  await session.loadRows();
  rows = session.rows ?? [];
});

/** Each call waits until it is let go. */
function held(): { calls: number[][]; go: () => void } {
  const calls: number[][] = [];
  let release: (() => void)[] = [];
  vi.spyOn(backend, 'check').mockImplementation(async (ids) => {
    calls.push(ids);
    await new Promise<void>((resolve) => release.push(resolve));
    return ids.map((id): CheckReport => ({ account: '', accountId: id, protocols: [], at: 0, ms: 1 }));
  });
  return {
    calls,
    go: () => {
      release.forEach((resolve) => resolve());
      release = [];
    },
  };
}

test('a check of many is paused after what has begun, goes on, and misses nobody', async () => {
  const { calls, go } = held();
  const all = session.bulkCheck.start(rows);
  await settle();
  session.bulkCheck.pause();
  go();
  await settle();
  expect(calls).toHaveLength(1);
  expect(session.bulkCheck.phase).toBe('paused');
  session.bulkCheck.resume();
  while (session.bulkCheck.active) {
    await settle();
    go();
  }
  await all;
  expect(calls.flat().toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  expect(session.bulkCheck.outcomes).toHaveLength(rows.length);
});

test('a cancelled check says who was not checked', async () => {
  const { calls, go } = held();
  const all = session.bulkCheck.start(rows);
  await settle();
  session.bulkCheck.cancel();
  go();
  await all;
  expect(calls).toHaveLength(1);
  expect(session.bulkCheck.cancelled).toBe(true);
  expect(session.bulkCheck.outcomes).toHaveLength(rows.length);
  expect(session.bulkCheck.outcomes.filter(({ result }) => result === 'open').length).toBeGreaterThanOrEqual(rows.length - 24);
  session.bulkCheck.forget();
  expect(session.bulkCheck.phase).toBe('idle');
});

type Ended = { id: number; end: (problem: string | null) => void };

/** Every consent waits until the test ends it. */
function consents(): Ended[] {
  const asked: Ended[] = [];
  vi.spyOn(backend, 'authorize').mockImplementation((id) =>
    new Promise((resolve, reject) => {
      const end = (code: string | null): void => {
        if (code === null) void backend.account(id).then(resolve);
        else reject({ code, text: `problem-${code}`, params: {}, retry: 'now', fields: [], diagnosis: null, readout: '' });
      };
      asked.push({ id, end });
    }),
  );
  vi.spyOn(backend, 'cancelAuthorize').mockImplementation(async (id) => {
    asked.filter((one) => one.id === id).forEach(({ end }) => end('cancelled'));
  });
  return asked;
}

test('the next account follows at once, a failed one waits for a decision, a skipped one is told', async () => {
  const asked = consents();
  const [first, second, third] = rows;
  const run = session.bulkConsent.start(rows.slice(0, 3));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.end(null);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(session.bulkConsent.turn).toBe(2);
  asked[1]?.end('consent-declined');
  await vi.waitFor(() => expect(session.bulkConsent.consent?.phase).toBe('failed'));
  session.bulkConsent.retry();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  asked[2]?.end('consent-declined');
  await vi.waitFor(() => expect(session.bulkConsent.consent?.phase).toBe('failed'));
  session.bulkConsent.skip();
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  session.bulkConsent.skip();
  await run;
  expect(session.bulkConsent.outcomes).toMatchObject([
    { id: first?.id, result: 'ok' },
    { id: second?.id, result: 'failed', why: { text: 'problem-consent-declined' } },
    { id: third?.id, result: 'skipped' },
  ]);
});

test('closing the dialog pauses; what is left is tried again or ended', async () => {
  const asked = consents();
  const run = session.bulkConsent.start(rows.slice(0, 2));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  session.bulkConsent.consent?.close();
  await vi.waitFor(() => expect(session.bulkConsent.phase).toBe('paused'));
  expect(session.bulkConsent.consent?.running).toBe(false);
  session.bulkConsent.retry();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(session.bulkConsent.phase).toBe('running');
  session.bulkConsent.hide();
  asked[1]?.end(null);
  await vi.waitFor(() => expect(session.bulkConsent.outcomes).toHaveLength(1));
  await settle();
  expect(asked).toHaveLength(2);
  session.bulkConsent.cancel();
  await run;
  expect(session.bulkConsent.outcomes.map(({ result }) => result)).toEqual(['ok', 'open']);
  expect(session.bulkConsent.consent).toBeNull();
});

test('a cancel in the middle leaves the account at hand as it was', async () => {
  const asked = consents();
  const run = session.bulkConsent.start(rows.slice(0, 2));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  session.bulkConsent.cancel();
  await run;
  expect(session.bulkConsent.outcomes.map(({ result }) => result)).toEqual(['open', 'open']);
});
