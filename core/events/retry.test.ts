import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attemptsAllowed, secondsUntilRetry } from './retry.ts';

test('each delay lies between half of its step and its step, and the last failure has none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: attemptsAllowed - 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, random) => {
        const low = secondsUntilRetry(attempts, () => 0)!;
        const given = secondsUntilRetry(attempts, () => random)!;
        assert.ok(given >= low && given <= low * 2);
      },
    ),
  );
  assert.equal(
    secondsUntilRetry(attemptsAllowed, () => 0.5),
    undefined,
  );
});
