import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { freePort } from '../testing/free-port.ts';
import { connectionsOfRun } from '../testing/real-servers.ts';
import { temporaryFolder } from '../testing/server.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { until } from '../testing/until.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';
import { startService } from './service-process.ts';

// A provider whose process stands still: it takes connections and answers nothing, as one does whose machine hangs.

const callMilliseconds = 1500;
const workshop = pluginWorkshop();
const folder = temporaryFolder();
let taker: TestPlatform;
let giver: Awaited<ReturnType<typeof startService>>;

const shape = 'input: z.object({ n: z.int() }), output: z.object({ n: z.int() })';
const migration = { 'migrations/2026-11-25-create-seen.ts': migrationText() };

before(async () => {
  workshop.write('giver', {
    'plugin.ts': pluginText('giver', {
      contract: `offers: { 'giver.double': { kind: 'query', ${shape} }, 'giver.add': { kind: 'command', ${shape} } },`,
      extra: `services: [it.service({ name: 'giver.double', handle: async ({ n }) => ({ n: n * 2 }) }),
        it.service({ name: 'giver.add', async handle(_, { tx, actor }) {
          await tx.knex('seen').insert({ organisation_id: actor.organisation, key: 'added' });
          const [row] = await tx.knex('seen').where({ key: 'added' }).count('* as count');
          return { n: Number(row.count) };
        } })],`,
    }),
    ...migration,
  });
  workshop.write('taker', {
    'plugin.ts': pluginText('taker', {
      contract: `uses: { 'giver.double': { kind: 'query', ${shape} }, 'giver.add': { kind: 'command', ${shape} } },`,
    })
      .replace('routes: [make, seen]', 'routes: [make, seen, ask, add]')
      .replace(
        'const seen =',
        `const ask = it.route({ method: 'GET', path: '/taker/ask', summary: 'Ask', permission: 'signed-in',
          returns: z.object({ n: z.int() }), handle: (_, { call }) => call('giver.double', { n: 21 }) });
        const add = it.stream({ path: '/taker/add', query: z.object({ key: z.string() }), summary: 'Add', permission: 'signed-in',
          async handle({ query: { key } }, { call }) {
            const added = await call('giver.add', { n: 1 }, { idempotencyKey: key });
            return { headers: { 'Content-Type': 'application/json' }, body: new TextEncoder().encode(JSON.stringify(added)) };
          } });
        const seen =`,
      ),
    ...migration,
  });
  const store = await openFileSecrets({ folder, masterKey: undefined, clock: machineClock });
  for (const [path, value] of Object.entries(connectionsOfRun())) await store.write(path, value);
  const port = await freePort();
  taker = await makeTestPlatform({
    store,
    pluginFolders: [workshop.folder],
    patience: { startMilliseconds: 20_000, endMilliseconds: 20_000, callMilliseconds },
    settings: { plugins: ['users', 'platform', 'taker'], port, internalUrl: `http://127.0.0.1:${port}` },
  });
  giver = await startService({ beside: taker, folder, plugins: 'giver' });
  for (const id of ['giver', 'taker']) {
    const view = await taker.platform.kernel.enable(id);
    assert.deepEqual([view.state, view.reason], ['on', null], id);
  }
});
after(async () => {
  await giver?.[Symbol.asyncDispose]();
  await taker?.[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ask = () => taker.as('member').get('/api/taker/ask');
const add = (key: string) => taker.as('member').get(`/api/taker/add?key=${key}`);

test('while the provider stands still a call is a 503 at its deadline, and the rest goes on; then all is as before', {
  timeout: 60_000,
}, async () => {
  assert.deepEqual((await ask()).body, { n: 42 });
  assert.deepEqual((await add('first')).body, { n: 1 });

  giver.child.kill('SIGSTOP');
  try {
    for (const called of [ask, () => add('second')]) {
      const began = performance.now();
      const late = await called();
      assert.deepEqual([late.status, late.body.type], [503, 'service-too-slow'], JSON.stringify(late.body));
      assert.ok(Number(late.headers.get('retry-after')) > 0);
      // Not before its deadline, and long before node’s or the gateway’s own would have ended it.
      assert.ok(performance.now() - began > callMilliseconds - 50);
      assert.ok(performance.now() - began < callMilliseconds + 8000);
    }
    assert.equal((await taker.as('member').get('/api/taker')).status, 200, 'what calls nobody goes on');
  } finally {
    giver.child.kill('SIGCONT');
  }
  await until(async () => (await ask()).status === 200);
  // Whether the command was done there is not known to the caller; the same key finds out, and it has one effect.
  assert.equal((await add('second')).body.n, 2);
  assert.equal((await add('third')).body.n, 3);
});
