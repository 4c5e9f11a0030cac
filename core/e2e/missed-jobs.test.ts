import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { loadSettings } from '../config/load.ts';
import { makeLog } from '../observability/log.ts';
import { makePlatform } from '../platform.ts';
import { manualClock } from '../testing/clock.ts';
import { memorySecrets } from '../testing/memory-secrets.ts';
import { temporaryFolder, testPrefix, testServer } from '../testing/server.ts';

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true, force: true }));

test('what the platform’s own parts have missed while nothing ran is done at the start', async () => {
  const clock = manualClock('2026-11-25T10:00:00Z');
  const env = { TC_DATA: folder, TC_LOG_LEVEL: 'silent', TC_DATABASE_PREFIX: testPrefix() };
  const { settings } = loadSettings({ env, cwd: folder });
  const [server, secrets, log] = [await testServer(), memorySecrets(), makeLog({ level: 'silent' })];
  const start = () => makePlatform({ settings, clock, random: Math.random, server, secrets, log });
  await (await start())[Symbol.asyncDispose]();
  clock.advance({ hours: 48 });
  await using platform = await start();
  await platform.runner.settle();
  for (const [plugin, name] of [
    ['users', 'sweep'],
    ['users', 'housekeeping'],
    ['platform', 'housekeeping'],
  ] as const) {
    const runs = await platform.runner.runs(plugin, name, 10);
    assert.deepEqual(
      runs.map(({ state, error }) => ({ state, error })),
      [{ state: 'done', error: null }],
      `${plugin} ${name}`,
    );
  }
});
