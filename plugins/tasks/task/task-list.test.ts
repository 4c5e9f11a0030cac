import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aProject, aTask } from '../testing.ts';
import { sorts, type Task } from './task.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const stranger = app.as('stranger');

const project = (await member.post('/api/projects', aProject())).body.id;
const dues = [
  null,
  { date: '2027-03-14' },
  { at: '2027-03-14T08:30:00Z' },
  { date: '2027-03-15' },
  { at: '2027-03-13T23:30:00Z' },
];
const priorities = ['none', 'high', 'low'] as const;
for (let index = 0; index < 15; index += 1) {
  const given = {
    title: `${['Émile', 'anvil', 'Zinc'][index % 3]} 50%_off ${index % 5}`,
    notes: index === 7 ? 'wrapped in Ölpapier' : '',
    due: dues[index % 5],
    priority: priorities[index % 3],
    labels: index % 2 === 0 ? ['even'] : [],
    project: index < 4 ? project : null,
  };
  assert.equal((await member.post('/api/tasks', aTask(given))).status, 201);
}
await stranger.post('/api/tasks', aTask({ title: 'Anvil 50%_off', labels: ['even'] }));

const list = async (query: string) =>
  (await member.get(`/api/tasks?${query}`)).body as { items: Task[]; next: string | null; total?: number };

async function walk(query: string): Promise<Task[]> {
  const seen: Task[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof list>> = await list(`limit=4&${query}${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.items);
    cursor = page.next;
  }
  return seen;
}

for (const sort of sorts.flatMap((name) => [name, `-${name}`])) {
  test(`pages sorted by ${sort} hold each task once, in the order of the whole list`, async () => {
    const whole = (await list(`limit=200&sort=${sort}`)).items;
    assert.equal(whole.length, 15);
    assert.deepEqual(
      (await walk(`sort=${sort}`)).map(({ id }) => id),
      whole.map(({ id }) => id),
    );
  });
}

test('by due date times come before the day without one, and tasks without a date last', async () => {
  const order = (await list('limit=200&sort=due')).items.map(({ due }) =>
    due === null ? '-' : 'date' in due ? due.date : due.at,
  );
  assert.deepEqual(
    [...new Set(order)],
    ['2027-03-13T23:30:00Z', '2027-03-14T08:30:00Z', '2027-03-14', '2027-03-15', '-'],
  );
});

test('by title letters with and without accents and capitals stand together', async () => {
  const order = (await list('limit=200&sort=title')).items.map(({ title }) => title.split(' ')[0]);
  assert.deepEqual([...new Set(order)], ['anvil', 'Émile', 'Zinc']);
});

test('a task that comes meanwhile does not move the pages behind it', async () => {
  const first = await list('limit=10');
  await member.post('/api/tasks', aTask({ title: 'Later' }));
  const second = await list(`limit=10&cursor=${first.next}`);
  assert.equal(second.items.length, 5);
  assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 15);
});

test('filters hold together, and the total counts what they leave', async () => {
  const total = async (query: string) => (await list(`${query}&count=true&limit=1`)).total;
  assert.equal(await total('label=even'), 8);
  assert.equal(await total(`project=${project}`), 4);
  assert.equal(await total(`project=${project}&label=even`), 2);
  assert.equal(await total('project=none&status=open,active'), 12);
  assert.equal(await total('status=done'), 0);
  assert.equal(await total('status=done&status=open'), 16);
  assert.equal(await total('assignee=none'), 16);
  assert.equal(await total('assignee=me'), 0);
});

test('text is found in title and notes, whatever the capitals, and signs of patterns are plain letters', async () => {
  const titles = async (text: string) => (await list(`text=${encodeURIComponent(text)}&limit=200`)).items.length;
  assert.equal(await titles('ANVIL'), 5);
  assert.equal(await titles('ölpapier'), 1);
  assert.equal(await titles('50%_off'), 15);
  assert.equal(await titles('5%off'), 0);
  assert.equal(await titles('\\'), 0);
});

test('days of due dates are those of the reader', async () => {
  const dueOf = async (query: string) =>
    new Set((await list(`${query}&limit=200`)).items.map(({ due }) => (due && 'date' in due ? due.date : due?.at)));
  // 23:30 of UTC is half past midnight of the 14th in Berlin.
  assert.deepEqual(await dueOf('dueBefore=2027-03-14'), new Set());
  assert.deepEqual(
    await dueOf('dueAfter=2027-03-13&dueBefore=2027-03-15'),
    new Set(['2027-03-14', '2027-03-14T08:30:00Z', '2027-03-13T23:30:00Z']),
  );
  assert.deepEqual(await dueOf('dueAfter=2027-03-14'), new Set(['2027-03-15']));
});

test('a query that cannot be is refused with the name of what is wrong', async () => {
  for (const [query, pointer] of [
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['cursor=abc', '/cursor'],
    [`cursor=${Buffer.from('["0190a000-0000-7000-8000-00000000ffff",1]').toString('base64url')}`, '/cursor'],
    [
      `sort=updated&cursor=${Buffer.from('["0000-01-01T00:00:00Z","0190a000-0000-7000-8000-00000000ffff"]').toString('base64url')}`,
      '/cursor',
    ],
    ['sort=size', '/sort'],
    ['project=mine', '/project'],
    ['dueBefore=2027-02-30', '/dueBefore'],
    ['text=%00', '/text'],
    ['colour=red', '/colour'],
  ] as const) {
    const { status, body } = await member.get(`/api/tasks?${query}`);
    assert.equal(status, 422, query);
    assert.ok(
      body.errors.some((error: { pointer: string }) => error.pointer === pointer),
      `${query}: ${JSON.stringify(body.errors)}`,
    );
  }
});
