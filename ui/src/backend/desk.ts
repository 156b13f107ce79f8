// The support desk's part of the fake program.

import type { AccountView } from '../generated/AccountView';
import type { CaseRow } from '../generated/CaseRow';
import type { CheckReport } from '../generated/CheckReport';
import type { HistoryEntryView } from '../generated/HistoryEntryView';
import type { SelfTestRow } from '../generated/SelfTestRow';
import type { Backend } from './backend';
import { GUIDED } from './guided';
import { caseOf, reportOf, reportText, short } from './reports';
import { problem, SMTP_OFF, type Scene } from './scenes';

type Desk = Pick<Backend, 'history' | 'selfTest' | 'explainCode' | 'makeReport' | 'saveReport' | 'openReport' | 'cases' | 'openCase' | 'keepCase' | 'noteCase' | 'removeCase' | 'keepCasesFor'> & { cancel(): void };

const row = (part: SelfTestRow['part'], found: SelfTestRow['found'], server: string, ms: number, detail = ''): SelfTestRow => {
  const failed = ['name-not-found', 'refused', 'no-answer', 'other-server', 'untrusted', 'clock-ahead', 'clock-behind'].includes(found);
  const outcome = failed ? 'failed' : found === 'intercepted' ? 'warn' : found === 'not-tried' ? 'not-reached' : 'ok';
  return { part, outcome, found, server, detail, problem: null, ms };
};

const LOGIN = 'login.microsoftonline.com:443';
const ISSUER = 'C=US, O=DigiCert Inc, CN=DigiCert Global G3 TLS ECC SHA384 2020 CA1';
const WELL: SelfTestRow[] = [
  row('vault', 'works', '', 6),
  row('loopback', 'works', '', 1),
  row('names', 'works', LOGIN, 12),
  row('sign-in', 'works', LOGIN, 31),
  row('certificate', 'trusted', LOGIN, 44, ISSUER),
  row('clock', 'clock-right', LOGIN, 18, '2'),
  row('pop3', 'trusted', 'outlook.office365.com:995', 96, ISSUER),
  row('imap', 'trusted', 'outlook.office365.com:993', 91, ISSUER),
  row('smtp', 'works', 'smtp.office365.com:587', 204),
  row('proxy', 'no-proxy', '', 0),
];
const SHIELD = 'O=Shop Shield, CN=Shop Shield Root';
const FAULTY: Partial<Record<SelfTestRow['part'], SelfTestRow>> = {
  certificate: row('certificate', 'intercepted', LOGIN, 61, SHIELD),
  clock: row('clock', 'clock-behind', LOGIN, 18, '5412'),
  smtp: row('smtp', 'no-answer', 'smtp.office365.com:587', 8001),
  proxy: row('proxy', 'proxy', '', 0, 'proxy.hana.example.jp:8080'),
};

/** An account that broke when its settings were changed, and whose authorization was refused once. */
function troubled(now: number): HistoryEntryView[] {
  const entry = (days: number, what: HistoryEntryView['what'], cause: string | null = null, changed: string[] = []): HistoryEntryView => {
    return { at: now - Math.round(days * 86_400), what, cause, text: cause === null ? null : `cause-${cause.replaceAll('_', '-')}`, changed };
  };
  const checks = [28, 26, 25, 21, 19, 18, 15, 12.3, 12].map((days) => entry(days, 'sending'));
  const renewals = [29, 22, 15, 1].map((days) => entry(days, 'renewal'));
  const troubles = [
    entry(0.013, 'sending', 'smtp_auth_disabled_tenant'),
    entry(2, 'sending', 'smtp_auth_disabled_tenant'),
    entry(4, 'sending'),
    entry(7.6, 'authorization'),
    entry(8, 'sending', 'refresh_token_revoked_password_change'),
    entry(8, 'renewal', 'refresh_token_revoked_password_change'),
    entry(11.9, 'sending'),
    entry(12.1, 'sending', 'wrong_port_protocol'),
    entry(12.2, 'change', null, ['smtp']),
  ];
  return [...checks, ...renewals, ...troubles].toSorted((a, b) => b.at - a.at);
}

/** What the support screen asks. */
export function desk(state: Scene, now: () => number, find: (id: number) => AccountView, lastCheck: (id: number) => Promise<CheckReport | null>): Desk {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, state.pace));
  let stop: (() => void) | null = null;
  // The red row's report, as it came to the desk.
  const report = async (): Promise<ReturnType<typeof reportOf>> => {
    const rows = state.selfTest === 'faulty' ? WELL.map((each) => FAULTY[each.part] ?? each) : WELL;
    return reportOf(find(4), await lastCheck(4), troubled(now()), rows, now());
  };
  const kept = new Map<number, CaseRow>();
  let keptDays = 180;
  const all = async (): ReturnType<Backend['cases']> => {
    if (state.cases && kept.size === 0) {
      const from = await report();
      const lapsed = { ...from, account: { ...from.account, row: { ...from.account.row, address: 'i…@yama-shop.example', sending: { state: 'ok' as const, at: now() }, authorization: { state: 'lapsed' as const, since: now() } } } };
      kept.set(1, caseOf(1, from, '10:20 call back; the administrator gets the request.', 3));
      kept.set(2, caseOf(2, lapsed, '', 12));
    }
    return { keptDays, cases: structuredClone([...kept.values()]) };
  };
  const known = (id: number): CaseRow => {
    const found = kept.get(id);
    if (found === undefined) throw problem('case-gone');
    return found;
  };
  return {
    makeReport: async (id, progress) => {
      const stopped = new Promise<never>((_, reject) => {
        stop = () => reject(problem('cancelled'));
      });
      stopped.catch(() => null);
      for (const each of WELL) {
        if (state.selfTest === 'holds' && each.part === 'pop3') await stopped;
        await Promise.race([pause(), stopped]);
        progress(structuredClone(each));
      }
      const { address } = find(id).row;
      return { shortened: reportText(short(address)), full: reportText(address) };
    },
    saveReport: async () => 'C:\\Users\\hana\\Downloads\\ninka-report.txt',
    openReport: async (file) => {
      await pause();
      const text = new TextDecoder().decode(file);
      if (!text.startsWith('Ninka support report ')) throw problem('not-a-report');
      if (text.startsWith('Ninka support report 2')) throw problem('report-newer', { version: '9.0.0' });
      return report();
    },
    cases: all,
    openCase: async (id) => ({ row: structuredClone(known(id)), report: await report() }),
    keepCase: async () => {
      const from = await report();
      const row = caseOf(kept.size + 1, from, '', 0);
      kept.set(row.id, row);
      return { row: structuredClone(row), report: from };
    },
    noteCase: async (id, note) => {
      known(id).note = note;
    },
    removeCase: async (id) => {
      kept.delete(id);
      state.cases = false;
    },
    keepCasesFor: async (days) => {
      keptDays = days;
      return all();
    },
    cancel: () => stop?.(),
    history: async (id) => ({ keptDays: 180, entries: state.history && id === 4 ? troubled(now()) : [] }),
    selfTest: async (progress) => {
      const stopped = new Promise<never>((_, reject) => {
        stop = () => reject(problem('cancelled'));
      });
      stopped.catch(() => null);
      const rows = state.selfTest === 'faulty' ? WELL.map((each) => FAULTY[each.part] ?? each) : WELL;
      for (const each of rows) {
        if (state.selfTest === 'holds' && each.part === 'pop3') await stopped;
        await Promise.race([pause(), stopped]);
        progress(structuredClone(each));
      }
      return { at: now(), rows: structuredClone(rows) };
    },
    explainCode: async (code) => {
      const typed = code.toUpperCase().replaceAll(/[^0-9A-Z]/gu, '').replaceAll('O', '0');
      if (typed.length !== 8) throw problem('code-incomplete', { found: String(typed.length) });
      const page = GUIDED.find(({ readout }) => readout.replace('-', '') === typed);
      if (page !== undefined) {
        const said = { ...problem(page.name), text: page.name };
        return { code: page.readout, problem: said, guided: page, several: false, stage: null, protocol: null, accountKind: null, version: '0.1.0' };
      }
      if (typed !== '40EJ80GE') throw problem('code-mistyped');
      const explained = { ...problem(SMTP_OFF.cause), text: SMTP_OFF.text, diagnosis: { ...SMTP_OFF, raw: '' } };
      return { code: '40EJ-80GE', problem: explained, guided: null, several: false, stage: 'auth', protocol: 'smtp', accountKind: 'work', version: '0.1.0' };
    },
  };
}
