import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { makeProvisioner } from './provision.ts';

const server = await testServer();
const admin = new pg.Client(server.admin);
await admin.connect();
after(() => admin.end());

/** A database and its user, as a script would make them before we come; the secret with its five fields. */
async function made(given: { owner?: string; attributes?: string; encoding?: string } = {}) {
  const prefix = testPrefix();
  const secrets = memorySecrets();
  const database = `${prefix}tasks`;
  const user = `${database}_user`;
  const { owner = user, attributes = '', encoding = 'UTF8' } = given;
  await admin.query(`create role "${user}" login password 'first' ${attributes}`);
  if (owner === `${prefix}other`) await admin.query(`create role "${owner}" nologin`);
  await admin.query(
    `create database "${database}" owner "${owner === '' ? server.admin.user : owner}" template template0 encoding '${encoding}' ${encoding === 'UTF8' ? '' : `locale_provider libc locale 'C'`}`,
  );
  const { host, port } = server.admin;
  await secrets.write('databases/tasks', { host, port, database, username: user, password: 'first' });
  const provisioner = makeProvisioner({ server, secrets, prefix, installation: 'mine' });
  const secret = async () => (await secrets.read('databases/tasks'))!.value;
  return { prefix, database, user, secrets, provisioner, secret };
}

async function login(secret: Record<string, unknown>): Promise<pg.Client> {
  const { host, port, database, username, password } = secret;
  const client = new pg.Client({ host, port, database, user: username, password } as pg.ClientConfig);
  await client.connect();
  return client;
}

for (const owner of [undefined, ''])
  test(`an empty database that ${owner === undefined ? 'its user' : 'the administrator'} owns is taken over, with the login that it has`, async () => {
    const { database, user, provisioner, secret } = await made({ owner });
    const before = await secret();
    const { isNew } = await provisioner.provision({ id: 'tasks', extensions: ['pg_trgm'] });
    assert.equal(isNew, false);
    assert.deepEqual(await secret(), before, 'the secret is as it was');
    const client = await login(await secret());
    assert.deepEqual((await client.query('select steps > 0 as made from tc.version')).rows, [{ made: true }]);
    for (const sql of ['create table mine (id int)', 'create schema mine', `set role "${database}_owner"`])
      await assert.rejects(client.query(sql), /permission denied/, sql);
    await client.end();

    assert.deepEqual(await provisioner.takeBack(['tasks']), [], 'what we did not make is not taken back');
    await provisioner.provision({ id: 'tasks', extensions: ['pg_trgm'] });
    assert.equal((await secret()).username, user);

    await provisioner.rotate('tasks');
    assert.equal((await secret()).username, `${user}_a`);
    await (await login(await secret())).end();
    await assert.rejects(login(before), /not permitted to log in/);
    await provisioner.rotate('tasks');
    assert.equal((await secret()).username, `${user}_b`);
    await (await login(await secret())).end();
  });

test('a database without its secret gets a login of ours, and the one that was there cannot log in any more', async () => {
  const { secrets, provisioner, secret, user } = await made();
  const before = await secret();
  await secrets.delete('databases/tasks');
  await provisioner.provision({ id: 'tasks' });
  assert.equal((await secret()).username, `${user}_a`);
  await (await login(await secret())).end();
  await assert.rejects(login(before), /not permitted to log in/);
});

test('one that holds tables, belongs to somebody else or is not in UTF-8 is refused and left as it is', async () => {
  const full = await made();
  const inside = await login(await full.secret());
  await inside.query('create schema theirs; create table theirs.thing (id int)');
  await inside.end();
  await assert.rejects(full.provisioner.provision({ id: 'tasks' }), /holds tables.*Choose another TC_DATABASE_PREFIX/);
  await (await login(await full.secret())).end();

  const prefix = testPrefix();
  await admin.query(`create role "${prefix}x" nologin; `);
  await admin.query(`create database "${prefix}tasks" owner "${prefix}x"`);
  const other = makeProvisioner({ server, secrets: memorySecrets(), prefix, installation: 'mine' });
  await assert.rejects(other.provision({ id: 'tasks' }), /belongs to .*x\. .*alter database .* owner to/);

  const latin = await made({ encoding: 'SQL_ASCII' });
  await assert.rejects(latin.provisioner.provision({ id: 'tasks' }), /is in SQL_ASCII; it must be in UTF8/);
});

test('a user for whom no policy would hold is refused, with the statement that mends it', async () => {
  const { user, provisioner } = await made({ attributes: 'bypassrls createdb' });
  await assert.rejects(provisioner.provision({ id: 'tasks' }), /alter role "[^"]+" NOBYPASSRLS NOCREATEDB/);
  await admin.query(`alter role "${user}" nobypassrls nocreatedb`);
  assert.equal((await provisioner.provision({ id: 'tasks' })).isNew, false);
});
