// What stands in the form, and how it becomes a request. Ports are text here, as they are typed.

import type { AccountView } from '../generated/AccountView';
import type { EndpointView } from '../generated/EndpointView';
import type { Protocol } from '../generated/Protocol';
import type { PurposeView } from '../generated/PurposeView';
import type { SaveAccount } from '../generated/SaveAccount';
import type { TlsView } from '../generated/TlsView';
import type { WritingView } from '../generated/WritingView';

export interface ServerDraft {
  host: string;
  port: string;
  tls: TlsView;
}

export interface Draft {
  address: string;
  name: string;
  purpose: PurposeView;
  oauth: boolean;
  /** The person who signs in for a shared mailbox; empty for anybody, `null` with a mailbox of its own. */
  signsIn: string | null;
  user: string;
  password: string;
  servers: Record<Protocol, ServerDraft>;
  writing: WritingView;
}

/** What was typed and not saved when the window was locked; the password is not in it. */
export interface Typed {
  id: number | null;
  /** The account as it was then: a change by somebody else since is noticed when saving. */
  revision: number | null;
  draft: Draft;
}

export const PURPOSES: PurposeView[] = ['unspecified', 'sending', 'order-receiving', 'rakuten-sending'];
export const PROTOCOLS: Protocol[] = ['pop3', 'imap', 'smtp'];
export const TLS_MODES: TlsView[] = ['implicit', 'starttls', 'none'];

/** Rakuten's relay as of 2026-11; shops can be given another one, so it stays editable. */
export const RAKUTEN_RELAY: ServerDraft = { host: 'sub.fw.rakuten.ne.jp', port: '587', tls: 'starttls' };

/** What every mail program of every age can read. */
export const USUAL_WRITING: WritingView = { charset: 'iso-2022-jp', guard: 'replace' };

/** Whether an account of this purpose writes mail whose characters are chosen here. */
export const writes = (purpose: PurposeView): boolean => purpose === 'unspecified' || purpose === 'sending';

/** Whether the purpose needs mail to come in. */
export const receives = (purpose: PurposeView): boolean => purpose === 'unspecified' || purpose === 'order-receiving';

/** Whether the purpose needs mail to go out. */
export const sends = (purpose: PurposeView): boolean => purpose !== 'order-receiving';

const USUAL: Record<Protocol, ServerDraft> = {
  pop3: { host: '', port: '995', tls: 'implicit' },
  imap: { host: '', port: '993', tls: 'implicit' },
  smtp: { host: '', port: '587', tls: 'starttls' },
};

const PORTS: Record<Protocol, Record<TlsView, string>> = {
  pop3: { implicit: '995', starttls: '110', none: '110' },
  imap: { implicit: '993', starttls: '143', none: '143' },
  smtp: { implicit: '465', starttls: '587', none: '25' },
};

/** The form as it opens; without an account, for a new one. */
export function draftOf(account: AccountView | null): Draft {
  return {
    address: account?.row.address ?? '',
    name: account?.row.name ?? '',
    purpose: account?.row.purpose ?? 'unspecified',
    oauth: account?.row.oauth ?? true,
    signsIn: account?.row.signsIn ?? null,
    user: account?.user ?? '',
    password: '',
    servers: {
      pop3: server('pop3', account?.pop3),
      imap: server('imap', account?.imap),
      smtp: server('smtp', account?.smtp),
    },
    writing: { ...(account?.writing ?? USUAL_WRITING) },
  };
}

/** What the form sends. */
export function requestOf(draft: Draft, account: AccountView | null): SaveAccount {
  return {
    id: account?.row.id ?? null,
    revision: account?.revision ?? null,
    address: draft.address,
    name: draft.name,
    purpose: draft.purpose,
    oauth: draft.oauth,
    signsIn: draft.oauth ? (draft.signsIn?.trim() ?? null) : null,
    user: draft.oauth ? '' : draft.user,
    password: draft.oauth || draft.password === '' ? null : draft.password,
    pop3: endpoint(draft.servers.pop3),
    imap: endpoint(draft.servers.imap),
    smtp: endpoint(draft.servers.smtp),
    writing: { ...draft.writing },
  };
}

/** Whether the form would change anything. */
export function differs(draft: Draft, account: AccountView | null): boolean {
  const sent = JSON.stringify(requestOf(draft, account));
  return sent !== JSON.stringify(requestOf(draftOf(account), account));
}

/** The port after another encryption was chosen: the usual one, unless an unusual one was typed. */
export function portFor(protocol: Protocol, before: TlsView, next: TlsView, port: string): string {
  return port.trim() === '' || port === PORTS[protocol][before] ? PORTS[protocol][next] : port;
}

function server(protocol: Protocol, endpoint: EndpointView | null | undefined): ServerDraft {
  if (endpoint === null || endpoint === undefined) return { ...USUAL[protocol] };
  return { host: endpoint.host, port: String(endpoint.port), tls: endpoint.tls };
}

/** A server without a name is not used. A port that is no number is sent as 0 and refused there. */
function endpoint(server: ServerDraft): EndpointView | null {
  if (server.host.trim() === '') return null;
  const port = Number(server.port.normalize('NFKC').trim());
  return { host: server.host, port: Number.isSafeInteger(port) ? port : 0, tls: server.tls };
}
