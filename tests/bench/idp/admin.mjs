// The switches of the test: how tokens are made, which faults happen, what was asked so far.
// They are on a port of their own, so that the sign-in service stays what a client would meet.

import { createServer } from 'node:http';

const DEFAULTS = {
  /** Characters of an access or refresh token. */
  tokenLength: 1500,
  /** How long an access token is good. */
  accessSeconds: 3600,
  /** What the answer says instead, when it shall lie. */
  toldSeconds: null,
  refreshSeconds: 7_776_000,
  refreshTokens: true,
  /** How long a code for another device is good. */
  deviceSeconds: 900,
  /** `entra`: a new one each time, the old stays good; `strict`: reuse revokes; `none`. */
  rotation: 'entra',
  /** Whose the mail servers are told a token is, when not whoever signed in. */
  tokenUser: null,
  /** Words of which a scope that holds one is not granted. */
  withheld: [],
  /** Forces `query` or `form_post` on the answer to the authorize request. */
  responseMode: null,
  /** The AADSTS number a refused refresh is dressed with. */
  refusal: 700082,
  /** Faults by endpoint (`authorize`, `token`, `introspect`): {status, body, type, retryAfter, times},
   * late by `delayMs`; without `status` only late. */
  faults: {},
};

export const knobs = structuredClone(DEFAULTS);

/** What was asked, without secrets. */
const seen = [];

export function record(entry) {
  seen.push(entry);
}

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length ? JSON.parse(Buffer.concat(parts).toString()) : {};
}

/** GET /seen; POST /knobs {..}; POST /reset; POST /forget {kinds, user}. */
export function admin(store) {
  const routes = {
    'GET /seen': () => seen,
    'POST /knobs': (values) => {
      for (const key of Object.keys(values)) {
        if (!(key in DEFAULTS)) throw new Error(`no knob is called ${key}`);
      }
      return Object.assign(knobs, values);
    },
    'POST /reset': () => {
      seen.length = 0;
      return Object.assign(knobs, structuredClone(DEFAULTS));
    },
    'POST /forget': ({ kinds, user }) => ({
      forgotten: store.forget((entry) => kinds.includes(entry.kind)
        && (user === undefined || entry.payload.accountId === user)),
    }),
  };
  return createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    try {
      const route = routes[`${request.method} ${request.url}`];
      if (!route) throw new Error('no such switch');
      response.end(JSON.stringify(route(await body(request))));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: error.message }));
    }
  });
}
