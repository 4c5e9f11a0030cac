import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPlace } from '../cli/cli-process.ts';
import { freePort } from '../testing/free-port.ts';
import { restartableServer } from '../testing/restartable-server.ts';
import { startAndWait } from './waiting-process.ts';

test('a process that waits for its Vault ends at once when it is asked to', { timeout: 60_000 }, async () => {
  const place = await newPlace({
    // Nobody listens there.
    TC_VAULT_URL: `http://127.0.0.1:${await freePort()}`,
    TC_VAULT_ROLE_ID: 'r',
    TC_VAULT_SECRET_ID: 's',
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const waiting = await startAndWait(place, /Waiting for the secrets/);
    const ended = await waiting.end(signal);
    assert.deepEqual([ended.code, ended.signal], [0, null], ended.log);
    assert.match(ended.log, new RegExp(`"reason":"${signal}"`));
    assert.doesNotMatch(ended.log, /"level":"(error|fatal)"/);
  }
});

test('a process waits for the PostgreSQL of its settings, and serves once that is there', {
  timeout: 120_000,
}, async () => {
  await using server = await restartableServer();
  const place = await newPlace({ TC_DATABASE_URL: server.url() });
  const waiting = await startAndWait(place, /Waiting \(Ctrl-C ends it\): PostgreSQL at \S+ cannot be used as postgres/);
  await server.start();
  await waiting.says(/"msg":"Task Connect is ready"/);
  const ended = await waiting.end('SIGTERM');
  assert.deepEqual([ended.code, ended.signal], [0, null], ended.log);
});
