// The states that the fake backend can start in, named in the address: `?scene=list-mixed`.
// Times count back from the moment the scene starts, so that pictures can fix the clock.

import type { AccountView } from '../generated/AccountView';
import type { AuthorizationState } from '../generated/AuthorizationState';
import type { DiagnosisView } from '../generated/DiagnosisView';
import type { EndpointView } from '../generated/EndpointView';
import type { KindView } from '../generated/KindView';
import type { LimitView } from '../generated/LimitView';
import type { OperatorView } from '../generated/OperatorView';
import type { ProbeView } from '../generated/ProbeView';
import type { Protocol } from '../generated/Protocol';
import type { ProblemView } from '../generated/ProblemView';
import type { PurposeView } from '../generated/PurposeView';
import type { SideView } from '../generated/SideView';
import type { WarningView } from '../generated/WarningView';

const DAY = 86_400;

/** How a protocol's check goes. */
export interface Fate {
  /** The step that fails; `null` where all pass. */
  fails: 'connect' | 'tls' | 'auth' | null;
  diagnosis?: DiagnosisView;
  /** The check stays at this step for ever. */
  holds?: 'tls' | 'auth' | 'probes' | 'waiting';
  /** Where it is not needed: nobody signs in. */
  idle?: boolean;
  /** What is asked beside the failure. */
  probes?: ProbeView[];
  obstacle?: ProblemView;
}

export interface Scene {
  accounts: AccountView[];
  checks: Partial<Record<Protocol, Fate>>;
  consent: 'succeeds' | 'waits' | 'helps' | 'loopback-failed' | 'code-expires' | 'redeems' | 'checks' | 'browser-not-opened' | ProblemView;
  practice: boolean;
  clientId: string;
  vault: ProblemView | null;
  start: ProblemView | null;
  fault: string | null;
  /** Whether the question whose account it is is answered. */
  kind: 'answers' | 'waits';
  /** Whether the account with the red row has a history. */
  history: boolean;
  /** Whether the red row's last check, of the day before, is kept with all that it saw. */
  kept: boolean;
  /** Whether the desk has cases. */
  cases: boolean;
  /** How the test of this computer goes. */
  selfTest: 'well' | 'faulty' | 'holds';
  /** Where permissions are on: who there is, and who is signed in. */
  operators: OperatorView[];
  signedIn: string | null;
  /** Milliseconds between two events. */
  pace: number;
}

export function problem(code: string, params: Record<string, string> = {}): ProblemView {
  const text = `problem-${code}`;
  return { code, text, params, retry: 'now', fields: [], diagnosis: null, readout: '3T00-000H' };
}

export function diagnosis(cause: string, whoFixes: string, raw: string, others: string[] = []): DiagnosisView {
  return {
    cause,
    text: `cause-${cause.replaceAll('_', '-')}`,
    certain: others.length === 0,
    candidates: [cause, ...others],
    whoFixes,
    raw,
    readout: '40EJ-80GE',
  };
}

export const SMTP_OFF = diagnosis(
  'smtp_auth_disabled_tenant',
  'tenant_admin',
  '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]',
);
/** A text that fits nothing. */
export const UNKNOWN = diagnosis('unknown', 'owner', '');
export const PASSWORD_OR_POP = diagnosis(
  'basic_auth_retired',
  'owner',
  '-ERR Authentication failure: unknown user name or bad password.',
  ['bad_password', 'pop_disabled_for_mailbox'],
);
const LAPSED = diagnosis(
  'refresh_token_expired_inactive',
  'owner',
  'AADSTS700082: The refresh token has expired due to inactivity.',
);

/** The person signed in, and the mailbox stays closed. */
const NO_ACCESS = diagnosis(
  'shared_mailbox_no_access',
  'tenant_admin',
  '-ERR Authentication failure: unknown user name or bad password.',
  ['pop_disabled_for_mailbox'],
);

const NOT_SERVED = diagnosis(
  'port_not_served',
  'owner',
  '203.0.113.25:995: connection refused',
  ['firewall_blocks'],
);
const PORTS: ProbeView[] = [
  { asked: 'neighbour-port', host: 'pop.hana.example.jp', port: 110, found: 'pop3', detail: '+OK POP3 ready', ms: 84 },
  { asked: 'known-host', host: 'login.microsoftonline.com', port: 443, found: 'connected', detail: '', ms: 31 },
];
const INTERCEPTED = diagnosis('antivirus_tls_interception', 'owner', 'invalid peer certificate: UnknownIssuer');
const SHIELD = 'O=Shop Shield, CN=Shop Shield Root';
const CERTIFICATES: ProbeView[] = [
  { asked: 'known-certificate', host: 'login.microsoftonline.com', port: 443, found: 'untrusted', detail: SHIELD, ms: 63 },
  { asked: 'known-certificate', host: 'outlook.office365.com', port: 443, found: 'untrusted', detail: SHIELD, ms: 71 },
];

/** The password is refused, and whose account it is was asked. */
const NOT_MICROSOFTS = diagnosis('app_password_needed', 'owner', '-ERR [AUTH] Application-specific password required');
const WHOSE: ProbeView[] = [
  { asked: 'mail-hosts', host: 'hana.example.jp', port: 0, found: 'mail-elsewhere', detail: 'mx1.hana.example.jp', ms: 12 },
  { asked: 'user-realm', host: 'hana.example.jp', port: 443, found: 'realm-nobody', detail: '', ms: 96 },
];

/** Whose account an address is in the scenes. */
export function kindOf(address: string): KindView {
  const domain = address.split('@')[1]?.toLowerCase() ?? '';
  const since = (date: string): LimitView => ({ date, past: true, byDefault: false });
  switch (domain) {
    case 'hana-shop.example':
      return {
        kind: 'work', found: 'work',
        password: { reception: since('2022-10-01'), sending: { date: '2026-12-31', past: false, byDefault: true } },
      };
    case 'outlook.jp':
      return { kind: 'personal', found: 'personal', password: { reception: since('2024-09-16'), sending: since('2024-09-16') } };
    case 'hana-shop.exmaple':
      return { kind: 'other', found: 'no-domain', password: null };
    case 'hana-lab.example':
      return { kind: 'unknown', found: 'mail-elsewhere', password: null };
    case 'hana.example.jp':
      return { kind: 'other', found: 'other', password: null };
    default:
      return { kind: 'unknown', found: 'unknown', password: null };
  }
}

interface Sketch {
  id: number;
  address: string;
  name: string;
  purpose: PurposeView;
  authorization?: AuthorizationState;
  switched?: boolean;
  warning?: WarningView;
  reception?: SideView;
  sending?: SideView;
  smtp?: EndpointView;
  pop3?: EndpointView;
  signsIn?: string;
  signedInAs?: string;
}

function account(sketch: Sketch): AccountView {
  const { id, address, name, purpose } = sketch;
  const oauth = sketch.authorization !== undefined;
  const authorization = sketch.authorization ?? { state: 'none' };
  const unchecked: SideView = { state: 'unchecked' };
  const { reception = unchecked, sending = unchecked } = sketch;
  return {
    row: { id, address, name, purpose, oauth, signsIn: sketch.signsIn ?? null, switched: sketch.switched ?? false, authorization, warning: sketch.warning ?? null, reception, sending },
    revision: 1,
    user: '',
    signedInAs: sketch.signedInAs ?? null,
    passwordStored: !oauth,
    pop3: sketch.pop3 ?? null,
    imap: null,
    smtp: sketch.smtp ?? null,
    writing: { charset: 'iso-2022-jp', guard: 'replace' },
  };
}

function authorizedAt(now: number, daysLeft: number): AuthorizationState {
  const renewedAt = now - (90 - daysLeft) * DAY + 3600;
  const nextRenewal = Math.max(now, renewedAt + 7.3 * DAY);
  return { state: 'authorized', renewedAt, validUntil: renewedAt + 90 * DAY, daysLeft, nextRenewal };
}

function failingAt(now: number, daysLeft: number, why: ProblemView): AuthorizationState {
  const renewedAt = now - (90 - daysLeft) * DAY + 3600;
  return {
    state: 'failing', renewedAt, validUntil: renewedAt + 90 * DAY, daysLeft,
    since: now - 12 * DAY, attempts: 53, nextTry: now + 4 * 3600, problem: why,
  };
}

const OFFLINE = problem('sign-in-unreachable', { host: 'login.microsoftonline.com', detail: 'dns error' });

/** What has to be said at once, beside what renews itself. */
function warnings(now: number): AccountView[] {
  const at = now - 18 * 60;
  const [one, ...others] = mixed(now);
  return [
    ...(one === undefined ? [] : [one]),
    account({
      id: 2, address: 'info@hana-shop.example', name: 'お客様ご案内', purpose: 'sending', warning: 'ends-soon',
      authorization: failingAt(now, 7, OFFLINE), reception: { state: 'not-needed' }, sending: { state: 'ok', at },
    }),
    account({
      id: 3, address: 'yahoo@hana-shop.example', name: 'ヤフー店 注文受付', purpose: 'order-receiving', warning: 'refused',
      authorization: {
        state: 'refused', since: now - 2 * DAY,
        problem: { ...problem('refresh_token_expired_inactive'), text: LAPSED.text, diagnosis: LAPSED },
      },
      reception: { state: 'failed', at, protocol: 'pop3', diagnosis: LAPSED }, sending: { state: 'not-needed' },
    }),
    account({
      id: 4, address: 'news@hana-shop.example', name: 'お知らせメール', purpose: 'unspecified',
      authorization: failingAt(now, 74, OFFLINE), reception: { state: 'ok', at }, sending: { state: 'ok', at },
    }),
    account({
      id: 7, address: 'mall@hana-shop.example', name: 'モール店', purpose: 'order-receiving',
      authorization: { state: 'being-authorized', before: { state: 'none' } },
    }),
    ...others.filter(({ row }) => row.id === 5),
  ];
}

function mixed(now: number): AccountView[] {
  const at = now - 18 * 60;
  const ok: SideView = { state: 'ok', at };
  const off: SideView = { state: 'not-needed' };
  const authorized = (daysLeft: number): AuthorizationState => authorizedAt(now, daysLeft);
  const failed = (protocol: Protocol, why: DiagnosisView): SideView => {
    return { state: 'failed', at, protocol, diagnosis: why };
  };
  return [
    account({
      id: 1, address: 'order@hana-shop.example', name: '本店 注文受付', purpose: 'order-receiving',
      authorization: authorized(87), reception: ok, sending: off,
    }),
    account({
      id: 2, address: 'info@hana-shop.example', name: 'お客様ご案内', purpose: 'sending',
      authorization: authorized(9), reception: off, sending: ok,
    }),
    account({
      id: 3, address: 'yahoo@hana-shop.example', name: 'ヤフー店 注文受付', purpose: 'order-receiving',
      authorization: { state: 'lapsed', since: now - 3 * DAY }, reception: failed('pop3', LAPSED), sending: off,
    }),
    account({
      id: 4, address: 'news@hana-shop.example', name: 'お知らせメール', purpose: 'sending',
      authorization: authorized(62), reception: off, sending: failed('smtp', SMTP_OFF),
    }),
    account({
      id: 5, address: 'rakuten@hana-shop.example', name: '楽天店 送信', purpose: 'rakuten-sending',
      reception: off, sending: ok, smtp: { host: 'sub.fw.rakuten.ne.jp', port: 587, tls: 'starttls' },
    }),
    account({
      id: 6, address: 'shop@hana.example.jp', name: '旧店舗', purpose: 'unspecified',
      pop3: { host: 'pop.hana.example.jp', port: 995, tls: 'implicit' },
      smtp: { host: 'smtp.hana.example.jp', port: 587, tls: 'starttls' },
    }),
  ];
}

/** Accounts that were switched to OAuth: one is not authorized yet, one's check does not pass. */
function switched(now: number): AccountView[] {
  const others = mixed(now).filter(({ row }) => ![4, 6].includes(row.id));
  return [
    ...others,
    account({
      id: 4, address: 'news@hana-shop.example', name: 'お知らせメール', purpose: 'sending', switched: true,
      authorization: authorizedAt(now, 89), reception: { state: 'not-needed' },
      sending: { state: 'failed', at: now - 18 * 60, protocol: 'smtp', diagnosis: SMTP_OFF },
    }),
    account({
      id: 6, address: 'shop@hana.example.jp', name: '旧店舗', purpose: 'unspecified', switched: true,
      authorization: { state: 'none' },
    }),
  ];
}

const OPERATORS: OperatorView[] = [
  { id: 1, name: '山田', accounts: 'edit', settings: 'edit' },
  { id: 2, name: '佐藤 花子', accounts: 'view', settings: 'none' },
  { id: 3, name: '店長', accounts: 'edit', settings: 'view' },
  { id: 4, name: '手伝い', accounts: 'none', settings: 'none' },
];

/** Shared mailboxes: one in use, one that waits for another person, one that nobody opened yet. */
function sharedMailboxes(now: number): AccountView[] {
  const at = now - 18 * 60;
  const ok: SideView = { state: 'ok', at };
  const person = 'info@hana-shop.example';
  return [
    account({
      id: 11, address: 'madoguchi@hana-shop.example', name: '受注窓口', purpose: 'unspecified', signsIn: person, signedInAs: person,
      authorization: authorizedAt(now, 84), reception: ok, sending: ok,
    }),
    account({
      id: 12, address: 'kaitori@hana-shop.example', name: '買取窓口', purpose: 'order-receiving', signsIn: 'hanako@hana-shop.example', signedInAs: person,
      authorization: authorizedAt(now, 61), reception: { state: 'failed', at, protocol: 'pop3', diagnosis: NO_ACCESS }, sending: { state: 'not-needed' },
    }),
    account({
      id: 13, address: 'toiawase@hana-shop.example', name: 'お問い合わせ窓口', purpose: 'unspecified', signsIn: '', authorization: { state: 'none' },
    }),
    ...mixed(now).filter(({ row }) => row.id === 1),
  ];
}

const PASSES: Scene['checks'] = { pop3: { fails: null }, smtp: { fails: null } };

/** A scene by its name; an unknown name is the list. */
export function scene(name: string, now: number): Scene {
  const base: Scene = {
    accounts: mixed(now),
    checks: PASSES,
    consent: 'succeeds',
    practice: false,
    clientId: '3f1c8a52-7d0e-4b61-9a35-5c2e8d41b7f0',
    vault: null,
    start: null,
    fault: null,
    kind: 'answers',
    history: false,
    kept: false,
    cases: false,
    selfTest: 'well',
    operators: [],
    signedIn: null,
    pace: 90,
  };
  const several: Fate = { fails: 'auth', diagnosis: PASSWORD_OR_POP };
  const noAccess: Fate = { fails: 'auth', diagnosis: NO_ACCESS };
  const smtpOff: Fate = { fails: 'auth', diagnosis: SMTP_OFF };
  const scenes: Record<string, Partial<Scene>> = {
    'list-empty': { accounts: [] },
    'list-warnings': { accounts: warnings(now) },
    switched: { accounts: switched(now) },
    shared: { accounts: sharedMailboxes(now), consent: 'waits', checks: { pop3: noAccess, smtp: { fails: null } } },
    'kind-waits': { kind: 'waits' },
    'check-running': { checks: { pop3: { fails: null }, smtp: { fails: null, holds: 'auth' } } },
    'check-failed': { checks: { pop3: { fails: null }, smtp: smtpOff } },
    'check-several': { checks: { pop3: several, smtp: { fails: null } } },
    'check-reached': { checks: { pop3: { fails: null, idle: true }, smtp: { fails: null } } },
    'check-busy': { checks: { pop3: { fails: null, holds: 'waiting' }, smtp: { fails: null } } },
    'check-probing': {
      checks: {
        pop3: { fails: 'connect', diagnosis: NOT_SERVED, holds: 'probes', probes: PORTS },
        smtp: { fails: null },
      },
    },
    'check-probes': {
      checks: {
        pop3: { fails: 'connect', diagnosis: NOT_SERVED, probes: PORTS },
        smtp: { fails: 'tls', diagnosis: INTERCEPTED, probes: CERTIFICATES },
      },
    },
    'check-whose': {
      checks: {
        pop3: { fails: 'auth', diagnosis: NOT_MICROSOFTS, probes: WHOSE },
        smtp: { fails: null },
      },
    },
    'check-obstacle': {
      checks: {
        pop3: { fails: 'auth', obstacle: problem('password-missing') },
        smtp: { fails: 'auth', obstacle: problem('password-missing') },
      },
    },
    history: { history: true },
    cases: { kept: true, cases: true, checks: { pop3: { fails: null, idle: true }, smtp: smtpOff }, pace: 0 },
    'check-kept': { kept: true, checks: { pop3: { fails: null, idle: true }, smtp: smtpOff }, pace: 0 },
    'self-test-faulty': { selfTest: 'faulty' },
    'self-test-holds': { selfTest: 'holds' },
    'consent-waiting': { consent: 'waits' },
    'consent-help': { consent: 'helps' },
    'consent-loopback': { consent: 'loopback-failed' },
    'consent-code-expired': { consent: 'code-expires' },
    'consent-admin-needed': {
      consent: {
        ...problem('admin_consent_required'),
        text: 'cause-admin-consent-required',
        diagnosis: diagnosis('admin_consent_required', 'tenant_admin', 'AADSTS90094: The grant requires admin permission.'),
      },
    },
    'consent-redeeming': { consent: 'redeems' },
    'consent-checking': { consent: 'checks' },
    'consent-no-browser': { consent: 'browser-not-opened' },
    'consent-wrong-user': {
      consent: problem('wrong-account-signed-in', {
        expected: 'order@hana-shop.example',
        actual: 'private@example.org',
      }),
    },
    'consent-declined': {
      consent: {
        ...problem('user_declined_consent'),
        text: 'cause-user-declined-consent',
        diagnosis: diagnosis('user_declined_consent', 'owner', 'AADSTS65004: User declined to consent to access the app.'),
      },
    },
    'no-client-id': { clientId: '', consent: problem('client-id-missing') },
    'vault-missing': { vault: problem('keyring-missing') },
    'vault-locked': { vault: problem('passphrase-needed') },
    'start-newer': { start: problem('database-newer', { found: '7', supported: '3' }) },
    'signed-out': { operators: OPERATORS },
    'signed-in-full': { operators: OPERATORS, signedIn: '山田' },
    'signed-in-view': { operators: OPERATORS, signedIn: '佐藤 花子' },
    'signed-in-settings': { operators: OPERATORS, signedIn: '店長' },
    'signed-in-none': { operators: OPERATORS, signedIn: '手伝い' },
    practice: { practice: true, clientId: '' },
    'practice-empty': { practice: true, clientId: '', accounts: [] },
    'practice-fault': { practice: true, clientId: '', fault: 'smtp-auth-off-tenant' },
  };
  return { ...base, ...scenes[name] };
}
