import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeHeld } from './held.ts';

function aHeld() {
  const world = { now: 0, reads: 0, truth: 'first' };
  const held = makeHeld(
    async () => {
      world.reads += 1;
      const { truth } = world;
      await Promise.resolve();
      return { truth };
    },
    { now: () => world.now },
  );
  return { world, held };
}

test('what is remembered comes without a promise, for a second', async () => {
  const { world, held } = aHeld();
  await held.get('a');
  world.truth = 'second';
  world.now = 999;
  assert.deepEqual(held.get('a'), { truth: 'first' });
  world.now = 1_000;
  assert.deepEqual(await held.get('a'), { truth: 'second' });
  assert.equal(world.reads, 2);
});

test('what is forgotten while it is read is not kept', async () => {
  const { world, held } = aHeld();
  const reading = held.get('a');
  world.truth = 'second';
  held.forget('a');
  assert.deepEqual(await reading, { truth: 'first' });
  assert.deepEqual(await held.get('a'), { truth: 'second' });
});

test('many who ask at once share one reading', async () => {
  const { world, held } = aHeld();
  await Promise.all([held.get('a'), held.get('a'), held.get('a')]);
  assert.equal(world.reads, 1);
});

test('without holding, each question is asked anew', async () => {
  const { world, held } = aHeld();
  await held.get('a');
  const late = held.get('b');
  held.hold(false);
  await late;
  await Promise.all([held.get('a'), held.get('a')]);
  assert.equal(world.reads, 4);
  held.hold(true);
  await held.get('b');
  assert.equal(world.reads, 5);
});

test('a failed reading is not kept', async () => {
  let fail = true;
  const held = makeHeld(async () => {
    if (fail) throw new Error('away');
    return { truth: 'back' };
  });
  await assert.rejects(async () => held.get('a'), /away/);
  fail = false;
  assert.deepEqual(await held.get('a'), { truth: 'back' });
});
