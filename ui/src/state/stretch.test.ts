import { expect, test } from 'vitest';

import { stretch, WHOLE } from './stretch';

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
