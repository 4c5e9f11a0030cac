import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { isSettled, ledgerAccount, ledgerFaults } from '../testing/ledger-account.ts';
import { temporaryFolder, testPrefix, testServer } from '../testing/server.ts';

// Two processes under load, one of which is killed with -9 again and again. Afterwards everything is counted: each
// answered request is there, and each entry has each effect exactly once, in the order of its account.

const kills = 24;
const accounts = 6;

type Child = { process: ChildProcess; port: number };

const folder = temporaryFolder();
const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const heard = (child: ChildProcess, key: string) =>
  new Promise<never>((resolve, reject) => {
    child.on('message', (message) => key in (message as object) && resolve((message as Record<string, never>)[key]!));
    child.once('exit', (code, signal) =>
      reject(new Error(`The process ended with ${code ?? signal} before it told ${key}.`)),
    );
  });

async function start(env: Record<string, string>): Promise<Child> {
  const child = fork(fileURLToPath(new URL('./ledger.child.ts', import.meta.url)), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return { process: child, port: await heard(child, 'port') };
}

test('kill -9 at any point loses nothing and doubles nothing', { timeout: 200_000 }, async () => {
  const server = await testServer();
  const { host, port, user, password } = server.admin;
  const prefix = testPrefix();
  const env = {
    TC_DATA: folder,
    TC_DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/postgres`,
    TC_DATABASE_PREFIX: prefix,
    TC_LOG_LEVEL: 'silent',
    TC_RATE_LIMIT: '1000000',
    LEDGER_FAILS: '1',
  };
  const running = [await start(env)];
  running[0]!.process.send('token');
  const token: string = await heard(running[0]!.process, 'token');
  running.push(await start(env));

  // A writer for each account, so that its places are written in order; which process it asks is chance.
  const acknowledged = new Set<string>();
  let attempts = 0;
  let stop = false;
  const writers = Array.from({ length: accounts }, async (_, account) => {
    for (let place = 1; !stop; place += 1) {
      attempts += 1;
      try {
        const response = await fetch(`http://127.0.0.1:${running[Math.floor(Math.random() * 2)]!.port}/api/ledger`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ account: `account-${account}`, place }),
          signal: AbortSignal.timeout(10_000),
        });
        if (response.status === 201) acknowledged.add(((await response.json()) as { id: string }).id);
        else assert.fail(`status ${response.status}: ${await response.text()}`);
        await pause(20); // so that there is something to count, and not more than can be handled in a minute
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        await pause(5); // the process was killed; whether this entry is there is not known
      }
    }
  });

  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(Math.random() * 400);
      const which = kill % 2;
      running[which]!.process.kill('SIGKILL');
      running[which] = await start(env);
    }
  } finally {
    stop = true;
  }
  await Promise.all(writers);
  assert.ok(acknowledged.size > 500, `only ${acknowledged.size} of ${attempts} requests were answered`);

  const client = new pg.Client({ host, port, user, password, database: `${prefix}ledger` });
  await client.connect();
  try {
    let now = await ledgerAccount(client);
    // Every 53rd attempt fails and holds its account back for a second or two, so this is the longest part.
    for (let still = 0; still < 200 && !isSettled(now); still += 1) {
      await pause(100);
      const next = await ledgerAccount(client);
      if (next.leftOver !== now.leftOver) still = 0;
      now = next;
    }
    assert.equal(now.leftOver, 0);
    assert.equal(now.dead, 0);
    assert.equal(now.effects, now.entries * 3);
    assert.deepEqual(await ledgerFaults(client, acknowledged), { wrong: [], lost: [], disorder: [] });
  } finally {
    await client.end();
  }
});
