import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import * as openid from 'openid-client';
import { aSite, ines, type Site, signIn, until, whoAsks } from './test-site.ts';

/** Authorization code with PKCE as any client does it, on our own client, in a browser that is asked to sign in. */
async function tokensFor(site: Site, { prompt }: { prompt?: string } = {}) {
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(new URL(site.publicUrl), 'task-connect', undefined, openid.None(), { execute });
  openid.enableNonRepudiationChecks(config);
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const redirect = `${site.publicUrl}/auth/callback`;
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile email offline_access',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(prompt ? { prompt } : {}),
  });
  const browser = site.browser();
  let page = await browser.follow(await browser.send(url.href));
  page = await browser.submit(page, { address: ines.address, password: ines.password });
  while (!page.headers.get('location')!.startsWith(redirect)) page = await browser.send(page.headers.get('location')!);
  const callback = new URL(page.headers.get('location')!);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, callback, checks);
  return { config, tokens, callback, checks, browser };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('a client that goes through the code flow gets a token that the API takes', async () => {
  const site = await aSite({ base: '/tc' });
  const id = await site.identity.createPerson(ines);
  const { tokens } = await tokensFor(site);
  const header = decodeProtectedHeader(tokens.access_token);
  const claims = decodeJwt(tokens.access_token);
  assert.deepEqual([header.typ, header.alg], ['at+jwt', 'ES256']);
  assert.deepEqual([claims.iss, claims.aud, claims.sub], [site.publicUrl, `${site.publicUrl}/api`, id]);
  assert.equal(tokens.claims()!.email, ines.address);
  assert.equal(tokens.claims()!.name, ines.name);
  const answer = await site.api(bearer(tokens.access_token));
  assert.equal(answer.status, 200);
  const who = (await answer.json()) as { person: string; credential: { kind: string; jti: string } };
  assert.deepEqual([who.person, who.credential.kind, who.credential.jti], [id, 'access-token', claims.jti]);
});

test('a code works once, also when two use it at the same moment', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { config, callback, checks } = await tokensFor(site);
  await assert.rejects(openid.authorizationCodeGrant(config, callback, checks), { error: 'invalid_grant' });

  const browser = site.browser();
  const begun = await browser.send(`${site.publicUrl}/auth/login`);
  let page = await browser.fill(await browser.follow(begun), { address: ines.address, password: ines.password });
  assert.equal(page.url, `${site.publicUrl}/`);
  page = await browser.send(`${site.publicUrl}/auth/login`);
  while (!page.headers.get('location')!.includes('/auth/callback'))
    page = await browser.send(page.headers.get('location')!);
  const answers = await Promise.all([1, 2, 3, 4].map(() => browser.send(page.headers.get('location')!)));
  assert.equal(answers.filter((answer) => answer.status === 303).length, 1);
  assert.equal(answers.filter((answer) => answer.status === 400).length, 3);
});

test('a refresh token gives new tokens, and ends with the sign-out', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { config, tokens } = await tokensFor(site, { prompt: 'consent' });
  assert.ok(tokens.refresh_token);
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal((await site.api(bearer(renewed.access_token))).status, 200);
  await openid.tokenRevocation(config, renewed.refresh_token!);
  await assert.rejects(openid.refreshTokenGrant(config, renewed.refresh_token!), { error: 'invalid_grant' });
  await until(async () => (await site.api(bearer(renewed.access_token))).status === 401);
});

test('an access token ends with the session that it was issued in', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { tokens, browser } = await tokensFor(site);
  assert.equal((await site.api(bearer(tokens.access_token))).status, 200);
  // The same browser, and so the same session at the provider, signs in at the console and out again.
  await browser.open('/auth/login');
  const headers = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  assert.equal((await browser.send(`${site.publicUrl}/auth/logout`, { method: 'POST', headers })).status, 200);
  await until(async () => (await site.api(bearer(tokens.access_token))).status === 401);
  const refused = await site.api(bearer(tokens.access_token));
  assert.match(refused.headers.get('www-authenticate')!, /revoked/);
});

test('the provider’s own sign-out page asks, and ends our session too', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { browser, cookie } = await signIn(site);
  const page = await browser.open('/oidc/session/end');
  assert.match(page.text, /Sign out\?/);
  assert.equal((await site.api({ cookie })).status, 200);
  const out = await browser.fill(page, { logout: 'yes' });
  assert.match(out.text, /Signed out/);
  await until(async () => (await site.api({ cookie })).status === 401);
  assert.deepEqual(site.world.errors, []);
});

test('tokens that are forged, foreign, expired or not good yet are 401 and say why', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const seconds = Math.floor(site.world.now.epochMilliseconds / 1000);
  const claims = {
    iss: site.publicUrl,
    aud: `${site.publicUrl}/api`,
    sub: id,
    client_id: 'x',
    jti: 'j',
    iat: seconds,
    exp: seconds + 600,
  };
  const forged = (more: object, header = {}) =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header }).sign(privateKey);
  const none = [{ alg: 'none', typ: 'at+jwt' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const attempts = [
    await forged({}),
    await forged({ iss: 'https://evil.example' }),
    await forged({ exp: seconds - 3600 }),
    await forged({ nbf: seconds + 3600 }),
    `${none.join('.')}.`,
    'x.y.z',
    'tc_pat_unknown',
  ];
  assert.equal(attempts.length, 7);
  for (const attempt of attempts) {
    const answer = await site.api(bearer(attempt));
    assert.equal(answer.status, 401, attempt);
    assert.match(answer.headers.get('www-authenticate')!, /^Bearer error="invalid_token"/);
  }
  for (const authorization of ['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', ''])
    assert.equal((await site.api({ authorization })).status, 401, authorization);

  const { tokens } = await tokensFor(site);
  const [head, , signature] = tokens.access_token.split('.');
  const other = Buffer.from(JSON.stringify({ ...decodeJwt(tokens.access_token), sub: 'else' })).toString('base64url');
  assert.equal((await site.api(bearer([head, other, signature].join('.')))).status, 401);
  assert.equal((await site.api(bearer(tokens.id_token!))).status, 401);
  site.world.now = site.world.now.add({ hours: 1 });
  assert.equal((await site.api(bearer(tokens.access_token))).status, 401);
});

test('a rotation of the signing keys keeps sessions and tokens, in all processes', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const other = await site.start();
  const { tokens: before, config } = await tokensFor(site, { prompt: 'consent' });
  const { cookie, browser } = await signIn(site);
  await other.rotateSigningKeys();
  await site.identity.settled();

  const { tokens: since } = await tokensFor(site);
  const kids = [before, since].map(({ access_token: token }) => decodeProtectedHeader(token).kid);
  assert.notEqual(kids[0], kids[1]);
  for (const { access_token: token } of [before, since]) {
    assert.equal((await site.api(bearer(token))).status, 200);
    assert.equal((await whoAsks(other, bearer(token))).status, 200);
  }
  assert.equal((await site.api({ cookie })).status, 200);
  assert.equal((await browser.open('/auth/login?return=/notes')).url, `${site.publicUrl}/notes`);
  assert.ok((await openid.refreshTokenGrant(config, before.refresh_token!)).access_token);
});

test('a sign-in that was begun before a rotation goes on after it', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const browser = site.browser();
  const page = await browser.open('/auth/login?return=/tasks');
  await site.identity.rotateSigningKeys();
  await site.identity.settled();
  const landed = await browser.fill(page, { address: ines.address, password: ines.password });
  assert.equal(landed.url, `${site.publicUrl}/tasks`);
});
