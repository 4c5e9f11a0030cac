import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeTestPlatform } from '@task-connect/testing';
import { aTask } from '../testing.ts';
import type { ChecklistItem } from './checklist.ts';

const app = await makeTestPlatform({ plugins: ['tasks'] });
after(() => app[Symbol.asyncDispose]());
const member = app.as('member');
const texts = (items: ChecklistItem[]) => items.map(({ text, done }) => `${done ? '+' : '-'}${text}`);

test('steps are ticked one by one, also by two people at once, and put in order as a whole', async () => {
  const { body: task } = await member.post('/api/tasks', aTask({ checklist: [{ text: 'a' }, { text: 'b' }] }));
  const path = `/api/tasks/${task.id}/checklist`;
  assert.equal((await member.post(path, { text: 'c' })).status, 201);
  const [a, b] = task.checklist;
  const answers = await Promise.all([
    member.patch(`${path}/${a.id}`, { done: true }),
    app.as('manager').patch(`${path}/${b.id}`, { done: true, text: 'B' }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  const { checklist } = (await member.get(`/api/tasks/${task.id}`)).body;
  assert.deepEqual(texts(checklist), ['+a', '+B', '-c']);
  const { body } = await member.patch(`/api/tasks/${task.id}`, { checklist: [...checklist].reverse() });
  assert.deepEqual(body.checklist, [...checklist].reverse());
  assert.deepEqual(texts((await member.delete(`${path}/${b.id}`)).body.checklist), ['-c', '+a']);
  assert.equal((await member.patch(`${path}/${b.id}`, { done: false })).status, 404);
});

test('two steps of one id, a step of two lines and too many are refused', async () => {
  const { body: task } = await member.post('/api/tasks', aTask({ checklist: [{ text: 'a' }] }));
  const [step] = task.checklist;
  for (const checklist of [[step, step], [{ text: 'a\r\nb' }], Array.from({ length: 201 }, () => ({ text: 'x' }))]) {
    assert.equal((await member.patch(`/api/tasks/${task.id}`, { checklist })).status, 422);
  }
});
