import { afterAll, beforeAll, expect, test } from 'vitest';

import { countdown, date, dateTime, duration, lines, when } from './format';
import { setLanguage } from './texts.svelte';

const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Asia/Tokyo';
});
afterAll(() => {
  process.env['TZ'] = zone;
  setLanguage('ja');
});

const at = (text: string): number => Date.parse(text) / 1000;

test('dates follow the language', () => {
  setLanguage('ja');
  expect(dateTime(at('2026-11-22T09:12:00+09:00'))).toBe('2026/11/22 09:12');
  expect(date(at('2026-11-22T23:59:00+09:00'))).toBe('2026/11/22');
  setLanguage('en');
  expect(dateTime(at('2026-11-22T09:12:00+09:00'))).toBe('22 Nov 2026, 09:12');
});

test('today and yesterday are days of the calendar, not spans of 24 hours', () => {
  setLanguage('ja');
  const now = at('2026-11-23T00:10:00+09:00');
  expect(when(at('2026-11-23T00:05:00+09:00'), now)).toBe('今日 00:05');
  expect(when(at('2026-11-22T23:55:00+09:00'), now)).toBe('昨日 23:55');
  expect(when(at('2026-11-21T23:55:00+09:00'), now)).toBe('2026/11/21 23:55');
});

test('durations and the time left', () => {
  expect(duration(8)).toBe('8 ms');
  expect(duration(1240)).toBe('1.2 秒');
  expect(countdown(581)).toBe('9:41');
  expect(countdown(5.9)).toBe('0:05');
  expect(countdown(-3)).toBe('0:00');
});

test('steps stand one a line, whatever they are marked with', () => {
  expect(lines('1. first\n2. second\n\n- third')).toEqual(['first', 'second', 'third']);
  expect(lines('-')).toEqual([]);
  expect(lines(null)).toEqual([]);
});
