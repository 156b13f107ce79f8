// Writes `src/generated-texts.ts`: the ids of the screens' texts with the parameters each takes,
// so that a wrong id or a missing parameter does not compile. A test fails when the file is stale.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from '@fluent/syntax';

const root = new URL('..', import.meta.url);

/** Every message id, with attributes after a dot, and the variables it uses. */
export function textsOf(source) {
  const texts = new Map();
  const resource = parse(source, { withSpans: false });
  for (const entry of resource.body) {
    if (entry.type === 'Junk') throw new Error(`not Fluent: ${entry.content}`);
    if (entry.type !== 'Message') continue;
    if (texts.has(entry.id.name)) throw new Error(`given twice: ${entry.id.name}`);
    if (entry.value) texts.set(entry.id.name, variables(entry.value));
    for (const attribute of entry.attributes) {
      texts.set(`${entry.id.name}.${attribute.id.name}`, variables(attribute.value));
    }
  }
  return texts;
}

function variables(node, found = new Set()) {
  if (node === null || typeof node !== 'object') return found;
  if (node.type === 'VariableReference') found.add(node.id.name);
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) part.forEach((each) => variables(each, found));
    else variables(part, found);
  }
  return found;
}

/** The texts of the screens in a language: all of `locales/LANGUAGE/screens/`, file by file. */
export function screenTexts(language) {
  const folder = new URL(`locales/${language}/screens/`, root);
  const files = readdirSync(folder).toSorted();
  return textsOf(files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n'));
}

/** The generated file for the texts of `locales/ja/screens/`. */
export function generate() {
  const lines = [...screenTexts('ja')].map(([id, names]) => {
    const params = [...names].sort().map((name) => `${name}: string | number`);
    return `  '${id}': ${params.length === 0 ? 'null' : `{ ${params.join('; ')} }`};`;
  });
  return [
    '// Made by `npm run texts` from locales/ja/screens/. Do not edit.',
    '',
    '/** The parameters of each text; `null` where it takes none. */',
    'export interface TextParams {',
    ...lines,
    '}',
    '',
    '/** A text of the screens. */',
    'export type TextId = keyof TextParams;',
    '',
    '/** A text that takes no parameters. */',
    'export type PlainTextId = {',
    '  [I in TextId]: TextParams[I] extends null ? I : never;',
    '}[TextId];',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('src/generated-texts.ts', root), generate());
}
