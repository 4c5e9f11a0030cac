import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Project } from './project-queries.ts';
import { above, treeOf, withBelow } from './project-tree.ts';

const project = (id: string, parent: string | null = null): Project => ({
  id,
  name: id,
  notes: '',
  parent,
  archived: false,
  createdBy: 'somebody',
  createdAt: '2026-11-25T10:00:00Z',
  updatedAt: '2026-11-25T10:00:00Z',
  version: 1,
});
const all = [project('hotels'), project('lobby', 'hotels'), project('chairs', 'lobby'), project('lost', 'archived')];

test('projects lie in one another, and one whose parent is not shown stands on top', () => {
  const tree = treeOf(all);
  assert.deepEqual(
    tree.map(({ id, children }) => [id, children.map((child) => [child.id, child.children.length])]),
    [
      ['hotels', [['lobby', 1]]],
      ['lost', []],
    ],
  );
});

test('the way down to a project, and all that lies in it', () => {
  assert.deepEqual(
    above(all, all[2]!).map(({ id }) => id),
    ['hotels', 'lobby'],
  );
  assert.deepEqual([...withBelow(all, 'hotels')].sort(), ['chairs', 'hotels', 'lobby']);
});
