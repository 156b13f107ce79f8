import { expect, test } from 'vitest';

import type { PreviewPiece } from '../generated/PreviewPiece';
import { writes } from './draft';
import { changesOf } from './writing';

const same = (text: string): PreviewPiece => ({ text, written: null, change: null });

test('each character that changes is told once, the gravest first', () => {
  const one: PreviewPiece = { text: '(1)', written: '①', change: 'replaced' };
  const changes = changesOf({
    charset: 'iso-2022-jp',
    subject: { pieces: [one, same('在庫')] },
    body: { pieces: [{ text: '～', written: '〜', change: 'same-look' }, one, { text: '〓', written: '♡', change: 'lost' }] },
  });
  expect(changes.map(({ written }) => written)).toEqual(['♡', '①']);
});

test('only purposes that write mail of their own ask how', () => {
  expect(writes('unspecified') && writes('sending')).toBe(true);
  expect(writes('order-receiving') || writes('rakuten-sending')).toBe(false);
});
