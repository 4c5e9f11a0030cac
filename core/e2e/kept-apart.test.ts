import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '../testing/testing.ts';
import { migrationText, pluginText, pluginWorkshop } from './made-plugin.ts';

const workshop = pluginWorkshop();
let app: TestPlatform;

before(async () => {
  // Its author has forgotten that there are organisations.
  workshop.write('forgetful', {
    'plugin.ts': pluginText('forgetful', {
      before: `const once = (name, handle) => it.route({
        method: 'POST', path: '/forgetful/' + name, summary: name, permission: 'signed-in',
        returns: z.object({ whose: z.string().nullable() }), handle: async ({ actor }, context) => ({ whose: await handle(actor.organisation, context) }),
      });`,
    }).replace(
      'routes: [make, seen]',
      `routes: [
        once('cache', (mine, { cache }) => cache.get('latest', 60, async () => mine + ' ' + crypto.randomUUID(), ['all'])),
        once('forget', async (mine, { cache }) => { await cache.invalidate('all'); return null; }),
        once('file', async (mine, { storage }) => {
          const found = await storage.get('latest.txt');
          if (!found) await storage.put('latest.txt', Buffer.from(mine), 'text/plain');
          return found ? Buffer.from(found.body).toString() : null;
        }),
        once('unfile', async (mine, { storage }) => { await storage.delete('latest.txt'); return null; }),
      ]`,
    ),
    'migrations/2026-11-25-create-seen.ts': migrationText(),
  });
  app = await makeTestPlatform({ pluginFolders: [workshop.folder], plugins: ['forgetful'] });
});
after(async () => {
  await app[Symbol.asyncDispose]();
  workshop[Symbol.dispose]();
});

const ask = async (role: 'member' | 'stranger', what: string) => {
  const { status, body } = await app.as(role).post(`/api/forgetful/${what}`);
  assert.equal(status, 200);
  return body.whose;
};

test('what is cached or stored in one organisation is not found, forgotten or deleted in another', async () => {
  const [mine, theirs] = [app.as('member').organisation, app.as('stranger').organisation];
  assert.notEqual(mine, theirs);
  const [ours, other] = [await ask('member', 'cache'), await ask('stranger', 'cache')];
  assert.deepEqual([ours.split(' ')[0], other.split(' ')[0]], [mine, theirs]);
  assert.equal(await ask('stranger', 'forget'), null);
  assert.equal(await ask('member', 'cache'), ours);
  assert.notEqual(await ask('stranger', 'cache'), other);
  assert.equal(await ask('member', 'file'), null);
  assert.equal(await ask('stranger', 'file'), null);
  assert.equal(await ask('member', 'file'), mine);
  assert.equal(await ask('stranger', 'unfile'), null);
  assert.equal(await ask('member', 'file'), mine);
  assert.equal(await ask('stranger', 'file'), null);
});
