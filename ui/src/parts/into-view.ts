// Bringing into view what has just appeared beyond the edge of the window.

/** Scrolls as little as shows the element whole; one that is seen already stays where it is. */
export function intoView(node: HTMLElement): void {
  node.scrollIntoView({ block: 'nearest' });
}
