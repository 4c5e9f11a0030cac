import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Sample } from '../../observability/sample.ts';
import { partsOf, seriesOf, slotsOf } from './series.ts';
import { acrossProcesses, allOf, coarser, type Kept, tenMinutes } from './thin.ts';

const now = Temporal.Instant.from('2027-01-11T12:34:20Z');

const sampleOf = (given: Partial<Sample>): Sample => ({
  seconds: 60,
  requests: 0,
  errors: 0,
  requestTimes: [],
  eventTimes: [],
  memoryBytes: 1,
  connections: 0,
  connectionsWaiting: 0,
  queues: {},
  parts: {},
  ...given,
});
const minuteAgo = (minutes: number, given: Partial<Sample>): Kept => ({
  at: now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).subtract({ minutes }),
  sample: sampleOf(given),
});
const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

/** Minutes of a day, of one or two processes. */
const someMinutes = fc
  .uniqueArray(fc.nat({ max: 23 * 60 }), { minLength: 1, maxLength: 60 })
  .chain((ago) =>
    fc.tuple(
      ...ago.map((minutes) =>
        fc.array(fc.nat({ max: 500 }), { minLength: 1, maxLength: 2 }).map((all) => ({ minutes, all })),
      ),
    ),
  )
  .map((seen) => seen.flatMap(({ minutes, all }) => all.map((requests) => minuteAgo(minutes, { requests }))));

test('nothing that was counted is lost or said twice by thinning, whatever part of it is coarse already', () => {
  fc.assert(
    fc.property(someMinutes, fc.nat({ max: 20 }), (rows, taken) => {
      const minutes = acrossProcesses(rows).toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
      const coarse = coarser(minutes, tenMinutes).slice(0, taken);
      const all = allOf(minutes, coarse);
      assert.equal(sum(all.map(({ sample }) => sample.requests)), sum(rows.map(({ sample }) => sample.requests)));
    }),
  );
});

test('a line is the same from minutes as from ten minutes', () => {
  fc.assert(
    fc.property(someMinutes, (rows) => {
      const minutes = acrossProcesses(rows);
      assert.deepEqual(seriesOf(coarser(minutes, tenMinutes), '24h', now), seriesOf(minutes, '24h', now));
    }),
  );
});

test('a stretch that nobody saw is null, one in which nothing came is 0', () => {
  const { requests, answerTime, errors } = seriesOf([minuteAgo(2, {}), minuteAgo(4, { requests: 30 })], '1h', now);
  assert.deepEqual(requests.slice(-5), [0.5, null, 0, null, null]);
  assert.deepEqual([answerTime.at(-3), errors.at(-3)], [null, null]);
  assert.equal(slotsOf('7d', now).length, requests.length + 108);
});

test('of two processes counts are summed, also when one took the place of the other', () => {
  const both = [minuteAgo(3, { requests: 60 }), minuteAgo(3, { requests: 120 })];
  assert.equal(seriesOf(acrossProcesses(both), '1h', now).requests.at(-4), 3);
  const restarted = [minuteAgo(3, { requests: 60, seconds: 20 }), minuteAgo(3, { requests: 60, seconds: 40 })];
  assert.equal(seriesOf(acrossProcesses(restarted), '1h', now).requests.at(-4), 2);
});

test('queues of a plugin that two processes saw count once, those of different plugins together', () => {
  const rows = [
    minuteAgo(1, { queues: { tasks: [3, 20, 0] } }),
    minuteAgo(1, { queues: { tasks: [4, 10, 0], notes: [2, 90, 1] } }),
  ];
  const { queueWaiting, queueOldest } = seriesOf(acrossProcesses(rows), '1h', now);
  assert.deepEqual([queueWaiting.at(-2), queueOldest.at(-2)], [6, 90]);
});

test('a cell of a part is the worst of its half hour', () => {
  const rows = [minuteAgo(3, { parts: { mail: ['ok', 2] } }), minuteAgo(2, { parts: { mail: ['degraded', 40] } })];
  const { states, latencies } = partsOf(rows, now)('mail');
  assert.deepEqual([states.length, states.at(-1), latencies.at(-1), states.at(-2)], [48, 'degraded', 40, null]);
});
