// The fake backend's tables: accounts to register, named in the address (`?table=faulty`), and the
// words of the audit list.

import type { ImportRow } from '../generated/ImportRow';
import type { ImportView } from '../generated/ImportView';

const row = (line: number, address: string, name: string, faults: ImportRow['faults'] = []): ImportRow => {
  return { line, address, name, purpose: 'order-receiving', oauth: true, faults };
};

const GOOD = [
  row(2, 'tokyo@hana-shop.example', '東京店 注文受付'),
  row(3, 'osaka@hana-shop.example', '大阪店 注文受付'),
  row(4, 'nagoya@hana-shop.example', '名古屋店 注文受付'),
];

const FAULTY = [
  row(2, 'tokyo@hana-shop.example', '東京店 注文受付'),
  row(3, 'osaka.hana-shop.example', '大阪店 注文受付', [{ field: 'address', code: 'not-an-address' }]),
  row(4, 'order@hana-shop.example', '本店 注文受付', [{ field: 'address', code: 'address-taken' }]),
  row(5, '', '', [{ field: 'address', code: 'missing' }, { field: 'purpose', code: 'not-a-choice' }, { field: 'smtp-port', code: 'not-a-port' }]),
];

/** What is in the table, whatever was read. */
export function tableOf(name: string | null): ImportView {
  const rows = name === 'faulty' ? FAULTY : GOOD;
  return { rows, faulty: rows.filter(({ faults }) => faults.length > 0).length };
}

/** What the core says of entries of the audit list; `$` is the operator. */
export const AUDITED = {
  ja: ['$（メールアカウント：参照、設定：なし）', '配色、受信の方式'],
  en: ['$ (mail accounts: View, settings: None)', 'Colours, Way of receiving'],
};
