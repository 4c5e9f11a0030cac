import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { statement } from '@task-connect/sdk';
import { type RestartableServer, restartableServer } from '../testing/restartable-server.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { externalServer } from './external-server.ts';
import { makePools } from './pools.ts';

// What a restart, a kill and a pause of PostgreSQL cost a platform under load: 503s while it lasts, and nothing else.
// Two processes of one installation share the server, so that what is told between them is seen to come back, too.

let server: RestartableServer;
let one: TestPlatform;
let two: TestPlatform;
before(async () => {
  server = await restartableServer();
  await server.start();
  one = await makeTestPlatform({
    server: await externalServer(server.url()),
    plugins: ['ledger'],
    pluginFolders: [fileURLToPath(new URL('../e2e/plugins', import.meta.url))],
  });
  two = await makeTestPlatform({ beside: one });
});
after(async () => {
  await two?.[Symbol.asyncDispose]();
  await one?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

const bound = async (what: string, seconds: number, holds: () => boolean | Promise<boolean>) => {
  const began = performance.now();
  while (!(await holds())) {
    assert.ok(performance.now() - began < seconds * 1000, `${what} within ${seconds} s`);
    await pause(25);
  }
  return Math.round(performance.now() - began);
};

const isReady = async (app: TestPlatform) => {
  const response = await fetch(`${app.url}/health`).catch(() => undefined);
  const { status, parts } = response?.ok ? await response.json() : { status: 'failed', parts: [] };
  const database = parts.find(({ name }: { name: string }) => name === 'database');
  return status !== 'failed' && database?.state === 'ok';
};

/** Writers that go on through everything; every answer is counted. */
function load() {
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let acknowledged = 0;
  let stop = false;
  let longest = 0;
  const write = async (app: TestPlatform, account: string) => {
    for (let place = 1; !stop; place += 1) {
      const asked = performance.now();
      const { status, headers, body } = await app.as('member').post('/api/ledger', { account, place });
      longest = Math.max(longest, performance.now() - asked);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 201) acknowledged += 1;
      else {
        if (status !== 503 || !headers.get('retry-after')) faults.push(`${status} ${JSON.stringify(body)}`);
        await pause(50);
      }
    }
  };
  const writers = Array.from({ length: 8 }, (_, i) => write(i % 2 ? one : two, `a${i}-${Math.random()}`));
  return {
    acknowledged: () => acknowledged,
    refused: () => statuses.get(503) ?? 0,
    async end() {
      stop = true;
      await Promise.all(writers);
      return { statuses, faults, longest: Math.round(longest) };
    },
  };
}

const counted = async () => (await one.as('member').get('/api/ledger')).body as { entries: number; effects: number };

/** Under load the server goes away and comes back; what is true afterwards is the same for every way to go. */
async function through(
  t: { diagnostic(line: string): void },
  goes: () => Promise<void>,
  comes: () => Promise<void>,
  /** How many requests must have been refused before it comes back. */
  refusals = 1,
) {
  const { entries } = await counted();
  const hints: number[] = [];
  const heard = two.platform.live.subscribe(
    { person: two.as('member').person!, organisation: two.organisation },
    undefined,
    ({ data }) => hints.push(data.number as number),
  );
  const show = (number: number) =>
    one.platform.live.show([
      { organisation: two.organisation, person: null, plugin: 'platform', type: 'test', data: { number } },
    ]);
  const writers = load();
  await bound('writes before', 20, () => writers.acknowledged() >= 100);
  await goes();
  await bound('an outage that is seen', 20, async () => !(await isReady(one)));
  const refusing = await bound('refusals', 30, () => writers.refused() >= refusals).finally(comes);
  const ready = await bound('ready again', 10, async () => (await isReady(one)) && (await isReady(two)));
  const from = writers.acknowledged();
  const writing = await bound('writes afterwards', 10, () => writers.acknowledged() >= from + 100);
  await show(1);
  const listening = await bound('a hint of the other process', 10, () => hints.includes(1));
  heard();
  const { statuses, faults, longest } = await writers.end();
  assert.deepEqual(faults, []);
  await bound('all events handled', 60, async () => {
    await one.settled();
    await two.settled();
    const now = await counted();
    return now.effects === now.entries * 3;
  });
  const now = await counted();
  assert.ok(now.entries - entries >= writers.acknowledged(), `${now.entries - entries} of ${writers.acknowledged()}`);
  t.diagnostic(
    JSON.stringify({
      refusing,
      ready,
      writing,
      listening,
      longest,
      statuses: Object.fromEntries(statuses),
      acknowledged: writers.acknowledged(),
    }),
  );
}

test('a restart costs what was under way, and nothing else', { timeout: 120_000 }, (t) =>
  through(
    t,
    () => server.stop(),
    () => server.start(),
  ),
);

test('so does a kill -9', { timeout: 120_000 }, (t) =>
  through(
    t,
    () => server.kill(),
    () => server.start(),
  ),
);

test('a server that is stopped in the middle of everything is noticed, and found again', { timeout: 120_000 }, (t) =>
  through(
    t,
    async () => server.pause('all'),
    async () => server.resume(),
    // First those that were under way, then many that wait for nothing.
    100,
  ),
);

test('connections that are open go on while the server takes no new ones, which end with 503', {
  timeout: 120_000,
}, async () => {
  const writers = load();
  // Until all that are needed are open.
  await bound('writes before', 30, () => writers.acknowledged() >= 300);
  server.pause('main');
  try {
    const from = writers.acknowledged();
    await bound('writes meanwhile', 30, () => writers.acknowledged() >= from + 50);
    // Nobody has a connection to this database any more.
    await one.platform.pools.renew('ledger');
    const refused = writers.refused();
    await bound('refusals', 20, () => writers.refused() > refused);
  } finally {
    server.resume();
  }
  const from = writers.acknowledged();
  await bound('writes afterwards', 10, () => writers.acknowledged() >= from + 50);
  const { faults } = await writers.end();
  assert.deepEqual(faults, []);
});

const slow = statement<[], unknown>('test.slow', 'select pg_sleep(12)');

test('a slow statement is left alone, on a server that says nothing else meanwhile', { timeout: 60_000 }, async () => {
  const secrets = one.platform.secrets;
  await using pools = makePools({ secrets, budget: 4 });
  assert.equal((await pools.database('ledger').query(slow, [])).length, 1);
});

test('two processes know of one another again after each of these', { timeout: 60_000 }, async () => {
  await one.as('administrator').post('/api/platform/plugins/ledger/disable');
  await bound('off in the other process', 10, async () => (await two.as('member').get('/api/ledger')).status === 404);
  await one.as('administrator').post('/api/platform/plugins/ledger/enable');
  await bound('on in the other process', 10, async () => (await two.as('member').get('/api/ledger')).status === 200);
});
