import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { hostileRequest } from './hostile-input.ts';

// Whatever is sent to whatever route of whatever plugin: a success, or a problem document that says what to do. Never
// a fault of ours, never a stack trace.

const app = await makeTestPlatform({ plugins: 'all' });
after(() => app[Symbol.asyncDispose]());
const { active } = app.platform.kernel.registry();
const routes = active.flatMap(({ id, routes: own }) => own.map((route) => ({ plugin: id, route })));
const member = app.as('owner');
const administrator = app.as('administrator');
const task = (await member.post('/api/tasks', { title: 'Kept' })).body;

type Sent = { method: string; path: string; body?: string | undefined; headers?: Record<string, string> };

async function send({ method, path, body, headers }: Sent, token: string | undefined) {
  const response = await fetch(app.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text };
}

function assertMendable(answer: Awaited<ReturnType<typeof send>>, sent: Sent): void {
  const shown = `${sent.method} ${sent.path.slice(0, 300)} ${(sent.body ?? '').slice(0, 300)}\n${answer.text.slice(0, 600)}`;
  assert.ok(answer.status < 500, `${answer.status} for ${shown}`);
  if (answer.status < 400) return;
  assert.equal(answer.type, 'application/problem+json', shown);
  const { type, title, status, detail } = JSON.parse(answer.text);
  assert.deepEqual([typeof type, typeof title, status], ['string', 'string', answer.status], shown);
  assert.ok(detail.length > 10, shown);
  assert.doesNotMatch(answer.text, /\bat .*\.(ts|js):\d+|node_modules|select |insert into/i, shown);
}

assert.ok(routes.length >= 20);
for (const { plugin, route } of routes) {
  test(`${plugin}: ${route.method} ${route.path} takes any input`, async () => {
    const ids = [task.id, member.person, member.organisation, administrator.person, ...active.map(({ id }) => id)];
    // Enough to meet every kind of value often over all routes; failing ones are shrunk and printed.
    await fc.assert(
      fc.asyncProperty(
        hostileRequest(route, ids as string[]),
        fc.constantFrom(member, administrator),
        async (made, who) => {
          const sent = { method: route.method, ...made };
          if (changesPlugins(made.path)) return;
          assertMendable(await send(sent, who.token), sent);
        },
      ),
      { numRuns: 25 },
    );
  });
}

/** Switching parts of the platform off is not bad input. */
const changesPlugins = (path: string): boolean => /\/platform\/plugins\/[^/]+\/(en|dis)able/.test(path);

const badTokens = async (): Promise<Record<string, string>> => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { publicUrl, oidcAudience } = app.platform.settings;
  const signed = (claims: object, issuer: string, lifetime = '5m') =>
    new SignJWT({ scope: '*', client_id: 'x', jti: 'x', ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setSubject(member.person!)
      .setIssuer(issuer)
      .setAudience(oidcAudience)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(privateKey);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: `${publicUrl}/oidc`, sub: member.person, aud: oidcAudience, exp: 4102444800 };
  return {
    empty: '',
    words: 'not a token',
    'alg none': `${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`,
    'alg HS256': `${part({ alg: 'HS256', typ: 'at+jwt' })}.${part(claims)}.${part({})}`,
    'no JSON': 'e30.e30.e30',
    'signed by another key': await signed({}, `${publicUrl}/oidc`),
    'of another issuer': await signed({}, 'https://issuer.test'),
    expired: await signed({}, `${publicUrl}/oidc`, '-1h'),
    'cut off': member.token!.slice(0, -1),
    'one letter changed': member.token!.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')),
    'very long': 'x'.repeat(9000),
    'not ASCII': 'caf\u00e9',
  };
};

test('a token that is not good is a 401 that says how to get one', async () => {
  const tokens = Object.entries(await badTokens());
  assert.equal(tokens.length, 12);
  for (const [kind, token] of tokens) {
    const answer = await send(
      { method: 'GET', path: '/api/tasks', headers: { authorization: `Bearer ${token}` } },
      undefined,
    );
    assert.equal(answer.status, 401, `${kind}: ${answer.text}`);
    assertMendable(answer, { method: 'GET', path: kind });
  }
});

test('refused input changes nothing', async () => {
  const count = async () => (await member.get('/api/tasks?count=true&limit=1')).body.total;
  const before = await count();
  const bodies = [
    '{"title":',
    '[]',
    '{"title":"x","colour":1}',
    '{"title":"\\u0000"}',
    '{"title":"\\ud800"}',
    '{"title":5}',
  ];
  for (const body of [...bodies, `{"title":"x","notes":"${'x'.repeat(2 ** 21)}"}`, '{"a":'.repeat(60)]) {
    const sent = { method: 'POST', path: '/api/tasks', body };
    const answer = await send(sent, member.token);
    assert.ok([400, 413, 422].includes(answer.status), answer.text);
    assertMendable(answer, sent);
  }
  const stale = {
    method: 'PATCH',
    path: `/api/tasks/${task.id}`,
    body: '{"title":"y"}',
    headers: { 'if-match': '"99"' },
  };
  assert.equal((await send(stale, member.token)).status, 412);
  assert.equal(await count(), before);
  assert.equal((await member.get(`/api/tasks/${task.id}`)).body.title, 'Kept');
});
