// A sealed backup on its way out or in: made under a new passphrase; or chosen, opened, looked at,
// confirmed. Nothing is restored before it is confirmed, and then all of it or nothing.

import type { BackupView } from '../generated/BackupView';
import type { Session } from './session.svelte';
import { tooLarge, Work } from './work.svelte';

/** The largest backup that is handed over by the window, in octets: some hundred accounts' history. */
const LARGEST = 32 * 1024 * 1024;

export class Backup extends Work {
  file = $state('');
  /** What was written, or what the chosen file holds. */
  view = $state.raw<BackupView | null>(null);
  restored = $state(false);

  private octets: Uint8Array | null = null;
  private passphrase = '';

  constructor(private readonly session: Session) {
    super();
  }

  /** Writes a backup; answers whether it is there. */
  async make(passphrase: string): Promise<boolean> {
    return await this.doing(async () => {
      this.view = await this.session.withVault(() => this.session.backend.backUp(passphrase));
    });
  }

  /** Takes a file; it is opened when the passphrase is there. */
  async choose(file: File): Promise<void> {
    this.file = file.name;
    this.view = null;
    this.restored = false;
    this.octets = null;
    await this.doing(async () => {
      if (file.size > LARGEST) throw tooLarge('backup');
      this.octets = new Uint8Array(await file.arrayBuffer());
    });
  }

  async look(passphrase: string): Promise<void> {
    const { octets } = this;
    if (octets === null) return;
    await this.doing(async () => {
      this.view = await this.session.backend.inspectBackup(octets, passphrase);
      this.passphrase = passphrase;
    });
  }

  async restore(): Promise<void> {
    const { octets } = this;
    if (octets === null) return;
    const done = await this.doing(async () => {
      await this.session.withVault(() => this.session.backend.restoreBackup(octets, this.passphrase));
    });
    if (!done) return;
    this.restored = true;
    this.forget();
    await this.session.refreshApp();
    await this.session.loadRows();
  }

  /** The passphrase is not kept longer than it is needed. */
  forget(): void {
    this.passphrase = '';
    this.octets = null;
  }
}
