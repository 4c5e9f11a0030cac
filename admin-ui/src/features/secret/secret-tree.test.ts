import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SecretSummary } from './queries.ts';
import { treeOf } from './secret-tree.ts';

const secret = (path: string, set = true) => ({ path, title: path.split('/').at(-1)!, set }) as SecretSummary;

test('secrets stand in their folders, ours first, and say when there is none yet', () => {
  const tree = treeOf([secret('own/x'), secret('services/s3', false), secret('databases/tasks'), secret('own/y')]);
  assert.deepEqual(
    tree.map(({ id, children }) => [id, children?.map(({ id: path }) => path)]),
    [
      ['databases', ['databases/tasks']],
      ['services', ['services/s3']],
      ['own', ['own/x', 'own/y']],
    ],
  );
  assert.deepEqual(tree[1]!.children![0], {
    id: 'services/s3',
    title: 's3',
    icon: 'key',
    to: '/platform/secrets/services.s3',
    note: 'not set',
  });
  assert.equal('note' in tree[0]!.children![0]!, false);
});
