import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { differencesOf, titleOfField } from './differences.ts';

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

test('a thing does not differ from itself, and two ways round are the same fields', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 2 }), fc.object({ maxDepth: 2 }), (one, other) => {
      assert.deepEqual(differencesOf(one, structuredClone(one)), []);
      const fields = (all: ReturnType<typeof differencesOf>) => all.map(({ field }) => field).sort();
      assert.deepEqual(fields(differencesOf(one, other)), fields(differencesOf(other, one)));
    }),
  );
});

test('a field has its title, and what lies within it is named after it', () => {
  const names = { due: 'Due', quiet: 'Quiet hours' };
  assert.deepEqual(
    ['due', 'quiet.from', 'other'].map((field) => titleOfField(field, names)),
    ['Due', 'Quiet hours · from', 'other'],
  );
});
