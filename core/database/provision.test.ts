import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openFileSecrets } from '../secrets/file-secrets.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { machineClock } from '../testing/clock.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { temporaryFolder, testPrefix, testServer } from '../testing/server.ts';
import { embeddedServer } from './embedded-server.ts';
import { makePools } from './pools.ts';
import { installationId, makeProvisioner } from './provision.ts';

const server = await testServer();
const admin = await connect(server.admin);
after(() => admin.end());

async function connect(address: object): Promise<pg.Client> {
  const client = new pg.Client({ ...address });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function aPlace(given: { secrets?: SecretStore; prefix?: string; installation?: string; on?: typeof server } = {}) {
  const { secrets = memorySecrets(), prefix = testPrefix(), installation = 'mine', on = server } = given;
  return { secrets, prefix, provisioner: makeProvisioner({ server: on, secrets, prefix, installation }) };
}

/** Logs in as the secret says and asks. */
async function askAsUser(secrets: SecretStore, sql: string): Promise<unknown[]> {
  const { host, port, database, username, password } = (await secrets.read('databases/things'))!.value;
  const client = await connect({ host, port, database, user: username, password });
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A row that tells that the database is the one it was. */
async function leaveRow(provisioner: ReturnType<typeof makeProvisioner>, owner: string) {
  const client = await provisioner.connectAsAdmin('things');
  await client.query(`set role "${owner}"; create table kept (id int); insert into kept values (7)`);
  await client.end();
}

async function namesLike(prefix: string): Promise<{ databases: string[]; roles: string[] }> {
  const { rows } = await admin.query(
    `select array(select datname::text from pg_database where starts_with(datname, $1) order by 1) as databases,
       array(select rolname::text from pg_roles where starts_with(rolname, $1) order by 1) as roles`,
    [prefix],
  );
  return rows[0];
}

test('a database of somebody else is refused and left as it is', async () => {
  const { prefix, provisioner } = aPlace();
  await admin.query(`create database "${prefix}things"`);
  const foreign = await connect({ ...server.admin, database: `${prefix}things` });
  await foreign.query('create table theirs (id int)');
  await assert.rejects(provisioner.provision({ id: 'things' }), /things is there and not of this installation/);
  assert.deepEqual((await foreign.query(`select nspname from pg_namespace where nspname = 'tc'`)).rows, []);
  await foreign.end();
  assert.deepEqual(await namesLike(prefix), { databases: [`${prefix}things`], roles: [] });
  await admin.query(`drop database "${prefix}things"`);
});

test('a database of another installation with the same prefix is refused', async () => {
  const { prefix, provisioner } = aPlace();
  const { names } = await provisioner.provision({ id: 'things' });
  await leaveRow(provisioner, names.owner);
  const other = aPlace({ prefix, installation: 'theirs' });
  await assert.rejects(other.provisioner.provision({ id: 'things' }), /not of this installation/);
  assert.deepEqual(await other.provisioner.takeBack(['things']), []);
  assert.equal((await namesLike(prefix)).databases.length, 1);
});

test('an id that PostgreSQL or the file of secrets would read otherwise is refused', async () => {
  const { prefix, provisioner } = aPlace();
  for (const id of ['', 'a b', 'Things', 'a_b', '../x', 'things"; drop database x', 'ü', 'x'.repeat(41)])
    await assert.rejects(provisioner.provision({ id }), /cannot be named/, id);
  assert.deepEqual(await namesLike(prefix), { databases: [], roles: [] });
});

test('several processes that provision at once make one database, and each can use it', async () => {
  const { prefix, secrets } = aPlace();
  const places = Array.from({ length: 4 }, () => aPlace({ prefix, secrets }));
  await Promise.all(places.map(({ provisioner }) => provisioner.provision({ id: 'things' })));
  assert.deepEqual((await namesLike(prefix)).databases, [`${prefix}things`]);
  assert.deepEqual(await askAsUser(secrets, 'select steps > 0 as made from tc.version'), [{ made: true }]);
  assert.equal((await secrets.versions('databases/things')).length, 1, 'the password was made once');
});

test('the installation has one id, whoever asks first', async () => {
  const secrets = memorySecrets();
  const ids = await Promise.all(Array.from({ length: 4 }, () => installationId(secrets)));
  assert.equal(new Set(ids).size, 1);
});

test('nobody but its user can open a database, and the user owns nothing there', async () => {
  const { prefix, secrets, provisioner } = aPlace();
  const { names } = await provisioner.provision({ id: 'things' });
  const stranger = `${prefix}stranger`;
  await admin.query(`create role "${stranger}" login password 'x'`);
  await assert.rejects(
    connect({ ...server.admin, user: stranger, password: 'x', database: names.database }),
    /permission denied for database/,
  );
  for (const sql of ['create table mine (id int)', 'create schema mine', 'create temporary table mine (id int)'])
    await assert.rejects(askAsUser(secrets, sql), /permission denied/, sql);
  await assert.rejects(askAsUser(secrets, `set role "${names.owner}"`), /permission denied to set role/);
  await admin.query(`drop role "${stranger}"`);
});

test('a server that has moved to another port is found with its data, and the secret follows', async () => {
  const folder = temporaryFolder();
  const secrets = memorySecrets();
  const start = () => embeddedServer({ dataFolder: folder, secrets, connections: 10 });
  const prefix = testPrefix();
  let moved = await start();
  const blocker = createServer();
  try {
    const before = aPlace({ secrets, prefix, on: moved });
    const { names } = await before.provisioner.provision({ id: 'things' });
    await leaveRow(before.provisioner, names.owner);
    const { port } = moved.admin;
    await moved.stop();
    await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
    moved = await start();
    assert.notEqual(moved.admin.port, port);
    await aPlace({ secrets, prefix, on: moved }).provisioner.provision({ id: 'things' });
    assert.equal((await secrets.read('databases/things'))!.value.port, moved.admin.port);
    assert.deepEqual(await askAsUser(secrets, 'select id from kept'), [{ id: 7 }]);
    assert.equal((await secrets.versions('databases/things')).length, 2, 'the password stayed');
  } finally {
    blocker.close();
    await moved.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a secret that was lost, or that no longer opens the database, is made anew', async () => {
  const { secrets, provisioner } = aPlace();
  const { names } = await provisioner.provision({ id: 'things' });
  await leaveRow(provisioner, names.owner);
  await secrets.delete('databases/things');
  await provisioner.provision({ id: 'things' });
  assert.deepEqual(await askAsUser(secrets, 'select id from kept'), [{ id: 7 }]);

  await admin.query(`alter role "${names.logins[0]}" password 'changed by hand'`);
  await assert.rejects(askAsUser(secrets, 'select 1'), /password authentication failed/);
  await provisioner.provision({ id: 'things' });
  assert.deepEqual(await askAsUser(secrets, 'select id from kept'), [{ id: 7 }]);
});

test('a rotation that was killed before its end leaves the old password no longer than to the next start', async () => {
  const { secrets, provisioner } = aPlace();
  const { names } = await provisioner.provision({ id: 'things' });
  const old = (await secrets.read('databases/things'))!.value;
  await provisioner.rotate('things');
  assert.equal((await secrets.read('databases/things'))!.value.username, names.logins[1]);
  // The last step of the rotation, undone.
  await admin.query(`alter role "${names.logins[0]}" login`);
  await provisioner.provision({ id: 'things' });
  await assert.rejects(
    connect({ ...server.admin, user: old.username, password: old.password, database: names.database }),
    /not permitted to log in/,
  );
  assert.equal((await askAsUser(secrets, 'select 1 as one')).length, 1);
});

test('a rotation fails no query of another process that opens connections all the time', async () => {
  const folder = temporaryFolder();
  const secrets = await openFileSecrets({ folder, masterKey: undefined, clock: machineClock });
  const { provisioner } = aPlace({ secrets });
  await provisioner.provision({ id: 'things' });
  const child = fork(fileURLToPath(new URL('./provision.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, SECRETS_FOLDER: folder },
  });
  try {
    const failures: string[] = [];
    let done = 0;
    let more: (() => void) | undefined;
    child.on('message', (message: { done?: number; failure?: string }) => {
      if (message.failure) failures.push(message.failure);
      done = message.done ?? done;
      more?.();
    });
    const own = makePools({ secrets, budget: 4 });
    for (let round = 0; round < 4; round += 1) {
      const from = done;
      while (done < from + 10 && failures.length === 0) {
        await new Promise<void>((resolve) => {
          more = resolve;
        });
      }
      await provisioner.rotate('things');
      const client = await own.connect('things');
      await client.query('select 1');
      client.release(true);
    }
    child.send('stop');
    await once(child, 'exit');
    assert.deepEqual(failures, []);
    assert.ok(done >= 40);
    await own[Symbol.asyncDispose]();
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('extensions that are declared are made, also later; one that is declared no more stays, and so does all else', async () => {
  const { provisioner } = aPlace();
  const extensions = async () => {
    const client = await provisioner.connectAsAdmin('things');
    const { rows } = await client.query(`select extname from pg_extension where extname <> 'plpgsql' order by 1`);
    await client.end();
    return rows.map(({ extname }) => extname);
  };
  const { names } = await provisioner.provision({ id: 'things', extensions: ['pg_trgm'] });
  await leaveRow(provisioner, names.owner);
  assert.deepEqual(await extensions(), ['pg_trgm']);
  await provisioner.provision({ id: 'things', extensions: ['pg_trgm', 'btree_gin'] });
  assert.deepEqual(await extensions(), ['btree_gin', 'pg_trgm']);
  await provisioner.provision({ id: 'things' });
  assert.deepEqual(await extensions(), ['btree_gin', 'pg_trgm']);
  const client = await provisioner.connectAsAdmin('things');
  assert.equal((await client.query('select * from kept')).rowCount, 1);
  await client.end();
});

test('taking back leaves nothing of a database that nobody has begun to use, also of a half-made one', async () => {
  const { prefix, secrets, provisioner } = aPlace();
  await assert.rejects(provisioner.provision({ id: 'things', extensions: ['no_such_extension'] }), /no_such_extension/);
  assert.deepEqual(await provisioner.takeBack(['things', 'others']), ['things']);
  assert.deepEqual(await namesLike(prefix), { databases: [], roles: [] });

  // What a kill -9 within the making of the database leaves.
  await admin.query(`create database "${prefix}things~new" allow_connections false`);
  const provisioned = await provisioner.provision({ id: 'things' });
  assert.equal(provisioned.isNew, true);
  assert.deepEqual(await provisioner.takeBack(['things']), ['things']);
  assert.deepEqual(await namesLike(prefix), { databases: [], roles: [] });
  assert.deepEqual(await secrets.list(''), []);
});

test('a database is not taken back once it is in use, nor while another process sets it up', async () => {
  const { prefix, secrets, provisioner } = aPlace();
  const other = aPlace({ prefix, secrets });
  await provisioner.provision({ id: 'things' });
  const held = await other.provisioner.hold('things');
  assert.deepEqual(await provisioner.takeBack(['things']), []);
  const theirs = await other.provisioner.provision({ id: 'things' });
  assert.equal(theirs.isNew, true);
  await other.provisioner.keep(theirs);
  await held[Symbol.asyncDispose]();
  assert.deepEqual(await provisioner.takeBack(['things']), []);
  assert.equal((await provisioner.provision({ id: 'things' })).isNew, false);
  assert.equal((await askAsUser(secrets, 'select 1')).length, 1);
});

test('a role that is no superuser can provision, rotate and take back', async () => {
  const prefix = testPrefix();
  const name = `${prefix}lesser`;
  await admin.query(`create role "${name}" login createdb createrole password 'x'`);
  const on = { ...server, admin: { ...server.admin, user: name, password: 'x' } };
  const { secrets, provisioner } = aPlace({ prefix, on });
  const { names } = await provisioner.provision({ id: 'things', extensions: ['pg_trgm', 'btree_gist'] });
  await leaveRow(provisioner, names.owner);
  await provisioner.rotate('things');
  assert.deepEqual(await askAsUser(secrets, 'select id from kept'), [{ id: 7 }]);
  assert.deepEqual(await provisioner.takeBack(['things']), ['things']);
  assert.deepEqual(await namesLike(prefix), { databases: [], roles: [name] });
  await admin.query(`drop role "${name}"`);
});
