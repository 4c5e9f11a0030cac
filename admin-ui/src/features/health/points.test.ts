import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointsOf, worstErrors } from './points.ts';

test('every value stands where its stretch began, and a gap stays a gap', () => {
  assert.deepEqual(pointsOf('2027-01-11T08:00:00Z', 300, [1, null]), [
    { at: '2027-01-11T08:00:00Z', value: 1 },
    { at: '2027-01-11T08:05:00Z', value: null },
  ]);
});

test('as many of the worst stretches are named as are asked for, in the order of time', () => {
  const points = pointsOf('2027-01-11T08:00:00Z', 60, [0, 5, null, 1, 9]);
  assert.deepEqual(
    worstErrors(points, 2).map(({ value }) => value),
    [5, 9],
  );
  assert.deepEqual(worstErrors(pointsOf('2027-01-11T08:00:00Z', 60, [0, null])), []);
});
