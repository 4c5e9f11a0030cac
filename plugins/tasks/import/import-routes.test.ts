import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import type { Task } from '../task/task.ts';
import type { ImportReport } from './import.ts';

// A Wednesday.
const clock = manualClock('2027-03-10T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

async function send(file: string | Uint8Array, query: string): Promise<{ status: number; body: ImportReport }> {
  const response = await fetch(`${app.url}/api/tasks/import?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${member.token}`, 'content-type': 'text/csv' },
    body: typeof file === 'string' ? file : Buffer.from(file),
  });
  return { status: response.status, body: (await response.json()) as ImportReport };
}
const tasksOf = async (query = ''): Promise<Task[]> =>
  (await member.get(`/api/tasks?limit=200&sort=created${query}`)).body.items;
const total = async () => (await member.get('/api/tasks?count=true&limit=1')).body.total as number;

const todoist = `\uFEFFTYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE
section,Haus,,,,,,,,
task,"Müll raus, bald @home",,1,1,,,jeden Montag 9:00,de,Europe/Berlin
task,Deckel,,4,2,,,,,
note,"Siehe ""Plan""
Zeile 2",,,,,,,,
task,Filter,,4,1,,,every! 3 months,en,Europe/Berlin
`;

test('a file of Todoist comes in as it was meant, looked at first, and once', async () => {
  const preview = (await send(todoist, 'format=todoist&preview=true')).body;
  assert.deepEqual(
    [preview.preview, preview.tasksMade, preview.projectsMade, preview.faults, preview.tasks.length],
    [true, 3, 1, [], 3],
  );
  assert.equal(await total(), 0);

  const { status, body } = await send(todoist, 'format=todoist');
  assert.equal(status, 200);
  assert.deepEqual([body.tasksMade, body.tasksKnown, body.projectsMade, body.faults], [3, 0, 1, []]);
  const [haus, ...none] = (await member.get('/api/projects')).body.items;
  assert.deepEqual([haus.name, none.length], ['Haus', 0]);
  const [bin, lid, filter, ...more] = await tasksOf();
  assert.equal(more.length, 0);
  assert.deepEqual([bin!.title, bin!.labels, bin!.priority, bin!.parent], ['Müll raus, bald', ['home'], 'high', null]);
  assert.deepEqual(bin!.due, { at: '2027-03-15T08:00:00Z', zone: 'Europe/Berlin' });
  assert.deepEqual([bin!.recurrence!.rule, bin!.recurrence!.from], ['FREQ=WEEKLY;BYDAY=MO', 'schedule']);
  assert.deepEqual([lid!.title, lid!.parent, lid!.notes], ['Deckel', bin!.id, 'Siehe "Plan"\nZeile 2']);
  assert.deepEqual([lid!.priority, filter!.priority], ['none', 'none']);
  assert.deepEqual(
    [filter!.title, filter!.parent, filter!.recurrence!.rule, filter!.recurrence!.from],
    ['Filter', null, 'FREQ=MONTHLY;INTERVAL=3', 'completion'],
  );
  for (const task of [bin, lid, filter]) assert.equal(task!.project, haus.id);

  await member.patch(`/api/tasks/${bin!.id}`, { title: 'Mine now' });
  const [again, atOnce] = await Promise.all([send(todoist, 'format=todoist'), send(todoist, 'format=todoist')]);
  for (const { body } of [again, atOnce])
    assert.deepEqual([body.tasksMade, body.tasksKnown, body.projectsMade], [0, 3, 0]);
  assert.equal(await total(), 3);
  assert.equal((await member.get(`/api/tasks/${bin!.id}`)).body.title, 'Mine now');
});

test('rows that are not understood are listed by their number, and the rest goes in', async () => {
  const before = await total();
  const file = [
    'TYPE,CONTENT,PRIORITY,INDENT,DATE,TIMEZONE',
    'task,Child before its parent,4,3,,',
    'banana,What is this,1,1,,',
    `task,${'x'.repeat(501)},1,1,,`,
    `task,${'y'.repeat(300)},1,1,,`,
    'task,Some day,1,1,when pigs fly,Europe/Berlin',
    'task,On the moon,1,1,tomorrow,Mars/Olympus',
    '',
    'task,=1+1,1,1,every 15th,',
    'task,"broken " quote,1,1,,',
  ].join('\r\n');
  const { status, body } = await send(file, 'format=todoist');
  assert.equal(status, 200);
  assert.deepEqual(
    body.faults.map(({ row, skipped }) => [row, skipped]),
    [
      [3, true],
      [4, true],
      [6, false],
      [7, false],
      [10, true],
    ],
  );
  assert.equal(body.tasksMade, 5);
  assert.equal(await total(), before + 5);
  const formula = (await tasksOf('&text=1%2B1'))[0]!;
  assert.deepEqual([formula.title, formula.due], ['=1+1', { date: '2027-03-15' }]);
  assert.equal((await tasksOf('&text=moon'))[0]!.due && true, true);
});

test('a plain file is known by its columns, in any encoding, below a project', async () => {
  const project = (await member.post('/api/projects', { name: 'Inbox' })).body.id;
  const lines =
    'Aufgabe;Fällig;Uhrzeit;Priorität;Tags;Projekt\nKäse;2027-04-01;08:30;hoch;a, b;\nBrot;01.05.2027;;;;Küche\n';
  const latin = Uint8Array.from([...lines].map((letter) => letter.codePointAt(0)!));
  const { body } = await send(latin, `format=csv&project=${project}`);
  assert.deepEqual([body.encoding, body.tasksMade, body.projectsMade, body.faults], ['windows-1252', 2, 1, []]);
  assert.deepEqual(body.columns, ['aufgabe', 'fällig', 'uhrzeit', 'priorität', 'tags', 'projekt']);
  const [cheese] = await tasksOf(`&project=${project}`);
  assert.deepEqual(
    [cheese!.title, cheese!.due, cheese!.priority, cheese!.labels],
    ['Käse', { at: '2027-04-01T06:30:00Z', zone: 'Europe/Berlin' }, 'high', ['a', 'b']],
  );
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('title\n日本語\n', 'utf16le')]);
  assert.equal((await send(utf16, 'format=csv')).body.tasks[0]!.title, '日本語');
  assert.equal((await send(latin, `format=csv&project=${project}`)).body.tasksKnown, 2);
});

test('what is no such file at all is refused, and nothing of it goes in', async () => {
  const before = await total();
  for (const [file, query] of [
    ['', 'format=csv'],
    ['\n\n', 'format=csv'],
    ['colour,size\nred,3', 'format=csv'],
    ['title\nx', 'format=todoist'],
    ['title\nx', 'format=xls'],
    ['title\nx', 'format=csv&encoding=klingon'],
    ['title\nx', 'format=csv&project=0190a000-0000-7000-8000-00000000ffff'],
    [`title\n${'x\n'.repeat(5001)}`, 'format=csv'],
  ] as const) {
    assert.equal((await send(file, query)).status, 422, `${query} ${file.slice(0, 20)}`);
  }
  assert.equal((await send(Uint8Array.from([0xff, 0x41]), 'format=csv&encoding=utf-8')).status, 422);
  assert.equal(await total(), before);
  assert.equal((await app.as('guest').post('/api/tasks/import?format=csv', {})).status, 403);
});
