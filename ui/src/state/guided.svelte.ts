// The guide through an authorization: which page is shown, and what moves it. The consent itself is
// the session's, so that leaving the guide ends nothing; the guide only follows it.

import { asProblem } from '../backend/backend';
import type { AccountView } from '../generated/AccountView';
import type { GuidedPageView } from '../generated/GuidedPageView';
import type { ProblemView } from '../generated/ProblemView';
import type { Consent } from './consent.svelte';
import type { Session } from './session.svelte';

/** The steps by name. */
const FIRST = 1;
const OPEN = 2;
const ACCOUNT = 3;
const BACK = 7;
const CHECK = 8;
const DONE = 9;

/** With one of these, an administrator's approval is missing. */
const APPROVAL = ['admin_consent_required', 'consent_missing', 'app_not_in_tenant', 'user_not_assigned_to_app'];
const ASIDES: [page: string, codes: string[]][] = [
  ['guided-page-admin', APPROVAL],
  ['guided-page-declined', ['user_declined_consent', 'user_cancelled']],
  ['guided-page-other-account', ['wrong-account-signed-in', 'wrong-person-signed-in']],
  ['guided-page-no-phone', ['mfa_required', 'mfa_enrollment_required']],
  ['guided-page-closed', ['consent-timed-out']],
];

/** The page that says what to do about a consent that failed; `null` where its own words are all there is. */
export function asideFor(problem: ProblemView): string | null {
  const causes = problem.diagnosis?.candidates ?? [problem.code];
  return ASIDES.find(([, codes]) => causes.some((cause) => codes.includes(cause)))?.[0] ?? null;
}

export class Guided {
  account = $state<AccountView | null>(null);
  pages = $state.raw<GuidedPageView[]>([]);
  step = $state(FIRST);
  /** The way round that was chosen, or that a failure led to. */
  aside = $state<string | null>(null);
  /** Why the guide cannot begin. */
  problem = $state.raw<ProblemView | null>(null);
  /** The check has ended; not all of it may be well. */
  checked = $state(false);

  /** The browser is to be chosen as soon as one can be opened. */
  private choosing = false;

  constructor(private readonly session: Session) {}

  /** The account's consent, if one was asked for. */
  get consent(): Consent | null {
    return this.session.consents.get(this.account?.row.id);
  }

  /** How many steps there are. */
  get total(): number {
    return this.pages.filter(({ aside }) => !aside).length;
  }

  /** The page that is shown. */
  get page(): GuidedPageView | null {
    const named = this.pages.find(({ name }) => name === this.aside);
    return named ?? this.pages.find(({ step, aside }) => step === this.step && !aside) ?? null;
  }

  /** The ways round that belong to the step at hand; while the browser is waited for, all of them. */
  get asides(): GuidedPageView[] {
    return this.pages.filter(({ step, aside }) => aside && (this.step === BACK ? step > OPEN : step === this.step));
  }

  /** Whether both sides are as the account's purpose needs them. */
  get well(): boolean {
    const { row } = this.account ?? {};
    return row !== undefined && [row.reception, row.sending].every(({ state }) => state === 'ok' || state === 'not-needed');
  }

  get canGoOn(): boolean {
    if (this.step === FIRST) return true;
    return this.consent?.phase === 'waiting' && this.step > OPEN && this.step < BACK;
  }

  get canGoBack(): boolean {
    return this.aside !== null || this.step === OPEN || (this.step > ACCOUNT && this.step <= BACK && this.consent?.phase === 'waiting');
  }

  async load(id: number): Promise<void> {
    try {
      [this.pages, this.account] = await Promise.all([this.session.backend.guided(), this.session.backend.account(id)]);
      // One that is under way is taken up where it is known to be.
      if (this.consent?.running === true) this.step = ACCOUNT;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  next(): void {
    if (this.canGoOn) this.show(this.step + 1);
  }

  back(): void {
    if (this.aside !== null) this.leaveAside();
    else if (this.canGoBack) this.show(this.step - 1);
  }

  /** Shows what to do when something else is on the screen. */
  turn(aside: string): void {
    this.consent?.leaveWay();
    this.aside = aside;
  }

  /** Asks for consent, from the opening of the browser to two green marks. */
  async open(): Promise<void> {
    const { account } = this;
    if (account === null) return;
    this.show(OPEN);
    const { id, address, signsIn } = account.row;
    const consent = this.session.consents.of(id, address, signsIn);
    consent.close();
    const authorized = await consent.ask((action) => this.session.withVault(action));
    if (authorized === null) return;
    this.account = authorized;
    await this.check();
  }

  /** Asks for consent once more, and stops where the browser is chosen. */
  async openElsewhere(): Promise<void> {
    this.choosing = true;
    await this.open();
  }

  /** Checks the connection; ends at the last page when all is well. */
  async check(): Promise<void> {
    const id = this.account?.row.id;
    if (id === undefined) return;
    this.show(CHECK);
    this.checked = false;
    await this.session.checks.check([id], false);
    try {
      this.account = await this.session.backend.account(id);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.checked = true;
    void this.session.loadRows();
    if (this.well) this.show(DONE);
  }

  /** Follows what became of the consent. */
  follow(): void {
    const { consent } = this;
    if (consent === null || this.step >= CHECK) return;
    if (consent.phase === 'redeeming') this.show(BACK);
    else if (consent.phase === 'failed' && consent.problem !== null) this.aside = asideFor(consent.problem);
    else if (consent.phase !== 'waiting') return;
    else if (consent.loopback !== null) this.aside = 'guided-page-unreachable';
    else if (consent.browserNotOpened && this.step === OPEN) this.aside = 'guided-page-not-opened';
    else if (this.step === OPEN) this.show(ACCOUNT);
    if (!this.choosing || consent.phase !== 'waiting') return;
    this.choosing = false;
    this.aside = 'guided-page-other-account';
    void consent.go('browsers');
  }

  /** The page was opened again: it begins anew. */
  reopened(): void {
    this.show(ACCOUNT);
  }

  private show(step: number): void {
    this.aside = null;
    this.step = step;
  }

  private leaveAside(): void {
    this.consent?.leaveWay();
    this.aside = null;
  }
}
