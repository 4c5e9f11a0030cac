import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { statement } from '@task-connect/sdk';
import { testDatabases } from '../testing/databases.ts';
import { isConnectionLost } from './database.ts';
import { whileHolding } from './nesting.ts';
import { makePools, type Pools } from './pools.ts';
import { makeProvisioner } from './provision.ts';
import { makeUnitOfWork } from './unit-of-work.ts';

const databases = await testDatabases(['things', 'notes', 'letters']);
const { secrets, server } = databases;
after(() => databases.pools[Symbol.asyncDispose]());

const scope = { organisation: crypto.randomUUID(), person: crypto.randomUUID(), reach: 'member' as const };
const backend = statement<[], { pid: number }>('test.backend', 'select pg_backend_pid() as pid');
const short = statement<[], unknown>('test.short', 'select pg_sleep(0.01)');

const open = (pools: Pools) => pools.gauge().reduce((sum, each) => sum + each.open, 0);

/** What the server itself counts of the connections that only these pools can have opened, at most, while work runs. */
async function mostOpenDuring(work: Promise<unknown>): Promise<number> {
  const admin = await databases.provisioner.connectAsAdmin('platform');
  let most = 0;
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  while (!done) {
    const { rows } = await admin.query(
      `select count(*)::int as open from pg_stat_activity
       where application_name like 'task-connect %' and pid <> pg_backend_pid()
         and datname in (select current_database() union select datname from pg_database
           where datname like replace(current_database(), 'platform', '') || '%')`,
    );
    most = Math.max(most, rows[0].open);
    await pause(2);
  }
  await admin.end();
  await ended;
  return most;
}

test('never more connections are open than the budget says, whatever they are for', { timeout: 60_000 }, async () => {
  await databases.pools[Symbol.asyncDispose]();
  await using pools = makePools({ secrets, budget: 8 });
  const provisioner = makeProvisioner({
    server,
    secrets,
    prefix: (await secrets.read('databases/platform'))!.value.database!.toString().replace('platform', ''),
    installation: 'test',
    connections: pools.connections,
  });
  await using listening = await pools.database('platform').listen('tc_test', () => undefined);
  assert.ok(listening);
  let served = 0;
  const one = async (id: string) => {
    await makeUnitOfWork(() => pools.connect(id))(scope, (tx) => tx.query(short, []));
    served += 1;
  };
  const requests = Array.from({ length: 120 }, (_, i) => one(['things', 'notes', 'letters'][i % 3]!));
  const most = await mostOpenDuring(
    Promise.all([...requests, provisioner.rotate('notes'), provisioner.rotate('things')]),
  );
  assert.equal(served, 120);
  assert.ok(most <= 8, `${most} were open`);
  assert.ok(most >= 4, `${most} were open, so that little was tested`);
});

test('handlers that hold a connection and call another plugin do not lock each other out', {
  timeout: 60_000,
}, async () => {
  await using pools = makePools({ secrets, budget: 8 });
  const unit = (id: string) => makeUnitOfWork(() => pools.connect(id));
  let served = 0;
  const chain = () =>
    unit('things')(scope, async (tx) => {
      await tx.query(backend, []);
      await unit('notes')(scope, async (inner) => {
        await inner.query(backend, []);
        await unit('letters')(scope, (innermost) => innermost.query(short, []));
      });
      served += 1;
    });
  await Promise.all(Array.from({ length: 60 }, chain));
  assert.equal(served, 60);
  assert.ok(open(pools) <= 8);
});

test('who waits in vain is told so as of a database that is away, and nobody waits for ever', {
  timeout: 60_000,
}, async () => {
  await using pools = makePools({ secrets, budget: 2, waitMilliseconds: 200 });
  const held = [await pools.connect('things'), await pools.connect('things')];
  const [first] = await Promise.allSettled([pools.connect('notes')]);
  assert.equal(first!.status, 'rejected');
  assert.ok(isConnectionLost((first as PromiseRejectedResult).reason));
  assert.equal(pools.gauge().find(({ id }) => id === 'notes')?.waiting ?? 0, 0);
  for (const client of held) client.release();
  (await pools.connect('notes')).release();
});

test('a plugin that holds all that it gets leaves some to its neighbours', { timeout: 60_000 }, async () => {
  await using pools = makePools({ secrets, budget: 12 });
  const wanted = Array.from({ length: 30 }, () => pools.connect('things'));
  const held: Awaited<(typeof wanted)[number]>[] = [];
  for (const each of wanted) void each.then((client) => held.push(client)).catch(() => undefined);
  const neighbour = await pools.connect('notes');
  neighbour.release();
  const nested = await whileHolding(() => pools.connect('letters'));
  nested.release();
  assert.ok(held.length >= 2 && held.length < 12);
  while (held.length > 0 || pools.gauge().some(({ waiting }) => waiting > 0)) {
    held.pop()?.release();
    await new Promise((resolve) => setImmediate(resolve));
  }
});
