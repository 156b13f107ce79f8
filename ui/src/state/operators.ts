// What whoever is at the window may do, and when nobody is there any more. The core decides; this
// only keeps what would be refused off the screen.

import { asProblem, type Backend } from '../backend/backend';
import type { OperatorsView } from '../generated/OperatorsView';
import type { PermissionView } from '../generated/PermissionView';

export interface Held {
  accounts: PermissionView;
  settings: PermissionView;
}

const RANK: Record<PermissionView, number> = { none: 0, view: 1, edit: 2 };

/** The permissions at this window. */
export function held(operators: OperatorsView | undefined): Held {
  switch (operators?.state) {
    case 'signed-in':
      return operators.operator;
    case 'signed-out':
      return { accounts: 'none', settings: 'none' };
    case 'off':
    case undefined:
      return { accounts: 'edit', settings: 'edit' };
  }
}

/** Whether one permission is as much as another. */
export function enough(has: PermissionView, needed: PermissionView): boolean {
  return RANK[has] >= RANK[needed];
}

/** The same backend, which tells where an answer was that somebody has to sign in. */
export function watched(backend: Backend, needed: () => void): Backend {
  return new Proxy(backend, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const answer: unknown = value.apply(target, given);
        if (answer instanceof Promise) {
          answer.catch((thrown: unknown) => {
            if (asProblem(thrown).code === 'sign-in-needed') needed();
          });
        }
        return answer;
      };
    },
  });
}

/** Signs of somebody are passed on this often at most. */
const TELL = 30_000;
const LOOK = 5_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls `seen` while somebody is there, and `gone` once nobody was for so many minutes. The computer's clock counts its sleep, too. */
export function watchFor(minutes: number, seen: () => void, gone: () => void): () => void {
  let last = Date.now();
  let told = last;
  const sign = (): void => {
    last = Date.now();
    if (last - told < TELL) return;
    told = last;
    seen();
  };
  const timer = setInterval(() => {
    if (minutes > 0 && Date.now() - last >= minutes * 60_000) gone();
  }, LOOK);
  for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    for (const name of SIGNS) removeEventListener(name, sign, { capture: true });
  };
}
