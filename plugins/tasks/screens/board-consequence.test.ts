import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consequencesOf } from './board-consequence.ts';
import type { Task, WorkLog } from './queries.ts';

const task = (given: Partial<Task>) => ({ id: 'one', status: 'open', recurrence: null, ...given }) as Task;
const runsOn = (id: string) => ({ task: id }) as WorkLog;
const free = { count: 1, limit: null };
const begins = { task: task({}), over: 'active' as const, running: null, follows: false, column: free };

test('a move names what becomes of the timer, for those whose timer follows', () => {
  assert.deepEqual(consequencesOf(begins), ['moves']);
  assert.deepEqual(consequencesOf({ ...begins, follows: true }), ['moves', 'timer-starts']);
  assert.deepEqual(consequencesOf({ ...begins, follows: true, running: runsOn('other') }), ['moves', 'timer-changes']);
  const out = { ...begins, task: task({ status: 'active' }), over: 'waiting' as const, follows: true };
  assert.deepEqual(consequencesOf({ ...out, running: runsOn('one') }), ['moves', 'timer-stops']);
  assert.deepEqual(consequencesOf({ ...out, running: runsOn('other') }), ['moves']);
  assert.deepEqual(consequencesOf({ ...out, over: 'active' }), ['stays']);
});

test('a column that becomes too full and a task that repeats are named', () => {
  assert.deepEqual(consequencesOf({ ...begins, column: { count: 4, limit: 4 } }), ['moves', 'too-many']);
  assert.deepEqual(consequencesOf({ ...begins, column: { count: 3, limit: 4 } }), ['moves']);
  const recurrence = { rule: 'FREQ=DAILY', from: 'schedule' as const, series: 'one' };
  assert.deepEqual(consequencesOf({ ...begins, over: 'done', task: task({ recurrence }) }), ['moves', 'repeats']);
});
