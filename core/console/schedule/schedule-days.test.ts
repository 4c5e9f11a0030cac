import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScheduleItem } from './schedule.ts';
import { daysOf, questionFor, weekOf } from './schedule-days.ts';

const person = '0190a000-0000-7000-8000-0000000000aa';
const item = (given: Partial<ScheduleItem>): ScheduleItem => ({
  id: given.title ?? '',
  kind: 'due',
  title: '',
  date: null,
  startsAt: null,
  endsAt: null,
  zone: null,
  link: null,
  hue: 'stone',
  done: false,
  plugin: 'p',
  pluginTitle: 'P',
  kindTitle: 'K',
  ...given,
});

test('a week begins where its person has it, and a day is as long as the clocks make it', () => {
  assert.equal(weekOf('2027-03-28', 1), '2027-03-22');
  assert.equal(weekOf('2027-03-28', 7), '2027-03-28');
  assert.equal(weekOf('2027-03-27', 7), '2027-03-21');
  const question = questionFor(person, '2027-03-22', 7, 'Europe/Berlin');
  assert.deepEqual(
    [question.from, question.to, question.lastDay],
    ['2027-03-21T23:00:00Z', '2027-03-28T22:00:00Z', '2027-03-28'],
  );
});

test('an item lies in each day that it reaches into, days without a time first', () => {
  const question = questionFor(person, '2027-03-27', 2, 'Europe/Berlin');
  const days = daysOf(question, [
    item({ title: 'over midnight', startsAt: '2027-03-27T22:30:00Z', endsAt: '2027-03-27T23:30:00Z' }),
    item({ title: 'to midnight', startsAt: '2027-03-27T22:00:00Z', endsAt: '2027-03-27T23:00:00Z' }),
    item({ title: 'at midnight', startsAt: '2027-03-27T23:00:00Z' }),
    item({ title: 'date', date: '2027-03-28' }),
    item({ title: 'before', startsAt: '2027-03-26T22:59:59Z' }),
  ]);
  assert.deepEqual(
    days.map(({ items }) => items.map(({ title }) => title)),
    [
      ['to midnight', 'over midnight'],
      ['date', 'over midnight', 'at midnight'],
    ],
  );
});
