import { beforeEach, expect, test, vi } from 'vitest';

import { asProblem, type Backend } from '../backend/backend';
import { fakeBackend } from '../backend/fake';
import { EVERYBODYS } from '../backend/office';
import { problem } from '../backend/scenes';
import type { ConsentEvent } from '../generated/ConsentEvent';
import { Form } from './form.svelte';
import { Session } from './session.svelte';

let backend: Backend;
let session: Session;
let form: Form;

async function start(scene: string): Promise<void> {
  backend = fakeBackend(new URL(`http://localhost/?scene=${scene}`));
  session = new Session(backend);
  await session.start();
  form = new Form(session);
}

beforeEach(() => start('list-mixed'));

test('faults go to their fields and vanish as they are corrected', async () => {
  await form.load(null);
  form.draft.oauth = false;
  expect(await form.save()).toBe(false);
  expect(form.faults).toMatchObject({ address: 'missing', password: 'missing', 'pop3-host': 'missing' });
  expect(form.problem?.code).toBe('invalid');
  form.clear('address');
  expect(form.faults).not.toHaveProperty('address');
});

test('a new account is saved by the click that authorizes it', async () => {
  await form.load(null);
  form.draft.address = 'new@hana-shop.example';
  expect(await form.authorize()).toBe(true);
  expect(form.account?.row.authorization.state).toBe('authorized');
  expect(form.notice).toBe('authorized');
  expect(form.consent?.shown).toBe(false);
  expect((await backend.accounts()).some(({ address }) => address === 'new@hana-shop.example')).toBe(true);
});

test('without a valid form no consent is asked for', async () => {
  await form.load(null);
  const authorize = vi.spyOn(backend, 'authorize');
  expect(await form.authorize()).toBe(false);
  expect(authorize).not.toHaveBeenCalled();
});

test('saving nothing new says so and keeps the revision', async () => {
  await form.load(1);
  const save = vi.spyOn(backend, 'saveAccount');
  expect(await form.save()).toBe(true);
  expect(form.notice).toBe('unchanged');
  expect(save).not.toHaveBeenCalled();
});

test('Rakuten refuses OAuth, fills its relay in, and gives both back', async () => {
  await form.load(null);
  form.setPurpose('rakuten-sending');
  expect(form.draft.oauth).toBe(false);
  expect(form.rakutenRefused).toBe(true);
  expect(form.draft.servers.smtp).toEqual({ host: 'sub.fw.rakuten.ne.jp', port: '587', tls: 'starttls' });
  expect(form.setOAuth(true)).toBe(false);
  form.setPurpose('sending');
  expect(form.draft.oauth).toBe(true);
  expect(form.draft.servers.smtp.host).toBe('');
});

test('the relay never overwrites a server that was typed', async () => {
  await form.load(null);
  form.draft.servers.smtp.host = 'smtp.example.jp';
  form.setPurpose('rakuten-sending');
  expect(form.draft.servers.smtp.host).toBe('smtp.example.jp');
});

test('what is typed survives a check that ends meanwhile', async () => {
  await form.load(6);
  form.draft.name = 'typed';
  await form.refresh(6);
  expect(form.draft.name).toBe('typed');
});

test('closing the dialog cancels, and a late answer changes nothing', async () => {
  await start('consent-waiting');
  await form.load(1);
  const cancel = vi.spyOn(backend, 'cancelAuthorize');
  const asked = form.authorize();
  await vi.waitFor(() => expect(form.consent?.phase).toBe('waiting'));
  form.consent?.close();
  expect(form.consent?.shown).toBe(false);
  expect(cancel).toHaveBeenCalledWith(1);
  expect(await asked).toBe(false);
  expect(form.problem).toBeNull();
});

test('words about an authorization go with what they say', async () => {
  const follow = async (): Promise<void> => form.follow(await backend.accounts());
  await form.load(1);
  expect(await form.authorize()).toBe(true);
  await follow();
  expect(form.notice).toBe('authorized');
  // What became of it reaches the form before the answer does.
  const { revoke } = backend;
  backend.revoke = async (id) => {
    const revoked = await revoke(id);
    await follow();
    expect(form.notice).toBeNull();
    return revoked;
  };
  expect(await form.revoke()).toBe(true);
  await follow();
  expect(form.notice).toBe('revoked');
  // Elsewhere: authorized again, and withdrawn again.
  await backend.authorize(1, () => {});
  await follow();
  expect(form.notice).toBeNull();
  expect(await form.authorize()).toBe(true);
  await revoke(1);
  await follow();
  expect(form.account?.row.authorization.state).toBe('none');
  expect(form.notice).toBeNull();
});

test('a list that was asked for earlier does not undo a later one', async () => {
  const { accounts } = backend;
  const older = await accounts();
  let release = (): void => {};
  backend.accounts = () => new Promise((resolve) => (release = () => resolve(older)));
  const slow = session.loadRows();
  backend.accounts = accounts;
  await backend.revoke(1);
  await session.loadRows();
  release();
  await slow;
  expect(session.rows?.find(({ id }) => id === 1)?.authorization.state).toBe('none');
});

test('a refused consent stays in the dialog with its problem', async () => {
  await start('consent-wrong-user');
  await form.load(1);
  expect(await form.authorize()).toBe(false);
  expect(form.consent?.shown).toBe(true);
  expect(form.consent?.phase).toBe('failed');
  expect(form.consent?.problem?.code).toBe('wrong-account-signed-in');
});

test('events of an earlier attempt do not reach the next one', async () => {
  const listeners: ((event: ConsentEvent) => void)[] = [];
  await form.load(1);
  backend.authorize = (_id, progress) => {
    listeners.push(progress);
    return listeners.length === 1 ? Promise.reject(problem('consent-timed-out', { minutes: '10' })) : new Promise(() => {});
  };
  await form.authorize();
  void form.authorize();
  await vi.waitFor(() => expect(listeners).toHaveLength(2));
  listeners[0]?.({ event: 'returned' });
  expect(form.consent?.phase).toBe('preparing');
  listeners[1]?.({ event: 'returned' });
  expect(form.consent?.phase).toBe('redeeming');
});

test('several consents wait at once, and one that was left behind is found again', async () => {
  await start('consent-waiting');
  const forms = [new Form(session), new Form(session)];
  const asked = [];
  for (const [place, one] of forms.entries()) {
    await one.load(place + 1);
    asked.push(one.authorize());
    await vi.waitFor(() => expect(one.consent?.phase).toBe('waiting'));
    one.consent?.hide();
  }
  const again = new Form(session);
  await again.load(1);
  expect(again.consent).toBe(forms[0]?.consent);
  expect(await again.authorize()).toBe(false);
  expect(again.consent?.shown).toBe(true);
  expect(forms[1]?.consent).toMatchObject({ shown: false, running: true });
  forms[0]?.consent?.close();
  expect(await asked[0]).toBe(false);
  expect(forms[1]?.consent?.running).toBe(true);
});

test('the other ways: a browser, a code, the final address', async () => {
  await start('consent-help');
  await form.load(1);
  const asked = form.authorize();
  await vi.waitFor(() => expect(form.consent?.phase).toBe('waiting'));
  const consent = form.consent;
  if (consent === null) throw new Error('no consent');
  expect(consent.helpAt).not.toBeNull();
  await consent.go('browsers');
  expect(consent.browsers?.map(({ id }) => id)).toContain('edge');
  const open = vi.spyOn(backend, 'consentOpen');
  expect(await consent.openAgain({ browser: 'edge', private: true })).toBe(true);
  expect(open).toHaveBeenCalledWith(1, { browser: 'edge', private: true });
  await consent.go('device');
  await vi.waitFor(() => expect(consent.device?.userCode).toBe('F7GK2PQXD'));
  expect(consent.deadline).toBe(consent.device?.deadline);
  await consent.go('admin');
  expect(consent.approval?.link).toContain('/organizations/adminconsent?client_id=3f1c8a52');
  await consent.go('paste');
  await consent.paste('order@hana-shop.example');
  expect(consent.wayProblem?.code).toBe('paste-not-an-address');
  await consent.paste('http://localhost:50123/?code=c&state=s');
  expect(await asked).toBe(true);
  expect(consent).toMatchObject({ phase: 'done', way: null, wayProblem: null });
});

test('a code that ended says so and can be had anew', async () => {
  await start('consent-code-expired');
  await form.load(1);
  void form.authorize();
  await vi.waitFor(() => expect(form.consent?.phase).toBe('waiting'));
  await form.consent?.go('device');
  expect(form.consent).toMatchObject({ device: null, way: 'device', running: true, wayProblem: { code: 'device-code-expired' } });
});

test('a closed vault is asked for, and the work goes on once it is open', async () => {
  await start('vault-locked');
  await form.load(null);
  form.draft.address = 'new@hana-shop.example';
  const saving = form.save();
  await vi.waitFor(() => expect(session.vaultProblem?.code).toBe('passphrase-needed'));
  expect((await session.openVault({ way: 'unlock', passphrase: 'wrong' }))?.code).toBe('passphrase-wrong');
  expect(await session.openVault({ way: 'unlock', passphrase: 'correct horse battery' })).toBeNull();
  expect(await saving).toBe(true);
  expect(form.notice).toBe('registered');
});

test('a vault that stays closed leaves the problem at the form', async () => {
  await start('vault-locked');
  await form.load(null);
  form.draft.address = 'new@hana-shop.example';
  const saving = form.save();
  await vi.waitFor(() => expect(session.vaultProblem).not.toBeNull());
  session.closeVault();
  expect(await saving).toBe(false);
  expect(form.problem?.code).toBe('passphrase-needed');
});

test('checks: one at a time, stopped by a click, none left running', async () => {
  await start('check-running');
  const first = session.checks.check([1], false);
  expect(await session.checks.check([2], false)).toBeNull();
  await vi.waitFor(() => expect(session.checks.runs.get(1)?.tracks.some(({ report }) => report !== null)).toBe(true));
  await session.checks.cancel();
  expect(await first).toBeNull();
  expect(session.checks.running).toBe(false);
  expect(session.checks.runs.get(1)).toMatchObject({ running: false, problem: { code: 'cancelled' } });
});

test('what is no problem becomes an internal one', () => {
  expect(asProblem(new TypeError('x')).code).toBe('internal');
  expect(asProblem(problem('disk-full')).code).toBe('disk-full');
});

test('a form that is opened shows the last check with all that it saw, until the connection changes', async () => {
  await start('check-kept');
  await form.load(4);
  const run = session.checks.runs.get(4);
  expect(run?.running).toBe(false);
  expect(run?.at).toBeLessThan(session.now());
  expect(run?.tracks.find(({ protocol }) => protocol === 'smtp')?.report?.evidence?.replies).not.toEqual([]);
  await form.check();
  const later = session.checks.runs.get(4)?.at;
  await form.load(4);
  expect(session.checks.runs.get(4)?.at).toBe(later);
  form.draft.purpose = 'unspecified';
  expect(await form.save()).toBe(true);
  expect(session.checks.runs.get(4)?.tracks ?? []).toEqual([]);
});

test('what was typed when the window was locked waits for whoever typed it, without the password', async () => {
  await start('signed-in-full');
  const name = session.lastOperator;
  await form.load(1);
  const stored = form.draft.name;
  Object.assign(form.draft, { name: 'typed and not saved', password: 'secret-word' });
  session.typed = () => form.typed;
  await session.signOut();
  expect(session.route).toEqual({ screen: 'list' });
  // Somebody else sees nothing of it.
  const app = await backend.appState();
  const others = app.operators.state === 'signed-out' ? app.operators.names.filter((other) => other !== name) : [];
  for (const other of others) {
    await session.signIn(other, EVERYBODYS);
    expect(session.route).not.toHaveProperty('typed');
    await session.signOut();
  }
  expect(others).not.toEqual([]);
  await session.signIn(name, EVERYBODYS);
  const { route } = session;
  if (route.screen !== 'form' || route.typed === undefined) throw new Error(JSON.stringify(route));
  expect(JSON.stringify(route)).not.toContain('secret-word');
  const again = new Form(session);
  await again.load(route.id);
  expect(again.draft.name).toBe(stored);
  again.bringBack(route.typed);
  expect(again.draft).toMatchObject({ name: 'typed and not saved', password: '' });
  expect(again.notice).toBe('kept');
  expect(again.dirty).toBe(true);
});
