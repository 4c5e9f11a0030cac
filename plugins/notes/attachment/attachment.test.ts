import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import sharp from 'sharp';
import { noted, sendBytes } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['notes'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const note = await noted(member, { title: 'Before' });
const files = `${app.url}/api/notes/${note.id}/attachments`;

const add = (name: string, bytes: Uint8Array | string) =>
  sendBytes(member, `${files}?name=${encodeURIComponent(name)}`, bytes);
async function download(id: string, query = '') {
  const answer = await fetch(`${files}/${id}${query}`, { headers: { authorization: `Bearer ${member.token}` } });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}
const aPicture = (width = 1600, height = 900) =>
  sharp({ create: { width, height, channels: 3, background: '#8c3b76' } })
    .png()
    .toBuffer();

test('a picture hangs on its note at once, and its thumbnail comes afterwards', async () => {
  const bytes = await aPicture();
  const added = await add('chair-03-before.png', bytes);
  assert.equal(added.status, 201);
  assert.deepEqual([added.body.type, added.body.size, added.body.thumbnail], ['image/png', bytes.length, 'waiting']);
  await app.settled();
  const { attachments } = (await member.get(`/api/notes/${note.id}`)).body;
  assert.equal(attachments[0].thumbnail, 'ready');
  const small = await download(added.body.id, '?size=thumbnail');
  assert.equal(small.headers.get('content-type'), 'image/webp');
  const { width, height } = await sharp(small.bytes).metadata();
  assert.deepEqual([width, height], [800, 450]);
  assert.deepEqual(Buffer.from((await download(added.body.id)).bytes), bytes);
  const [card] = (await member.get('/api/notes')).body.items;
  assert.deepEqual([card.preview.picture, card.attachments], [added.body.id, 1]);
});

test('what comes down runs nowhere: it is saved, not shown, and is what its content is', async () => {
  const html = '<!doctype html><script>alert(1)</script>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const [name, content, type] of [
    ['page.html', html, 'text/plain'],
    ['picture.png', html, 'text/plain'],
    ['drawing.svg', svg, /xml|svg|plain/],
    ['drawing.svg', `<?xml version="1.0"?>${svg}`, /xml|svg/],
    ['clip.pdf', '%PDF-1.7\n', /pdf|plain/],
  ] as const) {
    const { body } = await add(name, content);
    assert.match(body.type, typeof type === 'string' ? new RegExp(`^${type}$`) : type);
    assert.equal(body.thumbnail, 'none');
    const { headers } = await download(body.id);
    assert.match(headers.get('content-disposition')!, /^attachment; /);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy')!, /sandbox/);
    assert.doesNotMatch(headers.get('content-type')!, /html|svg|xml|pdf/);
  }
});

test('what only says that it is a picture has no thumbnail, and hurts nothing', async () => {
  const broken = Buffer.concat([(await aPicture()).subarray(0, 60), Buffer.alloc(500, 7)]);
  const { body } = await add('broken.png', broken);
  assert.equal(body.thumbnail, 'waiting');
  await app.settled();
  const { attachments } = (await member.get(`/api/notes/${note.id}`)).body;
  assert.equal(attachments.at(-1).thumbnail, 'failed');
  assert.equal((await download(body.id, '?size=thumbnail')).status, 404);
  assert.equal((await download(body.id)).status, 200);
});

test('a name can be anything, and comes back as one that every disk and header takes', async () => {
  for (const [given, kept] of [
    ['a\r\nSet-Cookie: x=1.txt', 'a Set-Cookie_ x=1.txt'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\temp\\a.txt', 'C_temp_a.txt'],
    ['=HYPERLINK("x").csv', '=HYPERLINK(_x_).csv'],
    ['..', 'file'],
    ['', 'file'],
    [`${'ä'.repeat(300)}.jpeg`, `${'ä'.repeat(195)}.jpeg`],
    ['测试 "plan" 100%.png', '测试 _plan_ 100%.png'],
  ] as const) {
    const { status, body } = await add(given, 'x');
    assert.deepEqual([status, body.name], [201, kept]);
    const header = (await download(body.id)).headers.get('content-disposition')!;
    assert.equal(decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(header)![1]!), kept);
    assert.match(header, /^[\x20-\x7e]+$/);
  }
});

test('a file that is too large is refused whole', async () => {
  const before = (await member.get(`/api/notes/${note.id}`)).body.attachments.length;
  const answer = await add('big.bin', Buffer.alloc(26 * 1024 * 1024));
  assert.deepEqual([answer.status, answer.body.type], [413, 'notes/file-too-large']);
  assert.equal((await member.get(`/api/notes/${note.id}`)).body.attachments.length, before);
});

test('files are seen, added and taken off by those who see and may change their note', async () => {
  const { body } = await add('plan.txt', 'the plan');
  const [manager, guest] = [app.as('manager'), app.as('guest')];
  const one = `/api/notes/${note.id}/attachments/${body.id}`;
  assert.equal((await manager.get(one)).status, 404);
  await member.put(`/api/notes/${note.id}/sharing/${manager.person}`, { kind: 'person', access: 'view' });
  await member.put(`/api/notes/${note.id}/sharing/${guest.person}`, { kind: 'person', access: 'edit' });
  assert.equal((await manager.get(one)).body, 'the plan');
  assert.equal((await manager.delete(one)).status, 403);
  assert.equal((await sendBytes(manager, files, 'x')).status, 403);
  assert.equal((await sendBytes(guest, files, 'x')).status, 403);
  assert.equal((await member.delete(one)).status, 204);
  assert.equal((await member.get(one)).status, 404);
  const other = await noted(member);
  assert.equal((await member.get(one.replace(note.id, other.id))).status, 404);
});

test('nothing is left of the files of a note that was erased', async () => {
  const gone = await noted(member);
  const { body } = await sendBytes(member, `${app.url}/api/notes/${gone.id}/attachments?name=a`, 'x');
  await app.settled();
  await member.delete(`/api/notes/${gone.id}`);
  await member.post(`/api/notes/${gone.id}/erase`);
  assert.equal((await member.get(`/api/notes/${gone.id}/attachments/${body.id}`)).status, 404);
});
