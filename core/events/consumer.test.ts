import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import type { Database } from '../database/database.ts';
import type { Pools } from '../database/pools.ts';
import { makeUnitOfWork, type UnitOfWork } from '../database/unit-of-work.ts';
import { manualClock } from '../testing/clock.ts';
import { quietLog, testDatabases } from '../testing/databases.ts';
import type { Bus } from './bus.ts';
import { type BoundHandler, type Consumer, makeConsumer } from './consumer.ts';
import { deadLetters } from './dead-letters.ts';
import { embeddedBus } from './embedded-bus.ts';
import type { Envelope } from './envelope.ts';
import { claimInTransaction, findReady, finishInTransaction, storeInInbox } from './inbox.ts';
import { deferOutbox } from './outbox.ts';
import { makeRelay } from './relay.ts';
import { attemptsAllowed } from './retry.ts';

const organisation = '00000000-0000-7000-8000-000000000001';
const clock = manualClock('2026-11-25T10:00:00Z');
let pools: Pools;
let database: Database;
let bus: Bus;
let unitOfWork: UnitOfWork;

before(async () => {
  const made = await testDatabases(['work']);
  pools = made.pools;
  database = pools.database('work');
  bus = await embeddedBus({ database: made.platform, clock, log: quietLog });
  unitOfWork = makeUnitOfWork(() => pools.connect('work'));
});
after(async () => {
  await bus[Symbol.asyncDispose]();
  await pools[Symbol.asyncDispose]();
});

let names = 0;
/** One event type with its own queue and handlers; what they saw, in order. */
async function scene(
  handle: (envelope: Envelope, afterGap: boolean) => void | Promise<void>,
  options: { outside?: boolean; version?: number } = {},
) {
  names += 1;
  const type = `thing-${names}.made`;
  const queue = `${type}-queue`;
  await bus.declare([{ queue, plugin: 'work', types: [type] }]);
  const handler = {
    name: `handle-${names}`,
    event: type,
    version: options.version ?? 1,
    queue,
    outside: options.outside ?? false,
    run: async (envelope: Envelope, gap: boolean) => handle(envelope, gap),
  } as BoundHandler;
  const counts = { handled: 0, failed: 0, died: 0 };
  const open = (): Promise<Consumer> =>
    makeConsumer({
      plugin: 'work',
      handlers: [handler],
      database,
      unitOfWork,
      bus,
      clock,
      random: () => 0,
      log: quietLog,
      events: {
        handled() {
          counts.handled += 1;
        },
        failed() {
          counts.failed += 1;
        },
        died() {
          counts.died += 1;
        },
      },
    });
  const relay = makeRelay({
    plugin: 'work',
    database,
    bus,
    clock,
    showLive: async () => undefined,
    log: quietLog,
  });
  async function publish(key: string, place: number, version = 1) {
    await unitOfWork({ organisation, person: organisation, reach: 'member' }, async (tx) => {
      deferOutbox(tx, [
        {
          kind: 'event',
          type,
          version,
          key,
          organisation,
          actor: null,
          onBehalfOf: null,
          at: clock.now().toString(),
          traceparent: null,
          data: { place },
        },
      ]);
    });
    relay.wake();
    await relay.idle();
  }
  return { open, publish, counts, letters: deadLetters(database, clock), relay, handlerName: handler.name, queue };
}

const places = (seen: Envelope[], key?: string) =>
  seen.filter((each) => key === undefined || each.subject === key).map((each) => each.data.place);

test('events of one aggregate are handled in order, and one that fails holds back its own followers alone', async () => {
  const seen: Envelope[] = [];
  let refuse = true;
  const { open, publish, counts, relay } = await scene((envelope) => {
    if (refuse && envelope.subject === 'a' && envelope.data.place === 2) throw new Error('not yet');
    seen.push(envelope);
  });
  for (const place of [1, 2, 3]) for (const key of ['a', 'b']) await publish(key, place);
  await using consumer = await open();
  await consumer.settle();
  assert.deepEqual(places(seen, 'b'), [1, 2, 3]);
  assert.deepEqual(places(seen, 'a'), [1]);
  assert.equal(counts.failed, 1);
  refuse = false;
  await consumer.settle();
  assert.deepEqual(places(seen, 'a'), [1], 'not before its time');
  clock.advance({ seconds: 1 });
  await consumer.settle();
  assert.deepEqual(places(seen, 'a'), [1, 2, 3]);
  await relay[Symbol.asyncDispose]();
});

test('what never succeeds lies with the dead letters with its history, later events see the gap, and a replay handles it', async () => {
  const seen: [unknown, boolean][] = [];
  let refuse = true;
  const { open, publish, counts, letters, relay, handlerName } = await scene((envelope, gap) => {
    if (refuse && envelope.data.place === 1) throw new Error('never');
    seen.push([envelope.data.place, gap]);
  });
  await publish('a', 1);
  await publish('a', 2);
  await using consumer = await open();
  for (let i = 0; i < attemptsAllowed; i += 1) {
    await consumer.settle();
    clock.advance({ seconds: 600 });
  }
  await consumer.settle();
  assert.equal(counts.died, 1);
  assert.deepEqual(seen, [[2, true]]);
  const letter = (await letters.list(undefined, 100)).find((each) => each.handler === handlerName)!;
  assert.equal(letter.attempts, attemptsAllowed);
  assert.match(letter.error, /never/);
  assert.equal(letter.history.length, attemptsAllowed);
  refuse = false;
  assert.equal(await letters.replay([letter.id]), 1);
  await consumer.settle();
  assert.deepEqual(seen, [
    [2, true],
    [1, false],
  ]);
  await relay[Symbol.asyncDispose]();
});

test('a version that is not known is parked, and handled once it is', async () => {
  const seen: Envelope[] = [];
  const old = await scene((envelope) => void seen.push(envelope));
  await old.publish('a', 1, 2);
  {
    await using consumer = await old.open();
    await consumer.settle();
  }
  assert.equal(old.counts.died, 1);
  const letter = (await old.letters.list(undefined, 100)).find((each) => each.handler === old.handlerName)!;
  assert.equal(letter.parked, true);
  assert.match(letter.error, /reads up to 1/);
  await old.letters.unpark(letter.envelope.type, 2);
  const [row] = await database.query(
    statement<[string], { count: number }>(
      'test.inbox',
      'select count(*)::int as count from tc.inbox where handler = $1',
    ),
    [old.handlerName],
  );
  assert.equal(row?.count, 1);
  await old.relay[Symbol.asyncDispose]();
});

test('an event that the bus brings twice is handled once', async () => {
  const seen: Envelope[] = [];
  const { open, publish, relay } = await scene((envelope) => void seen.push(envelope));
  await using consumer = await open();
  await publish('a', 1);
  await consumer.settle();
  assert.equal(seen.length, 1);
  await bus.publish([seen[0]!]);
  await consumer.settle();
  assert.equal(seen.length, 1);
  await relay[Symbol.asyncDispose]();
});

test('a handler without a transaction holds its event by a lease; one that ran out is taken over', async () => {
  const seen: Envelope[] = [];
  const { open, publish, relay, handlerName, queue } = await scene((envelope) => void seen.push(envelope), {
    outside: true,
  });
  await publish('a', 1);
  {
    await using consumer = await open();
    await consumer.settle();
  }
  assert.equal(seen.length, 1);
  // As if a process had taken the next one and been killed.
  const next = { ...seen[0]!, id: crypto.randomUUID() };
  await storeInInbox(database, { envelopes: [next], handlers: [handlerName], queue, at: clock.now().toString() });
  await database.query(lease, [handlerName, clock.now().add({ seconds: 60 }).toString()]);
  await using consumer = await open();
  await consumer.settle();
  assert.equal(seen.length, 1, 'the lease still holds');
  clock.advance({ seconds: 61 });
  await consumer.settle();
  assert.deepEqual(
    seen.map((each) => each.id),
    [seen[0]!.id, next.id],
  );
  await relay[Symbol.asyncDispose]();
});

for (const outside of [false, true]) {
  const which = outside ? 'without' : 'with';
  test(`an event that comes again while its handler commits is handled once (${which} a transaction of its own)`, async () => {
    const seen: Envelope[] = [];
    const { open, publish, counts, handlerName, queue, relay } = await scene((envelope) => void seen.push(envelope), {
      outside,
    });
    await publish('a', 1);
    {
      await using consumer = await open();
      await consumer.settle();
    }
    assert.equal(seen.length, 1);
    const event = { ...seen[0]!, id: crypto.randomUUID() };
    const at = clock.now().toString();
    const store = () => storeInInbox(database, { envelopes: [event], handlers: [handlerName], queue, at });
    assert.equal((await store()).length, 1);
    let again: ReturnType<typeof store> | undefined;
    // Another process handles it, and is about to commit when the bus brings it to this one.
    await unitOfWork({ organisation, person: organisation, reach: 'system' }, async (tx) => {
      const [ready] = await tx.query(findReady, [[handlerName], at]);
      const [row] = await tx.query(claimInTransaction, [[handlerName], at, [ready!.id]]);
      await tx.query(finishInTransaction, [[row!.id], at]);
      again = store();
      while (!(await database.query(somebodyWaits, []))[0]?.waits);
    });
    assert.equal((await again!).length, 1, 'it is stored again');
    await using consumer = await open();
    await consumer.settle();
    assert.equal(seen.length, 1);
    assert.deepEqual(counts, { handled: 1, failed: 0, died: 0 });
    assert.deepEqual(await database.query(inboxOf, [handlerName]), []);
    await relay[Symbol.asyncDispose]();
  });
}

test('of many that are handled together, the one that throws takes no other with it, and each is done once', async () => {
  const seen: Envelope[] = [];
  const { open, publish, counts, relay, handlerName } = await scene((envelope) => {
    seen.push(envelope);
    if (envelope.subject === 'key 17') throw new Error('never');
  });
  for (let i = 0; i < 40; i += 1) await publish(`key ${i}`, i);
  await using consumer = await open();
  await consumer.settle();
  assert.deepEqual(counts, { handled: 39, failed: 1, died: 0 });
  const left = await database.query(inboxOf, [handlerName]);
  assert.deepEqual(
    left.map(({ attempts }) => attempts),
    [1],
  );
  assert.ok(seen.length > 40, 'those of its batch began once before, and were rolled back with it');
  await relay[Symbol.asyncDispose]();
});

test('an error whose text cannot be stored is an attempt like others', async () => {
  const { open, publish, counts, handlerName, relay } = await scene(() => {
    throw new Error('broken \u0000 \ud800 text');
  });
  await publish('a', 1);
  await using consumer = await open();
  await consumer.settle();
  assert.equal(counts.failed, 1);
  const [row] = await database.query(inboxOf, [handlerName]);
  assert.equal(row?.attempts, 1);
  assert.match(row!.last_error!, /broken/);
  await relay[Symbol.asyncDispose]();
});

test('who lost its lease and fails does not end the lease of who took over', async () => {
  const until = clock.now().add({ seconds: 60 }).toString();
  const { open, publish, counts, handlerName, relay } = await scene(
    async () => {
      await database.query(lease, [handlerName, until]);
      throw new Error('too late');
    },
    { outside: true },
  );
  await publish('a', 1);
  await using consumer = await open();
  await consumer.settle();
  const [row] = await database.query(inboxOf, [handlerName]);
  assert.deepEqual(row, { attempts: 0, last_error: null, locked_until: until });
  assert.deepEqual(counts, { handled: 0, failed: 0, died: 0 });
  await relay[Symbol.asyncDispose]();
});

test('what waits for a handler that is not there is parked, and handled once there is one', async () => {
  const seen: Envelope[] = [];
  const later = await scene((envelope) => void seen.push(envelope));
  await later.publish('a', 1);
  {
    await using consumer = await later.open();
    await consumer.settle();
  }
  const waits = { ...seen[0]!, id: crypto.randomUUID() };
  const at = clock.now().toString();
  await storeInInbox(database, { envelopes: [waits], handlers: [later.handlerName], queue: later.queue, at });
  const without = await scene(() => undefined);
  {
    await using consumer = await without.open();
    await consumer.settle();
  }
  const letter = (await later.letters.list(undefined, 100)).find((each) => each.eventId === waits.id)!;
  assert.equal(letter.parked, true);
  assert.match(letter.error, /no such handler/);
  await using consumer = await later.open();
  await consumer.settle();
  assert.deepEqual(
    seen.map((each) => each.id),
    [seen[0]!.id, waits.id],
  );
  for (const { relay } of [later, without]) await relay[Symbol.asyncDispose]();
});

const somebodyWaits = statement<[], { waits: boolean }>(
  'test.waits',
  `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`,
);
const inboxOf = statement<[string], { attempts: number; last_error: string | null; locked_until: string | null }>(
  'test.inbox-of',
  'select attempts, last_error, locked_until from tc.inbox where handler = $1',
);
const lease = statement<[string, string], never>(
  'test.lease',
  'update tc.inbox set locked_until = $2, lock_token = gen_random_uuid() where handler = $1',
);
