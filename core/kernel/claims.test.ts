import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contract, z } from '@task-connect/sdk';
import { claimConflict } from './claims.ts';

const plugin = (id: string, more: Partial<Contract> = {}): Contract => ({ id, title: id, paths: [`/${id}`], ...more });

test('two plugins cannot have one path, or one within another', () => {
  assert.match(claimConflict(plugin('b', { paths: ['/a/deep'] }), [plugin('a')])!, /b and a both claim the path \/a\./);
  assert.match(claimConflict(plugin('b', { paths: ['/a'] }), [plugin('a', { paths: ['/a/deep'] })])!, /\/a\/deep/);
  assert.equal(claimConflict(plugin('ab'), [plugin('a')]), undefined);
});

test('two plugins cannot have one permission, service or event, and one may be there again', () => {
  const empty = z.object({});
  const claims: Partial<Contract>[] = [
    { permissions: { 'a:manage': { title: 'Manage', role: 'guest' } } },
    { offers: { 'a.count': { kind: 'query', input: empty, output: empty } } },
    { publishes: { 'a.made': { version: 1, aggregate: 'key', data: z.object({ key: z.string() }) } } },
  ];
  for (const claim of claims) {
    const [name] = Object.keys(Object.values(claim)[0]!);
    assert.match(
      claimConflict(plugin('b', claim), [plugin('c'), plugin('a', claim)])!,
      new RegExp(`b and a .* ${name}\\.`),
    );
    assert.equal(claimConflict(plugin('a', claim), [plugin('a', claim), plugin('c')]), undefined);
  }
});
