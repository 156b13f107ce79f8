// The form's controller: what was loaded, what is typed, faults at their fields, saving. It knows
// nothing of the screen, except that a fault names a field.

import { asProblem } from '../backend/backend';
import type { AccountRow } from '../generated/AccountRow';
import type { AccountView } from '../generated/AccountView';
import type { HandOverView } from '../generated/HandOverView';
import type { ProblemView } from '../generated/ProblemView';
import type { PurposeView } from '../generated/PurposeView';
import type { Consent } from './consent.svelte';
import { differs, draftOf, PROTOCOLS, RAKUTEN_RELAY, requestOf, type Draft, type Typed } from './draft';
import { Kind } from './kind.svelte';
import { Proof } from './proof.svelte';
import { Proposal } from './proposal.svelte';
import { alive } from './rows';
import type { Session } from './session.svelte';

export type Notice = 'registered' | 'updated' | 'unchanged' | 'authorized' | 'revoked' | 'undone' | 'kept';

export class Form {
  account = $state<AccountView | null>(null);
  draft = $state<Draft>(draftOf(null));
  /** Field to the code of its fault. */
  faults = $state<Record<string, string>>({});
  problem = $state<ProblemView | null>(null);
  notice = $state<Notice | null>(null);
  busy = $state(false);
  /** Where the consent that was given up here is taken back. */
  withdrawal = $state<string | null>(null);
  /** OAuth was asked for where Rakuten's relay needs a password. */
  rakutenRefused = $state(false);
  /** Rakuten's relay was filled in. */
  relayFilled = $state(false);
  /** Whose account the typed address is. */
  readonly kind: Kind;
  /** Servers for the typed address. */
  readonly proposal: Proposal;
  readonly proof: Proof;

  /** The box as it stood before the purpose switched it off. */
  private oauthBefore = false;
  /** The servers as they stood before the box was turned on. */
  private serversBefore: Draft['servers'] | null = null;

  constructor(private readonly session: Session) {
    this.kind = new Kind(session.backend);
    this.proposal = new Proposal(session.backend);
    this.proof = new Proof(session.backend);
  }

  /** The account's consent, if one was asked for. */
  get consent(): Consent | null {
    return this.session.consents.get(this.account?.row.id);
  }

  get isNew(): boolean {
    return this.account === null;
  }

  get dirty(): boolean {
    return differs(this.draft, this.account);
  }

  /** Whether saving switches a stored account to OAuth. */
  get switches(): boolean {
    const { account } = this;
    return account !== null && !account.row.oauth && this.draft.oauth;
  }

  /** Reads the account, or starts a new one. */
  async load(id: number | null): Promise<void> {
    if (id === null) {
      this.show(null);
      return;
    }
    try {
      const [account] = await Promise.all([this.session.backend.account(id), this.session.checks.recall(id)]);
      this.show(account);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  /** Fills in what support has prepared for a new account; nothing is saved. */
  prepare(holds: HandOverView): void {
    const { address, name, purpose, oauth } = holds;
    const { servers } = this.draft;
    for (const protocol of PROTOCOLS) {
      const server = holds[protocol];
      if (server !== null) servers[protocol] = { host: server.host, port: String(server.port), tls: server.tls };
    }
    Object.assign(this.draft, { address, name, purpose, oauth });
    this.oauthBefore = oauth;
  }

  /** What is typed and not saved, for after the lock; `null` where there is nothing. */
  get typed(): Typed | null {
    if (!this.dirty) return null;
    const draft = { ...$state.snapshot(this.draft), password: '' };
    return { id: this.account?.row.id ?? null, revision: this.account?.revision ?? null, draft };
  }

  /** Brings back what was typed before the lock; nothing is saved. */
  bringBack({ revision, draft }: Typed): void {
    this.draft = draft;
    if (this.account !== null && revision !== null) this.account.revision = revision;
    if (this.dirty) this.notice = 'kept';
  }

  /** Takes another purpose; Rakuten's relay switches the box off and fills its server in. */
  setPurpose(purpose: PurposeView): void {
    const { draft } = this;
    const was = draft.purpose;
    draft.purpose = purpose;
    if (purpose === 'rakuten-sending' && was !== purpose) {
      this.oauthBefore = draft.oauth;
      this.rakutenRefused = draft.oauth;
      this.turn(false);
      if (draft.servers.smtp.host.trim() === '') {
        draft.servers.smtp = { ...RAKUTEN_RELAY };
        this.relayFilled = true;
      }
    } else if (purpose !== 'rakuten-sending' && was === 'rakuten-sending') {
      if (this.relayFilled && draft.servers.smtp.host === RAKUTEN_RELAY.host) {
        draft.servers.smtp.host = '';
      }
      this.turn(this.oauthBefore);
      this.relayFilled = false;
      this.rakutenRefused = false;
    }
    this.clear('purpose', 'oauth');
  }

  /** Turns the box on or off; answers whether it was taken. */
  setOAuth(on: boolean): boolean {
    if (on && this.draft.purpose === 'rakuten-sending') {
      this.rakutenRefused = true;
      return false;
    }
    this.turn(on);
    this.clear('oauth');
    return true;
  }

  /** A stored account is switched without its servers, which come back if the box is turned off. */
  private turn(on: boolean): void {
    const { draft } = this;
    draft.oauth = on;
    if (this.switches && this.serversBefore === null) {
      this.serversBefore = draft.servers;
      draft.servers = draftOf(null).servers;
    } else if (!on && this.serversBefore !== null) {
      draft.servers = this.serversBefore;
      this.serversBefore = null;
    }
  }

  /** A field that is being typed into is no longer wrong. */
  clear(...fields: string[]): void {
    this.notice = null;
    if (!fields.some((field) => field in this.faults)) return;
    const left = Object.entries(this.faults).filter(([field]) => !fields.includes(field));
    this.faults = Object.fromEntries(left);
    if (left.length === 0 && this.problem?.code === 'invalid') this.problem = null;
  }

  /** Saves; answers whether the account is stored as shown. */
  async save(): Promise<boolean> {
    if (this.busy) return false;
    if (!this.isNew && !this.dirty) {
      this.problem = null;
      this.faults = {};
      this.notice = 'unchanged';
      return true;
    }
    this.busy = true;
    this.problem = null;
    this.faults = {};
    this.notice = null;
    const wasNew = this.isNew;
    const request = requestOf(this.draft, this.account);
    try {
      const saved = await this.session.withVault(() => this.session.backend.saveAccount(request));
      await this.session.checks.forget(saved.row.id);
      this.proof.forget();
      this.show(saved);
      this.notice = wasNew ? 'registered' : 'updated';
      void this.session.loadRows();
      return true;
    } catch (thrown) {
      this.refuse(asProblem(thrown));
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Saves where needed and asks for consent; answers whether the account is authorized now. */
  async authorize(): Promise<boolean> {
    if ((this.isNew || this.dirty) && !(await this.save())) return false;
    const { account } = this;
    if (account === null) return false;
    const { id, address, signsIn } = account.row;
    const consent = this.session.consents.of(id, address, signsIn);
    // Whoever asked waits for the end; here it is only found again.
    if (consent.running) {
      consent.shown = true;
      return false;
    }
    const withVault = <T>(action: () => Promise<T>): Promise<T> => this.session.withVault(action);
    const authorized = await consent.ask(withVault);
    if (authorized === null) return false;
    this.take(authorized);
    this.problem = null;
    this.notice = 'authorized';
    void this.session.loadRows();
    return true;
  }

  /** Saves where needed and checks the connection. */
  async check(): Promise<void> {
    if ((this.isNew || this.dirty) && !(await this.save())) return;
    const id = this.account?.row.id;
    if (id === undefined) return;
    await this.session.checks.check([id], false);
    await this.refresh(id);
  }

  /** Saves where needed and proves that mail arrives. */
  async prove(): Promise<void> {
    if ((this.isNew || this.dirty) && !(await this.save())) return;
    const id = this.account?.row.id;
    if (id === undefined) return;
    await this.session.withVault(() => this.proof.run(id));
    // Signing in has renewed the authorization.
    await this.refresh(id);
  }

  /** Deletes the account; answers whether it is gone. */
  async remove(): Promise<boolean> {
    const { account } = this;
    if (account === null) return false;
    this.busy = true;
    try {
      await this.session.backend.removeAccount(account.row.id, account.revision);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.code !== 'account-gone') {
        this.problem = problem;
        return false;
      }
    } finally {
      this.busy = false;
    }
    await this.session.loadRows();
    return true;
  }

  /** Deletes the authorization here; answers whether it is gone. */
  async revoke(): Promise<boolean> {
    const { account } = this;
    if (account === null || this.busy) return false;
    this.busy = true;
    this.problem = null;
    this.notice = null;
    try {
      const revoked = await this.session.backend.revoke(account.row.id);
      this.take(revoked.account);
      this.withdrawal = revoked.page;
      this.notice = 'revoked';
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.busy = false;
    }
    await this.session.loadRows();
    return true;
  }

  /** Brings back what the account had before it was switched to OAuth. */
  async undone(account: AccountView): Promise<void> {
    await this.session.checks.forget(account.row.id);
    this.proof.forget();
    this.show(account);
    this.notice = 'undone';
  }

  /** Takes what another window or a check changed, as far as nothing typed is lost. */
  async refresh(id: number): Promise<void> {
    try {
      const fresh = await this.session.backend.account(id);
      if (this.account?.row.id === id) this.take(fresh);
    } catch {
      // The next save tells what is wrong with the account.
    }
    await this.session.loadRows();
  }

  /** Takes what became of the authorization while the form is open; words that are no longer true go. */
  follow(rows: AccountRow[]): void {
    const row = rows.find(({ id }) => id === this.account?.row.id);
    if (this.account === null || row === undefined) return;
    const { authorization, warning } = row;
    Object.assign(this.account.row, { authorization, warning });
    const ended = this.notice === 'authorized' && alive(authorization) === null;
    const back = this.notice === 'revoked' && alive(authorization) !== null;
    if (ended || back) this.notice = null;
  }

  /** Loads the account again and gives up what was typed. */
  async reload(): Promise<void> {
    this.problem = null;
    await this.load(this.account?.row.id ?? null);
  }

  /** Shows an account; what was typed and was not sent stays only while it is unsaved. */
  private take(account: AccountView): void {
    const dirty = this.dirty;
    const sameRevision = this.account?.revision === account.revision;
    if (!dirty) this.show(account, true);
    else if (sameRevision) this.account = account;
  }

  private show(account: AccountView | null, keepWords = false): void {
    this.account = account;
    this.draft = draftOf(account);
    this.oauthBefore = account?.row.oauth ?? true;
    this.serversBefore = null;
    if (keepWords) return;
    this.faults = {};
    this.problem = null;
    this.rakutenRefused = false;
    this.relayFilled = false;
  }

  private refuse(problem: ProblemView): void {
    this.problem = problem;
    this.faults = Object.fromEntries(problem.fields.map(({ field, code }) => [field, code]));
  }
}
