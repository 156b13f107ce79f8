// Habits that no compiler checks: words only from the texts, Tauri in one file, no inline styles.

import { parse } from 'svelte/compiler';
import { expect, test } from 'vitest';

const files = import.meta.glob('./**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(files).map(([path, source]) => ({ path, source: String(source) }));
const components = sources.filter(({ path }) => path.endsWith('.svelte'));
const SPOKEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'aria-description', 'aria-valuetext']);
const LETTER = /\p{L}/u;

interface Node {
  type?: string;
  name?: string;
  data?: string;
  start?: number;
  value?: unknown;
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) node.forEach((each) => walk(each, visit));
  else if (node !== null && typeof node === 'object') {
    visit(node);
    Object.values(node).forEach((part) => walk(part, visit));
  }
}

function literals(source: string): string[] {
  const found: string[] = [];
  const attributeText = new Set<number>();
  const root = parse(source, { modern: true }).fragment;
  walk(root, (node) => {
    if (node.type !== 'Attribute') return;
    if (SPOKEN.has(node.name ?? '')) return;
    walk(node.value, (part) => {
      if (part.type === 'Text') attributeText.add(part.start ?? -1);
    });
  });
  walk(root, (node) => {
    if (node.type !== 'Text' || attributeText.has(node.start ?? -1)) return;
    if (LETTER.test(node.data ?? '')) found.push((node.data ?? '').trim());
  });
  return found;
}

test('every word in the markup comes from the texts', () => {
  const found = components.flatMap(({ path, source }) => literals(source).map((text) => `${path}: ${text}`));
  expect(found).toEqual([]);
  expect(literals('<p title="Hello">{t("x")} 件</p>')).toHaveLength(2);
});

test('no Japanese stands in the code', () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const found = sources
    .filter(({ path }) => !path.includes('generated') && !path.endsWith('.test.ts') && !/\/(scenes|preview|proofs|tables)\.ts$/u.test(path))
    .flatMap(({ path, source }) => source.split('\n').map((line) => ({ path, line: line.replace(/\/\/.*$/u, '') })))
    .filter(({ line }) => japanese.test(line));
  expect(found).toEqual([]);
});

test('no inline style, which the content security policy would drop', () => {
  const found: string[] = [];
  for (const { path, source } of components) {
    walk(parse(source, { modern: true }).fragment, (node) => {
      const inline = node.type === 'StyleDirective' || (node.type === 'Attribute' && node.name === 'style');
      if (inline) found.push(path);
    });
  }
  expect(found).toEqual([]);
});

test('only one file knows Tauri', () => {
  const knows = sources.filter(({ source }) => /from '@tauri-apps\//u.test(source)).map(({ path }) => path);
  expect(knows).toEqual(['./backend/tauri.ts']);
});

test('each file says what it is for, and stays short', () => {
  const written = sources.filter(({ path }) => !path.includes('generated') && !path.endsWith('.d.ts'));
  for (const { path, source } of written) {
    if (!path.endsWith('.test.ts')) expect(source.slice(0, 600), path).toMatch(/^\s*\/\/ /mu);
    expect(source.split('\n').length, path).toBeLessThanOrEqual(600);
  }
});
