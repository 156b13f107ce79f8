// The states of the accounts as a table and of backups: out, in, and what is refused.

import { id } from './steps.mjs';

const PASSPHRASE = 'correct horse battery';

async function exported(page) {
  await page.click(id('nav-settings'));
  await page.click(id('export'));
}

async function imported(page) {
  await page.click(id('nav-settings'));
  await page.setInputFiles(id('import-file'), { name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from('メールアドレス\r\n') });
  await page.waitForSelector(id('import-dialog'));
}

const restoring = (passphrase) => async (page) => {
  await page.click(id('nav-settings'));
  await page.setInputFiles(id('restore-file'), { name: 'ninka-backup.age', mimeType: 'application/octet-stream', buffer: Buffer.from('age') });
  await page.fill(id('restore-passphrase'), passphrase);
  await page.click(id('restore-look'));
};

/** A backup under this passphrase; typed a second time, or not. */
const backedUp = (passphrase, again = '') => async (page) => {
  await page.click(id('nav-settings'));
  await page.click(id('backup-make'));
  await page.fill(id('backup-passphrase'), passphrase);
  if (again !== '') await page.fill(id('backup-again'), again);
  await page.click(id('backup-make-confirm'));
};

async function restored(page) {
  await restoring(PASSPHRASE)(page);
  await page.click(id('restore-confirm'));
}

export const EXCHANGE = [
  { name: 'exchange', scene: 'list-mixed', act: (page) => exported(page), at: id('exported') },
  { name: 'import-faulty', scene: 'list-mixed&table=faulty', act: (page) => imported(page), at: id('import-faulty') },
  { name: 'import-good', scene: 'list-mixed', act: (page) => imported(page), at: id('import-good') },
  {
    name: 'import-done', scene: 'list-mixed', at: id('import-done'),
    act: async (page) => {
      await imported(page);
      await page.click(id('import-confirm'));
    },
  },
  {
    name: 'backup-passphrase', scene: 'list-mixed', at: id('fault-backup-passphrase'),
    act: backedUp('himitsu'),
  },
  {
    name: 'backup-made', scene: 'list-mixed', at: id('backup-made'),
    act: backedUp(PASSPHRASE, PASSPHRASE),
  },
  { name: 'restore-wrong', scene: 'list-mixed', act: restoring('wrong'), at: '[data-code="passphrase-wrong"]' },
  { name: 'restore-holds', scene: 'list-mixed', act: restoring(PASSPHRASE), at: id('backup-holds') },
  {
    name: 'restore-not-empty', scene: 'list-mixed', at: '[data-code="restore-not-empty"]',
    act: restored,
  },
  {
    name: 'restore-done', scene: 'list-empty', at: id('backup-restored'),
    act: restored,
  },
];
