// What the provider keeps: in memory, for as long as the tests run.
// Unlike the library's own it forgets nothing early, and can let refresh tokens be used twice.

import { knobs } from './admin.mjs';
import { register } from './register.mjs';

/** kind:id to { kind, id, payload, until }. */
const entries = new Map();

/** What of it is a secret of the product's. */
const SECRETS = {
  AccessToken: 'access token',
  RefreshToken: 'refresh token',
  AuthorizationCode: 'code',
  DeviceCode: 'device code',
};

const now = () => Math.floor(Date.now() / 1000);

export class MapAdapter {
  constructor(kind) {
    this.kind = kind;
  }

  async upsert(id, payload, expiresIn) {
    const until = expiresIn === undefined ? Infinity : now() + expiresIn;
    // Its tokens and codes are what they are kept by.
    const secret = SECRETS[this.kind];
    if (secret) register(secret, id);
    entries.set(`${this.kind}:${id}`, { kind: this.kind, id, payload, until });
  }

  async find(id) {
    return MapAdapter.#live(entries.get(`${this.kind}:${id}`));
  }

  async findByUid(uid) {
    return this.#findBy((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode) {
    return this.#findBy((payload) => payload.userCode === userCode);
  }

  async consume(id) {
    // At Entra a refresh token stays good after it was used.
    if (this.kind === 'RefreshToken' && knobs.rotation === 'entra') return;
    const entry = entries.get(`${this.kind}:${id}`);
    if (entry) entry.payload.consumed = now();
  }

  async destroy(id) {
    entries.delete(`${this.kind}:${id}`);
  }

  async revokeByGrantId(grantId) {
    MapAdapter.forget((entry) => entry.kind === this.kind && entry.payload.grantId === grantId);
  }

  /** Drops what the predicate names and tells how many there were. */
  static forget(predicate) {
    const gone = [...entries].filter(([, entry]) => predicate(entry));
    for (const [key] of gone) entries.delete(key);
    return gone.length;
  }

  #findBy(predicate) {
    for (const entry of entries.values()) {
      if (entry.kind === this.kind && predicate(entry.payload)) return MapAdapter.#live(entry);
    }
    return undefined;
  }

  static #live(entry) {
    return entry && entry.until > now() ? entry.payload : undefined;
  }
}
