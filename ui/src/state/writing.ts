// What a preview tells of single characters: each one once, however often it stands in the mail.

import type { ChangeView } from '../generated/ChangeView';
import type { PreviewView } from '../generated/PreviewView';

export interface CharacterChange {
  written: string;
  arrives: string;
  change: Exclude<ChangeView, 'same-look'>;
}

/** How many characters are listed; the marks in the text show the rest. */
const LISTED = 12;

const WEIGHT: Record<CharacterChange['change'], number> = { lost: 0, 'machine-dependent': 1, replaced: 2 };

/** The characters that arrive as others, the gravest first. */
export function changesOf({ subject, body }: PreviewView): CharacterChange[] {
  const found = new Map<string, CharacterChange>();
  for (const { written, text, change } of [...subject.pieces, ...body.pieces]) {
    if (change !== null && change !== 'same-look' && written !== null) found.set(written, { written, arrives: text, change });
  }
  return [...found.values()].toSorted((a, b) => WEIGHT[a.change] - WEIGHT[b.change]).slice(0, LISTED);
}
