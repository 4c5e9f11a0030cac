import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutesOf, understand } from './quick-add.ts';

// A Tuesday, 10:42.
const now = Temporal.ZonedDateTime.from('2027-01-12T10:42[Europe/Berlin]');
const due = (line: string) => understand(line, now).due;

test('a whole line is taken apart, and the title is what is left', () => {
  assert.deepEqual(understand('call Tamblyn about legs thu 9:00 30m #harbour !high', now), {
    title: 'call Tamblyn about legs',
    due: { at: '2027-01-14T08:00:00Z', zone: 'Europe/Berlin' },
    estimateMinutes: 30,
    labels: ['harbour'],
    priority: 'high',
  });
});

test('a day without a time stays a date', () => {
  assert.deepEqual(due('oil the table today'), { date: '2027-01-12' });
  assert.deepEqual(due('oil the table tomorrow'), { date: '2027-01-13' });
  assert.deepEqual(due('oil the table wednesday'), { date: '2027-01-13' });
  assert.deepEqual(due('oil the table 2027-03-14'), { date: '2027-03-14' });
});

test('the name of today’s weekday means the next one', () => {
  assert.deepEqual(due('count tue'), { date: '2027-01-19' });
});

test('a day and a month that have passed mean next year', () => {
  assert.deepEqual(due('count 5 feb'), { date: '2027-02-05' });
  assert.deepEqual(due('count 5 January'), { date: '2028-01-05' });
  assert.deepEqual(due('count 31 feb'), null);
});

test('a time alone is the next one', () => {
  assert.deepEqual(due('van 12:00'), { at: '2027-01-12T11:00:00Z', zone: 'Europe/Berlin' });
  assert.deepEqual(due('van 9:00'), { at: '2027-01-13T08:00:00Z', zone: 'Europe/Berlin' });
  assert.deepEqual(due('van 3pm'), { at: '2027-01-12T14:00:00Z', zone: 'Europe/Berlin' });
});

test('of two days the last counts, and the word that leads to it goes with it', () => {
  const moved = understand('move the monday meeting to friday', now);
  assert.deepEqual([moved.title, moved.due], ['move the monday meeting', { date: '2027-01-15' }]);
  const van = understand('Book the van for thursday today 18:00', now);
  assert.deepEqual(
    [van.title, van.due],
    ['Book the van for thursday', { at: '2027-01-12T17:00:00Z', zone: 'Europe/Berlin' }],
  );
  assert.equal(understand('send the quote by fri at 9:00', now).title, 'send the quote');
});

test('words that only look alike stay in the title', () => {
  assert.equal(understand('buy 3 monitors in the sunshine', now).title, 'buy 3 monitors in the sunshine');
  assert.equal(understand('#now', now).title, '#now');
});

test('lengths are read as one writes them', () => {
  assert.deepEqual(['30m', '2h', '1h30', '1.5h', '45min', '0m', 'h'].map(minutesOf), [
    30,
    120,
    90,
    90,
    45,
    undefined,
    undefined,
  ]);
});
