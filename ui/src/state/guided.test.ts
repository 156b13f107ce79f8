// What a failed consent leads to in the guide.

import { expect, test } from 'vitest';

import { diagnosis, problem } from '../backend/scenes';
import { asideFor } from './guided.svelte';

const diagnosed = (cause: string, others: string[] = []): Parameters<typeof asideFor>[0] => {
  return { ...problem(cause), diagnosis: diagnosis(cause, 'owner', '', others) };
};

test('each way it goes wrong has its page', () => {
  expect(asideFor(diagnosed('user_declined_consent'))).toBe('guided-page-declined');
  expect(asideFor(diagnosed('admin_consent_required'))).toBe('guided-page-admin');
  expect(asideFor(problem('wrong-account-signed-in'))).toBe('guided-page-other-account');
  expect(asideFor(problem('consent-timed-out'))).toBe('guided-page-closed');
  expect(asideFor(diagnosed('mfa_required'))).toBe('guided-page-no-phone');
});

test('where an administrator may be missing, that is said first', () => {
  expect(asideFor(diagnosed('user_declined_consent', ['admin_consent_required']))).toBe('guided-page-admin');
});

test('what has no page of its own keeps its own words', () => {
  expect(asideFor(problem('sign-in-unreachable'))).toBeNull();
  expect(asideFor(diagnosed('conditional_access_blocked'))).toBeNull();
});
