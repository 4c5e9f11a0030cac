import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeFolderStorage } from './folder-storage.ts';
import { storageSuite } from './storage.suite.ts';

async function temporaryFolder(context: TestContext): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'tc-storage-'));
  context.after(() => rm(parent, { recursive: true }));
  return join(parent, 'storage');
}

storageSuite('folder', async (context) => makeFolderStorage({ folder: await temporaryFolder(context) }));

const onlyFile = async (folder: string) => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.length > 2);
  assert.equal(files.length, 1, files.join());
  return join(folder, files[0]!);
};

test('another start on the folder finds what was there, readable by its owner alone', async (context) => {
  const folder = await temporaryFolder(context);
  await makeFolderStorage({ folder }).put('a/b', new Uint8Array([1, 10, 2]), 'image/png');
  const found = await makeFolderStorage({ folder }).get('a/b');
  assert.deepEqual(found, { body: new Uint8Array([1, 10, 2]), contentType: 'image/png' });
  assert.equal((await stat(await onlyFile(folder))).mode & 0o777, 0o600);
});

test('a damaged file is said to be, never handed out', async (context) => {
  const folder = await temporaryFolder(context);
  const store = makeFolderStorage({ folder });
  await store.put('a', new Uint8Array(100), 'image/png');
  const file = await onlyFile(folder);
  const whole = await readFile(file);
  for (const damaged of [whole.subarray(0, 80), whole.subarray(0, 3), Buffer.alloc(0), Buffer.concat([whole, whole])]) {
    await writeFile(file, damaged);
    await assert.rejects(store.get('a'), /is damaged\. Put back a copy/);
  }
});

test('a folder that cannot be written is said', async (context) => {
  const folder = await temporaryFolder(context);
  await writeFile(folder, 'a file in its place');
  const store = makeFolderStorage({ folder });
  const check = await store.check();
  assert.match(check.ok ? '' : check.reason, /^Files cannot be kept in /);
  await assert.rejects(store.put('a', new Uint8Array(1), 'image/png'), /could not be kept .* Nothing was changed\./);
});
