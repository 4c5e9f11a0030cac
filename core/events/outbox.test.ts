import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeUnitOfWork } from '../database/unit-of-work.ts';
import { testDatabases } from '../testing/databases.ts';
import { deferOutbox, type OutboxEntry, takeOutbox } from './outbox.ts';

const organisation = '00000000-0000-7000-8000-000000000001';
const { pools } = await testDatabases(['work']);
after(() => pools[Symbol.asyncDispose]());
const database = pools.database('work');
const unitOfWork = makeUnitOfWork(() => pools.connect('work'));

const event = (type: string, key: string): OutboxEntry => ({
  kind: 'event',
  type,
  version: 1,
  key,
  organisation,
  actor: null,
  onBehalfOf: null,
  at: '2026-11-25T10:00:00Z',
  traceparent: null,
  data: {},
});
const publish = (...entries: OutboxEntry[]) =>
  unitOfWork({ organisation, person: organisation, reach: 'member' }, async (tx) => deferOutbox(tx, entries));

test('an event that no bus would carry is refused when it is published, and its transaction with it', async () => {
  const large = { ...event('thing.made', 'a'), data: { text: 'x'.repeat(1024 ** 2) } };
  await assert.rejects(
    publish(event('thing.made', 'b'), large),
    /An event \S+ would hold \d+ characters; 1048576 are the most/,
  );
  assert.equal((await database.transaction((tx) => takeOutbox(tx, 'work', 10))).count, 0);
});

test('transactions that publish the same in another order do not wait for one another for ever', async () => {
  const rounds = 30;
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all([
      publish(event('thing.made', 'a'), event('thing.moved', 'a')),
      publish(event('thing.moved', 'a'), event('thing.made', 'a')),
      publish(event('thing.made', 'a'), event('thing.made', 'b')),
      publish(event('thing.made', 'b'), event('thing.made', 'a')),
    ]);
  }
  const taken = await database.transaction((tx) => takeOutbox(tx, 'work', 1000));
  assert.equal(taken.count, rounds * 8);
});
