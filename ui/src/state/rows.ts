// What a row of the list means: which count it belongs to, what the shop feels, what to press next.

import type { AccountRow } from '../generated/AccountRow';
import type { PurposeView } from '../generated/PurposeView';
import type { SideView } from '../generated/SideView';
import type { PlainTextId } from '../generated-texts';

/** The counts above the list, the most urgent first. Every row is in exactly one. */
export const CATEGORIES = ['authorize', 'failed', 'soon', 'unchecked', 'ok'] as const;
export type Category = (typeof CATEGORIES)[number];

/** From here on an authorization is about to end. */
export const SOON_DAYS = 14;

export type Action = 'authorize' | 'again' | 'why' | 'check' | null;

/** Whether the account signs in by OAuth and Microsoft has to be asked before it can work. */
export function needsConsent(row: AccountRow): boolean {
  return row.oauth && row.authorization.state !== 'authorized';
}

/** The count the row belongs to. */
export function category(row: AccountRow): Category {
  if (needsConsent(row)) return 'authorize';
  const sides = [row.reception, row.sending];
  if (sides.some((side) => side.state === 'failed')) return 'failed';
  if (row.authorization.state === 'authorized' && row.authorization.daysLeft <= SOON_DAYS) {
    return 'soon';
  }
  return sides.some((side) => side.state === 'unchecked') ? 'unchecked' : 'ok';
}

/** How many rows each count has. */
export function counts(rows: AccountRow[]): Record<Category, number> {
  const found: Record<Category, number> = { authorize: 0, failed: 0, soon: 0, unchecked: 0, ok: 0 };
  for (const row of rows) found[category(row)] += 1;
  return found;
}

/** The next click of a row; `null` where nothing needs doing. */
export function nextAction(row: AccountRow): Action {
  switch (category(row)) {
    case 'authorize':
      return row.authorization.state === 'none' ? 'authorize' : 'again';
    case 'failed':
      return 'why';
    case 'soon':
    case 'unchecked':
      return 'check';
    case 'ok':
      return null;
  }
}

/** Which sides a purpose needs. */
export function needs(purpose: PurposeView): { reception: boolean; sending: boolean } {
  return {
    reception: purpose === 'unspecified' || purpose === 'order-receiving',
    sending: purpose !== 'order-receiving',
  };
}

/** Why a row is red: a text of the screens, or the sentence of a diagnosis. */
export function reason(row: AccountRow): { text: PlainTextId } | { cause: string } | null {
  if (needsConsent(row)) {
    if (row.authorization.state === 'lapsed') return { text: 'impact-lapsed' };
    if (row.authorization.state === 'refused') return { text: 'impact-refused' };
    return { text: 'impact-none' };
  }
  const failed = [row.reception, row.sending].find((side) => side.state === 'failed');
  return failed?.state === 'failed' ? { cause: failed.diagnosis.text } : null;
}

/** What a red row means for the shop; `null` for every other row. */
export function impact(row: AccountRow): PlainTextId | null {
  const need = needs(row.purpose);
  const all = needsConsent(row);
  const reception = need.reception && (all || failed(row.reception));
  const sending = need.sending && (all || failed(row.sending));
  if (reception && sending) return 'impact-both';
  if (reception) {
    return row.purpose === 'order-receiving' ? 'impact-receive-orders' : 'impact-receive';
  }
  if (!sending) return null;
  return row.purpose === 'rakuten-sending' ? 'impact-send-rakuten' : 'impact-send';
}

/** Whether a row answers to what was typed into the search field. */
export function matches(row: AccountRow, query: string, purpose: string): boolean {
  const wanted = fold(query).split(' ').filter(Boolean);
  const text = fold(`${row.address} ${row.name} ${purpose}`);
  return wanted.every((word) => text.includes(word));
}

/** The last time anything was checked; `null` before the first check. */
export function lastCheck(rows: AccountRow[]): number | null {
  const times = rows.flatMap((row) => [row.reception, row.sending]).flatMap(checkedAt);
  return times.length === 0 ? null : Math.max(...times);
}

function checkedAt(side: SideView): number[] {
  return side.state === 'ok' || side.state === 'failed' ? [side.at] : [];
}

function failed(side: SideView): boolean {
  return side.state === 'failed';
}

/** Full-width and half-width, capital and small letters count as the same. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** How many authorizations are alive, and when the first of them ends (Unix seconds). */
export function renewing(rows: AccountRow[]): { count: number; nearest: number | null } {
  const ends = rows.flatMap(({ authorization }) => (authorization.state === 'authorized' ? [authorization.validUntil] : []));
  return { count: ends.length, nearest: ends.length === 0 ? null : Math.min(...ends) };
}
