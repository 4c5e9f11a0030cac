import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from '@task-connect/sdk';
import { machineClock } from '../testing/clock.ts';
import { testDatabases } from '../testing/databases.ts';
import { makeOutside } from './outside-effect.ts';

const { pools } = await testDatabases(['things']);
after(() => pools[Symbol.asyncDispose]());
const database = pools.database('things');
/** As each process makes it for itself. */
const anOutside = () => makeOutside(database, machineClock);
const effects = statement<[string], { done: boolean; result: object | null }>(
  'test.effects',
  'select done, result from tc.outside_effect where key = $1',
);

/** A process that is killed between the call and the note of its result: its call never comes back. */
async function killedAfterCall(key: string): Promise<void> {
  const called = Promise.withResolvers<void>();
  void anOutside()({
    key,
    call: () => {
      called.resolve();
      return new Promise<never>(() => undefined);
    },
  });
  await called.promise;
}

test('an effect is called once with its key, and its result is given again', async () => {
  const keys: string[] = [];
  const effect = {
    key: 'once',
    call: async (key: string) => {
      keys.push(key);
      return { id: 'm-1' };
    },
  };
  assert.deepEqual(await anOutside()(effect), { id: 'm-1' });
  assert.deepEqual(await anOutside()(effect), { id: 'm-1' });
  assert.deepEqual(keys, ['once']);
});

test('after a crash it is looked up, and what has happened is not called again', async () => {
  await killedAfterCall('looked-up');
  const asked: string[] = [];
  const effect = {
    key: 'looked-up',
    call: () => assert.fail('It happened already.'),
    async lookUp(key: string) {
      asked.push(key);
      return { id: 'found' };
    },
  };
  assert.deepEqual(await anOutside()(effect), { id: 'found' });
  assert.deepEqual(await anOutside()(effect), { id: 'found' });
  assert.deepEqual(asked, ['looked-up'], 'what was found is written down');
});

test('after a crash what cannot be found, or not be looked up, is called again with the same key', async () => {
  for (const [key, lookUp] of [
    ['not-found', async () => undefined],
    ['no-look-up', undefined],
  ] as const) {
    await killedAfterCall(key);
    const keys: string[] = [];
    const result = await anOutside()({
      key,
      call: async (given) => {
        keys.push(given);
        return { id: 'again' };
      },
      ...(lookUp ? { lookUp } : {}),
    });
    assert.deepEqual([result, keys], [{ id: 'again' }, [key]]);
  }
});

test('a call that fails may be tried again', async () => {
  let calls = 0;
  const effect = {
    key: 'flaky',
    async call() {
      calls += 1;
      if (calls === 1) throw new Error('The line is down.');
      return { ok: true };
    },
  };
  await assert.rejects(anOutside()(effect), /line is down/);
  assert.deepEqual(await database.query(effects, ['flaky']), [{ done: false, result: null }]);
  assert.deepEqual(await anOutside()(effect), { ok: true });
});

test('whatever the other side says is written down', async () => {
  await anOutside()({ key: 'odd', call: async () => ({ said: 'a \u0000 and half a \ud800' }) });
  assert.deepEqual(await database.query(effects, ['odd']), [
    { done: true, result: { said: 'a \ufffd and half a \ufffd' } },
  ]);
});
