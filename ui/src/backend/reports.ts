// The reports of the fake program: one that a customer looks at, and one that came to the desk.

import type { AccountView } from '../generated/AccountView';
import type { CaseRow } from '../generated/CaseRow';
import type { CheckReport } from '../generated/CheckReport';
import type { HistoryEntryView } from '../generated/HistoryEntryView';
import type { ReportView } from '../generated/ReportView';
import type { SelfTestRow } from '../generated/SelfTestRow';

const DAY = 86_400;

/** What the customer looks at before it is saved. */
export function reportText(address: string): string {
  return [
    'Ninka support report 1 (Ninka 0.1.0)',
    '',
    'Ninka support report',
    'No passwords, authorizations (tokens), codes or mails are in it.',
    '',
    'Made: 2026-11-22 09:12 (UTC+09:00)',
    'Ninka: 0.1.0 (windows x86_64)',
    '',
    `Mail address: ${address}`,
    'Purpose: sending',
    '',
    '-----BEGIN NINKA REPORT-----',
    `{\n  "version": "0.1.0",\n  "account": { "row": { "address": "${address}" } }\n}`,
    '-----END NINKA REPORT-----',
    '',
  ].join('\n');
}

/** The address with the first letter of its part before the `@`. */
export function short(address: string): string {
  return address.replace(/^(.)[^@]*@/u, '$1…@');
}

/** The report that came to the desk. */
export function reportOf(account: AccountView, check: CheckReport | null, history: HistoryEntryView[], rows: SelfTestRow[], now: number): ReportView {
  const shown = structuredClone(account);
  shown.row.address = short(shown.row.address);
  shown.row.name = '';
  shown.signedInAs = shown.signedInAs === null ? null : short(shown.signedInAs);
  return {
    version: '0.1.0', system: 'windows x86_64', madeAt: now, practice: false, shortened: true, account: shown, kind: 'work',
    scopes: ['https://outlook.office.com/POP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
    check, history, selfTest: { at: now, rows }, vault: { state: 'keyring' },
    clientId: '3f1c8a52-0000-4000-8000-000000000000', authority: 'https://login.microsoftonline.com/common',
    settings: [{ key: 'language', value: 'ja' }, { key: 'renewal-days', value: '7' }],
    traces: [{ kind: 'trace', id: '4b7c1f3a-8d2e-4f60-9b1a-2c3d4e5f6071' }],
  };
}

/** A report as a case that was received some days ago. */
export function caseOf(id: number, report: ReportView, note: string, daysAgo: number): CaseRow {
  const { row } = report.account;
  const held = row.authorization;
  const left = held.state === 'authorized' || held.state === 'failing' ? held.daysLeft : null;
  const failed = row.sending.state === 'failed' ? row.sending.diagnosis : null;
  return {
    id, receivedAt: report.madeAt - daysAgo * DAY, note, madeAt: report.madeAt - daysAgo * DAY, version: report.version,
    address: row.address, name: row.name, authorization: held,
    daysLeftThen: left, daysLeftNow: left === null ? null : left - daysAgo, reception: row.reception, sending: row.sending,
    next: failed !== null ? { step: 'explained', diagnosis: failed } : held.state === 'lapsed' ? { step: 'authorize' } : { step: 'nothing' },
  };
}
