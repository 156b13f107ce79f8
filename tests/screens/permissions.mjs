// The states of permissions: signing in, the operators, and what an operator may only look at.

import { id, open, ORDER } from './steps.mjs';

export const PERMISSIONS = [
  { name: 'sign-in', scene: 'signed-out', at: id('sign-in') },
  {
    name: 'form-kept', scene: 'signed-in-full', at: id('message'), size: { width: 1120, height: 900 },
    async act(page) {
      await open(ORDER)(page);
      await page.fill(id('field-name'), '花屋はなこ 本店の注文');
      await page.clock.setFixedTime(new Date('2026-11-23T18:30:00+09:00'));
      await page.waitForSelector(id('sign-in'));
      await page.fill(id('sign-in-password'), 'tachikawa-hiyori');
      await page.click(id('sign-in-submit'));
    },
  },
  {
    name: 'sign-in-refused', scene: 'signed-out', at: '[data-testid="problem"]',
    act: async (page) => {
      await page.fill(id('sign-in-password'), 'chigau-kotoba');
      await page.click(id('sign-in-submit'));
    },
  },
  {
    name: 'sign-in-too-soon', scene: 'signed-out', at: '[data-code="sign-in-too-soon"]',
    act: async (page) => {
      for (let tries = 0; tries < 4; tries += 1) {
        await page.fill(id('sign-in-password'), 'chigau-kotoba');
        await page.click(id('sign-in-submit'));
        await page.waitForSelector(tries < 3 ? '[data-code="sign-in-refused"]' : '[data-code="sign-in-too-soon"]');
      }
    },
  },
  {
    name: 'permissions-off', scene: 'list-mixed', at: id('permissions'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-settings'));
      await page.click(id('open-permissions'));
    },
  },
  {
    name: 'permissions-off-faults', scene: 'list-mixed', at: id('fault-operator-password-again'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-settings'));
      await page.click(id('open-permissions'));
      await page.fill(id('operator-password'), 'tachikawa-hiyori');
      await page.fill(id('operator-password-again'), 'tachikawa');
      await page.click(id('permissions-on'));
    },
  },
  {
    name: 'permissions-full', scene: 'signed-in-full', at: '[data-what="switched-on"]', size: { width: 1120, height: 1420 },
    act: (page) => page.click(id('nav-permissions')),
  },
  {
    name: 'permissions-operator', scene: 'signed-in-full', at: id('operator-dialog'), size: { width: 1120, height: 800 },
    act: async (page) => {
      await page.click(id('nav-permissions'));
      await page.click(id('edit-佐藤 花子'));
    },
  },
  {
    name: 'permissions-last-full', scene: 'signed-in-full', at: '[data-code="last-full-operator"]', size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-permissions'));
      await page.click(id('remove-山田'));
      await page.click(id('confirm-remove-operator'));
    },
  },
  {
    name: 'permissions-switch-off', scene: 'signed-in-full', at: id('confirm-permissions-off-dialog'), size: { width: 1120, height: 900 },
    act: async (page) => {
      await page.click(id('nav-permissions'));
      await page.click(id('permissions-off'));
    },
  },
  {
    name: 'permissions-password', scene: 'signed-in-view', at: id('new-password'),
    act: async (page) => {
      await page.click(id('nav-permissions'));
      await page.click(id('password-change'));
    },
  },
  { name: 'permissions-none', scene: 'signed-in-none', at: id('ask') },
  { name: 'list-view-only', scene: 'signed-in-view', at: id('read-only') },
  { name: 'form-view-only', scene: 'signed-in-view', act: open(ORDER), at: id('read-only') },
  {
    name: 'settings-view-only', scene: 'signed-in-settings', at: id('read-only'), size: { width: 1120, height: 1300 },
    act: (page) => page.click(id('nav-settings')),
  },
];
