// The consents of all accounts: several may wait at once, each with a dialog of its own that can be
// left and found again.

import { SvelteMap } from 'svelte/reactivity';

import type { Backend } from '../backend/backend';
import { Consent } from './consent.svelte';

export class Consents {
  private readonly known = new SvelteMap<number, Consent>();

  constructor(private readonly backend: Backend) {}

  /** An account's consent, if one was asked for since the window opened. */
  get(id: number | undefined): Consent | null {
    return id === undefined ? null : (this.known.get(id) ?? null);
  }

  /** An account's consent, made if there was none; an address or a person that changed makes a new one. */
  of(id: number, address: string, signsIn: string | null): Consent {
    const known = this.known.get(id);
    if (known !== undefined && (known.running || (known.address === address && known.signsIn === signsIn))) return known;
    const made = new Consent(this.backend, id, address, signsIn);
    this.known.set(id, made);
    return made;
  }
}
