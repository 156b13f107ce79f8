import { expect, test } from 'vitest';

import { scene } from '../backend/scenes';
import { differs, draftOf, portFor, requestOf } from './draft';

const account = scene('list-mixed', 0).accounts.find(({ row }) => row.id === 6) ?? null;

test('a new form asks for OAuth and sends no server', () => {
  const request = requestOf(draftOf(null), null);
  expect(request).toMatchObject({ id: null, oauth: true, user: '', password: null, pop3: null, imap: null, smtp: null });
});

test('an account goes through the form unchanged', () => {
  const draft = draftOf(account);
  expect(differs(draft, account)).toBe(false);
  expect(requestOf(draft, account)).toMatchObject({ pop3: account?.pop3, smtp: account?.smtp, password: null, revision: 1 });
  draft.servers.smtp.port = '２５';
  expect(requestOf(draft, account).smtp?.port).toBe(25);
  expect(differs(draft, account)).toBe(true);
});

test('a port that is no number is sent to be refused', () => {
  const draft = draftOf(account);
  for (const port of ['abc', '', '99.5', '1e99']) {
    draft.servers.pop3.port = port;
    expect(requestOf(draft, account).pop3?.port).toBe(0);
  }
});

test('with OAuth no password and no account name leave the form', () => {
  const draft = draftOf(account);
  draft.user = 'someone';
  draft.password = 'secret';
  draft.oauth = true;
  expect(requestOf(draft, account)).toMatchObject({ user: '', password: null });
});

test('the usual port follows the encryption; an unusual one stays', () => {
  expect(portFor('pop3', 'implicit', 'starttls', '995')).toBe('110');
  expect(portFor('smtp', 'starttls', 'implicit', '587')).toBe('465');
  expect(portFor('smtp', 'starttls', 'implicit', '2525')).toBe('2525');
  expect(portFor('imap', 'implicit', 'none', ' ')).toBe('143');
});
