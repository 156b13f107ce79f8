import { describe, expect, it } from 'vitest';

import type { HistoryEntryView } from '../generated/HistoryEntryView';
import { dayStart, days, turns } from './history';

const NOW = new Date(2026, 10, 23, 9, 30).getTime() / 1000;
const entry = (at: number, what: HistoryEntryView['what'], cause: string | null = null, changed: string[] = []): HistoryEntryView => {
  return { at, what, cause, text: cause === null ? null : `cause-${cause}`, changed };
};

describe('days', () => {
  it('part by the calendar, the oldest first', () => {
    const midnight = dayStart(NOW, 0);
    const entries = [entry(NOW, 'reception'), entry(midnight - 1, 'reception', 'throttled'), entry(dayStart(NOW, 2), 'reception'), entry(NOW, 'sending', 'throttled')];
    expect(days(entries, 'reception', NOW, 4)).toEqual(['none', 'ok', 'failed', 'ok']);
    expect(days(entries, 'sending', NOW, 1)).toEqual(['failed']);
  });

  it('say where both happened, and count renewals and consents as one lane', () => {
    const entries = [entry(NOW, 'renewal', 'grant_revoked'), entry(NOW - 60, 'authorization')];
    expect(days(entries, 'authorization', NOW, 2)).toEqual(['none', 'both']);
  });
});

describe('turns', () => {
  it('name only what changed', () => {
    const entries = [
      entry(9, 'sending'),
      entry(8, 'renewal'),
      entry(7, 'authorization'),
      entry(6, 'renewal', 'grant_revoked'),
      entry(5, 'renewal', 'grant_revoked'),
      entry(4, 'sending', 'throttled'),
      entry(3, 'change', null, ['smtp']),
      entry(2, 'sending'),
      entry(1, 'sending'),
    ];
    expect(turns(entries).map(({ at, kind }) => [at, kind])).toEqual([
      [9, 'works'], [7, 'authorized'], [5, 'refused'], [4, 'broke'], [3, 'changed'], [1, 'works'],
    ]);
  });

  it('a renewal after a refusal is told', () => {
    expect(turns([entry(2, 'renewal'), entry(1, 'renewal', 'grant_revoked')]).map(({ kind }) => kind)).toEqual(['renewed-again', 'refused']);
  });
});
