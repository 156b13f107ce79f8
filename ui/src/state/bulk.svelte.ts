// Work on many accounts: checking them all, and authorizing one after another. Each can be paused,
// continued and cancelled, and ends with who came out how. It lives as long as the window, so that
// closing a dialog, another screen or another language ends nothing.

import type { AccountRow } from '../generated/AccountRow';
import type { ProblemView } from '../generated/ProblemView';
import type { Checks } from './checks.svelte';
import type { Consent } from './consent.svelte';
import type { Session } from './session.svelte';

export type Phase = 'idle' | 'running' | 'paused' | 'ended';

/** How one account came out. Ids of texts, not texts: the language may change. */
export interface Outcome {
  id: number;
  address: string;
  result: 'ok' | 'failed' | 'skipped' | 'open';
  /** The text that says why, with its parameters. */
  why: { text: string; params: ProblemView['params'] } | null;
}

/** Accounts on their way at once: a pause or a cancel comes after at most these. */
const TOGETHER = 24;

abstract class Bulk {
  phase = $state<Phase>('idle');
  outcomes = $state.raw<Outcome[]>([]);
  total = $state(0);
  cancelled = $state(false);

  protected waiting: AccountRow[] = [];
  private awake: (() => void) | null = null;

  get active(): boolean {
    return this.phase === 'running' || this.phase === 'paused';
  }

  /** Begins with these accounts; does nothing while it goes on. Ends when all of it has ended. */
  async start(rows: AccountRow[]): Promise<void> {
    if (this.active || rows.length === 0) return;
    this.waiting = [...rows];
    this.total = rows.length;
    this.outcomes = [];
    this.cancelled = false;
    this.phase = 'running';
    while (this.waiting.length > 0 && !this.cancelled) {
      if (this.held()) await new Promise<void>((resolve) => (this.awake = resolve));
      else await this.next();
    }
    this.add(this.waiting.map(({ id, address }) => ({ id, address, result: 'open', why: null })));
    this.waiting = [];
    this.phase = 'ended';
  }

  /** Begins nothing new; what has begun goes on. */
  pause(): void {
    if (this.phase === 'running') this.phase = 'paused';
  }

  /** Goes on after a pause. */
  resume(): void {
    if (this.phase !== 'paused') return;
    this.phase = 'running';
    this.wake();
  }

  /** Ends it; what has come out so far stays. */
  cancel(): void {
    if (!this.active) return;
    this.cancelled = true;
    this.stop();
    this.wake();
  }

  /** Puts the summary away. */
  forget(): void {
    if (this.phase !== 'ended') return;
    this.phase = 'idle';
    this.outcomes = [];
  }

  protected add(outcomes: Outcome[]): void {
    this.outcomes = [...this.outcomes, ...outcomes];
  }

  private held(): boolean {
    return this.phase === 'paused';
  }

  private wake(): void {
    this.awake?.();
    this.awake = null;
  }

  protected abstract next(): Promise<void>;
  protected abstract stop(): void;
}

/** Checks accounts, some at a time. */
export class BulkCheck extends Bulk {
  constructor(private readonly checks: Checks) {
    super();
  }

  /** How many have ended, with those of the check under way. */
  get done(): number {
    return this.outcomes.length + (this.active ? this.checks.done : 0);
  }

  protected async next(): Promise<void> {
    const now = this.waiting.splice(0, TOGETHER);
    await this.checks.check(now.map(({ id }) => id), true);
    this.add(now.map((row) => this.outcome(row)));
  }

  protected stop(): void {
    if (this.checks.running) void this.checks.cancel().catch(() => null);
  }

  private outcome({ id, address }: AccountRow): Outcome {
    const run = this.checks.runs.get(id);
    const reports = run?.tracks.flatMap(({ report }) => report ?? []) ?? [];
    const failed = reports.find(({ result }) => result === 'failed');
    const made = (result: Outcome['result'], why: Outcome['why'] = null): Outcome => ({ id, address, result, why });
    if (failed !== undefined) {
      const problem = failed.obstacle;
      if (failed.diagnosis !== null) return made('failed', { text: failed.diagnosis.text, params: {} });
      return made('failed', problem && { text: problem.text, params: problem.params });
    }
    const problem = run?.problem ?? null;
    if (problem !== null) return problem.code === 'cancelled' ? made('open') : made('failed', { text: problem.text, params: problem.params });
    return reports.length > 0 ? made('ok') : made('open');
  }
}

/** Authorizes accounts one after another: the next one at once after one has come out. */
export class BulkConsent extends Bulk {
  /** Whose turn it is. */
  consent = $state.raw<Consent | null>(null);

  private again: ((again: boolean) => void) | null = null;

  constructor(private readonly session: Session) {
    super();
  }

  /** Which one it is, from 1. */
  get turn(): number {
    return Math.min(this.outcomes.length + 1, this.total);
  }

  /** Tries the account at hand again. */
  retry(): void {
    this.again?.(true);
    this.again = null;
  }

  /** Leaves the account at hand for later and goes on with the next. */
  skip(): void {
    const { consent } = this;
    if (consent === null) return;
    this.skipped = true;
    this.leave(consent);
  }

  /** Puts the dialog away: what is waited for goes on, and nothing new begins. */
  hide(): void {
    this.pause();
    this.consent?.hide();
  }

  /** Shows the dialog of the account at hand, and goes on. */
  show(): void {
    if (this.consent !== null) this.consent.shown = true;
    this.resume();
  }

  private skipped = false;

  protected async next(): Promise<void> {
    const row = this.waiting[0];
    if (row === undefined) return;
    const { id, address } = row;
    const consent = this.session.consents.of(id, address, row.signsIn);
    this.consent = consent;
    this.skipped = false;
    let problem: ProblemView | null = null;
    for (;;) {
      const account = await consent.ask((action) => this.session.withVault(action));
      void this.session.loadRows();
      if (account !== null) {
        this.ended(row, { id, address, result: 'ok', why: null });
        return;
      }
      problem = consent.problem;
      if (this.cancelled) break;
      if (this.skipped) break;
      // Closed, or failed: somebody decides whether it is tried again, skipped, or all of it ended.
      if (consent.phase !== 'failed') this.pause();
      if (!(await new Promise<boolean>((resolve) => (this.again = resolve)))) break;
      this.resume();
    }
    consent.close();
    if (this.cancelled && !this.skipped && problem === null) {
      this.consent = null;
      return;
    }
    const why = problem === null ? null : { text: problem.text, params: problem.params };
    this.ended(row, { id, address, result: problem === null ? 'skipped' : 'failed', why });
    this.resume();
  }

  protected stop(): void {
    if (this.consent !== null) this.leave(this.consent);
  }

  private ended(row: AccountRow, outcome: Outcome): void {
    this.waiting = this.waiting.filter((waiting) => waiting !== row);
    this.consent = null;
    this.add([outcome]);
  }

  private leave(consent: Consent): void {
    if (this.again !== null) {
      this.again(false);
      this.again = null;
    } else {
      consent.close();
    }
  }
}
