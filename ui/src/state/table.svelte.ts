// A table of accounts on its way in: chosen, looked through, confirmed. Nothing is registered
// before it is confirmed, and then all of it or nothing.

import type { FieldFault } from '../generated/FieldFault';
import type { ImportView } from '../generated/ImportView';
import { t } from '../texts.svelte';
import type { Session } from './session.svelte';
import { tooLarge, Work } from './work.svelte';

/** The largest table that the program reads, in octets; a larger one is not even handed over. */
const LARGEST = 10 * 1024 * 1024;

export class Table extends Work {
  file = $state('');
  view = $state.raw<ImportView | null>(null);
  /** How many accounts were registered in the end. */
  done = $state<number | null>(null);

  private octets: Uint8Array | null = null;

  constructor(private readonly session: Session) {
    super();
  }

  /** Looks through a file. */
  async read(file: File): Promise<void> {
    this.file = file.name;
    this.view = null;
    this.done = null;
    await this.doing(async () => {
      if (file.size > LARGEST) throw tooLarge('table');
      this.octets = new Uint8Array(await file.arrayBuffer());
      this.view = await this.session.backend.previewImport(this.octets);
    });
  }

  /** Registers what was looked through. */
  async confirm(): Promise<void> {
    const { octets } = this;
    if (octets === null) return;
    await this.doing(async () => {
      const { rows } = await this.session.withVault(() => this.session.backend.importAccounts(octets));
      this.done = rows.length;
      await this.session.loadRows();
    });
  }
}

/** The name of the column that a fault is in. */
export function column({ field }: FieldFault): string {
  const server = /^(pop3|imap|smtp)-(host|port|tls)$/u.exec(field);
  if (server !== null) {
    const protocol = t(`check-protocol-${server[1] as 'pop3' | 'imap' | 'smtp'}`);
    return t(`exchange-field-${server[2] as 'host' | 'port' | 'tls'}`, { protocol });
  }
  switch (field) {
    case 'name':
    case 'purpose':
    case 'oauth':
    case 'user':
    case 'password':
    case 'charset':
    case 'guard':
      return t(`exchange-field-${field}`);
    default:
      return t('exchange-field-address');
  }
}
