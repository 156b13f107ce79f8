import { beforeEach, expect, test, vi } from 'vitest';

import type { Backend } from '../backend/backend';
import { fakeBackend } from '../backend/fake';
import { proposalOf } from '../backend/proposals';
import type { ProposalView } from '../generated/ProposalView';
import { draftOf } from './draft';
import { Proposal } from './proposal.svelte';

let backend: Backend;
let proposal: Proposal;

beforeEach(() => {
  vi.useFakeTimers();
  backend = fakeBackend(new URL('http://localhost/?scene=list-mixed'));
  proposal = new Proposal(backend);
  return () => vi.useRealTimers();
});

test('servers are looked for once, after a pause, and only where they are wanted', async () => {
  const ask = vi.spyOn(backend, 'proposeServers');
  proposal.take('hana@yahoo.co.jp', 'unspecified', false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).not.toHaveBeenCalled();
  for (const typed of ['hana@yahoo', 'hana@yahoo.co', 'hana@yahoo.co.jp', 'hanako@yahoo.co.jp']) {
    proposal.take(typed, 'unspecified', true);
    await vi.advanceTimersByTimeAsync(200);
  }
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).toHaveBeenCalledOnce();
  expect(proposal.view?.servers).toHaveLength(2);
  proposal.take('hanako@yahoo.co.jp', 'sending', true);
  expect(proposal.view).toBeNull();
});

test('nothing is filled in without a click, and the account name only where it is empty', async () => {
  const draft = draftOf(null);
  proposal.find('hanako@yahoo.co.jp', 'unspecified');
  await vi.advanceTimersByTimeAsync(5000);
  expect(draft.servers.pop3.host).toBe('');
  draft.user = 'typed';
  expect(proposal.use(draft)).toEqual(['pop3', 'smtp']);
  expect(draft.servers.pop3).toEqual({ host: 'pop.mail.yahoo.co.jp', port: '995', tls: 'implicit' });
  expect(draft.user).toBe('typed');
  expect(proposal.settled).toBe(true);
});

test('a search that was put away answers nobody and is not begun again by itself', async () => {
  let answer: (view: ProposalView) => void = () => {};
  vi.spyOn(backend, 'proposeServers').mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  const cancel = vi.spyOn(backend, 'cancelProposeServers');
  proposal.find('hanako@yahoo.co.jp', 'unspecified');
  proposal.close();
  expect(cancel).toHaveBeenCalledOnce();
  answer(proposalOf('hanako@yahoo.co.jp', 'unspecified', true));
  await vi.advanceTimersByTimeAsync(0);
  expect(proposal.view).toBeNull();
  proposal.take('hanako@yahoo.co.jp', 'unspecified', true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(proposal.looking).toBe(false);
});

test('a search that fails has found nothing', async () => {
  vi.spyOn(backend, 'proposeServers').mockRejectedValue(new Error('gone'));
  proposal.find('hanako@yahoo.co.jp', 'unspecified');
  await vi.advanceTimersByTimeAsync(0);
  expect(proposal.looking).toBe(false);
  expect(proposal.view).toBeNull();
});
