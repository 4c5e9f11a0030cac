import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchPath } from './match.ts';

test('a pattern gives its parameters, decoded', () => {
  assert.deepEqual(matchPath('/tasks/:taskId', '/tasks/a%20b'), { taskId: 'a b' });
  assert.deepEqual(matchPath('/tasks', '/tasks/'), {});
});

test('another length or another word does not match', () => {
  assert.equal(matchPath('/tasks/:taskId', '/tasks'), undefined);
  assert.equal(matchPath('/tasks/board', '/tasks/list'), undefined);
});

test('a segment that cannot be decoded is taken as it is', () => {
  assert.deepEqual(matchPath('/tasks/:taskId', '/tasks/%E0%A4%A'), { taskId: '%E0%A4%A' });
});
