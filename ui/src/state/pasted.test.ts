import { expect, test } from 'vitest';

import { bounded, LONGEST } from './pasted';

test('a text of usual length stays as it is', () => {
  expect(bounded('535 5.7.139')).toEqual({ text: '535 5.7.139', cut: false });
  expect(bounded('a'.repeat(LONGEST)).cut).toBe(false);
});

test('a longer text keeps its beginning and its end', () => {
  const { text, cut } = bounded(`初め${'あ'.repeat(LONGEST)}終わり`);
  expect(cut).toBe(true);
  expect(text.length).toBe(LONGEST);
  expect(text.startsWith('初め') && text.endsWith('終わり')).toBe(true);
});

test('a letter of two halves is not torn', () => {
  const { text } = bounded('a' + '𩸽'.repeat(LONGEST));
  expect(() => encodeURIComponent(text)).not.toThrow();
});
