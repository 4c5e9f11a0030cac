import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { activate, ask, identity, startEdge } from './edge-for-tests.ts';
import { makeScreens } from './screens.ts';
import { routes, things } from './things-for-tests.ts';

const importMap = '{"imports":{"react":"./assets/react-abc.js"}}';
const indexHtml = `<!doctype html><html><head><base href="%BASE%"><meta property="csp-nonce" nonce="%NONCE%">
<script type="importmap">${importMap}</script><script src="./scheme.js"></script>
<script type="module" crossorigin src="./assets/index-abc.js"></script></head></html>`;
const script = `export const text = ${JSON.stringify('x'.repeat(4000))};\n`;

function builtConsole() {
  const root = mkdtempSync(join(tmpdir(), 'tc-console-'));
  const folder = join(root, 'dist');
  for (const part of ['assets', 'plugins/things/assets', 'plugins/bare'])
    mkdirSync(join(folder, part), { recursive: true });
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
  write('index.html', indexHtml);
  write('scheme.js', script);
  write('icon.svg', '<svg/>');
  write('.hidden', 'private words');
  write('console.json', '{"buildId":"b1"}');
  write('assets/index-abc.js', script);
  write('assets/font-abc.woff2', Buffer.alloc(5000));
  write('assets/made-abc.js', script);
  write('assets/made-abc.js.br', 'made before');
  write('plugins/things/assets/plugin-abc.js', script);
  const entry = { file: 'assets/plugin-abc.js', isEntry: true, css: ['assets/plugin-abc.css'] };
  write(
    'plugins/things/manifest.json',
    JSON.stringify({ 'a.js': { file: 'assets/a.js' }, 'screens/index.tsx': entry }),
  );
  writeFileSync(join(root, 'secret.txt'), 'private words');
  symlinkSync(join(root, 'secret.txt'), join(folder, 'assets/link.txt'));
  return { folder, write, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

const active = () => [activate(things.contract, routes)];
const page = { as: 'reader', headers: { accept: 'text/html,application/xhtml+xml' } };
const stranger = { headers: page.headers };

test('any address that a browser asks for as a page is the console, with a policy that lets only it run', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  for (const path of ['/', '/tasks', '/tasks/0198f2b4?x=1', '/index.html']) {
    const answer = await ask(edge, path, page);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    const policy = answer.headers['content-security-policy']!;
    const nonce = /nonce="([^"]+)"/.exec(answer.text)![1]!;
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`));
    const hash = createHash('sha256').update(importMap).digest('base64');
    assert.ok(policy.includes(`script-src 'self' 'sha256-${hash}'`), policy);
    assert.doesNotMatch(policy, /unsafe|https?:/);
    assert.match(answer.text, /<base href="\/">/);
  }
  const [one, two] = [await ask(edge, '/', page), await ask(edge, '/', page)];
  assert.notEqual(one.headers['content-security-policy'], two.headers['content-security-policy']);
  assert.equal((await ask(edge, '/', { ...page, method: 'HEAD' })).text, '');
});

test('who is not signed in is led to the sign-in and back, except to pages for everybody', async () => {
  using built = builtConsole();
  const settings = { publicUrl: 'http://localhost:8080/tc' };
  await using edge = await startEdge(active(), { console: built, settings, basePath: '/tc' });
  const sent = await ask(edge, '/tc/tasks?status=open', stranger);
  assert.deepEqual(
    [sent.status, sent.headers.location, sent.headers['cache-control']],
    [307, '/tc/auth/login?return=%2Ftc%2Ftasks%3Fstatus%3Dopen', 'no-store'],
  );
  assert.equal((await ask(edge, '/tc/public/things/one', stranger)).status, 200);
  assert.equal((await ask(edge, '/tc/assets/index-abc.js')).status, 200);
});

test('where nobody can tell who asks, the console comes and says what is wrong itself', async () => {
  using built = builtConsole();
  const away = { ...identity, authenticate: () => Promise.reject(new Error('the database is away')) };
  await using edge = await startEdge(active(), { console: built, identity: away });
  assert.equal((await ask(edge, '/tasks', page)).status, 200);
});

test('what is not asked for as a page, and a file that is gone, is a 404', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  assert.equal((await ask(edge, '/tasks')).status, 404);
  assert.equal((await ask(edge, '/assets/gone-abc.js', page)).status, 404);
  assert.equal((await ask(edge, '/plugins/things/assets/gone.js', page)).status, 404);
  assert.equal((await ask(edge, '/tasks', { ...page, method: 'POST', body: '{}' })).status, 404);
});

test('the console works below a base path', async () => {
  using built = builtConsole();
  const settings = { publicUrl: 'http://localhost:8080/tc' };
  await using edge = await startEdge(active(), { console: built, settings, basePath: '/tc' });
  assert.match((await ask(edge, '/tc/tasks', page)).text, /<base href="\/tc\/">/);
  assert.equal((await ask(edge, '/tc/assets/index-abc.js')).text, script);
});

test('a file with a hash in its name is kept for ever, another one is asked about', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  const hashed = await ask(edge, '/assets/index-abc.js');
  assert.equal(hashed.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(hashed.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(hashed.text, script);
  const plugin = await ask(edge, '/plugins/things/assets/plugin-abc.js');
  assert.equal(plugin.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal((await ask(edge, '/plugins/things/try-2/assets/plugin-abc.js')).text, script);
  const plain = await ask(edge, '/scheme.js');
  assert.equal(plain.headers['cache-control'], 'no-cache');
  const again = await ask(edge, '/scheme.js', { headers: { 'if-none-match': plain.headers.etag! } });
  assert.equal(again.status, 304);
  const head = await ask(edge, '/scheme.js', { method: 'HEAD' });
  assert.deepEqual([head.status, head.text, head.headers['content-length']], [200, '', String(script.length)]);
});

test('files are compressed once, fonts not at all, and one that was compressed before is used', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  const get = async (path: string, accept: string) => {
    const { headers } = await ask(edge, path, { headers: { 'accept-encoding': accept } });
    return { encoding: headers['content-encoding'], length: Number(headers['content-length']) };
  };
  for (let i = 0; i < 2; i++) {
    const sent = await get('/assets/index-abc.js', 'gzip, br');
    assert.equal(sent.encoding, 'br');
    assert.ok(sent.length < 200);
  }
  assert.equal((await get('/assets/index-abc.js', 'gzip')).encoding, 'gzip');
  assert.deepEqual(await get('/assets/font-abc.woff2', 'gzip, br'), { encoding: undefined, length: 5000 });
  assert.deepEqual(await get('/assets/made-abc.js', 'br'), { encoding: 'br', length: 'made before'.length });
});

test('nothing outside of the folder is served, by no spelling', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  for (const path of [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%5c%2e%2e%5csecret.txt',
    '/assets/link.txt',
    '/.hidden',
    '/assets/%00index-abc.js',
    '/assets/%ff',
    '/assets/',
  ]) {
    const answer = await ask(edge, path);
    assert.equal(answer.status, 404, path);
    assert.equal(answer.text.includes('private words'), false, path);
  }
});

test('a console that is not built says so, and the API goes on', async () => {
  await using edge = await startEdge(active(), { console: { folder: '/nowhere' } });
  const answer = await ask(edge, '/', page);
  assert.equal(answer.status, 503);
  assert.equal(answer.json.type, 'console-not-built');
  assert.equal((await ask(edge, '/api/things', { as: 'reader' })).status, 200);
});

test('a new build is served without a restart', async () => {
  using built = builtConsole();
  await using edge = await startEdge(active(), { console: built });
  await ask(edge, '/', page);
  built.write('index.html', '<!doctype html><title>two</title>');
  utimesSync(join(built.folder, 'index.html'), 2_000_000_000, 2_000_000_000);
  assert.match((await ask(edge, '/', page)).text, /two/);
});

test('the screens of the plugins that are on are listed with their build', async () => {
  using built = builtConsole();
  const { screensOf, publicScreensOf } = makeScreens(built.folder);
  const bare = activate({ id: 'bare', title: 'Bare', paths: ['/bare'] }, []);
  assert.deepEqual(await screensOf([...active(), bare]), {
    buildId: 'b1',
    items: [
      {
        plugin: 'things',
        title: 'Things',
        hue: 'moss',
        icon: 'puzzle',
        entry: '/plugins/things/assets/plugin-abc.js',
        css: ['/plugins/things/assets/plugin-abc.css'],
      },
    ],
  });
  assert.deepEqual((await publicScreensOf([...active(), bare])).items, []);
  built.write('plugins/things/screens.json', '{"publicPages":true}');
  assert.deepEqual(
    (await publicScreensOf([...active(), bare])).items.map(({ plugin }) => plugin),
    ['things'],
  );
});
