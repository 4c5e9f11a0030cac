import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '@task-connect/testing';

let desk: TestPlatform;
before(async () => {
  desk = await makeTestPlatform({ plugins: ['tasks'] });
});
after(() => desk[Symbol.asyncDispose]());

test('only an administrator reads versions, processes and licences', async () => {
  for (const path of ['about', 'licences', 'licences/text?name=zod&version=1']) {
    assert.equal((await desk.as('owner').get(`/api/platform/${path}`)).status, 403, path);
    assert.equal((await desk.as('anonymous').get(`/api/platform/${path}`)).status, 401, path);
  }
});

test('the platform says what it is, what stands behind each port, and which processes run', async () => {
  await using beside = await makeTestPlatform({ beside: desk, plugins: [], settings: { role: 'worker' } });
  const { status, body } = await desk.as('administrator').get('/api/platform/about');
  assert.equal(status, 200);
  assert.match(body.postgres, /^18/);
  assert.equal(body.node, process.versions.node);
  assert.ok(body.adapters.some((one: { port: string; adapter: string }) => one.adapter === 'Sealed file'));
  assert.equal(body.processes.length, 2);
  const [own, other] = body.processes;
  assert.deepEqual([own.here, other.here, other.role], [true, false, 'worker']);
  assert.ok(own.plugins.includes('tasks'));
  assert.ok(own.upSeconds >= 0 && beside.url !== desk.url);
});

test('every package has a name, a version and a licence, and its text is a click away', async () => {
  const { body } = await desk.as('administrator').get('/api/platform/licences');
  assert.ok(body.items.length > 60, `${body.items.length} packages`);
  const names: string[] = body.items.map((one: { name: string }) => one.name);
  for (const name of ['pg', 'koa', 'zod', 'oidc-provider']) assert.ok(names.includes(name), name);
  assert.ok(
    !names.some((name) => ['typescript', 'playwright-core', '@biomejs/biome'].includes(name)),
    'tools are not shipped',
  );
  assert.deepEqual(
    body.items.filter((one: { version: string; licence: string }) => !one.version || !one.licence),
    [],
  );
  const koa = body.items.find((one: { name: string }) => one.name === 'koa');
  assert.equal(koa.licence, 'MIT');
  const text = await desk.as('administrator').get(`/api/platform/licences/text?name=koa&version=${koa.version}`);
  assert.match(text.body.text, /Permission is hereby granted/);
});

test('a text is asked for by a package that is there, never by a path', async () => {
  for (const name of ['../../etc/passwd', 'nothing']) {
    const query = new URLSearchParams({ name, version: '1' });
    assert.equal((await desk.as('administrator').get(`/api/platform/licences/text?${query}`)).status, 404);
  }
  assert.equal((await desk.as('administrator').get('/api/platform/licences/text?name=zod')).status, 422);
});
