// The states of what customer and support desk share: the guide, hand-overs and the script.

import { id, open, ORDER } from './steps.mjs';

/** The guide of an account, up to a step. */
const guided = (step, address = ORDER) => async (page) => {
  await open(address)(page);
  await page.click(id('guided'));
  await page.waitForSelector('[data-page="guided-page-start"]');
  if (step > 1) await page.click(id('guided-next'));
  if (step > 2) await page.click(id('guided-open'));
  for (let at = 3; at < Math.min(step, 7); at += 1) {
    await page.waitForSelector(`${id('guided-next')}:enabled`);
    await page.click(id('guided-next'));
  }
};

/** What to do when something else is shown, from the step that it belongs to. */
const aside = (step, name) => async (page) => {
  await guided(step)(page);
  await page.click(id(`aside-${name}`));
};

const page = (name) => `[data-page="guided-page-${name}"]`;

const LINK = 'ninka:hand-over?v=1&address=tokyo%40hana-shop.example&name=%E6%9D%B1%E4%BA%AC%E5%BA%97&purpose=order-receiving&sign-in=oauth&pop3=outlook.office365.com%3A995%3Aimplicit&authorize=yes';

/** A hand-over that was received. */
const received = (link) => async (page) => {
  await page.click(id('nav-support'));
  await page.fill(id('hand-over-received'), link);
  await page.click(id('hand-over-open'));
  await page.waitForSelector(id('hand-over-dialog'));
};

export const DESK = [
  ...['start', 'open', 'account', 'password', 'identity', 'accept', 'back'].map((name, at) => ({
    name: `guided-${at + 1}-${name}`, scene: 'consent-waiting', act: guided(at + 1), at: page(name), settle: id('readout'),
  })),
  {
    name: 'guided-8-check', scene: 'check-running', act: guided(3), at: page('check'),
    settle: '[data-testid="guided-reception"][data-state="ok"]',
  },
  { name: 'guided-8-check-failed', scene: 'check-failed', act: guided(3, 'info@hana-shop.example'), at: id('guided-check'), size: { width: 1120, height: 1250 } },
  { name: 'guided-9-done', scene: 'list-mixed', act: guided(3), at: page('done') },
  { name: 'guided-2a-not-opened', scene: 'consent-no-browser', act: guided(3), at: id('guided-copy') },
  {
    name: 'guided-3a-other-account', scene: 'consent-waiting', at: id('open-edge-private'),
    act: async (page) => {
      await aside(3, 'other-account')(page);
      await page.click(id('guided-browsers'));
    },
  },
  { name: 'guided-3a-other-account-failed', scene: 'consent-wrong-user', act: guided(3), at: id('guided-failed') },
  { name: 'guided-4a-forgotten', scene: 'consent-waiting', act: aside(4, 'forgotten'), at: page('forgotten') },
  { name: 'guided-5a-no-phone', scene: 'consent-waiting', act: aside(5, 'no-phone'), at: page('no-phone') },
  {
    name: 'guided-6a-admin', scene: 'consent-waiting', at: id('copy-admin'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await aside(6, 'admin')(page);
      await page.click(id('guided-admin'));
    },
  },
  { name: 'guided-6a-admin-failed', scene: 'consent-admin-needed', act: guided(3), at: id('guided-failed'), size: { width: 1120, height: 1100 } },
  { name: 'guided-6b-declined', scene: 'consent-declined', act: guided(3), at: id('guided-failed'), size: { width: 1120, height: 1000 } },
  {
    name: 'guided-7a-unreachable', scene: 'consent-waiting', at: id('final-address'),
    act: async (page) => {
      await aside(7, 'unreachable')(page);
      await page.click(id('guided-paste'));
    },
  },
  { name: 'guided-7b-closed', scene: 'consent-waiting', act: aside(7, 'closed'), at: page('closed') },
  { name: 'guided-no-client-id', scene: 'no-client-id', act: guided(3), at: '[data-code="client-id-missing"]' },
  {
    name: 'guided-read-out', scene: 'list-mixed', at: page('accept'),
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-code'), 'CC00-00GS');
      await page.click(id('explain-code'));
    },
  },
  {
    name: 'hand-over-made', scene: 'list-mixed', at: id('hand-over-made'), size: { width: 1120, height: 1350 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('hand-over-address'), 'tokyo@hana-shop.example');
      await page.fill(id('hand-over-name'), '東京店');
      await page.selectOption(id('hand-over-purpose'), 'order-receiving');
      await page.click(id('hand-over-make'));
      await page.click(id('hand-over-save'));
      await page.locator(id('hand-over')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'hand-over-fault', scene: 'list-mixed', at: id('fault-hand-over-address'), size: { width: 1120, height: 1350 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('hand-over-address'), 'tokyo');
      await page.click('[data-testid="hand-over"] summary');
      await page.click(id('hand-over-make'));
    },
  },
  {
    name: 'script-saved', scene: 'list-mixed', at: id('script-saved'),
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.click(id('script-save'));
    },
  },
  { name: 'hand-over-new', scene: 'list-mixed', act: received(LINK), at: id('hand-over-new') },
  { name: 'hand-over-existing', scene: 'list-mixed', act: received(LINK.replace('tokyo', 'order')), at: id('hand-over-existing') },
  { name: 'hand-over-plain', scene: 'list-mixed', act: received(LINK.replace('oauth', 'password').replace('implicit', 'none').replace('&authorize=yes', '')), at: id('hand-over-new') },
  { name: 'hand-over-refused', scene: 'list-mixed', act: received(`${LINK}&password=x`), at: '[data-code="hand-over-secret"]' },
  {
    name: 'hand-over-prepared', scene: 'list-mixed', at: id('prepared'),
    act: async (page) => {
      await received(LINK)(page);
      await page.click(id('hand-over-accept'));
    },
  },
];
