import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ownVault } from './own-vault.ts';
import { makeAsk } from './vault-api.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('init.ts', import.meta.url));
const processes = ['administration=*', 'task-service=tasks', 'user-service=users,platform', 'worker=tasks,notes'];
const unchanged = 'Vault is as it should be; nothing was changed.\n';

const init = (vault: { url: string; folder: string }, ...more: string[]) =>
  run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script,
    ...['--url', vault.url, '--key-file', join(vault.folder, 'keys', 'vault-keys.json')],
    ...['--out', join(vault.folder, 'app-roles'), '--reads', 'tasks=google-calendar', ...processes, ...more],
  ]).then(({ stdout }) => stdout);

const fileOf = (vault: { folder: string }, ...path: string[]) => join(vault.folder, 'app-roles', ...path);

async function loginOf(vault: { url: string; folder: string }, name: string) {
  const [role_id, secret_id] = ['role-id', 'secret-id'].map((file) => readFileSync(fileOf(vault, name, file), 'utf8'));
  const answer = await makeAsk(vault.url)<{ auth: { client_token: string; lease_duration: number } }>(
    'POST',
    'auth/approle/login',
    { role_id, secret_id },
  );
  assert.equal(answer!.auth.lease_duration, 3600);
  return makeAsk(vault.url, answer!.auth.client_token);
}

const refused = { status: 403 };

test('an empty Vault is set up; twice changes nothing; after a restart it is unsealed and all logins are good', async () => {
  await using vault = await ownVault();
  const first = await init(vault);
  for (const step of [/initialised/, /unsealed/, /KV version 2/, /AppRole enabled/, /root token revoked/])
    assert.match(first, step);
  const key = join(vault.folder, 'keys', 'vault-keys.json');
  const keys = JSON.parse(readFileSync(key, 'utf8'));
  assert.deepEqual(Object.keys(keys), ['unsealKey', 'setUp'], 'the root token is nowhere');
  const secretId = readFileSync(fileOf(vault, 'task-service', 'secret-id'), 'utf8');
  for (const path of [key, fileOf(vault, 'worker', 'role-id'), fileOf(vault, 'worker', 'secret-id')])
    assert.equal(statSync(path).mode & 0o777, 0o600, path);
  assert.doesNotMatch(first, new RegExp(`${secretId}|${keys.unsealKey.slice(0, 20)}`));

  assert.equal(await init(vault), unchanged);
  const task = await loginOf(vault, 'task-service');
  await vault.restart();
  assert.equal(await init(vault), 'Vault: unsealed.\n');
  assert.ok(await task('GET', 'auth/token/lookup-self'), 'a token from before goes on');
  assert.equal(readFileSync(fileOf(vault, 'task-service', 'secret-id'), 'utf8'), secretId);
  assert.ok(statSync(join(vault.folder, 'audit.log')).size > 1000);
  assert.ok(!readFileSync(join(vault.folder, 'audit.log'), 'utf8').includes(secretId), 'the audit log has no secret');
});

test('a process reads what its plugins need and nothing else, and writes nothing', async () => {
  await using vault = await ownVault();
  await init(vault);
  const administration = await loginOf(vault, 'administration');
  const every = ['services/installation', 'certificates/signing-keys', 'databases/platform', 'databases/users'];
  const tasks = ['databases/tasks', 'plugins/tasks/key', 'external-apis/google-calendar'];
  const notes = ['databases/notes', 'plugins/notes/key'];
  const nobody = ['external-apis/stripe-keys', 'databases/payments'];
  for (const path of [...every, ...tasks, ...notes, ...nobody])
    assert.ok(await administration('POST', `secret/data/${path}`, { data: { at: path } }), path);
  assert.ok(await administration('LIST', 'secret/metadata/'));

  const may = { 'task-service': [...every, ...tasks], worker: [...every, ...tasks, ...notes], 'user-service': every };
  for (const [name, allowed] of Object.entries(may)) {
    const ask = await loginOf(vault, name);
    for (const path of [...every, ...tasks, ...notes, ...nobody]) {
      const at = `secret/data/${path}`;
      if (allowed.includes(path)) {
        const answer = await ask<{ data: { data: object } }>('GET', at);
        assert.deepEqual(answer!.data.data, { at: path });
      } else await assert.rejects(ask('GET', at), refused, `${name} ${path}`);
      await assert.rejects(ask('POST', at, { data: {} }), refused, `${name} writes ${path}`);
      await assert.rejects(ask('DELETE', `secret/metadata/${path}`), refused, `${name} deletes ${path}`);
    }
    await assert.rejects(ask('LIST', 'secret/metadata/'), refused);
    await assert.rejects(ask('PUT', 'sys/policies/acl/task-connect-process', { policy: '' }), refused);
    await assert.rejects(ask('POST', 'auth/approle/role/worker/secret-id', {}), refused);
  }
  await assert.rejects(administration('PUT', 'sys/policies/acl/task-connect-process', { policy: '' }), refused);
});

test('a lost file is made again, a further process added, and secret ids are replaced when asked', async () => {
  await using vault = await ownVault();
  await init(vault);
  const before = readFileSync(fileOf(vault, 'worker', 'secret-id'), 'utf8');
  rmSync(fileOf(vault, 'worker', 'secret-id'));
  assert.equal(await init(vault), 'Vault: role-id and secret-id of worker written.\n');
  assert.notEqual(readFileSync(fileOf(vault, 'worker', 'secret-id'), 'utf8'), before);
  const more = await init(vault, 'notes-service=notes');
  assert.match(more, /AppRole notes-service written/);
  assert.doesNotMatch(more, /worker/);

  const old = readFileSync(fileOf(vault, 'worker', 'secret-id'), 'utf8');
  const role_id = readFileSync(fileOf(vault, 'worker', 'role-id'), 'utf8');
  await init(vault, '--new-secret-ids');
  await assert.rejects(makeAsk(vault.url)('POST', 'auth/approle/login', { role_id, secret_id: old }));
  assert.ok(await loginOf(vault, 'worker'));
});

test('without its key file an initialised Vault is left alone, with the reason', async () => {
  await using vault = await ownVault();
  await init(vault);
  rmSync(join(vault.folder, 'keys'), { recursive: true });
  await assert.rejects(init(vault), /is initialised and .*vault-keys\.json is not there\. Put the file back/);
  assert.ok(await loginOf(vault, 'worker'));
});

test('what is no process is refused before Vault is asked', async () => {
  const nowhere = { url: 'http://127.0.0.1:9', folder: '/nonexistent' };
  await assert.rejects(init(nowhere, 'worker'), /“worker” is no process/);
  await assert.rejects(init(nowhere, 'worker=*,tasks'), /is no process/);
});
