import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, spanOf } from './day-blocks.ts';
import type { Task, WorkLog } from './queries.ts';

const now = Temporal.ZonedDateTime.from('2027-01-12T10:30[Europe/Berlin]');
const log = (startedAt: string, endedAt: string | null) => ({ task: 'a', startedAt, endedAt }) as WorkLog;
const planned = (at: string, estimateMinutes: number) =>
  ({ id: 'a', title: 'Price list', status: 'open', start: { at, zone: 'UTC' }, estimateMinutes }) as Task;

test('tracked work, the running one and what is planned lie on the day', () => {
  const {
    blocks,
    tracked,
    planned: plan,
  } = blocksOf(
    {
      logs: [log('2027-01-12T07:30:00Z', '2027-01-12T08:15:00Z'), log('2027-01-12T09:00:00Z', null)],
      tasks: [planned('2027-01-12T14:30:00Z', 90)],
    },
    now,
  );
  assert.deepEqual(
    blocks.map(({ kind, from, to }) => [kind, from, to]),
    [
      ['planned', 15.5, 17],
      ['done', 8.5, 9.25],
      ['running', 10, 10.5],
    ],
  );
  assert.equal(tracked, 4500);
  assert.equal(plan, 5400);
});

test('work that began yesterday is cut at midnight', () => {
  const { blocks } = blocksOf({ logs: [log('2027-01-11T22:00:00Z', '2027-01-12T00:00:00Z')], tasks: [] }, now);
  assert.deepEqual([blocks[0]!.from, blocks[0]!.to], [0, 1]);
});

test('the line shows the working day, and more when something lies outside', () => {
  assert.deepEqual(spanOf([], 10.5), { from: 7, to: 19 });
  assert.deepEqual(spanOf([{ kind: 'done', from: 5.5, to: 6, title: '' }], 21.2), { from: 5, to: 22 });
});
