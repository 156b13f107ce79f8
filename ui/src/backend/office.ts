// The fake program's operators. The password of everybody is the same.

import type { AppView } from '../generated/AppView';
import type { AuditEntryView } from '../generated/AuditEntryView';
import type { OperatorsView } from '../generated/OperatorsView';
import type { OperatorView } from '../generated/OperatorView';
import type { Backend } from './backend';
import { problem, type Scene } from './scenes';
import { AUDITED } from './tables';

export const EVERYBODYS = 'tachikawa-hiyori';

type Office = Pick<
  Backend,
  'permissionsOn' | 'permissionsOff' | 'signIn' | 'signOut' | 'seen' | 'operators' | 'saveOperator' | 'removeOperator' | 'changePassword' | 'audit' | 'exportAudit'
>;

/** The operators, and what the window is told of them. */
export function office(state: Scene, now: () => number, app: () => AppView): { backend: Office; view: () => OperatorsView } {
  let operators: OperatorView[] = structuredClone(state.operators);
  let within = operators.find(({ name }) => name === state.signedIn) ?? null;
  let wrong = 0;
  const full = (): OperatorView[] => operators.filter(({ accounts, settings }) => accounts === 'edit' && settings === 'edit');
  const view = (): OperatorsView => {
    if (operators.length === 0) return { state: 'off' };
    if (within === null) return { state: 'signed-out', names: operators.map(({ name }) => name) };
    return { state: 'signed-in', operator: structuredClone(within), ask: full().map(({ name }) => name) };
  };
  const entry = (minutes: number, who: string | null, what: string, about: string | null, aboutSaid = about): AuditEntryView => {
    return { at: now() - minutes * 60, who, what, about, aboutSaid, practice: false };
  };
  const [owner = 'Owner', clerk = 'Clerk'] = operators.map(({ name }) => name);
  const backend: Office = {
    permissionsOn: async (name, password) => {
      if ([...password].length < 8) throw problem('operator-password-short', { least: '8' });
      within = { id: 1, name, accounts: 'edit', settings: 'edit' };
      operators = [structuredClone(within)];
      return app();
    },
    permissionsOff: async () => {
      operators = [];
      within = null;
      return app();
    },
    signIn: async (name, password) => {
      if (wrong >= 3) throw { ...problem('sign-in-too-soon', { seconds: '5' }), readout: '' };
      if (password !== EVERYBODYS) {
        wrong += 1;
        throw { ...problem('sign-in-refused'), readout: '' };
      }
      within = structuredClone(operators.find((each) => each.name === name) ?? null);
      return app();
    },
    signOut: async () => {
      within = null;
      return app();
    },
    seen: async () => {},
    operators: async () => structuredClone(operators),
    saveOperator: async ({ id, name, accounts, settings }) => {
      const next = { id: id ?? Math.max(...operators.map((each) => each.id)) + 1, name, accounts, settings };
      const others = operators.filter((each) => each.id !== id);
      const left = [...others, next];
      if (others.some((each) => each.name === name)) throw { ...problem('operator-name-taken'), readout: '' };
      if (!left.some((each) => each.accounts === 'edit' && each.settings === 'edit')) throw { ...problem('last-full-operator'), readout: '' };
      operators = left.toSorted((a, b) => a.id - b.id);
      return structuredClone(operators);
    },
    removeOperator: async (id) => {
      const left = operators.filter((each) => each.id !== id);
      if (!left.some((each) => each.accounts === 'edit' && each.settings === 'edit')) throw { ...problem('last-full-operator'), readout: '' };
      operators = left;
    },
    changePassword: async (old) => {
      if (old !== EVERYBODYS) throw { ...problem('sign-in-refused'), readout: '' };
    },
    audit: async () => {
      const said = app().language === 'ja' ? AUDITED.ja : AUDITED.en;
      return {
        keptDays: 396,
        entries: [
          entry(3, owner, 'signed-in', null),
          entry(64, clerk, 'signed-out', null),
          entry(95, clerk, 'signed-in', null),
          entry(96, null, 'sign-in-refused', clerk),
          entry(1_510, owner, 'operator-added', `${clerk}: accounts=view settings=none`, said[0]?.replace('$', clerk)),
          entry(1_530, owner, 'account-changed', 'order@hana-shop.example'),
          entry(1_531, owner, 'settings-changed', 'theme reception', said[1]),
          entry(1_560, null, 'switched-on', owner),
        ],
      };
    },
    exportAudit: async () => 'C:\\Users\\hana\\Downloads\\ninka-audit.csv',
  };
  return { backend, view };
}
