// The session reaches every component through Svelte's context.

import { getContext, setContext } from 'svelte';

import type { Session } from './session.svelte';

const KEY = Symbol('session');

/** Gives the session to the components below. */
export function provide(session: Session): void {
  setContext(KEY, session);
}

/** The session, inside a component. */
export function session(): Session {
  return getContext<Session>(KEY);
}
