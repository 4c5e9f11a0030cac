import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform } from '@task-connect/testing';
import { openBrowser } from '@task-connect/testing/browser';
import { passOn } from '../../core/scripts/dev-proxy.ts';
import { freePort } from '../../core/testing/free-port.ts';
import { makeDevConsole, writeStandIn } from '../build/dev-console.ts';
import { signInAs } from './console.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The sources of the console and of the workshop, to be edited, and how one edits them. */
function copyOfSources() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tc-dev-')));
  const isSource = (path: string) => !/\/(dist|e2e|node_modules)(\/|$)/.test(path.slice(repository.length - 1));
  cpSync(join(repository, 'admin-ui'), join(root, 'admin-ui'), { recursive: true, filter: isSource });
  cpSync(join(repository, 'admin-ui/e2e/plugins/workshop'), join(root, 'plugins/workshop'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    edit(path: string, from: string, to: string) {
      const file = join(root, path);
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes(from), `${path} says “${from}”`);
      writeFileSync(file, text.replace(from, to));
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

test('under npm run dev, an open page follows edits of shell and plugin, and keeps its state', async () => {
  await using stack = new AsyncDisposableStack();
  const sources = stack.use(copyOfSources());
  const { root } = sources;
  writeStandIn(root, join(root, 'stand-in'));
  const [outer, inner] = [await freePort(), await freePort()];
  const publicUrl = `http://127.0.0.1:${outer}/tc`;
  const { platform } = stack.use(
    await makeTestPlatform({
      plugins: ['workshop'],
      pluginFolders: [join(repository, 'admin-ui/e2e/plugins')],
      consoleFolder: join(root, 'stand-in'),
      settings: { port: inner, publicUrl },
    }),
  );
  const server = createServer(async (request, response) => {
    if (!(await dev.handle(request, response))) passOn(inner, request, response);
  });
  const dev = stack.use(await makeDevConsole({ root, base: '/tc', server, allow: [repository] }));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(outer, '127.0.0.1', resolve));

  const browser = stack.adopt(await openBrowser(), (opened) => opened.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.setDefaultTimeout(60_000);
  await signInAs(page, `${publicUrl}/`, platform);
  await page.getByText('The kettle is on.').waitFor();
  await page.getByRole('link', { name: 'Workshop' }).click();
  await page.getByRole('button', { name: 'Strokes: 0' }).click();
  await page.getByRole('button', { name: 'Strokes: 1' }).click();
  await page.evaluate(() => Object.assign(globalThis, { tcSameTab: true }));

  const bench = 'plugins/workshop/screens/Bench.tsx';
  sources.edit(bench, 'Strokes:', 'Strokes with the plane:');
  await page.getByRole('button', { name: 'Strokes with the plane: 2' }).waitFor();
  sources.edit('plugins/workshop/screens/bench.module.css', '7px', '19px');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main button')!).paddingTop === '19px');
  await page.getByRole('button', { name: 'Strokes with the plane: 2' }).waitFor();

  sources.edit('admin-ui/src/shell/TopBar.tsx', "t('Search or do')", "t('Look for it')");
  await page.getByRole('button', { name: /Look for it/ }).waitFor();
  await page.getByRole('button', { name: 'Strokes with the plane: 2' }).waitFor();
  sources.edit('plugins/workshop/screens/index.tsx', "title: 'Workshop'", "title: 'Joinery'");
  await page.getByRole('link', { name: 'Joinery' }).waitFor();
  assert.equal(await page.evaluate(() => 'tcSameTab' in globalThis), true, 'nothing was reloaded');
  assert.deepEqual(
    complaints.filter((text) => !/status of 401/.test(text)),
    [],
  );
});
