// The fake's hand-overs: links as the core writes them, read back without its strictness.

import type { EndpointView } from '../generated/EndpointView';
import type { HandOverLink } from '../generated/HandOverLink';
import type { HandOverView } from '../generated/HandOverView';
import type { PurposeView } from '../generated/PurposeView';
import type { TlsView } from '../generated/TlsView';
import QR from './qr.txt?raw';
import { problem } from './scenes';

const server = (text: string | null): EndpointView | null => {
  const [host = '', port, tls] = text?.split(':') ?? [];
  return host === '' ? null : { host, port: Number(port), tls: tls as TlsView };
};

/** The link of what was typed, with the faults that the screens' tests need. */
export function handOverOf(holds: HandOverView): HandOverLink {
  if (!holds.address.includes('@')) throw { ...problem('invalid'), fields: [{ field: 'address', code: 'not-an-address' }] };
  const text = (endpoint: EndpointView | null): string => (endpoint === null ? '' : `${endpoint.host}:${endpoint.port}:${endpoint.tls}`);
  const pairs = Object.entries({
    v: '1', address: holds.address, name: holds.name, purpose: holds.purpose, 'sign-in': holds.oauth ? 'oauth' : 'password',
    pop3: text(holds.pop3), imap: text(holds.imap), smtp: text(holds.smtp), authorize: holds.authorize ? 'yes' : '',
  }).filter(([, value]) => value !== '');
  const link = `ninka:hand-over?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`;
  return { holds, link, qr: { size: 37, path: QR.trim() } };
}

export function readHandOver(link: string): HandOverLink {
  if (!link.startsWith('ninka:')) throw problem('hand-over-not-a-link');
  const query = new URLSearchParams(link.slice(link.indexOf('?') + 1));
  const secret = [...query.keys()].find((key) => key.includes('pass'));
  if (secret !== undefined) throw problem('hand-over-secret', { key: secret });
  return handOverOf({
    address: query.get('address') ?? '', name: query.get('name') ?? '', purpose: query.get('purpose') as PurposeView,
    oauth: query.get('sign-in') === 'oauth', pop3: server(query.get('pop3')), imap: server(query.get('imap')), smtp: server(query.get('smtp')),
    authorize: query.has('authorize'),
  });
}
