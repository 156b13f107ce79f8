// Asking for Microsoft's consent for one account, from the click to the end, and the other ways
// there and back that are tried meanwhile. The dialog shows it; hiding the dialog ends nothing.

import { asProblem, type Backend, type BrowserChoice } from '../backend/backend';
import type { AccountView } from '../generated/AccountView';
import type { ApprovalView } from '../generated/ApprovalView';
import type { BrowserView } from '../generated/BrowserView';
import type { ConsentEvent } from '../generated/ConsentEvent';
import type { ProblemView } from '../generated/ProblemView';

export type ConsentPhase = 'preparing' | 'waiting' | 'redeeming' | 'failed' | 'done';

/** A way that has a page of its own in the dialog. */
export type Way = 'browsers' | 'device' | 'paste' | 'admin';

export type DeviceCode = Omit<Extract<ConsentEvent, { event: 'device-code' }>, 'event'>;

/** How long the next attempt waits for the one that was cancelled, in milliseconds. */
const TIDY_MS = 3000;

export class Consent {
  /** Whether the dialog is shown. */
  shown = $state(false);
  phase = $state<ConsentPhase>('done');
  url = $state<string | null>(null);
  deadline = $state<number | null>(null);
  /** When help unfolds by itself. */
  helpAt = $state<number | null>(null);
  /** Help was unfolded, or folded again, by hand. */
  helpOpen = $state<boolean | null>(null);
  browserNotOpened = $state(false);
  /** The new authorization is being tried out. */
  checking = $state(false);
  /** Why nothing can come back by itself. */
  loopback = $state<ProblemView | null>(null);
  /** Why it failed in the end. */
  problem = $state<ProblemView | null>(null);

  way = $state<Way | null>(null);
  /** What the way at hand met. */
  wayProblem = $state<ProblemView | null>(null);
  wayBusy = $state(false);
  device = $state<DeviceCode | null>(null);
  browsers = $state<BrowserView[] | null>(null);
  opened = $state<BrowserChoice | null>(null);
  approval = $state<ApprovalView | null>(null);

  private attempt = 0;
  private before: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly backend: Backend,
    readonly id: number,
    readonly address: string,
    /** Who signs in for a shared mailbox; empty for anybody. */
    readonly signsIn: string | null = null,
  ) {}

  /** Whether an answer is waited for. */
  get running(): boolean {
    return this.phase === 'preparing' || this.phase === 'waiting' || this.phase === 'redeeming';
  }

  /** Asks for consent; answers the account, or `null` when it failed or was cancelled. */
  async ask(withVault: <T>(action: () => Promise<T>) => Promise<T>): Promise<AccountView | null> {
    const attempt = this.begin();
    this.shown = true;
    await Promise.race([this.before, new Promise((resolve) => setTimeout(resolve, TIDY_MS))]);
    if (attempt !== this.attempt) return null;
    return this.until(attempt, withVault(() => this.backend.authorize(this.id, this.taking(attempt))));
  }

  /** Takes up what a window before this one asked for; `seen` is called once it has something to show. */
  async follow(seen: () => void): Promise<AccountView | null> {
    const attempt = this.begin();
    const take = this.taking(attempt);
    let heard = false;
    const call = this.backend.followConsent(this.id, (event) => {
      take(event);
      if (!heard) seen();
      heard = true;
    });
    return this.until(attempt, call);
  }

  private begin(): number {
    this.phase = 'preparing';
    this.url = null;
    this.deadline = null;
    this.helpAt = null;
    this.helpOpen = null;
    this.browserNotOpened = false;
    this.checking = false;
    this.loopback = null;
    this.problem = null;
    this.device = null;
    this.leaveWay();
    this.attempt += 1;
    return this.attempt;
  }

  private taking(attempt: number): (event: ConsentEvent) => void {
    return (event) => {
      if (attempt === this.attempt) this.take(event);
    };
  }

  /** Waits for the end of an attempt; answers the account, or `null` when it failed or was cancelled. */
  private async until(attempt: number, call: Promise<AccountView>): Promise<AccountView | null> {
    this.before = call.catch(() => null);
    try {
      const account = await call;
      if (attempt === this.attempt) this.end('done');
      return account;
    } catch (thrown) {
      if (attempt !== this.attempt) return null;
      const problem = asProblem(thrown);
      if (problem.code === 'cancelled' || problem.code === 'consent-over') {
        this.end('done');
      } else {
        this.phase = 'failed';
        this.problem = problem;
        // The administrator's approval outlasts the wait.
        if (this.way !== 'admin') this.leaveWay();
      }
      return null;
    }
  }

  /** Hides the dialog; what is waited for goes on. */
  hide(): void {
    this.shown = false;
  }

  /** Ends the attempt, or puts a failed one away. */
  close(): void {
    const { running } = this;
    this.attempt += 1;
    this.end('done');
    if (running) void this.backend.cancelAuthorize(this.id).catch(() => null);
  }

  /** Ends an attempt that some other window began, so that a new one can be made. */
  async takeOver(): Promise<void> {
    await this.backend.cancelAuthorize(this.id).catch(() => null);
  }

  /** Shows a way's page. */
  async go(way: Way): Promise<void> {
    this.way = way;
    this.wayProblem = null;
    switch (way) {
      case 'browsers':
        this.opened = null;
        this.browsers = (await this.trying(() => this.backend.browsers())) ?? [];
        break;
      case 'device':
        if (this.device === null) await this.newCode();
        break;
      case 'paste':
        break;
      case 'admin':
        this.approval = (await this.trying(() => this.backend.approval(this.id))) ?? null;
        break;
    }
  }

  /** Back from a way's page to all of them. */
  leaveWay(): void {
    this.way = null;
    this.wayProblem = null;
    this.wayBusy = false;
  }

  /** Asks for a code for another device; it comes as an event. */
  async newCode(): Promise<void> {
    this.device = null;
    await this.trying(() => this.backend.consentDeviceCode(this.id));
  }

  /** Opens the page again; answers whether it was opened. */
  async openAgain(choice: BrowserChoice | null): Promise<boolean> {
    const opened = await this.trying(async () => {
      await this.backend.consentOpen(this.id, choice);
      return true;
    });
    if (opened === true) {
      this.opened = choice;
      this.browserNotOpened = false;
    }
    return opened === true;
  }

  /** Takes the final address. */
  async paste(address: string): Promise<void> {
    await this.trying(() => this.backend.consentPaste(this.id, address));
  }

  private async trying<T>(action: () => Promise<T>): Promise<T | undefined> {
    const { attempt } = this;
    this.wayProblem = null;
    this.wayBusy = true;
    try {
      return await action();
    } catch (thrown) {
      if (attempt === this.attempt && this.phase !== 'failed') this.wayProblem = asProblem(thrown);
      return undefined;
    } finally {
      this.wayBusy = false;
    }
  }

  private end(phase: ConsentPhase): void {
    this.phase = phase;
    this.shown = false;
    this.leaveWay();
  }

  private take(event: ConsentEvent): void {
    switch (event.event) {
      case 'opening':
        this.url = event.url;
        this.deadline = event.deadline;
        this.helpAt = event.helpAt;
        this.phase = 'waiting';
        break;
      case 'loopback-failed':
        this.url = event.url;
        this.deadline = event.deadline;
        this.loopback = event.problem;
        this.phase = 'waiting';
        break;
      case 'browser-not-opened':
        this.browserNotOpened = true;
        break;
      case 'deadline':
        this.deadline = event.deadline;
        break;
      case 'device-code': {
        const { event: _, ...code } = event;
        this.device = code;
        this.wayProblem = null;
        this.deadline = Math.max(this.deadline ?? 0, code.deadline);
        break;
      }
      case 'device-ended':
        this.device = null;
        this.way = 'device';
        this.wayProblem = event.problem;
        break;
      case 'checking':
        this.checking = true;
        break;
      case 'returned':
        this.phase = 'redeeming';
        this.leaveWay();
        break;
    }
  }
}
