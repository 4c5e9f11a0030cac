import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Task } from './queries.ts';
import { patchOf, valuesOf } from './task-values.ts';

const zone = 'Europe/Berlin';
const task = {
  title: 'Oil the table',
  status: 'open',
  due: { at: '2027-07-14T09:00:00Z', zone: 'America/New_York' },
  assignee: null,
  project: null,
  priority: 'none',
  estimateMinutes: 90,
  remindBeforeMinutes: null,
  labels: ['shop'],
  notes: '',
} as unknown as Task;

test('a task shows its time in the zone in which it was meant', () => {
  const values = valuesOf(task, zone);
  assert.deepEqual([values.dueDay, values.dueTime, values.estimate], ['2027-07-14', '05:00', '1h30']);
});

test('a form that was not touched changes nothing', () => {
  assert.deepEqual(patchOf(task, valuesOf(task, zone), zone), {});
});

test('only what differs is changed', () => {
  const values = { ...valuesOf(task, zone), title: 'Oil both tables', estimate: '2h', notes: 'thin' };
  assert.deepEqual(patchOf(task, values, zone), { title: 'Oil both tables', estimateMinutes: 120, notes: 'thin' });
});

test('without a time the due time becomes a date, without a day nothing', () => {
  assert.deepEqual(patchOf(task, { ...valuesOf(task, zone), dueTime: null }, zone), { due: { date: '2027-07-14' } });
  assert.deepEqual(patchOf(task, { ...valuesOf(task, zone), dueDay: null, dueTime: null }, zone), { due: null });
});

test('another day keeps the zone of the task', () => {
  assert.deepEqual(patchOf(task, { ...valuesOf(task, zone), dueDay: '2027-12-14' }, zone), {
    due: { at: '2027-12-14T10:00:00Z', zone: 'America/New_York' },
  });
});
