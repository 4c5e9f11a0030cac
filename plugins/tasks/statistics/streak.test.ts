import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { streakOf } from './streak.ts';

test('days in a row count, over the ends of months and years', () => {
  const days = ['2026-11-20', '2026-12-30', '2026-12-31', '2027-01-01'];
  assert.deepEqual(streakOf(days, '2027-01-01'), { current: 3, longest: 3 });
});

test('a streak stands until a whole day went by without', () => {
  assert.equal(streakOf(['2027-02-27', '2027-02-28'], '2027-03-01').current, 2);
  assert.equal(streakOf(['2027-02-27', '2027-02-28'], '2027-03-02').current, 0);
  assert.deepEqual(streakOf([], '2027-03-02'), { current: 0, longest: 0 });
});

test('the longest streak is the longest run that a slow look finds', () => {
  const first = Temporal.PlainDate.from('2026-12-20');
  const dayOf = (days: number) => first.add({ days }).toString();
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 })), (numbers) => {
      const present = new Set(numbers);
      let longest = 0;
      for (let from = 0; from <= 30; from += 1) {
        let run = 0;
        while (present.has(from + run)) run += 1;
        longest = Math.max(longest, run);
      }
      const days = [...present].sort((one, other) => one - other).map(dayOf);
      assert.equal(streakOf(days, dayOf(31)).longest, longest);
    }),
  );
});
