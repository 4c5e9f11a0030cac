import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { findOperations } from './find-operations.ts';
import type { Operation } from './queries.ts';
import { curlOf, faultsOf, firstTrial, requestOf } from './trial.ts';

const parameter = (where: string, name: string, required: boolean, type = 'string') => ({
  name,
  in: where,
  required,
  type,
  description: '',
  example: required ? '1' : null,
});
const change: Operation = {
  id: 'patchTask',
  plugin: 'tasks',
  method: 'PATCH',
  path: '/api/tasks/{taskId}',
  summary: 'Change a task',
  description: null,
  permission: 'tasks:write',
  parameters: [
    parameter('path', 'taskId', true),
    parameter('query', 'label', false, 'list of string'),
    parameter('header', 'If-Match', true),
  ],
  body: { type: 'object', fields: [], example: { title: 'text' } },
  takesBytes: false,
  answers: [],
};

test('it begins with examples, and says what is missing', () => {
  const trial = firstTrial(change);
  assert.deepEqual(trial.values, { 'header:If-Match': '1' });
  assert.deepEqual(faultsOf(change, trial), { 'path:taskId': 'needed' });
  assert.deepEqual(faultsOf(change, { values: { 'path:taskId': 'x', 'header:If-Match': '1' }, body: '{' }), {
    body: 'not-json',
  });
});

test('what was typed goes to its place; several values are several parameters', () => {
  const values = { 'path:taskId': 'a/b', 'query:label': 'x, y', 'header:If-Match': '"3"' };
  assert.deepEqual(requestOf(change, { values, body: '{}' }), {
    method: 'PATCH',
    path: '/api/tasks/a%2Fb?label=x&label=y',
    headers: { 'If-Match': '"3"', 'Content-Type': 'application/json' },
    body: '{}',
  });
});

test('a shell reads the line as it was meant, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '"', '$', '`', '\\', ' ', 'a', '!', '\n') }), (title) => {
      const body = JSON.stringify({ title });
      const line = curlOf({ method: 'POST', path: '/x', headers: {}, body }, 'http://localhost/x', 'none');
      const printed = spawnSync('sh', ['-c', line.replace(/^curl/, "printf '%s\\0'")], { encoding: 'utf8' });
      assert.equal(printed.stdout.split('\0').at(-2), body);
    }),
    { numRuns: 40 },
  );
});

test('the token is never in the line', () => {
  const line = curlOf({ method: 'GET', path: '/x', headers: {}, body: undefined }, 'http://localhost/x', 'token');
  assert.equal(line, `curl 'http://localhost/x' \\\n  -H "Authorization: Bearer $TOKEN"`);
});

test('every word has to be found', () => {
  assert.equal(findOperations([change], 'patch TASK write').length, 1);
  assert.equal(findOperations([change], 'patch notes').length, 0);
  assert.equal(findOperations([change], '').length, 1);
});
