import { expect, test } from 'vitest';

import { scene } from '../backend/scenes';
import type { AccountRow } from '../generated/AccountRow';
import { category, counts, impact, lastCheck, nextAction, reason, renewing, sideStops, warned, wouldStop } from './rows';

const NOW = 1_795_393_800;
const rows = scene('list-mixed', NOW).accounts.map(({ row }) => row);
const row = (id: number, change: Partial<AccountRow> = {}): AccountRow => {
  const found = rows.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return { ...found, ...change };
};

test('every row is counted once, by what is most urgent', () => {
  expect(rows.map(category)).toEqual(['ok', 'soon', 'authorize', 'failed', 'ok', 'unchecked']);
  expect(counts(rows)).toEqual({ authorize: 1, failed: 1, soon: 1, unchecked: 1, ok: 2 });
});

test('an OAuth account without authorization needs one; a password account does not', () => {
  expect(category(row(1, { authorization: { state: 'none' } }))).toBe('authorize');
  expect(nextAction(row(1, { authorization: { state: 'none' } }))).toBe('authorize');
  expect(category(row(5))).toBe('ok');
});

test('14 days are soon, 15 are not', () => {
  const left = (daysLeft: number): AccountRow => {
    return row(1, { authorization: { state: 'authorized', renewedAt: 0, validUntil: 0, daysLeft, nextRenewal: 0 } });
  };
  expect(category(left(14))).toBe('soon');
  expect(category(left(15))).toBe('ok');
});

test('each row names its next click', () => {
  expect(rows.map(nextAction)).toEqual([null, 'check', 'again', 'why', null, 'check']);
});

test('a red row says what it means for the shop', () => {
  expect(impact(row(3))).toBe('impact-receive-orders');
  expect(reason(row(3))).toEqual({ text: 'impact-lapsed' });
  expect(impact(row(4))).toBe('impact-send');
  expect(reason(row(4))).toEqual({ cause: 'cause-smtp-auth-disabled-tenant' });
  expect(impact(row(3, { purpose: 'unspecified' }))).toBe('impact-both');
  expect(impact(row(1))).toBeNull();
});

test('what the purpose does not need is never red', () => {
  const reception = row(4).sending;
  const sending = { state: 'ok', at: NOW } as const;
  expect(impact(row(4, { purpose: 'sending', reception, sending }))).toBeNull();
});

test('the last check is the youngest of all sides', () => {
  expect(lastCheck(rows)).toBe(NOW - 18 * 60);
  expect(lastCheck([])).toBeNull();
});

test('what ends with the program: the authorizations that are alive, the first to end first', () => {
  const until = (validUntil: number): AccountRow => {
    return row(1, { authorization: { state: 'authorized', renewedAt: 0, validUntil, daysLeft: 9, nextRenewal: 0 } });
  };
  const lapsed = row(1, { authorization: { state: 'lapsed', since: 5 } });
  expect(renewing([until(900), lapsed, until(700)]).map((end) => end.until)).toEqual([700, 900]);
  expect(renewing([lapsed])).toEqual([]);
});

test('who has to be warned of comes first by urgency, and asks for consent again', () => {
  const all = scene('list-warnings', NOW).accounts.map(({ row }) => row);
  const urgent = warned(all);
  expect(urgent.map(({ address }) => address)).toEqual(['yahoo@hana-shop.example', 'info@hana-shop.example']);
  expect(urgent.map(nextAction)).toEqual(['again', 'again']);
  expect(urgent.map(({ purpose }) => wouldStop(purpose))).toEqual(['would-stop-receive-orders', 'would-stop-send']);
});

test('a renewal that fails leaves the row as it is, and so does asking for consent', () => {
  const all = scene('list-warnings', NOW).accounts.map(({ row }) => row);
  const failing = all.find(({ id }) => id === 4);
  expect(failing && category(failing)).toBe('ok');
  expect(category(row(1, { authorization: { state: 'being-authorized', before: row(1).authorization } }))).toBe('ok');
  expect(renewing(all).length).toBe(3);
});

test('a failing side stops what its purpose needs it for', () => {
  expect(sideStops('order-receiving', 'reception')).toBe('impact-receive-orders');
  expect(sideStops('unspecified', 'reception')).toBe('impact-receive');
  expect(sideStops('rakuten-sending', 'sending')).toBe('impact-send-rakuten');
  expect(sideStops('sending', 'sending')).toBe('impact-send');
  expect(sideStops('sending', 'reception')).toBeNull();
  expect(sideStops('order-receiving', 'sending')).toBeNull();
});
