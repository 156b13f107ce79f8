// What the screens ask of the program. One implementation speaks to the desktop shell, the other
// is a fake for a browser and for tests; the screens know neither.

import type { AccountRow } from '../generated/AccountRow';
import type { AccountView } from '../generated/AccountView';
import type { ApprovalView } from '../generated/ApprovalView';
import type { AppView } from '../generated/AppView';
import type { AuditView } from '../generated/AuditView';
import type { BackupView } from '../generated/BackupView';
import type { BrowserView } from '../generated/BrowserView';
import type { CasesView } from '../generated/CasesView';
import type { CaseView } from '../generated/CaseView';
import type { CheckEvent } from '../generated/CheckEvent';
import type { CheckReport } from '../generated/CheckReport';
import type { ConsentEvent } from '../generated/ConsentEvent';
import type { KindView } from '../generated/KindView';
import type { GuidedPageView } from '../generated/GuidedPageView';
import type { HandOverLink } from '../generated/HandOverLink';
import type { HandOverView } from '../generated/HandOverView';
import type { ExplanationView } from '../generated/ExplanationView';
import type { HistoryView } from '../generated/HistoryView';
import type { ImportView } from '../generated/ImportView';
import type { OperatorView } from '../generated/OperatorView';
import type { PracticeView } from '../generated/PracticeView';
import type { PreviewRequest } from '../generated/PreviewRequest';
import type { Revoked } from '../generated/Revoked';
import type { PreviewView } from '../generated/PreviewView';
import type { ProblemView } from '../generated/ProblemView';
import type { ReadoutView } from '../generated/ReadoutView';
import type { ProposalView } from '../generated/ProposalView';
import type { PurposeView } from '../generated/PurposeView';
import type { ProofEvent } from '../generated/ProofEvent';
import type { ProofView } from '../generated/ProofView';
import type { ReportDraft } from '../generated/ReportDraft';
import type { ReportView } from '../generated/ReportView';
import type { SaveAccount } from '../generated/SaveAccount';
import type { SaveOperator } from '../generated/SaveOperator';
import type { SelfTestRow } from '../generated/SelfTestRow';
import type { SelfTestView } from '../generated/SelfTestView';
import type { SettingsView } from '../generated/SettingsView';
import type { ShellView } from '../generated/ShellView';
import type { WishView } from '../generated/WishView';

/** Every call answers, or throws a `ProblemView`. */
export interface Backend {
  appState(): Promise<AppView>;
  accounts(): Promise<AccountRow[]>;
  account(id: number): Promise<AccountView>;
  saveAccount(request: SaveAccount): Promise<AccountView>;
  removeAccount(id: number, revision: number): Promise<void>;
  /** Brings back what the account had before it was switched to OAuth. */
  undoSwitch(id: number, revision: number): Promise<AccountView>;
  /** Deletes the authorization here, and opens the page where the consent is withdrawn. */
  revoke(id: number): Promise<Revoked>;
  authorize(id: number, progress: (event: ConsentEvent) => void): Promise<AccountView>;
  /** Takes part in one that is under way: what it has told, what it tells, and its end. */
  followConsent(id: number, progress: (event: ConsentEvent) => void): Promise<AccountView>;
  cancelAuthorize(id: number): Promise<void>;
  /** Opens the sign-in page again; no choice: in the default browser. */
  consentOpen(id: number, choice: BrowserChoice | null): Promise<void>;
  /** Takes the final address, copied out of the browser. */
  consentPaste(id: number, address: string): Promise<void>;
  /** The code comes with the progress of `authorize`. */
  consentDeviceCode(id: number): Promise<void>;
  browsers(): Promise<BrowserView[]>;
  /** What an administrator needs to approve the app. */
  approval(id: number): Promise<ApprovalView>;
  /** No ids: every account. */
  check(ids: number[], progress: (event: CheckEvent) => void): Promise<CheckReport[]>;
  /** Stops a check or a proof. */
  cancelCheck(): Promise<void>;
  /** The last check as it was shown; `null` before the first and after a change of the connection. */
  lastCheck(id: number): Promise<CheckReport | null>;
  /** Whose account an address is that is being typed; a new question gives the one before up. */
  accountKind(address: string): Promise<KindView>;
  cancelAccountKind(): Promise<void>;
  /** Servers for an address that is being typed, tried without a password; a new question gives the one before up. */
  proposeServers(address: string, purpose: PurposeView): Promise<ProposalView>;
  cancelProposeServers(): Promise<void>;
  /** Proves that mail arrives: a test mail from the account to itself, or a look at the newest mails. */
  prove(id: number, progress: (event: ProofEvent) => void): Promise<ProofView>;
  /** The pages of the guide, with their numbers and codes. */
  guided(): Promise<GuidedPageView[]>;
  /** Makes the link that opens a customer's form. */
  makeHandOver(holds: HandOverView): Promise<HandOverLink>;
  /** Tells what a link or a file hands over; nothing is taken over. */
  readHandOver(text: string): Promise<HandOverLink>;
  /** Writes the link to a new file; answers where it is. */
  saveHandOver(holds: HandOverView): Promise<string>;
  /** Writes the staff's script of the guide to a new file; answers where it is. */
  saveScript(): Promise<string>;
  /** Tells what a table of accounts would register; nothing is changed. */
  previewImport(table: Uint8Array): Promise<ImportView>;
  /** Registers every row of a table, or none. */
  importAccounts(table: Uint8Array): Promise<ImportView>;
  /** Writes the accounts to a new file; answers where it is. */
  exportAccounts(shiftJis: boolean): Promise<string>;
  /** Writes everything to a new sealed file; answers where it is. */
  backUp(passphrase: string): Promise<BackupView>;
  /** Tells what a backup holds; nothing is changed. */
  inspectBackup(backup: Uint8Array, passphrase: string): Promise<BackupView>;
  /** Brings everything back, or nothing. */
  restoreBackup(backup: Uint8Array, passphrase: string): Promise<BackupView>;
  /** Switches permissions on: the first operator, who may do everything and is signed in. */
  permissionsOn(name: string, password: string): Promise<AppView>;
  permissionsOff(): Promise<AppView>;
  signIn(name: string, password: string): Promise<AppView>;
  /** The lock, too. */
  signOut(): Promise<AppView>;
  /** Somebody is at the window, so that it is not locked. */
  seen(): Promise<void>;
  operators(): Promise<OperatorView[]>;
  saveOperator(request: SaveOperator): Promise<OperatorView[]>;
  removeOperator(id: number): Promise<void>;
  /** One's own. */
  changePassword(old: string, next: string): Promise<void>;
  audit(): Promise<AuditView>;
  /** Writes the audit list to a new file; answers where it is. */
  exportAudit(): Promise<string>;
  saveSettings(settings: SettingsView): Promise<AppView>;
  vaultRetry(): Promise<AppView>;
  vaultUnlock(passphrase: string): Promise<AppView>;
  vaultSetPassphrase(passphrase: string): Promise<AppView>;
  vaultUseSession(): Promise<AppView>;
  /** How a mail will arrive that is written so. */
  previewMail(request: PreviewRequest): Promise<PreviewView>;
  /** When an account worked, when it broke and what changed then. */
  history(id: number): Promise<HistoryView>;
  /** Tries what has to work on this computer. `cancelCheck` stops it. */
  selfTest(progress: (row: SelfTestRow) => void): Promise<SelfTestView>;
  /** Makes a report of an account, to be looked at; nothing is saved. `cancelCheck` stops it. */
  makeReport(id: number, progress: (row: SelfTestRow) => void): Promise<ReportDraft>;
  /** Saves a report as it was looked at; answers where it is. */
  saveReport(text: string): Promise<string>;
  /** Opens a report of another computer; nothing of it is kept. */
  openReport(report: Uint8Array): Promise<ReportView>;
  cases(): Promise<CasesView>;
  openCase(id: number): Promise<CaseView>;
  /** Keeps a report as a case. */
  keepCase(report: Uint8Array): Promise<CaseView>;
  noteCase(id: number, note: string): Promise<void>;
  removeCase(id: number): Promise<void>;
  /** Says for how many days cases are kept; older ones go. */
  keepCasesFor(days: number): Promise<CasesView>;
  /** What a code says that somebody read out over the phone. */
  explainCode(code: string): Promise<ReadoutView>;
  /** What is behind an error text of any program. */
  explainError(text: string): Promise<ExplanationView>;
  copyText(text: string): Promise<void>;
  openHelp(topic: HelpTopic): Promise<void>;
  /** Opens a page of the handbook in the system's browser: `index`, or a cause's name. */
  openHandbook(page: string): Promise<void>;
  practice(): Promise<PracticeView>;
  practiceSetFault(fault: string | null): Promise<PracticeView>;
  practiceAdvance(days: number): Promise<PracticeView>;
  practiceReset(): Promise<PracticeView>;
  restart(practice: boolean): Promise<void>;
  logFault(message: string): Promise<void>;
  shellState(): Promise<ShellView>;
  /** What was asked of the window from outside it; each is handed over once. */
  takeWishes(): Promise<WishView[]>;
  setAutostart(on: boolean): Promise<ShellView>;
  /** Starting with the system was offered: not again. */
  autostartOffered(): Promise<void>;
  closeWindow(): Promise<void>;
  quit(): Promise<void>;
  /** Calls back whenever there is a wish to take. */
  onWished(listener: () => void): Promise<() => void>;
  /** Calls back when the program ends as soon as a renewal is written. */
  onEnding(listener: () => void): Promise<() => void>;
  /** Calls back whenever accounts changed outside this window's own calls. */
  onAccountsChanged(listener: () => void): Promise<() => void>;
}

/** One of `browsers()` by its id. */
export interface BrowserChoice {
  browser: string;
  private: boolean;
}

/** A page of help whose address only the program knows. */
export type HelpTopic = 'entra';

/** Turns whatever was thrown into a problem: what is none was a fault of ours. */
export function asProblem(thrown: unknown): ProblemView {
  if (isProblem(thrown)) return thrown;
  return {
    code: 'internal',
    text: 'problem-internal',
    params: { reference: thrown instanceof Error ? thrown.name : 'UI' },
    retry: 'no',
    fields: [],
    diagnosis: null,
    readout: '',
  };
}

function isProblem(thrown: unknown): thrown is ProblemView {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'text' in thrown;
}
