import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { serverControl } from '../testing/real-servers.ts';
import { makeTestPlatform } from '../testing/testing.ts';
import { until } from '../testing/until.ts';
import { readRedisSecret } from './redis-secret.ts';
import { aRedis } from './test-links.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server of this test alone, that speaks TLS only and knows a login that may do little. */
async function secureServer() {
  const folder = mkdtempSync(join(tmpdir(), 'tc-redis-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  const port = await freePort();
  const child = spawn('redis-server', [
    ...['--bind', '127.0.0.1', '--port', '0', '--tls-port', String(port), '--dir', folder, '--save', ''],
    ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no', '--requirepass', 'right'],
    ...['--user', 'narrow', 'on', '>narrow', '~other:*', '+@all'],
  ]);
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  await until(() => log.includes('Ready to accept connections'), `redis-server (${log})`, 10);
  return {
    port,
    ca: readFileSync(cert, 'utf8'),
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

test('TLS with an authority of one’s own; a wrong authority, name, password and right are each said', async () => {
  await using server = await secureServer();
  const wrong: [url: string, ca: string, says: RegExp][] = [
    [`rediss://:right@localhost:${server.port}`, '', /cannot be trusted: self-signed certificate/],
    [`rediss://:right@127.0.0.1:${server.port}`, server.ca, /cannot be trusted: Hostname\/IP does not match/],
    [`rediss://:wrong@localhost:${server.port}`, server.ca, /refuses the login\. Correct name and password/],
    [`rediss://localhost:${server.port}`, server.ca, /refuses the login/],
    [`rediss://narrow:narrow@localhost:${server.port}`, server.ca, /ACL has to allow/],
  ];
  await using right = await aRedis({ url: `rediss://:right@localhost:${server.port}`, ca: server.ca });
  assert.deepEqual(await right.check(), { ok: true });
  for (const [url, ca, says] of wrong) {
    await using link = await aRedis({ url, ca });
    const check = await link.check();
    assert.ok(!check.ok, url);
    assert.match(check.reason, says);
    assert.doesNotMatch(check.reason, /wrong@|narrow:/);
  }
});

test('a secret that is missing or wrong is told with its path, its fields and the command', async () => {
  const secrets = memorySecrets();
  await assert.rejects(
    readRedisSecret(secrets),
    /services\/redis-connection \(fields url and, for TLS, ca\).*secret set/,
  );
  await secrets.write('services/redis-connection', { url: 'http://somewhere' });
  await assert.rejects(readRedisSecret(secrets), /not a redis:\/\/ or rediss:\/\/ address/);
  await secrets.write('services/redis-connection', { url: 'redis://somewhere', ca: 'PEM' });
  await assert.rejects(readRedisSecret(secrets), /its url is not encrypted/);
});

const settings = { cache: 'redis' as const, anonymousRateLimit: 60 };

for (const how of ['is killed', 'stands still'] as const) {
  test(`two platforms have one limit; when Redis ${how} under requests none fails, and the limit holds`, async () => {
    await using first = await makeTestPlatform({ settings });
    await using second = await makeTestPlatform({ beside: first, settings });
    const ask = async (url: string) => {
      const response = await fetch(`${url}/api/me`);
      await response.arrayBuffer();
      return response.status;
    };
    const part = async () => (await first.platform.health.report()).parts.find(({ name }) => name === 'redis');
    await until(async () => (await part())?.state === 'ok');
    const before: number[] = [];
    for (let i = 0; i < 50; i++) before.push(await ask(first.url), await ask(second.url));
    const through = before.filter((status) => status !== 429).length;
    assert.ok(through >= 60 && through <= 66, `${through} of 100 came through`);

    const server = serverControl('redis');
    if (how === 'is killed') server.kill();
    else server.pause();
    const took: number[] = [];
    try {
      const away: number[] = [];
      for (let i = 0; i < 100; i++) {
        const begun = performance.now();
        away.push(await ask(first.url));
        took.push(performance.now() - begun);
        if (i % 10 === 0) assert.equal((await first.as('member').get('/api/me')).status, 200);
      }
      assert.deepEqual(
        away.filter((status) => status >= 500),
        [],
      );
      // It let some thirty through itself, so some thirty are left, and no more.
      const passed = away.filter((status) => status !== 429).length;
      assert.ok(passed >= 15 && passed <= 45, `${passed} of 100 came through`);
      // A deadline is lost once, and not by each.
      assert.ok(took.filter((milliseconds) => milliseconds > 240).length <= 3, took.map(Math.round).join(' '));
      await until(async () => (await part())?.state === 'degraded');
      assert.match((await part())!.detail!, /^Redis at 127\.0\.0\.1:\d+ .*each process keeps values and counts limits/);
    } finally {
      if (how === 'is killed') await server.start();
      else server.resume();
    }
    await until(async () => (await part())?.state === 'ok');
  });
}
