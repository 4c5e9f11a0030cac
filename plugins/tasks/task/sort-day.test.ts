import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTaskRow } from '../testing.ts';
import { sortDay } from './sort-day.ts';
import type { TaskRow } from './task-table.ts';
import { boundsOfDay, columnsOfWhen, dayAt, type NewWhen } from './when.ts';

const zone = 'Europe/Berlin';

function placeOf(given: Partial<TaskRow>, now: string, options: { zone?: string; running?: string } = {}) {
  const at = Temporal.Instant.from(now);
  const viewer = options.zone ?? zone;
  const sorted = sortDay([aTaskRow(given)], boundsOfDay(dayAt(at, viewer), viewer), at, options.running ?? null);
  return Object.entries(sorted).flatMap(([name, rows]) => (rows.length > 0 ? [name] : []));
}

const due = (when: NewWhen, writer = zone): Partial<TaskRow> => {
  const { on, at, zone } = columnsOfWhen(when, writer);
  return { due_on: on, due_at: at, due_zone: zone };
};
const start = (when: NewWhen): Partial<TaskRow> => {
  const columns = columnsOfWhen(when, zone);
  return { start_on: columns.on, start_at: columns.at, start_zone: columns.zone };
};

test('a date is overdue from the next midnight of the reader on', () => {
  const task = due({ date: '2026-11-25' });
  assert.deepEqual(placeOf(task, '2026-11-24T22:59:59Z'), []);
  assert.deepEqual(placeOf(task, '2026-11-24T23:00:00Z'), ['due']);
  assert.deepEqual(placeOf(task, '2026-11-25T22:59:59Z'), ['due']);
  assert.deepEqual(placeOf(task, '2026-11-25T23:00:00Z'), ['overdue']);
});

test('a date that was written elsewhere is that date for the reader too', () => {
  const task = due({ date: '2026-11-25' }, 'Pacific/Auckland');
  assert.deepEqual(placeOf(task, '2026-11-25T22:30:00Z'), ['due']);
  assert.deepEqual(placeOf(task, '2026-11-26T04:30:00Z', { zone: 'America/New_York' }), ['due']);
  assert.deepEqual(placeOf(task, '2026-11-25T12:00:00Z', { zone: 'Pacific/Auckland' }), ['overdue']);
});

test('a time is overdue once it has passed, and due until the day of the reader ends', () => {
  const task = due({ at: '2026-11-25T13:00:00Z' });
  assert.deepEqual(placeOf(task, '2026-11-25T12:59:59Z'), ['due']);
  assert.deepEqual(placeOf(task, '2026-11-25T13:00:01Z'), ['overdue']);
  assert.deepEqual(placeOf(due({ at: '2026-11-25T23:00:00Z' }), '2026-11-25T12:00:00Z'), []);
});

test('on a day of 25 hours the last hour still belongs to it', () => {
  const task = due({ at: '2027-10-31T22:30:00Z' });
  assert.deepEqual(placeOf(task, '2027-10-30T22:00:00Z'), ['due']);
});

test('what has begun, is being worked on or has the timer is started', () => {
  const now = '2026-11-25T12:00:00Z';
  assert.deepEqual(placeOf(start({ date: '2026-11-25' }), now), ['started']);
  assert.deepEqual(placeOf(start({ date: '2026-11-26' }), now), []);
  assert.deepEqual(placeOf(start({ at: '2026-11-25T12:00:00Z' }), now), ['started']);
  assert.deepEqual(placeOf(start({ at: '2026-11-25T12:00:01Z' }), now), []);
  assert.deepEqual(placeOf({ status: 'active' }, now), ['started']);
  assert.deepEqual(placeOf({}, now, { running: aTaskRow().id }), ['started']);
});

test('a task that is over stands there only while its timer runs', () => {
  const task = { ...due({ date: '2026-11-20' }), status: 'done' as const };
  assert.deepEqual(placeOf(task, '2026-11-25T12:00:00Z'), []);
  assert.deepEqual(placeOf(task, '2026-11-25T12:00:00Z', { running: aTaskRow().id }), ['started']);
});
