// What is around the window: the tray, starting with the system, and what is asked of the window from
// there. Whatever closes the window goes through the screen that may have something to keep.

import type { Backend } from '../backend/backend';
import type { AccountRow } from '../generated/AccountRow';
import type { ShellView } from '../generated/ShellView';
import type { WishView } from '../generated/WishView';
import { renewing } from './rows';
import type { Session } from './session.svelte';

export class Outside {
  shell = $state<ShellView | null>(null);
  /** What is asked of the user before the window or the program closes. */
  about = $state<'goes-on' | 'quit' | 'ending' | null>(null);
  private busy = false;

  constructor(
    private readonly session: Session,
    private readonly backend: Backend,
  ) {}

  /** Takes the wishes there are, now and from now on. */
  async listen(): Promise<void> {
    await this.backend.onWished(() => void this.take());
    await this.backend.onEnding(() => (this.about = 'ending'));
    void this.look();
    await this.take();
  }

  /** Looks again at what the system offers. */
  async look(): Promise<void> {
    this.shell = await this.backend.shellState();
  }

  async setAutostart(on: boolean): Promise<void> {
    try {
      this.shell = await this.backend.setAutostart(on);
    } catch (thrown) {
      // The box shows what is, not what was wished for.
      await this.look();
      throw thrown;
    }
  }

  /** Offers to start with the system, once: answers whether to. */
  async offer(): Promise<boolean> {
    await this.look();
    if (this.shell?.offersAutostart !== true) return false;
    await this.backend.autostartOffered();
    return true;
  }

  /** Leaves everything as it is. */
  stay(): void {
    this.about = null;
  }

  /** Closes the window of a user who now knows that the program goes on. */
  async closeTold(): Promise<void> {
    const settings = this.session.app?.settings;
    if (settings !== undefined) {
      try {
        await this.session.saveSettings({ ...settings, background: 'on' });
      } catch {
        // Told again next time: no reason to keep the window open.
      }
    }
    this.about = null;
    await this.backend.closeWindow();
  }

  /** Ends the program, after a question if something ends with it. */
  async quit(ask: boolean): Promise<void> {
    if (ask) this.about = 'quit';
    else await this.backend.quit();
  }

  private async take(): Promise<void> {
    for (const wish of await this.backend.takeWishes()) await this.grant(wish);
  }

  private async grant(wish: WishView): Promise<void> {
    // A question is open already: the user answers that one first.
    if (this.busy) return;
    this.busy = true;
    try {
      switch (wish.wish) {
        case 'close':
          return await this.close(wish.goesOn);
        case 'quit':
          return await this.close(false);
        case 'account':
          return await this.show(wish.address, wish.authorize);
        case 'guide':
          return await this.guide(wish.address);
        case 'hand-over':
          return await this.session.handOvers.offer(wish.text);
        case 'refused':
          return this.session.handOvers.refuse(wish.problem);
        case 'check': {
          if (!(await this.session.go({ screen: 'list' }))) return;
          const ids = (this.session.rows ?? []).map((row) => row.id);
          if (ids.length > 0) void this.session.checks.check(ids, true).then(() => this.session.loadRows());
          return;
        }
      }
    } finally {
      this.busy = false;
    }
  }

  private async close(goesOn: boolean): Promise<void> {
    if (this.session.guard !== null && !(await this.session.guard())) return;
    if (!goesOn) return await this.quit(renewing(this.session.rows ?? []).length > 0);
    if (this.session.app?.settings.background === 'untold') this.about = 'goes-on';
    else await this.backend.closeWindow();
  }

  private async guide(address: string): Promise<void> {
    const row = await this.find(address);
    await this.session.go(row === undefined ? { screen: 'list' } : { screen: 'guided', id: row.id });
  }

  private async show(address: string, authorize: boolean): Promise<void> {
    const row = await this.find(address);
    await this.session.go(row === undefined ? { screen: 'list' } : { screen: 'form', id: row.id, authorize });
  }

  private async find(address: string): Promise<AccountRow | undefined> {
    await this.session.loadRows();
    return this.session.rows?.find((each) => each.address.toLowerCase() === address.toLowerCase());
  }
}
