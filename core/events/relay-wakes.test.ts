import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { quietLog, testDatabases } from '../testing/databases.ts';
import { makeRelayWakes } from './relay-wakes.ts';

const databases = await testDatabases([]);
after(() => databases.pools[Symbol.asyncDispose]());
const wakesOf = () => makeRelayWakes({ database: databases.platform, log: quietLog });

test('what one process publishes wakes the relays of that plugin in the others, and not its own', async () => {
  await using one = await wakesOf();
  await using two = await wakesOf();
  const woken = { own: 0, other: 0 };
  const seen = Promise.withResolvers<void>();
  using own = one.hear('tasks', () => {
    woken.own += 1;
  });
  using other = two.hear('notes', () => {
    woken.other += 1;
  });
  using heard = two.hear('tasks', () => seen.resolve());
  assert.ok(own && other && heard);
  one.tell('tasks');
  await seen.promise;
  assert.deepEqual(woken, { own: 0, other: 0 });
});

test('many at once are told together, and the last of them is told', async () => {
  await using one = await wakesOf();
  await using two = await wakesOf();
  const last = Promise.withResolvers<void>();
  let woken = 0;
  using many = two.hear('tasks', () => {
    woken += 1;
  });
  using end = two.hear('notes', () => last.resolve());
  assert.ok(many && end);
  for (let i = 0; i < 1000; i += 1) one.tell('tasks');
  one.tell('notes');
  await last.promise;
  assert.ok(woken >= 1 && woken <= 2, `${woken} times`);
});
