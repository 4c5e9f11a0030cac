import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Sample, sightOf } from './samples.ts';

const sample = (answered: number, status: number, more: Partial<Sample> = {}): Sample => ({
  asked: answered - 5,
  answered,
  status,
  retryAfter: status === 503,
  ...more,
});
const outage = { from: 100, to: 200 };

test('what is served throughout was never away', () => {
  const sight = sightOf([sample(50, 500), sample(120, 200), sample(220, 404)], outage);
  assert.deepEqual(sight, { served: 2, held: 0, failed: 0, failedAs: [], slowest: 5, backAfter: null });
});

test('it is back with the first answer after the last that was refused', () => {
  const seen = [sample(110, 503), sample(150, 200), sample(230, 503), sample(260, 201), sample(300, 200)];
  assert.deepEqual(sightOf(seen, outage), { served: 3, held: 2, failed: 0, failedAs: [], slowest: 5, backAfter: 60 });
});

test('a 503 that does not say when to come back is a failure, as is no answer', () => {
  const seen = [
    sample(110, 503, { retryAfter: false }),
    sample(120, 0, { asked: 20 }),
    sample(130, 500),
    sample(140, 200),
  ];
  assert.deepEqual(sightOf(seen, outage), {
    served: 1,
    held: 0,
    failed: 3,
    failedAs: [0, 500, 503],
    slowest: 100,
    backAfter: 0,
  });
});

test('what never came back says so', () => {
  assert.equal(sightOf([sample(110, 503)], outage).backAfter, Number.POSITIVE_INFINITY);
});
