import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { anIssuer } from './test-issuer.ts';
import { aSite, ines } from './test-site.ts';

const atIssuer = { sub: 'u-7', name: 'Ines at the issuer', email: ines.address, email_verified: true };

async function aForeignSite() {
  const issuer = await anIssuer();
  const site = await aSite({ oidcIssuer: issuer.url });
  issuer.register(site.publicUrl, `${site.publicUrl}/api`);
  issuer.world.person = atIssuer;
  return { issuer, site };
}
type Foreign = Awaited<ReturnType<typeof aForeignSite>>;

/** A browser that is redirected between the two, as browsers are. */
async function signInThere({ site, issuer }: Foreign) {
  const ours = site.browser();
  const jar = new Map<string, string>();
  let page = await ours.send(`${site.publicUrl}/auth/login?return=/tasks`);
  for (let steps = 0; steps < 12; steps += 1) {
    const next = page.headers.get('location');
    if (!next || page.status === 200) break;
    const url = new URL(next, page.url);
    if (url.origin === site.publicUrl) {
      page = await ours.send(url.href);
      if (url.pathname === '/auth/callback') break;
      continue;
    }
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=');
      jar.set(name, value);
    }
    page = { url: url.href, status: answer.status, text: await answer.text(), headers: answer.headers };
    assert.ok(url.origin === issuer.url);
  }
  return { page, browser: ours, cookie: `tc_session_i7=${ours.cookie('tc_session_i7')}` };
}

const whoIs = async (answer: Response) => (await answer.json()) as { person: string; name: string };

test('nothing but the issuer’s setting changes: sign-in goes there, and the API takes its tokens', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  const { page, cookie } = await signInThere(foreign);
  assert.deepEqual([page.status, page.headers.get('location')], [303, '/tasks']);
  const who = await whoIs(await site.api({ cookie }));
  assert.equal(who.name, atIssuer.name);
  // Again, and it is the same person.
  const again = await signInThere(foreign);
  assert.equal((await whoIs(await site.api({ cookie: again.cookie }))).person, who.person);
  assert.equal((await fetch(`${site.publicUrl}/oidc/auth`)).status, 404);
  assert.deepEqual(site.world.errors, []);
  assert.ok(issuer.url);
});

test('an address that the issuer has verified is the person who has it here, and another one’s is not', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  const id = await site.identity.createPerson({ name: ines.name, address: ines.address });
  assert.equal((await whoIs(await site.api({ cookie: (await signInThere(foreign)).cookie }))).person, id);
  // A second account there with the same address does not get in by it.
  issuer.world.person = { ...atIssuer, sub: 'u-8' };
  assert.notEqual((await whoIs(await site.api({ cookie: (await signInThere(foreign)).cookie }))).person, id);
  issuer.world.person = { ...atIssuer, sub: 'u-9', email_verified: false };
  assert.notEqual((await whoIs(await site.api({ cookie: (await signInThere(foreign)).cookie }))).person, id);
});

test('a bearer’s first call makes their person, and a token for another API is refused', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  const { browser } = await signInThere(foreign);
  assert.ok(browser.cookie('tc_session'));
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(
    new URL(issuer.url),
    'task-connect',
    undefined,
    openid.ClientSecretPost('not told'),
    {
      execute,
    },
  );
  assert.ok(config.serverMetadata().jwks_uri);

  const ask = async (audience: string) => {
    issuer.register(site.publicUrl, audience);
    issuer.world.person = { ...atIssuer, sub: 'u-20', email: 'b@lanternyard.example' };
    const verifier = openid.randomPKCECodeVerifier();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: `${site.publicUrl}/auth/callback`,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    let answer = await fetch(url, { redirect: 'manual' });
    const jar: string[] = [];
    while (!answer.headers.get('location')!.startsWith(site.publicUrl)) {
      jar.push(...answer.headers.getSetCookie().map((line) => line.split(';')[0]!));
      const next = new URL(answer.headers.get('location')!, issuer.url);
      answer = await fetch(next, { redirect: 'manual', headers: { cookie: jar.join('; ') } });
    }
    const callback = new URL(answer.headers.get('location')!);
    const tokens = await openid.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier });
    return site.api({ authorization: `Bearer ${tokens.access_token}` });
  };
  const good = await ask(`${site.publicUrl}/api`);
  assert.equal(good.status, 200);
  assert.equal((await whoIs(good)).name, atIssuer.name);
  assert.equal((await ask('https://other.example')).status, 401);
});

test('signing out leads to the issuer’s own end of session', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  const { browser, cookie } = await signInThere(foreign);
  const headers = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  const out = await browser.send(`${site.publicUrl}/auth/logout`, { method: 'POST', headers });
  const location = new URL((JSON.parse(out.text) as { location: string }).location);
  assert.equal(location.origin, issuer.url);
  assert.equal(location.searchParams.get('post_logout_redirect_uri'), `${site.publicUrl}/`);
  assert.ok(location.searchParams.get('id_token_hint'));
  assert.equal((await site.api({ cookie })).status, 401);
});

test('while the issuer is away sign-in says so, sessions go on, and it comes back without a restart', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  issuer.world.away = true;
  const refused = await site.browser().send(`${site.publicUrl}/auth/login`);
  assert.equal(refused.status, 503);
  assert.ok(refused.headers.get('retry-after'));
  assert.match(refused.text, /does not answer/);
  issuer.world.away = false;
  const { cookie } = await signInThere(foreign);
  issuer.world.away = true;
  assert.equal((await site.api({ cookie })).status, 200);
});

test('with another issuer there is no one-time password, and its administrator is who has the address', async () => {
  const foreign = await aForeignSite();
  const { site, issuer } = foreign;
  assert.equal(await site.identity.ensureFirstAdministrator(), null);
  issuer.world.person = { ...atIssuer, email: 'admin@localhost.localdomain' };
  const { cookie } = await signInThere(foreign);
  const { actor } = await site.identity.authenticate({ method: 'GET', headers: { cookie }, address: '127.0.0.1' });
  assert.deepEqual(actor.platformRoles, ['administrator']);
});

test('where the issuer gives no refresh token, a session ends when its access token does', async () => {
  const foreign = await aForeignSite();
  const { site } = foreign;
  const { cookie } = await signInThere(foreign);
  site.world.now = site.world.now.add({ seconds: 59 });
  assert.equal((await site.api({ cookie })).status, 200);
  site.world.now = site.world.now.add({ seconds: 2 });
  assert.equal((await site.api({ cookie })).status, 401);
  // The issuer knows the browser still, so that it is back by a redirect.
  assert.equal((await site.api({ cookie: (await signInThere(foreign)).cookie })).status, 200);
});
