// The register of the tests: every secret that was issued or told, to be held against everything
// that the product writes (`cargo xtask test secrets`). Kept only where the tests name a folder.

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.NINKA_SECRETS;
const file = folder && join(folder, 'register', `idp-${process.pid}.jsonl`);

export function register(kind, value) {
  if (file) appendFileSync(file, `${JSON.stringify({ kind, value })}\n`);
}
