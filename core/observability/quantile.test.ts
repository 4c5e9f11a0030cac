import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantileOf } from './quantile.ts';

const bounds = [0.01, 0.05, 0.1, 0.5, 1];

function countsOf(values: readonly number[]): number[] {
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  for (const value of values) {
    const at = bounds.findIndex((bound) => value <= bound);
    counts[at < 0 ? bounds.length : at]! += 1;
  }
  return counts;
}

const seconds = fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 1, maxLength: 200 });

test('it lies in the bucket in which the true value lies', () => {
  fc.assert(
    fc.property(seconds, (values) => {
      const true95 = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(0.95 * values.length) - 1)]!;
      const at = bounds.findIndex((bound) => true95 <= bound);
      const found = quantileOf(bounds, countsOf(values), 0.95)!;
      if (at < 0) return assert.equal(found, bounds.at(-1));
      assert.ok(found <= bounds[at]! + 1e-9, `${found} above ${bounds[at]}`);
      assert.ok(found >= (bounds[at - 1] ?? 0) - 1e-9, `${found} below ${bounds[at - 1] ?? 0}`);
    }),
  );
});

test('a higher share is never a lower value', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(seconds, share, share, (values, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const counts = countsOf(values);
      assert.ok(quantileOf(bounds, counts, low)! <= quantileOf(bounds, counts, high)! + 1e-9);
    }),
  );
});

test('it is spread evenly within a bucket, and null for nothing', () => {
  assert.equal(quantileOf([1, 2], [0, 100], 0.95), 1.95);
  assert.equal(quantileOf([1, 2], [0, 0, 5], 0.95), 2);
  assert.equal(quantileOf([1, 2], [], 0.95), null);
});
