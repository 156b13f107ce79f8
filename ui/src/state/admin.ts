// Where an administrator approves the app for the whole organization; the same rule as in the core.

import type { CloudChoice } from '../generated/CloudChoice';
import type { SettingsView } from '../generated/SettingsView';

const AUTHORITIES: Record<Exclude<CloudChoice, 'custom'>, string> = {
  worldwide: 'https://login.microsoftonline.com/common',
  'us-government-l4': 'https://login.microsoftonline.us/common',
  'us-government-dod': 'https://login.microsoftonline.us/common',
  china: 'https://login.partner.microsoftonline.cn/common',
};

/** The approval page's address for the settings' cloud and client id. */
export function approvalLink({ cloud, authority, clientId }: SettingsView): string {
  const base = (cloud === 'custom' ? authority : AUTHORITIES[cloud]).replace(/\/+$/u, '');
  return `${base.replace(/\/common$/u, '/organizations')}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
}
