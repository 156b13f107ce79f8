import { expect, test } from 'vitest';

import { Places, stretch, WHOLE } from './stretch';

test('a short list is drawn whole', () => {
  expect(stretch(WHOLE, 60, -3000, 700)).toEqual({ first: 0, end: WHOLE, above: 0, below: 0 });
});

test('what is in view is drawn, wherever the list was scrolled to', () => {
  for (let top = 300; top > -600_100; top -= 997) {
    const { first, end, above, below } = stretch(10_000, 60, top, 700);
    const [from, to] = [Math.max(0, Math.floor(-top / 60)), Math.min(10_000, Math.ceil((-top + 700) / 60))];
    expect(first).toBeLessThanOrEqual(Math.min(from, 9_999));
    expect(end).toBeGreaterThanOrEqual(to);
    expect(end - first).toBeLessThan(70);
    expect(above + below + (end - first) * 60).toBe(600_000);
  }
});

test('a list that became shorter shows its end', () => {
  expect(stretch(200, 60, -500_000, 700).end).toBe(200);
});

test('of a list that has just changed only what is in view is drawn', () => {
  for (const top of [400, 0, -6_000]) {
    const { first, end } = stretch(10_000, 60, top, 700, 0);
    expect(first * 60 + top).toBeLessThanOrEqual(Math.max(0, top));
    expect(end * 60 + top).toBeGreaterThanOrEqual(700);
    expect(end - first).toBeLessThan(15);
  }
});

test('an entry keeps its row, a new one takes over one that is free, and spare ones wait', () => {
  const places = new Places<{ row: { id: number } }>();
  const take = (ids: number[], keep: boolean): [number, number, boolean][] =>
    places.take(ids.map((id) => ({ row: { id } })), keep).map(({ place, entry, spare }) => [entry.row.id, place, spare]);
  expect(take([1, 2, 3], true)).toEqual([[1, 0, false], [2, 1, false], [3, 2, false]]);
  expect(take([2, 3, 4], true)).toEqual([[2, 1, false], [3, 2, false], [4, 0, false]]);
  expect(take([9], true)).toEqual([[9, 0, false], [2, 1, true], [3, 2, true]]);
  expect(take([3, 9, 5, 6], true)).toEqual([[3, 2, false], [9, 0, false], [5, 1, false], [6, 3, false]]);
  expect(take([6], false)).toEqual([[6, 3, false]]);
  expect(take([6, 7], false)).toEqual([[6, 3, false], [7, 0, false]]);
});
