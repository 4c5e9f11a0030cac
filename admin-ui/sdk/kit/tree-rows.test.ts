import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOfTree, visibleRows } from './tree-rows.ts';

const items = [
  {
    id: 'a',
    title: 'Hotel',
    children: [
      { id: 'b', title: 'Lobby' },
      { id: 'c', title: 'Bar' },
    ],
  },
  { id: 'd', title: 'Boats' },
];
const rows = visibleRows(items, () => true);
const row = (id: string) => rows.find(({ item }) => item.id === id)!;
const goesTo = (key: string, id: string) => {
  const step = keyOfTree(key, row(id), rows);
  return step?.do === 'go' ? step.row?.item.id : step?.do;
};

test('what lies in a folded item is not there, and each knows its level and place', () => {
  assert.deepEqual(
    visibleRows(items, () => false).map(({ item }) => item.id),
    ['a', 'd'],
  );
  assert.deepEqual(
    rows.map(({ level, place, siblings }) => [level, place, siblings]),
    [
      [1, 1, 2],
      [2, 1, 2],
      [2, 2, 2],
      [1, 2, 2],
    ],
  );
});

test('arrows go in, out, up and down; letters go on from here and around the end', () => {
  assert.deepEqual([goesTo('ArrowRight', 'a'), goesTo('ArrowLeft', 'a'), goesTo('ArrowLeft', 'c')], ['b', 'fold', 'a']);
  assert.deepEqual([goesTo('ArrowUp', 'a'), goesTo('ArrowDown', 'c'), goesTo('End', 'a')], [undefined, 'd', 'd']);
  assert.deepEqual([goesTo('b', 'c'), goesTo('b', 'd'), goesTo('Enter', 'b')], ['d', 'c', 'open']);
});
