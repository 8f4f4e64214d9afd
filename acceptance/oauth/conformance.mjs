// Runs openid-client and oauth4webapi against a running Rollcall. Each prints a line a step and throws at the first that is wrong.
// Told by the environment: BASE (the portal's address), USERNAME and PASSWORD of an account that has a password of its own,
// PORTAL_SECRET and BOOTSTRAP_SECRET of the two clients.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import * as oauth from 'oauth4webapi';

const { BASE, USERNAME, PASSWORD, PORTAL_SECRET, BOOTSTRAP_SECRET } = process.env;
const ISSUER = new URL(`${BASE}/auth`);
const REDIRECT = `${BASE}/login/oauth2/code/rollcall`;
const SIGNED_OUT = `${BASE}/signed-out`;

const step = (library, what) => console.log(`${library}: ${what}`);

/** A browser as far as a sign-in page needs one: cookies, redirects until `stop`, one form. */
class Browser {
  #cookies = new Map();

  async follow(url, stop, init = {}) {
    for (let i = 0; i < 15; i++) {
      if (stop && String(url).startsWith(stop)) return { url: new URL(url) };
      const answer = await fetch(url, {
        ...init,
        redirect: 'manual',
        headers: { accept: 'text/html', cookie: this.#header(new URL(url).pathname), ...init.headers },
      });
      for (const header of answer.headers.getSetCookie()) {
        const [pair, ...attributes] = header.split(';').map((part) => part.trim());
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
        if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) this.#cookies.delete(name);
        else this.#cookies.set(name, { value, path });
      }
      if (answer.status < 300 || answer.status > 399) return { url: new URL(url), status: answer.status, html: await answer.text() };
      url = new URL(answer.headers.get('location'), url);
      init = {};
    }
    throw new Error('too many redirects');
  }

  #header(path) {
    return [...this.#cookies].filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, cookie]) => `${name}=${cookie.value}`).join('; ');
  }

  /** Signs in at the page to which the authorization request leads; returns the address with the code. */
  async authorize(request) {
    const page = await this.follow(request, REDIRECT);
    if (!page.html) return page.url;
    const fields = new URLSearchParams();
    for (const [input] of page.html.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
      fields.set(attribute(input, 'name'), attribute(input, 'value'));
    }
    fields.set('username', USERNAME);
    fields.set('password', PASSWORD);
    const action = page.html.match(/<form\b[^>]*\baction="([^"]*)"/)[1].replaceAll('&amp;', '&');
    const back = await this.follow(new URL(action, page.url), REDIRECT, {
      method: 'POST',
      body: fields,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.ok(!back.html, `the sign-in did not lead back but to ${back.url.pathname}, ${back.status}`);
    return back.url;
  }
}

function attribute(tag, name) {
  return tag.match(new RegExp(`\\b${name}="([^"]*)"`))[1].replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}

async function openidClient() {
  const name = 'openid-client 6';
  const insecure = { execute: [oidc.allowInsecureRequests] }; // plain http, on loopback
  const config = await oidc.discovery(ISSUER, 'portal', undefined, oidc.ClientSecretBasic(PORTAL_SECRET), insecure);
  assert.equal(config.serverMetadata().issuer, ISSUER.href);
  assert.ok(config.serverMetadata().supportsPKCE());
  step(name, 'discovery');

  const browser = new Browser();
  const first = await codeFlow(browser);
  const claims = first.claims();
  assert.equal(claims.aud.toString(), 'portal');
  assert.ok(claims.sub && claims.sid);
  step(name, 'authorization code with PKCE, state, nonce; ID token');

  const second = await oidc.refreshTokenGrant(config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(second.claims().sub, claims.sub);
  const third = await oidc.refreshTokenGrant(config, second.refresh_token);
  step(name, 'refresh, rotated');
  await refused(() => oidc.refreshTokenGrant(config, first.refresh_token), 'invalid_grant');
  await refused(() => oidc.refreshTokenGrant(config, third.refresh_token), 'invalid_grant');
  step(name, 'a refresh token used again after its successor ends the sign-in');

  const revoked = await codeFlow(browser);
  await oidc.tokenRevocation(config, revoked.refresh_token, { token_type_hint: 'refresh_token' });
  await refused(() => oidc.refreshTokenGrant(config, revoked.refresh_token), 'invalid_grant');
  step(name, 'revocation');

  const program = await oidc.discovery(ISSUER, 'bootstrap', undefined, oidc.ClientSecretBasic(BOOTSTRAP_SECRET), insecure);
  const token = await oidc.clientCredentialsGrant(program);
  const me = await oidc.fetchProtectedResource(program, token.access_token, new URL(`${BASE}/api/me`), 'GET');
  assert.equal(me.status, 200);
  step(name, 'client credentials; the API takes the token');
  const false_ = await oidc.discovery(ISSUER, 'bootstrap', undefined, oidc.ClientSecretBasic('not-the-secret'), insecure);
  await refused(() => oidc.clientCredentialsGrant(false_), 'invalid_client');
  step(name, 'a wrong client secret is refused');

  const last = await codeFlow(browser);
  const end = oidc.buildEndSessionUrl(config, { id_token_hint: last.id_token, post_logout_redirect_uri: SIGNED_OUT });
  const out = await browser.follow(end, SIGNED_OUT);
  assert.equal(out.url.href, SIGNED_OUT);
  await refused(() => oidc.refreshTokenGrant(config, last.refresh_token), 'invalid_grant');
  step(name, 'RP-initiated logout');

  async function codeFlow(visitor) {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
    const request = oidc.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope: 'openid',
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const back = await visitor.authorize(request);
    return oidc.authorizationCodeGrant(config, back,
      { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
  }
}

async function oauth4webapi() {
  const name = 'oauth4webapi 3';
  const insecure = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(ISSUER, await oauth.discoveryRequest(ISSUER, insecure));
  step(name, 'discovery');

  const client = { client_id: 'portal' };
  const auth = oauth.ClientSecretBasic(PORTAL_SECRET);
  const browser = new Browser();
  const first = await codeFlow();
  step(name, 'authorization code with PKCE, state, nonce; ID token, its signature checked');
  const second = await refresh(first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  const third = await refresh(second.refresh_token);
  step(name, 'refresh, rotated');
  await refused(() => refresh(first.refresh_token), 'invalid_grant');
  await refused(() => refresh(third.refresh_token), 'invalid_grant');
  step(name, 'a refresh token used again after its successor ends the sign-in');

  const revoked = await codeFlow();
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, auth, revoked.refresh_token, insecure));
  await refused(() => refresh(revoked.refresh_token), 'invalid_grant');
  step(name, 'revocation');

  const program = { client_id: 'bootstrap' };
  const token = await oauth.processClientCredentialsResponse(server, program,
    await oauth.clientCredentialsGrantRequest(server, program, oauth.ClientSecretBasic(BOOTSTRAP_SECRET), {}, insecure));
  const me = await oauth.protectedResourceRequest(token.access_token, 'GET', new URL(`${BASE}/api/me`), undefined,
    undefined, insecure);
  assert.equal(me.status, 200);
  step(name, 'client credentials; the API takes the token');

  const last = await codeFlow();
  const end = new URL(server.end_session_endpoint);
  end.searchParams.set('id_token_hint', last.id_token);
  end.searchParams.set('post_logout_redirect_uri', SIGNED_OUT);
  assert.equal((await browser.follow(end, SIGNED_OUT)).url.href, SIGNED_OUT);
  await refused(() => refresh(last.refresh_token), 'invalid_grant');
  step(name, 'RP-initiated logout');

  async function refresh(token) {
    return oauth.processRefreshTokenResponse(server, client,
      await oauth.refreshTokenGrantRequest(server, client, auth, token, insecure));
  }

  async function codeFlow() {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const request = new URL(server.authorization_endpoint);
    request.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: 'openid',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const parameters = oauth.validateAuthResponse(server, client, await browser.authorize(request), state);
    const answer = await oauth.authorizationCodeGrantRequest(server, client, auth, parameters, REDIRECT, verifier, insecure);
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer,
      { expectedNonce: nonce, requireIdToken: true });
    await oauth.validateApplicationLevelSignature(server, answer, insecure);
    return tokens;
  }
}

/** @param code the OAuth error that must come */
async function refused(attempt, code) {
  await assert.rejects(attempt, (failure) => {
    const error = failure.error ?? failure.cause?.[0]?.parameters?.error ?? failure.cause?.error;
    assert.equal(error ?? failure.message, code);
    return true;
  });
}

await openidClient();
await oauth4webapi();
console.log('All steps passed.');
