import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { SecretChanged, type SecretStore, SecretsError } from './secrets.ts';

/** What every adapter of the SecretStore port keeps. `make` gives an empty store. */
export function secretsSuite(name: string, make: (context: TestContext) => Promise<SecretStore>): void {
  test(`${name}: what was written is read back, with its version`, async (context) => {
    const store = await make(context);
    const value = { host: 'db.test', port: 5432, tls: true, note: null, password: 'ä "quoted" \u{1f511}\n' };
    assert.deepEqual(await store.write('databases/tasks', value), { version: 1 });
    assert.deepEqual(await store.read('databases/tasks'), { value, version: 1 });
    assert.equal(await store.read('databases/notes'), undefined);
  });

  test(`${name}: a new version leaves the older ones readable`, async (context) => {
    const store = await make(context);
    for (let n = 1; n <= 3; n++) assert.deepEqual(await store.write('services/s3', { n }), { version: n });
    assert.deepEqual(await store.read('services/s3'), { value: { n: 3 }, version: 3 });
    assert.deepEqual(await store.read('services/s3', 1), { value: { n: 1 }, version: 1 });
    assert.equal(await store.read('services/s3', 4), undefined);
    const versions = await store.versions('services/s3');
    assert.deepEqual(
      versions.map(({ version, deleted }) => [version, deleted]),
      [
        [1, false],
        [2, false],
        [3, false],
      ],
    );
    assert.ok(versions[0]?.createdAt instanceof Temporal.Instant);
    assert.deepEqual(await store.versions('services/none'), []);
  });

  test(`${name}: ten versions are kept, and numbers go on`, async (context) => {
    const store = await make(context);
    for (let n = 1; n <= 12; n++) await store.write('services/s3', { n });
    assert.deepEqual(
      (await store.versions('services/s3')).slice(-10).map(({ version }) => version),
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    );
    assert.deepEqual(await store.read('services/s3', 3), { value: { n: 3 }, version: 3 });
  });

  test(`${name}: a write with cas happens only on the version that was read`, async (context) => {
    const store = await make(context);
    await store.write('services/s3', { n: 1 }, { cas: 0 });
    await assert.rejects(store.write('services/s3', { n: 0 }, { cas: 0 }), SecretChanged);
    await store.write('services/s3', { n: 2 }, { cas: 1 });
    await assert.rejects(store.write('services/s3', { n: 0 }, { cas: 1 }), SecretChanged);
    await assert.rejects(store.write('services/s3', { n: 0 }, { cas: 7 }), SecretChanged);
    assert.deepEqual(await store.read('services/s3'), { value: { n: 2 }, version: 2 });
  });

  test(`${name}: of many writers with the same cas one wins`, async (context) => {
    const store = await make(context);
    const writes = Array.from({ length: 5 }, (_, n) => store.write('services/s3', { n }, { cas: 0 }));
    const results = await Promise.allSettled(writes);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results) assert.ok(result.status === 'fulfilled' || result.reason instanceof SecretChanged);
  });

  test(`${name}: paths are listed by folder, in order`, async (context) => {
    const store = await make(context);
    for (const path of ['databases/tasks', 'databases/notes', 'databases-old/tasks', 'external-apis/a/b']) {
      await store.write(path, { path });
    }
    assert.deepEqual(await store.list('databases'), ['databases/notes', 'databases/tasks']);
    assert.deepEqual(await store.list('databases/'), ['databases/notes', 'databases/tasks']);
    assert.deepEqual(await store.list('external-apis'), ['external-apis/a/b']);
    assert.equal((await store.list('')).length, 4);
    assert.deepEqual(await store.list('nothing'), []);
  });

  test(`${name}: what was deleted is gone with all its versions`, async (context) => {
    const store = await make(context);
    await store.write('services/s3', { n: 1 });
    await store.write('services/s3', { n: 2 });
    await store.delete('services/s3');
    await store.delete('services/s3');
    assert.equal(await store.read('services/s3'), undefined);
    assert.equal(await store.read('services/s3', 1), undefined);
    assert.deepEqual(await store.list(''), []);
    assert.deepEqual(await store.write('services/s3', { n: 3 }, { cas: 0 }), { version: 1 });
  });

  test(`${name}: a caller who changes what it got or gave changes no secret`, async (context) => {
    const store = await make(context);
    const given = { n: 1 };
    await store.write('services/s3', given);
    given.n = 2;
    const got = await store.read('services/s3');
    got!.value.n = 3;
    assert.deepEqual(await store.read('services/s3'), { value: { n: 1 }, version: 1 });
  });

  test(`${name}: paths and values that no adapter could keep are refused`, async (context) => {
    const store = await make(context);
    for (const path of [
      '',
      'tasks',
      '/databases/tasks',
      'databases//x',
      '../x/y',
      'Databases/x',
      'a/b c',
      'a/__proto__',
    ]) {
      await assert.rejects(store.write(path, {}), SecretsError, path);
      await assert.rejects(store.read(path), SecretsError, path);
    }
    await assert.rejects(store.write('a/b', { n: Number.NaN }), SecretsError);
    await assert.rejects(store.write('a/b', { n: {} as string }), SecretsError);
    assert.deepEqual(await store.list(''), []);
  });

  test(`${name}: any value comes back as it was`, async (context) => {
    const store = await make(context);
    const scalar = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }), scalar), async (value) => {
        await store.write('services/any', value);
        assert.deepEqual({ ...(await store.read('services/any'))?.value }, { ...value });
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: a store that can be used says so`, async (context) => {
    assert.deepEqual(await (await make(context)).check(), { ok: true });
  });
}
