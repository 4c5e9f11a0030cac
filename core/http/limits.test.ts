import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activate, ask, identity, startEdge } from './edge-for-tests.ts';
import { memoryRateLimiter } from './memory-rate-limiter.ts';
import { routes, things } from './things-for-tests.ts';

function limited(limits: { rateLimit?: number; anonymousRateLimit?: number }) {
  let now = 0;
  return {
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    start: () =>
      startEdge([activate(things.contract, routes)], {
        settings: { rateLimit: 1000, anonymousRateLimit: 1000, ...limits },
        limiter: memoryRateLimiter({ now: () => now }),
      }),
  };
}

test('a person is told how many requests are left, and when to go on', async () => {
  const { start, pass } = limited({ rateLimit: 2 });
  await using edge = await start();
  const first = await ask(edge, '/api/things', { as: 'reader' });
  assert.equal(first.headers['ratelimit-policy'], '"person";q=2;w=60');
  assert.equal(first.headers.ratelimit, '"person";r=1;t=30');
  await ask(edge, '/api/things', { as: 'reader' });
  const third = await ask(edge, '/api/things', { as: 'reader' });
  assert.equal(third.status, 429);
  assert.equal(third.headers['retry-after'], '30');
  assert.equal(third.headers.ratelimit, '"person";r=0;t=60');
  assert.equal(third.json.type, 'too-many-requests');
  pass(30);
  assert.equal((await ask(edge, '/api/things', { as: 'reader' })).status, 200);
});

test('who has not signed in is counted by address, and takes nothing from who has', async () => {
  const { start } = limited({ anonymousRateLimit: 1 });
  await using edge = await start();
  assert.equal((await ask(edge, '/api/things/at/x')).status, 200);
  assert.equal((await ask(edge, '/api/things/at/x')).status, 429);
  assert.equal((await ask(edge, '/api/things', { as: 'reader' })).status, 200);
});

test('refused tokens are counted by address, and shut out nobody else who is behind it', async () => {
  const { start } = limited({ anonymousRateLimit: 3 });
  await using edge = await start();
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) statuses.push((await ask(edge, '/api/things', { as: 'forged' })).status);
  assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
  for (const as of ['reader', 'late']) assert.equal((await ask(edge, '/api/things', { as })).status, 200, as);
});

test('a personal token has a bucket of its own, and plugins have none', async () => {
  let token = 'one';
  let kind: 'person' | 'plugin' = 'person';
  const { actor } = await identity.authenticate({
    method: 'GET',
    headers: { authorization: 'Bearer reader' },
    address: '',
  });
  const active = [activate(things.contract, routes)];
  await using edge = await startEdge(active, {
    settings: { rateLimit: 1 },
    identity: {
      ...identity,
      authenticate: () => ({
        actor: { ...actor, kind },
        credential: { kind: 'personal-token', tokenId: token, scopes: [] },
      }),
    },
  });
  const status = async () => (await ask(edge, '/api/things')).status;
  assert.deepEqual([await status(), await status()], [200, 429]);
  token = 'two';
  assert.deepEqual([await status(), await status()], [200, 429]);
  kind = 'plugin';
  assert.deepEqual([await status(), await status()], [200, 200]);
});

test('logins are counted by address as well', async () => {
  const { start } = limited({ anonymousRateLimit: 1 });
  await using edge = await start();
  assert.equal((await ask(edge, '/auth/echo')).status, 200);
  assert.equal((await ask(edge, '/auth/echo')).status, 429);
});
