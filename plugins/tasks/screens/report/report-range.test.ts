import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CountedDay, gathered, stepOf } from './report-range.ts';

const days: CountedDay[] = Array.from({ length: 70 }, (_, index) => ({
  date: Temporal.PlainDate.from('2026-12-20').add({ days: index }).toString(),
  created: index % 3,
  completed: 1,
  overdue: index % 7 === 0 ? 1 : 0,
  trackedSeconds: 600 * index,
}));

test('weeks and months hold the same sums as their days', () => {
  const totals = (some: readonly Omit<CountedDay, 'date'>[]) =>
    (['created', 'completed', 'overdue', 'trackedSeconds'] as const).map((name) =>
      some.reduce((sum, each) => sum + each[name], 0),
    );
  for (const step of ['day', 'week', 'month'] as const) assert.deepEqual(totals(gathered(days, step, 1)), totals(days));
  assert.deepEqual(
    gathered(days, 'month', 1).map(({ from }) => from),
    ['2026-12-01', '2027-01-01', '2027-02-01'],
  );
  // 20 December 2026 is a Sunday.
  assert.equal(gathered(days, 'week', 1)[0]!.from, '2026-12-14');
  assert.equal(gathered(days, 'week', 7)[0]!.from, '2026-12-20');
});

test('a longer range has fewer bars than days', () => {
  assert.deepEqual([7, 45, 46, 190, 365].map(stepOf), ['day', 'day', 'week', 'week', 'month']);
});
