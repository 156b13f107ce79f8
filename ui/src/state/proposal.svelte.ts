// Servers for the typed address. Looked for after a pause in the typing, where the form has none
// and needs some; what comes for an address that is no longer there is dropped. Nothing is filled
// in without a click.

import type { Backend } from '../backend/backend';
import type { ProposalView } from '../generated/ProposalView';
import type { PurposeView } from '../generated/PurposeView';
import type { Protocol } from '../generated/Protocol';
import type { Draft } from './draft';
import { domainOf } from './kind.svelte';

/** A pause in which nobody types on, in milliseconds; the kind of the account is asked for first. */
const PAUSE = 900;

export class Proposal {
  looking = $state(false);
  /** What was found; `null` while nobody looked. */
  view = $state<ProposalView | null>(null);
  /** It was taken over, or put away. */
  settled = $state(false);

  private asked = 0;
  private key = '';
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly backend: Backend, private readonly pause = PAUSE) {}

  /** Takes the form as it stands now; looks by itself only where no server was entered. */
  take(address: string, purpose: PurposeView, wanted: boolean): void {
    const domain = domainOf(address);
    const key = domain === '' ? '' : `${domain} ${purpose}`;
    if (key !== this.key) this.stop();
    if (!wanted || key === '' || key === this.key) return;
    this.key = key;
    this.timer = setTimeout(() => this.find(address, purpose), this.pause);
  }

  /** Looks now. */
  find(address: string, purpose: PurposeView): void {
    this.stop();
    this.key = `${domainOf(address)} ${purpose}`;
    this.looking = true;
    const question = this.asked;
    const answer = (view: ProposalView | null): void => {
      if (question !== this.asked) return;
      this.looking = false;
      this.view = view;
    };
    // A search that fails has found nothing.
    this.backend.proposeServers(address.trim(), purpose).then(answer, () => answer(null));
  }

  /** Gives up what is going on, and forgets what was found. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.looking) void this.backend.cancelProposeServers().catch(() => null);
    this.asked += 1;
    this.looking = false;
    this.view = null;
    this.settled = false;
    this.key = '';
  }

  /** Puts away what is going on or was found; this address is not looked for again by itself. */
  close(): void {
    const { key } = this;
    this.stop();
    this.key = key;
    this.settled = true;
  }

  /** Fills in what was proposed; answers the protocols that were filled in. */
  use(draft: Draft): Protocol[] {
    const { view } = this;
    if (view === null) return [];
    for (const { protocol, server } of view.servers) {
      draft.servers[protocol] = { host: server.host, port: String(server.port), tls: server.tls };
    }
    if (draft.user.trim() === '') draft.user = view.fill;
    this.settled = true;
    return view.servers.map(({ protocol }) => protocol);
  }
}
