import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { aSite, ines, signIn, tomas, until } from './test-site.ts';

test('a person signs in with address and password and is known by the session cookie alone', async () => {
  const site = await aSite();
  const id = await site.identity.createPerson(ines);
  const { browser, landed, cookie } = await signIn(site);
  assert.equal(landed.url, `${site.publicUrl}/tasks`);
  const answer = await site.api({ cookie });
  assert.equal(answer.status, 200);
  const who = (await answer.json()) as { person: string; role: string; credential: { kind: string } };
  assert.deepEqual([who.person, who.role, who.credential.kind], [id, 'owner', 'session']);
  assert.equal(browser.cookie('tc_login_'), undefined);
  assert.deepEqual(site.world.errors, []);
});

test('a restart logs nobody out, and the session’s secret is not in the database', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { cookie } = await signIn(site);
  await site.restart();
  assert.equal((await site.api({ cookie })).status, 200);
  const rows = await site.database.query(
    statement<[], { row: string }>('t.session', 'select session::text as row from session'),
    [],
  );
  assert.equal(rows.length, 1);
  assert.equal(rows[0]!.row.includes(cookie.split('=')[1]!), false);
});

test('signing out ends the session here and at the provider', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { browser, cookie } = await signIn(site);
  const headers = { 'sec-fetch-site': 'same-origin', 'x-requested-with': 'tc' };
  const out = await browser.send(`${site.publicUrl}/auth/logout`, { method: 'POST', headers });
  assert.deepEqual([out.status, JSON.parse(out.text)], [200, { location: '/' }]);
  assert.equal((await site.api({ cookie })).status, 401);
  const again = await browser.open('/auth/login');
  assert.match(again.text, /name="password"/);
});

test('while the provider’s session lives, a browser is signed in again without a password', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { browser } = await signIn(site);
  const landed = await browser.open('/auth/login?return=/notes');
  assert.equal(landed.url, `${site.publicUrl}/notes`);
});

test('the id of a session is made at sign-in, and the one that came before is ended', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  await site.identity.createPerson(tomas);
  const first = await signIn(site, tomas);
  // A browser that somebody prepared with their own session, or with an id that they made up.
  for (const planted of [first.cookie, `tc_session_i7=${'x'.repeat(43)}`]) {
    const victim = site.browser();
    victim.cookies.push({ name: 'tc_session_i7', value: planted.split('=')[1]!, path: '/' });
    const { cookie } = await signIn(site, ines, '/', victim);
    assert.notEqual(cookie, planted);
    assert.equal(((await (await site.api({ cookie })).json()) as { name: string }).name, ines.name);
    await until(async () => (await site.api({ cookie: planted })).status === 401);
  }
});

test('a sign-in leads back into our own pages, whatever a link asks for', async () => {
  const site = await aSite({ base: '/tc' });
  await site.identity.createPerson(ines);
  const elsewhere = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/tc/../../x',
    'tasks',
  ];
  assert.equal(elsewhere.length, 7);
  for (const asked of elsewhere) {
    const { landed, cookie } = await signIn(site, ines, asked);
    assert.ok(landed.url.startsWith(`${site.publicUrl}/`), `${asked} led to ${landed.url}`);
    assert.notEqual(cookie, '');
  }
  assert.equal((await signIn(site, ines, '/tasks?view=board#7')).landed.url, `${site.publicUrl}/tasks?view=board#7`);
  assert.equal((await signIn(site, ines, '/tc/tasks')).landed.url, `${site.publicUrl}/tasks`);
});

test('a callback that this browser did not begin signs nobody in', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const attacker = site.browser();
  const login = await attacker.open('/auth/login');
  let page = await attacker.submit(login, { address: ines.address, password: ines.password });
  while (!new URL(page.headers.get('location')!).pathname.endsWith('/callback'))
    page = await attacker.send(page.headers.get('location')!);
  const callback = page.headers.get('location')!;

  const victim = site.browser();
  assert.equal((await victim.open(callback)).status, 400);
  assert.equal(victim.cookie('tc_session_'), undefined);
  const tampered = callback.replace(/state=[^&]+/, 'state=other');
  assert.equal((await attacker.open(tampered)).status, 400);
  assert.equal((await attacker.open(callback)).url, `${site.publicUrl}/`);
  assert.equal((await attacker.open(callback)).status, 400);
});

test('a write with the cookie must come from our own pages', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const { cookie } = await signIn(site);
  const { origin } = new URL(site.publicUrl);
  const ours = { cookie, 'x-requested-with': 'tc' };
  const attempts: [number, Record<string, string>][] = [
    [200, { ...ours, 'sec-fetch-site': 'same-origin' }],
    [200, { ...ours, origin }],
    [403, { ...ours }],
    [403, { ...ours, origin: 'https://evil.example' }],
    [403, { ...ours, origin: 'null' }],
    [403, { ...ours, 'sec-fetch-site': 'same-site', origin }],
    [403, { ...ours, 'sec-fetch-site': 'cross-site', origin }],
    [403, { ...ours, 'sec-fetch-site': 'none' }],
    [403, { cookie, 'sec-fetch-site': 'same-origin' }],
    [403, { cookie, 'sec-fetch-site': 'same-origin', 'x-requested-with': 'XMLHttpRequest' }],
  ];
  for (const [status, headers] of attempts)
    assert.equal((await site.api(headers, '/api/whoami', 'POST')).status, status, JSON.stringify(headers));
  assert.equal((await site.api({ cookie, 'sec-fetch-site': 'cross-site' })).status, 200);
});

test('a form of another site is refused', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const browser = site.browser();
  const page = await browser.open('/auth/login');
  const fields = { address: ines.address, password: ines.password };
  const refused = await browser.submit(page, fields, { 'sec-fetch-site': 'cross-site' });
  assert.equal(refused.status, 403);
  assert.match(refused.headers.get('content-type')!, /text\/html/);
});

test('with https the cookies are Secure and carry a prefix', async () => {
  for (const [publicUrl, prefix, path] of [
    ['https://desk.example', '__Host-', '/'],
    ['https://desk.example/tc', '__Secure-', '/tc'],
  ] as const) {
    const site = await aSite({ publicUrl });
    await site.identity.createPerson(ines);
    const browser = site.browser();
    const { landed, cookie } = await signIn(site, ines, '/tasks', browser);
    assert.equal(landed.url, `${publicUrl}/tasks`);
    assert.ok(cookie.startsWith(`${prefix}tc_session_i7=`));
    const begun = await site.browser().send(`${publicUrl}/auth/login`);
    assert.match(
      begun.headers.get('set-cookie')!,
      new RegExp(`^${prefix}tc_login_\\S+_i7=\\S+; Max-Age=600; Path=${path}; HttpOnly; SameSite=Lax; Secure$`),
    );
    assert.equal(begun.headers.get('location')!.startsWith(`${publicUrl}/oidc/auth?`), true);
    assert.equal((await site.api({ cookie: `tc_session_i7=${cookie.split('=')[1]}` })).status, 401);
    assert.deepEqual(site.world.errors, []);
  }
});

test('what a client writes into forwarding headers moves no address', async () => {
  const site = await aSite();
  const answer = await fetch(`${site.origin}/oidc/.well-known/openid-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  const document = (await answer.json()) as Record<string, string>;
  assert.equal(document.issuer, site.publicUrl);
  assert.equal(document.token_endpoint, `${site.publicUrl}/oidc/token`);
});

test('a session ends after two weeks without use, and after ninety days with it', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const idle = await signIn(site);
  const used = await signIn(site);
  for (let day = 0; day < 12; day += 1) {
    site.world.now = site.world.now.add({ hours: 24 });
    await site.restart();
    assert.equal((await site.api({ cookie: used.cookie })).status, 200);
    await site.identity.settled();
  }
  site.world.now = site.world.now.add({ hours: 3 * 24 });
  await site.restart();
  assert.equal((await site.api({ cookie: idle.cookie })).status, 401);
  assert.equal((await site.api({ cookie: used.cookie })).status, 200);
  await site.identity.settled();
  for (let days = 15; days < 88; days += 12) {
    site.world.now = site.world.now.add({ hours: 12 * 24 });
    await site.restart();
    await site.api({ cookie: used.cookie });
    await site.identity.settled();
  }
  site.world.now = site.world.now.add({ hours: 4 * 24 });
  await site.restart();
  assert.equal((await site.api({ cookie: used.cookie })).status, 401);
});

test('pages bring a strict policy, escape what people wrote, and mark what is wrong', async () => {
  const site = await aSite();
  const browser = site.browser();
  const page = await browser.open('/auth/login');
  const policy = page.headers.get('content-security-policy')!;
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.doesNotMatch(page.text, /<script|style=| on[a-z]+=/);
  assert.match(page.text, /<label for="address">/);
  assert.match(page.text, /autocomplete="username"/);
  assert.match(page.text, /autocomplete="current-password"/);

  const wrong = await browser.fill(page, { address: '"><script>alert(1)</script>@x', password: 'nothing of it' });
  assert.equal(wrong.status, 401);
  assert.doesNotMatch(wrong.text, /<script/);
  assert.match(wrong.text, /role="alert"/);
  const style = await browser.send(`${site.publicUrl}/oidc/pages.css`);
  assert.match(style.headers.get('content-type')!, /text\/css/);
});
