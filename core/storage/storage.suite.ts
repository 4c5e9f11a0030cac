import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { type FileStore, StorageError } from './storage.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What every store of files keeps. `make` gives an empty one. */
export function storageSuite(name: string, make: (context: TestContext) => Promise<FileStore>): void {
  test(`${name}: a file comes back as it was, with its content type`, async (context) => {
    const store = await make(context);
    const body = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    await store.put('attachments/7f3a/plan.pdf', body, 'application/pdf');
    await store.put('empty', new Uint8Array(), 'text/plain; charset=utf-8');
    assert.deepEqual(await store.get('attachments/7f3a/plan.pdf'), { body, contentType: 'application/pdf' });
    assert.deepEqual(await store.get('empty'), { body: new Uint8Array(), contentType: 'text/plain; charset=utf-8' });
    assert.equal(await store.get('attachments/7f3a'), undefined);
  });

  test(`${name}: a second put replaces the first, content type included`, async (context) => {
    const store = await make(context);
    await store.put('a', bytes('first, and longer'), 'text/plain');
    await store.put('a', bytes('second'), 'text/html');
    assert.deepEqual(await store.get('a'), { body: bytes('second'), contentType: 'text/html' });
  });

  test(`${name}: what was deleted is gone, and may be deleted again`, async (context) => {
    const store = await make(context);
    await store.put('a', bytes('x'), 'text/plain');
    await store.delete('a');
    await store.delete('a');
    assert.equal(await store.get('a'), undefined);
  });

  test(`${name}: keys that a disk would confuse are different keys`, async (context) => {
    const store = await make(context);
    const keys = [
      'a',
      'A',
      'a/b',
      'a/b/c',
      'a.',
      'a ',
      'con',
      '\u00e9',
      'e\u0301',
      'x'.repeat(1024),
      'a%2Fb',
      'a\\b',
      '🪡/?*:"<>|',
    ];
    for (const key of keys) await store.put(key, bytes(key), 'text/plain');
    for (const key of keys) assert.deepEqual((await store.get(key))?.body, bytes(key), key);
  });

  test(`${name}: keys and content types that no store could keep are refused`, async (context) => {
    const store = await make(context);
    for (const key of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'a\0', 'a\n', '\ud800', 'x'.repeat(1025)]) {
      await assert.rejects(store.put(key, bytes('x'), 'text/plain'), StorageError, JSON.stringify(key));
      await assert.rejects(store.get(key), StorageError);
      await assert.rejects(store.delete(key), StorageError);
    }
    for (const type of ['', 'text', 'text/plain\r\nX-A: b', 'text/ä']) {
      await assert.rejects(store.put('a', bytes('x'), type), StorageError, JSON.stringify(type));
    }
    assert.equal(await store.get('a'), undefined);
  });

  test(`${name}: a caller who uses its bytes again changes no file`, async (context) => {
    const store = await make(context);
    const body = bytes('abc');
    const put = store.put('a', body, 'text/plain');
    body.fill(0);
    await put;
    (await store.get('a'))?.body.fill(0);
    assert.deepEqual((await store.get('a'))?.body, bytes('abc'));
  });

  test(`${name}: of many writers at once one wins whole`, async (context) => {
    const store = await make(context);
    const bodies = Array.from({ length: 8 }, (_, n) => new Uint8Array(50_000 + n).fill(n));
    await Promise.all(bodies.map((body, n) => store.put('a', body, `text/${n}`)));
    const { body, contentType } = (await store.get('a')) ?? assert.fail('nothing there');
    assert.deepEqual(body, bodies[Number(contentType.split('/')[1])]);
  });

  test(`${name}: any bytes under any good key come back`, async (context) => {
    const store = await make(context);
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/^\.\.?$|\/|\p{Cc}/u.test(text));
    const key = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('/'));
    await fc.assert(
      fc.asyncProperty(key, fc.uint8Array({ maxLength: 2000 }), async (name, body) => {
        await store.put(name, body, 'application/octet-stream');
        assert.deepEqual((await store.get(name))?.body, body);
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: a store that can be used says so`, async (context) => {
    assert.deepEqual(await (await make(context)).check(), { ok: true });
  });
}
