import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietLog } from '../testing/databases.ts';
import { makePump } from './pump.ts';

const away = async (): Promise<boolean> => {
  throw new Error('The database is away.');
};

test('a wake during the work is not missed', async () => {
  let runs = 0;
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  await using pump = makePump({
    name: 'test',
    log: quietLog,
    sweepMilliseconds: 60_000,
    async work() {
      runs += 1;
      begun.resolve();
      await goOn.promise;
      return false;
    },
  });
  pump.wake();
  await begun.promise;
  pump.wake();
  goOn.resolve();
  await pump.idle();
  assert.equal(runs, 2);
});

test('one whose work fails comes to rest, and to its end', async () => {
  const warned: object[] = [];
  const log = { ...quietLog, warn: (fields: object) => void warned.push(fields) };
  const pump = makePump({ name: 'test', log, work: away });
  pump.wake();
  await pump.rest();
  assert.equal(warned.length, 1);
  await pump[Symbol.asyncDispose]();
  await pump.idle();
});

test('one whose work failed goes on by itself', async () => {
  let tries = 0;
  await using pump = makePump({
    name: 'test',
    log: quietLog,
    async work() {
      tries += 1;
      if (tries < 3) throw new Error('The database is away.');
      return false;
    },
  });
  pump.wake();
  await pump.idle();
  assert.equal(tries, 3);
});
