import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofMinutes } from '../task/reminders.ts';
import { columnsOfWhen, type NewWhen } from '../task/when.ts';
import { latestDue, planOf, reminderTimes } from './reminder-time.ts';

const task = (due: NewWhen | null, minutes: number | null = null, zone = 'Europe/Berlin') => {
  const columns = columnsOfWhen(due, zone);
  return { due_on: columns.on, due_at: columns.at, due_zone: columns.zone, reminders: ofMinutes(minutes) };
};
const timeOf = (...given: Parameters<typeof task>) => reminderTimes(task(...given), 60)[0]?.toString();

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

const planned = (due: NewWhen | null, now: string, minutes: number | null = null) =>
  planOf(task(due, minutes), 60, Temporal.Instant.from(now))?.at.toString();

test('what is due sooner than that is announced at once', () => {
  assert.equal(planned({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T07:00:00Z'), '2027-03-14T08:00:00Z');
  assert.equal(planned({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T08:30:00Z'), '2027-03-14T08:30:00Z');
});

test('what is past, and a day whose morning is over, is not announced', () => {
  assert.equal(planned({ at: '2027-03-14T09:00:00Z' }, '2027-03-14T09:00:00Z'), undefined);
  assert.equal(planned({ date: '2027-03-14' }, '2027-03-14T08:00:00Z'), undefined);
  assert.equal(planned({ date: '2027-03-14' }, '2027-03-14T07:59:59Z'), '2027-03-14T08:00:00Z');
  assert.equal(planned(null, '2027-03-14T07:59:59Z'), undefined);
});

test('of several reminders the next is planned, and what was missed is told once, with the latest', () => {
  const reminders = [{ minutesBefore: 10 }, { minutesBefore: 120 }, { at: '2027-03-13T12:00:00Z' }];
  const due = { ...task({ at: '2027-03-14T09:00:00Z' }), reminders };
  const at = (time: string) => Temporal.Instant.from(`2027-03-14T${time}:00Z`);
  assert.deepEqual(reminderTimes(due, 60).map(String), [
    '2027-03-13T12:00:00Z',
    '2027-03-14T07:00:00Z',
    '2027-03-14T08:50:00Z',
  ]);
  assert.equal(planOf(due, 60, at('07:00'))?.at.toString(), '2027-03-14T08:50:00Z');
  assert.equal(
    latestDue(due, 60, Temporal.Instant.from('2027-03-13T12:00:00Z'), at('08:00'))?.toString(),
    '2027-03-14T07:00:00Z',
  );
  assert.equal(latestDue(due, 60, at('08:00'), at('08:10')), undefined);
  assert.equal(planOf({ ...due, reminders: [] }, 60, at('07:00')), undefined);
});
