import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { givenServer } from '../database/given-server.ts';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';

// A process that has no administrator's connection beside one that has: it works with the databases that secrets name.

let maker: TestPlatform;
let taker: TestPlatform;
before(async () => {
  maker = await makeTestPlatform({
    plugins: ['ledger'],
    pluginFolders: [fileURLToPath(new URL('./plugins', import.meta.url))],
  });
  taker = await makeTestPlatform({ beside: maker, server: givenServer() as never });
});
after(async () => {
  await taker?.[Symbol.asyncDispose]();
  await maker?.[Symbol.asyncDispose]();
});

test('it serves and works on what the other process has made, and goes on when a login was rotated', async () => {
  assert.equal(taker.platform.kernel.plugin('ledger').state, 'on');
  const member = taker.as('member');
  assert.equal((await member.post('/api/ledger', { account: 'a', place: 1 })).status, 201);
  await maker.platform.provisioner.rotate('ledger');
  await taker.platform.pools.renew('ledger');
  assert.equal((await member.post('/api/ledger', { account: 'a', place: 2 })).status, 201);
  await maker.settled();
  await taker.settled();
  assert.deepEqual((await member.get('/api/ledger')).body, { entries: 2, effects: 6 });
});
