// The list as it is searched, filtered and sorted. What is costly is done once for all rows, so that
// a keystroke only compares texts: ten thousand rows take a few milliseconds.

import type { AccountRow } from '../generated/AccountRow';
import type { SideView } from '../generated/SideView';
import { alive, CATEGORIES, category, impact, type Category } from './rows';

/** A row with what it is found by. */
export interface Entry {
  row: AccountRow;
  category: Category;
  /** Whether it stands among the red rows that are explained below the list. */
  red: boolean;
  /** Address, name, purpose and state, folded. */
  text: string;
}

/** The columns that the list can be sorted by. */
export type SortBy = 'address' | 'purpose' | 'auth' | 'left' | 'reception' | 'sending';

/** What a row is found by beside its address and name. */
export type Words = (row: AccountRow, of: Category) => string;

/** Makes the rows ready for searching; `words` gives the purpose and the state as they are shown. */
export function indexed(rows: AccountRow[], words: Words): Entry[] {
  const folded = new Map<string, string>();
  return rows.map((row) => {
    const of = category(row);
    const said = words(row, of);
    let word = folded.get(said);
    if (word === undefined) folded.set(said, (word = fold(said)));
    const red = (of === 'authorize' || of === 'failed') && row.warning === null && impact(row) !== null;
    return { row, category: of, red, text: `${fold(row.address)} ${fold(row.name)} ${word}` };
  });
}

/** Finds entries; a query that goes on from the one before looks only through what that one found. */
export class Search {
  private before: { entries: Entry[]; state: Category | null; folded: string; found: Entry[] } | null = null;

  /** The entries that have every word that was typed, and the state that was chosen; the same list
   * again where nothing was left out. */
  find(entries: Entry[], query: string, state: Category | null): Entry[] {
    const folded = fold(query);
    const { before } = this;
    const goesOn = before !== null && before.entries === entries && before.state === state && folded.startsWith(before.folded);
    const among = goesOn ? before.found : entries;
    const words = folded.split(' ').filter(Boolean);
    const all = among.filter((entry) => {
      return (state === null || entry.category === state) && words.every((word) => entry.text.includes(word));
    });
    const found = all.length === among.length ? among : all;
    this.before = { entries, state, folded, found };
    return found;
  }
}

/** The entries in another order; equal ones stay in theirs. */
export function sorted(entries: Entry[], by: SortBy, down: boolean): Entry[] {
  if (by === 'address' && !down) return entries;
  const key = KEYS[by];
  const keyed = entries.map((entry) => ({ entry, key: key(entry.row) }));
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map(({ entry }) => entry);
}

const SIDES: Record<SideView['state'], number> = { failed: 0, unchecked: 1, ok: 2, 'not-needed': 3 };

const KEYS: Record<SortBy, (row: AccountRow) => number | string> = {
  address: (row) => row.address.toLowerCase(),
  purpose: (row) => row.purpose,
  auth: (row) => (row.oauth ? 0 : 1),
  // What needs somebody comes first, what knows no end last.
  left: (row) => (row.oauth ? (alive(row.authorization)?.daysLeft ?? CATEGORIES.indexOf(category(row)) - CATEGORIES.length) : Infinity),
  reception: (row) => SIDES[row.reception.state],
  sending: (row) => SIDES[row.sending.state],
};

/** Widths, capitals and the two kana count as the same, and so does every space. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.toLowerCase().replace(/ +/gu, ' ').trim();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\s+/gu, ' ')
    .trim();
}
