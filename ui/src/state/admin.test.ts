import { expect, test } from 'vitest';

import type { SettingsView } from '../generated/SettingsView';
import { approvalLink } from './admin';

const settings: SettingsView = { language: 'ja', theme: 'light', clientId: '0a1b2c3d', cloud: 'worldwide', authority: '', reception: 'pop3', background: 'untold', askAccountKind: true };

test('an administrator approves for an organization, or for the tenant that was entered', () => {
  expect(approvalLink(settings)).toBe('https://login.microsoftonline.com/organizations/adminconsent?client_id=0a1b2c3d');
  const custom = { ...settings, cloud: 'custom', authority: 'https://login.example.jp/tenant-id/' } as const;
  expect(approvalLink(custom)).toBe('https://login.example.jp/tenant-id/adminconsent?client_id=0a1b2c3d');
});
