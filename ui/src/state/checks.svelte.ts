// Connection checks as they run: one at a time, for one account or for all of them. The list and
// the form show the same runs.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import { asProblem, type Backend } from '../backend/backend';
import type { CheckEvent } from '../generated/CheckEvent';
import type { CheckReport } from '../generated/CheckReport';
import type { ProblemView } from '../generated/ProblemView';
import { advance, trackOf, type Track } from './tracks';

/** What is known of the last check of an account. */
export interface Run {
  running: boolean;
  tracks: Track[];
  /** When it ended, Unix seconds. */
  at: number | null;
  ms: number | null;
  /** Why there is no result at all. */
  problem: ProblemView | null;
}

export class Checks {
  /** By account. */
  readonly runs = new SvelteMap<number, Run>();
  /** The accounts of the check under way. */
  readonly wanted = new SvelteSet<number>();
  running = $state(false);
  /** Whether the check under way is a part of one of many accounts. */
  all = $state(false);

  constructor(private readonly backend: Backend) {}

  /** How many accounts of the check under way have ended. */
  get done(): number {
    return [...this.wanted].filter((id) => {
      const run = this.runs.get(id);
      return run !== undefined && run.tracks.length > 0 && run.tracks.every((track) => track.report);
    }).length;
  }

  /** Checks accounts, on its own or as a part of `all`; answers the reports, or `null` when it was stopped or could not run. */
  async check(ids: number[], all: boolean): Promise<CheckReport[] | null> {
    if (this.running) return null;
    this.running = true;
    this.all = all;
    this.wanted.clear();
    for (const id of ids) {
      this.wanted.add(id);
      this.runs.set(id, { running: true, tracks: [], at: null, ms: null, problem: null });
    }
    try {
      const reports = await this.backend.check(ids, (event) => this.take(event));
      for (const report of reports) this.end(report);
      return reports;
    } catch (thrown) {
      const problem = asProblem(thrown);
      for (const id of ids) this.fail(id, problem);
      return null;
    } finally {
      for (const id of ids) this.settle(id);
      this.running = false;
      this.all = false;
      this.wanted.clear();
    }
  }

  /** Stops the check under way. */
  async cancel(): Promise<void> {
    await this.backend.cancelCheck();
  }

  /** Takes up what is kept of an account's last check, unless this session knows of a later one. */
  async recall(id: number): Promise<void> {
    // Without it the verdicts are still shown; what is wrong with the data is told elsewhere.
    const report = await this.backend.lastCheck(id).catch(() => null);
    const run = this.runs.get(id);
    if (report !== null && (run === undefined || (run.at !== null && run.at < report.at))) this.end(report);
  }

  /** Forgets an account's result, as its settings changed, but for what is still kept of it. */
  async forget(id: number): Promise<void> {
    if (this.wanted.has(id)) return;
    this.runs.delete(id);
    await this.recall(id);
  }

  private take(event: CheckEvent): void {
    const run = this.runs.get(event.accountId);
    if (run === undefined || !run.running) return;
    this.runs.set(event.accountId, { ...run, tracks: advance(run.tracks, event) });
  }

  private end(report: CheckReport): void {
    const tracks = report.protocols.map(trackOf);
    const { at, ms } = report;
    this.runs.set(report.accountId, { running: false, tracks, at, ms, problem: null });
  }

  private fail(id: number, problem: ProblemView): void {
    const run = this.runs.get(id);
    if (run === undefined) return;
    const ended = run.tracks.filter((track) => track.report !== null);
    this.runs.set(id, { ...run, running: false, tracks: ended, problem });
  }

  /** No account stays marked as running after the call, whatever the backend left out. */
  private settle(id: number): void {
    const run = this.runs.get(id);
    if (run?.running === true) this.runs.set(id, { ...run, running: false });
  }
}
