import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOfWhen, type NewWhen } from '../task/when.ts';
import { dueSentence } from './reminder-text.ts';

const sentence = (due: NewWhen, now: string, zone = 'Europe/Berlin', locale = 'en-GB') => {
  const { on, at } = columnsOfWhen(due, 'Europe/Berlin');
  return dueSentence({ on: on!, at }, { zone, locale }, Temporal.Instant.from(now));
};

test('a time is said in the zone and the way of the reader', () => {
  const due = { at: '2027-03-14T22:30:00Z' };
  assert.equal(sentence(due, '2027-03-14T20:00:00Z'), 'Due today at 23:30.');
  assert.equal(sentence(due, '2027-03-14T20:00:00Z', 'Asia/Kathmandu'), 'Due today at 04:15.');
  assert.equal(sentence(due, '2027-03-14T17:00:00Z', 'Asia/Kathmandu'), 'Due tomorrow at 04:15.');
  assert.equal(sentence(due, '2027-03-14T20:00:00Z', 'Europe/Berlin', 'en'), 'Due today at 23:30.');
  assert.match(sentence(due, '2027-03-14T20:00:00Z', 'America/New_York', 'en-US'), /^Due today at 6:30.PM\.$/u);
});

test('a date is the same for every reader, and a late reminder says so', () => {
  assert.equal(sentence({ date: '2027-03-14' }, '2027-03-14T08:00:00Z'), 'Due today.');
  assert.equal(sentence({ date: '2027-03-14' }, '2027-03-15T08:00:00Z'), 'Was due yesterday.');
  assert.equal(sentence({ at: '2027-03-14T07:00:00Z' }, '2027-03-14T08:00:00Z'), 'Was due today at 08:00.');
  assert.match(
    sentence({ date: '2027-03-20' }, '2027-03-14T08:00:00Z', 'UTC', 'de-DE'),
    /^Due on Samstag, 20\. März 2027\.$/,
  );
});
