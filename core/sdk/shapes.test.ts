import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, plainDate } from './index.ts';

test('an instant is given back in UTC', () => {
  assert.equal(instant().parse('2027-03-14T09:30:00+01:00'), '2027-03-14T08:30:00Z');
  assert.equal(instant().parse('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00Z');
  assert.equal(instant().parse('9999-12-31T23:59:59.123456789Z'), '9999-12-31T23:59:59.123456789Z');
});

test('an instant that PostgreSQL cannot store is refused, also where only its offset leads out of the years', () => {
  for (const value of [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+12:00',
    '9999-12-31T23:59:59-12:00',
    '2027-02-30T10:00:00Z',
    '2027-03-14T10:00:00',
    '2027-03-14T10:00:00.1234567891Z',
    'soon',
  ]) {
    assert.equal(instant().safeParse(value).success, false, value);
  }
});

test('a date is a real one between the years 1 and 9999', () => {
  for (const value of ['0001-01-01', '2024-02-29', '9999-12-31']) assert.equal(plainDate().parse(value), value);
  for (const value of ['0000-12-31', '2023-02-29', '10000-01-01', '2027-2-3', 'soon', ''])
    assert.equal(plainDate().safeParse(value).success, false, value);
});
