import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundedDay, roundingOf } from './rounding.ts';

const minutes = (each: number[], unit: number, per: 'entry' | 'day') =>
  roundedDay(
    each.map((one) => one * 60),
    { minutes: unit, per },
  ) / 60;

test('two entries of 5 minutes up to 30 are 60 by entry and 30 by day; three of 7 up to 15 are 45 or 30', () => {
  assert.equal(minutes([5, 5], 30, 'entry'), 60);
  assert.equal(minutes([5, 5], 30, 'day'), 30);
  assert.equal(minutes([7, 7, 7], 15, 'entry'), 45);
  assert.equal(minutes([7, 7, 7], 15, 'day'), 30);
  assert.equal(minutes([30], 30, 'day'), 30);
});

test('what is asked for goes before the settings, and zero is no rounding', () => {
  const settings = { roundTo: 15, roundPer: 'day' as const };
  assert.deepEqual(roundingOf({}, settings), { minutes: 15, per: 'day' });
  assert.deepEqual(roundingOf({ round: 30, per: 'entry' }, settings), { minutes: 30, per: 'entry' });
  assert.equal(roundingOf({ round: 0 }, settings), null);
});
