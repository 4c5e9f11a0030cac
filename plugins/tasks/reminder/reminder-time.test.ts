import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOfWhen, type NewWhen } from '../task/when.ts';
import { plannedTime, reminderTime } from './reminder-time.ts';

const task = (due: NewWhen | null, minutes: number | null = null, zone = 'Europe/Berlin') => {
  const columns = columnsOfWhen(due, zone);
  return { due_on: columns.on, due_at: columns.at, due_zone: columns.zone, remind_before_minutes: minutes };
};
const timeOf = (...given: Parameters<typeof task>) => reminderTime(task(...given), 60)?.toString();

test('a time is announced as long before as the setting says, or the task', () => {
  const due = { at: '2027-03-14T09:00:00Z' };
  assert.equal(timeOf(due), '2027-03-14T08:00:00Z');
  assert.equal(timeOf(due, 15), '2027-03-14T08:45:00Z');
  assert.equal(timeOf(due, 0), '2027-03-14T09:00:00Z');
  assert.equal(timeOf(null), undefined);
});

test('a day is announced at nine in the morning of its zone, also when the clocks change', () => {
  assert.equal(timeOf({ date: '2027-03-27' }), '2027-03-27T08:00:00Z');
  assert.equal(timeOf({ date: '2027-03-28' }), '2027-03-28T07:00:00Z');
  assert.equal(timeOf({ date: '2027-03-28' }, 24 * 60), '2027-03-27T07:00:00Z');
  assert.equal(timeOf({ date: '2026-10-04' }, null, 'Australia/Sydney'), '2026-10-03T22:00:00Z');
});

const planOf = (due: NewWhen | null, now: string, minutes: number | null = null) =>
  plannedTime(task(due, minutes), 60, Temporal.Instant.from(now))?.toString();

test('what is due sooner than that is announced at once', () => {
  assert.equal(planOf({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T07:00:00Z'), '2027-03-14T08:00:00Z');
  assert.equal(planOf({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T08:30:00Z'), '2027-03-14T08:30:00Z');
});

test('what is past, and a day whose morning is over, is not announced', () => {
  assert.equal(planOf({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T09:00:00Z'), undefined);
  assert.equal(planOf({ date: '2027-03-14' }, '2027-03-14T08:00:00Z'), undefined);
  assert.equal(planOf({ date: '2027-03-14' }, '2027-03-14T07:59:59Z'), '2027-03-14T08:00:00Z');
  assert.equal(planOf(null, '2027-03-14T07:59:59Z'), undefined);
});
