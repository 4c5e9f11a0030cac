import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { aSite, ines, type Site } from './test-site.ts';

const form = 'application/x-www-form-urlencoded';

async function counts(site: Site) {
  const text = `select (select count(*)::int from person) as people, (select count(*)::int from session) as sessions`;
  return (await site.database.query(statement<[], unknown>('t.counts', text), []))[0];
}

test('whatever is sent to the pages of sign-in is a 4xx and changes nothing', async () => {
  const site = await aSite();
  await site.identity.createPerson(ines);
  const before = await counts(site);
  const browser = site.browser();
  const page = await browser.open('/auth/login');
  const action = /action="([^"]+)"/.exec(page.text)![1]!;
  const own = { 'sec-fetch-site': 'same-origin', 'content-type': form };
  const auth = `/oidc/auth?client_id=task-connect&response_type=code&scope=openid&code_challenge_method=S256&code_challenge=${'x'.repeat(43)}`;
  const redirect = `&redirect_uri=${encodeURIComponent(`${site.publicUrl}/auth/callback`)}`;

  const posts: [string, Record<string, string>, string][] = [
    [action, own, 'address=%00%00&password=%00'],
    [action, own, 'address=%ED%A0%80&password=%FF'],
    [action, own, `address=${'a'.repeat(15_000)}&password=b`],
    [action, own, `address=a&password=${'b'.repeat(20_000)}`],
    [action, own, ''],
    [action, own, 'address[]=a&address=b&address=c'],
    [action, { ...own, 'content-type': 'application/json' }, '{"address":"a"}'],
    [action, { ...own, 'content-type': 'text/plain' }, 'address=a'],
    [action.replace('/sign-in', '/register'), own, 'name=%00&address=%00&password=%00'],
    [action.replace('/sign-in', '/password'), own, 'token=%00&password=abcdefghijklmn'],
    [action.replace(/interaction\/[^/]+/, 'interaction/other'), own, 'address=a&password=b'],
    ['/oidc/forgot', own, 'address=%00'],
    ['/oidc/reset', own, 'token=%00&password=%00'],
    ['/oidc/verify', own, 'token=%00'],
    ['/auth/invitation', own, 'token=%00'],
    [
      '/oidc/token',
      own,
      'grant_type=authorization_code&code=%00&client_id=task-connect&code_verifier=%00&redirect_uri=%00',
    ],
    ['/oidc/token', own, 'grant_type=%00'],
    ['/oidc/session/end/confirm', own, 'xsrf=%00&logout=yes'],
    ['/auth/logout', own, ''],
  ];
  const gets = [
    `${auth}${redirect}&state=%00`,
    `${auth}${redirect}&nonce=%00&login_hint=%00`,
    `${auth}&redirect_uri=https://evil.example`,
    '/oidc/auth',
    '/oidc/auth?client_id=%00',
    '/oidc/auth/unknown',
    '/oidc/session/end?state=%00&id_token_hint=%00',
    '/oidc/interaction/unknown',
    '/oidc/interaction/%00/register',
    '/oidc/reset?token=%00&token=x',
    '/oidc/verify?token[]=x',
    '/auth/invitation?token=%00',
    '/auth/callback',
    '/auth/callback?state=%00&code=%00',
    '/auth/callback?state[]=x&state=y',
    '/oidc/nothing-here',
    '/oidc/../../etc/passwd.css',
  ];
  assert.equal(posts.length, 19);
  assert.equal(gets.length, 17);
  for (const [path, headers, body] of posts) {
    const answer = await browser.send(new URL(path, site.publicUrl).href, { method: 'POST', headers, body });
    assert.ok(
      answer.status >= 400 && answer.status < 500,
      `POST ${path} ${body.slice(0, 40)}: ${answer.status} ${answer.text}`,
    );
  }
  for (const path of gets) {
    const answer = await browser.send(`${site.publicUrl}${path}`);
    const back = answer.headers.get('location')?.startsWith(`${site.publicUrl}/auth/callback?error=invalid_request`);
    assert.ok((answer.status >= 400 && answer.status < 500) || back, `GET ${path}: ${answer.status} ${answer.text}`);
    assert.doesNotMatch(answer.text, /\n\s+at /);
  }
  assert.deepEqual(await counts(site), before);
  assert.deepEqual(site.world.errors, []);
});

test('sign-ins that were begun and left do not fill the browser with cookies', async () => {
  const site = await aSite();
  const browser = site.browser();
  for (let begun = 0; begun < 12; begun += 1) await browser.send(`${site.publicUrl}/auth/login`);
  assert.ok(browser.cookies.filter(({ name }) => name.startsWith('tc_login_')).length <= 6);
});
