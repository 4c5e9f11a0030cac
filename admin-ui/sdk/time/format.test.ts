import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, clockTime, dayText, durationText, localeFor, momentText, roughly } from './format.ts';

const style = {
  locale: 'en-GB',
  zone: 'Europe/Berlin',
  now: Temporal.Instant.from('2027-01-12T23:30:00Z'), // 13 January, 0:30 in Berlin
};
const day = (text: string) => dayText(Temporal.PlainDate.from(text), style);
const moment = (text: string) => momentText(Temporal.Instant.from(text), style);

test('days beside today are named by the day of the person’s zone', () => {
  assert.deepEqual(
    [day('2027-01-12'), day('2027-01-13'), day('2027-01-14'), day('2027-01-15'), day('2026-12-31')],
    ['yesterday', 'today', 'tomorrow', 'Fri 15 Jan', '31 Dec 2026'],
  );
});

test('a moment of today is its time, of yesterday both, further away its day', () => {
  assert.equal(moment('2027-01-12T23:05:00Z'), '0:05');
  assert.equal(moment('2027-01-12T09:10:00Z'), 'yesterday 10:10');
  assert.equal(moment('2027-01-04T09:10:00Z'), 'Mon 4 Jan');
});

test('a locale with another clock shows that clock', () => {
  const at = Temporal.Instant.from('2027-01-12T14:30:00Z');
  assert.match(clockTime(at, { ...style, locale: 'en-US' }), /^3:30\sPM$/);
});

test('lengths of time read as one would say them', () => {
  assert.deepEqual(
    [durationText(2700), durationText(7200), durationText(5400), durationText(3900)],
    ['45 min', '2 h', '1 h 30', '1 h 05'],
  );
  assert.deepEqual([clockText(2538), clockText(-3), clockText(36_005)], ['0:42:18', '0:00:00', '10:00:05']);
  assert.deepEqual([roughly(2), roughly(-240), roughly(50_400), roughly(3 * 86_400)], ['2 s', '4 min', '14 h', '3 d']);
});

test('a clock change moves no day and no hour that was', () => {
  const night = { ...style, now: Temporal.Instant.from('2027-03-28T10:00:00Z') };
  const at = (text: string) => momentText(Temporal.Instant.from(text), night);
  // At 2:00 the clocks went to 3:00: one hour later is two hours on the clock.
  assert.deepEqual([at('2027-03-28T00:59:00Z'), at('2027-03-28T01:01:00Z')], ['1:59', '3:01']);
  assert.equal(at('2027-03-27T22:59:00Z'), 'yesterday 23:59');
  const autumn = { ...style, now: Temporal.Instant.from('2027-11-01T00:30:00Z') };
  assert.equal(momentText(Temporal.Instant.from('2027-10-30T22:00:00Z'), autumn), 'yesterday 0:00');
});

test('lengths below zero and at the edges of a unit', () => {
  assert.deepEqual(
    [durationText(-5400), roughly(59.7), roughly(3599), roughly(47.6 * 3600)],
    ['−1 h 30', '1 min', '1 h', '2 d'],
  );
});

test('a language without region takes the region of the browser', () => {
  assert.equal(localeFor('en', ['de-DE', 'en-GB']), 'en-GB');
  assert.equal(localeFor('en-US', ['en-GB']), 'en-US');
  assert.equal(localeFor('fr', ['en-GB']), 'fr');
  assert.equal(localeFor('en', ['en-US@posix']), 'en');
});
