// Which rows of a long list are drawn: those in view and some around them. The rest is room above
// and below. Short lists are drawn whole.

/** Up to here a list is drawn whole. */
export const WHOLE = 40;
/** Rows drawn beyond what is in view, on each side. */
export const AROUND = 6;

export interface Stretch {
  first: number;
  /** One after the last. */
  end: number;
  /** Pixels of what is not drawn. */
  above: number;
  below: number;
}

/** An entry at the row that shows it. */
export interface Placed<E> {
  place: number;
  entry: E;
  /** Nothing is there to be shown by it just now; it waits, hidden, for another entry. */
  spare: boolean;
}

/** Which drawn row shows which entry: an entry keeps its row, and a new one takes over the row of one
 * that has gone. Changing some words of a row is many times cheaper than making one. */
export class Places<E extends { row: { id: number } }> {
  /** By place. */
  private readonly last = new Map<number, E>();

  /** The rows of the entries, in the order of the list; spare ones, if they are to be kept, after them. */
  take(entries: E[], keep: boolean): Placed<E>[] {
    const at = new Map([...this.last].map(([place, { row }]) => [row.id, place]));
    const taken = new Set(entries.map(({ row }) => at.get(row.id)));
    let next = 0;
    const free = (): number => {
      while (taken.has(next)) next += 1;
      return next++;
    };
    const placed = entries.map((entry) => ({ place: at.get(entry.row.id) ?? free(), entry, spare: false }));
    if (!keep) this.last.clear();
    for (const { place, entry } of placed) this.last.set(place, entry);
    const used = new Set(placed.map(({ place }) => place));
    const spare = [...this.last].flatMap(([place, entry]) => (used.has(place) ? [] : { place, entry, spare: true }));
    return [...placed, ...spare];
  }
}

/** The rows to draw of `count`, when the list begins `top` pixels below the view's upper edge: those
 * in view and `around` on each side. */
export function stretch(count: number, height: number, top: number, view: number, around = AROUND): Stretch {
  if (count <= WHOLE) return { first: 0, end: count, above: 0, below: 0 };
  const seen = Math.ceil((view - Math.max(0, Math.min(top, view))) / height) + 1;
  const at = Math.min(Math.max(0, Math.floor(-top / height)), Math.max(0, count - seen));
  // In steps, so that not every pixel of scrolling draws anew.
  const step = Math.max(1, around);
  const first = Math.max(0, Math.floor((at - around) / step) * step);
  const end = Math.min(count, at + seen + 2 * around);
  return { first, end, above: Math.round(first * height), below: Math.round((count - end) * height) };
}
