// A test mail on its way, from the click to the end: one at a time, for one account.

import { asProblem, type Backend } from '../backend/backend';
import type { AccountView } from '../generated/AccountView';
import type { ProblemView } from '../generated/ProblemView';
import type { ProofEvent } from '../generated/ProofEvent';
import type { ProofView } from '../generated/ProofView';

export class Proof {
  running = $state(false);
  /** What is going on; `null` before the first word of it. */
  now = $state.raw<ProofEvent | null>(null);
  result = $state.raw<ProofView | null>(null);
  problem = $state.raw<ProblemView | null>(null);

  constructor(private readonly backend: Backend) {}

  /** Proves that an account's mail arrives; the end is in `result` or `problem`. */
  async run(id: number): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.now = null;
    this.forget();
    try {
      this.result = await this.backend.prove(id, (event) => (this.now = event));
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.running = false;
    }
  }

  /** Stops it. */
  async cancel(): Promise<void> {
    await this.backend.cancelCheck();
  }

  /** Forgets how the last one ended, as the settings changed. */
  forget(): void {
    this.result = null;
    this.problem = null;
  }
}

/** Whether the account may send: by consent for its purpose, by password with a server for it. */
export function maySend(account: AccountView): boolean {
  return account.row.oauth ? account.row.purpose !== 'order-receiving' : account.smtp !== null;
}
