import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextWorkingTime, type WorkingHours } from './working-hours.ts';

const weekdays: WorkingHours = [1, 2, 3, 4, 5].flatMap((day) => [
  { day, from: '13:00', to: '17:00' },
  { day, from: '09:00', to: '12:00' },
]);
const next = (at: string, hours = weekdays, zone = 'Europe/Berlin') =>
  nextWorkingTime(hours, Temporal.Instant.from(at), zone).toString();

test('within working hours nothing waits; at noon, in the evening and over the weekend it does', () => {
  assert.equal(next('2027-03-12T08:00:00Z'), '2027-03-12T08:00:00Z');
  assert.equal(next('2027-03-12T11:30:00Z'), '2027-03-12T12:00:00Z');
  assert.equal(next('2027-03-12T16:00:00Z'), '2027-03-15T08:00:00Z');
  assert.equal(next('2027-03-26T20:00:00Z'), '2027-03-29T07:00:00Z');
});

test('who works once a week is waited for a week, and a day may go to its end', () => {
  const sunday: WorkingHours = [{ day: 7, from: '20:00', to: '24:00' }];
  assert.equal(next('2027-03-14T22:59:59Z', sunday), '2027-03-14T22:59:59Z');
  assert.equal(next('2027-03-14T23:00:00Z', sunday), '2027-03-21T19:00:00Z');
});
