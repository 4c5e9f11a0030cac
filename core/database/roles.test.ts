import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { testPrefix, testServer } from '../testing/server.ts';
import { makeTestPlatform } from '../testing/testing.ts';
import { externalServer } from './external-server.ts';
import { makeProvisioner } from './provision.ts';

const server = await testServer();
const admin = new pg.Client(server.admin);
await admin.connect();
after(() => admin.end());

async function aRole(attributes: string) {
  const name = `${testPrefix()}admin`;
  await admin.query(`create role "${name}" login password 'x' ${attributes}`);
  const { host, port } = server.admin;
  return { name, url: `postgres://${name}:x@${host}:${port}/postgres` };
}

test('which right the role lacks is said, with the statement that gives it', async () => {
  for (const [attributes, missing] of [
    ['createdb', 'CREATEROLE'],
    ['createrole', 'CREATEDB'],
    ['', 'CREATEDB and CREATEROLE'],
  ] as const) {
    const { name, url } = await aRole(attributes);
    const words = missing.replace(' and', '');
    await assert.rejects(externalServer(url), {
      name: 'ServerUnavailable',
      message: new RegExp(`lacks ${missing}: alter role "${name}" ${words}`),
    });
  }
});

test('the whole platform with a plugin runs by a role that is no superuser: on, off, rotated and taken back', {
  timeout: 120_000,
}, async () => {
  const { url } = await aRole('createdb createrole');
  const own = await externalServer(url);
  const pluginFolders = [fileURLToPath(new URL('../e2e/plugins', import.meta.url))];
  await using app = await makeTestPlatform({ server: own, plugins: ['ledger'], pluginFolders });
  const member = app.as('member');
  assert.equal((await member.post('/api/ledger', { account: 'a', place: 1 })).status, 201);
  await app.platform.provisioner.rotate('ledger');
  await app.platform.pools.renew('ledger');
  assert.equal((await member.post('/api/ledger', { account: 'a', place: 2 })).status, 201);
  await app.settled();
  assert.deepEqual((await member.get('/api/ledger')).body, { entries: 2, effects: 6 });
  await app.platform.kernel.disable('ledger');
  assert.equal((await app.platform.kernel.enable('ledger')).state, 'on');
  await app.platform.provisioner.provision({ id: 'trial', extensions: ['pg_trgm'] });
  assert.deepEqual(await app.platform.provisioner.takeBack(['trial']), ['trial']);
});

test('what it may not do is said with what to grant: roles of others, extensions for superusers', async () => {
  const { name, url } = await aRole('createdb createrole');
  const own = await externalServer(url);
  const prefix = testPrefix();
  const provisioner = makeProvisioner({ server: own, secrets: memorySecrets(), prefix, installation: 'mine' });
  await admin.query(`create role "${prefix}things_owner" nologin`);
  await assert.rejects(provisioner.provision({ id: 'things' }), {
    name: 'ServerUnavailable',
    message: new RegExp(`The role ${name} may not set up the database ${prefix}things: .*with admin option`),
  });
  await admin.query(`grant "${prefix}things_owner" to "${name}" with admin option`);
  assert.equal((await provisioner.provision({ id: 'things' })).isNew, true);
  await assert.rejects(provisioner.provision({ id: 'others', extensions: ['pageinspect'] }), {
    name: 'ServerUnavailable',
    message: /pageinspect may be made by a superuser only: let one run in the database .*create extension/,
  });
  await assert.rejects(provisioner.provision({ id: 'fourth', extensions: ['no_such'] }), {
    name: 'ServerUnavailable',
    message: /does not have the extension no_such/,
  });
});
