import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import fc from 'fast-check';
import { aTask } from '../testing.ts';
import { rebuildStatisticsJob } from './rebuild-statistics.ts';
import type { Productivity } from './statistics.ts';

const clock = manualClock('2027-03-25T12:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const people = [app.as('member'), app.as('manager')];
const range = 'from=2027-03-20&to=2027-04-10';
const productivityOf = async (client: (typeof people)[number]): Promise<Productivity> =>
  (await client.get(`/api/analytics/productivity?${range}`)).body;

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
  else if (step.does === 'start') await client.post('/api/work-logs', {});
  else if (step.does === 'stop') await client.post('/api/work-logs/stop');
  else if (step.does === 'log') logs.push((await client.post('/api/work-logs', { minutes: step.minutes })).body.id);
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
      const before = await Promise.all(people.map(productivityOf));
      await rebuild();
      assert.deepEqual(await Promise.all(people.map(productivityOf)), before);
      counted += before.reduce((sum, { totals }) => sum + totals.created + totals.trackedSeconds, 0);
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
    { date: on(0), created: 3, completed: 1, overdue: 1, trackedSeconds: 1500 },
    { date: on(1), created: 1, completed: 1, overdue: 0, trackedSeconds: 0 },
  ]);
  assert.deepEqual(body.totals, { created: 4, completed: 2, overdue: 1, trackedSeconds: 1500 });
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
