import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { makeUnitOfWork } from '../database/unit-of-work.ts';
import { manualClock } from '../testing/clock.ts';
import { quietLog, testDatabases } from '../testing/databases.ts';
import { makeOneOffs, type OneOffRow, scheduleOneOff, unscheduleOneOff } from './one-offs.ts';
import { attemptsAllowed } from './retry.ts';

const organisation = '00000000-0000-7000-8000-000000000001';
const scope = { organisation, person: organisation, reach: 'member' as const };
const { pools } = await testDatabases(['work']);
after(() => pools[Symbol.asyncDispose]());
const database = pools.database('work');
const unitOfWork = makeUnitOfWork(() => pools.connect('work'));
const clock = manualClock('2026-11-25T10:00:00Z');

const schedule = (job: string, key: string, at: string) =>
  unitOfWork(scope, (tx) =>
    scheduleOneOff(tx, { job, organisation, key, actor: null, at, traceparent: null, data: { for: at } }),
  );
const serve = (job: string, handle: (row: OneOffRow) => void) =>
  makeOneOffs({
    plugin: 'work',
    handlers: new Map([[job, async (row: OneOffRow) => handle(row)]]),
    unitOfWork,
    database,
    clock,
    random: () => 0,
    log: quietLog,
  });
const rowsOf = statement<[string], { attempts: number; dead: boolean; last_error: string | null }>(
  'test.one-off',
  'select attempts, dead, last_error from tc.one_off where job = $1',
);

test('work is done once, not before its time, at the time to which it was moved, and not when it was taken back', async () => {
  const seen: [key: string, at: string][] = [];
  await using oneOffs = serve('remind', ({ key, at }) => void seen.push([key, at]));
  await schedule('remind', 'kept', '2026-11-25T10:01:00Z');
  await schedule('remind', 'moved', '2026-11-25T10:01:00Z');
  await schedule('remind', 'moved', '2026-11-25T10:05:00Z');
  await schedule('remind', 'gone', '2026-11-25T10:01:00Z');
  await unitOfWork(scope, (tx) => unscheduleOneOff(tx, 'remind', organisation, 'gone'));
  await oneOffs.settle();
  assert.deepEqual(seen, []);
  clock.advance({ minutes: 2 });
  await oneOffs.settle();
  await oneOffs.settle();
  assert.deepEqual(seen, [['kept', '2026-11-25T10:01:00Z']]);
  clock.advance({ hours: 5 });
  await oneOffs.settle();
  assert.deepEqual(seen[1], ['moved', '2026-11-25T10:05:00Z'], 'late, with the time that was asked for');
  assert.equal(seen.length, 2);
  assert.deepEqual(await database.query(rowsOf, ['remind']), []);
});

test('work that fails is tried again, whatever was thrown, and given up after the last attempt', async () => {
  const thrown = [null, new Error('broken \u0000 \ud800 text'), 'a text'];
  let attempts = 0;
  await using oneOffs = serve('fail', () => {
    attempts += 1;
    throw thrown[attempts % thrown.length];
  });
  await schedule('fail', 'one', clock.now().toString());
  for (let i = 0; i < attemptsAllowed + 2; i += 1) {
    await oneOffs.settle();
    clock.advance({ seconds: 600 });
  }
  assert.equal(attempts, attemptsAllowed);
  const [row] = await database.query(rowsOf, ['fail']);
  assert.deepEqual([row?.attempts, row?.dead], [attemptsAllowed, true]);
  assert.ok(row?.last_error);
  // Asked for anew, it begins anew.
  await schedule('fail', 'one', clock.now().toString());
  await oneOffs.settle();
  assert.equal(attempts, attemptsAllowed + 1);
});
