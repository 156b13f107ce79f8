// A program that exists only in the browser: accounts in memory, checks and consent that take their
// course by a clock. For working on the screens, and for the screens' tests.

import type { AccountView } from '../generated/AccountView';
import type { AuthorizationState } from '../generated/AuthorizationState';
import type { AppView } from '../generated/AppView';
import type { BackupView } from '../generated/BackupView';
import type { CheckEvent } from '../generated/CheckEvent';
import type { CheckReport } from '../generated/CheckReport';
import type { ConsentEvent } from '../generated/ConsentEvent';
import type { FieldFault } from '../generated/FieldFault';
import type { PracticeView } from '../generated/PracticeView';
import type { Protocol } from '../generated/Protocol';
import type { ProtocolReport } from '../generated/ProtocolReport';
import type { SaveAccount } from '../generated/SaveAccount';
import type { SettingsView } from '../generated/SettingsView';
import type { ShellView } from '../generated/ShellView';
import type { StepName } from '../generated/StepName';
import type { StepView } from '../generated/StepView';
import type { Backend } from './backend';
import { approvalOf, BROWSERS, deviceCode } from './consents';
import { previewOf } from './preview';
import { proposalOf } from './proposals';
import { desk } from './desk';
import { GUIDED } from './guided';
import { handOverOf, readHandOver } from './handovers';
import { evidenceOf } from './evidence';
import { office } from './office';
import { proofOf } from './proofs';
import { kindOf, problem, scene, PASSWORD_OR_POP, SMTP_OFF, UNKNOWN, type Fate } from './scenes';
import { tableOf } from './tables';

const DAY = 86_400;
const STEPS: Record<Protocol, StepName[]> = {
  pop3: ['resolve', 'connect', 'tls', 'greeting', 'auth', 'mailbox'],
  imap: ['resolve', 'connect', 'tls', 'greeting', 'auth', 'mailbox'],
  smtp: ['resolve', 'connect', 'greeting', 'tls', 'capability', 'auth'],
};
const MS: Record<StepName, number> = {
  resolve: 8, connect: 21, tls: 34, greeting: 19, capability: 12, auth: 240, mailbox: 41,
};
const FAULTS = [
  'consent-declined', 'admin-approval-needed', 'other-account-signs-in', 'refresh-lapsed', 'revoked-by-password-change',
  'mfa-required', 'pop-off', 'imap-off', 'smtp-auth-off-tenant', 'smtp-auth-off-mailbox', 'not-connected', 'throttled',
  'slow', 'server-down', 'expired-certificate',
];

/** The fake, in the state that the address asks for. */
export function fakeBackend(address: URL): Backend {
  const now = (): number => Math.floor(Date.now() / 1000);
  const state = scene(address.searchParams.get('scene') ?? 'list-mixed', now());
  const accounts = new Map(state.accounts.map((account) => [account.row.id, account]));
  const many = Number(address.searchParams.get('many') ?? 0);
  for (let id = 1000; id < 1000 + many; id += 1) {
    const like = state.accounts[id % state.accounts.length];
    if (like === undefined) break;
    const row = { ...like.row, id, address: `shop${id}@hana-shop.example`, name: `${like.row.name} ${id}` };
    accounts.set(id, { ...structuredClone(like), row });
  }
  const themes = ['light', 'dark'] as const;
  const settings: SettingsView = {
    language: address.searchParams.get('lang') === 'en' ? 'en' : 'ja',
    theme: themes.find((theme) => theme === address.searchParams.get('theme')) ?? 'system',
    clientId: state.clientId,
    cloud: 'worldwide',
    authority: '',
    reception: 'pop3',
    background: 'untold',
    askAccountKind: true,
    lockMinutes: 15,
  };
  const shell: ShellView = {
    tray: !address.searchParams.has('no-tray'),
    autostart: false,
    offersAutostart: true,
    notifications: !address.searchParams.has('no-notifications'),
    handbook: !address.searchParams.has('no-handbook'),
  };
  const wish = address.searchParams.get('wish');
  const wishes = wish === 'quit' ? [{ wish } as const] : wish === 'close' ? [{ wish, goesOn: shell.tray } as const] : [];
  let vault: AppView['vault'] = state.vault === null ? { state: 'keyring' } : { state: 'closed', problem: state.vault };
  const practice: PracticeView = {
    fault: state.fault,
    faults: FAULTS,
    aheadDays: 0,
    now: now(),
    addresses: ['order@renshu.example', 'info@renshu.example', 'kojin@outlook.example'],
    liveClientId: state.clientId,
  };
  let stop: (() => void) | null = null;
  const consents = new Map<number, { stop: () => void; bring: () => void; tell: (event: ConsentEvent) => void }>();

  const clone = <T>(value: T): T => structuredClone(value);
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, state.pace));
  const app = (): AppView => ({
    version: '0.1.0',
    language: settings.language === 'en' ? 'en' : 'ja',
    settings: clone(settings),
    practice: state.practice,
    builtInClientId: false,
    clientId: settings.clientId,
    approvalLink: approvalOf(settings.clientId, '').link,
    vault: clone(vault),
    operators: people.view(),
  });
  const people = office(state, now, app);
  const practiceView = (): PracticeView => ({ ...clone(practice), now: now() + practice.aheadDays * DAY });
  const find = (id: number): AccountView => {
    const account = accounts.get(id);
    if (account === undefined) throw problem('account-gone');
    return account;
  };
  const needVault = (): void => {
    if (vault.state === 'closed') throw vault.problem;
  };

  const lastChecks = new Map<number, CheckReport>();
  /** What accounts had before they were switched to OAuth. */
  const aside = new Map<number, AccountView>();
  for (const [id, account] of accounts) {
    if (account.row.switched) aside.set(id, { ...clone(account), row: { ...clone(account.row), oauth: false, switched: false, authorization: { state: 'none' } }, passwordStored: true });
  }

  async function save(request: SaveAccount): Promise<AccountView> {
    await pause();
    const fields = faultsOf(request, [...accounts.values()]);
    if (fields.length > 0) throw { ...problem('invalid'), fields };
    needVault();
    const id = request.id ?? Math.max(0, ...accounts.keys()) + 1;
    const before = accounts.get(id);
    const switches = before?.row.oauth === false && request.oauth;
    if (switches && before !== undefined) aside.set(id, before);
    if (!request.oauth) aside.delete(id);
    const { address: mail, name, purpose, oauth, user, pop3, imap, smtp, signsIn } = request;
    const saved: AccountView = {
      row: {
        id, address: mail.trim(), name, purpose, oauth, signsIn, switched: aside.has(id),
        authorization: oauth && before ? before.row.authorization : { state: 'none' },
        warning: null,
        reception: purpose === 'sending' || purpose === 'rakuten-sending' ? { state: 'not-needed' } : { state: 'unchecked' },
        sending: purpose === 'order-receiving' ? { state: 'not-needed' } : { state: 'unchecked' },
      },
      revision: (before?.revision ?? 0) + 1,
      user,
      signedInAs: before?.signedInAs ?? null,
      passwordStored: !oauth && (request.password !== null || before?.passwordStored === true),
      pop3, imap, smtp,
      writing: request.writing,
    };
    accounts.set(id, saved);
    lastChecks.delete(id);
    return clone(saved);
  }

  async function walk(
    account: AccountView,
    protocol: Protocol,
    fate: Fate,
    progress: (event: CheckEvent) => void,
    stopped: Promise<never>,
  ): Promise<ProtocolReport> {
    const accountId = account.row.id;
    const host = account[protocol]?.host ?? (protocol === 'smtp' ? 'smtp.office365.com' : 'outlook.office365.com');
    const port = account[protocol]?.port ?? { pop3: 995, imap: 993, smtp: 587 }[protocol];
    const names = STEPS[protocol];
    progress({ event: 'started', accountId, protocol, host, port, steps: names });
    const needed = (protocol === 'smtp' ? account.row.sending : account.row.reception).state !== 'not-needed';
    const idle = !needed && fate.idle === true;
    if (fate.holds === 'waiting') {
      progress({ event: 'waiting', accountId, protocol, seconds: 4 });
      await Promise.race([new Promise<never>(() => {}), stopped]);
    }
    const steps: StepView[] = [];
    for (const step of names) {
      const failed = steps.some((each) => each.outcome === 'failed');
      if (failed || (idle && (step === 'auth' || step === 'mailbox'))) {
        steps.push({ step, outcome: 'not-reached', ms: null });
        continue;
      }
      progress({ event: 'step', accountId, protocol, step: { step, outcome: 'running', ms: null } });
      await Promise.race([fate.holds === step ? new Promise<never>(() => {}) : pause(), stopped]);
      const done: StepView = { step, outcome: step === fate.fails ? 'failed' : 'ok', ms: MS[step] };
      steps.push(done);
      progress({ event: 'step', accountId, protocol, step: done });
    }
    const failed = fate.fails !== null;
    if (failed && needed && fate.probes !== undefined) {
      progress({ event: 'probing', accountId, protocol });
      await Promise.race([fate.holds === 'probes' ? new Promise<never>(() => {}) : pause(), stopped]);
    }
    const report: ProtocolReport = {
      protocol, host, port, steps,
      result: idle ? 'not_needed' : !failed ? 'ok' : needed ? 'failed' : 'not_needed',
      problem: fate.diagnosis?.cause ?? null,
      raw: fate.diagnosis?.raw ?? null,
      diagnosis: fate.diagnosis ?? null,
      obstacle: fate.obstacle ?? null,
      messages: protocol === 'pop3' && !failed && !idle ? 12 : null,
      probes: failed && needed ? (fate.probes ?? []) : [],
      evidence: fate.obstacle === undefined ? evidenceOf(protocol, host, port, fate, now()) : null,
    };
    progress({ event: 'ended', accountId, report });
    if (needed) {
      const side = failed && fate.diagnosis !== undefined
        ? { state: 'failed' as const, at: now(), protocol, diagnosis: fate.diagnosis }
        : { state: 'ok' as const, at: now() };
      if (protocol === 'smtp') account.row.sending = side;
      else account.row.reception = side;
    }
    return report;
  }

  async function check(ids: number[], progress: (event: CheckEvent) => void): Promise<CheckReport[]> {
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(problem('cancelled'));
    });
    stopped.catch(() => null);
    const reports: CheckReport[] = [];
    for (const id of ids.length === 0 ? [...accounts.keys()] : ids) {
      const account = find(id);
      const protocols = await Promise.all(
        (['pop3', 'smtp'] as const).map((protocol) =>
          walk(account, protocol, state.checks[protocol] ?? { fails: null }, progress, stopped),
        ),
      );
      const report = { account: account.row.address, accountId: id, at: now(), ms: 1240, protocols };
      lastChecks.set(id, report);
      reports.push(report);
    }
    return reports;
  }

  const authorizeWith: Backend['authorize'] = async (id, progress) => {
    const account = find(id);
    needVault();
    const { consent } = state;
    if (typeof consent === 'object' && consent.code === 'client-id-missing') throw consent;
    let stop = (): void => {};
    let bring = (): void => {};
    const cancelled = new Promise<never>((_, reject) => (stop = () => reject(problem('cancelled'))));
    const pasted = new Promise<void>((resolve) => (bring = resolve));
    cancelled.catch(() => null);
    consents.set(id, { stop, bring, tell: progress });
    const url = 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=3f1c8a52';
    const moment = now() + practice.aheadDays * DAY;
    if (consent === 'loopback-failed') {
      const swallowed = problem('loopback-blocked', { address: '127.0.0.1:50123' });
      progress({ event: 'loopback-failed', url, deadline: moment + 581, problem: swallowed });
    } else {
      const helpAt = moment + (consent === 'helps' ? 0 : 30);
      progress({ event: 'opening', url, deadline: moment + 581, helpAt });
    }
    if (consent === 'browser-not-opened') progress({ event: 'browser-not-opened' });
    const waits = ['waits', 'helps', 'loopback-failed', 'browser-not-opened', 'code-expires'];
    if (typeof consent === 'string' && waits.includes(consent)) await Promise.race([cancelled, pasted]);
    await Promise.race([pause(), cancelled]);
    progress({ event: 'returned' });
    if (consent === 'redeems') await cancelled;
    progress({ event: 'checking' });
    if (consent === 'checks') await cancelled;
    await Promise.race([pause(), cancelled]);
    if (typeof consent === 'object') throw consent;
    const renewedAt = now() + practice.aheadDays * DAY;
    account.row.authorization = { state: 'authorized', renewedAt, validUntil: renewedAt + 90 * DAY, daysLeft: 90, nextRenewal: renewedAt + 7 * DAY };
    account.row.warning = null;
    return clone(account);
  };

  const backupOf = (part: Partial<BackupView>): BackupView => {
    return { path: 'ninka-backup.age', version: '0.1.0', madeAt: now() - DAY, accounts: 6, without: 0, here: accounts.size, ...part };
  };

  const lastCheck: Backend['lastCheck'] = async (id) => {
    if (!state.kept || lastChecks.has(id) || find(id).row.sending.state !== 'failed') return clone(lastChecks.get(id) ?? null);
    const [report] = await check([id], () => {});
    return report === undefined ? null : { ...report, at: now() - DAY };
  };
  const support = desk(state, now, find, lastCheck);

  const unlock = async (next: AppView['vault']): Promise<AppView> => {
    await pause();
    vault = next;
    return app();
  };

  return {
    appState: async () => {
      if (state.start !== null) throw state.start;
      return app();
    },
    accounts: async () => [...accounts.values()].map((account) => clone(account.row)),
    account: async (id) => clone(find(id)),
    saveAccount: save,
    removeAccount: async (id) => {
      find(id);
      accounts.delete(id);
    },
    undoSwitch: async (id) => {
      const account = aside.get(id);
      if (account === undefined) throw problem('nothing-to-undo');
      aside.delete(id);
      accounts.set(id, account);
      return clone(account);
    },
    revoke: async (id) => {
      const account = find(id);
      account.row.authorization = { state: 'none' };
      account.row.warning = null;
      return { account: clone(account), page: 'https://myapps.microsoft.com/' };
    },
    authorize: authorizeWith,
    followConsent: () => Promise.reject(problem('consent-over')),
    cancelAuthorize: async (id) => consents.get(id)?.stop(),
    consentOpen: async () => {},
    consentPaste: async (id, address) => {
      if (!address.startsWith('http://localhost:')) throw problem('paste-not-an-address');
      consents.get(id)?.bring();
    },
    consentDeviceCode: async (id) => {
      const { tell } = consents.get(id) ?? { tell: () => {} };
      tell(deviceCode(now()));
      if (state.consent === 'code-expires') tell({ event: 'device-ended', problem: problem('device-code-expired') });
    },
    browsers: async () => BROWSERS,
    approval: async (id) => approvalOf(settings.clientId, find(id).row.address),
    check,
    cancelCheck: async () => {
      stop?.();
      support.cancel();
    },
    lastCheck,
    accountKind: async (address) => {
      if (state.kind === 'waits') return new Promise(() => {});
      return settings.askAccountKind ? kindOf(address) : { kind: 'unknown', found: 'not-asked', password: null };
    },
    cancelAccountKind: async () => {},
    proposeServers: async (address, purpose) => {
      if (state.kind === 'waits') return new Promise(() => {});
      await pause();
      return proposalOf(address, purpose, settings.askAccountKind);
    },
    cancelProposeServers: async () => {},
    prove: (id, progress) => {
      find(id);
      const stopped = new Promise<never>((_, reject) => {
        stop = () => reject(problem('cancelled'));
      });
      stopped.catch(() => null);
      return proofOf(address.searchParams.get('proof') ?? 'arrived', pause, progress, stopped);
    },
    guided: async () => GUIDED,
    makeHandOver: async (holds) => handOverOf(holds),
    readHandOver: async (text) => readHandOver(text),
    saveHandOver: async () => 'C:\\Users\\hana\\Downloads\\ninka-hand-over.ninka',
    saveScript: async () => 'C:\\Users\\hana\\Downloads\\ninka-script.html',
    previewImport: async () => {
      await pause();
      return tableOf(address.searchParams.get('table'));
    },
    importAccounts: async () => {
      const table = tableOf(address.searchParams.get('table'));
      for (const { address: mail, name, purpose, oauth } of table.rows) {
        const writing = { charset: 'iso-2022-jp', guard: 'replace' } as const;
        await save({ id: null, revision: null, address: mail, name, purpose, oauth, signsIn: null, user: '', password: null, pop3: null, imap: null, smtp: null, writing });
      }
      return table;
    },
    exportAccounts: async () => 'C:\\Users\\hana\\Downloads\\ninka-accounts.csv',
    backUp: async () => {
      await pause();
      return backupOf({ path: 'C:\\Users\\hana\\Downloads\\ninka-backup.age', without: state.vault === null ? 0 : 1 });
    },
    inspectBackup: async (_, passphrase) => {
      await pause();
      if (passphrase !== 'correct horse battery') throw problem('passphrase-wrong');
      return backupOf({});
    },
    restoreBackup: async () => {
      await pause();
      if (accounts.size > 0) throw problem('restore-not-empty', { count: String(accounts.size) });
      return backupOf({});
    },
    saveSettings: async (next) => {
      if (next.clientId !== '' && !/^[0-9a-f-]{36}$/u.test(next.clientId)) {
        throw problem('setting-invalid', { key: 'client-id' });
      }
      if (next.cloud === 'custom' && !/^https?:\/\//u.test(next.authority)) {
        throw problem('setting-invalid', { key: 'authority' });
      }
      Object.assign(settings, next);
      practice.liveClientId = next.clientId;
      return app();
    },
    vaultRetry: () => unlock(vault),
    vaultUnlock: async (passphrase) => {
      if (passphrase !== 'correct horse battery') throw problem('passphrase-wrong');
      return unlock({ state: 'passphrase' });
    },
    vaultSetPassphrase: () => unlock({ state: 'passphrase' }),
    vaultUseSession: () => unlock({ state: 'session' }),
    previewMail: async (request) => previewOf(request),
    ...support,
    ...people.backend,
    explainError: async (text) => {
      const diagnosis = text.includes('SmtpClientAuthentication') ? SMTP_OFF : /logon failure/iu.test(text) ? PASSWORD_OR_POP : UNKNOWN;
      return { diagnosis: { ...diagnosis, raw: '' }, cut: false };
    },
    copyText: async (text) => {
      (globalThis as { copied?: string }).copied = text;
    },
    openHelp: async () => {},
    openHandbook: async () => {},
    practice: async () => practiceView(),
    practiceSetFault: async (fault) => {
      practice.fault = fault;
      return practiceView();
    },
    practiceAdvance: async (days) => {
      practice.aheadDays += days;
      for (const { row } of accounts.values()) row.authorization = later(row.authorization, days);
      return practiceView();
    },
    practiceReset: async () => {
      practice.aheadDays = 0;
      practice.fault = null;
      accounts.clear();
      return practiceView();
    },
    restart: async () => {},
    logFault: async () => {},
    shellState: async () => ({ ...shell }),
    takeWishes: async () => wishes.splice(0),
    setAutostart: async (on) => {
      shell.autostart = on;
      shell.offersAutostart = false;
      return { ...shell };
    },
    autostartOffered: async () => {
      shell.offersAutostart = false;
    },
    closeWindow: async () => {},
    quit: async () => {},
    onWished: async () => () => {},
    onEnding: async (listener) => {
      if (address.searchParams.has('ending')) listener();
      return () => {};
    },
    onAccountsChanged: async () => () => {},
  };
}

/** An authorization some days later. */
function later(held: AuthorizationState, days: number): AuthorizationState {
  if (held.state !== 'authorized') return held;
  const daysLeft = held.daysLeft - days;
  return daysLeft < 0 ? { state: 'lapsed', since: held.validUntil } : { ...held, daysLeft };
}

/** The faults that the core finds, as far as the screens' tests need them. */
function faultsOf(request: SaveAccount, others: AccountView[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const address = request.address.trim();
  const taken = others.some(({ row }) => row.id !== request.id && row.address.toLowerCase() === address.toLowerCase());
  if (address === '') faults.push({ field: 'address', code: 'missing' });
  else if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(address)) faults.push({ field: 'address', code: 'not-an-address' });
  else if (taken) faults.push({ field: 'address', code: 'address-taken' });
  if (request.oauth) return faults;
  const stored = others.some(({ row, passwordStored }) => row.id === request.id && passwordStored);
  if (request.password === null && !stored) faults.push({ field: 'password', code: 'missing' });
  for (const protocol of ['pop3', 'imap', 'smtp'] as const) {
    const port = request[protocol]?.port ?? 1;
    if (port < 1 || port > 65_535) faults.push({ field: `${protocol}-port`, code: 'not-a-port' });
  }
  const receives = request.purpose === 'unspecified' || request.purpose === 'order-receiving';
  if (receives && request.pop3 === null && request.imap === null) faults.push({ field: 'pop3-host', code: 'missing' });
  if (request.purpose !== 'order-receiving' && request.smtp === null) faults.push({ field: 'smtp-host', code: 'missing' });
  return faults;
}

