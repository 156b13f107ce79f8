// What a row of the list means: which count it belongs to, what the shop feels, what to press next.

import type { AccountRow } from '../generated/AccountRow';
import type { AuthorizationState } from '../generated/AuthorizationState';
import type { PurposeView } from '../generated/PurposeView';
import type { SideView } from '../generated/SideView';
import type { PlainTextId } from '../generated-texts';

/** The counts above the list, the most urgent first. Every row is in exactly one. */
export const CATEGORIES = ['authorize', 'failed', 'soon', 'unchecked', 'ok'] as const;
export type Category = (typeof CATEGORIES)[number];

/** From here on an authorization is about to end. */
export const SOON_DAYS = 14;

/** How an authorization stands, whether or not consent is being asked for just now. */
export type Settled = Exclude<AuthorizationState, { state: 'being-authorized' }>;

export function settled(held: AuthorizationState): Settled {
  return held.state === 'being-authorized' ? settled(held.before) : held;
}

/** An authorization that is good, whether or not renewing it goes well. */
export type Alive = Extract<AuthorizationState, { state: 'authorized' | 'failing' }>;

export function alive(held: AuthorizationState): Alive | null {
  const found = settled(held);
  return found.state === 'authorized' || found.state === 'failing' ? found : null;
}

export type Action = 'authorize' | 'again' | 'why' | 'check' | null;

/** Whether the account signs in by OAuth and Microsoft has to be asked before it can work. */
export function needsConsent(row: AccountRow): boolean {
  return row.oauth && alive(row.authorization) === null;
}

/** The count the row belongs to. */
export function category(row: AccountRow): Category {
  if (needsConsent(row)) return 'authorize';
  const sides = [row.reception, row.sending];
  if (sides.some((side) => side.state === 'failed')) return 'failed';
  const living = alive(row.authorization);
  if (living !== null && living.daysLeft <= SOON_DAYS) return 'soon';
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
  if (row.warning !== null) return 'again';
  switch (category(row)) {
    case 'authorize':
      return settled(row.authorization).state === 'none' ? 'authorize' : 'again';
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
    const { state } = settled(row.authorization);
    if (state === 'lapsed') return { text: 'impact-lapsed' };
    if (state === 'refused') return { text: 'impact-refused' };
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
  const what = stopped(row.purpose, reception, sending);
  return what === null ? null : STOPS[what].now;
}

/** What stops for the shop while one side fails; `null` where the purpose does not need that side. */
export function sideStops(purpose: PurposeView, side: 'reception' | 'sending'): PlainTextId | null {
  if (!needs(purpose)[side]) return null;
  const what = stopped(purpose, side === 'reception', side === 'sending');
  return what === null ? null : STOPS[what].now;
}

/** What stops for the shop when the authorization ends. */
export function wouldStop(purpose: PurposeView): PlainTextId {
  const { reception, sending } = needs(purpose);
  return STOPS[stopped(purpose, reception, sending) ?? 'both'].atTheEnd;
}

function stopped(purpose: PurposeView, reception: boolean, sending: boolean): Stopped | null {
  if (reception && sending) return 'both';
  if (reception) return purpose === 'order-receiving' ? 'orders' : 'receive';
  if (!sending) return null;
  return purpose === 'rakuten-sending' ? 'rakuten' : 'send';
}

type Stopped = 'both' | 'orders' | 'receive' | 'send' | 'rakuten';

const STOPS: Record<Stopped, { now: PlainTextId; atTheEnd: PlainTextId }> = {
  both: { now: 'impact-both', atTheEnd: 'would-stop-both' },
  orders: { now: 'impact-receive-orders', atTheEnd: 'would-stop-receive-orders' },
  receive: { now: 'impact-receive', atTheEnd: 'would-stop-receive' },
  send: { now: 'impact-send', atTheEnd: 'would-stop-send' },
  rakuten: { now: 'impact-send-rakuten', atTheEnd: 'would-stop-send-rakuten' },
};

/** The rows that somebody has to be warned of, the most urgent first. */
export function warned(rows: AccountRow[]): AccountRow[] {
  const urgency = { refused: -2, lapsed: -1, 'ends-soon': 0 } as const;
  const rank = (row: AccountRow): number => {
    const days = alive(row.authorization)?.daysLeft ?? 0;
    return row.warning === null ? Infinity : urgency[row.warning] + (row.warning === 'ends-soon' ? days : 0);
  };
  return rows.filter((row) => row.warning !== null).sort((a, b) => rank(a) - rank(b));
}

/** The last time anything was checked; `null` before the first check. */
export function lastCheck(rows: AccountRow[]): number | null {
  const times = rows.flatMap((row) => [row.reception, row.sending]).flatMap(checkedAt);
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}

function checkedAt(side: SideView): number[] {
  return side.state === 'ok' || side.state === 'failed' ? [side.at] : [];
}

function failed(side: SideView): boolean {
  return side.state === 'failed';
}

/** Whose authorizations are alive and until when (Unix seconds): the first to end comes first. */
export function renewing(rows: AccountRow[]): { address: string; until: number }[] {
  const ends = rows.flatMap(({ address, authorization }) => {
    const living = alive(authorization);
    return living === null ? [] : [{ address, until: living.validUntil }];
  });
  return ends.toSorted((a, b) => a.until - b.until);
}
