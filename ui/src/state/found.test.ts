import { expect, test } from 'vitest';

import { scene } from '../backend/scenes';
import { fold, indexed, Search, sorted, type Entry } from './found';

const NOW = 1_795_393_800;
const rows = scene('list-mixed', NOW).accounts.map(({ row }) => row);
const words: Parameters<typeof indexed>[1] = (row, of) => `${row.purpose === 'order-receiving' ? '注文受信' : '送信'} ${of === 'failed' ? '接続に失敗' : ''}`;
const all = indexed(rows, words);
const find: Search['find'] = (...asked) => new Search().find(...asked);
const ids = (entries: Entry[]): number[] => entries.map(({ row }) => row.id);

test('widths, capitals and the two kana are the same', () => {
  expect(fold('ＹＡＨＯＯ！　ﾔﾌｰ')).toBe(fold('yahoo! やふー'));
  expect(fold('パン ガラス')).toBe('ぱん がらす');
  expect(fold('  Order  5 ')).toBe('order 5');
});

test('every word that was typed has to be somewhere: address, name, purpose, state', () => {
  expect(ids(find(all, '', null))).toEqual(ids(all));
  expect(ids(find(all, 'ＹＡＨＯＯ　やふー', null))).toEqual([3]);
  expect(ids(find(all, 'yahoo 楽天', null))).toEqual([]);
  expect(ids(find(all, '接続に失敗', null))).toEqual([4]);
  expect(ids(find(all, '注文受信', 'authorize'))).toEqual([3]);
});

test('a query that goes on finds the same as one that was typed at once', () => {
  const search = new Search();
  for (const query of ['', 'h', 'ha', 'ha 送', 'ha 送信', 'ha 送', 'ヤ', 'ヤフー', 'か', 'が', '']) {
    for (const state of [null, 'failed', 'ok'] as const) {
      expect(ids(search.find(all, query, state))).toEqual(ids(find(all, query, state)));
    }
  }
  expect(search.find(all, '', null)).toBe(all);
  const others = all.slice(1);
  expect(search.find(others, '', null)).toBe(others);
});

test('sorting is stable and can be turned round', () => {
  expect(ids(sorted(all, 'address', false))).toEqual(ids(all));
  expect(sorted(all, 'address', true)[0]?.row.address).toBe([...rows].map(({ address }) => address).sort().at(-1));
  const byDays = sorted(all, 'left', false);
  expect(byDays[0]?.row.id).toBe(3);
  expect(byDays.at(-1)?.row.oauth).toBe(false);
  expect(sorted(all, 'sending', false)[0]?.row.sending.state).toBe('failed');
});

test('ten thousand rows are searched within a frame', () => {
  const [first] = rows;
  if (first === undefined) throw new Error('no row');
  const many = Array.from({ length: 10_000 }, (_, id) => ({ ...first, id, address: `shop${id}@hana.example`, name: `支店${id} ﾁｭｳﾓﾝ` }));
  const entries = indexed(many, words);
  const began = performance.now();
  for (const query of ['し', 'してん', 'ちゅうもん 99', 'SHOP9999']) find(entries, query, null);
  // Four keystrokes; the figure of the real window is measured there.
  expect(performance.now() - began).toBeLessThan(4 * 16);
  expect(ids(find(entries, 'ちゅうもん 支店9999', null))).toEqual([9999]);
});
