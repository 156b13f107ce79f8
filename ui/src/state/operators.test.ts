import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Backend } from '../backend/backend';
import { enough, held, watched, watchFor } from './operators';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('off means everything, signed out nothing', () => {
  expect(held({ state: 'off' })).toEqual({ accounts: 'edit', settings: 'edit' });
  expect(held({ state: 'signed-out', names: [] })).toEqual({ accounts: 'none', settings: 'none' });
  const operator = { id: 1, name: 'Hana', accounts: 'view', settings: 'none' } as const;
  expect(held({ state: 'signed-in', operator, ask: [] })).toMatchObject({ accounts: 'view', settings: 'none' });
  expect(enough('view', 'view') && enough('edit', 'view')).toBe(true);
  expect(enough('view', 'edit') || enough('none', 'view')).toBe(false);
});

test('an answer that somebody has to sign in is told, others are not', async () => {
  const needed = vi.fn();
  const refuses = (code: string): Backend => watched({ accounts: () => Promise.reject({ code, text: '' }) } as unknown as Backend, needed);
  await expect(refuses('not-permitted').accounts()).rejects.toMatchObject({ code: 'not-permitted' });
  expect(needed).not.toHaveBeenCalled();
  await expect(refuses('sign-in-needed').accounts()).rejects.toMatchObject({ code: 'sign-in-needed' });
  expect(needed).toHaveBeenCalledOnce();
});

test('nobody there for so long is gone; any sign begins anew', () => {
  const listeners = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (name: string, listener: () => void) => listeners.set(name, listener));
  vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
  const [seen, gone] = [vi.fn(), vi.fn()];
  const stop = watchFor(5, seen, gone);
  vi.advanceTimersByTime(4 * 60_000);
  listeners.get('keydown')?.();
  listeners.get('keydown')?.();
  expect(seen).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(4 * 60_000);
  expect(gone).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(gone).toHaveBeenCalled();
  stop();
  expect(listeners.size).toBe(0);
  vi.unstubAllGlobals();
});
