// A real identity provider for the tests: oidc-provider, dressed with Entra's paths and manners.
// Judging codes, verifiers, tokens and redirects is the library's; here is only how it is set up.
// Usage: node server.mjs   The first line of the output is JSON with the ports.

import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

import { admin, knobs, record } from './admin.mjs';
import { dress } from './dress.mjs';
import { MapAdapter } from './store.mjs';

const OUTLOOK = 'https://outlook.office.com';
const BITS_OF_A_CHARACTER = 6;
const introspectionSecret = randomBytes(24).toString('base64url');
const tenantId = randomUUID();

/** Listens on a free port of the loopback address and tells it. */
function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

const server = createServer();
const port = await listen(server);
const base = `http://127.0.0.1:${port}`;

/** Whoever types an address at the sign-in page is that user: passwords are not looked at. */
function findAccount(_ctx, id) {
  const oid = Buffer.from(id.padEnd(16)).toString('hex').slice(0, 32)
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  return {
    accountId: id,
    claims: () => ({
      sub: id, preferred_username: id, email: id, name: id.split('@')[0], oid, tid: tenantId, ver: '2.0',
    }),
  };
}

const provider = new Provider(`${base}/${tenantId}/v2.0`, {
  adapter: MapAdapter,
  clients: [
    {
      client_id: 'ninka-bench',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: [
        'authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code',
      ],
      response_types: ['code'],
      // The port is ignored for a loopback redirect; the path is not.
      redirect_uris: [
        'http://localhost', 'http://localhost/', 'http://127.0.0.1', 'http://127.0.0.1/',
        'http://[::1]/',
      ],
    },
    {
      client_id: 'dovecot',
      client_secret: introspectionSecret,
      grant_types: [],
      response_types: [],
      redirect_uris: [],
    },
  ],
  findAccount,
  scopes: [
    'openid', 'offline_access', 'profile', 'email',
    `${OUTLOOK}/POP.AccessAsUser.All`, `${OUTLOOK}/IMAP.AccessAsUser.All`, `${OUTLOOK}/SMTP.Send`,
  ],
  claims: {
    openid: ['sub', 'oid', 'tid', 'ver'],
    profile: ['name', 'preferred_username'],
    email: ['email'],
  },
  // As at Entra, the claims are in the id_token although there is an access token too.
  conformIdTokenClaims: false,
  routes: {
    authorization: '/oauth2/v2.0/authorize',
    token: '/oauth2/v2.0/token',
    device_authorization: '/oauth2/v2.0/devicecode',
    introspection: '/oauth2/v2.0/introspect',
    revocation: '/oauth2/v2.0/revoke',
    jwks: '/discovery/v2.0/keys',
    code_verification: '/oauth2/deviceauth',
  },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: {
      enabled: true,
      allowedPolicy: (_ctx, client) => client.clientId === 'dovecot',
    },
    revocation: { enabled: true },
    resourceIndicators: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
  },
  formats: {
    bitsOfOpaqueRandomness(_ctx, token) {
      const long = token.kind === 'AccessToken' || token.kind === 'RefreshToken';
      return long ? knobs.tokenLength * BITS_OF_A_CHARACTER : 258;
    },
  },
  extraTokenClaims: (_ctx, token) => ({ upn: knobs.tokenUser ?? token.accountId }),
  issueRefreshToken: async (_ctx, client, code) =>
    knobs.refreshTokens
    && client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
  rotateRefreshToken: () => knobs.rotation !== 'none',
  clockTolerance: 0,
  ttl: {
    AccessToken: () => knobs.accessSeconds,
    AuthorizationCode: 60,
    DeviceCode: () => knobs.deviceSeconds,
    Grant: 7_776_000,
    IdToken: 3600,
    Interaction: 3600,
    RefreshToken: () => knobs.refreshSeconds,
    Session: 86_400,
  },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  renderError(ctx, out) {
    ctx.type = 'html';
    ctx.body = `<!doctype html><title>error</title><pre id="error">${JSON.stringify(out).replace(/</g, '&lt;')}</pre>`;
  },
});

provider.on('server_error', (_ctx, error) => console.error('server_error', error));
provider.use(dress({ base, knobs, record, tenantId }));
server.on('request', provider.callback());

const adminPort = await listen(admin(MapAdapter));
console.log(JSON.stringify({ port, adminPort, introspectionSecret, tenantId }));
