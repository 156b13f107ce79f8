// The two languages. Every word on a screen comes from here: `t` for the screens' own texts, whose
// ids and parameters are checked by the compiler, `say` for ids that come from the backend.

import { FluentBundle, FluentResource } from '@fluent/bundle';

import type { TextId, TextParams } from './generated-texts';

export type Language = 'ja' | 'en';
type Params = Record<string, string | number>;
type Rest<I extends TextId> = TextParams[I] extends null ? [] : [params: TextParams[I]];

const sources: Record<string, string> = import.meta.glob('../locales/**/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

function bundle(language: Language): FluentBundle {
  // Isolation marks are off on both sides, so that Rust and the screens say the same.
  const made = new FluentBundle(language, { useIsolating: false });
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/${language}/`)) made.addResource(new FluentResource(source));
  }
  return made;
}

const bundles: Record<Language, FluentBundle> = { ja: bundle('ja'), en: bundle('en') };
let current = $state<Language>('ja');

/** The language the screens are in. */
export function language(): Language {
  return current;
}

/** Changes the language of every text on the screen. */
export function setLanguage(next: Language): void {
  current = next;
}

/** A text of the screens. */
export function t<I extends TextId>(id: I, ...rest: Rest<I>): string {
  return find(current, id, rest[0]) ?? id;
}

/** A text whose id came from the backend; `null` when there is none. */
export function say(id: string, params: Params = {}): string | null {
  return find(current, id, params);
}

function find(language: Language, id: string, params: Params | null | undefined): string | null {
  const [name = '', attribute] = id.split('.');
  const message = bundles[language].getMessage(name);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (pattern === null || pattern === undefined) return null;
  return bundles[language].formatPattern(pattern, params ?? null, []);
}
