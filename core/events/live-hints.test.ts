import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { manualClock } from '../testing/clock.ts';
import { quietLog, testDatabases } from '../testing/databases.ts';
import { type Audience, makeLiveHints, type NewHint } from './live-hints.ts';

const one = '00000000-0000-7000-8000-000000000001';
const other = '00000000-0000-7000-8000-000000000002';
const ada = '00000000-0000-7000-8000-00000000000a';
const bo = '00000000-0000-7000-8000-00000000000b';

const clock = manualClock('2026-11-25T10:00:00Z');
const { pools, platform } = await testDatabases([]);
const live = await makeLiveHints({ database: platform, clock, log: quietLog });
after(async () => {
  await live[Symbol.asyncDispose]();
  await pools[Symbol.asyncDispose]();
});

const hint = (place: number, to: Partial<NewHint> = {}): NewHint => ({
  organisation: one,
  person: null,
  plugin: 'work',
  type: 'thing-changed',
  data: { place },
  ...to,
});
const hints = (count: number, begin = 0) => Array.from({ length: count }, (_, i) => hint(begin + i));

/** Somebody who listens; `heard` are the places of what came, in order. */
function listen(audience: Audience = { person: ada, organisation: one }, lastEventId?: string) {
  const heard: unknown[] = [];
  const state = { heard, lastId: '' };
  const stop = live.subscribe(audience, lastEventId, ({ id, data }) => {
    heard.push(data.place);
    state.lastId = id;
  });
  return { state, heard, stop };
}

test('a hint comes to the organisation and the person that it is for', async () => {
  const who = {
    adaInOne: listen({ person: ada, organisation: one }),
    boInOne: listen({ person: bo, organisation: one }),
    adaInOther: listen({ person: ada, organisation: other }),
  };
  await live.show([
    hint(1),
    hint(2, { person: ada }),
    hint(3, { organisation: null }),
    hint(4, { organisation: other }),
  ]);
  await live.idle();
  assert.deepEqual(who.adaInOne.heard, [1, 2, 3]);
  assert.deepEqual(who.boInOne.heard, [1, 3]);
  assert.deepEqual(who.adaInOther.heard, [2, 3, 4], 'what is for a person comes wherever they are');
  for (const { stop } of Object.values(who)) stop();
});

test('who comes back hears all that was missed, however much, in order and before what is new', async () => {
  const before = listen();
  await live.show([hint(0)]);
  await live.idle();
  assert.deepEqual(before.heard, [0]);
  before.stop();
  await live.show(hints(1300, 1));
  await live.idle();
  const again = listen(undefined, before.state.lastId);
  await live.show(hints(5, 1301));
  await live.idle();
  assert.deepEqual(
    again.heard,
    Array.from({ length: 1305 }, (_, i) => i + 1),
  );
  again.stop();
});

test('who was away for longer than hints are kept goes on with what is new', async () => {
  const before = listen();
  await live.show([hint(0)]);
  await live.idle();
  before.stop();
  await live.show(hints(3, 1));
  await live.idle();
  clock.advance({ minutes: 11 });
  await live.forgetOld();
  const again = listen(undefined, before.state.lastId);
  await live.idle();
  await live.show([hint(4)]);
  await live.idle();
  assert.deepEqual(again.heard, [4]);
  again.stop();
});

test('an id that this platform has not given yet, as after a restore, hides nothing', async () => {
  const again = listen(undefined, '999999999999');
  await live.show([hint(1)]);
  await live.idle();
  assert.deepEqual(again.heard, [1]);
  again.stop();
});
