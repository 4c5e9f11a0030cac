import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openFileSecrets } from '../secrets/file-secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { temporaryFolder } from '../testing/server.ts';
import type { Address } from './connection.ts';
import { embeddedServer } from './embedded-server.ts';
import { runningPostmaster } from './postmaster.ts';

const root = temporaryFolder();
after(() => rmSync(root, { recursive: true, force: true }));

async function open(dataFolder: string) {
  const secrets = await openFileSecrets({ folder: dataFolder, masterKey: undefined, clock: machineClock });
  return {
    secrets,
    async start() {
      const server = await embeddedServer({ dataFolder, secrets, connections: 10 });
      return { ...server, [Symbol.asyncDispose]: server.stop };
    },
  };
}

async function ask(address: Address, sql: string): Promise<object[]> {
  const client = new pg.Client(address);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks until it is answered; there is nobody to tell when it will be. */
async function askPatiently(address: Address, sql: string): Promise<object[]> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await ask(address, sql).catch(() => undefined);
    if (answer) return answer;
    await pause(50);
  }
  return ask(address, sql);
}

const postmasterOf = (dataFolder: string) => runningPostmaster(join(dataFolder, 'postgres'))!;

function newFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { mode: 0o755 });
  return folder;
}

test('a postmaster that is killed is started again on its port, also while a backend of it is still busy', async () => {
  const folder = newFolder('killed');
  await using server = await (await open(folder)).start();
  await ask(server.admin, 'create table kept as select 7 as id');
  const busy = ask(server.admin, 'select count(*) from generate_series(1, 12000000)').catch(() => undefined);
  await askPatiently(server.admin, `select 1 from pg_stat_activity where query like '%generate_series%'`);
  const killed = postmasterOf(folder);
  process.kill(killed, 'SIGKILL');
  assert.deepEqual(await askPatiently(server.admin, 'select id from kept'), [{ id: 7 }]);
  assert.notEqual(postmasterOf(folder), killed);
  await busy;
});

test('one whose process was killed is ended by the next start, and nothing is lost', async () => {
  const folder = newFolder('orphan');
  const child = fork(fileURLToPath(new URL('./embedded-server.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, DATA_FOLDER: folder },
  });
  const [{ admin }] = (await once(child, 'message')) as [{ admin: Address }];
  await ask(admin, 'create table kept as select 7 as id');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const orphan = postmasterOf(folder);
  assert.deepEqual(await ask(admin, 'select id from kept'), [{ id: 7 }], 'it still runs');
  await using server = await (await open(folder)).start();
  assert.notEqual(postmasterOf(folder), orphan);
  assert.equal(server.admin.port, admin.port);
  assert.deepEqual(await ask(server.admin, 'select id from kept'), [{ id: 7 }]);
});

test('a file that names another process, or the server of another folder, does no harm to those', async () => {
  const here = newFolder('here');
  const pidFile = join(here, 'postgres', 'postmaster.pid');
  await (await (await open(here)).start()).stop();
  // Its path begins with that of the first one's cluster.
  const there = join(here, 'postgres-there');
  mkdirSync(there, { mode: 0o755 });
  await using other = await (await open(there)).start();
  const bystander = spawn('sleep', ['1000'], { argv0: 'postgres' });
  try {
    for (const pid of [bystander.pid!, postmasterOf(there), process.pid]) {
      writeFileSync(pidFile, `${pid}\n`);
      await using server = await (await open(here)).start();
      assert.equal((await ask(server.admin, 'select 1')).length, 1);
      assert.notEqual(postmasterOf(here), pid);
    }
    assert.equal(bystander.exitCode ?? bystander.signalCode, null);
    assert.equal((await ask(other.admin, 'select 1')).length, 1);
  } finally {
    bystander.kill();
  }
});

const oneLine = (pattern: RegExp) => (error: Error) => {
  assert.equal(error.name, 'ServerUnavailable');
  assert.match(error.message, pattern);
  assert.doesNotMatch(error.message, /\n/);
  return true;
};

test('a data folder that the server cannot reach is refused with a line', async () => {
  const above = newFolder('closed');
  const folder = newFolder('closed/data');
  const opened = await open(folder);
  const asRoot = process.getuid?.() === 0;
  chmodSync(asRoot ? above : folder, asRoot ? 0o700 : 0o000);
  try {
    await assert.rejects(opened.start(), oneLine(/out of reach for the user .* TC_DATA/));
    assert.ok(!asRoot || !existsSync(join(folder, 'postgres')));
  } finally {
    chmodSync(asRoot ? above : folder, 0o755);
  }
});

test('a half-made cluster is made anew, and a folder that is none is left alone and named', async () => {
  const folder = newFolder('half');
  mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true });
  writeFileSync(join(folder, 'postgres.new.password'), 'old');
  const opened = await open(folder);
  await (await opened.start()).stop();
  assert.ok(!existsSync(join(folder, 'postgres.new')) && !existsSync(join(folder, 'postgres.new.password')));

  const strange = newFolder('strange');
  mkdirSync(join(strange, 'postgres'));
  writeFileSync(join(strange, 'postgres', 'photograph'), 'mine');
  await assert.rejects((await open(strange)).start(), oneLine(/holds no PostgreSQL/));
  assert.equal(readFileSync(join(strange, 'postgres', 'photograph'), 'utf8'), 'mine');
});

test('a cluster of another version, or of other secrets, is refused with a line', async () => {
  const folder = newFolder('version');
  const opened = await open(folder);
  await (await opened.start()).stop();
  const file = join(folder, 'postgres', 'PG_VERSION');
  for (const version of ['17', '', 'x']) {
    writeFileSync(file, `${version}\n`);
    await assert.rejects(opened.start(), oneLine(/was written by PostgreSQL .*carries 18/));
  }
  writeFileSync(file, '18\n');
  await opened.secrets.delete('services/embedded-postgres');
  await assert.rejects(opened.start(), oneLine(/hold no services\/embedded-postgres/));
});

test('one that cannot start is told with its own reason', async () => {
  const folder = newFolder('broken');
  const opened = await open(folder);
  await (await opened.start()).stop();
  rmSync(join(folder, 'postgres', 'global', 'pg_control'));
  await assert.rejects(opened.start(), oneLine(/did not start: .*More is in .*postgres\.log/));
});
