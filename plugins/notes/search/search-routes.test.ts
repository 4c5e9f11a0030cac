import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Client, makeTestPlatform } from '@task-connect/testing';
import { noted, seen, sendBytes } from '../testing.ts';

const app = await makeTestPlatform({ plugins: ['notes'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

type Card = { id: string; title: string; found: { text: string; found: boolean }[] };
const search = async (text: string, who: Client = member, more = ''): Promise<Card[]> => {
  const { status, body } = await who.get(`/api/notes?limit=200&text=${encodeURIComponent(text)}${more}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.items;
};
const titles = async (text: string) => (await search(text)).map(({ title }) => title).sort();

const hotel = await noted(member, {
  title: 'Hotel',
  text: 'Bottle green **mohair** for the Café, see the red line.',
  labels: ['harbour'],
});
await noted(member, { title: 'Loft', text: 'Wool check; the line that is red.\n\n- [ ] Straße kehren #chores/home' });
await noted(member, { title: '旅行', text: '東京の喫茶店で会議。测试一下' });

test('words, parts of words, accents, capitals and signs without spaces are found', async () => {
  for (const word of ['mohair', 'MOHAIR', 'hair', 'cafe', 'CAFÉ', 'cafe\u0301', 'green mohair hotel'])
    assert.deepEqual(await titles(word), ['Hotel'], word);
  for (const word of ['strasse', 'STRASSE', 'straße', 'stras']) assert.deepEqual(await titles(word), ['Loft'], word);
  for (const word of ['東京', '喫茶', '京', '测试', '旅行']) assert.deepEqual(await titles(word), ['旅行'], word);
  assert.deepEqual(await titles('mohairs'), []);
});

test('phrases, words that must not stand, labels and what a note has', async () => {
  assert.deepEqual(await titles('red line'), ['Hotel', 'Loft']);
  assert.deepEqual(await titles('"red line"'), ['Hotel']);
  assert.deepEqual(await titles('line -wool'), ['Hotel']);
  assert.deepEqual(await titles('label:harbour'), ['Hotel']);
  assert.deepEqual(await titles('label:Chores'), ['Loft']);
  assert.deepEqual(await titles('line -label:harbour'), ['Loft']);
  assert.deepEqual(await titles('has:checklist'), ['Loft']);
  assert.deepEqual(await titles('has:attachment'), []);
  await sendBytes(member, `${app.url}/api/notes/${hotel.id}/attachments?name=Fire%20certificate.txt`, 'x');
  assert.deepEqual(await titles('has:attachment'), ['Hotel']);
  assert.deepEqual(await titles('certificate'), ['Hotel']);
});

test('what is found is marked, in the words of the note', async () => {
  const [card] = await search('CAFE');
  assert.deepEqual(
    card!.found.filter(({ found }) => found).map(({ text }) => text),
    ['Café'],
  );
  assert.equal(card!.found.map(({ text }) => text).join(''), 'Bottle green mohair for the Café, see the red line.');
});

test('signs that mean something to a database or a search are only signs', async () => {
  const odd = await noted(member, { title: 'Odd', text: String.raw`100% of a_b \ 'quote' "double" <b>x</b> (` });
  for (const text of ['100%', 'a_b', '\\', "'quote'", '<b>', '('])
    assert.deepEqual(
      (await search(text)).map(({ id }) => id),
      [odd.id],
      text,
    );
  for (const text of ['%%%%', '___', '""', '-', '"', 'label:', '*', '\u0001', '🪡', '-"a b" -'])
    assert.ok(Array.isArray(await search(text)), text);
});

test('nobody finds what they may not see', async () => {
  assert.deepEqual(await search('mohair', app.as('manager')), []);
  assert.deepEqual(await search('mohair', app.as('stranger')), []);
  await member.put(`/api/notes/${hotel.id}/sharing/${app.organisation}`, { kind: 'organisation', access: 'view' });
  assert.equal((await search('mohair', app.as('manager'))).length, 1);
  assert.deepEqual(await search('mohair', app.as('stranger')), []);
});

test('a note too large for any index is saved, and found by its words; a picture as text is left out', async () => {
  const word = (n: number) => Array.from({ length: 10 }, (_, i) => 'abcdefghij'[Math.floor(n / 7 ** i) % 7]).join('');
  const words = Array.from({ length: 80_000 }, (_, n) => word(n * 3501 + 17));
  assert.equal(new Set(words).size, 80_000);
  const text = words.join(' ');
  assert.equal(text.length, 879_999);
  const large = await member.post('/api/notes', { title: 'Large', text });
  assert.equal(large.status, 201);
  assert.deepEqual(await titles(words[79_999]!), ['Large']);

  const picture = `![](data:image/png;base64,${'iVBORw0K'.repeat(250_000)}) after it`;
  const pasted = await member.post('/api/notes', { title: 'Pasted', text: picture });
  assert.deepEqual([pasted.status, pasted.body.text.length], [201, picture.length]);
  assert.deepEqual(await titles('"after it"'), ['Pasted']);
  assert.deepEqual(await titles('iVBORw0KiVBORw0K'), []);
  const changed = await member.patch(`/api/notes/${pasted.body.id}`, { title: 'Pasted twice' }, seen(pasted.body));
  assert.equal(changed.status, 200);
});

test('two megabytes of distinct words are taken, four times as much is refused with what to do', async () => {
  const words = Array.from({ length: 200_000 }, (_, n) => n.toString(36).padStart(9, 'x')).join(' ');
  const taken = await member.post('/api/notes', { title: 'Two', text: words });
  assert.equal(taken.status, 201);
  assert.deepEqual(await titles((199_999).toString(36).padStart(9, 'x')), ['Two']);
  const refused = await member.post('/api/notes', { title: 'Eight', text: words.repeat(4) });
  assert.equal(refused.status, 413);
  assert.match(refused.body.detail, /at most 6 MiB/);
});
