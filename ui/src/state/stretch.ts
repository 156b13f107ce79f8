// Which rows of a long list are drawn: those in view and some around them. The rest is room above
// and below. Short lists are drawn whole.

/** Up to here a list is drawn whole. */
export const WHOLE = 120;
/** Rows drawn beyond what is in view, on each side. */
const AROUND = 6;

export interface Stretch {
  first: number;
  /** One after the last. */
  end: number;
  /** Pixels of what is not drawn. */
  above: number;
  below: number;
}

/** The rows to draw of `count`, when the list begins `top` pixels below the view's upper edge. */
export function stretch(count: number, height: number, top: number, view: number): Stretch {
  if (count <= WHOLE) return { first: 0, end: count, above: 0, below: 0 };
  const seen = Math.ceil(view / height) + 1;
  const at = Math.min(Math.max(0, Math.floor(-top / height)), Math.max(0, count - seen));
  // In steps, so that not every pixel of scrolling draws anew.
  const first = Math.max(0, Math.floor((at - AROUND) / AROUND) * AROUND);
  const end = Math.min(count, at + seen + 2 * AROUND);
  return { first, end, above: Math.round(first * height), below: Math.round((count - end) * height) };
}
