import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, spanOf } from './day-blocks.ts';
import type { PlannedBlock, WorkLog } from './queries.ts';

const now = Temporal.ZonedDateTime.from('2027-01-12T10:30[Europe/Berlin]');
const log = (startedAt: string, endedAt: string | null) => ({ task: 'a', startedAt, endedAt }) as WorkLog;
const planned = (startsAt: string, endsAt: string) =>
  ({ id: 'a', title: 'Price list', startsAt, endsAt, done: false }) as PlannedBlock;

test('tracked work, the running one and what is planned lie on the day', () => {
  const {
    blocks,
    tracked,
    planned: plan,
  } = blocksOf(
    {
      logs: [log('2027-01-12T07:30:00Z', '2027-01-12T08:15:00Z'), log('2027-01-12T09:00:00Z', null)],
      planned: [planned('2027-01-12T14:30:00Z', '2027-01-12T16:00:00Z')],
      tasks: [],
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
  const { blocks } = blocksOf(
    { logs: [log('2027-01-11T22:00:00Z', '2027-01-12T00:00:00Z')], planned: [], tasks: [] },
    now,
  );
  assert.deepEqual([blocks[0]!.from, blocks[0]!.to], [0, 1]);
});

test('on the day of 23 hours a block stands where the clock shows it, and lasts as long as it did', () => {
  const day = Temporal.ZonedDateTime.from('2027-03-28T18:00[Europe/Berlin]');
  const logs = [
    log('2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z'),
    log('2027-03-28T12:00:00Z', '2027-03-28T13:00:00Z'),
  ];
  const { blocks, tracked } = blocksOf({ logs, planned: [], tasks: [] }, day);
  assert.deepEqual(
    blocks.map(({ from, to }) => [from, to]),
    [
      [1.5, 3.5],
      [14, 15],
    ],
  );
  assert.equal(tracked, 7200);
});

test('the line shows the working day, and more when something lies outside', () => {
  assert.deepEqual(spanOf([], 10.5), { from: 7, to: 19 });
  assert.deepEqual(spanOf([{ kind: 'done', from: 5.5, to: 6, title: '' }], 21.2), { from: 5, to: 22 });
});
