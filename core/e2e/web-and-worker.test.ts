import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { until } from '../testing/until.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

// A process that only answers requests (TC_ROLE=web) beside one that only works (TC_ROLE=worker). Their sweeps are stopped:
// what one publishes reaches the other by being told of it, or never.

const workshop = pluginWorkshop();
let web: TestPlatform;
let worker: TestPlatform;

before(async () => {
  workshop.write('speaker', {
    'plugin.ts': pluginText('speaker'),
    'migrations/2026-11-25-create-seen.ts': migrationText(),
  });
  mock.timers.enable({ apis: ['setInterval'] });
  web = await makeTestPlatform({ pluginFolders: [workshop.folder], settings: { role: 'web' } });
  worker = await makeTestPlatform({ beside: web, settings: { role: 'worker' } });
});
after(async () => {
  mock.timers.reset();
  await worker?.[Symbol.asyncDispose]();
  await web?.[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

test('what a process publishes that only answers requests is handled at once by the one that works', {
  timeout: 60_000,
}, async () => {
  assert.equal((await web.platform.kernel.enable('speaker')).state, 'on');
  await until(() => worker.platform.kernel.plugin('speaker').state === 'on', 'the plugin at the worker', 20);
  const member = web.as('member');
  for (let count = 1; count <= 10; count += 1) {
    assert.equal((await member.post('/api/speaker')).status, 200);
    await until(async () => (await member.get('/api/speaker')).body.count === count, `event ${count}`, 20);
  }
});
