import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesOf } from './differences.ts';

test('only what differs is listed, nested fields by their path', () => {
  assert.deepEqual(differencesOf({ a: 1, b: { c: 'x', d: [1] } }, { a: 1, b: { c: 'y', d: [1, 2] } }), [
    { field: 'b.c', before: 'x', after: 'y' },
    { field: 'b.d', before: '[1]', after: '[1,2]' },
  ]);
});

test('what was not there before has no old value, what is gone no new one', () => {
  assert.deepEqual(differencesOf(null, { state: 'on' }), [{ field: 'state', before: undefined, after: 'on' }]);
  assert.deepEqual(differencesOf({ state: 'on' }, null), [{ field: 'state', before: 'on', after: undefined }]);
  assert.deepEqual(differencesOf({ reason: null }, {}), []);
});
