import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// @ts-expect-error The script is plain JavaScript, as node runs it without a build.
import { generate, screenTexts } from '../scripts/texts.mjs';
import { say, setLanguage, t } from './texts.svelte';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const texts = (language: string): Map<string, Set<string>> => screenTexts(language);

test('the generated ids are those of the texts', () => {
  expect(read('generated-texts.ts'), 'run `npm run texts`').toBe(generate());
});

test('both languages have the same texts with the same parameters', () => {
  const [ja, en] = [texts('ja'), texts('en')];
  expect([...en.keys()].toSorted()).toEqual([...ja.keys()].toSorted());
  for (const [id, names] of ja) expect([...(en.get(id) ?? [])].toSorted(), id).toEqual([...names].toSorted());
});

test('every text of the screens is used', () => {
  const sources = import.meta.glob('./**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });
  const code = Object.entries(sources)
    .filter(([path]) => !path.includes('generated') && !path.endsWith('.test.ts'))
    .map(([, source]) => String(source))
    .join('\n');
  const computed = [...code.matchAll(/t\(`([a-z-]+)\$\{/gu)].map((found) => found[1] ?? '');
  const unused = [...texts('ja').keys()].filter((id) => {
    return !code.includes(`'${id}'`) && !computed.some((start) => id.startsWith(start));
  });
  expect(unused).toEqual([]);
});

test('texts come in both languages, without isolation marks', () => {
  setLanguage('ja');
  expect(t('form-authorized')).toBe('認可設定が、完了しました。');
  expect(t('form-oauth')).toBe('OAuth認証を使用してPOP、SMTPプロトコルに接続');
  expect(t('form-valid-until', { date: '2027/02/20', days: 90 })).toBe('有効期限 2027/02/20（残り 90日）');
  setLanguage('en');
  expect(t('list-left-days', { days: 1 })).toBe('1 day');
  expect(t('list-left-days', { days: 2 })).toBe('2 days');
  expect(say('field-problem-missing')).toBeTruthy();
  expect(say('no-such-text')).toBeNull();
  setLanguage('ja');
});
