import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';

let app: TestPlatform;
before(async () => {
  app = await makeTestPlatform({
    plugins: ['ledger'],
    pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))],
  });
});
after(() => app[Symbol.asyncDispose]());

test('a database that drops its connections costs what was under way a 503, and nothing that was acknowledged', {
  timeout: 60_000,
}, async () => {
  const member = app.as('member');
  const admin = await app.platform.provisioner.connectAsAdmin('ledger');
  const prefix = app.platform.settings.databasePrefix;
  let stop = false;
  let acknowledged = 0;
  const statuses = new Set<number>();
  const load = Array.from({ length: 6 }, async (_, account) => {
    for (let place = 1; !stop; place += 1) {
      const { status } = await member.post('/api/ledger', { account: `a${account}`, place });
      statuses.add(status);
      if (status === 201) acknowledged += 1;
    }
  });
  try {
    for (let i = 0; i < 5; i += 1) {
      const until = acknowledged + 30;
      while (acknowledged < until) await new Promise((resolve) => setImmediate(resolve));
      // What a restart of the server does to every client.
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname like $1 || '%' and pid <> pg_backend_pid()`,
        [prefix],
      );
    }
    const until = acknowledged + 30;
    while (acknowledged < until) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    stop = true;
    await Promise.all(load);
    await admin.end();
  }
  assert.deepEqual(
    [...statuses].filter((status) => status !== 201 && status !== 503),
    [],
  );
  await app.settled();
  const { body } = await member.get('/api/ledger');
  assert.ok(body.entries >= acknowledged, `${body.entries} entries of ${acknowledged} acknowledged`);
  assert.equal(body.effects, body.entries * 3);
});
