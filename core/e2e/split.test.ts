import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { statement } from '@task-connect/sdk';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import type { ServiceClaims } from '../kernel/service-token.ts';
import { makeLog } from '../observability/log.ts';
import { freePort } from '../testing/free-port.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// One installation as three processes: the console and people, a plugin that offers, and one that uses.

const workshop = pluginWorkshop();
let desk: TestPlatform;
let giver: TestPlatform;
let taker: TestPlatform;
const giverLines: string[] = [];

const shape = `input: z.object({ n: z.int() }), output: z.object({ n: z.int(), who: z.string(), role: z.string(), may: z.boolean(), trace: z.string() })`;
const answer = `async handle({ n }, { actor, tx, log }) {
  if (n === 13) throw new Problem({ type: 'giver/unlucky', status: 409, title: 'Unlucky', detail: 'Give another number.' });
  log.info({}, 'the provider speaks of ' + n);
  if (n === 500) throw new Error('It broke.');
  return { n: n * 2, who: actor.person, role: actor.role, may: actor.may('giver:manage'), trace: '' };
}`;

before(async () => {
  const files = (text: string, table = 'seen') => ({
    'plugin.ts': text,
    'migrations/2026-11-25-create-seen.ts': migrationText(table),
  });
  workshop.write(
    'giver',
    files(
      pluginText('giver', {
        contract: `permissions: { 'giver:manage': { title: 'Manage', role: 'manager' } },
        offers: { 'giver.double': { kind: 'query', ${shape} }, 'giver.add': { kind: 'command', ${shape} } },`,
        extra: `services: [it.service({ name: 'giver.double', ${answer} }), it.service({ name: 'giver.add', async handle({ n }, { tx, actor }) {
        await tx.knex('seen').insert({ organisation_id: actor.organisation, key: 'added' });
        const [row] = await tx.knex('seen').where({ key: 'added' }).count('* as count');
        return { n: Number(row.count), who: actor.person, role: actor.role, may: true, trace: '' };
      } })],`,
      }).replace('import { declarePlugin, z }', 'import { declarePlugin, Problem, z }'),
    ),
  );
  workshop.write(
    'taker',
    files(
      pluginText('taker', {
        contract: `uses: { 'giver.double': { kind: 'query', ${shape} }, 'giver.add': { kind: 'command', ${shape} } },`,
        extra: '',
      })
        .replace('routes: [make, seen]', 'routes: [make, seen, ask, add]')
        .replace(
          'const seen =',
          `const out = z.object({ n: z.int(), who: z.string(), role: z.string(), may: z.boolean() });
        const ask = it.route({ method: 'GET', path: '/taker/ask/:n', summary: 'Ask', permission: 'signed-in',
          params: z.object({ n: z.coerce.number().int() }), returns: out,
          handle: ({ params: { n } }, { call }) => call('giver.double', { n }) });
        const add = it.stream({ path: '/taker/add', query: z.object({ key: z.string() }), summary: 'Add, which a stream may: it has no transaction', permission: 'signed-in',
          async handle({ query: { key } }, { call }) {
            const added = await call('giver.add', { n: 1 }, { idempotencyKey: key });
            return { headers: { 'Content-Type': 'application/json' }, body: new TextEncoder().encode(JSON.stringify(added)) };
          } });
        const seen =`,
        ),
    ),
  );
  workshop.write('idler', files(pluginText('idler')));
  const destination = { write: (line: string) => void giverLines.push(...line.split('\n')) };
  const process = async (plugins: string[], beside?: TestPlatform, log?: ReturnType<typeof makeLog>) => {
    const port = await freePort();
    return makeTestPlatform({
      beside,
      ...(log ? { log } : {}),
      pluginFolders: beside ? undefined : [workshop.folder],
      patience: { startMilliseconds: 8000, endMilliseconds: 8000 },
      settings: { plugins, port, internalUrl: `http://127.0.0.1:${port}`, publicUrl: 'http://tc.test' },
    });
  };
  desk = await process(['users', 'platform']);
  giver = await process(['giver'], desk, makeLog({ level: 'info', destination }));
  taker = await process(['taker', 'idler'], desk);
});
after(async () => {
  for (const app of [taker, giver, desk]) await app?.[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const order = async (id: string, verb: 'enable' | 'disable') =>
  (await desk.as('administrator').post(`/api/platform/plugins/${id}/${verb}`)).body;
const ask = (n: number, role: 'guest' | 'manager' | 'member' = 'member') => taker.as(role).get(`/api/taker/ask/${n}`);

async function soon(what: () => Promise<boolean>): Promise<void> {
  for (const until = performance.now() + 8_000; performance.now() < until; ) {
    if (await what()) return;
    await pause(20);
  }
  assert.fail(`It did not come to this within 8 s: ${what}`);
}

test('what the console switches on is on where it is served when the answer comes', async () => {
  for (const id of ['giver', 'idler', 'taker']) {
    const summary = await order(id, 'enable');
    assert.deepEqual([summary.state, summary.reason], ['on', null], id);
  }
  assert.equal((await giver.as('member').get('/api/giver')).status, 200);
  assert.equal((await taker.as('member').get('/api/taker')).status, 200);
  assert.equal((await desk.as('member').get('/api/giver')).status, 404);
  assert.equal((await giver.as('member').get('/api/me')).status, 404, 'people are served by their own process');
});

test('a call goes over HTTP, as the person, with the rights that the person has', async () => {
  const asked = await ask(21, 'manager');
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  assert.deepEqual(asked.body, { n: 42, who: taker.as('manager').person, role: 'manager', may: true });
  const byGuest = (await ask(21, 'guest')).body;
  assert.deepEqual([byGuest.role, byGuest.may], ['guest', false]);
});

test('a command goes over HTTP, and the same key twice is one effect with one answer', async () => {
  const add = (key: string) => taker.as('member').get(`/api/taker/add?key=${key}`);
  const [first, again] = [await add('a'), await add('a')];
  assert.deepEqual([first.status, first.body.n], [200, 1], JSON.stringify(first.body));
  assert.deepEqual(again.body, first.body);
  // Two at once: the second waits for the first, and gets its answer.
  const both = await Promise.all([add('b'), add('b')]);
  assert.deepEqual(
    both.map(({ status, body }) => [status, body.n]),
    [
      [200, 2],
      [200, 2],
    ],
  );
  assert.equal((await add('c')).body.n, 3, 'another key is another command');
});

test('one trace goes from the caller’s route through its call to the log of the provider', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const parent = `00-${traceId}-00f067aa0ba902b7-01`;
  const asked = await taker.as('member').get('/api/taker/ask/7', { traceparent: parent });
  assert.equal(asked.status, 200);
  const said = giverLines.filter((line) => line.includes('the provider speaks of 7')).map((line) => JSON.parse(line));
  assert.equal(said.length, 1);
  assert.equal(said[0].traceId, traceId);
  assert.equal(said[0].plugin, 'giver');
});

test('a refusal of the provider is the caller’s, and its fault stays inside', async () => {
  const refused = await ask(13);
  assert.deepEqual([refused.status, refused.body.type], [409, 'giver/unlucky']);
  assert.deepEqual([(await ask(500)).status, (await ask(500)).body.type], [500, 'internal-fault']);
});

test('permissions, API document and organisation are the same in every process', async () => {
  const lists = [desk, giver, taker].map((app) => [...app.platform.kernel.permissionsOf('manager', [])].sort());
  assert.ok(lists[0]!.includes('giver:manage'));
  assert.deepEqual(lists[1], lists[0]);
  assert.deepEqual(lists[2], lists[0]);
  const documents = await Promise.all([desk, giver, taker].map((app) => app.as('member').get('/api/openapi.json')));
  assert.ok(documents[0]!.body.paths['/api/taker/ask/{n}'], JSON.stringify(Object.keys(documents[0]!.body.paths)));
  assert.deepEqual(documents[1]!.body.paths, documents[0]!.body.paths);
  assert.deepEqual(documents[2]!.body.paths, documents[0]!.body.paths);
});

const addAccount = statement<[person: string], never>(
  'test.suspended-account',
  `insert into identity (person_id, issuer, subject, created_at, suspended)
   values ($1::uuid, 'test', $1::uuid::text, now(), true)`,
);
const liftSuspension = statement<[person: string], never>(
  'test.lift-suspension',
  'update identity set suspended = false where person_id = $1',
);
const deactivate = statement<[person: string], never>(
  'test.deactivate',
  'update person set active = false where id = $1',
);

const url = () => `${giver.url}/internal/services/giver.double`;
const knock = async (authorization: string | undefined) => {
  const response = await fetch(url(), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify({ input: { n: 1 } }),
  });
  return { status: response.status, body: (await response.json()) as { type: string; detail: string } };
};
const claims = (more: Partial<ServiceClaims> = {}): ServiceClaims => ({
  caller: 'taker',
  provider: 'giver',
  service: 'giver.double',
  reach: 'member',
  actor: { kind: 'person', person: desk.as('member').person!, organisation: desk.organisation, may: [] },
  ...more,
});

test('a service token is good once, for one plugin, from a process that serves the caller', async () => {
  const { sign } = taker.platform.tokens;
  const good = await sign(claims());
  assert.equal((await knock(`Bearer ${good}`)).status, 200);
  assert.match((await knock(`Bearer ${good}`)).body.detail, /used before/);

  const bad = {
    'of another audience': await sign(claims({ provider: 'idler' })),
    'for another service': await sign(claims({ service: 'giver.add' })),
    'of a plugin that its process does not serve': await desk.platform.tokens.sign(claims()),
    'of a person elsewhere': await sign(claims({ actor: { ...claims().actor, person: desk.as('stranger').person! } })),
    'of a person with the reach of the system': await sign(claims({ reach: 'system' })),
    'of the operator': await sign(claims({ reach: 'operator', actor: { ...claims().actor, kind: 'operator' } })),
  };
  for (const [what, token] of Object.entries(bad)) {
    const { status, body } = await knock(`Bearer ${token}`);
    assert.deepEqual([status, body.type], [401, 'service-token-refused'], what);
  }
  const { status, body } = await knock(`Bearer ${await sign(claims({ caller: 'idler' }))}`);
  assert.deepEqual([status, body.type], [403, 'service-not-declared']);
});

test('a person whose account was suspended, or who was deactivated, is nobody for a call that is on its way', async () => {
  const users = desk.platform.pools.database('users');
  const person = (await desk.person('member', 'leaver')).person!;
  const knocks = async () => {
    const token = await taker.platform.tokens.sign(claims({ actor: { ...claims().actor, person } }));
    const { status, body } = await knock(`Bearer ${token}`);
    return status === 200 ? 200 : [status, body.type];
  };
  const refused = [401, 'service-token-refused'];
  assert.deepEqual(await knocks(), 200);
  await users.query(addAccount, [person]);
  assert.deepEqual(await knocks(), refused);
  await users.query(liftSuspension, [person]);
  assert.deepEqual(await knocks(), 200);
  await users.query(deactivate, [person]);
  assert.deepEqual(await knocks(), refused);
});

test('nobody else gets in: no token, a person’s, an expired one, one of an unknown process', async () => {
  const ours = decodeJwt(await taker.platform.tokens.sign(claims())).iss!;
  const made = async (kid: string, key: CryptoKey, age: number, issuer = ours) =>
    new SignJWT({ service: 'giver.double', reach: 'member', actor: claims().actor })
      .setProtectedHeader({ alg: 'ES256', typ: 'service+jwt', kid })
      .setIssuer(issuer)
      .setSubject('taker')
      .setAudience('giver')
      .setJti(crypto.randomUUID())
      .setIssuedAt(Math.floor(Date.now() / 1000) - age)
      .setExpirationTime(Math.floor(Date.now() / 1000) - age + 60)
      .sign(key);
  const { privateKey } = await generateKeyPair('ES256');
  const { id, signingKey } = taker.platform.processes;
  assert.equal((await knock(`Bearer ${await made(id, signingKey, 0)}`)).status, 200, 'as the refused ones, but good');
  for (const [what, authorization] of Object.entries({
    'no token': undefined,
    'a person’s': `Bearer ${desk.as('owner').token}`,
    expired: `Bearer ${await made(id, signingKey, 300)}`,
    'of another installation': `Bearer ${await made(id, signingKey, 0, 'another')}`,
    'of a forged process': `Bearer ${await made(id, privateKey, 0)}`,
    'of an unknown process': `Bearer ${await made(crypto.randomUUID(), privateKey, 0)}`,
  })) {
    const { status, body } = await knock(authorization);
    assert.deepEqual([status, body.type], [401, 'service-token-refused'], what);
  }
  const onApi = await fetch(`${giver.url}/api/giver`, {
    headers: { authorization: `Bearer ${await taker.platform.tokens.sign(claims())}` },
  });
  assert.equal(onApi.status, 401);
});

test('who comes past the gateway is asked the same', async () => {
  assert.equal((await giver.as('anonymous').get('/api/giver')).status, 401);
  const foreign = await giver.as('stranger').get('/api/giver', { 'tc-organization': desk.organisation });
  assert.equal(foreign.status, 404);
  assert.equal((await giver.as('guest').get('/api/giver')).status, 200);
});

test('a plugin that others need is not switched off, and one that is off is off where it was served', async () => {
  const refused = await desk.as('administrator').post('/api/platform/plugins/giver/disable');
  assert.deepEqual([refused.status, refused.body.type], [409, 'plugins/needed']);
  assert.equal((await order('idler', 'disable')).state, 'off');
  assert.equal((await taker.as('member').get('/api/idler')).status, 404);
  assert.equal((await order('idler', 'enable')).state, 'on');
  assert.equal((await taker.as('member').get('/api/idler')).status, 200);
});

test('when the provider’s process ends, a call is a 503 that says when to come again, until it is back', async () => {
  const { port } = giver.platform.settings;
  await giver[Symbol.asyncDispose]();
  const away = await ask(1);
  assert.deepEqual([away.status, away.body.type], [503, 'service-off']);
  assert.ok(Number(away.headers.get('retry-after')) > 0);
  assert.match(
    (await desk.as('administrator').get('/api/platform/plugins/giver')).body.reason,
    /No process that runs now serves it/,
  );
  assert.equal((await taker.as('member').get('/api/taker')).status, 200, 'what needs no call goes on');

  giver = await makeTestPlatform({
    beside: desk,
    settings: { plugins: ['giver'], port, internalUrl: `http://127.0.0.1:${port}`, publicUrl: 'http://tc.test' },
  });
  await soon(async () => (await ask(21)).status === 200);
  assert.equal((await desk.as('administrator').get('/api/platform/plugins/giver')).body.state, 'on');
});

test('one that is wanted and served by nobody is said to be so', async () => {
  workshop.write('orphan', {
    'plugin.ts': pluginText('orphan'),
    'migrations/2026-11-25-create-seen.ts': migrationText(),
  });
  const summary = await order('orphan', 'enable');
  assert.deepEqual([summary.wanted, summary.state], [true, 'failed']);
  assert.match(summary.reason, /Start one whose TC_PLUGINS names orphan/);
});
