import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aTaskRow } from '../testing.ts';
import { type Change, changedTask, eventOfChange } from './change-task.ts';
import { priorities, statuses } from './task.ts';

const person = '0190a000-0000-7000-8000-0000000000bb';
const acting = { person, zone: 'Europe/Berlin', at: Temporal.Instant.from('2026-11-25T23:30:00Z') };

const ids = fc.constantFrom('0190a000-0000-7000-8000-0000000000c1', '0190a000-0000-7000-8000-0000000000c2');
const whens = fc.oneof(
  fc.constantFrom({ date: '2027-03-14' }, { date: '2027-03-28' }),
  fc.constantFrom({ at: '2027-03-28T00:30:00Z' }, { at: '2027-03-28T00:30:00Z', zone: 'Asia/Tokyo' }),
);
const labels = fc.uniqueArray(fc.constantFrom('home', 'shop', 'later'));
const changes: fc.Arbitrary<Change> = fc.record(
  {
    title: fc.constantFrom('Cut webbing', 'Sew webbing'),
    notes: fc.option(fc.constantFrom('', 'Twice')),
    status: fc.constantFrom(...statuses),
    priority: fc.constantFrom(...priorities),
    due: fc.option(whens),
    start: fc.option(whens),
    labels: fc.option(labels),
    addLabels: labels,
    removeLabels: labels,
    assignee: fc.option(ids),
    estimateMinutes: fc.option(fc.constantFrom(15, 90)),
    project: fc.option(ids),
    parent: fc.option(ids),
    remindBeforeMinutes: fc.option(fc.constantFrom(0, 30)),
    reminders: fc.option(
      fc.constantFrom([], [{ minutesBefore: 5 }], [{ minutesBefore: 5 }, { at: '2027-03-14T07:00:00Z' }]),
    ),
    position: fc.option(fc.constantFrom(1, 2.5)),
    recurrence: fc.option(fc.constantFrom({ rule: 'FREQ=DAILY', from: 'schedule' as const })),
  },
  { requiredKeys: [] },
);

test('the same change twice is one change', () => {
  fc.assert(
    fc.property(changes, changes, (earlier, change) => {
      const { row } = changedTask(aTaskRow(), earlier, acting);
      const once = changedTask(row, change, acting);
      const twice = changedTask(once.row, change, acting);
      assert.deepEqual(twice, { row: once.row, changed: [] });
    }),
  );
});

test('fields that a change does not name stay as they were', () => {
  fc.assert(
    fc.property(changes, changes, (earlier, change) => {
      const { row } = changedTask(aTaskRow(), earlier, acting);
      const { changed } = changedTask(row, change, acting);
      const named = Object.keys(change).flatMap((name) => {
        if (name.endsWith('Labels')) return ['labels'];
        // Two names of one thing.
        return name === 'reminders' || name === 'remindBeforeMinutes' ? ['reminders', 'remindBeforeMinutes'] : [name];
      });
      for (const field of changed) assert.ok(named.includes(field), field);
    }),
  );
});

test('a task is done exactly while it has a time, a day and a person of completion', () => {
  fc.assert(
    fc.property(fc.array(changes), (list) => {
      const row = list.reduce((row, change) => changedTask(row, change, acting).row, aTaskRow());
      const isDone = row.status === 'done';
      for (const column of ['completed_at', 'completed_on', 'completed_by'] as const) {
        assert.equal(row[column] !== null, isDone, column);
      }
    }),
  );
});

test('a task is completed on the day of the person who completes it', () => {
  const { row, changed } = changedTask(aTaskRow(), { status: 'done' }, acting);
  assert.deepEqual(changed, ['status']);
  assert.equal(row.completed_on, '2026-11-26');
  assert.equal(row.completed_at, '2026-11-25T23:30:00Z');
  assert.equal(row.completed_by, person);
});

test('null clears, and notes and labels become empty', () => {
  const full = changedTask(
    aTaskRow(),
    { notes: 'Twice', labels: ['home'], due: { date: '2027-03-14' }, estimateMinutes: 30 },
    acting,
  ).row;
  const { row, changed } = changedTask(full, { notes: null, labels: null, due: null, estimateMinutes: null }, acting);
  assert.deepEqual(changed, ['notes', 'labels', 'estimateMinutes', 'due']);
  assert.deepEqual(row, { ...aTaskRow(), updated_at: '2026-11-25T23:30:00Z' });
});

test('labels are added and taken away one by one, the order kept', () => {
  const row = aTaskRow({ labels: ['a', 'b', 'c'] });
  const change = { addLabels: ['d', 'a'], removeLabels: ['b'] };
  assert.deepEqual(changedTask(row, change, acting).row.labels, ['a', 'c', 'd']);
});

test('completing and reopening have events of their own', () => {
  assert.equal(eventOfChange('open', 'done'), 'task.completed');
  assert.equal(eventOfChange('cancelled', 'done'), 'task.completed');
  assert.equal(eventOfChange('done', 'active'), 'task.reopened');
  assert.equal(eventOfChange('cancelled', 'open'), 'task.reopened');
  assert.equal(eventOfChange('done', 'done'), 'task.changed');
  assert.equal(eventOfChange('done', 'cancelled'), 'task.changed');
  assert.equal(eventOfChange('open', 'waiting'), 'task.changed');
});
