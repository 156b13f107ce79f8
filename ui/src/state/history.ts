// An account's history as a strip of days and as the moments when something turned.

import type { AccountRow } from '../generated/AccountRow';
import type { HistoryEntryView } from '../generated/HistoryEntryView';

export type Lane = 'reception' | 'sending' | 'authorization';
export const LANES: Lane[] = ['reception', 'sending', 'authorization'];

/** The lanes that an account has no use for. */
export function withoutLanes({ reception, sending, oauth }: AccountRow): Lane[] {
  return [reception.state === 'not-needed' ? 'reception' : null, sending.state === 'not-needed' ? 'sending' : null, oauth ? null : 'authorization']
    .filter((lane): lane is Lane => lane !== null);
}

/** How a day went; both where it failed and worked. */
export type DayState = 'ok' | 'failed' | 'both' | 'none';

/** A moment when something turned. */
export type Turn =
  | { at: number; kind: 'works' | 'broke'; side: 'reception' | 'sending'; text: string | null }
  | { at: number; kind: 'authorized' | 'renewed-again' }
  | { at: number; kind: 'refused'; text: string | null }
  | { at: number; kind: 'changed'; changed: string[] };

function laneOf(entry: HistoryEntryView): Lane | null {
  switch (entry.what) {
    case 'reception':
    case 'sending':
      return entry.what;
    case 'renewal':
    case 'authorization':
      return 'authorization';
    case 'change':
      return null;
  }
}

/** The start of a day in the computer's own time zone, so many days before. */
export function dayStart(now: number, before: number): number {
  const day = new Date(now * 1000);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - before).getTime() / 1000;
}

/** The last days of a lane, the oldest first. */
export function days(entries: HistoryEntryView[], lane: Lane, now: number, count: number): DayState[] {
  return Array.from({ length: count }, (_, at) => {
    const [from, to] = [dayStart(now, count - 1 - at), dayStart(now, count - 2 - at)];
    const inside = entries.filter((entry) => laneOf(entry) === lane && entry.at >= from && entry.at < to);
    const failed = inside.some((entry) => entry.cause !== null);
    const well = inside.some((entry) => entry.cause === null);
    return failed && well ? 'both' : failed ? 'failed' : well ? 'ok' : 'none';
  });
}

/** What turned, the newest first: a side that broke or works again, consents, refusals, changes. */
export function turns(entries: HistoryEntryView[]): Turn[] {
  const found: Turn[] = [];
  const last = new Map<Lane, string | null>();
  for (const entry of [...entries].reverse()) {
    const { at, what, cause, text } = entry;
    const lane = laneOf(entry);
    const before = lane === null ? undefined : last.get(lane);
    if (lane !== null) last.set(lane, cause);
    if (what === 'change') found.push({ at, kind: 'changed', changed: entry.changed });
    else if (what === 'authorization') found.push({ at, kind: 'authorized' });
    else if (what === 'renewal') {
      if (cause !== null && before !== cause) found.push({ at, kind: 'refused', text });
      else if (cause === null && typeof before === 'string') found.push({ at, kind: 'renewed-again' });
    } else if (cause !== before) found.push({ at, kind: cause === null ? 'works' : 'broke', side: what, text });
  }
  return found.reverse();
}
