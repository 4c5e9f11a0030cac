import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeTestPlatform, type TestPlatform } from '@task-connect/testing';
import { freePort } from '../../testing/free-port.ts';
import { until } from '../../testing/until.ts';

let desk: TestPlatform;
before(async () => {
  const port = await freePort();
  desk = await makeTestPlatform({
    plugins: [],
    settings: {
      port,
      publicUrl: `http://127.0.0.1:${port}`,
      smtpUrl: 'smtp://login:hunter2@127.0.0.1:1',
      rateLimit: 100_000,
      anonymousRateLimit: 5000,
    },
    sources: { anonymousRateLimit: 'environment', smtpUrl: 'environment' },
  });
});
after(() => desk[Symbol.asyncDispose]());

const path = '/api/platform/settings';
const change = (values: object) => desk.as('administrator').patch(path, { values });
type Shown = { key: string; value: string | null; source: string; changeable: boolean; changedBy: string | null };
const settingIn = (body: { groups: { settings: Shown[] }[] }, key: string) =>
  body.groups.flatMap(({ settings }) => settings).find((one) => one.key === key)!;

test('only an administrator reads and changes settings', async () => {
  for (const role of ['owner', 'member'] as const) {
    assert.equal((await desk.as(role).get(path)).status, 403);
    assert.equal((await desk.as(role).patch(path, { values: { logLevel: 'silent' } })).status, 403);
  }
  assert.equal((await desk.as('anonymous').get(path)).status, 401);
});

test('every setting says what it is, where it comes from and what a change does; secrets are hidden', async () => {
  const { status, body } = await desk.as('administrator').get(path);
  assert.equal(status, 200);
  assert.ok(body.groups.length >= 6);
  assert.equal(settingIn(body, 'smtpUrl').value, '********');
  assert.equal(settingIn(body, 'smtpUrl').source, 'environment');
  assert.equal(settingIn(body, 'masterKey').value, null);
  assert.doesNotMatch(JSON.stringify(body), /hunter2/);
  assert.equal(settingIn(body, 'port').changeable, false);
  assert.ok(body.schema.properties.rateLimit.description.startsWith('Requests a minute'));
  assert.equal(body.schema.properties.anonymousRateLimit, undefined, 'a variable decides');
});

test('a limit that is changed holds at once, in every process, and is in the audit log', async () => {
  await using beside = await makeTestPlatform({ beside: desk, plugins: [], settings: { rateLimit: 100_000 } });
  const { status, body } = await change({ rateLimit: 77_000 });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(
    [settingIn(body, 'rateLimit').value, settingIn(body, 'rateLimit').source, settingIn(body, 'rateLimit').changedBy],
    ['77000', 'console', 'administrator'],
  );
  const limit = async (of: TestPlatform) =>
    (await of.as('member').get('/api/me')).headers.get('ratelimit-policy') ?? '';
  assert.match(await limit(desk), /q=77000/);
  await until(async () => (await limit(beside)).includes('q=77000'), 'the limit in the other process');
  const { body: audit } = await desk.as('administrator').get('/api/platform/audit?action=settings.changed');
  assert.deepEqual(
    [audit.items[0].before, audit.items[0].after, audit.items[0].actorName],
    [{ rateLimit: 100_000 }, { rateLimit: 77_000 }, 'administrator'],
  );
  const back = await change({ rateLimit: null });
  assert.equal(settingIn(back.body, 'rateLimit').source, 'default');
  assert.match(await limit(desk), /q=100000/);
});

test('a later start finds what was changed', async () => {
  await change({ historyDays: 3 });
  await using later = await makeTestPlatform({ beside: desk, plugins: [] });
  const { body } = await later.as('administrator').get(path);
  assert.equal(settingIn(body, 'historyDays').value, '3');
  await change({ historyDays: null });
});

test('the notice stands on the sign-in page at once, as text', async () => {
  await change({ signInNotice: 'Away on Sunday <b>from 8</b>.' });
  const page = async () => {
    let [address, cookie] = ['/auth/login', ''];
    for (let step = 0; step < 6; step++) {
      const answer = await fetch(new URL(address, desk.url), { redirect: 'manual', headers: { cookie } });
      cookie = [cookie, ...answer.headers.getSetCookie().map((one) => one.split(';')[0])].filter(Boolean).join('; ');
      const next = answer.headers.get('location');
      if (!next) return answer.text();
      address = new URL(next, new URL(address, desk.url)).href.replace(/^https?:\/\/[^/]+/, '');
    }
    throw new Error('The sign-in page did not come.');
  };
  assert.match(await page(), /<p class="notice">Away on Sunday &lt;b&gt;from 8&lt;\/b&gt;\.<\/p>/);
  await change({ signInNotice: null });
  assert.doesNotMatch(await page(), /class="notice"/);
});

test('what a variable of the environment says is not changed here', async () => {
  const { status, body } = await change({ anonymousRateLimit: 10, historyDays: 2 });
  assert.equal(status, 409);
  assert.equal(body.type, 'settings/set-by-variable');
  assert.match(body.detail, /^TC_ANONYMOUS_RATE_LIMIT in the environment wins/);
  const { body: now } = await desk.as('administrator').get(path);
  assert.deepEqual([settingIn(now, 'historyDays').source, now.values.historyDays], ['default', 8]);
});

test('bad input names its fields, and settings that need a restart are refused', async () => {
  for (const values of [
    { rateLimit: 0 },
    { rateLimit: '10' },
    { logLevel: 'loud' },
    { signInNotice: 'x'.repeat(501) },
    { signInNotice: 'a\nb' },
    { port: 80 },
    { masterKey: 'x' },
    { __proto__: null, toString: 1 },
  ]) {
    const { status, body } = await change(values);
    assert.equal(status, 422, JSON.stringify(values));
    assert.ok(body.errors[0].pointer.startsWith('/values'), JSON.stringify(body));
  }
  assert.equal((await change({})).status, 200);
});
