import { expect, test } from 'vitest';

import type { CaseRow } from '../generated/CaseRow';
import { filtered } from './desk.svelte';

const row = (id: number, address: string, note: string): CaseRow => ({
  id, receivedAt: 0, note, madeAt: 0, version: '0.1.0', address, name: '', authorization: { state: 'none' },
  daysLeftThen: null, daysLeftNow: null, reception: { state: 'unchecked' }, sending: { state: 'unchecked' }, next: { step: 'check' },
});

test('every word has to stand somewhere, whatever its width and case', () => {
  const cases = [row(1, 'o…@hana-shop.example', '電話 折り返し'), row(2, 'i…@yama.example', 'ABC商店 電話')];
  const ids = (query: string): number[] => filtered(cases, query).map(({ id }) => id);
  expect(ids('')).toEqual([1, 2]);
  expect(ids('電話')).toEqual([1, 2]);
  expect(ids('ＡＢＣ　電話')).toEqual([2]);
  expect(ids('HANA-shop')).toEqual([1]);
  expect(ids('nobody')).toEqual([]);
});
