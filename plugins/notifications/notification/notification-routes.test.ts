import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTestPlatform } from '@task-connect/testing';
import fc from 'fast-check';

const app = await makeTestPlatform({
  plugins: ['herald', 'notifications'],
  pluginFolders: [fileURLToPath(new URL('../testing/', import.meta.url))],
});
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const stranger = app.as('stranger');

type Told = { id: string; title: string; kind: string; link: string | null };
async function tell(given: {
  title: string;
  key?: string;
  kind?: string;
  body?: string;
  link?: string;
  person?: string;
}) {
  const answer = await member.post('/api/herald', { person: member.person, key: given.title, ...given });
  assert.equal(answer.status, 204, JSON.stringify(answer.body));
}
async function toldOf(title: string, client = member): Promise<Told[]> {
  await app.settled();
  const { items } = (await client.get('/api/notifications?limit=200')).body;
  return items.filter((item: Told) => item.title === title);
}
const mails = join(app.platform.settings.data, 'mail');
async function allMails(): Promise<string[]> {
  await app.settled();
  const files = existsSync(mails) ? await readdir(mails) : [];
  return Promise.all(files.map((file) => readFile(join(mails, file), 'utf8')));
}

test('every kind of a plugin that is on can be chosen before anybody was told of it, and stays when the plugin goes', async () => {
  const kinds = async () =>
    (await member.get('/api/notification-preferences')).body.items.map(
      ({ plugin, kind, title, channels }: { plugin: string; kind: string; title: string; channels: object }) => [
        plugin,
        kind,
        title,
        channels,
      ],
    );
  const all = [
    ['herald', 'gossip', 'Gossip', { 'in-app': true, email: false }],
    ['herald', 'news', 'News', { 'in-app': true, email: true }],
  ];
  assert.deepEqual(await kinds(), all);
  const choice = { plugin: 'herald', kind: 'news', channels: { 'in-app': true, email: false } };
  assert.equal((await stranger.put('/api/notification-preferences', choice)).status, 200);
  await tell({ title: 'chosen before', person: stranger.person });
  assert.equal((await toldOf('chosen before', stranger)).length, 1);
  assert.equal((await allMails()).length, 0);

  const { kernel } = app.platform;
  await kernel.disable('herald');
  assert.deepEqual(await kinds(), [all[1]]);
  await kernel.enable('herald');
  assert.deepEqual(await kinds(), all);
});

test('the same key is told once, however often and however fast it is asked for', async () => {
  const before = (await allMails()).length;
  await Promise.all(Array.from({ length: 8 }, () => tell({ title: 'again', key: 'one' })));
  await tell({ title: 'again', key: 'one' });
  assert.equal((await toldOf('again')).length, 1);
  assert.equal((await allMails()).length, before + 1);
  await tell({ title: 'again', key: 'two' });
  await tell({ title: 'again', key: 'one', kind: 'gossip' });
  assert.equal((await toldOf('again')).length, 3);
});

test('a key may be longer than an index can hold', async () => {
  const key = Array.from({ length: 2000 }, (_, index) => `${index * 7919}`).join('-');
  await tell({ title: 'long key', key });
  await tell({ title: 'long key', key });
  await tell({ title: 'long key', key: `${key}!` });
  assert.equal((await toldOf('long key')).length, 2);
});

test('a person in another organisation reads what concerns them, and nothing else', async () => {
  await tell({ title: 'for the stranger', person: stranger.person });
  assert.equal((await toldOf('for the stranger')).length, 0);
  const [told] = await toldOf('for the stranger', stranger);
  assert.equal((await member.post(`/api/notifications/${told!.id}/read`)).status, 404);
  assert.equal((await stranger.post(`/api/notifications/${told!.id}/read`)).status, 200);
});

test('a title with line breaks and HTML makes no header, no recipient and no element', async () => {
  const title = 'Sofa\r\nBcc: x@evil.test\u2028<img src=x onerror=alert(1)> Müller';
  await tell({ title, body: '<script>alert(1)</script>', link: '//evil.test' });
  assert.equal((await toldOf(title)).length, 1);
  const about = (await allMails()).filter((mail) => mail.includes('evil'));
  assert.equal(about.length, 1);
  const [head = ''] = about[0]!.split('\r\n\r\n');
  assert.doesNotMatch(head, /^(bcc|cc):/im);
  const [, html = ''] = about[0]!.split('text/html');
  assert.match(html, /&lt;script&gt;/);
  assert.doesNotMatch(html, /<script|<img/);
});

test('a kind of which e-mail is no part is not sent by e-mail until its reader wants it', async () => {
  const before = (await allMails()).length;
  await tell({ title: 'hush', kind: 'gossip' });
  assert.equal((await toldOf('hush')).length, 1);
  assert.equal((await allMails()).length, before);
  const { items } = (await member.get('/api/notification-deliveries?channel=email&state=not-sent')).body;
  assert.match(items[0].reason, /switched on in the preferences/);

  const choice = { plugin: 'herald', kind: 'gossip', channels: { 'in-app': true, email: true } };
  assert.equal((await member.put('/api/notification-preferences', choice)).status, 200);
  await tell({ title: 'hush no more', kind: 'gossip' });
  assert.equal((await allMails()).length, before + 1);
  const kinds = (await member.get('/api/notification-preferences')).body.items;
  assert.deepEqual(
    kinds.map(({ kind, title, channels }: { kind: string; title: string; channels: object }) => [
      kind,
      title,
      channels,
    ]),
    [
      ['gossip', 'Gossip', { 'in-app': true, email: true }],
      ['news', 'News', { 'in-app': true, email: true }],
    ],
  );
});

test('whoever has not logged in reads nothing', async () => {
  const anonymous = app.as('anonymous');
  for (const path of ['notifications', 'notifications/count', 'notification-preferences', 'notification-deliveries']) {
    assert.equal((await anonymous.get(`/api/${path}`)).status, 401, path);
  }
});

test('nothing that can be sent makes a fault of the platform', async () => {
  const texts = fc.oneof(
    fc.constantFrom('', '\u0000', '\ud800', 'true', '-1', '99999999999999999999', 'sent', 'email', 'news', 'herald'),
    fc.string({ unit: 'binary' }),
  );
  const encoded = texts.map((text) => encodeURIComponent(text.toWellFormed()));
  const cursors = fc
    .array(fc.jsonValue(), { maxLength: 3 })
    .map((values) => Buffer.from(JSON.stringify(values)).toString('base64url'));
  const query = fc
    .dictionary(fc.constantFrom('unread', 'limit', 'state', 'channel', 'count', 'x'), encoded, { maxKeys: 3 })
    .map((object) => Object.entries(object).map((pair) => pair.join('=')));
  const lists = fc
    .tuple(fc.constantFrom('notifications', 'notification-deliveries'), query, fc.option(cursors))
    .map(
      ([path, pairs, cursor]) =>
        `/api/${path}?${[...pairs, ...(cursor === null ? [] : [`cursor=${cursor}`])].join('&')}`,
    );
  const preferences = fc.oneof(
    fc.jsonValue(),
    fc.record({
      plugin: texts,
      kind: texts,
      channels: fc.dictionary(fc.constantFrom('in-app', 'email'), fc.jsonValue()),
    }),
  );
  const requests = fc.oneof(
    lists.map((path) => () => member.get(path)),
    encoded.map((id) => () => member.post(`/api/notifications/${id}/read`)),
    preferences.map((body) => () => member.put('/api/notification-preferences', body)),
    fc.jsonValue().map((body) => () => member.post('/api/notifications/read-all', body)),
  );
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(requests, async (send) => {
      const { status, body } = await send();
      statuses.add(status);
      assert.ok(status < 500, `${status} ${JSON.stringify(body)}`);
    }),
    { numRuns: 300 },
  );
  assert.ok(statuses.has(200) && statuses.has(422), JSON.stringify([...statuses]));
});
