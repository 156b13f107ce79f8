// Whose account the typed address is. Asked for after a pause in the typing; what comes for an
// address that is no longer there is dropped. Nothing waits for it.

import type { Backend } from '../backend/backend';
import type { KindView } from '../generated/KindView';

/** A pause in which nobody types on, in milliseconds. */
const PAUSE = 600;
/** As far as can be told before it is sent: with a name before and a domain behind the sign. */
const PLAUSIBLE = /^[^@\s]+@((?:[^@\s.]+\.)+[^@\s.]{2,})$/u;

/** The domain of an address that could be one; empty for every other text. */
export function domainOf(address: string): string {
  return PLAUSIBLE.exec(address.normalize('NFKC').trim())?.[1]?.toLowerCase() ?? '';
}

export class Kind {
  looking = $state(false);
  /** What was found out; `null` while that is nothing. */
  view = $state<KindView | null>(null);

  /** The domain that is asked for or was answered; another name in it is no other question. */
  private domain = '';
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly backend: Backend, private readonly pause = PAUSE) {}

  /** Takes the address as it stands now; asks at once where somebody is done typing. */
  take(address: string, done: boolean): void {
    const domain = domainOf(address);
    if (domain === this.domain) {
      if (done && this.timer !== null) this.ask(address);
      return;
    }
    this.stop();
    if (domain === '') return;
    this.domain = domain;
    if (done) this.ask(address);
    else this.timer = setTimeout(() => this.ask(address), this.pause);
  }

  /** Forgets the address, and gives up what is being asked. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.looking) void this.backend.cancelAccountKind().catch(() => null);
    this.asked += 1;
    this.looking = false;
    this.view = null;
    this.domain = '';
  }

  private ask(address: string): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.looking = true;
    const question = (this.asked += 1);
    const answer = (view: KindView): void => {
      if (question !== this.asked) return;
      this.looking = false;
      this.view = view;
    };
    // A question that fails is one without an answer.
    const none: KindView = { kind: 'unknown', found: 'unknown', password: null };
    this.backend.accountKind(address.trim()).then(answer, () => answer(none));
  }
}
