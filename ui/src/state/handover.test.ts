// Where a hand-over leads: a new address to a prepared form, a known one to what there is.

import { expect, test } from 'vitest';

import type { AccountRow } from '../generated/AccountRow';
import type { HandOverView } from '../generated/HandOverView';
import { placeFor } from './handover.svelte';

const holds: HandOverView = {
  address: 'order@hana-shop.example', name: '本店', purpose: 'order-receiving', oauth: true, pop3: null, imap: null, smtp: null, authorize: true,
};
const row = (oauth: boolean): AccountRow => ({
  id: 7, address: 'Order@hana-shop.example', name: '', purpose: 'sending', oauth, switched: false, signsIn: null,
  authorization: { state: 'none' }, warning: null, reception: { state: 'unchecked' }, sending: { state: 'unchecked' },
});

test('a new address opens a prepared form, which nobody has saved', () => {
  expect(placeFor(holds, null)).toEqual({ screen: 'form', id: null, prepared: holds });
});

test('a known address opens its guide or its form, and nothing of it changes', () => {
  expect(placeFor(holds, row(true))).toEqual({ screen: 'guided', id: 7 });
  expect(placeFor({ ...holds, authorize: false }, row(true))).toEqual({ screen: 'form', id: 7 });
  expect(placeFor(holds, row(false))).toEqual({ screen: 'form', id: 7 });
});
