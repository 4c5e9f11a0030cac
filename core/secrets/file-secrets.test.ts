import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { openFileSecrets } from './file-secrets.ts';
import { newMasterKey } from './sealed-file.ts';
import { secretsSuite } from './secrets.suite.ts';
import { SecretsError } from './secrets.ts';

const clock = { now: () => Temporal.Instant.from('2026-11-25T10:00:00Z') };
const open = (folder: string, masterKey?: string) => openFileSecrets({ folder, masterKey, clock });

async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tc-secrets-'));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

secretsSuite('file', async (context) => open(await temporaryFolder(context)));

async function withOneSecret(context: TestContext) {
  const folder = await temporaryFolder(context);
  await (await open(folder)).write('databases/tasks', { password: 'hunter2' });
  return { folder, file: join(folder, 'secrets.json'), keyFile: join(folder, 'master.key') };
}

const refused = (folder: string, message: RegExp, masterKey?: string) =>
  assert.rejects(open(folder, masterKey), (error) => error instanceof SecretsError && message.test(error.message));

test('neither secrets nor their paths can be read in the file, and only its owner may read file and key', async (context) => {
  const { file, keyFile } = await withOneSecret(context);
  assert.doesNotMatch(await readFile(file, 'utf8'), /hunter2|databases|tasks/);
  for (const path of [file, keyFile]) assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('the key of the folder opens it again, and many that open it at once make one key', async (context) => {
  const folder = await temporaryFolder(context);
  const stores = await Promise.all(Array.from({ length: 5 }, () => open(folder)));
  await stores[0]!.write('a/b', { n: 1 });
  for (const store of stores) assert.equal((await store.read('a/b'))?.value.n, 1);
  assert.equal((await (await open(folder)).read('a/b'))?.value.n, 1);
});

test('a given key is used and never written down', async (context) => {
  const folder = await temporaryFolder(context);
  const key = newMasterKey();
  await (await open(folder, key)).write('a/b', { n: 1 });
  assert.equal((await (await open(folder, key)).read('a/b'))?.value.n, 1);
  assert.deepEqual((await readdir(folder)).sort(), ['secrets.json', 'secrets.lock']);
  await refused(folder, /secrets\.json is there and the key to it is not\. .*No new key is made/);
  assert.deepEqual((await readdir(folder)).sort(), ['secrets.json', 'secrets.lock']);
});

test('a wrong key is refused by name, and the file stays as it is', async (context) => {
  const { folder, file, keyFile } = await withOneSecret(context);
  const before = await readFile(file);
  const wrong = newMasterKey();
  await refused(folder, /was sealed with the key [0-9a-f]{16}, and the one given is [0-9a-f]{16}\./, wrong);
  await refused(folder, /^TC_MASTER_KEY is not a key/, 'short');
  await writeFile(keyFile, wrong);
  await refused(folder, /was sealed with the key/);
  await writeFile(keyFile, wrong.slice(0, 20));
  await refused(folder, /master\.key holds no key\. Put back a copy from a backup\.$/);
  await rm(keyFile);
  await refused(folder, /the key to it is not/);
  assert.deepEqual(await readFile(file), before);
  assert.deepEqual((await readdir(folder)).sort(), ['secrets.json', 'secrets.lock']);
});

test('a key that others may read is refused with the command that mends it', async (context) => {
  const { folder, keyFile } = await withOneSecret(context);
  await chmod(keyFile, 0o640);
  await refused(folder, new RegExp(`Run: chmod 600 ${RegExp.escape(keyFile)}$`));
  await chmod(keyFile, 0o600);
  assert.deepEqual(await (await open(folder)).check(), { ok: true });
});

test('any changed, missing or added byte is noticed, and nothing is written over it', async (context) => {
  const { folder, file } = await withOneSecret(context);
  const whole = await readFile(file);
  const change = fc.oneof(
    fc.record({ at: fc.nat(whole.length - 1), to: fc.integer({ min: 0, max: 255 }) }).map(({ at, to }) => {
      const changed = Buffer.from(whole);
      changed[at] = to;
      return changed;
    }),
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 5 }).map((more) => Buffer.concat([whole, more])),
    fc.nat(whole.length).map((at) => Buffer.concat([whole.subarray(0, at), Buffer.from(' '), whole.subarray(at)])),
  );
  const damaged = change.filter((bytes) => !bytes.equals(whole));
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      await writeFile(file, bytes);
      await refused(folder, /secrets\.json was (changed or damaged|sealed with the key|written by a newer version)/);
      assert.deepEqual(await readFile(file), bytes);
    }),
    { numRuns: 400 },
  );
  await writeFile(file, whole);
  assert.equal((await (await open(folder)).read('databases/tasks'))?.value.password, 'hunter2');
});

test('a store that is open notices damage and loss, neither hides nor overwrites them, and recovers', async (context) => {
  const { folder, file } = await withOneSecret(context);
  const store = await open(folder);
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, 50));
  await assert.rejects(store.write('a/b', { n: 1 }), /cut short/);
  const { ok, ...why } = await store.check();
  assert.equal(ok, false);
  assert.match(JSON.stringify(why), /changed or damaged/);
  assert.equal((await readFile(file)).length, 50);
  await rm(file);
  await assert.rejects(store.write('a/b', { n: 1 }), /secrets\.json is gone/);
  assert.deepEqual((await readdir(folder)).sort(), ['master.key', 'secrets.lock']);
  await writeFile(file, whole);
  assert.equal((await store.read('databases/tasks'))?.value.password, 'hunter2');
});

test('a file of a newer version is left to that version', async (context) => {
  const { folder, file } = await withOneSecret(context);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"format": 1', '"format": 2'));
  await refused(folder, /newer version of Task Connect/);
});

const writer = fileURLToPath(new URL('./secrets-writer.child.ts', import.meta.url));
const startWriter = (folder: string, times: number) => {
  const child = spawn(process.execPath, [writer, folder, String(times)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, ended: once(child, 'exit'), lines: createInterface({ input: child.stdout }) };
};

test('two processes that write at once lose nothing of each other', async (context) => {
  const folder = await temporaryFolder(context);
  const writers = [startWriter(folder, 40), startWriter(folder, 40)];
  for (const { ended } of writers) assert.deepEqual(await ended, [0, null]);
  const counter = await (await open(folder)).read('services/counter');
  assert.deepEqual([counter?.value.count, counter?.version], [80, 80]);
});

test('kill -9 in the middle of writing loses nothing that was confirmed, and leaves nothing half-written', async (context) => {
  const folder = await temporaryFolder(context);
  let confirmed = 0;
  for (let kill = 1; kill <= 12; kill++) {
    const { child, ended, lines } = startWriter(folder, 1_000_000);
    let heard = 0;
    for await (const line of lines) {
      confirmed = Number(line);
      if (++heard === kill) child.kill('SIGKILL');
    }
    assert.deepEqual(await ended, [null, 'SIGKILL']);
    const counter = await (await open(folder)).read('services/counter');
    const count = Number(counter?.value.count);
    // The write in progress may have happened without being confirmed any more.
    assert.ok(count === confirmed || count === confirmed + 1, `${count} after ${confirmed}`);
  }
  assert.ok(confirmed >= 78);
  await (await open(folder)).write('a/b', {});
  assert.deepEqual((await readdir(folder)).sort(), ['master.key', 'secrets.json', 'secrets.lock']);
});
