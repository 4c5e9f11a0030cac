import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../testing/server.ts';
import { discover } from './discover.ts';

const root = temporaryFolder();
after(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, 'more');

function write(path: string, text: string) {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}
const manifest = (more: object = {}) =>
  JSON.stringify({ name: 'x', version: '1.2.3', type: 'module', taskConnect: { plugin: './plugin.js' }, ...more });
const found = () => discover({ root, folders: [folder, folder, join(root, 'absent')] });

test('what is no plugin is passed over, and a manifest that cannot be read is told with the others', async () => {
  write('package.json', JSON.stringify({ dependencies: { packaged: '1', broken: '1', plain: '1', gone: '1' } }));
  write('plugins/good/package.json', manifest());
  write('plugins/good/plugin.js', `export default { contract: { id: 'good' }, parts: {} };`);
  write('plugins/empty/readme.txt', '');
  write('plugins/library/package.json', '{"name": "library"}');
  write('more/torn/package.json', '{"name": "torn", "taskConn');
  write('more/list/package.json', 'null');
  write('more/odd/package.json', manifest({ name: 7, version: null, description: {}, taskConnect: { plugin: 3 } }));
  write('node_modules/packaged/package.json', manifest({ name: 'packaged' }));
  write('node_modules/plain/package.json', '{}');
  write('node_modules/broken/package.json', '{');
  const all = found();
  assert.deepEqual(
    all.map(({ id, version }) => [id, version]),
    [
      ['good', '1.2.3'],
      ['list', '0.0.0'],
      ['torn', '0.0.0'],
      ['packaged', '1.2.3'],
    ],
  );
  const of = (id: string) => all.find((each) => each.id === id)!;
  assert.equal((await of('good').load()).contract.id, 'good');
  await assert.rejects(of('torn').load(), /torn\/package\.json cannot be read: /);
  await assert.rejects(of('list').load(), /list\/package\.json cannot be read: it holds no object/);
  await assert.rejects(of('packaged').load(), /Cannot find module/);
});

test('a file that failed is read again when it has changed', async () => {
  write('plugins/mended/package.json', manifest());
  write('plugins/mended/plugin.js', `throw new Error('not yet');`);
  const mended = () => found().find(({ id }) => id === 'mended')!;
  const before = mended();
  await assert.rejects(before.load(), /not yet/);
  assert.equal(mended().stamp, before.stamp);
  rmSync(join(root, 'plugins/mended/plugin.js'));
  assert.notEqual(mended().stamp, before.stamp);
  write('plugins/mended/plugin.js', `export default { contract: { id: 'mended' }, parts: {} };`);
  assert.equal((await mended().load()).contract.id, 'mended');
});

test('a module without a plugin is said', async () => {
  write('plugins/none/package.json', manifest());
  write('plugins/none/plugin.js', 'export default {};');
  await assert.rejects(
    found()
      .find(({ id }) => id === 'none')!
      .load(),
    /plugin\.js has no default export/,
  );
});
