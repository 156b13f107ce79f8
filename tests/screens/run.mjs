// Builds the screens on the fake backend and looks at every state in Chromium: in both languages and
// themes, with axe and under the window's content security policy; then walks through the main jobs
// by keyboard, and tries small windows and 200 % zoom. Pictures go to this folder; without them it
// only looks whether each state has its own, and none is left over.
//
// `node run.mjs [--only NAME] [--no-pictures]`; prints `N passed, N failed`, and fails with any.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { journeys } from './journeys.mjs';
import { shrink } from './picture.mjs';
import { serve } from './server.mjs';
import { STATES } from './states.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const ui = join(here, '../../ui');
const need = createRequire(join(ui, 'package.json'));
const { chromium } = need('playwright-core');
const { AxeBuilder } = need('@axe-core/playwright');

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const pictures = !process.argv.includes('--no-pictures');
const NOW = new Date('2026-11-23T09:30:00+09:00');
const SIZE = { width: 1120, height: 740 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOURS = ['color-contrast', 'link-in-text-block'];

let passed = 0;
const failures = [];
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const vite = join(ui, 'node_modules/vite/bin/vite.js');
execFileSync(process.execPath, [vite, 'build', '--mode', 'fake', '--logLevel', 'error'], { cwd: ui, stdio: 'inherit' });
const server = await serve(join(ui, 'dist-fake'));
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--font-render-hinting=none',
  ],
});

/** A page in a scene, with a fixed clock; `faults` collects what the console complains of. */
async function page(scene, { lang = 'ja', size = SIZE } = {}) {
  const context = await browser.newContext({
    viewport: size, locale: lang === 'ja' ? 'ja-JP' : 'en-GB', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce',
  });
  const opened = await context.newPage();
  const faults = [];
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  opened.on('pageerror', (fault) => faults.push(fault.message));
  opened.setDefaultTimeout(30_000);
  await opened.clock.setFixedTime(NOW);
  await opened.goto(`${server.url}/?scene=${scene}&lang=${lang}`);
  await opened.waitForSelector(`nav, [data-testid="start-failure"], [data-testid="sign-in"]`);
  await opened.evaluate(() => document.fonts.ready);
  return { opened, faults, close: () => context.close() };
}

async function reach(opened, state) {
  await state.act?.(opened);
  for (const selector of [state.at, state.settle]) {
    if (selector !== undefined) await opened.waitForSelector(selector);
  }
  await frames(opened);
}

/** Animations are cut to a millisecond; two frames later the picture stands still. */
function frames(opened) {
  return opened.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** What sticks out of the window to the side. */
function sideways(opened) {
  return opened.evaluate(() => {
    const main = document.querySelector('main');
    const boxes = [document.documentElement, main, document.querySelector('dialog[open]')].filter(Boolean);
    return boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => {
      const inside = [...box.querySelectorAll('*')].find((each) => each.getBoundingClientRect().right > box.getBoundingClientRect().right + 1);
      return `${box.localName} by ${box.scrollWidth - box.clientWidth}px (${inside?.localName}.${inside?.className})`;
    });
  });
}

async function test(name, run) {
  try {
    await run();
    passed += 1;
  } catch (fault) {
    failures.push(name);
    console.log(`FAILED ${name}\n  ${String(fault.message ?? fault).replaceAll('\n', '\n  ')}`);
  }
}

function none(list, what) {
  if (list.length > 0) throw new Error(`${what}:\n${list.join('\n')}`);
}

/** The smallest window, and what 200 % zoom leaves of it. */
const SMALL = [{ width: 900, height: 600 }, { width: 450, height: 300 }];

async function look(state, lang) {
  const wanted = `${state.name}.${lang}`;
  if (only !== null && !wanted.includes(only)) return;
  let view;
  await test(wanted, async () => {
    view = await page(state.scene, { lang, size: state.size });
    await reach(view.opened, state);
    none(view.faults, 'console');
  });
  if (view === undefined) return;
  const { opened, faults } = view;
  for (const theme of ['light', 'dark']) {
    await test(`${wanted}.${theme}`, async () => {
      await opened.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await opened.waitForSelector(`html[data-theme="${theme}"]`);
      const picture = join(here, `${wanted}.${theme}.png`);
      if (pictures) writeFileSync(picture, shrink(await opened.screenshot({ caret: 'hide' })));
      else if (!existsSync(picture)) throw new Error('it has no picture yet: `npm run screens` in `ui` takes it');
      // There are no frames, so axe need not open a page to join their results in.
      const axe = new AxeBuilder({ page: opened }).setLegacyMode();
      // The other rules do not see the theme.
      const { violations } = await (theme === 'light' ? axe.withTags(RULES) : axe.withRules(COLOURS)).analyze();
      none(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`)), 'axe');
    });
  }
  for (const size of SMALL) {
    await test(`${wanted} at ${size.width}x${size.height}`, async () => {
      await opened.setViewportSize(size);
      await frames(opened);
      const over = await sideways(opened);
      if (over.length > 0) throw new Error(`sticks out to the side: ${over.join(', ')}`);
      none(faults, 'console');
    });
  }
  await view.close();
}

// Two at a time: as many as a small machine has cores.
const work = STATES.flatMap((state) => ['ja', 'en'].map((lang) => () => look(state, lang)));
const worker = async () => {
  for (let next = work.shift(); next !== undefined; next = work.shift()) await next();
};
await Promise.all([worker(), worker()]);

if (only === null) {
  await test('every picture is of a state', () => {
    const states = new Set(STATES.map(({ name }) => name));
    none(readdirSync(here).filter((file) => file.endsWith('.png') && !states.has(file.replace(/(?:\.[a-z]+){3}$/u, ''))), 'of no state');
  });
}

for (const [name, { scene, walk, lang }] of Object.entries(journeys)) {
  if (only !== null && !`journey: ${name}`.includes(only)) continue;
  await test(`journey: ${name}`, async () => {
    const { opened, faults, close } = await page(scene, { lang });
    try {
      await walk(opened);
      none(faults, 'console');
    } finally {
      await close();
    }
  });
}

await browser.close();
server.close();
if (failures.length > 0) console.log(`failed: ${failures.join(', ')}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
