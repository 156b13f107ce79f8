// The fake's idea of how a mail arrives: the few characters that its scenes show.

import type { ChangeView } from '../generated/ChangeView';
import type { PreviewPiece } from '../generated/PreviewPiece';
import type { PreviewRequest } from '../generated/PreviewRequest';
import type { PreviewText } from '../generated/PreviewText';
import type { PreviewView } from '../generated/PreviewView';

const KNOWN: Record<string, [arrives: string, change: ChangeView]> = {
  '①': ['(1)', 'replaced'], '㈱': ['(株)', 'replaced'], '№': ['No.', 'replaced'], 髙: ['高', 'replaced'], '㎏': ['kg', 'replaced'],
  'ﾊﾟ': ['パ', 'same-look'], 'ﾝ': ['ン', 'same-look'], 'ｼﾞ': ['ジ', 'same-look'], 'ｰ': ['ー', 'same-look'], '〜': ['～', 'same-look'],
  '♡': ['〓', 'lost'],
};

export function previewOf({ subject, body, writing }: PreviewRequest): PreviewView {
  const needed = [...letters(subject), ...letters(body)].some((letter) => (KNOWN[letter]?.[1] ?? 'same-look') !== 'same-look');
  const charset = writing.guard === 'utf8-when-needed' && needed ? 'utf-8' : writing.charset;
  const text = (written: string): PreviewText => ({
    pieces: charset === 'utf-8' ? [{ text: written, written: null, change: null }] : letters(written).map((letter) => piece(letter, writing.guard === 'off')),
  });
  return { charset, subject: text(subject), body: text(body) };
}

const letters = (text: string): string[] => [...new Intl.Segmenter('ja').segment(text)].map(({ segment }) => segment);

function piece(letter: string, off: boolean): PreviewPiece {
  const [arrives, change] = KNOWN[letter] ?? [letter, null];
  if (change === null) return { text: letter, written: null, change };
  const kept = off && change === 'replaced';
  return { text: kept ? letter : arrives, written: letter, change: kept ? 'machine-dependent' : change };
}
