import { beforeEach, expect, test, vi } from 'vitest';

import type { Backend } from '../backend/backend';
import { fakeBackend } from '../backend/fake';
import type { KindView } from '../generated/KindView';
import { Kind } from './kind.svelte';

let backend: Backend;
let kind: Kind;

beforeEach(() => {
  vi.useFakeTimers();
  backend = fakeBackend(new URL('http://localhost/?scene=list-mixed'));
  kind = new Kind(backend);
  return () => vi.useRealTimers();
});

test('an address is asked about after a pause, once for its domain', async () => {
  const ask = vi.spyOn(backend, 'accountKind');
  for (const typed of ['order', 'order@', 'order@hana-shop', 'order@hana-shop.e', 'order@hana-shop.example']) {
    kind.take(typed, false);
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(600);
  expect(ask).toHaveBeenCalledExactlyOnceWith('order@hana-shop.example');
  expect(kind.view?.kind).toBe('work');
  kind.take('info@hana-shop.example', true);
  expect(ask).toHaveBeenCalledOnce();
  expect(kind.view?.kind).toBe('work');
});

test('who leaves the field is answered at once', async () => {
  kind.take('taro@outlook.jp', false);
  kind.take('taro@outlook.jp', true);
  expect(kind.looking).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(kind.view?.found).toBe('personal');
});

test('an answer that comes late is dropped, and its question given up', async () => {
  const waiting: ((view: KindView) => void)[] = [];
  vi.spyOn(backend, 'accountKind').mockImplementation(() => new Promise((resolve) => waiting.push(resolve)));
  const cancel = vi.spyOn(backend, 'cancelAccountKind');
  kind.take('a@first.example', true);
  kind.take('a@second.example', true);
  expect(cancel).toHaveBeenCalledOnce();
  waiting[0]?.({ kind: 'work', found: 'work', password: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(kind.view).toBeNull();
  expect(kind.looking).toBe(true);
  waiting[1]?.({ kind: 'other', found: 'other', password: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(kind.view).toMatchObject({ kind: 'other' });
});

test('a question that fails leaves it unknown', async () => {
  vi.spyOn(backend, 'accountKind').mockRejectedValue(new Error('gone'));
  kind.take('a@first.example', true);
  await vi.advanceTimersByTimeAsync(0);
  expect(kind.view?.found).toBe('unknown');
  expect(kind.looking).toBe(false);
});
