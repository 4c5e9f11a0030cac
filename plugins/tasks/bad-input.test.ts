import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import fc from 'fast-check';
import { aProject, aTask } from './testing.ts';

// Whatever is sent: the answer is a problem that the sender can mend, or a success, and never a fault of ours.

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');

const task = (await member.post('/api/tasks', aTask({ labels: ['a'] }))).body.id as string;
const project = (await member.post('/api/projects', aProject())).body.id as string;
const log = (await member.post('/api/work-logs', { minutes: 5 })).body.id as string;

const oddTexts = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    'a\u0000b',
    '\r\n',
    '%',
    '\\',
    "'; drop table task; --",
    '{}',
    '$1',
    '?',
    '😀'.repeat(300),
  ],
  ...['x'.repeat(600), 'null', 'true', '-1', '1e999', 'NaN', 'me', 'none', 'open,open', '__proto__', '\u202e', 'Ａ'],
  ...['0000-01-01', '2027-02-30', '9999-12-31', '2027-03-14', '2027-03-14T25:00:00Z', '-000001-01-01', '10000-01-01'],
  ...[
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
    '2027-03-14T09:00:00Z',
    '2027-03-14T09:00:00+01:00[Europe/Berlin]',
  ],
  ...['Europe/Berlin', 'Mars/Olympus', '+01:00', 'UTC', 'infinity', 'now', 'epoch', 'allballs'],
  ...[
    task,
    project,
    log,
    task.toUpperCase(),
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ],
];
const oddNumbers = [0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 31) - 1, 1e308, 5];
const values: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...oddTexts) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...oddNumbers, true, null, [], {}) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...oddTexts), { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.record({ date: fc.constantFrom(...oddTexts) }) },
  {
    weight: 2,
    arbitrary: fc.record(
      { at: fc.constantFrom(...oddTexts), zone: fc.constantFrom(...oddTexts) },
      { requiredKeys: ['at'] },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const fields = (names: string[]) =>
  fc.dictionary(fc.constantFrom(...names, 'colour'), values, { maxKeys: 4 }).map((object) => ({ ...object }));

const taskFields = [
  ...[
    'title',
    'notes',
    'status',
    'priority',
    'due',
    'start',
    'labels',
    'assignee',
    'estimateMinutes',
    'project',
    'parent',
  ],
  ...['remindBeforeMinutes', 'recurrence', 'checklist', 'reminders', 'position'],
];
const changes = fields([...taskFields, 'addLabels', 'removeLabels']);
const logFields = ['task', 'note', 'startedAt', 'endedAt', 'minutes'];
const ids = fc.oneof(fc.constantFrom(task, project, log), fc.constantFrom(...oddTexts).map(encodeOdd));

function encodeOdd(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

const queries = (names: string[]) =>
  fc
    .dictionary(fc.constantFrom(...names, 'limit', 'cursor', 'count'), fc.constantFrom(...oddTexts), { maxKeys: 3 })
    .map((object) =>
      Object.entries(object)
        .map(([name, value]) => `${name}=${encodeOdd(value)}`)
        .join('&'),
    );
const cursors = fc
  .array(fc.constantFrom<unknown>(...oddTexts, ...oddNumbers, null), { maxLength: 4 })
  .map((values) => `cursor=${Buffer.from(JSON.stringify(values)).toString('base64url')}`);

type Sent = { method: 'get' | 'post' | 'patch' | 'delete'; path: string; body?: unknown };
const sent = (
  method: Sent['method'],
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<unknown> = fc.constant(undefined),
) => fc.record({ method: fc.constant(method), path, body });
const at = (path: string) => fc.constant(path);
const withId = (path: string) => ids.map((id) => `${path}/${id}`);
const asked = (path: string, ...names: string[]) => queries(names).map((query) => `${path}?${query}`);

const taskFilters = ['status', 'project', 'parent', 'assignee', 'label', 'text', 'dueBefore', 'dueAfter', 'sort'];
const sortNames = fc.constantFrom('created', '-created', 'updated', 'due', '-due', 'priority', 'title', '-title');
const requests: fc.Arbitrary<Sent> = fc.oneof(
  sent('get', asked('/api/tasks', ...taskFilters)),
  sent(
    'get',
    fc.tuple(sortNames, cursors).map(([sort, cursor]) => `/api/tasks?sort=${sort}&${cursor}`),
  ),
  sent(
    'get',
    cursors.map((cursor) => `/api/projects?${cursor}`),
  ),
  sent(
    'get',
    cursors.map((cursor) => `/api/work-logs?${cursor}`),
  ),
  sent('get', asked('/api/tasks/today', 'zone')),
  sent('get', asked('/api/projects', 'parent', 'archived')),
  sent('get', asked('/api/work-logs', 'task', 'person', 'from', 'to')),
  sent('get', asked('/api/analytics/productivity', 'from', 'to', 'person')),
  sent('get', withId('/api/tasks')),
  sent('get', withId('/api/projects')),
  sent(
    'post',
    at('/api/tasks'),
    fields(taskFields).map((body) => ({ title: 'x', ...body })),
  ),
  sent('patch', withId('/api/tasks'), changes),
  sent(
    'post',
    at('/api/tasks/bulk'),
    fc.record({ ids: fc.oneof(fc.array(ids), values), change: fc.oneof(changes, values) }),
  ),
  sent('post', at('/api/projects'), fields(['name', 'notes', 'parent'])),
  sent('patch', withId('/api/projects'), fields(['name', 'notes', 'parent', 'archived'])),
  sent('post', at('/api/work-logs'), fields(logFields)),
  sent('patch', withId('/api/work-logs'), fields(logFields)),
  sent('post', at('/api/work-logs/stop'), values),
);

test('nothing that can be sent makes a fault of the platform', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, body }) => {
      const { status, body: answer } =
        method === 'get' ? await member.get(path) : await member[method](path, body as never);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      assert.ok(status < 500, `${status} ${JSON.stringify(answer)}`);
      if (status >= 400) assert.ok(answer.detail.length > 0 && answer.type.length > 0, JSON.stringify(answer));
    }),
    { numRuns: 600 },
  );
  // That it was not refused before anybody looked at it.
  for (const status of [200, 201, 404, 422]) assert.ok((statuses.get(status) ?? 0) > 0, JSON.stringify([...statuses]));
  assert.equal((await member.get('/api/tasks?limit=1')).status, 200);
});
