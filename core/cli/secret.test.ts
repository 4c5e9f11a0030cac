import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newPlace, taskConnect } from './cli-process.ts';

const timeout = 120_000;

test('secrets are written, read and listed before there is a platform, and none is started for it', {
  timeout,
}, async () => {
  const place = await newPlace();
  const path = 'services/rabbitmq-connection';
  const set = await taskConnect(place, ['secret', 'set', path, 'url=amqp://me:hush@broker']);
  assert.equal(set.code, 0, set.stderr);
  assert.match(set.stdout, /services\/rabbitmq-connection is written, version 1\./);
  assert.match(set.stderr, /No platform runs, so its audit log has no row of this/);
  assert.equal(existsSync(join(place.data, 'postgres')), false, 'no database was made');
  assert.equal((await taskConnect(place, ['secret', 'get', path, 'url'])).stdout, 'amqp://me:hush@broker\n');
  assert.equal((await taskConnect(place, ['secret', 'list'])).stdout, `${path}\n`);

  const log = readFileSync(join(place.data, 'log', 'platform.log'), 'utf8');
  assert.match(log, /"action":"secret\.written"/);
  assert.match(log, /"action":"secret\.read"/);
  assert.doesNotMatch(log, /hush/);
});

test('a Vault that is not there is one line, and is not waited for', { timeout }, async () => {
  const place = await newPlace({
    TC_VAULT_URL: 'http://127.0.0.1:9',
    TC_VAULT_ROLE_ID: 'r',
    TC_VAULT_SECRET_ID: 'hush',
  });
  const set = await taskConnect(place, ['secret', 'set', 'services/s3', 'key=k']);
  assert.equal(set.code, 1);
  assert.match(set.stderr, /^Vault at http:\/\/127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\)[^\n]*\n$|made/m);
  const without = await newPlace({ TC_VAULT_URL: 'http://127.0.0.1:9' });
  assert.match((await taskConnect(without, ['secret', 'set', 'services/s3', 'key=k'])).stderr, /TC_VAULT_ROLE_ID_FILE/);
});
