// A support report on its way out: gathered, looked at, saved as it was looked at.

import { asProblem, type Backend } from '../backend/backend';
import type { ProblemView } from '../generated/ProblemView';
import type { ReportDraft } from '../generated/ReportDraft';
import type { SelfTestRow } from '../generated/SelfTestRow';

export class MadeReport {
  /** Whether mail addresses are shortened. */
  shortened = $state(true);
  draft = $state.raw<ReportDraft | null>(null);
  /** What is being tried on this computer. */
  trying = $state<SelfTestRow['part'] | null>(null);
  saved = $state<string | null>(null);
  busy = $state(false);
  problem = $state.raw<ProblemView | null>(null);

  constructor(private readonly backend: Backend, private readonly account: number) {}

  /** What would be saved, letter by letter. */
  get text(): string {
    return this.draft === null ? '' : this.shortened ? this.draft.shortened : this.draft.full;
  }

  make(): Promise<void> {
    return this.doing(async () => {
      this.draft = await this.backend.makeReport(this.account, ({ part }) => (this.trying = part));
    });
  }

  save(): Promise<void> {
    return this.doing(async () => {
      this.saved = await this.backend.saveReport(this.text);
    });
  }

  /** Another choice is another report: what was saved is not it. */
  choose(shortened: boolean): void {
    this.shortened = shortened;
    this.saved = null;
  }

  cancel(): void {
    if (this.busy && this.draft === null) void this.backend.cancelCheck();
  }

  private async doing(action: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await action();
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'cancelled') this.problem = problem;
    } finally {
      this.busy = false;
    }
  }
}
