import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkLog } from '../queries.ts';
import { patchOfWork, spanOfWork, valuesOfWork } from './work-values.ts';

const zone = 'Europe/Berlin';
const log: WorkLog = {
  id: 'one',
  task: null,
  person: 'ines',
  note: '',
  startedAt: '2027-10-31T01:15:20Z',
  endedAt: '2027-10-31T01:45:00Z',
  seconds: 1780,
  localDate: '2027-10-31',
  zone,
  version: 1,
};

test('work is shown by the clock of the zone, and what was not touched is not sent', () => {
  const values = valuesOfWork(log, zone);
  // 2:15 of the second time: typed anew it would be the first.
  assert.deepEqual([values.day, values.from, values.to], ['2027-10-31', '02:15', '02:45']);
  assert.deepEqual(patchOfWork(log, values, zone), {});
  assert.deepEqual(patchOfWork(log, { ...values, note: 'Foam' }, zone), { note: 'Foam' });
  assert.deepEqual(patchOfWork(log, { ...values, to: '04:00' }, zone), { endedAt: '2027-10-31T03:00:00Z' });
});

test('an end that is not after the start is of the next day', () => {
  assert.deepEqual(spanOfWork({ day: '2027-06-01', from: '23:00', to: '00:30' }, zone), {
    startedAt: '2027-06-01T21:00:00Z',
    endedAt: '2027-06-01T22:30:00Z',
  });
  assert.equal(spanOfWork({ day: '2027-06-01', from: '', to: '00:30' }, zone), undefined);
});
