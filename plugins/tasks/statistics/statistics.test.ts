import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import fc from 'fast-check';
import { aProject, aTask } from '../testing.ts';
import { rebuildStatisticsJob } from './rebuild-statistics.ts';
import type { Productivity, ProjectFigures } from './statistics.ts';

const clock = manualClock('2027-03-25T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const people = [app.as('member'), app.as('manager')];
const range = 'from=2027-03-20&to=2027-04-10';
const projects = [(await people[0]!.post('/api/projects', aProject({ name: 'Outer' }))).body.id as string];
projects.push((await people[0]!.post('/api/projects', aProject({ name: 'Inner', parent: projects[0]! }))).body.id);
const productivityOf = async (client: (typeof people)[number]): Promise<Productivity> =>
  (await client.get(`/api/analytics/productivity?${range}&round=30&per=day`)).body;
const figuresOf = async (project: string): Promise<ProjectFigures> =>
  (await people[0]!.get(`/api/analytics/projects/${project}`)).body;
const everything = async () => [
  await Promise.all(people.map(productivityOf)),
  await Promise.all(projects.map(figuresOf)),
];

type Step = { who: number; which: number } & (
  | { does: 'add'; due: string | null }
  | { does: 'change'; patch: object }
  | { does: 'delete' | 'start' | 'stop' | 'forget' }
  | { does: 'log'; minutes: number }
  | { does: 'wait'; hours: number }
);

const dues = fc.constantFrom(null, '2027-03-26', '2027-03-28');
const patches = fc.oneof(
  fc.constantFrom('open', 'done', 'cancelled', 'active').map((status) => ({ status })),
  dues.map((date) => ({ due: date && { date } })),
  fc.constant({ assignee: people[1]!.person }),
  fc.constantFrom(null, ...projects).map((project) => ({ project })),
  fc.constantFrom(null, 30, 45).map((estimateMinutes) => ({ estimateMinutes })),
);
const steps: fc.Arbitrary<Step> = fc
  .tuple(
    fc.record({ who: fc.nat(1), which: fc.nat(4) }),
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ does: fc.constant('add' as const), due: dues }) },
      { weight: 5, arbitrary: fc.record({ does: fc.constant('change' as const), patch: patches }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('delete', 'start', 'stop', 'forget') }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('log' as const), minutes: fc.constantFrom(5, 25) }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.constantFrom(5, 20) }) },
    ),
  )
  .map(([who, does]) => ({ ...who, ...does }) as Step);

/** Does what a step says through the front door; what it refers to may not be there, as with people. */
async function take(step: Step, tasks: string[], logs: string[]): Promise<void> {
  const client = people[step.who]!;
  const task = tasks[step.which % Math.max(tasks.length, 1)];
  if (step.does === 'add') {
    const due = step.due === null ? null : { date: step.due };
    tasks.push((await client.post('/api/tasks', aTask({ due }))).body.id);
  } else if (step.does === 'change' && task) await client.patch(`/api/tasks/${task}`, step.patch);
  else if (step.does === 'delete' && task) await client.delete(`/api/tasks/${task}`);
  else if (step.does === 'start') await client.post('/api/work-logs', { task: task ?? null });
  else if (step.does === 'stop') await client.post('/api/work-logs/stop');
  else if (step.does === 'log')
    logs.push((await client.post('/api/work-logs', { minutes: step.minutes, task: task ?? null })).body.id);
  else if (step.does === 'forget' && logs.length > 0)
    await client.delete(`/api/work-logs/${logs[step.which % logs.length]}`);
  else if (step.does === 'wait') clock.advance({ hours: step.hours });
}

const job = `/api/platform/jobs/tasks/${rebuildStatisticsJob.name}`;
const administrator = app.as('administrator');
async function rebuild(): Promise<void> {
  const runs = async () =>
    (await administrator.get(`${job}/runs?limit=200`)).body.items.filter(
      ({ state }: { state: string }) => state === 'done',
    ).length;
  const before = await runs();
  assert.equal((await administrator.post(`${job}/run`)).status, 202);
  await app.settled();
  assert.equal(await runs(), before + 1);
}

test('what was counted step by step is what counting anew comes to', async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25 }), async (list) => {
      const tasks: string[] = [];
      const logs: string[] = [];
      for (const step of list) await take(step, tasks, logs);
      await app.settled();
      const before = await everything();
      await rebuild();
      assert.deepEqual(await everything(), before);
      counted += (before[0] as Productivity[]).reduce(
        (sum, { totals }) => sum + totals.created + totals.trackedSeconds,
        0,
      );
    }),
    { numRuns: 8 },
  );
  assert.ok(counted > 0);
});

test('a day counts what its person did on it, and what was missed', async () => {
  const client = app.as('stranger');
  clock.set(Temporal.Instant.from('2027-06-01T10:00:00Z'));
  const on = (days: number) => Temporal.PlainDate.from('2027-06-01').add({ days }).toString();
  const add = async (given: Parameters<typeof aTask>[0]) => (await client.post('/api/tasks', aTask(given))).body.id;
  await add({ due: { date: on(0) } });
  const met = await add({ due: { date: on(0) } });
  await add({ due: { date: on(0) }, status: 'cancelled' });
  await client.patch(`/api/tasks/${met}`, { status: 'done' });
  await client.post('/api/work-logs', { minutes: 25 });
  clock.advance({ hours: 24 });
  const late = await add({});
  await client.patch(`/api/tasks/${late}`, { status: 'done' });
  await app.settled();
  const { body } = await client.get(`/api/analytics/productivity?from=${on(0)}&to=${on(1)}`);
  assert.deepEqual(body.days, [
    { date: on(0), created: 3, completed: 1, overdue: 1, trackedSeconds: 1500, roundedSeconds: 1500 },
    { date: on(1), created: 1, completed: 1, overdue: 0, trackedSeconds: 0, roundedSeconds: 0 },
  ]);
  assert.deepEqual(body.totals, { created: 4, completed: 2, overdue: 1, trackedSeconds: 1500, roundedSeconds: 1500 });
  assert.deepEqual(body.streak, { current: 2, longest: 2 });
});

test('a range that ends before it begins, or is too long, is refused, and so are the days of others', async () => {
  const [member, manager] = people as [(typeof people)[0], (typeof people)[0]];
  for (const range of ['from=2027-03-02&to=2027-03-01', 'from=2020-01-01&to=2027-03-01', 'from=2027-03-01']) {
    assert.equal((await member.get(`/api/analytics/productivity?${range}`)).status, 422, range);
  }
  assert.equal((await member.get(`/api/analytics/productivity?${range}&person=${manager.person}`)).status, 403);
  assert.equal((await manager.get(`/api/analytics/productivity?${range}&person=${member.person}`)).status, 200);
});

test('rounded time names its unit, by entry or by day, in days and in projects', async () => {
  const client = await app.person('member');
  clock.set(Temporal.Instant.from('2027-07-01T10:00:00Z'));
  const project = (await client.post('/api/projects', aProject({ name: 'Billed' }))).body.id;
  const task = (await client.post('/api/tasks', aTask({ project, estimateMinutes: 10 }))).body.id;
  for (const given of [{ task }, { task }, {}]) await client.post('/api/work-logs', { minutes: 5, ...given });
  await client.patch(`/api/tasks/${task}`, { status: 'done' });
  await app.settled();
  const ask = async (query: string): Promise<Productivity> =>
    (await client.get(`/api/analytics/productivity?from=2027-07-01&to=2027-07-01${query}`)).body;
  const minutes = ({ totals, projects }: Productivity) => [
    totals.roundedSeconds / 60,
    ...projects.map(({ name, roundedSeconds }) => [name, roundedSeconds / 60]),
  ];
  const entry = await ask('&round=30&per=entry');
  assert.deepEqual(entry.rounding, { minutes: 30, per: 'entry' });
  assert.deepEqual(minutes(entry), [90, ['Billed', 60], [null, 30]]);
  assert.deepEqual(minutes(await ask('&round=30&per=day')), [30, ['Billed', 30], [null, 30]]);
  const plain = await ask('');
  assert.deepEqual([plain.rounding, minutes(plain)], [null, [15, ['Billed', 10], [null, 5]]]);
  assert.deepEqual(plain.estimates, { tasks: 1, estimatedSeconds: 600, trackedSeconds: 600 });
  assert.deepEqual(plain.projects[0]!.estimates, plain.estimates);
});

test('a project’s figures take in what lies in it, and follow a task that moves', async () => {
  const client = await app.person('member');
  const outer = (await client.post('/api/projects', aProject({ name: 'A' }))).body.id;
  const inner = (await client.post('/api/projects', aProject({ name: 'B', parent: outer }))).body.id;
  const add = async (given: Parameters<typeof aTask>[0]) => (await client.post('/api/tasks', aTask(given))).body.id;
  const moving = await add({ project: outer, estimateMinutes: 60, due: { date: '2027-06-01' } });
  await add({ project: inner, status: 'done' });
  await add({ project: inner, status: 'cancelled' });
  await client.post('/api/work-logs', { task: moving, minutes: 20 });
  await app.settled();
  const figures = async (id: string): Promise<ProjectFigures> =>
    (await client.get(`/api/analytics/projects/${id}`)).body;
  const before = await figures(outer);
  assert.deepEqual(before.total, { tasks: 2, done: 1, overdue: 1, estimatedSeconds: 3600, trackedSeconds: 1200 });
  assert.deepEqual(before.own, { tasks: 1, done: 0, overdue: 1, estimatedSeconds: 3600, trackedSeconds: 1200 });
  await client.patch(`/api/tasks/${moving}`, { project: inner });
  await app.settled();
  const now = await figures(outer);
  assert.deepEqual(now.total, before.total);
  assert.equal(now.own.trackedSeconds, 0);
  assert.deepEqual(now.children[0]!.total, before.total);
  assert.equal((await app.as('stranger').get(`/api/analytics/projects/${outer}`)).status, 404);
});
