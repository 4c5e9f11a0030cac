import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findIn } from './find.ts';

test('what was typed is found at the beginning of words, in any order', () => {
  assert.deepEqual(findIn('Dead letters', 'let'), [
    { text: 'Dead ', hit: false },
    { text: 'let', hit: true },
    { text: 'ters', hit: false },
  ]);
  assert.equal(findIn('Use the dark scheme', 'sch dark')?.filter((part) => part.hit).length, 2);
});

test('letters within a word and words that are not there do not match', () => {
  assert.equal(findIn('Health', 'alth'), undefined);
  assert.equal(findIn('Health', 'health now'), undefined);
});

test('nothing typed finds everything', () => {
  assert.deepEqual(findIn('Jobs', ' '), [{ text: 'Jobs', hit: false }]);
});
