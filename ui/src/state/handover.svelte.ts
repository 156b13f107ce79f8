// What support has prepared: read, shown, and taken over into a form only by whoever confirms it.
// Nothing here saves, authorizes or checks.

import { asProblem, type Backend } from '../backend/backend';
import type { AccountRow } from '../generated/AccountRow';
import type { HandOverLink } from '../generated/HandOverLink';
import type { HandOverView } from '../generated/HandOverView';
import type { ProblemView } from '../generated/ProblemView';
import type { Route, Session } from './session.svelte';

/** A file of more octets is no hand-over; the core says so. */
const LONGEST_FILE = 4096;

export class HandOvers {
  /** What waits to be confirmed. */
  offered = $state.raw<HandOverLink | null>(null);
  /** Why one cannot be taken. */
  problem = $state.raw<ProblemView | null>(null);

  constructor(
    private readonly session: Session,
    private readonly backend: Backend,
  ) {}

  /** Shows what a link, or the text of a file, hands over. */
  async offer(text: string): Promise<void> {
    this.close();
    try {
      const read = await this.backend.readHandOver(text);
      // Whether the account is there already is asked as late as possible.
      await this.session.loadRows();
      this.offered = read;
    } catch (thrown) {
      this.refuse(asProblem(thrown));
    }
  }

  /** Shows what a file hands over. */
  async offerFile(file: File): Promise<void> {
    await this.offer(await file.slice(0, LONGEST_FILE + 1).text());
  }

  /** Says why one cannot be taken. */
  refuse(problem: ProblemView): void {
    this.close();
    this.problem = problem;
  }

  /** Puts it away: nothing was taken over. */
  close(): void {
    this.offered = null;
    this.problem = null;
  }

  /** The account of that address, if there is one. */
  existing(holds: HandOverView): AccountRow | null {
    const address = holds.address.toLowerCase();
    return this.session.rows?.find((row) => row.address.toLowerCase() === address) ?? null;
  }

  /** Opens the form with what was confirmed, or what there is of that address as it is. */
  async accept(): Promise<void> {
    const holds = this.offered?.holds;
    if (holds === undefined) return;
    this.close();
    await this.session.go(placeFor(holds, this.existing(holds)));
  }
}

/** Where a hand-over leads. An account that is there stays as it is. */
export function placeFor(holds: HandOverView, existing: AccountRow | null): Route {
  if (existing === null) return { screen: 'form', id: null, prepared: holds };
  return holds.authorize && existing.oauth ? { screen: 'guided', id: existing.id } : { screen: 'form', id: existing.id };
}
