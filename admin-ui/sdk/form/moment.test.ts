import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, localOf } from './moment.ts';

const zone = 'Europe/Berlin';

test('an instant is typed in the zone, in winter and in summer', () => {
  assert.equal(localOf('2027-01-12T09:00:00Z', zone), '2027-01-12T10:00');
  assert.equal(instantOf('2027-07-12T10:00', zone), '2027-07-12T08:00:00Z');
  assert.deepEqual([localOf('', zone), localOf('no instant', zone), instantOf('', zone)], ['', '', undefined]);
});

test('an hour that the clock leaves out is the one after, of one that comes twice the first is meant', () => {
  assert.equal(instantOf('2027-03-28T02:30', zone), '2027-03-28T01:30:00Z');
  assert.equal(localOf(instantOf('2027-03-28T02:30', zone)!, zone), '2027-03-28T03:30');
  assert.equal(instantOf('2027-10-31T02:30', zone), '2027-10-31T00:30:00Z');
});
