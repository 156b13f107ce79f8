// A support report on its way out: gathered, looked at, saved as it was looked at.

import type { Backend } from '../backend/backend';
import type { ProblemView } from '../generated/ProblemView';
import type { ReportDraft } from '../generated/ReportDraft';
import type { SelfTestRow } from '../generated/SelfTestRow';
import { Work } from './work.svelte';

export class MadeReport extends Work {
  /** Whether mail addresses are shortened. */
  shortened = $state(true);
  draft = $state.raw<ReportDraft | null>(null);
  /** What is being tried on this computer. */
  trying = $state<SelfTestRow['part'] | null>(null);
  saved = $state<string | null>(null);

  constructor(private readonly backend: Backend, private readonly account: number) {
    super();
  }

  /** What would be saved, letter by letter. */
  get text(): string {
    return this.draft === null ? '' : this.shortened ? this.draft.shortened : this.draft.full;
  }

  make(): Promise<boolean> {
    return this.doing(async () => {
      this.draft = await this.backend.makeReport(this.account, ({ part }) => (this.trying = part));
    });
  }

  save(): Promise<boolean> {
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

  protected override shows({ code }: ProblemView): boolean {
    return code !== 'cancelled';
  }
}
