import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { databases } from '../development/databases.ts';
import { ownServers } from './own-servers.ts';

// ./start-databases.sh on an engine, with a project, ports and a folder of its own.

const { home, ports, script, remove } = ownServers('servers');
after(remove);

/** Versions of all secrets and the ids of all databases. */
async function picture() {
  const variables = (await script('env')).stdout;
  const of = (name: string) => new RegExp(`^export ${name}='(.*)'$`, 'm').exec(variables)![1]!;
  const ask = async (path: string) => {
    const answer = await fetch(`${of('VAULT_ADDR')}/v1/secret/${path}`, {
      headers: { 'X-Vault-Token': of('VAULT_TOKEN') },
    });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as { data: { current_version: number; data: Record<string, unknown> } };
  };
  const paths = [
    ...databases.map((name) => `databases/${name}`),
    ...['rabbitmq-connection', 'redis-connection', 'keycloak-secrets'].map((name) => `services/${name}`),
  ];
  const versions = await Promise.all(paths.map(async (path) => (await ask(`metadata/${path}`)).data.current_version));
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: of('POSTGRES_URL') });
  await client.connect();
  const { rows } = await client.query('select datname, oid from pg_database order by datname');
  await client.end();
  return {
    versions,
    rows,
    settings: readFileSync(join(home, 'platform.json'), 'utf8'),
    notes: (await ask('data/databases/notes')).data,
  };
}

test('it brings up five servers with databases, secrets and the realm, and twice changes nothing', async () => {
  const { stdout } = await script();
  assert.match(stdout, /TC_CONFIG=\S+platform\.json npm start/);
  const first = await picture();
  assert.deepEqual(Object.keys(first.notes.data).sort(), ['database', 'host', 'password', 'port', 'username']);
  assert.deepEqual(new Set(first.versions), new Set([1]));
  assert.ok(databases.every((name) => first.rows.some((row) => row.datname === name)));
  assert.equal(statSync(join(home, 'platform.json')).mode & 0o777, 0o600);
  assert.equal(statSync(join(home, 'openbao', 'init.json')).mode & 0o777, 0o600);
  const realm = await fetch(`http://127.0.0.1:${ports.KEYCLOAK}/realms/task-connect`);
  assert.equal(realm.status, 200);

  await script();
  assert.deepEqual(await picture(), first);
});

test('stopped, it says so; started again, it unseals Vault and holds what it held', async () => {
  const before = await picture();
  await script('stop');
  await assert.rejects(script('status'));
  await script();
  assert.match((await script('status')).stdout, /vault .*healthy/);
  assert.deepEqual(await picture(), before);
});
