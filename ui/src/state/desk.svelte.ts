// The support desk's cases: the list, the one that is open, and a report that was just opened.

import type { Backend } from '../backend/backend';
import type { CaseRow } from '../generated/CaseRow';
import type { CasesView } from '../generated/CasesView';
import type { CaseView } from '../generated/CaseView';
import type { ReportView } from '../generated/ReportView';
import { tooLarge, Work } from './work.svelte';

/** The largest report that the program reads, in octets; a larger one is not even handed over. */
const LARGEST = 1024 * 1024;

export class Desk extends Work {
  view = $state.raw<CasesView | null>(null);
  /** What is looked at. */
  report = $state.raw<ReportView | null>(null);
  /** Its case, once it is kept as one. */
  case = $state.raw<CaseRow | null>(null);
  query = $state('');

  private octets: Uint8Array | null = null;

  constructor(private readonly backend: Backend) {
    super();
  }

  /** The cases that fit what was typed. */
  get shown(): CaseRow[] {
    return filtered(this.view?.cases ?? [], this.query);
  }

  load(): Promise<boolean> {
    return this.doing(async () => {
      this.view = await this.backend.cases();
    });
  }

  /** Opens a file; nothing of it is kept. */
  read(file: File): Promise<boolean> {
    return this.doing(async () => {
      if (file.size > LARGEST) throw tooLarge('report');
      const octets = new Uint8Array(await file.arrayBuffer());
      this.report = await this.backend.openReport(octets);
      this.case = null;
      this.octets = octets;
    });
  }

  open(id: number): Promise<boolean> {
    return this.doing(async () => this.show(await this.backend.openCase(id)));
  }

  /** Keeps what is looked at as a case. */
  keep(): Promise<boolean> {
    return this.doing(async () => {
      if (this.octets === null) return;
      this.show(await this.backend.keepCase(this.octets));
      this.view = await this.backend.cases();
    });
  }

  note(note: string): Promise<boolean> {
    return this.doing(async () => {
      if (this.case === null) return;
      await this.backend.noteCase(this.case.id, note);
      this.case = { ...this.case, note };
      this.view = await this.backend.cases();
    });
  }

  remove(): Promise<boolean> {
    return this.doing(async () => {
      if (this.case === null) return;
      await this.backend.removeCase(this.case.id);
      this.close();
      this.view = await this.backend.cases();
    });
  }

  keepFor(days: number): Promise<boolean> {
    return this.doing(async () => {
      this.view = await this.backend.keepCasesFor(days);
    });
  }

  close(): void {
    this.report = null;
    this.case = null;
    this.octets = null;
    this.problem = null;
  }

  private show({ row, report }: CaseView): void {
    this.report = report;
    this.case = row;
  }
}

/** The cases in which every word that was typed stands somewhere, whatever its case and width. */
export function filtered(cases: CaseRow[], query: string): CaseRow[] {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  return cases.filter(({ address, name, note, next }) => {
    const explained = next.step === 'explained' ? next.diagnosis.cause : '';
    const text = plain([address, name, note, explained].join(' '));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
