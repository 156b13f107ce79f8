// What the fake knows of browsers, codes for other devices and an administrator's approval.

import type { ApprovalView } from '../generated/ApprovalView';
import type { BrowserView } from '../generated/BrowserView';
import type { ConsentEvent } from '../generated/ConsentEvent';
import { say } from '../texts.svelte';
import QR from './qr.txt?raw';

export const BROWSERS: BrowserView[] = [
  { id: 'edge', name: 'Microsoft Edge', private: true },
  { id: 'chrome', name: 'Google Chrome', private: true },
  { id: 'firefox', name: 'Mozilla Firefox', private: true },
  { id: 'safari', name: 'Safari', private: false },
];

export function deviceCode(now: number): ConsentEvent {
  return {
    event: 'device-code',
    userCode: 'F7GK2PQXD',
    address: 'https://login.microsoft.com/device',
    qr: { size: 37, path: QR.trim() },
    deadline: now + 893,
  };
}

/** The message in the language of the window, which is one of the two at a time here. */
export function approvalOf(client: string, address: string): ApprovalView {
  const link = `https://login.microsoftonline.com/organizations/adminconsent?client_id=${client}`;
  const message = say('cause-admin-consent-required.admin', { address, client, link }) ?? '';
  return { link, ja: message, en: message };
}
