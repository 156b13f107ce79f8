// What the fake proposes: by the domain, one of everything that the form has to show.

import type { ProposalView } from '../generated/ProposalView';
import type { ProposedServer } from '../generated/ProposedServer';
import type { PurposeView } from '../generated/PurposeView';

const TLS = { host: '', tls: 'implicit' } as const;

/** The servers of an address. */
export function proposalOf(address: string, purpose: PurposeView, asked: boolean): ProposalView {
  const domain = address.split('@')[1]?.trim() ?? '';
  const ms = asked ? 180 : null;
  const nothing: ProposalView = { provider: null, servers: [], silent: [], user: 'address', fill: '', needs: [], asked };
  const servers = (list: ProposedServer[]): ProposedServer[] =>
    list.filter(({ protocol }) => (protocol === 'smtp' ? purpose !== 'order-receiving' : purpose !== 'sending'));
  switch (domain) {
    case 'yahoo.co.jp':
      return {
        ...nothing, provider: 'Yahoo! JAPAN', user: 'local', fill: address.split('@')[0] ?? '', needs: ['switch-on-pop'],
        servers: servers([
          { protocol: 'pop3', server: { ...TLS, host: 'pop.mail.yahoo.co.jp', port: 995 }, way: 'known', ms, foreign: false },
          { protocol: 'smtp', server: { ...TLS, host: 'smtp.mail.yahoo.co.jp', port: 465 }, way: 'known', ms, foreign: false },
        ]),
      };
    case 'outlook.jp':
      return {
        ...nothing, provider: 'Outlook.com',
        servers: servers([
          { protocol: 'pop3', server: { ...TLS, host: 'outlook.office365.com', port: 995 }, way: 'known', ms, foreign: false },
          { protocol: 'smtp', server: { host: 'smtp-mail.outlook.com', port: 587, tls: 'starttls' }, way: 'known', ms, foreign: false },
        ]),
      };
    case 'hana.example.jp':
      if (!asked) return nothing;
      return {
        ...nothing, silent: ['imap.hana.example.jp:993'], needs: ['pop-before-smtp'],
        servers: servers([
          { protocol: 'pop3', server: { ...TLS, host: 'pop.hana.example.jp', port: 995 }, way: 'domain', ms, foreign: false },
          { protocol: 'smtp', server: { host: 'smtp.mail-host.example', port: 587, tls: 'starttls' }, way: 'services', ms, foreign: true },
        ]),
      };
    default:
      return nothing;
  }
}
