import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeLog } from '../observability/log.ts';
import { addressOf, serverControl } from '../testing/real-servers.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { until } from '../testing/until.ts';

const broker = serverControl('rabbitmq');
const apps: TestPlatform[] = [];

const lines: { msg: string; pump?: string }[] = [];

async function start(): Promise<TestPlatform> {
  const destination = {
    write: (text: string) =>
      void lines.push(
        ...text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ),
  };
  const app = await makeTestPlatform({
    plugins: ['ledger'],
    pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))],
    settings: { bus: 'rabbitmq' },
    log: makeLog({ level: 'warn', destination }),
    secrets: { 'services/rabbitmq-connection': { url: addressOf('rabbitmq') } },
  });
  apps.push(app);
  return app;
}

after(async () => {
  await broker.start();
  for (const app of apps) await app[Symbol.asyncDispose]();
});

async function busPart(app: TestPlatform) {
  const { body, status } = await app.as('anonymous').get('/health');
  const part = body.parts.find(({ name }: { name: string }) => name === 'bus');
  return { status, health: body.status, state: part.state as string, detail: String(part.detail) };
}

async function enter(app: TestPlatform, count: number) {
  for (let place = 1; place <= count; place += 1) {
    const { status } = await app.as('member').post('/api/ledger', { account: `a${place % 3}`, place });
    assert.equal(status, 201);
  }
}

async function counted(app: TestPlatform) {
  const { body } = await app.as('member').get('/api/ledger');
  return [body.entries, body.effects];
}

test('while the broker is away requests are answered as always, health says so, and their events are handled afterwards', {
  timeout: 120_000,
}, async () => {
  const app = await start();
  await enter(app, 5);
  await app.settled();
  assert.deepEqual(await counted(app), [5, 15]);
  await broker.stop();
  await until(async () => (await busPart(app)).state === 'degraded', 'health says so');
  const away = await busPart(app);
  assert.deepEqual([away.status, away.health], [200, 'degraded']);
  assert.match(away.detail, /RabbitMQ is away since \d+ s .*Events wait in the outbox/);
  await enter(app, 20);
  // Waiting costs no lines: one when it went, one when it was found to refuse connections.
  const said = lines.filter(({ msg, pump }) => /RabbitMQ/.test(msg) || /relay/.test(pump ?? ''));
  assert.ok(said.length >= 1 && said.length <= 4, JSON.stringify(said));
  const { body, status } = await app.as('administrator').get('/api/platform/plugins/ledger');
  assert.deepEqual([status, body.state], [200, 'on']);
  await broker.start();
  await until(async () => (await busPart(app)).state === 'ok', 'it is back');
  await app.settled();
  assert.deepEqual(await counted(app), [25, 75]);
});

test('a platform that starts while the broker is away serves, and its events go on their way later', {
  timeout: 120_000,
}, async () => {
  await broker.stop();
  const app = await start();
  await enter(app, 10);
  assert.equal((await busPart(app)).state, 'degraded');
  await broker.start();
  await until(async () => (await busPart(app)).state === 'ok', 'it is there');
  await app.settled();
  assert.deepEqual(await counted(app), [10, 30]);
});
