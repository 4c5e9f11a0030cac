import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BulkRequest, NewTask, TaskPatch, TaskQuery } from './task.ts';

const pointersOf = (result: { error?: { issues: { path: PropertyKey[] }[] } }) =>
  (result.error?.issues ?? []).map((issue) => `/${issue.path.join('/')}`);

test('a title alone makes a task', () => {
  const task = NewTask.parse({ title: '  Cut webbing ' });
  assert.equal(task.title, 'Cut webbing');
  assert.deepEqual([task.status, task.priority, task.due, task.labels], ['open', 'none', null, []]);
});

test('all faults of a task are named at once', () => {
  const result = NewTask.safeParse({
    title: 'a\u0000',
    notes: '\ud800',
    status: 'later',
    due: { at: '2027-03-14T09:00:00Z', zone: 'Mars/Olympus' },
    labels: ['a\nb'],
    assignee: 'me',
    estimateMinutes: 0,
  });
  const pointers = pointersOf(result);
  for (const field of ['/title', '/notes', '/status', '/labels/0', '/assignee', '/estimateMinutes']) {
    assert.ok(pointers.includes(field), field);
  }
  assert.ok(pointers.some((pointer) => pointer.startsWith('/due')));
});

test('a field that does not exist is refused, also inside of a due date', () => {
  assert.ok(!NewTask.safeParse({ title: 'a', prioritty: 'high' }).success);
  assert.ok(!NewTask.safeParse({ title: 'a', due: { date: '2027-03-14', time: '09:00' } }).success);
  assert.ok(!TaskPatch.safeParse({ title: null }).success);
});

test('labels are trimmed, made one form of Unicode, and each stands once', () => {
  const { labels } = NewTask.parse({ title: 'a', labels: [' home', 'home', 'caf\u00e9', 'cafe\u0301'] });
  assert.deepEqual(labels, ['home', 'caf\u00e9']);
});

test('ids of a bulk change are at most 200, and each counts once', () => {
  const id = '0190A000-0000-7000-8000-0000000000C1';
  const change = { priority: 'high' } as const;
  assert.deepEqual(BulkRequest.parse({ ids: [id, id.toLowerCase()], change }).ids, [id.toLowerCase()]);
  assert.ok(!BulkRequest.safeParse({ ids: [], change }).success);
  assert.ok(!BulkRequest.safeParse({ ids: Array.from({ length: 201 }, () => crypto.randomUUID()), change }).success);
});

test('a query takes several statuses and refuses unknown ones', () => {
  assert.deepEqual(TaskQuery.parse({ status: ['open,waiting', 'done'] }).status, ['open', 'waiting', 'done']);
  for (const query of [
    { status: ['open,later'] },
    { status: [''] },
    { sort: 'size' },
    { dueBefore: '0000-01-01' },
    { x: '1' },
  ]) {
    assert.ok(!TaskQuery.safeParse(query).success, JSON.stringify(query));
  }
});
