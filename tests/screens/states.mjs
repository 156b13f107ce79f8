// Every state of the screens that is pictured: the fake backend's scene and the clicks that lead
// there. `at` names what must be on the screen before the picture is taken.

import { DESK } from './desk.mjs';
import { EXCHANGE } from './exchange.mjs';
import { PERMISSIONS } from './permissions.mjs';
import { REPORTS } from './reports.mjs';
import { id, open, ORDER } from './steps.mjs';

async function fresh(page) {
  await page.click(id('new-account'));
  await page.waitForSelector('[data-loaded="true"]');
}

/** A new account with this address, with OAuth or with a password. */
const typed = (address, oauth) => async (page) => {
  await fresh(page);
  await page.fill(id('field-address'), address);
  if (!oauth) await page.uncheck(id('field-oauth'));
};

const proposed = (address) => async (page) => {
  await typed(address, false)(page);
  await page.waitForSelector(id('proposal'));
  await page.locator(id('proposal-close')).scrollIntoViewIfNeeded();
  await page.locator('#password').scrollIntoViewIfNeeded();
};

async function consent(page) {
  await open(ORDER)(page);
  await page.click(id('authorize'));
  await page.waitForSelector(id('consent-dialog'));
}

const way = (name) => async (page) => {
  await consent(page);
  if (!await page.isVisible(id(`way-${name}`))) await page.click(id('consent-help'));
  await page.click(id(`way-${name}`));
};

async function check(page) {
  await open('shop@hana.example.jp')(page);
  await page.click(id('check'));
}

async function selfTest(page) {
  await page.click(id('nav-support'));
  await page.click(id('self-test'));
}

export const STATES = [
  { name: 'list', scene: 'list-mixed' },
  { name: 'list-empty', scene: 'list-empty' },
  {
    name: 'list-filtered', scene: 'list-mixed', act: (page) => page.click(id('count-authorize')),
  },
  {
    name: 'list-no-match', scene: 'list-mixed', act: (page) => page.fill(id('search'), 'sakura'), at: id('no-match'),
  },
  {
    name: 'list-checking', scene: 'check-running', at: '[data-side="sending"][data-state="running"]',
    act: (page) => page.click(id('check-all')), settle: `${id('row-' + ORDER)} [data-side="reception"][data-state="ok"]`,
  },
  {
    name: 'bulk-paused', scene: 'check-running', at: id('check-all-resume'),
    act: async (page) => {
      await page.click(id('check-all'));
      await page.click(id('check-all-pause'));
    },
  },
  { name: 'bulk-checked', scene: 'list-mixed', act: (page) => page.click(id('check-all')), at: id('check-all-outcome') },
  { name: 'bulk-authorizing', scene: 'consent-waiting&many=8', act: (page) => page.click(id('authorize-all')), at: id('bulk-turn') },
  {
    name: 'bulk-hidden', scene: 'consent-waiting&many=8', at: id('bulk-show'),
    act: async (page) => {
      await page.click(id('authorize-all'));
      await page.click(id('consent-hide'));
    },
  },
  {
    name: 'bulk-authorized', scene: 'consent-declined&many=8', at: id('bulk-outcome'),
    act: async (page) => {
      await page.click(id('authorize-all'));
      for (let before = '';;) {
        const turn = page.locator(id('bulk-turn')).filter(before === '' ? {} : { hasNotText: before });
        await turn.or(page.locator(id('bulk-outcome'))).waitFor();
        if (await page.isVisible(id('bulk-outcome'))) break;
        before = await turn.textContent();
        await page.waitForSelector(id('consent-again'));
        await page.click(id('bulk-dialog-skip'));
      }
    },
  },
  { name: 'list-warnings', scene: 'list-warnings&no-notifications', at: id('no-notifications') },
  { name: 'form-failing', scene: 'list-warnings', act: open('info@hana-shop.example'), at: id('failing') },
  { name: 'form-refused', scene: 'list-warnings', act: open('yahoo@hana-shop.example') },
  { name: 'form-being-authorized', scene: 'list-warnings', act: open('mall@hana-shop.example'), at: id('being-authorized') },
  { name: 'form-new', scene: 'list-mixed', act: fresh },
  {
    name: 'form-faults', scene: 'list-mixed', at: id('fault-smtp-host'),
    act: async (page) => {
      await fresh(page);
      await page.fill(id('field-address'), 'order@hana-shop');
      await page.uncheck(id('field-oauth'));
      await page.click(id('save'));
    },
  },
  {
    name: 'form-taken', scene: 'list-mixed', at: id('fault-address'),
    act: async (page) => {
      await fresh(page);
      await page.fill(id('field-address'), ORDER);
      await page.click(id('save'));
    },
  },
  { name: 'form-authorized', scene: 'list-mixed', act: open(ORDER) },
  { name: 'form-lapsed', scene: 'list-mixed', act: open('yahoo@hana-shop.example') },
  { name: 'form-failed', scene: 'list-mixed', act: open('news@hana-shop.example') },
  { name: 'form-password', scene: 'list-mixed', act: open('shop@hana.example.jp') },
  { name: 'form-kind-looking', scene: 'kind-waits', act: typed('order@hana-shop.example', true), at: `${id('kind')}[data-state="looking"]` },
  { name: 'form-kind-work', scene: 'list-mixed', act: typed('new@hana-shop.example', false), at: id('kind-password') },
  { name: 'form-kind-personal', scene: 'list-mixed', act: typed('taro@outlook.jp', true), at: id('kind-personal') },
  {
    name: 'form-kind-personal-password', scene: 'list-mixed', at: id('kind-password'),
    act: async (page) => {
      await typed('taro@outlook.jp', false)(page);
      await page.waitForSelector(id('proposal'));
    },
  },
  { name: 'form-kind-other', scene: 'list-mixed', act: typed('info@hana.example.jp', true), at: id('kind-not-microsoft') },
  { name: 'form-kind-typo', scene: 'list-mixed', act: typed('info@hana-shop.exmaple', false), at: `${id('kind')}[data-state="no-domain"]` },
  { name: 'form-kind-elsewhere', scene: 'list-mixed', act: typed('info@hana-lab.example', true), at: `${id('kind')}[data-state="mail-elsewhere"]` },
  { name: 'form-proposal', scene: 'list-mixed', act: proposed('info@hana.example.jp') },
  { name: 'form-proposal-known', scene: 'list-mixed', act: proposed('hanako@yahoo.co.jp') },
  { name: 'form-proposal-looking', scene: 'kind-waits', act: typed('hanako@yahoo.co.jp', false), at: id('proposal-looking') },
  {
    name: 'form-proposal-used', scene: 'list-mixed', at: id('proposal-find'),
    act: async (page) => {
      await typed('hanako@yahoo.co.jp', false)(page);
      await page.click(id('proposal-use'));
    },
  },
  {
    name: 'form-rakuten', scene: 'list-mixed', at: id('oauth-note'),
    act: async (page) => {
      await fresh(page);
      await page.selectOption(id('field-purpose'), 'rakuten-sending');
    },
  },
  {
    name: 'form-writing', scene: 'list-mixed', at: id('preview-changes'),
    act: async (page) => {
      await open('shop@hana.example.jp')(page);
      await page.click(id('writing-preview'));
      await page.locator(id('writing')).scrollIntoViewIfNeeded();
      await page.locator(id('preview-changes')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'form-switch', scene: 'list-mixed', at: id('switch-clears'),
    act: async (page) => {
      await open('shop@hana.example.jp')(page);
      await page.check(id('field-oauth'));
    },
  },
  { name: 'list-switched', scene: 'switched', at: id('undo-shop@hana.example.jp') },
  { name: 'form-switched', scene: 'switched', act: open('shop@hana.example.jp'), at: id('switched') },
  {
    name: 'form-undo', scene: 'switched', at: id('confirm-undo'),
    act: async (page) => {
      await open('news@hana-shop.example')(page);
      await page.click(id('undo-news@hana-shop.example'));
    },
  },
  {
    name: 'form-rakuten-oauth', scene: 'list-mixed', at: id('clears-authorization'), size: { width: 1120, height: 1100 },
    act: async (page) => {
      await open('info@hana-shop.example')(page);
      await page.selectOption(id('field-purpose'), 'rakuten-sending');
    },
  },
  { name: 'list-shared', scene: 'shared', at: id('signs-in') },
  {
    name: 'form-shared', scene: 'list-mixed', at: id('field-signs-in'),
    act: async (page) => {
      await typed('madoguchi@hana-shop.example', true)(page);
      await page.check(id('field-shared'));
      await page.fill(id('field-signs-in'), 'info@hana-shop.example');
    },
  },
  { name: 'form-shared-authorized', scene: 'shared', act: open('madoguchi@hana-shop.example'), at: id('field-signs-in') },
  { name: 'form-shared-other', scene: 'shared', act: open('kaitori@hana-shop.example'), at: id('shared-other') },
  {
    name: 'form-shared-changes', scene: 'shared', at: id('shared-changes'),
    act: async (page) => {
      await open('madoguchi@hana-shop.example')(page);
      await page.uncheck(id('field-shared'));
    },
  },
  ...['kaitori', 'toiawase'].map((name) => ({
    name: `consent-shared-${name === 'kaitori' ? 'person' : 'open'}`, scene: 'shared', at: id('consent-shared'),
    act: async (page) => {
      await open(`${name}@hana-shop.example`)(page);
      await page.click(id('authorize'));
    },
  })),
  {
    name: 'check-shared', scene: 'shared', at: '[data-testid="track-pop3"][data-result="failed"]', settle: '[data-testid="track-smtp"][data-result]:not([data-result="running"])',
    size: { width: 1120, height: 900 },
    act: async (page) => {
      await open('kaitori@hana-shop.example')(page);
      await page.click(id('check'));
    },
  },
  {
    name: 'form-revoke', scene: 'list-mixed', at: id('confirm-revoke'),
    act: async (page) => {
      await open(ORDER)(page);
      await page.click(id('revoke'));
    },
  },
  {
    name: 'form-revoked', scene: 'list-mixed', at: id('message'),
    act: async (page) => {
      await open(ORDER)(page);
      await page.click(id('revoke'));
      await page.click(id('confirm-revoke'));
      await page.waitForSelector(id('message'));
      await page.locator(id('message')).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'form-remove', scene: 'list-mixed', at: id('confirm-remove'),
    act: async (page) => {
      await open(ORDER)(page);
      await page.click(id('remove'));
    },
  },
  {
    name: 'form-leave', scene: 'list-mixed', at: id('leave-dialog'),
    act: async (page) => {
      await open(ORDER)(page);
      await page.fill(id('field-name'), '本店');
      await page.click(id('back-to-list'));
    },
  },
  { name: 'consent-waiting', scene: 'consent-waiting', act: consent, at: id('consent-left') },
  { name: 'consent-help', scene: 'consent-help', act: consent, at: id('way-device') },
  { name: 'consent-browsers', scene: 'consent-help', act: way('browsers'), at: id('open-edge-private') },
  { name: 'consent-device', scene: 'consent-help', act: way('device'), at: id('device-code') },
  { name: 'consent-device-expired', scene: 'consent-code-expired', act: way('device'), at: id('device-again') },
  {
    name: 'consent-paste', scene: 'consent-help', at: id('fault-final-address'),
    act: async (page) => {
      await way('paste')(page);
      await page.fill(id('final-address'), ORDER);
      await page.click(id('paste-submit'));
    },
  },
  { name: 'consent-admin', scene: 'consent-help', act: way('admin'), at: id('copy-admin') },
  { name: 'consent-admin-needed', scene: 'consent-admin-needed', act: consent, at: id('way-admin') },
  { name: 'consent-loopback', scene: 'consent-loopback', act: consent, at: id('loopback-browser') },
  {
    name: 'consent-left', scene: 'consent-waiting', at: id('consent-left-behind'),
    act: async (page) => {
      await consent(page);
      await page.click(id('consent-hide'));
    },
  },
  {
    name: 'list-waiting', scene: 'consent-waiting', at: id(`act-${ORDER}`),
    act: async (page) => {
      await consent(page);
      await page.click(id('consent-hide'));
      await page.click(id('back-to-list'));
    },
  },
  { name: 'consent-redeeming', scene: 'consent-redeeming', act: consent, at: 'li.here:nth-child(3)' },
  { name: 'consent-checking', scene: 'consent-checking', act: consent, at: id('consent-checking') },
  { name: 'consent-no-browser', scene: 'consent-no-browser', act: consent, at: '.note.warn' },
  { name: 'consent-wrong-user', scene: 'consent-wrong-user', act: consent, at: id('consent-again') },
  { name: 'consent-declined', scene: 'consent-declined', act: consent, at: id('consent-again') },
  { name: 'consent-no-client-id', scene: 'no-client-id', act: consent, at: '[data-code="client-id-missing"]' },
  {
    name: 'consent-done', scene: 'list-mixed', at: '[data-testid="track-smtp"][data-result="ok"]',
    act: async (page) => {
      await open('yahoo@hana-shop.example')(page);
      await page.click(id('authorize'));
    },
    settle: id('message'),
  },
  {
    name: 'consent-offer', scene: 'list-mixed', at: id('autostart-offer'),
    act: async (page) => {
      await open('yahoo@hana-shop.example')(page);
      await page.click(id('authorize'));
      await page.locator(id('autostart-offer')).scrollIntoViewIfNeeded();
    },
    settle: '[data-testid="track-pop3"][data-result="ok"]',
  },
  ...DESK,
  { name: 'check-running', scene: 'check-running', act: check, at: '[data-testid="track-smtp"] [data-outcome="running"][data-step="auth"]', settle: '[data-testid="track-pop3"][data-result="ok"]' },
  { name: 'check-failed', scene: 'check-failed', act: check, at: '[data-testid="track-smtp"][data-result="failed"]' },
  { name: 'check-probing', scene: 'check-probing', act: check, at: '[data-testid="probing-pop3"]', settle: '[data-testid="track-smtp"][data-result="ok"]' },
  {
    name: 'check-probes', scene: 'check-probes', at: '[data-testid="track-pop3"][data-result="failed"]', settle: '[data-testid="track-smtp"][data-result="failed"]',
    size: { width: 1120, height: 1400 },
    act: async (page) => {
      await check(page);
      await page.click('[data-testid="track-pop3"] .probes summary');
      await page.click('[data-testid="track-smtp"] .probes summary');
    },
  },
  {
    name: 'check-whose', scene: 'check-whose', at: '[data-asked="user-realm"]', settle: '[data-testid="track-smtp"][data-result="ok"]',
    act: async (page) => {
      await check(page);
      await page.click('[data-testid="track-pop3"] .probes summary');
    },
  },
  ...[['evidence', 'check-failed'], ['evidence-certificate', 'check-probes']].map(([name, scene]) => ({
    name: `check-${name}`, scene, at: id('copy-evidence'), settle: '[data-testid="track-smtp"][data-result="failed"]',
    size: { width: 1120, height: 1850 },
    act: async (page) => {
      await check(page);
      await page.click('[data-testid="track-smtp"] .evidence summary');
    },
  })),
  // What the last check of the day before saw, after a restart.
  { name: 'check-kept', scene: 'check-kept', act: open('news@hana-shop.example'), at: '[data-testid="track-smtp"][data-result="failed"]', settle: '[data-testid="track-smtp"] [data-testid="evidence"]' },
  { name: 'check-several', scene: 'check-several', act: check, at: '[data-testid="track-pop3"][data-result="failed"]', settle: '[data-testid="track-smtp"][data-result="ok"]' },
  {
    name: 'check-not-needed', scene: 'check-several', at: '[data-testid="track-pop3"][data-result="not_needed"]', settle: '[data-testid="track-smtp"][data-result="ok"]',
    act: async (page) => {
      await open('info@hana-shop.example')(page);
      await page.click(id('check'));
    },
  },
  {
    name: 'check-reached', scene: 'check-reached', at: '[data-testid="track-pop3"][data-result="not_needed"]', settle: '[data-testid="track-smtp"][data-result="ok"]',
    act: async (page) => {
      await open('info@hana-shop.example')(page);
      await page.click(id('check'));
    },
  },
  { name: 'check-busy', scene: 'check-busy', act: check, at: '[data-testid="waiting-pop3"]', settle: '[data-testid="track-smtp"][data-result="ok"]' },
  { name: 'check-obstacle', scene: 'check-obstacle', act: check, at: '[data-code="password-missing"]', settle: '[data-testid="track-smtp"][data-result="failed"]' },
  ...EXCHANGE,
  { name: 'proof-offered', scene: 'list-mixed', act: open(ORDER), at: id('proof-start') },
  ...['waits', 'arrived', 'changed', 'late', 'sent', 'newest', 'refused'].map((end) => ({
    name: `proof-${end}`, scene: `list-mixed&proof=${end}`, size: { width: 1120, height: 900 },
    at: `${id('proof')}[data-outcome="${{ waits: 'running', changed: 'arrived', late: 'not-arrived', refused: 'failed' }[end] ?? end}"]`,
    act: async (page) => {
      await open(ORDER)(page);
      await page.click(id('proof-start'));
      if (end === 'waits') await page.waitForFunction(() => document.querySelector('[data-testid="proof"]').textContent.includes('4'));
    },
  })),
  { name: 'closing-goes-on', scene: 'list-mixed&wish=close', at: id('closing-goes-on') },
  { name: 'closing-quit', scene: 'list-mixed&wish=quit', at: id('closing-quit-dialog') },
  { name: 'closing-ending', scene: 'list-mixed&ending', at: id('closing-ending') },
  { name: 'settings-no-tray', scene: 'list-mixed&no-tray&no-notifications', act: (page) => page.click(id('nav-settings')), at: id('going-no-tray') },
  { name: 'settings', scene: 'list-mixed', act: (page) => page.click(id('nav-settings')), at: id('field-client-id') },
  {
    name: 'settings-guide', scene: 'no-client-id', at: `${id('guide')}[open]`, size: { width: 1120, height: 1400 },
    act: (page) => page.click(id('nav-settings')),
  },
  {
    name: 'settings-custom', scene: 'list-mixed', at: id('fault-authority'),
    act: async (page) => {
      await page.click(id('nav-settings'));
      await page.selectOption(id('field-cloud'), 'custom');
      await page.fill(id('field-authority'), 'login.example.jp');
      await page.click(id('save-settings'));
    },
  },
  { name: 'support', scene: 'list-mixed', act: (page) => page.click(id('nav-support')), at: id('field-code') },
  {
    name: 'support-code', scene: 'list-mixed', at: id('code-facts'), settle: id('diagnosis'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-code'), '40ej 8oge');
      await page.click(id('explain-code'));
    },
  },
  {
    name: 'support-code-mistyped', scene: 'list-mixed', at: id('fault-code'),
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-code'), '40EJ-80GF');
      await page.click(id('explain-code'));
    },
  },
  {
    name: 'form-history', scene: 'history', act: open('news@hana-shop.example'), at: id('history'), settle: id('history-more'),
    size: { width: 1120, height: 1750 },
  },
  {
    name: 'support-test', scene: 'list-mixed', act: selfTest, at: id('self-test-done'), size: { width: 1120, height: 900 },
  },
  {
    name: 'support-test-running', scene: 'self-test-holds', act: selfTest, at: '[data-part="clock"][data-outcome="ok"]', size: { width: 1120, height: 900 },
  },
  {
    name: 'support-test-faulty', scene: 'self-test-faulty', act: selfTest, at: id('self-test-done'), size: { width: 1120, height: 900 },
  },
  {
    name: 'check-readout', scene: 'check-failed', at: '[data-testid="track-smtp"][data-result="failed"]', size: { width: 1120, height: 1300 },
    act: async (page) => {
      await check(page);
      await page.click('[data-testid="track-smtp"] [data-testid="readout-spell"]');
      await page.waitForSelector(id('readout-letters'));
    },
  },
  ...REPORTS,
  {
    name: 'support-error', scene: 'list-mixed', at: id('diagnosis'), size: { width: 1120, height: 1400 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-error'), '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [TYCPR01CA0001.jpnprd01.prod.outlook.com]');
      await page.click(id('explain-error'));
      await page.waitForSelector(id('admin-message'));
    },
  },
  {
    name: 'support-error-several', scene: 'list-mixed', at: id('diagnosis'), size: { width: 1120, height: 1300 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-error'), `${`${'+OK '.repeat(25)}\n`.repeat(700)}-ERR Logon failure: unknown user name or bad password.`);
      await page.click(id('explain-error'));
    },
  },
  {
    name: 'support-error-unknown', scene: 'list-mixed', at: id('diagnosis'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-support'));
      await page.fill(id('field-error'), 'おかしい');
      await page.click(id('explain-error'));
    },
  },
  { name: 'vault-missing', scene: 'vault-missing', at: id('vault-dialog') },
  {
    name: 'vault-short', scene: 'vault-missing', at: id('fault-passphrase'),
    act: async (page) => {
      await page.fill(id('vault-passphrase'), 'himitsu');
      await page.click(id('vault-submit'));
    },
  },
  { name: 'vault-locked', scene: 'vault-locked', at: id('vault-dialog') },
  ...PERMISSIONS,
  { name: 'practice-empty', scene: 'practice-empty', at: id('practice-fault') },
  {
    name: 'practice-fault', scene: 'practice-fault', at: id('practice-fault'),
    act: (page) => page.click(id('practice-jump-91')), settle: id('practice-date'),
  },
  { name: 'practice-settings', scene: 'practice', act: (page) => page.click(id('nav-settings')), at: id('field-client-id') },
  { name: 'start-newer', scene: 'start-newer', at: id('start-failure') },
];
