import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeLockout } from './lockout.ts';
import { usersDatabase } from './test-database.ts';

async function aLockout() {
  const world = { now: Temporal.Instant.from('2027-01-12T08:24:00Z') };
  const { database } = await usersDatabase();
  return { world, lockout: makeLockout({ database, clock: { now: () => world.now } }) };
}

const ines = { kind: 'account', of: 'ines@lanternyard.example' } as const;

test('five attempts are free, then the wait doubles to its longest', async () => {
  const { world, lockout } = await aLockout();
  for (let n = 0; n < 5; n += 1) assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
  const waits: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    const { waitUntil } = await lockout.begin([ines]);
    assert.ok(waitUntil);
    waits.push(waitUntil.since(world.now).total('seconds'));
    world.now = waitUntil;
    assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
  }
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 900, 900]);
});

test('upper case and blanks make no other account', async () => {
  const { lockout } = await aLockout();
  for (let n = 0; n < 5; n += 1) await lockout.begin([ines]);
  assert.ok((await lockout.begin([{ kind: 'account', of: ' INES@lanternyard.example ' }])).waitUntil);
});

test('a good sign-in clears its account, and of its network only itself', async () => {
  const { lockout } = await aLockout();
  const network = { kind: 'network', of: '192.0.2.7' } as const;
  for (let n = 0; n < 29; n += 1) await lockout.begin([network]);
  for (let n = 0; n < 4; n += 1) await lockout.begin([ines]);
  assert.deepEqual(await lockout.begin([ines, network]), { waitUntil: null });
  await lockout.succeeded([ines, network]);
  assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
  assert.deepEqual(await lockout.begin([network]), { waitUntil: null });
  assert.ok((await lockout.begin([network])).waitUntil);
});

test('guesses made at the same moment are counted one by one', async () => {
  const { lockout } = await aLockout();
  const answers = await Promise.all(Array.from({ length: 20 }, () => lockout.begin([ines])));
  assert.equal(answers.filter((answer) => answer.waitUntil === null).length, 5);
});

test('after a day failures are forgotten', async () => {
  const { world, lockout } = await aLockout();
  for (let n = 0; n < 5; n += 1) await lockout.begin([ines]);
  world.now = world.now.add({ hours: 25 });
  for (let n = 0; n < 5; n += 1) assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
});

test('what a network mistypes over a week keeps nobody there waiting, and a burst still does', async () => {
  const { world, lockout } = await aLockout();
  const office = { kind: 'network', of: '192.0.2.7' } as const;
  for (let n = 0; n < 300; n += 1) {
    world.now = world.now.add({ minutes: 30 });
    assert.deepEqual(await lockout.begin([office]), { waitUntil: null });
  }
  const burst: boolean[] = [];
  for (let n = 0; n < 40; n += 1) burst.push((await lockout.begin([office])).waitUntil === null);
  assert.equal(burst.filter(Boolean).length, 29);
});

test('attempts are forgotten one by one, also while others are made', async () => {
  const { world, lockout } = await aLockout();
  for (let n = 0; n < 4; n += 1) await lockout.begin([ines]);
  for (let n = 0; n < 20; n += 1) {
    world.now = world.now.add({ minutes: 61 });
    assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
  }
  world.now = world.now.add({ minutes: 20 });
  assert.deepEqual(await lockout.begin([ines]), { waitUntil: null });
  assert.ok((await lockout.begin([ines])).waitUntil);
});
