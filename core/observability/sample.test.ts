import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inARow, type Sample, together } from './sample.ts';

const count = fc.nat({ max: 10_000 });
const queue = fc.tuple(count, count, count);
const part = fc.tuple(
  fc.constantFrom<'ok' | 'degraded' | 'failed'>('ok', 'degraded', 'failed'),
  fc.option(count, { nil: null }),
);
const aSample: fc.Arbitrary<Sample> = fc.record({
  seconds: fc.integer({ min: 0, max: 60 }),
  requests: count,
  errors: count,
  requestTimes: fc.array(count, { maxLength: 5 }),
  eventTimes: fc.array(count, { maxLength: 5 }),
  memoryBytes: count,
  connections: count,
  connectionsWaiting: count,
  queues: fc.dictionary(fc.constantFrom('tasks', 'notes', 'constructor'), queue, { noNullPrototype: true }),
  parts: fc.dictionary(fc.constantFrom('mail', 'bus'), part, { noNullPrototype: true }),
});
const some = fc.array(aSample, { minLength: 1, maxLength: 6 });
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

test('what was counted is summed, and of what was measured the worst is kept', () => {
  fc.assert(
    fc.property(some, (samples) => {
      const one = inARow(samples);
      assert.equal(one.requests, sum(samples.map((each) => each.requests)));
      assert.equal(sum(one.requestTimes), sum(samples.map((each) => sum(each.requestTimes))));
      assert.equal(one.memoryBytes, Math.max(...samples.map((each) => each.memoryBytes)));
      assert.equal(one.seconds, sum(samples.map((each) => each.seconds)));
      const failed = samples.some((each) => each.parts.mail?.[0] === 'failed');
      assert.equal(one.parts.mail?.[0] === 'failed', failed);
    }),
  );
});

test('it is the same in whichever order and in whichever steps it is merged', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      for (const merge of [together, inARow]) {
        const whole = merge([...a, ...b]);
        assert.deepEqual(merge([merge(a), merge(b)]), whole);
        const { queues, parts, ...numbers } = merge([...b, ...a]);
        const { queues: _, parts: __, ...same } = whole;
        assert.deepEqual(numbers, same);
        assert.deepEqual(
          Object.keys({ ...queues, ...parts }).length,
          Object.keys({ ...whole.queues, ...whole.parts }).length,
        );
      }
    }),
  );
});

test('two processes saw no more of a minute than the minute', () => {
  fc.assert(fc.property(some, (samples) => assert.ok(together(samples).seconds <= 60)));
});
