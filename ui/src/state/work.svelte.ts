// Work of a screen that runs one piece at a time: whether it runs, and what went wrong with it.

import { asProblem } from '../backend/backend';
import type { ProblemView } from '../generated/ProblemView';

export abstract class Work {
  busy = $state(false);
  problem = $state.raw<ProblemView | null>(null);

  /** Whether it was done; not begun while other work runs. */
  protected async doing(action: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await action();
      return true;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (this.shows(problem)) this.problem = problem;
      return false;
    } finally {
      this.busy = false;
    }
  }

  protected shows(_problem: ProblemView): boolean {
    return true;
  }
}

/** A file that is not even read. */
export function tooLarge(what: 'table' | 'report' | 'backup'): ProblemView {
  const code = `${what}-too-large`;
  return { code, text: `problem-${code}`, params: {}, retry: 'no', fields: [], diagnosis: null, readout: '' };
}
