// The states of support reports: made by the customer, opened and kept as cases by the desk.

import { id, open, ORDER } from './steps.mjs';

async function reported(page) {
  await open(ORDER)(page);
  await page.click(id('make-report'));
  await page.waitForSelector(id('report-text'));
}

/** A file that came to the desk. It can be chosen once the list of cases is there. */
export const received = (text) => async (page) => {
  await page.click(id('nav-support'));
  await page.waitForSelector(`${id('open-report')}:enabled`);
  await page.setInputFiles(id('report-file'), { name: 'ninka-report.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
};

export const REPORTS = [
  {
    name: 'report-made', scene: 'list-mixed', act: reported, at: id('report-text'),
  },
  {
    name: 'report-saved', scene: 'list-mixed', at: id('report-saved'),
    act: async (page) => {
      await reported(page);
      await page.click(id('report-save'));
    },
  },
  {
    name: 'report-running', scene: 'self-test-holds', at: id('report-dialog'),
    act: async (page) => {
      await open(ORDER)(page);
      await page.click(id('make-report'));
      await page.waitForFunction(() => document.querySelector('[data-testid="report-dialog"] .hint')?.textContent.trim() !== '');
    },
  },
  {
    name: 'report-opened', scene: 'cases', act: received('Ninka support report 1'), at: id('report-sheet'), settle: id('report-facts'), size: { width: 1120, height: 2600 },
  },
  {
    name: 'report-refused', scene: 'list-mixed', act: received('Dear support'), at: `${id('cases')} ${id('problem')}`,
  },
  {
    name: 'cases', scene: 'cases', at: id('case-1'), size: { width: 1120, height: 1100 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.waitForSelector(id('case-1'));
      await page.locator(id('cases')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'case', scene: 'cases', at: id('case-note'), size: { width: 1120, height: 1000 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.click(id('case-1'));
    },
  },
];
