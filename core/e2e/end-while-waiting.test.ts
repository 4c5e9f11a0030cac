import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPlace } from '../cli/cli-process.ts';
import { freePort } from '../testing/free-port.ts';
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
