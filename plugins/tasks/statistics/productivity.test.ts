import assert from 'node:assert/strict';
import { test } from 'node:test';
import { productivityOf } from './productivity.ts';

const row = { day: '2027-03-28', created: 2, completed: 1, due: 3, met: 1, tracked_seconds: 90 };

test('every day of the range stands there, also those on which nothing happened', () => {
  const { days, totals } = productivityOf([row], '2027-03-27', '2027-03-29', '2027-04-01');
  assert.deepEqual(
    days.map(({ date, created, overdue }) => [date, created, overdue]),
    [
      ['2027-03-27', 0, 0],
      ['2027-03-28', 2, 2],
      ['2027-03-29', 0, 0],
    ],
  );
  assert.deepEqual(totals, { created: 2, completed: 1, overdue: 2, trackedSeconds: 90, roundedSeconds: 90 });
});

test('nothing is overdue on a day that is not over', () => {
  assert.equal(productivityOf([row], '2027-03-28', '2027-03-28', '2027-03-28').totals.overdue, 0);
});
