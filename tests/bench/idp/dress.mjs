// Entra's manners over the provider's: tenants in the path, prompts and scopes it takes differently,
// errors with AADSTS numbers, and faults on a switch. The numbers are chosen from the kind of error;
// a test may rely on `error`, which is the protocol's, not on them.

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { register } from './register.mjs';

const TENANT = /^\/([^/]+)(\/(?:oauth2|interaction|discovery|session|v2\.0)\/.*)$/;
const ENDPOINT = /^\/oauth2\/v2\.0\/(authorize|token|introspect|devicecode)$/;

/** The number of an error of the token endpoint. */
function number({ error, error_description: said = '' }, grantType, knobs) {
  switch (error) {
    case 'authorization_pending': return 70016;
    case 'expired_token': return 70020;
    case 'access_denied': return 70018;
    case 'invalid_client': return 700016;
    case 'invalid_scope': return 70011;
    case 'unsupported_grant_type': return 70003;
    case 'invalid_grant':
      if (grantType === 'refresh_token') return knobs.refusal;
      return /PKCE/i.test(said) ? 501481 : 70008;
    default: return 900144;
  }
}

function dressError(ctx, grantType, knobs) {
  const code = number(ctx.body, grantType, knobs);
  const trace = randomUUID();
  const correlation = randomUUID();
  const time = new Date().toISOString().replace('T', ' ').replace(/\.\d+/, '');
  if (ctx.body.error === 'access_denied') ctx.body.error = 'authorization_declined';
  Object.assign(ctx.body, {
    error_description: `AADSTS${code}: ${ctx.body.error_description}. Trace ID: ${trace} `
      + `Correlation ID: ${correlation} Timestamp: ${time}`,
    error_codes: [code],
    timestamp: time,
    trace_id: trace,
    correlation_id: correlation,
  });
}

/** Changes the request where Entra would understand it otherwise than the provider. */
function dressRequest(ctx, knobs) {
  const query = { ...ctx.query };
  const withheld = (scope) => knobs.withheld.some((word) => scope.includes(word));
  if (query.scope) {
    query.scope = query.scope.split(' ').filter((scope) => !withheld(scope)).join(' ');
  }
  // The provider has no account picker. It gives no refresh token without `prompt=consent`, and
  // signs in whoever has a session unless told `login`; Entra needs neither.
  query.prompt = query.prompt === 'none' ? 'none' : 'login consent';
  if (knobs.responseMode) query.response_mode = knobs.responseMode;
  ctx.query = query;
}

/** Answers with a fault that is switched on, once less each time; tells whether it did. */
async function fault(ctx, endpoint, knobs) {
  const wanted = knobs.faults[endpoint];
  if (!wanted || wanted.times === 0) return false;
  if (wanted.times) wanted.times -= 1;
  if (wanted.delayMs) await setTimeout(wanted.delayMs);
  if (!wanted.status) return false;
  ctx.status = wanted.status;
  ctx.type = wanted.type ?? 'text/html';
  if (wanted.retryAfter !== undefined) ctx.set('retry-after', String(wanted.retryAfter));
  ctx.body = wanted.body ?? '<!doctype html><title>fault</title><h1>Service unavailable</h1>';
  return true;
}

function discovery(ctx, base, tenantId) {
  const tenant = ctx.mountPath.slice(1);
  const generic = ['common', 'organizations', 'consumers'].includes(tenant);
  const v2 = `${base}/${tenant}/oauth2/v2.0`;
  ctx.body = {
    issuer: generic ? `${base}/{tenantid}/v2.0` : `${base}/${tenantId}/v2.0`,
    authorization_endpoint: `${v2}/authorize`,
    token_endpoint: `${v2}/token`,
    device_authorization_endpoint: `${v2}/devicecode`,
    jwks_uri: `${base}/${tenant}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  };
}

/** The middleware that is all of it. */
export function dress({ base, knobs, record, tenantId }) {
  return async function dressed(ctx, next) {
    const path = TENANT.exec(ctx.path);
    if (path) {
      ctx.mountPath = `/${path[1]}`;
      ctx.path = path[2];
    }
    if (path && ctx.path === '/v2.0/.well-known/openid-configuration') {
      discovery(ctx, base, tenantId);
      return;
    }
    const endpoint = ENDPOINT.exec(ctx.path)?.[1];
    if (endpoint === 'authorize') record({ endpoint, tenant: path?.[1], ...ctx.query });
    if (endpoint && await fault(ctx, endpoint, knobs)) {
      record({ endpoint, fault: ctx.status });
      return;
    }
    if (endpoint === 'authorize') dressRequest(ctx, knobs);
    await next();
    if (endpoint !== 'token') return;
    const asked = ctx.oidc?.params ?? {};
    if (asked.code_verifier) register('verifier', asked.code_verifier);
    record({
      endpoint,
      tenant: path?.[1],
      grant_type: asked.grant_type,
      scope: asked.scope,
      status: ctx.status,
      error: ctx.body?.error,
    });
    if (ctx.body?.error) dressError(ctx, asked.grant_type, knobs);
    else if (knobs.toldSeconds !== null) ctx.body.expires_in = knobs.toldSeconds;
  };
}
