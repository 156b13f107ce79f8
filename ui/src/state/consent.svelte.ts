// Asking for Microsoft's consent, from the click to the end. Closing the dialog frees the form at
// once; what the program still has to tidy up is waited for before the next attempt.

import { asProblem, type Backend } from '../backend/backend';
import type { AccountView } from '../generated/AccountView';
import type { ConsentEvent } from '../generated/ConsentEvent';
import type { ProblemView } from '../generated/ProblemView';

export type ConsentPhase = 'preparing' | 'waiting' | 'redeeming' | 'failed';

/** How long the next attempt waits for the one that was cancelled, in milliseconds. */
const TIDY_MS = 3000;

export class Consent {
  open = $state(false);
  phase = $state<ConsentPhase>('preparing');
  address = $state('');
  url = $state<string | null>(null);
  deadline = $state<number | null>(null);
  browserNotOpened = $state(false);
  problem = $state<ProblemView | null>(null);

  private id = 0;
  private attempt = 0;
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly backend: Backend) {}

  /** Asks for consent; answers the account, or `null` when it failed or was cancelled. */
  async ask(
    id: number,
    address: string,
    withVault: <T>(action: () => Promise<T>) => Promise<T>,
  ): Promise<AccountView | null> {
    const attempt = ++this.attempt;
    this.id = id;
    this.address = address;
    this.phase = 'preparing';
    this.url = null;
    this.deadline = null;
    this.browserNotOpened = false;
    this.problem = null;
    this.open = true;
    await Promise.race([this.before, new Promise((resolve) => setTimeout(resolve, TIDY_MS))]);
    if (attempt !== this.attempt) return null;
    const call = withVault(() =>
      this.backend.authorize(id, (event) => {
        if (attempt === this.attempt) this.take(event);
      }),
    );
    this.before = call.catch(() => null);
    try {
      const account = await call;
      if (attempt === this.attempt) this.open = false;
      return account;
    } catch (thrown) {
      if (attempt !== this.attempt) return null;
      const problem = asProblem(thrown);
      if (problem.code === 'cancelled') {
        this.open = false;
      } else {
        this.phase = 'failed';
        this.problem = problem;
      }
      return null;
    }
  }

  /** Closes the dialog; an attempt under way is cancelled. */
  close(): void {
    const waiting = this.open && this.phase !== 'failed';
    this.open = false;
    this.attempt += 1;
    if (waiting) void this.backend.cancelAuthorize(this.id).catch(() => null);
  }

  private take(event: ConsentEvent): void {
    switch (event.event) {
      case 'opening':
        this.url = event.url;
        this.deadline = event.deadline;
        this.phase = 'waiting';
        break;
      case 'browser-not-opened':
        this.browserNotOpened = true;
        break;
      case 'returned':
        this.phase = 'redeeming';
        break;
    }
  }
}
