import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasPermission, matching } from './has-permission.ts';

const matrix = {
  organisationRoles: ['guest', 'member', 'manager', 'owner'],
  platformRoles: ['administrator'],
  permissions: [],
} as unknown as Parameters<typeof hasPermission>[0];

test('a role has what those below it have; the platform’s roles are beside them', () => {
  const having = (from: 'member' | 'administrator') =>
    ['guest', 'member', 'manager', 'owner', 'administrator'].filter((role) => hasPermission(matrix, role, { from }));
  assert.deepEqual(having('member'), ['member', 'manager', 'owner']);
  assert.deepEqual(having('administrator'), ['administrator']);
});

test('words are looked for in title, name and plugin', () => {
  const permission = {
    name: 'tasks:write',
    title: 'Add tasks',
    plugin: 'tasks',
    pluginTitle: 'Tasks',
    on: true,
  } as const;
  const all = [{ ...permission, from: 'member' as const }];
  for (const words of ['WRITE', ' add ', 'tasks', '']) assert.equal(matching(all, words).length, 1, words);
  assert.equal(matching(all, 'notes').length, 0);
});
