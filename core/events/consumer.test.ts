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
import { storeInInbox } from './inbox.ts';
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
    showLive: async () => undefined,
    counted: () => undefined,
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

test('an error that no database would store is kept as near as it can be, and holds up nothing', async () => {
  const { open, publish, counts, relay, handlerName } = await scene(() => {
    throw new Error('It said \u0000 and half a \ud800.');
  });
  await publish('a', 1);
  await using consumer = await open();
  await consumer.settle();
  assert.equal(counts.failed, 1);
  const [row] = await database.query(lastError, [handlerName]);
  assert.equal(row?.error, 'Error: It said \ufffd and half a \ufffd.');
  await relay[Symbol.asyncDispose]();
});

test('one whose lease was taken over does not count its failure against who has the event now', async () => {
  const holding = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const { open, publish, relay, handlerName } = await scene(
    () => {
      begun.resolve();
      return holding.promise;
    },
    { outside: true },
  );
  await publish('a', 1);
  await using consumer = await open();
  consumer.wake();
  await begun.promise;
  await database.query(lease, [handlerName, clock.now().add({ hours: 1 }).toString()]);
  holding.reject(new Error('Too late.'));
  await consumer.settle();
  const [row] = await database.query(lastError, [handlerName]);
  assert.deepEqual(row, { error: null, attempts: 0, held: true });
  await relay[Symbol.asyncDispose]();
});

const lastError = statement<[string], { error: string | null; attempts: number; held: boolean }>(
  'test.last-error',
  'select last_error as error, attempts, lock_token is not null as held from tc.inbox where handler = $1',
);
const lease = statement<[string, string], never>(
  'test.lease',
  'update tc.inbox set locked_until = $2, lock_token = gen_random_uuid() where handler = $1',
);
