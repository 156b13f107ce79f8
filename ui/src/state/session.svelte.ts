// What the whole window shares: the program's state, where the user is, who is asked before leaving,
// the vault's question, the practice bar and what screen readers hear.

import { asProblem, type Backend } from '../backend/backend';
import type { AccountRow } from '../generated/AccountRow';
import type { AppView } from '../generated/AppView';
import type { HandOverView } from '../generated/HandOverView';
import type { PracticeView } from '../generated/PracticeView';
import type { ProblemView } from '../generated/ProblemView';
import type { SettingsView } from '../generated/SettingsView';
import type { PermissionView } from '../generated/PermissionView';
import { setLanguage } from '../texts.svelte';
import { BulkCheck, BulkConsent } from './bulk.svelte';
import { Checks } from './checks.svelte';
import { Consents } from './consents.svelte';
import type { Typed } from './draft';
import { enough, held, watched, type Held } from './operators';
import { HandOvers } from './handover.svelte';
import { Outside } from './outside.svelte';

export type Route =
  | { screen: 'list'; from?: number }
  | { screen: 'form'; id: number | null; authorize?: boolean; prepared?: HandOverView; typed?: Typed }
  | { screen: 'guided'; id: number }
  | { screen: 'settings'; focus?: 'client-id' }
  | { screen: 'permissions' }
  | { screen: 'support' };

/** The ways on when the vault is not open. */
export type VaultWay =
  | { way: 'retry' }
  | { way: 'unlock'; passphrase: string }
  | { way: 'set'; passphrase: string }
  | { way: 'session' };

const VAULT_CODES = new Set([
  'keyring-missing',
  'keyring-locked',
  'keyring-refused',
  'keyring-key-lost',
  'passphrase-needed',
]);

export class Session {
  app = $state<AppView | null>(null);
  startProblem = $state<ProblemView | null>(null);
  practice = $state<PracticeView | null>(null);
  // Never changed in place: ten thousand rows need no watching one by one.
  rows = $state.raw<AccountRow[] | null>(null);
  rowsProblem = $state<ProblemView | null>(null);
  /**
   * How often the list was asked for, and which of these questions the rows answer: while many
   * accounts are checked there is always a later question, so that not only the last one counts.
   */
  private rowsAsked = 0;
  private rowsTaken = 0;
  route = $state<Route>({ screen: 'list' });
  vaultProblem = $state<ProblemView | null>(null);
  spoken = $state('');
  /** Who was signed in last at this window. */
  lastOperator = '';
  readonly backend: Backend;
  readonly checks: Checks;
  readonly consents: Consents;
  readonly bulkCheck: BulkCheck;
  readonly bulkConsent: BulkConsent;
  readonly outside: Outside;
  readonly handOvers: HandOvers;

  /** Asked before the user leaves a screen; answers whether leaving is fine. */
  guard: (() => Promise<boolean>) | null = null;
  /** Asked when the window is locked: what is typed on the screen and not saved, without passwords. */
  typed: (() => Typed | null) | null = null;
  /** What each operator had typed when the window was locked. It never leaves the memory. */
  private readonly aside = new Map<string, Typed>();
  private vaultAnswer: ((opened: boolean) => void) | null = null;
  private said = '';
  private clockOffset = $state(0);

  constructor(program: Backend) {
    const backend = watched(program, () => void this.locked());
    this.backend = backend;
    this.checks = new Checks(backend);
    this.consents = new Consents(backend);
    this.bulkCheck = new BulkCheck(this.checks);
    this.bulkConsent = new BulkConsent(this);
    this.outside = new Outside(this, backend);
    this.handOvers = new HandOvers(this, backend);
  }

  /** Loads what the first screen needs. */
  async start(): Promise<void> {
    this.startProblem = null;
    try {
      this.applyApp(await this.backend.appState());
    } catch (thrown) {
      this.startProblem = asProblem(thrown);
      return;
    }
    if (this.app?.practice === true) await this.loadPractice();
    await this.enter();
    await this.backend.onAccountsChanged(() => void this.loadRows());
  }

  /** Seconds since 1970, as the program's clock has them. */
  now(): number {
    return Math.floor(Date.now() / 1000) + this.clockOffset;
  }

  /** What whoever is signed in may do; everything where permissions are off. */
  get held(): Held {
    return held(this.app?.operators);
  }

  /** Whether that is as much as needed. */
  may(what: keyof Held, needed: PermissionView): boolean {
    return enough(this.held[what], needed);
  }

  async signIn(name: string, password: string): Promise<void> {
    this.applyApp(await this.backend.signIn(name, password));
    await this.enter();
  }

  /** Signs out. What is going on goes on. */
  async lock(): Promise<void> {
    if (this.guard !== null && !(await this.guard())) return;
    this.typed = null;
    await this.signOut();
  }

  /** The same without a question: nobody is there to answer it. */
  async signOut(): Promise<void> {
    const app = await this.backend.signOut();
    this.leave();
    this.applyApp(app);
  }

  /** Switches permissions on; whoever did is signed in. */
  async permissionsOn(name: string, password: string): Promise<void> {
    this.applyApp(await this.backend.permissionsOn(name, password));
  }

  async permissionsOff(): Promise<void> {
    this.applyApp(await this.backend.permissionsOff());
  }

  /** The program says that nobody is signed in, or not any more. */
  private async locked(): Promise<void> {
    const app = await this.backend.appState();
    if (app.operators.state !== 'signed-out' || this.app?.operators.state === 'signed-out') return;
    this.leave();
    this.applyApp(app);
  }

  /** Nothing that the next one may not see stays; what was typed waits for whoever typed it. */
  private leave(): void {
    const typed = this.typed?.() ?? null;
    if (typed !== null) this.aside.set(this.lastOperator, typed);
    this.guard = null;
    this.typed = null;
    this.route = { screen: 'list' };
    this.rows = null;
    // What was still asked for is not for whoever comes next.
    this.rowsTaken = ++this.rowsAsked;
  }

  /** The first screen of whoever is there now. */
  private async enter(): Promise<void> {
    if (this.app?.operators.state === 'signed-out') return;
    await this.loadRows();
    const typed = this.aside.get(this.lastOperator);
    this.aside.delete(this.lastOperator);
    this.route = this.allowed(typed === undefined ? this.route : { screen: 'form', id: typed.id, typed });
    if (this.may('accounts', 'edit')) this.takeUp();
  }

  /** The screen itself, or the one that says whom to ask for it. */
  private allowed(route: Route): Route {
    const accounts = (route.screen === 'list' || route.screen === 'form') && !this.may('accounts', 'view');
    const settings = route.screen === 'settings' && !this.may('settings', 'view');
    // Where nobody is signed in there is no screen yet: who comes is asked first.
    const open = this.app?.operators.state === 'signed-out' || !(accounts || settings);
    return open ? route : { screen: 'permissions' };
  }

  /** Reads the list again; an answer that a later question has overtaken is dropped. */
  async loadRows(): Promise<void> {
    if (!this.may('accounts', 'view')) return;
    const asked = ++this.rowsAsked;
    try {
      const rows = await this.backend.accounts();
      if (asked < this.rowsTaken) return;
      this.rowsTaken = asked;
      this.rows = rows;
      this.rowsProblem = null;
    } catch (thrown) {
      if (asked > this.rowsTaken) this.rowsProblem = asProblem(thrown);
    }
  }

  /** Goes to another screen, unless the one that is left holds the user back. */
  async go(route: Route): Promise<boolean> {
    if (this.guard !== null && !(await this.guard())) return false;
    this.guard = null;
    this.typed = null;
    this.route = this.allowed(route);
    return true;
  }

  /** Says something to screen readers. */
  announce(text: string): void {
    // The same sentence is spoken again only if the text differs; the space is not heard. What was
    // said is kept apart from the state, so that effects may announce without reading it.
    this.said = this.said === text ? `${text} ` : text;
    this.spoken = this.said;
  }

  /** Takes what changed beside this window: the settings, and how the program stands. */
  async refreshApp(): Promise<void> {
    this.applyApp(await this.backend.appState());
  }

  /** Saves the settings and shows the window in their language. */
  async saveSettings(settings: SettingsView): Promise<void> {
    this.applyApp(await this.backend.saveSettings(settings));
  }

  /** Does something that needs the vault; asks the user to open it where it is closed. */
  async withVault<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (!VAULT_CODES.has(problem.code) || !(await this.askForVault(problem))) throw thrown;
      return await action();
    }
  }

  /** Shows the vault's question; answers whether it is open now. */
  askForVault(problem: ProblemView): Promise<boolean> {
    this.vaultProblem = problem;
    return new Promise((resolve) => {
      this.vaultAnswer = resolve;
    });
  }

  /** Takes one of the ways on; answers the problem that is left. */
  async openVault(way: VaultWay): Promise<ProblemView | null> {
    try {
      this.applyApp(await this.take(way));
    } catch (thrown) {
      return asProblem(thrown);
    }
    const vault = this.app?.vault;
    if (vault?.state === 'closed') return vault.problem;
    this.closeVault(true);
    void this.loadRows();
    return null;
  }

  /** Closes the vault's question without an answer. */
  closeVault(opened = false): void {
    this.vaultProblem = null;
    this.vaultAnswer?.(opened);
    this.vaultAnswer = null;
  }

  /** Does something with the practice tenant and shows what came of it. */
  async practise(action: (backend: Backend) => Promise<PracticeView>): Promise<void> {
    this.applyPractice(await action(this.backend));
    await this.loadRows();
  }

  /** Takes up the consents that a window before this one asked for, and shows them again. */
  private takeUp(): void {
    for (const { id, address, signsIn, authorization } of this.rows ?? []) {
      if (authorization.state !== 'being-authorized') continue;
      const consent = this.consents.of(id, address, signsIn);
      const seen = (): void => {
        consent.shown = true;
        if (this.route.screen === 'list') void this.go({ screen: 'form', id });
      };
      void consent.follow(seen).then((account) => {
        if (account !== null) void this.checks.check([id], false);
        void this.loadRows();
      });
    }
  }

  private take(way: VaultWay): Promise<AppView> {
    switch (way.way) {
      case 'retry':
        return this.backend.vaultRetry();
      case 'unlock':
        return this.backend.vaultUnlock(way.passphrase);
      case 'set':
        return this.backend.vaultSetPassphrase(way.passphrase);
      case 'session':
        return this.backend.vaultUseSession();
    }
  }

  private applyApp(app: AppView): void {
    this.app = app;
    if (app.operators.state === 'signed-in') this.lastOperator = app.operators.operator.name;
    setLanguage(app.language === 'en' ? 'en' : 'ja');
  }

  private async loadPractice(): Promise<void> {
    try {
      this.applyPractice(await this.backend.practice());
    } catch {
      // The banner still says that this is practice; only its switches are missing.
      this.practice = null;
    }
  }

  private applyPractice(practice: PracticeView): void {
    this.practice = practice;
    this.clockOffset = practice.aheadDays * 86_400;
  }
}
