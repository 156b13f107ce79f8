// How the fake backend's test mail ends, named in the address: `?proof=arrived`.

import type { ProofEvent } from '../generated/ProofEvent';
import type { ProofView } from '../generated/ProofView';
import { diagnosis } from './scenes';

const SENT = 'Ninkaのテストメール k7f3mqd2zp';
const NOW = 1_795_393_800;

const ENDS: Record<string, ProofView> = {
  arrived: { outcome: 'arrived', ms: 3420, protocol: 'pop3', charset: 'iso-2022-jp', subject: SENT, sent: SENT, same: true },
  changed: {
    outcome: 'arrived', ms: 3420, protocol: 'pop3', charset: 'iso-2022-jp', subject: 'Ninkaの�スト��ル k7f3mqd2zp', sent: SENT, same: false,
  },
  late: { outcome: 'not-arrived', ms: 120_400, protocol: 'pop3', sent: SENT },
  sent: { outcome: 'sent', charset: 'iso-2022-jp', sent: SENT },
  newest: {
    outcome: 'newest', protocol: 'pop3', mails: [
      { at: NOW - 900, senderDomain: 'order.hana-cart.example', subject: '【ご注文】受注番号 2026-0104 見本 花子 様', sound: true },
      { at: NOW - 7200, senderDomain: 'old-cart.example', subject: 'ご注文ありがとうございます', sound: false },
      { at: NOW - 90_000, senderDomain: 'order.hana-cart.example', subject: '【ご注文】受注番号 2026-0103 株式会社見本商会 御中 定期便（毎月1回お届け）のお申し込み', sound: true },
      { at: null, senderDomain: '', subject: '', sound: true },
    ],
  },
  refused: {
    outcome: 'failed', protocol: 'smtp', host: 'smtp.office365.com', port: 587, mailSent: false,
    diagnosis: diagnosis('send_as_denied', 'tenant_admin', '550 5.7.60 SMTP; Client does not have permissions to send as this sender [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]'),
  },
};

/** Walks through a proof; `waits` stays with the test mail on its way. */
export async function proofOf(
  name: string,
  pause: () => Promise<void>,
  progress: (event: ProofEvent) => void,
  stopped: Promise<never>,
): Promise<ProofView> {
  progress({ event: 'looking' });
  await Promise.race([pause(), stopped]);
  if (name !== 'newest') {
    progress({ event: 'sending' });
    await Promise.race([pause(), stopped]);
    progress({ event: 'waiting', looks: 3, ms: 4200 });
    await Promise.race([name === 'waits' ? new Promise<never>(() => {}) : pause(), stopped]);
  }
  return structuredClone(ENDS[name] ?? ENDS['arrived']) as ProofView;
}
