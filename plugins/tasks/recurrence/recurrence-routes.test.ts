import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform, manualClock } from '@task-connect/testing';
import type { Task } from '../task/task.ts';
import { aTask } from '../testing.ts';

const clock = manualClock('2026-09-20T08:00:00Z');
const app = await makeTestPlatform({ plugins: ['tasks'], clock });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const manager = app.as('manager');
const at = (time: string) => clock.set(Temporal.Instant.from(time));

const add = async (given: Parameters<typeof aTask>[0]): Promise<Task> => {
  const { status, body } = await member.post('/api/tasks', aTask(given));
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};
const patch = (id: string, body: object) => member.patch(`/api/tasks/${id}`, body);
const ofSeries = async (title: string): Promise<Task[]> =>
  (await member.get(`/api/tasks?text=${encodeURIComponent(title)}&sort=due&limit=200`)).body.items;
const openOf = async (title: string) => (await ofSeries(title)).filter(({ status }) => status === 'open');
const dueOf = ({ due }: Task) => (due && 'date' in due ? due.date : due?.at);
const preview = async (rule: string, due: object, more: object = {}) =>
  (await member.post('/api/tasks/recurrence-preview', { rule, due, ...more })).body;
const dates = (body: { dates: { date?: string; at?: string }[] }) => body.dates.map((each) => each.date ?? each.at);

test('half past eleven at night in Auckland stays that over the change of the clocks', async () => {
  await add({
    title: 'auckland',
    due: { at: '2026-09-26T11:30:00Z', zone: 'Pacific/Auckland' },
    recurrence: { rule: 'FREQ=DAILY' },
  });
  for (const done of ['2026-09-26T09:00:00Z', '2026-09-27T09:00:00Z', '2026-09-28T09:00:00Z']) {
    at(done);
    const [open, ...more] = await openOf('auckland');
    assert.equal(more.length, 0);
    assert.equal((await patch(open!.id, { status: 'done' })).status, 200);
  }
  assert.deepEqual((await ofSeries('auckland')).map(dueOf), [
    '2026-09-26T11:30:00Z',
    '2026-09-27T10:30:00Z',
    '2026-09-28T10:30:00Z',
    '2026-09-29T10:30:00Z',
  ]);
});

test('a day of 23 hours is followed by the next day', async () => {
  const tasks = await preview('FREQ=DAILY', { at: '2026-10-03T14:00:00Z', zone: 'Australia/Sydney' }, { count: 2 });
  assert.deepEqual(dates(tasks), ['2026-10-03T14:00:00Z', '2026-10-04T13:00:00Z']);
  const task = await add({ title: 'sydney', due: { date: '2026-10-04' }, recurrence: { rule: 'FREQ=DAILY' } });
  at('2026-10-04T03:00:00Z');
  await patch(task.id, { status: 'done' });
  assert.deepEqual((await ofSeries('sydney')).map(dueOf), ['2026-10-04', '2026-10-05']);
});

test('a rule that leaves months out says so before it is saved, with the two that may be meant', async () => {
  const body = await preview('FREQ=MONTHLY;INTERVAL=6', { date: '2025-03-31' }, { count: 3 });
  assert.deepEqual(dates(body), ['2025-03-31', '2026-03-31', '2027-03-31']);
  const [warning] = body.warnings;
  assert.equal(warning.code, 'short-months');
  assert.match(warning.detail, /September has no day 31, so there is one date a year: 31 March/);
  const [omit, last] = warning.choices;
  const omitted = await preview(omit.rule, { date: '2025-03-31' }, { count: 2 });
  assert.deepEqual([dates(omitted), omitted.warnings], [['2025-03-31', '2026-03-31'], []]);
  const backward = await preview(last.rule, { date: '2025-03-31' }, { count: 3 });
  assert.deepEqual([dates(backward), backward.warnings], [['2025-03-31', '2025-09-30', '2026-03-31'], []]);
});

test('the 30th or the last day, and the last day', async () => {
  const due = { date: '2027-01-30' };
  for (const rule of [
    'FREQ=MONTHLY;BYMONTHDAY=30;SKIP=BACKWARD',
    'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD',
    'RRULE:SKIP=BACKWARD;RSCALE=GREGORIAN;BYMONTHDAY=30;FREQ=MONTHLY',
  ]) {
    assert.deepEqual(dates(await preview(rule, due, { count: 3 })), ['2027-01-30', '2027-02-28', '2027-03-30'], rule);
  }
  assert.deepEqual(dates(await preview('FREQ=MONTHLY;BYMONTHDAY=-1', { date: '2027-01-31' }, { count: 4 })), [
    '2027-01-31',
    '2027-02-28',
    '2027-03-31',
    '2027-04-30',
  ]);
});

test('made monthly by an edit, a task is on the day that it has where it was meant', async () => {
  const due = { at: '2027-09-09T14:00:00Z', zone: 'Australia/Brisbane' };
  const edited = await add({ title: 'brisbane edited', due, recurrence: { rule: 'FREQ=DAILY' } });
  await patch(edited.id, { recurrence: { rule: 'FREQ=MONTHLY' } });
  const created = await add({ title: 'brisbane created', due, recurrence: { rule: 'FREQ=MONTHLY' } });
  at('2027-09-10T01:00:00Z');
  for (const { id, title } of [edited, created]) {
    await patch(id, { status: 'done' });
    const [next] = await openOf(title);
    assert.equal(dueOf(next!), '2027-10-09T14:00:00Z', title);
  }
});

test('two devices that complete one occurrence make one next, and its place is kept', async () => {
  at('2027-06-01T10:00:00Z');
  const first = await add({ title: 'offline', due: { date: '2027-06-01' }, recurrence: { rule: 'FREQ=DAILY' } });
  at('2027-06-01T22:30:00Z');
  const answers = await Promise.all([
    member.patch(`/api/tasks/${first.id}`, { status: 'done' }),
    manager.patch(`/api/tasks/${first.id}`, { status: 'done' }),
    member.post('/api/tasks/bulk', { ids: [first.id], change: { status: 'done' } }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  const [second, ...more] = await openOf('offline');
  assert.equal(more.length, 0);
  assert.equal(dueOf(second!), '2027-06-02');
  await patch(second!.id, { position: 4.5 });
  // The other device has not heard that the first is done, undoes it and does it again.
  await manager.patch(`/api/tasks/${first.id}`, { status: 'open' });
  await manager.patch(`/api/tasks/${first.id}`, { status: 'done' });
  const [kept, ...none] = await openOf('offline');
  assert.equal(none.length, 0);
  assert.deepEqual([kept!.id, dueOf(kept!), kept!.position], [second!.id, '2027-06-02', 4.5]);

  at('2027-06-02T10:00:00Z');
  await patch(kept!.id, { recurrence: { rule: 'FREQ=WEEKLY' } });
  const [today] = await openOf('offline');
  assert.deepEqual([today!.id, dueOf(today!)], [second!.id, '2027-06-02']);
  await patch(today!.id, { status: 'done' });
  assert.deepEqual((await openOf('offline')).map(dueOf), ['2027-06-09']);
});

test('what was opened again by mistake takes back the next that nobody touched', async () => {
  at('2027-06-10T10:00:00Z');
  const task = await add({ title: 'undone', due: { date: '2027-06-10' }, recurrence: { rule: 'FREQ=WEEKLY' } });
  await patch(task.id, { status: 'done' });
  assert.equal((await ofSeries('undone')).length, 2);
  await patch(task.id, { status: 'open' });
  assert.deepEqual((await ofSeries('undone')).map(dueOf), ['2027-06-10']);
});

test('from completion the next counts from the day on which it was done', async () => {
  at('2027-08-31T10:00:00Z');
  const recurrence = { rule: 'FREQ=MONTHLY;INTERVAL=3;COUNT=2', from: 'completion' as const };
  const task = await add({ title: 'filter', due: { at: '2027-08-20T07:00:00Z' }, recurrence });
  await patch(task.id, { status: 'done' });
  const [next] = await openOf('filter');
  // Nine in Berlin, in winter; the month has no day 31.
  assert.equal(dueOf(next!), '2027-11-30T08:00:00Z');
  await patch(next!.id, { status: 'done' });
  assert.equal((await openOf('filter')).length, 0);
});

test('what has gone by is not made up for, and the next takes along what the task had', async () => {
  at('2027-10-01T10:00:00Z');
  const task = await add({
    title: 'late',
    due: { date: '2027-10-01' },
    start: { date: '2027-09-30' },
    labels: ['home'],
    checklist: [{ text: 'one', done: true }, { text: 'two' }],
    reminders: [{ minutesBefore: 30 }, { at: '2027-10-01T06:00:00Z' }],
    recurrence: { rule: 'FREQ=DAILY' },
  });
  at('2027-10-08T10:00:00Z');
  await patch(task.id, { status: 'cancelled' });
  const [next, ...more] = await openOf('late');
  assert.equal(more.length, 0);
  assert.deepEqual(
    [dueOf(next!), next!.start, next!.labels, next!.reminders],
    ['2027-10-08', { date: '2027-10-07' }, ['home'], [{ minutesBefore: 30 }]],
  );
  assert.deepEqual(
    next!.checklist.map(({ text, done }) => [text, done]),
    [
      ['one', false],
      ['two', false],
    ],
  );
});

test('a repeat without a date, and a rule that is none, are refused with what to do', async () => {
  const refused = async (body: object, pointer: string, path = '/api/tasks') => {
    const answer = await member.post(path, body);
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.equal(answer.body.errors[0].pointer, pointer);
    return answer.body.errors[0].detail as string;
  };
  await refused(aTask({ recurrence: { rule: 'FREQ=DAILY' } }), '/recurrence');
  for (const rule of [
    '',
    'FREQ=HOURLY',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;COUNT=2;UNTIL=20270101',
    'FREQ=WEEKLY;BYDAY=XX',
  ]) {
    await refused({ rule, due: { date: '2027-01-01' } }, '/rule', '/api/tasks/recurrence-preview');
  }
  const due = { date: '2027-12-01' };
  await refused(
    { rule: 'FREQ=DAILY', due: { at: '2027-12-01T09:00:00Z', zone: 'Mars/Olympus' } },
    '/due/zone',
    '/api/tasks/recurrence-preview',
  );
  const never = await preview('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', due);
  assert.deepEqual(
    never.warnings.map(({ code }: { code: string }) => code),
    ['short-months', 'not-in-rule', 'ends'],
  );
  const task = await add({ due, recurrence: { rule: 'FREQ=DAILY' } });
  assert.equal((await patch(task.id, { due: null })).status, 422);
  assert.equal((await patch(task.id, { due: null, recurrence: null })).status, 200);
});
