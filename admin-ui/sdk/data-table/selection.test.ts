import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseRange } from './selection.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];

test('a range goes in both directions, and what was chosen before stays', () => {
  assert.deepEqual([...chooseRange(keys, new Set(['e']), 1, 3)].sort(), ['b', 'c', 'd', 'e']);
  assert.deepEqual([...chooseRange(keys, new Set(), 3, 1)].sort(), ['b', 'c', 'd']);
});

test('going back lets go again what only the range had chosen', () => {
  const before = new Set(['c']);
  assert.deepEqual([...chooseRange(keys, before, 1, 1)].sort(), ['b', 'c']);
});
