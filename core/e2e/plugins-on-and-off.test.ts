import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

const workshop = pluginWorkshop();
let app: TestPlatform;
const migration = { 'migrations/2026-11-25-create-seen.ts': migrationText() };

before(async () => {
  for (const id of ['alpha', 'beta']) workshop.write(id, { 'plugin.ts': pluginText(id), ...migration });
  app = await makeTestPlatform({ pluginFolders: [workshop.folder] });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const admin = () => app.as('administrator');
const enable = (id: string) => admin().post(`/api/platform/plugins/${id}/enable`);
const disable = (id: string) => admin().post(`/api/platform/plugins/${id}/disable`);

/** What an enable leaves on the server, in the secrets and on the bus. */
async function traces(id: string) {
  const { host, port, user, password } = (await import('../testing/server.ts').then((m) => m.testServer())).admin;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  const prefix = app.platform.settings.databasePrefix;
  const { rows } = await client.query(
    `select (select count(*)::int from pg_database where datname = $1) as databases, (select count(*)::int from pg_roles where rolname like $2) as roles`,
    [`${prefix}${id}`, `${prefix}${id}\\_%`],
  );
  await client.end();
  const queue = await app.platform.pools
    .database('platform')
    .query({ name: 'test.queue', text: 'select count(*)::int as queues from bus_queue where plugin = $1' }, [id]);
  return {
    ...rows[0],
    ...(queue[0] as object),
    secrets: (await app.platform.secrets.list(`databases/${id}`)).length,
    routes: (await app.as('member').get(`/api/${id}`)).status !== 404,
  };
}
const nothing = { databases: 0, roles: 0, queues: 0, secrets: 0, routes: false };

test('a plugin comes and goes while requests to another go on without an error', async () => {
  assert.equal((await enable('alpha')).body.state, 'on');
  let stop = false;
  const statuses = new Map<number, number>();
  const load = Array.from({ length: 4 }, async () => {
    while (!stop) {
      const { status } = await app.as('member').post('/api/alpha');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  });
  for (let i = 0; i < 3; i += 1) {
    assert.equal((await app.as('member').get('/api/beta')).status, 404);
    assert.equal((await enable('beta')).body.state, 'on');
    assert.equal((await app.as('member').get('/api/beta')).status, 200);
    assert.equal((await disable('beta')).body.state, 'off');
  }
  stop = true;
  await Promise.all(load);
  assert.deepEqual([...statuses.keys()], [200]);
  assert.ok(statuses.get(200)! > 10);
  await app.settled();
});

test('what is published for a plugin that is off waits, is counted, and is handled when it is on again', async () => {
  workshop.write('gamma', {
    'plugin.ts': pluginText('gamma', { contract: "paths: ['/gamma']," })
      .replaceAll('gamma.made', 'alpha.made')
      .replace(/publishes: \{.*\},\n/, '')
      .replace(/const make[\s\S]*?\n\}\);\n/, '')
      .replace('routes: [make, seen]', 'routes: [seen]'),
    ...migration,
  });
  assert.equal((await enable('gamma')).body.state, 'on');
  await app.settled();
  const before = (await app.as('member').get('/api/gamma')).body.count;
  assert.equal((await disable('gamma')).body.state, 'off');
  for (let i = 0; i < 5; i += 1) await app.as('member').post('/api/alpha');
  await app.settled();
  const detail = (await admin().get('/api/platform/plugins/gamma')).body;
  assert.deepEqual(
    detail.queues.map((queue: { waiting: number }) => queue.waiting),
    [5],
  );
  assert.ok(detail.consequences.length > 0);
  assert.equal((await enable('gamma')).body.state, 'on');
  await app.settled();
  assert.equal((await app.as('member').get('/api/gamma')).body.count, before + 5);
});

const failures: [name: string, files: Record<string, string>, reason: RegExp][] = [
  [
    'broken-load',
    { 'plugin.ts': 'throw new Error("It has a fault of its own.");' },
    /could not be loaded: It has a fault of its own/,
  ],
  [
    'broken-migration',
    {
      'plugin.ts': pluginText('broken-migration'),
      'migrations/2026-11-25-create-seen.ts': migrationText('seen', "throw new Error('The migration fails.');"),
    },
    /The migration fails/,
  ],
  [
    'broken-start',
    {
      'plugin.ts': pluginText('broken-start', {
        extra: "starts: [it.start({ name: 'x', async start() { throw new Error('It does not start.'); } })],",
      }),
      ...migration,
    },
    /It does not start/,
  ],
  [
    'broken-job',
    {
      'plugin.ts': pluginText('broken-job', {
        extra:
          "jobs: [it.job({ name: 'x', title: 'x', cron: '61 * * * *', late: 'skip', per: 'platform', async run() {} })],",
      }),
      ...migration,
    },
    /Job x/,
  ],
  [
    'broken-path',
    {
      'plugin.ts': pluginText('broken-path').replace("paths: ['/broken-path']", "paths: ['/alpha/inner']"),
      ...migration,
    },
    /both claim the path/,
  ],
  [
    'broken-claim',
    {
      'plugin.ts': pluginText('broken-claim', {
        contract: "permissions: { 'platform:manage': { title: 'Manage', role: 'guest' } },",
      }),
      ...migration,
    },
    /both claim the permission platform:manage/,
  ],
  [
    'broken-housekeeping',
    {
      'plugin.ts': pluginText('broken-housekeeping', {
        extra:
          "jobs: [it.job({ name: 'housekeeping', title: 'x', cron: '0 3 * * *', late: 'skip', per: 'platform', async run() {} })],",
      }),
      ...migration,
    },
    /has a job housekeeping of its own/,
  ],
  [
    'broken-offer',
    {
      'plugin.ts': pluginText('broken-offer', {
        contract: "offers: { 'broken-offer.ask': { kind: 'query', input: z.object({}), output: z.object({}) } },",
      }),
      ...migration,
    },
    /offers broken-offer\.ask and has no service for it/,
  ],
  [
    'broken-one-off',
    {
      'plugin.ts': pluginText('broken-one-off', { contract: 'oneOffs: { later: { data: z.object({}) } },' }),
      ...migration,
    },
    /one-off job later and has nothing that does it/,
  ],
  [
    'broken-need',
    {
      'plugin.ts': pluginText('broken-need', {
        contract: "uses: { 'nobody.has': { kind: 'query', input: z.object({}), output: z.object({}) } },",
      }),
      ...migration,
    },
    /needs the service nobody\.has/,
  ],
  [
    'broken-reading',
    {
      'plugin.ts': pluginText('broken-reading', {
        contract: "handles: { 'alpha.made': { version: 1, data: z.object({ colour: z.string() }) } },",
      })
        .replaceAll("event: 'broken-reading.made'", "event: 'alpha.made'")
        .replace(/ {2}handles: \{ 'broken-reading[^\n]*\n/, ''),
      ...migration,
    },
    /colour is not given/,
  ],
];

for (const [id, files, reason] of failures) {
  test(`${id}: it is failed with its reason, nothing of it is left, and a mended one can be tried again`, async () => {
    workshop.write(id, files);
    const { status, body } = await enable(id);
    assert.equal(status, 200);
    assert.equal(body.state, 'failed');
    assert.match(body.reason, reason);
    assert.deepEqual(await traces(id), nothing);
    assert.equal((await app.as('member').post('/api/alpha')).status, 200, 'the others go on');
    const kept = (await admin().get('/api/platform/plugins')).body.items.find((item: { id: string }) => item.id === id);
    assert.equal(kept.state, 'failed');
    if (id === 'broken-load') {
      workshop.write(id, { 'plugin.ts': pluginText(id), ...migration });
      assert.equal((await enable(id)).body.state, 'on');
    }
  });
}

test('a plugin that others need cannot be disabled before them', async () => {
  workshop.write('giver', {
    'plugin.ts': pluginText('giver', {
      contract:
        "offers: { 'giver.double': { kind: 'query', input: z.object({ n: z.int() }), output: z.object({ n: z.int(), secret: z.string() }) } },",
      extra:
        "services: [it.service({ name: 'giver.double', async handle({ n }) { return { n: n * 2, secret: 'x' }; } })],",
    }),
    ...migration,
  });
  workshop.write('taker', {
    'plugin.ts': pluginText('taker', {
      contract:
        "uses: { 'giver.double': { kind: 'query', input: z.object({ n: z.int() }), output: z.object({ n: z.int() }) } },",
      before: '',
    }).replace(
      "async handle({ actor }, { publish }) { await publish('taker.made', { key: actor.person }); return { ok: true }; }",
      "async handle(_, { call }) { const answer = await call('giver.double', { n: 21 }); return { ok: answer.n === 42 && !('secret' in answer) }; }",
    ),
    ...migration,
  });
  assert.match((await enable('taker')).body.reason, /needs the service giver\.double/);
  assert.equal((await enable('giver')).body.state, 'on');
  assert.equal((await enable('taker')).body.state, 'on');
  assert.deepEqual((await app.as('member').post('/api/taker')).body, { ok: true });
  const refused = await disable('giver');
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /taker needs giver/);
  assert.equal((await disable('taker')).body.state, 'off');
  assert.equal((await disable('giver')).body.state, 'off');
});

test('every change leaves an audit row that the database does not let go', async () => {
  const { body } = await admin().get('/api/platform/audit?action=plugin.enabled');
  assert.ok(body.items.length >= 4);
  assert.equal(body.items[0].actor, admin().person);
  assert.ok(body.items[0].requestId);
  await assert.rejects(
    app.platform.pools.database('platform').query({ name: 'test.audit', text: 'delete from audit' }, []),
    /only added to/,
  );
});

test('only an administrator of the platform switches plugins', async () => {
  for (const role of ['owner', 'stranger', 'guest'] as const)
    assert.equal((await app.as(role).post('/api/platform/plugins/alpha/disable')).status, 403);
  assert.equal((await app.as('anonymous').post('/api/platform/plugins/alpha/disable')).status, 401);
});
