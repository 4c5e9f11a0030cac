import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidInput, type Problem } from '@task-connect/sdk';
import { NewWorkLog } from './work-log.ts';
import type { WorkLogRow } from './work-log-table.ts';
import { changedSpan, newSpan, stoppedSpan } from './work-span.ts';

const now = Temporal.Instant.from('2026-11-25T12:00:00Z');
const span = (given: object, zone = 'Europe/Berlin') => newSpan(NewWorkLog.parse(given), now, zone);
const pointerOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof InvalidInput);
    return ((error as Problem).fields.errors as { pointer: string }[])[0]!.pointer;
  }
  assert.fail('It was not refused.');
};

test('nothing starts the timer now, a start alone starts it then', () => {
  assert.deepEqual(span({}), {
    startedAt: '2026-11-25T12:00:00Z',
    endedAt: null,
    seconds: null,
    placed: true,
    localDate: '2026-11-25',
    zone: 'Europe/Berlin',
  });
  assert.equal(span({ startedAt: '2026-11-25T11:00:00Z' }).endedAt, null);
});

test('minutes alone end now and may overlap other work', () => {
  const { startedAt, endedAt, seconds, placed } = span({ minutes: 25 });
  assert.deepEqual(
    [startedAt, endedAt, seconds, placed],
    ['2026-11-25T11:35:00Z', '2026-11-25T12:00:00Z', 1500, false],
  );
});

test('past work has its start and its end or its minutes', () => {
  const startedAt = '2026-11-25T10:00:00+01:00';
  assert.equal(span({ startedAt, endedAt: '2026-11-25T10:45:30+01:00' }).seconds, 2730);
  assert.equal(span({ startedAt, minutes: 30 }).endedAt, '2026-11-25T09:30:00Z');
});

test('work belongs to the day on which it began, on the wall of its person', () => {
  const given = { startedAt: '2026-11-24T23:30:00Z', minutes: 60 };
  assert.equal(span(given, 'Europe/Berlin').localDate, '2026-11-25');
  assert.equal(span(given, 'America/New_York').localDate, '2026-11-24');
});

test('an hour that the clocks skip or repeat is as long as it was', () => {
  const spring = newSpan(
    NewWorkLog.parse({ startedAt: '2027-03-28T01:30:00+01:00', endedAt: '2027-03-28T03:30:00+02:00' }),
    Temporal.Instant.from('2027-03-28T12:00:00Z'),
    'Europe/Berlin',
  );
  assert.equal(spring.seconds, 3600);
});

test('what cannot have been is refused at the field that says so', () => {
  const startedAt = '2026-11-25T10:00:00Z';
  assert.equal(
    pointerOf(() => span({ endedAt: startedAt })),
    '/startedAt',
  );
  assert.equal(
    pointerOf(() => span({ startedAt, endedAt: '2026-11-25T11:00:00Z', minutes: 5 })),
    '/minutes',
  );
  assert.equal(
    pointerOf(() => span({ startedAt, endedAt: startedAt })),
    '/endedAt',
  );
  assert.equal(
    pointerOf(() => span({ startedAt, endedAt: '2026-11-25T09:00:00Z' })),
    '/endedAt',
  );
  assert.equal(
    pointerOf(() => span({ startedAt: '2026-11-25T12:02:00Z' })),
    '/startedAt',
  );
  assert.equal(
    pointerOf(() => span({ startedAt, minutes: 240 })),
    '/minutes',
  );
  assert.equal(
    pointerOf(() => span({ startedAt: '2025-11-25T10:00:00Z', endedAt: startedAt })),
    '/endedAt',
  );
});

test('a clock that is a little ahead means now', () => {
  assert.equal(span({ startedAt: '2026-11-25T12:00:40Z' }).startedAt, now.toString());
  assert.equal(span({ startedAt: '2026-11-25T11:00:00Z', endedAt: '2026-11-25T12:00:30Z' }).endedAt, now.toString());
});

const running: WorkLogRow = {
  id: '0190a000-0000-7000-8000-000000000001',
  person_id: '0190a000-0000-7000-8000-0000000000aa',
  task_id: null,
  note: '',
  started_at: '2026-11-24T23:30:00Z',
  ended_at: null,
  seconds: null,
  placed: true,
  local_date: '2026-11-25',
  zone: 'Europe/Berlin',
  version: 1,
};

test('a timer that ran for days can be stopped, and its note changed afterwards', () => {
  const stopped = stoppedSpan(running, Temporal.Instant.from('2026-11-28T12:00:00Z'));
  assert.equal(stopped.seconds, 84.5 * 3600);
  const row = { ...running, ended_at: stopped.endedAt, seconds: stopped.seconds };
  assert.deepEqual(changedSpan(row, {}, Temporal.Instant.from('2026-11-28T12:00:00Z')), stopped);
});

test('a clock that was set back makes no time below zero', () => {
  assert.equal(stoppedSpan(running, Temporal.Instant.from('2026-11-24T23:00:00Z')).seconds, 0);
});

test('a change keeps the zone in which the work was written', () => {
  const changed = changedSpan(running, { startedAt: '2026-11-24T22:30:00Z', endedAt: '2026-11-25T01:00:00Z' }, now);
  assert.deepEqual([changed.localDate, changed.zone, changed.seconds], ['2026-11-24', 'Europe/Berlin', 9000]);
});
